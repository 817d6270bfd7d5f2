"""An offering is LHEO's action: one way to follow a course, somewhere, for someone, at a price."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.serializers import deserialize, serialize
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import Audience, EntryMode, Funding, Modality, Rhythm
from courses.models.course import GONE, Course
from courses.models.lines import IDENTITY
from portal.moderation.models import (
    ModerationError,
    changed_line,
    cleaned_value,
    fields_of,
    name_of,
    shown_value,
    stored_text,
)
from portal.reference.models import Commune
from portal.web.clock import today
from portal.web.templatetags.camins import euros

# a million euros: more is a slip
DEAREST_CENTS = 100_000_000


@pghistory.track()
class Offering(models.Model):
    MODERATED_FIELDS = (
        "price_cents",
        "hourly_price_cents",
        "can_be_funded",
        "fundings",
        "funding_note",
        "audience_note",
        "admission",
        "conditions",
        "rhythm_note",
        "duration_note",
        "accessibility_note",
        "transport_note",
    )

    # what a member says of an offering to add: all of it waits for approval
    VALUE_FIELDS = (
        *MODERATED_FIELDS,
        "modality",
        "rhythm",
        "entry_mode",
        "place_name",
        "address",
        "postcode",
        "commune",
        "is_accessible",
        "duration_hours",
        "hours_in_centre",
        "hours_in_company",
    )

    course = models.ForeignKey(Course, models.CASCADE, related_name="offerings", verbose_name=_("formation"))
    external_id = models.CharField(_("numéro chez la source"), max_length=300, blank=True)
    # NULL: the source does not say, which is no empty answer
    modality = models.CharField(_("modalité"), max_length=10, choices=Modality, null=True, blank=True)  # noqa: DJ001
    rhythm = models.CharField(_("rythme"), max_length=12, choices=Rhythm, blank=True)
    rhythm_note = models.TextField(_("rythme, en clair"), max_length=3000, blank=True)
    entry_mode = models.CharField(_("entrées"), max_length=10, choices=EntryMode, default=EntryMode.FIXED)

    # where; NULL commune for a course entirely at a distance, or an unknown place
    place_name = models.CharField(_("lieu"), max_length=255, blank=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="offerings", verbose_name=_("commune")
    )
    town = models.CharField(_("ville, telle que la source l'écrit"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    # for whom: Formacode annex codes as the source gives them, and words
    audience_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    audience_note = models.CharField(_("public visé"), max_length=250, blank=True)
    admission = models.TextField(_("comment on est admis"), max_length=3000, blank=True)
    conditions = models.TextField(_("conditions particulières"), max_length=3000, blank=True)
    # three values: yes, no, not stated (NULL)
    is_accessible = models.BooleanField(_("accessible aux personnes handicapées"), null=True, blank=True)
    accessibility_note = models.CharField(_("accessibilité, en clair"), max_length=250, blank=True)
    transport_note = models.CharField(_("transport, restauration, hébergement"), max_length=760, blank=True)

    duration_hours = models.PositiveIntegerField(_("durée totale en heures"), null=True, blank=True)
    hours_in_centre = models.PositiveIntegerField(_("heures en centre"), null=True, blank=True)
    hours_in_company = models.PositiveIntegerField(_("heures en entreprise"), null=True, blank=True)
    duration_note = models.CharField(_("durée, en clair"), max_length=150, blank=True)

    price_cents = models.PositiveBigIntegerField(_("prix total TTC en centimes"), null=True, blank=True)
    hourly_price_cents = models.PositiveIntegerField(_("prix horaire TTC en centimes"), null=True, blank=True)
    # NULL: the source does not say whether costs can be covered
    can_be_funded = models.BooleanField(_("prise en charge possible"), null=True, blank=True)
    fundings = ArrayField(
        models.CharField(max_length=20, choices=Funding), default=list, blank=True, verbose_name=_("financeurs")
    )
    funding_note = models.TextField(_("prise en charge, en clair"), max_length=1000, blank=True)
    extras = models.TextField(_("compléments de la source"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("action de formation")
        verbose_name_plural = _("actions de formation")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "external_id"], condition=~Q(external_id=""), name="offering_once_per_course"
            ),
        ]

    def __str__(self):
        return f"{self.course} ({self.get_modality_display() or _('modalité non précisée')})"

    @property
    def is_remote(self) -> bool:
        return self.modality == Modality.REMOTE

    @property
    def where(self) -> str:
        """The commune, the town as the source writes it, or the modality."""
        return str(self.commune or self.town or self.get_modality_display() or _("lieu non précisé"))

    def moderated_lines(self) -> list[tuple[str, str]]:
        """What an approval covers, as (name, text) lines."""
        return self.own_lines() + [(cost_name(cost.audience), cost.told) for cost in self.costs.all()]

    def own_lines(self) -> list[tuple[str, str]]:
        return [(name_of(field), shown_value(self, field)) for field in fields_of(self, self.MODERATED_FIELDS)]

    def set_values(self, values: dict) -> None:
        """Set what a member said of an offering to add. Raises ModerationError on another field or a bad value."""
        for name, value in values.items():
            if name not in self.VALUE_FIELDS:
                raise ModerationError(_("Le champ « %(name)s » ne passe pas par une proposition.") % {"name": name})
            (field,) = fields_of(self, [name])
            setattr(self, field.attname, cleaned_value(self, name, value))

    def apply_values(self, values: dict) -> None:
        self.set_values(values)
        self.save()

    def change_line(self, name: str, value) -> tuple[str, str, str]:
        """(name, text today, text proposed) of one change, as `apply_change` takes it."""
        if name == GONE:
            return str(_("action de formation")), str(_("proposée")), str(_("retirée"))
        if not name.startswith("cost."):
            return changed_line(self, name, value)
        audience = name.removeprefix("cost.")
        now = self.costs.filter(audience=audience).first()
        return cost_name(audience), now.told if now else "–", told_cost(value)

    @property
    def identity(self) -> str:
        """Which offering of its course it is: by its source's number, else by ours."""
        return self.external_id or f"#{self.pk}"

    def moderated_content(self) -> dict:
        content: dict[str, Any] = {IDENTITY: self.identity}
        content |= {field.name: field.value_from_object(self) for field in fields_of(self, self.MODERATED_FIELDS)}
        content["costs"] = [[cost.audience, cost.left_to_pay_cents, cost.condition] for cost in self.costs.all()]
        return content

    def content_lines(self, content: dict) -> list[tuple[str, str]]:
        """A content that an approval kept, as (name, text) lines."""
        lines = [
            (name_of(field), stored_text(self, field, content.get(field.name)))
            for field in fields_of(self, self.MODERATED_FIELDS)
        ]
        costs = content.get("costs", [])
        return lines + [(cost_name(who), f"{amount(cents)} {condition}".strip()) for who, cents, condition in costs]

    def value_of(self, name: str) -> Any:
        """What `put_back`, or `bring_back` for "gone", needs: a value; all that is said of a cost; all rows."""
        if name == GONE:
            return serialize("python", [self, *self.costs.all(), *self.sessions.all()])
        if not name.startswith("cost."):
            return getattr(self, name)
        said = self.costs.filter(audience=name.removeprefix("cost."))
        return said.values("left_to_pay_cents", "condition", "source", "stated_on").first()

    @staticmethod
    def bring_back(rows: list[dict[str, Any]]) -> None:
        """An offering that was taken away, with its costs and sessions, under their own numbers."""
        for row in deserialize("python", rows):
            row.save()

    def put_back(self, name: str, value: Any) -> None:
        """Set what `value_of` gave, as it was."""
        if not name.startswith("cost."):
            (field,) = fields_of(self, [name])
            setattr(self, field.attname, field.to_python(value))
            self.save(update_fields=[name])
        elif value is None:
            self.costs.filter(audience=name.removeprefix("cost.")).delete()
        else:
            self.costs.update_or_create(audience=name.removeprefix("cost."), defaults=value)

    def apply_change(self, name: str, value) -> None:
        """Set one moderated field, or a cost under "cost.<audience>", and save it; or take the offering away ("gone").

        A cost is in cents, None for unknown, or {"cents": …, "condition": …}, or {"gone": True}. One that the body
        proposes is told in its name, as of the day it is accepted.
        """
        if name.startswith("cost."):
            self._apply_cost(Audience(name.removeprefix("cost.")), value)
            return
        if name == GONE:
            self.delete()
            return
        if name not in self.MODERATED_FIELDS:
            raise ModerationError(_("Le champ « %(name)s » ne passe pas par une proposition.") % {"name": name})
        setattr(self, name, cleaned_value(self, name, value))
        self.save(update_fields=[name])

    def _apply_cost(self, audience: Audience, value) -> None:
        said = value if isinstance(value, dict) else {"cents": value}
        cents = said.get("cents")
        if cents is not None and not (isinstance(cents, int) and 0 <= cents < DEAREST_CENTS):
            raise ModerationError(_("Un reste à payer est un nombre entier de centimes."))
        if said.get(GONE):
            self.costs.filter(audience=audience).delete()
            return
        told = {"left_to_pay_cents": cents, "source": self.course.provider.name[:120], "stated_on": today()}
        if "condition" in said:
            told["condition"] = str(said["condition"])[:300]
        self.costs.update_or_create(audience=audience, defaults=told)


def told_cost(value: dict | int | None) -> str:
    """A proposed cost as a person reads it; see `Offering.apply_change`."""
    said = value if isinstance(value, dict) else {"cents": value}
    return "–" if said.get(GONE) else f"{amount(said.get('cents'))} {said.get('condition', '')}".strip()


def amount(cents: int | None) -> str:
    return euros(cents)


def cost_name(audience: str) -> str:
    return f"{OfferingCost._meta.verbose_name} ({Audience(audience).label})"


@pghistory.track()
class OfferingCost(models.Model):
    """What is left to pay for one audience; NULL is unknown and never means 0."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="costs", verbose_name=_("action"))
    audience = models.CharField(_("public"), max_length=12, choices=Audience)
    left_to_pay_cents = models.PositiveBigIntegerField(_("reste à payer en centimes"), null=True, blank=True)
    condition = models.CharField(_("à quelle condition"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    stated_on = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ["audience"]
        verbose_name = _("reste à payer")
        verbose_name_plural = _("restes à payer")
        constraints = [
            models.UniqueConstraint(fields=["offering", "audience"], name="cost_once_per_audience"),
            models.CheckConstraint(
                condition=Q(left_to_pay_cents__isnull=True) | (~Q(source="") & Q(stated_on__isnull=False)),
                name="known_cost_has_source_and_date",
            ),
        ]

    def __str__(self):
        return f"{self.offering} : {self.get_audience_display()}"

    @property
    def told(self) -> str:
        return f"{amount(self.left_to_pay_cents)} {self.condition}".strip()

"""Somebody says that an organisation is theirs: proved by a code, or judged by an agent."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import ClaimState, ClaimWay, DocumentKind
from portal.accounts.models import Organisation

MOST_TRIES = 5


class ClaimQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ClaimState.WAITING)

    def for_agents(self):
        """Those that an agent has to decide, the oldest first."""
        return self.waiting().filter(way=ClaimWay.AGENT).order_by("asked_at")


@pghistory.track(exclude=["code_hash"])
class Claim(models.Model):
    # its address: whoever has it may try codes, and read nothing of anybody
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    siret = models.CharField(_("SIRET"), max_length=14)
    nda = models.CharField(_("NDA"), max_length=11, blank=True)
    name = models.CharField(_("organisme"), max_length=250)
    # NULL until the organisation exists
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="claims", verbose_name=_("organisation")
    )
    # who asked while signed in, else the account that an accepted claim opened or found
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("compte")
    )
    person_name = models.CharField(_("nom"), max_length=150)
    email = models.EmailField(_("adresse électronique"))
    way = models.CharField(_("preuve"), max_length=10, choices=ClaimWay)
    state = models.CharField(_("état"), max_length=10, choices=ClaimState, default=ClaimState.WAITING)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_to = models.CharField(_("code envoyé à"), max_length=254, blank=True, editable=False)  # masked
    code_expires_at = models.DateTimeField(_("code valable jusqu'au"), null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0, editable=False)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    # NULL: decided by the code
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidée par")
    )
    reason = models.TextField(_("motif"), blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("demande pour rejoindre un organisme")
        verbose_name_plural = _("demandes pour rejoindre un organisme")
        constraints = [
            models.CheckConstraint(condition=models.Q(siret__regex=r"^[0-9]{14}$"), name="claim_siret_shape"),
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="claim_tries_bounded"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="claim_decided_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | (~models.Q(reason="") & models.Q(decided_by__isnull=False)),
                name="claim_refused_has_a_reason",
            ),
            # only a code decides without a person
            models.CheckConstraint(
                condition=~models.Q(state="accepted", way="agent") | models.Q(decided_by__isnull=False),
                name="claim_accepted_by_code_or_person",
            ),
            models.UniqueConstraint(
                fields=["siret", "email"], condition=models.Q(state="waiting"), name="one_waiting_claim"
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.person_name}"

    @property
    def is_locked(self) -> bool:
        """Whether the code can be tried no more: too many tries, or too late."""
        return self.tries >= MOST_TRIES or self.code_expires_at is None or self.code_expires_at <= timezone.now()


@pghistory.track(exclude=["content"])
class ClaimDocument(models.Model):
    """The proof that came with a claim: in the database, out of reach of any address of files; its name is not kept."""

    claim = models.OneToOneField(Claim, models.CASCADE, related_name="document", verbose_name=_("demande"))
    kind = models.CharField(_("format"), max_length=5, choices=DocumentKind)
    size = models.PositiveIntegerField(_("octets"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    content = models.BinaryField(_("contenu"))

    class Meta:
        verbose_name = _("document d'une demande")
        verbose_name_plural = _("documents des demandes")

    def __str__(self):
        return f"{self.get_kind_display()}, {self.size} o"

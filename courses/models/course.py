"""A course is LHEO's formation: what is taught, to whom, to what end. How and where is its Offering."""

from collections.abc import Iterable
from typing import Any, ClassVar

import pghistory
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses import checks
from courses.enums import EntryMode, SkillOrigin, UpdateRhythm
from courses.models.imports import ImportSource
from courses.models.lines import named, offering_lines, places_of
from courses.models.provider import ApprenticeshipCentre, TrainingProvider
from courses.twins import near_twin
from portal.accounts.models import Organisation
from portal.moderation.models import Moderated, ModeratedQuerySet, ModerationError, Status
from portal.reference.enums import Level
from portal.reference.models import Certification, Formacode, JobProfile, Nsf, Occupation, Skill

CERTIFICATIONS = _("certifications")
# the texts that moderation's checks read
TEXTS = ("title", "summary", "objective", "for_whom", "what_you_learn", "what_next")
SEARCH_VECTOR = (
    SearchVector("title", config="fr", weight="A")
    + SearchVector("summary", "objective", config="fr", weight="B")
    + SearchVector("what_you_learn", "for_whom", config="fr", weight="C")
)


class CourseQuerySet(ModeratedQuerySet):
    def editable_by(self, user):
        return self.filter(provider__organisation__in=Organisation.objects.with_member(user))

    def leading_to(self, profile):
        return self.filter(profiles=profile)

    def lacking_codes(self):
        """Those with no ROME code, or no Formacode."""
        mine = OuterRef("pk")
        rome = Course.occupations.through.objects.filter(course=mine)
        formacodes = Course.formacodes.through.objects.filter(course=mine)
        return self.filter(~Exists(rome) | ~Exists(formacodes))

    def of_organisation(self, organisation):
        return self.filter(provider__organisation=organisation)

    def without_session_from(self, day):
        """Those with no session to come; one with entries all year has no need of any."""
        sessions = apps.get_model("courses", "Session").objects.coming_on(day).filter(offering__course=OuterRef("pk"))
        all_year = Q(offerings__entry_mode=EntryMode.PERMANENT)
        return self.filter(~Exists(sessions)).exclude(pk__in=self.filter(all_year).values("pk"))

    def due_on(self, day):
        """Published listings, hidden or not, whose body is to say on `day` whether they are exact."""
        said = Coalesce("verified_on", TruncDate("published_at"))
        due = Func(
            said,
            F("update_months"),
            template="(%(expressions)s)::date",
            arg_joiner=" + interval '1 month' * ",
            output_field=models.DateField(),
        )
        return self.filter(status=Status.PUBLISHED).alias(due=due).filter(due__lte=day)

    def links_unchecked_since(self, instant):
        """Those with an address at their body's that nobody opened since, the longest first."""
        old = Q(link_checked_at__isnull=True) | Q(link_checked_at__lt=instant)
        return self.exclude(website="").filter(old).order_by(F("link_checked_at").asc(nulls_first=True), "pk")

    def with_dead_link(self):
        return self.exclude(link_fault="")

    def codes_asked(self):
        return self.filter(codes_asked_at__isnull=False).order_by("codes_asked_at")

    def teaching(self, skills):
        return self.filter(Exists(CourseSkill.objects.filter(course=OuterRef("pk"), skill__in=skills)))


@pghistory.track(exclude=["search"])
class Course(Moderated):
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "summary",
        "objective",
        "for_whom",
        "entry_requirements",
        "what_you_learn",
        "how_you_learn",
        "how_assessed",
        "what_to_bring",
        "what_next",
        "entry_level",
        "entry_level_is_mandatory",
        "exit_level",
        "is_certifying",
        "certification_note",
        "website",
    )
    MODERATED_RELATIONS: ClassVar[tuple[str, ...]] = ("offerings__costs", "certifications")
    OWNER_RELATIONS: ClassVar[tuple[str, ...]] = ("provider__organisation", "centre__organisation")

    provider = models.ForeignKey(
        TrainingProvider, models.PROTECT, related_name="courses", verbose_name=_("organisme responsable")
    )
    centre = models.ForeignKey(
        ApprenticeshipCentre, models.SET_NULL, null=True, blank=True, related_name="courses", verbose_name=_("CFA")
    )
    title = models.CharField(_("intitulé"), max_length=255)
    slug = models.SlugField(_("adresse de la page"), max_length=80)
    # one text per heading of the course page, plain text with "- " items
    summary = models.TextField(_("en quelques mots"), max_length=600, blank=True)
    objective = models.TextField(_("objectif"), max_length=3000, blank=True)
    for_whom = models.TextField(_("pour qui"), max_length=3000, blank=True)
    entry_requirements = models.TextField(_("ce qu'il faut avant d'entrer"), max_length=3000, blank=True)
    what_you_learn = models.TextField(_("ce que vous apprendrez"), max_length=3000, blank=True)
    how_you_learn = models.TextField(_("comment vous apprendrez"), max_length=3000, blank=True)
    how_assessed = models.TextField(_("comment c'est évalué"), max_length=3000, blank=True)
    what_to_bring = models.TextField(_("le matériel"), max_length=3000, blank=True)
    what_next = models.TextField(_("et après"), max_length=3000, blank=True)

    # NULL: unknown, which is never "no diploma asked" (0)
    entry_level = models.PositiveSmallIntegerField(_("niveau d'entrée"), choices=Level, null=True, blank=True)
    entry_level_code = models.CharField(_("code LHÉO du niveau d'entrée"), max_length=2, blank=True)
    entry_level_is_mandatory = models.BooleanField(_("niveau d'entrée obligatoire"), null=True, blank=True)
    exit_level = models.PositiveSmallIntegerField(_("niveau de sortie"), choices=Level, null=True, blank=True)
    is_certifying = models.BooleanField(_("certifiante"), null=True, blank=True)
    certification_note = models.CharField(_("certification, en clair"), max_length=300, blank=True)
    certifications = models.ManyToManyField(
        Certification, blank=True, related_name="courses", verbose_name=CERTIFICATIONS
    )
    formacodes = models.ManyToManyField(Formacode, blank=True, related_name="courses")
    nsf = models.ManyToManyField(Nsf, blank=True, related_name="courses")
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="courses", verbose_name=_("codes ROME déclarés")
    )
    profiles = models.ManyToManyField(
        JobProfile, through="CourseProfile", related_name="courses", verbose_name=_("métiers visés")
    )
    skills = models.ManyToManyField(Skill, through="CourseSkill", related_name="courses")
    website = models.URLField(_("page de la formation chez l'organisme"), max_length=400, blank=True)

    # where it comes from: NULL when typed in here
    source = models.ForeignKey(
        ImportSource, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("source")
    )
    external_id = models.CharField(_("numéro chez la source"), max_length=300, blank=True)
    # what the source said and the portal has no field for, as XML text, given back on export
    extras = models.TextField(_("compléments de la source"), blank=True)
    # how many open posts its skills serve; written by the floor above, never read from there
    demand = models.PositiveIntegerField(_("postes demandés"), default=0, editable=False)
    demand_counted_on = models.DateField(_("demande comptée le"), null=True, editable=False)

    # how often its body says that it is exact; a month or a year at most
    update_months = models.PositiveSmallIntegerField(
        _("à confirmer tous les"), choices=UpdateRhythm, default=UpdateRhythm.HALF_YEAR
    )
    # last day a reminder left; NULL once it is confirmed
    reminded_on = models.DateField(_("rappelée le"), null=True, blank=True, editable=False)
    # the page of the course at its body's: when it was last opened, and what went wrong then
    link_checked_at = models.DateTimeField(_("lien vérifié le"), null=True, blank=True, editable=False)
    link_fault = models.CharField(_("lien en défaut"), max_length=200, blank=True, editable=False)
    # its members changed what codes are drawn from; a worker looks for them, then forgets
    codes_asked_at = models.DateTimeField(_("codes demandés le"), null=True, editable=False)

    search = models.GeneratedField(expression=SEARCH_VECTOR, output_field=SearchVectorField(), db_persist=True)

    objects = CourseQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["title", "pk"]
        verbose_name = _("formation")
        constraints = [
            *Moderated.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="course_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(entry_level__isnull=True) | Q(entry_level__range=(0, 8)), name="course_entry_level"
            ),
            models.CheckConstraint(condition=Q(update_months__range=(1, 12)), name="course_update_months"),
            models.CheckConstraint(
                condition=Q(exit_level__isnull=True) | Q(exit_level__range=(0, 8)), name="course_exit_level"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="course_search"),
            GinIndex(fields=["title"], name="course_title_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("courses:course", args=[self.slug, self.pk])

    def moderated_content(self) -> dict:
        """Own texts, certifications, and price, funding and costs of every offering: an approval covers them all."""
        content = super().moderated_content()
        if self.pk:
            content["certifications"] = sorted(f"{each.register} {each.number}" for each in self.certifications.all())
            content["offerings"] = [offering.moderated_content() for offering in self.offerings.all()]
        return content

    def moderated_lines(self) -> list[tuple[str, str]]:
        lines = super().moderated_lines()
        lines.append((str(CERTIFICATIONS), named(self.certifications.all())))
        places = places_of(self.offerings)
        for offering in self.offerings.prefetch_related("costs"):
            lines += [(f"{places[offering.identity]} – {name}", text) for name, text in offering.moderated_lines()]
        return lines

    def content_lines(self, content: dict) -> list[tuple[str, str]]:
        """An offering is named as today's of the same identity; one of a content without, as today's of its rank."""
        lines = super().content_lines(content)
        lines.append((str(CERTIFICATIONS), ", ".join(content.get("certifications", [])) or "–"))
        lines += offering_lines(self.offerings, content.get("offerings", []))
        return lines

    def owners(self) -> list[Organisation]:
        """Its body, and the CFA that teaches it."""
        return [self.provider.organisation, *([self.centre.organisation] if self.centre else [])]

    def problems(self, changes: dict[str, Any] | None = None) -> list[tuple[str, str]]:
        """What a reader would ask about: a way round the portal, a promise, a text of somebody else's."""
        own = {name: value for name, value in (changes or {}).items() if name in self.MODERATED_FIELDS}
        texts = {name: getattr(self, name) for name in TEXTS} | {name: own[name] for name in TEXTS if name in own}
        found = checks.text_problems(texts)
        twin = near_twin(self, texts)
        return [*found, *([(checks.NEAR_DUPLICATE, twin)] if twin else [])]

    def apply_changes(self, changes: dict) -> None:
        """Own fields by name; saved at once: "certifications" by keys, an offering's under "offering.<id>.<field>".

        "offering.<id>.gone" takes an offering away, "offering.new" holds the values of those to add.
        """
        super().apply_changes({name: value for name, value in changes.items() if not is_beside(name)})
        # an offering that goes away goes last: other changes may name it
        for path, value in sorted(changes.items(), key=lambda change: is_gone(change[0])):
            if path == "certifications":
                self.certifications.set(Certification.objects.filter(pk__in=value))
            elif path == NEW_OFFERINGS:
                for values in value:
                    self.offerings.model(course=self).apply_values(values)
            elif is_beside(path):
                offering, name = self._offering_of(path)
                offering.apply_change(name, value)

    def values_of(self, names: Iterable[str]) -> dict[str, Any]:
        """Of offerings to add, the keys of those there are; of one that goes away, all its rows."""
        names = list(names)
        values = super().values_of(name for name in names if not is_beside(name))
        for path in (name for name in names if is_beside(name)):
            if path == "certifications":
                values[path] = sorted(self.certifications.values_list("pk", flat=True))
            elif path == NEW_OFFERINGS:
                values[path] = sorted(self.offerings.values_list("pk", flat=True))
            else:
                offering, name = self._offering_of(path)
                values[path] = offering.value_of(name)
        return values

    def put_back(self, values: dict[str, Any]) -> None:
        super().put_back({name: value for name, value in values.items() if not is_beside(name)})
        # an offering that went away comes back first
        for path, value in sorted(values.items(), key=lambda change: not is_gone(change[0])):
            if path == "certifications":
                self.certifications.set(Certification.objects.filter(pk__in=value))
            elif path == NEW_OFFERINGS:
                self._take_away_added(kept=value)
            elif is_gone(path):
                self.offerings.model.bring_back(value)
            elif is_beside(path):
                offering, name = self._offering_of(path)
                offering.put_back(name, value)

    def _take_away_added(self, *, kept: list[int]) -> None:
        added = self.offerings.exclude(pk__in=kept)
        if added.filter(sessions__isnull=False).exists():
            raise ModerationError(_("Une action de formation ajoutée a déjà des sessions : retirez-les d'abord."))
        added.delete()

    def _offering_of(self, path: str) -> tuple[Any, str]:
        """The offering that a path names, and the name of its field. Raises ModerationError when it is gone."""
        _offering, number, name = [*path.split(".", 2), "", ""][:3]
        offering = self.offerings.filter(pk=number).first() if number.isdecimal() else None
        if offering is None or not name:
            raise ModerationError(_("Une action de formation de cette modification n'existe plus."))
        return offering, name

    def change_line(self, name: str, value) -> tuple[str, str, str]:
        if name == "certifications":
            proposed = Certification.objects.filter(pk__in=value)
            return str(CERTIFICATIONS), named(self.certifications.all()), named(proposed)
        if name == NEW_OFFERINGS:
            return str(_("Actions de formation à ajouter")), "–", "\n".join(map(self._told_offering, value))
        if not is_beside(name):
            return super().change_line(name, value)
        try:
            offering, own_name = self._offering_of(name)
        except ModerationError:  # removed since
            return name, "–", str(value)
        label, now, new = offering.change_line(own_name, value)
        return f"{places_of(self.offerings)[offering.identity]} – {label}", now, new

    def _told_offering(self, values: dict) -> str:
        """An offering that does not exist yet, in one line."""
        told = self.offerings.model(course=self)
        told.set_values(values)
        return f"{told.where} : " + ", ".join(f"{name} {text}" for name, text in told.own_lines() if text != "–")


NEW_OFFERINGS = "offering.new"
# a proposed change of an offering: it, or one of its costs, is to be taken away
GONE = "gone"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class CourseCertification(Course.certifications.through):  # type: ignore[name-defined]
    """The link to a certification, as an approval covers it: tracked like the rest."""

    class Meta:
        proxy = True


def is_beside(name: str) -> bool:
    """Whether a proposed change lies in another table than the course's own."""
    return name == "certifications" or name.startswith("offering.")


def is_gone(name: str) -> bool:
    """Whether a proposed change takes an offering away."""
    return name.startswith("offering.") and name.endswith(f".{GONE}")


@pghistory.track()
class CourseProfile(models.Model):
    """A job this course leads to, and who says so."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="profile_links", verbose_name=_("formation"))
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="course_links", verbose_name=_("métier"))
    origin = models.CharField(_("origine"), max_length=10, choices=SkillOrigin, default=SkillOrigin.DECLARED)

    class Meta:
        verbose_name = _("métier visé")
        verbose_name_plural = _("métiers visés")
        constraints = [models.UniqueConstraint(fields=["course", "profile"], name="course_profile_once")]

    def __str__(self):
        return f"{self.course} → {self.profile}"


class CourseSkillQuerySet(models.QuerySet):
    def certain(self):
        return self.exclude(origin=SkillOrigin.SUGGESTED)


@pghistory.track()
class CourseSkill(models.Model):
    """A skill a course gives: the level it asks for, the level it gives, who says so and on what words."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="skill_links", verbose_name=_("formation"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="course_links", verbose_name=_("compétence"))
    # 0: nothing asked
    level_required = models.PositiveSmallIntegerField(_("niveau demandé"), default=0)
    level_given = models.PositiveSmallIntegerField(_("niveau donné"), default=1)
    origin = models.CharField(_("origine"), max_length=10, choices=SkillOrigin, default=SkillOrigin.DECLARED)
    rule = models.CharField(_("règle"), max_length=40, blank=True)
    evidence = models.CharField(_("mots relevés"), max_length=300, blank=True)

    objects = CourseSkillQuerySet.as_manager()

    class Meta:
        ordering = ["-level_given", "skill__label"]
        verbose_name = _("compétence enseignée")
        verbose_name_plural = _("compétences enseignées")
        constraints = [
            models.UniqueConstraint(fields=["course", "skill"], name="course_skill_once"),
            models.CheckConstraint(
                condition=Q(level_required__range=(0, 3)) & Q(level_given__range=(1, 3)), name="course_skill_levels"
            ),
            models.CheckConstraint(
                condition=~Q(origin="suggested") | ~Q(rule=""), name="suggested_skill_names_its_rule"
            ),
        ]

    def __str__(self):
        return f"{self.course} : {self.skill}"

"""Where listings come from: sources, runs, the rows of a file on their way, and what was wrong, with its line."""

from pathlib import Path
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import FaultSeverity, PlanVerb, RunState, Trust
from portal.accounts.models import Organisation
from portal.moderation.models import ModerationError

# how often a worker may begin a step that never ends: one that kills its worker must not come back for ever
MOST_TRIES = 6


class RunMoved(ModerationError):
    """The import is no longer where the person saw it."""

    def __init__(self, run: "ImportRun"):
        super().__init__(
            _("Cet import a changé d'état entre-temps (« %(state)s ») : rechargez la page avant de recommencer.")
            % {"state": RunState(ImportRun.objects.values_list("state", flat=True).get(pk=run.pk)).label}
        )


class ImportSourceQuerySet(models.QuerySet):
    def with_feed(self):
        return self.exclude(feed_url="")

    def with_last_run(self):
        """Each with what became of its last file: last_state, last_at, last_counts, last_refusal."""
        last = ImportRun.objects.filter(source=OuterRef("pk")).order_by("-started_at", "-pk")
        return self.annotate(
            last_state=Subquery(last.values("state")[:1]),
            last_at=Subquery(last.values("started_at")[:1]),
            last_counts=Subquery(last.values("counts")[:1]),
            last_refusal=Subquery(last.values("refusal")[:1]),
        )

    def in_trouble(self):
        """Of `with_last_run`: an address that cannot be read, or a last file that did not go through."""
        stuck = (RunState.REFUSED, RunState.FAILED, RunState.TO_MAP, RunState.TO_MEND)
        return self.filter(~Q(feed_fault="") | Q(last_state__in=stuck))


@pghistory.track(exclude=["feed_checked_at"])
class ImportSource(models.Model):
    name = models.SlugField(_("nom"), max_length=60, unique=True)
    label = models.CharField(_("libellé affiché"), max_length=120, blank=True)
    # set by an agent only: a trusted source publishes without a moderator
    is_trusted = models.BooleanField(_("de confiance"), default=False)
    # what it sends waits for its own people before any moderator sees it
    is_draft_only = models.BooleanField(
        _("en brouillon"),
        default=False,
        help_text=_("Les formations nouvelles restent des brouillons, que l'organisme soumet lui-même."),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sources", verbose_name=_("organisation")
    )
    # read every night; who gave the address answers for the changes that wait for a moderator
    feed_url = models.URLField(
        _("adresse du fichier"),
        max_length=500,
        blank=True,
        help_text=_("En https, lisible sans mot de passe. Elle est lue chaque nuit ; vide : rien n'est lu."),
    )
    feed_is_whole = models.BooleanField(
        _("ce fichier contient toute l'offre"),
        default=False,
        help_text=_("Ce qui n'y est plus est retiré du site. Rien n'est supprimé."),
    )
    feed_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("adresse donnée par"),
    )
    feed_checked_at = models.DateTimeField(_("lue le"), null=True, blank=True, editable=False)
    feed_fault = models.CharField(_("défaut de lecture"), max_length=300, blank=True, editable=False)

    objects = ImportSourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("source d'import")
        verbose_name_plural = _("sources d'import")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_trusted=False) | Q(is_draft_only=False),
                name="source_trusted_or_draft",
                violation_error_message=_(
                    "Une source de confiance publie : elle ne peut pas rester en brouillon. Choisissez l'un ou l'autre."
                ),
            )
        ]

    def __str__(self):
        return self.label or self.name

    @property
    def trust(self) -> Trust:
        """What becomes of a new course of this source."""
        if self.is_trusted:
            return Trust.PUBLISHED
        return Trust.DRAFT if self.is_draft_only else Trust.REVIEW

    def give_trust(self) -> None:
        self.is_trusted, self.is_draft_only = True, False
        self.save(update_fields=["is_trusted", "is_draft_only"])

    def feed_given(self, by: Any) -> None:
        """Somebody gave another address: what was said of the former one no longer holds. Not saved."""
        self.feed_set_by, self.feed_checked_at, self.feed_fault = by, None, ""

    def feed_read(self, fault: str = "") -> None:
        """The address was read, or could not be."""
        self.feed_checked_at, self.feed_fault = timezone.now(), fault[:300]
        self.save(update_fields=["feed_checked_at", "feed_fault"])


class ImportRunQuerySet(models.QuerySet):
    def to_carry_on(self):
        """Runs that a worker must read, plan, apply or undo."""
        return self.filter(state__in=WORK, tries__lt=MOST_TRIES)

    def given_up(self):
        return self.filter(state__in=WORK, tries__gte=MOST_TRIES)

    def of(self, organisation):
        return self.filter(source__organisation=organisation)

    def replaced_by(self, run):
        """Runs of machines that wait for a person, whom nobody took in hand, and that the file of `run` stands for."""
        older = self.filter(source=run.source_id, is_unattended=True, state__in=STUCK, started_at__lt=run.started_at)
        if not run.is_whole_offer:
            older = older.filter(is_pulled=True) if run.is_pulled else older.none()
        touched = StagingRow.objects.filter(Q(is_left_out=True) | ~Q(mended={}), run=OuterRef("pk"))
        return older.exclude(Exists(touched))


@pghistory.track(exclude=["tries"])
class ImportRun(models.Model):
    """One file on its way into the base. Its state moves by `move`; a worker holds the row's lock while it works."""

    MOVES = {  # verb: (from, to); a move not listed cannot happen
        "read": ({RunState.UPLOADED}, RunState.READING),
        "ask_columns": ({RunState.READING}, RunState.TO_MAP),
        "name_columns": ({RunState.TO_MAP}, RunState.UPLOADED),
        "have_read": ({RunState.READING}, RunState.TO_MEND),
        "plan": ({RunState.TO_MEND, RunState.PLANNED, RunState.FAILED}, RunState.PLANNING),
        "have_planned": ({RunState.PLANNING}, RunState.PLANNED),
        "mend": ({RunState.TO_MEND, RunState.PLANNED}, RunState.TO_MEND),
        "apply": ({RunState.PLANNED}, RunState.APPLYING),
        "have_applied": ({RunState.APPLYING}, RunState.APPLIED),
        "undo": ({RunState.APPLIED}, RunState.UNDOING),
        "have_undone": ({RunState.UNDOING}, RunState.UNDONE),
        "refuse": ({RunState.READING}, RunState.REFUSED),
        "fail": (set(RunState), RunState.FAILED),
        "drop": ({RunState.TO_MAP, RunState.TO_MEND, RunState.PLANNED, RunState.FAILED}, RunState.DROPPED),
    }

    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="runs", verbose_name=_("source"))
    state = models.CharField(_("état"), max_length=10, choices=RunState, default=RunState.APPLIED, editable=False)
    file_name = models.CharField(_("fichier"), max_length=255)
    # under CAMINS_VAR/imports, a name drawn by chance; empty once the file is deleted, or for a command's file
    stored_name = models.CharField(_("fichier gardé"), max_length=64, blank=True, editable=False)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    dialect = models.CharField(_("format"), max_length=20)
    started_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("annulé par"),
    )
    # the day on which the file says it was made
    exported_on = models.DateField(_("fichier daté du"), null=True, blank=True, editable=False)
    # {"read": n, "new": n, "changed": n, "same": n, "gone": n, "refused": n}
    counts = models.JSONField(_("décompte"), default=dict)
    is_whole_offer = models.BooleanField(
        _("toute l'offre"),
        default=False,
        help_text=_("Ce qui n'est plus dans le fichier est retiré du site."),
    )
    # made in a body's own space: its rows may speak of this body only
    is_by_member = models.BooleanField(_("par l'organisme"), default=False, editable=False)
    # {"headers": [...], "samples": [[...], ...]} of a table whose columns are not all known
    columns = models.JSONField(_("colonnes"), default=dict, editable=False)
    refusal = models.CharField(_("motif du refus"), max_length=400, blank=True, editable=False)
    # what an undo could not give back, in sentences
    kept = models.JSONField(_("non annulé"), default=list, editable=False)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0, editable=False)
    # sent by a machine: applied without anybody where no row is in fault, until a person takes it in hand
    is_unattended = models.BooleanField(_("sans personne"), default=False, editable=False)
    # read at the source's address: each night's file stands for the one before
    is_pulled = models.BooleanField(_("lu à l'adresse"), default=False, editable=False)
    # what a machine calls this sending, so that sending it again makes no second run
    push_key = models.CharField(_("clé d'envoi"), max_length=80, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("import")
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["uploaded", "reading", "planning", "applying", "undoing"]),
                name="import_run_work",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "push_key"], condition=~Q(push_key=""), name="push_key_once")
        ]

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def path(self) -> Path:
        return Path(settings.CAMINS_VAR) / "imports" / self.stored_name

    @property
    def is_at_work(self) -> bool:
        return self.state in WORK

    def move(self, verb: str, **fields: Any) -> None:
        """Carry out one move of MOVES; the database decides who came first. Raises RunMoved."""
        starts, end = self.MOVES[verb]
        values = {"state": end, "tries": 0, **fields}
        if not ImportRun.objects.filter(pk=self.pk, state__in=starts).update(**values):
            raise RunMoved(self)
        for name, value in values.items():
            setattr(self, name, value)


WORK = (RunState.UPLOADED, RunState.READING, RunState.PLANNING, RunState.APPLYING, RunState.UNDOING)

STUCK = (RunState.TO_MAP, RunState.TO_MEND, RunState.PLANNED)


class StagingRowQuerySet(models.QuerySet):
    def faulty(self):
        return self.filter(has_errors=True, is_left_out=False)

    def usable(self):
        return self.filter(has_errors=False, is_left_out=False, resolved__isnull=False)

    def of_file(self):
        return self.exclude(verb=PlanVerb.GONE)


class StagingRow(models.Model):
    """A line of a table, or a formation of an LHEO file, before it touches anything: what was read, what it means."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name=_("import"))
    # its place in the file, from 1; and the line where it starts
    rank = models.PositiveIntegerField(_("rang"))
    line = models.PositiveIntegerField(_("ligne"), default=0)
    # the course it speaks of: rows of one key are one course
    key = models.CharField(_("clé"), max_length=300, blank=True)
    title = models.CharField(_("intitulé"), max_length=255, blank=True)
    # as the file says it, never changed; what a person wrote instead lies in `mended`
    raw = models.JSONField(_("valeurs lues"), default=dict)
    mended = models.JSONField(_("valeurs corrigées"), default=dict)
    # the record that both give, NULL where they give none
    resolved = models.JSONField(_("valeurs comprises"), null=True, encoder=DjangoJSONEncoder)
    # [{"line", "field", "code", "message", "value", "severity"}]
    faults = models.JSONField(_("anomalies"), default=list)
    fault_codes = ArrayField(models.CharField(max_length=90), default=list, verbose_name=_("codes des anomalies"))
    has_errors = models.BooleanField(_("en faute"), default=False)
    is_left_out = models.BooleanField(_("écartée"), default=False)
    verb = models.CharField(_("prévu"), max_length=8, choices=PlanVerb, blank=True)
    # [[field, before, after]]
    diff = models.JSONField(_("différences"), default=list)

    objects = StagingRowQuerySet.as_manager()

    class Meta:
        ordering = ["run", "rank"]
        verbose_name = _("ligne d'import")
        verbose_name_plural = _("lignes d'import")
        constraints = [models.UniqueConstraint(fields=["run", "rank"], name="staging_row_once")]
        indexes = [models.Index(fields=["run", "key"], name="staging_row_key")]

    def __str__(self):
        return f"l. {self.line} {self.title}"


class ImportChange(models.Model):
    """What an import did to one course: enough to undo it where nothing else changed since."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes", verbose_name=_("import"))
    course = models.ForeignKey("courses.Course", models.CASCADE, related_name="+", verbose_name=_("formation"))
    verb = models.CharField(_("acte"), max_length=8, choices=PlanVerb)
    status_before = models.CharField(_("état d'avant"), max_length=20, blank=True)
    # rows as courses.importers.kept writes them; NULL where the values did not change
    before = models.JSONField(_("avant"), null=True)
    after = models.JSONField(_("après"), null=True)

    class Meta:
        ordering = ["run", "pk"]
        verbose_name = _("effet d'un import")
        verbose_name_plural = _("effets d'un import")
        constraints = [models.UniqueConstraint(fields=["run", "course"], name="import_change_once")]

    def __str__(self):
        return f"{self.run_id} {self.verb} {self.course_id}"


@pghistory.track()
class ColumnMapping(models.Model):
    """What a header of a source's tables means here, as a person said once; `field` is empty for "leave it out"."""

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="mappings", verbose_name=_("source"))
    header = models.CharField(_("en-tête"), max_length=120)
    field = models.CharField(_("colonne du portail"), max_length=40, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        ordering = ["source", "header"]
        verbose_name = _("colonne reconnue")
        verbose_name_plural = _("colonnes reconnues")
        constraints = [models.UniqueConstraint(fields=["source", "header"], name="header_once_per_source")]

    def __str__(self):
        return f"{self.header} → {self.field or '–'}"


class ImportFault(models.Model):
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("ligne"))
    element = models.CharField(_("élément"), max_length=120)
    code = models.CharField(_("code"), max_length=40)
    severity = models.CharField(_("gravité"), max_length=10, choices=FaultSeverity)
    message = models.CharField(_("message"), max_length=400)
    value = models.CharField(_("valeur lue"), max_length=200, blank=True)

    class Meta:
        ordering = ["run", "line", "pk"]
        verbose_name = _("anomalie d'import")
        verbose_name_plural = _("anomalies d'import")

    def __str__(self):
        return f"l. {self.line} {self.element}"

"""What a body has to do first, on the index of its space, and the filters that show it."""

import datetime
from collections.abc import Iterator

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.completeness import incomplete, with_what_counts
from courses.import_screens.health import trouble_of
from courses.models import Course, ImportSource, Session
from courses.models.expired import has_expired_certification
from courses.models.suggestion import has_waiting
from portal.moderation.models import ModerationEvent, Proposal, ProposalState, Status
from portal.web.backoffice import WaitingList
from portal.web.clock import today
from portal.web.space import SPACE, organisation_of

UNCONFIRMED_DAYS = 30
REFUSED_DAYS = 30
OVER = (Status.ARCHIVED, Status.WITHDRAWN)


class CourseToDo(admin.SimpleListFilter):
    title = _("à faire")
    parameter_name = "a-faire"
    REFUSED, OVER, SUGGESTED, DUE, DEAD = "corriger", "sans-dates", "propositions", "confirmer", "lien"
    EXPIRED, PREPARED = "certification-expiree", "fichier"

    def lookups(self, request, model_admin):
        return [
            (self.REFUSED, _("corrections demandées")),
            (self.DUE, _("à confirmer")),
            (self.DEAD, _("lien en défaut")),
            (self.OVER, _("aucune session à venir")),
            (self.SUGGESTED, _("propositions à décider")),
            (self.EXPIRED, _("certification expirée")),
            (self.PREPARED, _("changements d’un fichier à envoyer")),
        ]

    def queryset(self, request, queryset):
        chosen = {
            self.REFUSED: lambda: queryset.filter(status=Status.CHANGES_ASKED),
            self.DUE: lambda: queryset.due_on(today()),
            self.DEAD: queryset.with_dead_link,
            self.OVER: lambda: queryset.without_session_from(today()),
            self.SUGGESTED: lambda: queryset.filter(has_waiting()),
            self.EXPIRED: lambda: expired(queryset),
            self.PREPARED: lambda: prepared(queryset),
        }.get(self.value() or "")
        return chosen() if chosen else queryset


class SessionToDo(admin.SimpleListFilter):
    title = _("à faire")
    parameter_name = "a-faire"
    UNCONFIRMED = "places"

    def lookups(self, request, model_admin):
        return [(self.UNCONFIRMED, _("places à confirmer"))]

    def queryset(self, request, queryset):
        return unconfirmed(queryset) if self.value() == self.UNCONFIRMED else queryset


def unconfirmed(sessions):
    """Sessions to come whose seats nobody said, or not for a month."""
    day = today()
    return sessions.seats_unsaid_since(day - datetime.timedelta(days=UNCONFIRMED_DAYS)).coming_on(day)


def expired(courses):
    """Those still worked on that lead to a certification that is expired."""
    return courses.exclude(status__in=OVER).filter(has_expired_certification(today()))


def prepared(courses):
    """Those that a file of a draft-only source would change."""
    return courses.filter(pk__in=Proposal.objects.prepared().about_any(courses).values("subject_id"))


def waiting(request: HttpRequest) -> Iterator[WaitingList]:
    courses = Course.objects.of_organisation(organisation_of(request))
    courses_url = reverse("organisme:courses_course_changelist")
    filtered = f"{courses_url}?{CourseToDo.parameter_name}="
    if not courses.exists():
        yield from _first_steps()
    yield from _refused(courses, filtered)
    yield from _dates(courses, filtered)
    lacking = incomplete(with_what_counts(courses.exclude(status__in=OVER)))
    yield WaitingList(
        label=_("Fiches où il manque quelque chose"),
        count=len(lacking),
        url=courses_url,
        hint=_("La liste dit quoi ajouter d’abord."),
    )
    yield WaitingList(
        label=_("Fiches avec des métiers ou des codes proposés"),
        count=courses.filter(has_waiting()).count(),
        url=f"{filtered}{CourseToDo.SUGGESTED}",
    )
    yield WaitingList(
        label=_("Fiches que votre fichier change"),
        count=prepared(courses).count(),
        url=filtered + CourseToDo.PREPARED,
        hint=_("Envoyez ces changements à la Région, ou écartez-les : ils ne partent pas seuls."),
    )
    yield from _doubts(courses, filtered)
    yield from _sources(organisation_of(request))
    yield from _states(courses, courses_url)


def _dates(courses, filtered: str) -> Iterator[WaitingList]:
    """What time makes old: a listing, its sessions, their seats."""
    published = courses.filter(status=Status.PUBLISHED)
    yield WaitingList(
        label=_("Fiches à confirmer"),
        count=courses.due_on(today()).count(),
        url=filtered + CourseToDo.DUE,
        hint=_("Sans réponse, elles finissent masquées."),
    )
    yield WaitingList(
        label=_("Formations publiées sans session à venir"),
        count=published.without_session_from(today()).count(),
        url=f"{filtered}{CourseToDo.OVER}&status__exact={Status.PUBLISHED}",
        hint=_("Ajoutez des dates, ou retirez-les."),
    )
    sessions = Session.objects.filter(offering__course__in=published)
    yield WaitingList(
        label=_("Sessions dont les places sont à confirmer"),
        count=unconfirmed(sessions).count(),
        url=reverse("organisme:courses_session_changelist")
        + f"?{SessionToDo.parameter_name}={SessionToDo.UNCONFIRMED}",
        hint=_("Dites combien il en reste : la date et votre nom s’affichent."),
    )


def _doubts(courses, filtered: str) -> Iterator[WaitingList]:
    """What no longer holds elsewhere: links, certifications."""
    yield WaitingList(
        label=_("Fiches dont le lien ne répond plus"),
        count=courses.with_dead_link().count(),
        url=filtered + CourseToDo.DEAD,
        hint=_("Chaque lien est ouvert une fois par semaine."),
    )
    yield WaitingList(
        label=_("Fiches sur une certification expirée"),
        count=expired(courses).count(),
        url=filtered + CourseToDo.EXPIRED,
        hint=_("Indiquez celle qui la remplace, ou retirez-la : la page publique le dit."),
    )


def _sources(organisation) -> Iterator[WaitingList]:
    """Sources whose address or last file did not go through, the first with its fault."""
    found = ImportSource.objects.filter(organisation=organisation).with_last_run().in_trouble()
    first = found.first()
    yield WaitingList(
        label=_("Sources d’import en défaut"),
        count=found.count() if first else 0,
        url=reverse("organisme:courses_importsource_changelist"),
        hint=trouble_of(first) if first else "",
    )


def _first_steps() -> Iterator[WaitingList]:
    """What a body that has nothing here yet may begin with."""
    yield WaitingList(
        label=_("Importer votre offre"),
        count=None,
        url=reverse("organisme:courses_importrun_add"),
        hint=_("Un fichier LHÉO, CSV ou Excel : vous corrigez à l’écran avant que rien ne change."),
    )
    yield WaitingList(
        label=_("Écrire une première formation"),
        count=None,
        url=reverse("organisme:courses_course_add"),
        hint=_("Elle reste un brouillon jusqu’à ce que vous la soumettiez."),
    )


def _refused(courses, filtered: str) -> Iterator[WaitingList]:
    """Refusals first, the newest with its reason."""
    refused = courses.filter(status=Status.CHANGES_ASKED)
    last = ModerationEvent.objects.filter(verb="ask_changes").about_any(refused).first()
    yield WaitingList(
        label=_("Fiches à corriger"),
        count=refused.count(),
        url=filtered + CourseToDo.REFUSED,
        hint=_("Motif : %(reason)s") % {"reason": last.reason} if last else "",
    )
    since = today() - datetime.timedelta(days=REFUSED_DAYS)
    edits = Proposal.objects.filter(state=ProposalState.REFUSED, decided_at__date__gte=since).about_any(courses)
    newest = edits.order_by("-decided_at").first()
    if newest is not None:
        yield WaitingList(
            label=_("Modifications refusées depuis un mois"),
            count=edits.count(),
            url=reverse("organisme:courses_course_change", args=[newest.subject_id]),
            hint=_("Motif : %(reason)s") % {"reason": newest.reason},
        )


def _states(courses, courses_url: str) -> Iterator[WaitingList]:
    counts = dict(courses.order_by().values_list("status").annotate(Count("pk")))
    for status, label in ((Status.DRAFT, _("Brouillons à soumettre")), (Status.SUBMITTED, _("Fiches chez la Région"))):
        yield WaitingList(label=label, count=counts.get(status, 0), url=f"{courses_url}?status__exact={status}")


SPACE.show_waiting(waiting)

"""Pools at /gestion/: what each is worth, and the steps that agents record, dated and explained."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobs.models import ImportedOffer, Pool, PoolMember, PoolNotice, PoolStep, SkillDemand
from jobs.models.pool import PoolRefused, Stage
from jobs.pools.figures import PoolFigures, figures_of
from portal.accounts.person import person_of
from portal.web.backoffice import WaitingList
from portal.web.clock import today
from portal.web.gestion import ReadOnlyAdmin, gestion, is_agent_with
from portal.web.templatetags.camins import euros, number

MOST_PEOPLE = 10_000


class StepForm(forms.Form):
    """A step that an agent records: which, why, how many people where it asks for it."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb, move in Pool.MOVES.items() if not move.by_rule])
    explanation = forms.CharField(required=False, max_length=2_000)
    people = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={
            name: _("Le nombre de personnes va de 0 à 10 000 : corrigez-le ou laissez-le vide.")
            for name in ("invalid", "min_value", "max_value")
        },
    )


def may_record(request: HttpRequest) -> bool:
    return is_agent_with(request, "moderator", "manager")


@admin.register(Pool)
class PoolAdmin(ReadOnlyAdmin):
    list_display = [
        "profile", "basin", "quarter_on", "stage", "employer_count", "agreed_count", "headcount", "cost", "gap_closed",
    ]  # fmt: skip
    list_filter = ["stage", "profile", "basin"]
    date_hierarchy = "quarter_on"
    list_select_related = ["profile", "basin"]
    search_fields = ["profile__name", "basin__name"]
    fields = [
        *("profile", "basin", "quarter_on", "stage", "formed_on", "counted_on", "employer_count", "agreed_count"),
        *("headcount", "first_wished_on", "last_wished_on", "departments"),
    ]
    change_form_template = "admin/pool_change_form.html"

    def get_changelist_instance(self, request: HttpRequest):
        """The figures of a whole page are read at once."""
        listed = super().get_changelist_instance(request)
        found = figures_of(listed.result_list, today())
        for pool in listed.result_list:
            pool.figures = found[pool.pk]
        return listed

    @admin.display(description=_("coût estimé"))
    def cost(self, pool: Any) -> str:
        return str(euros(figures_on(pool).cost_cents))

    @admin.display(description=_("postes sans place, comblés par le groupe"))
    def gap_closed(self, pool: Any) -> str:
        figures = figures_on(pool)
        said = gettext("au plus %(closed)s sur %(gap)s") if figures.silent else gettext("%(closed)s sur %(gap)s")
        return said % {"closed": number(figures.closed), "gap": number(figures.gap)}

    def get_urls(self):
        step = self.admin_site.admin_view(self.step_view)
        return [path("<path:object_id>/etape/", step, name="jobs_pool_step"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pool = self.get_object(request, object_id)
        if pool is None:
            raise Http404
        extra = {
            **(extra_context or {}),
            "figures": figures_on(pool),
            "members": pool.members.select_related("need__employer").order_by("left_on", "pk"),
            "steps": pool.steps.select_related("by"),
            "notices": pool.notices.select_related("provider"),
            "skills": pool.skills.order_by("label"),
            "moves": pool.moves_of_agents() if may_record(request) else [],
        }
        return super().change_view(request, object_id, form_url, extra)

    def step_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: record one step."""
        pool = self.get_object(request, object_id)
        form = StepForm(request.POST)
        if pool is None or request.method != "POST":
            raise Http404
        if not may_record(request):
            raise PermissionDenied
        if not form.is_valid() and "verb" in form.errors:
            raise Http404
        try:
            if form.errors:
                raise PoolRefused(next(str(error) for errors in form.errors.values() for error in errors))
            told = form.cleaned_data
            pool.move(
                told["verb"],
                on=today(),
                by=person_of(request),
                explanation=told["explanation"],
                people=told["people"],
            )
        except PoolRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("C’est enregistré : l’étape et son explication sont visibles de tous."))
        return HttpResponseRedirect(reverse("gestion:jobs_pool_change", args=[pool.pk]))


def figures_on(pool: Any) -> PoolFigures:
    """Those that the list read, else those of this pool alone."""
    found: PoolFigures | None = getattr(pool, "figures", None)
    return found or figures_of([pool], today())[pool.pk]


@admin.register(PoolMember)
class PoolMemberAdmin(ReadOnlyAdmin):
    list_display = ["pool", "need", "agreed", "joined_on", "told_at", "left_on", "left_why"]
    list_filter = ["agreed", "left_why"]
    list_select_related = ["pool__profile", "pool__basin", "need"]
    search_fields = ["need__title", "need__employer__name"]
    date_hierarchy = "joined_on"


@admin.register(PoolStep)
class PoolStepAdmin(ReadOnlyAdmin):
    list_display = ["on", "pool", "from_stage", "to_stage", "people", "by"]
    list_filter = ["to_stage"]
    list_select_related = ["pool__profile", "pool__basin", "by"]
    search_fields = ["explanation"]
    date_hierarchy = "on"


@admin.register(PoolNotice)
class PoolNoticeAdmin(ReadOnlyAdmin):
    list_display = ["told_on", "pool", "provider"]
    list_select_related = ["pool__profile", "pool__basin", "provider"]
    search_fields = ["provider__name"]
    date_hierarchy = "told_on"


@admin.register(ImportedOffer)
class ImportedOfferAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "profile", "confidence", "rome_code", "department", "headcount", "posted_on"]
    list_filter = ["source", "lacks_candidates", "profile", "department"]
    list_select_related = ["profile", "department"]
    search_fields = ["title", "number", "rome_code"]
    date_hierarchy = "posted_on"


@admin.register(SkillDemand)
class SkillDemandAdmin(ReadOnlyAdmin):
    list_display = ["month_on", "skill", "department", "level", "provenance", "posts", "adverts"]
    list_filter = ["provenance", "level", "department"]
    list_select_related = ["skill", "department"]
    search_fields = ["skill__label"]
    date_hierarchy = "month_on"


def waiting(request: HttpRequest):
    """Pools that an agent has something to record of."""
    for stage, label in (
        (Stage.OPEN, _("Besoins groupés ouverts aux réponses")),
        (Stage.ANSWERED, _("Besoins groupés qui ont une réponse à financer")),
    ):
        yield WaitingList(
            label=label,
            count=Pool.objects.filter(stage=stage).count(),
            url=f"{reverse('gestion:jobs_pool_changelist')}?stage__exact={stage}",
        )


gestion().show_waiting(waiting)

"""The needs of one's organisation at /espace-employeur/: written on the public pages, followed here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from jobs.employers import drafts, life
from jobs.employers.attaching import unattached_of
from jobs.employers.found import state_of, with_all
from jobs.employers.member import who_for
from jobs.employers.state_page import answer
from jobs.models import Employer, EmployerNeed, NeedSkill
from jobs.models.need import NeedQuerySet
from portal.accounts.person import person_of
from portal.reference.models import Commune
from portal.web.backoffice import WaitingList
from portal.web.clock import today
from portal.web.space import EMPLOYERS, WRITERS, PublicListScreen, SpaceInline, SpaceScreen, may, organisation_of

# days before its end from which a need waits for an answer
SOON_DAYS = 10


@admin.register(Commune, site=EMPLOYERS)
class CommuneList(PublicListScreen):
    search_fields = ["name", "key", "postcodes"]
    ordering = ["name"]


class NeedSkillLines(SpaceInline):
    model = NeedSkill
    fields = ["skill", "importance", "level"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(EmployerNeed, site=EMPLOYERS)
class NeedScreen(SpaceScreen):
    """Read here; what changes it is a verb, on the page of the need."""

    owner_path = "employer__organisation"
    menu = _("Nos besoins")
    rank = 1
    may_be_added = False  # on the four pages
    list_display = ["title", "follow", "where_it_stands", "headcount", "contract", "commune", "expires_on"]
    list_filter = ["status", "contract"]
    list_select_related = ["commune", "employer"]
    search_fields = ["title"]
    fields = ["title", "description", "profile", "headcount", "contract", "level", "commune", "is_remote", "wished_on",
              "salary_min_euros", "salary_max_euros", "commitments", "status", "expires_on", "renewals", "filled_on",
              "filled_how", "filled_course", "follow"]  # fmt: skip
    readonly_fields = ["status", "renewals", "follow"]
    inlines = [NeedSkillLines]
    actions = ["export_csv", "renew"]
    change_list_template = "admin/employer_needs.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(is_attached=True)

    def has_change_permission(self, request, obj=None):
        return False

    def has_renew_permission(self, request: HttpRequest) -> bool:
        return may(request, WRITERS)

    @admin.display(description=_("où il en est"))
    def where_it_stands(self, need: EmployerNeed) -> str:
        return state_of(need, today())["title"]

    @admin.display(description=_("suivre"))
    def follow(self, need: EmployerNeed) -> str:
        """Its own page: renew, fill, correct, and what the portal found for it."""
        return format_html('<a href="{}">{}</a>', need.owner_address(), gettext("Ouvrir sa page"))

    @admin.action(description=_("Prolonger de 60 jours"), permissions=["renew"])
    def renew(self, request: HttpRequest, queryset: QuerySet) -> None:
        done = 0
        for need in queryset:
            try:
                life.renew(need, day=today())
                done += 1
            except life.LifeRefused as refused:
                messages.error(request, f"{need} : {refused}")
        if done:
            said = ngettext("%(n)d besoin est prolongé.", "%(n)d besoins sont prolongés.", done)
            messages.success(request, said % {"n": done})

    def changelist_view(self, request: HttpRequest, extra_context=None):
        extra = {
            "may_write": may(request, WRITERS),
            "write_url": reverse(f"{self.admin_site.name}:write"),
            "attach_url": reverse(f"{self.admin_site.name}:attach"),
            "unattached": unattached_of(organisation_of(request)).count(),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})


@admin.register(Employer, site=EMPLOYERS)
class EmployerScreen(SpaceScreen):
    menu = _("Notre entreprise")
    rank = 5
    may_be_added = False  # it comes with the first need
    list_display = ["name", "sector", "commune", "may_be_named"]
    list_select_related = ["commune"]
    fields = ["name", "sector", "address", "commune", "presentation", "contact_email", "may_be_named", "register_state"]
    readonly_fields = ["register_state"]
    autocomplete_fields = ["commune"]


def own_needs(request: HttpRequest) -> NeedQuerySet:
    return EmployerNeed.objects.filter(employer__organisation=organisation_of(request), is_attached=True)


def follow_need(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one need: members read, those that write act."""
    need = with_all(own_needs(request)).filter(pk=number).first()
    if need is None:
        raise Http404
    return answer(request, need, may_act=may(request, WRITERS))


def write_need(request: HttpRequest) -> HttpResponse:
    """POST: begin a need in the name of the organisation; the first page and the code are not asked."""
    organisation = organisation_of(request)
    if request.method != "POST" or not may(request, WRITERS):
        raise Http404
    person = person_of(request)
    secret = drafts.begin(who_for(organisation, person), person=person, organisation=organisation)
    return HttpResponseRedirect(reverse("jobs:need_draft", args=[secret]))


def waiting(request: HttpRequest):
    """What a member does today: needs that end, that wait for a correction, that somebody else wrote."""
    organisation, day = organisation_of(request), today()
    own = own_needs(request)
    screen = reverse("employeur:jobs_employerneed_changelist")
    yield WaitingList(_("Besoins à corriger"), own.to_correct().count(), f"{screen}?status__exact=changes_asked")
    yield WaitingList(_("Besoins bientôt terminés"), own.ending_before(day, SOON_DAYS).count(), screen)
    yield WaitingList(_("Besoins à rattacher"), unattached_of(organisation).count(), reverse("employeur:attach"))


EMPLOYERS.show_page("ecrire/", write_need, "write")
EMPLOYERS.show_page("besoin/<int:number>/", follow_need, "need")
EMPLOYERS.show_waiting(waiting)

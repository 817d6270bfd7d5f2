"""Claims at /gestion/: what is known, the document, the likenesses, and the decision of an agent who is no member."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import claims
from courses.claim_document import MEDIA_TYPES
from courses.claim_lookup import look_up
from courses.enums import ClaimState, ClaimWay, DocumentKind
from courses.models import Claim, ClaimDocument
from portal.accounts.person import person_of
from portal.web.backoffice import WaitingList
from portal.web.gestion import ReadOnlyAdmin, gestion, is_agent_with

# the claims of the list that wait for an agent
THEIRS = f"state__exact={ClaimState.WAITING}&way__exact={ClaimWay.AGENT}"


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("accept", _("accepter")), ("refuse", _("refuser"))])
    reason = forms.CharField(required=False, max_length=2_000)


def may_decide(request: HttpRequest) -> bool:
    return is_agent_with(request, "moderator", "manager")


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["name", "person_name", "way", "state", "asked_at", "decided_at", "decided_by"]
    list_filter = ["state", "way"]
    list_select_related = ["decided_by"]
    search_fields = ["name", "siret", "email", "person_name"]
    fields = [
        *("name", "siret", "nda", "organisation", "person_name", "email", "person", "way", "state"),
        *("asked_at", "decided_at", "decided_by", "reason"),
    ]
    change_form_template = "admin/claim_change_form.html"

    def get_urls(self):
        guard = self.admin_site.admin_view
        own = [
            path("<path:object_id>/decider/", guard(self.decide_view), name="courses_claim_decide"),
            path("<path:object_id>/document/", guard(self.document_view), name="courses_claim_document"),
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        found = look_up(claim.siret)
        waits = claim.state == ClaimState.WAITING and claim.way == ClaimWay.AGENT
        extra = {
            **(extra_context or {}),
            "found": found,
            "likenesses": claims.likenesses_of(claim, found),
            "document": ClaimDocument.objects.defer("content").filter(claim=claim).first(),
            "may_decide": waits and may_decide(request),
            "conflict": claims.why_not_decide(claim, person_of(request)),
        }
        return super().change_view(request, object_id, form_url, extra)

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: accept, or refuse with a reason."""
        claim = self.get_object(request, object_id)
        form = DecisionForm(request.POST)
        if claim is None or request.method != "POST":
            raise Http404
        if not may_decide(request):
            raise PermissionDenied
        if not form.is_valid():
            raise Http404
        try:
            if form.cleaned_data["decision"] == "accept":
                claims.accept(claim, by=person_of(request))
            else:
                claims.refuse(claim, by=person_of(request), reason=form.cleaned_data["reason"])
        except claims.ClaimRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("C'est décidé : un courriel part à la personne."))
        return HttpResponseRedirect(reverse("gestion:courses_claim_change", args=[claim.pk]))

    def document_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET: the document, as a file to save, under a name of ours; a browser never shows it."""
        claim = self.get_object(request, object_id)
        if claim is None or request.method == "POST":
            raise Http404
        if not may_decide(request):
            raise PermissionDenied
        document = ClaimDocument.objects.filter(claim=claim).first()
        if document is None:
            raise Http404
        answer = HttpResponse(bytes(document.content), content_type=MEDIA_TYPES[DocumentKind(document.kind)])
        answer["Content-Disposition"] = f'attachment; filename="demande-{claim.pk}.{document.kind}"'
        answer["Cache-Control"] = "no-store"
        return answer


def waiting(request: HttpRequest):
    rows = Claim.objects.for_agents()
    oldest = rows.values_list("asked_at", flat=True).first()
    yield WaitingList(
        label=_("Demandes pour rejoindre un organisme"),
        count=rows.count(),
        url=f"{reverse('gestion:courses_claim_changelist')}?{THEIRS}",
        hint=_("plus ancienne : %(day)s") % {"day": f"{timezone.localtime(oldest):%d/%m/%Y}"} if oldest else "",
    )


gestion().show_waiting(waiting)

"""Two bodies: each member of A walks every address of both back-offices with what belongs to B.

404 everywhere for what is B's, whatever the door (lists, filters, popups, searches, actions, inlines, keys), no name of
B in any answer, and no row of B changed.
"""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.importers.doors import make_token
from courses.importers.flow import own_source
from courses.models import (
    ApprenticeshipCentre,
    Contact,
    Course,
    CourseDailyCount,
    ImportRun,
    Offering,
    OfferingCost,
    Session,
    StagingRow,
)
from portal.accounts.adapter import AccountAdapter
from portal.accounts.enums import Role
from portal.accounts.models import Invitation, Organisation
from portal.web.space import SPACE, PublicListScreen
from tests import makers
from tests.courses.space.conftest import address
from tests.house.fields import forms_of
from tests.house.knock import Knocker, patterns
from tests.identities import make_agent, make_member

pytestmark = pytest.mark.django_db
SECRET = "Zyxomma"  # in every name of B, in no other word of the site
ASKED = SECRET[:-1]  # what is searched for: a page may say it back
SCREENS = {model: screen for model, screen in SPACE._registry.items() if not isinstance(screen, PublicListScreen)}


def furnish(name: str) -> Organisation:
    """An organisation with one row of everything, each with this name in it."""
    provider = makers.make_provider(f"Organisme {name}")
    organisation = provider.organisation
    centre = makers.make_centre(f"CFA {name}", organisation=organisation, published=False)
    course = makers.make_course(
        f"Formation {name}",
        provider=provider,
        centre=centre,
        offering={"where": "Rodez", "place_name": f"Salle {name}", "costs": {"jobseeker": 0}},
        session={"note": f"Session {name}", "seats": 9},
    )
    Contact.objects.create(organisation=organisation, role="teaching", name=f"Contact {name}", centre=centre)
    CourseDailyCount.objects.create(course=course, day=makers.DAY, views=7)
    colleague = makers.make_user(f"{name.lower()}@essai.example", organisation=organisation, name=f"Personne {name}")
    Invitation.objects.create(
        organisation=organisation,
        email=f"invitee-{name.lower()}@essai.example",
        role=Role.EDITOR,
        token_hash=f"{name:x<64}"[:64],
        invited_by=colleague,
        expires_at=timezone.now() + datetime.timedelta(days=7),
    )
    run = ImportRun.objects.create(
        source=own_source(organisation), state="to_mend", file_name=f"{name}.csv", dialect="csv", is_by_member=True
    )
    make_token(run.source, label=f"Clé {name}", by=colleague)
    StagingRow.objects.create(run=run, rank=1, line=2, title=f"Ligne {name}", raw={"titre": name})
    return organisation


@pytest.fixture
def mine(db) -> Organisation:
    return furnish("Ici")


@pytest.fixture
def theirs(db) -> Organisation:
    return furnish(SECRET)


def rows_of(organisation: Organisation) -> dict[type, object]:
    return {
        model: model._default_manager.filter(**{screen.owner_path: organisation}).first()
        for model, screen in SCREENS.items()
    }


def list_of(model) -> str:
    return reverse(f"organisme:{model._meta.app_label}_{model._meta.model_name}_changelist")


def told(answer) -> str:
    return f"{answer.headers}{answer.content.decode()}"


@pytest.fixture(params=[Role.MANAGER, Role.EDITOR, Role.READER])
def knocker(request, mine) -> Knocker:
    knocker = Knocker()
    knocker.force_login(make_member(mine, request.param))
    return knocker


def snapshot(organisation: Organisation) -> dict[str, list]:
    """Every row of an organisation, as the base holds it."""
    held = {
        model.__name__: list(model._default_manager.filter(**{screen.owner_path: organisation}).order_by("pk").values())
        for model, screen in SCREENS.items()
    }
    costs = OfferingCost.objects.filter(offering__course__provider__organisation=organisation)
    return {**held, "costs": list(costs.order_by("pk").values())}


def test_every_address_with_the_other_s_row_is_absent(knocker, theirs):
    """Those of one row, of the bodies' space: read and written, as a page and as a popup."""
    before, rows, tried = snapshot(theirs), rows_of(theirs), 0
    for pattern in patterns():
        if not pattern.route.startswith("espace-organisme/") or "<path:object_id>" not in pattern.route:
            continue
        app, model = pattern.route.split("/")[1:3]
        row = next(row for each, row in rows.items() if each._meta.model_name == model and each._meta.app_label == app)
        path = "/" + pattern.route.replace("<path:object_id>", str(row.pk)).replace("<int:rank>", "1")
        for query in ("", "?_popup=1", "?_to_field=id", "?_changelist_filters=q%3Dx"):
            for answer in (knocker.get(path + query), knocker.post(path + query, {"post": "yes", "verb": "withdraw"})):
                gone = answer.status_code in (301, 302) and answer["Location"].endswith("/change/")
                assert answer.status_code in (403, 404) or gone, (path, answer.status_code)
                assert SECRET.lower() not in told(answer).lower(), path
                tried += 1
    assert tried >= 100
    assert snapshot(theirs) == before


def test_the_pages_that_only_read_are_absent_or_silent_too(knocker, theirs):
    """Why a course is where it is, and what is looked for around: the other's listings are public there or nowhere."""
    before, course = snapshot(theirs), rows_of(theirs)[Course]
    Course.objects.filter(pk=course.pk).update(hidden_since=makers.DAY)
    for query in ("", f"?q={ASKED}", "?metier=data-analyst", "?q=formation&lieu=Rodez"):
        answer = knocker.get(reverse("organisme:why", args=[course.pk]) + query)
        assert answer.status_code == 404
        assert SECRET not in told(answer)
        assert knocker.post(reverse("organisme:why", args=[course.pk]) + query).status_code == 405
    own = Course.objects.get(title="Formation Ici")
    for path in (reverse("organisme:near"), reverse("organisme:why", args=[own.pk]) + "?q=formation&rayon=region"):
        answer = knocker.get(path)
        assert answer.status_code == 200
        assert SECRET not in told(answer), path
    Course.objects.filter(pk=course.pk).update(hidden_since=None)
    assert snapshot(theirs) == before


def test_no_list_shows_the_other_s_rows_whatever_is_asked(knocker, mine, theirs):
    rows = rows_of(theirs)
    for model, screen in SCREENS.items():
        path = list_of(model)
        keys = {
            f"{field.name}__id__exact": getattr(rows[model], field.attname)
            for field in model._meta.fields
            if field.is_relation
        }
        queries = ["", f"?q={ASKED}", "?all=1", "?_popup=1&_to_field=id", "?_facets=1", "?e=1"]
        queries += [f"?{name}={value}" for name, value in keys.items() if value]
        queries += [f"?{screen.owner_path}={theirs.pk}", f"?id__exact={rows[model].pk}"]
        for query in queries:
            answer = knocker.get(path + query)
            assert answer.status_code in (200, 302, 400), (path + query, answer.status_code)
            assert SECRET.lower() not in told(answer).lower(), path + query


def test_no_action_reaches_the_other_s_rows(knocker, theirs):
    before = snapshot(theirs)
    for model, row in rows_of(theirs).items():
        path = list_of(model)
        for action in ("export_csv", "delete_selected", "unknown"):
            sent = {"action": action, "_selected_action": [row.pk], "select_across": "1", "post": "yes"}
            answer = knocker.post(path, sent)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert SECRET.lower().encode() not in content.lower(), (path, action)
    assert snapshot(theirs) == before


def test_no_search_of_a_form_finds_the_other_s_rows(knocker, theirs):
    for model in SCREENS:
        for field in model._meta.get_fields():
            if not getattr(field, "remote_field", None):
                continue
            names = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
            query = f"?term={ASKED}&{names}"
            answer = knocker.get("/espace-organisme/autocomplete/" + query)
            assert answer.status_code in (200, 403, 404)
            assert SECRET.lower() not in told(answer).lower(), query


def test_a_form_names_no_row_of_the_other(mine, theirs):
    """Keys to the other's CFA, offering or course, and inline rows that carry its numbers."""
    client = Client()
    client.force_login(make_member(mine))
    own, other = rows_of(mine), rows_of(theirs)
    kept = snapshot(theirs)
    swaps = {
        address("course", "change", own[Course].pk): {
            "centre": other[ApprenticeshipCentre].pk,
            "offerings-0-id": other[Offering].pk,
            "sessions-0-id": other[Session].pk,
            "sessions-0-offering": other[Offering].pk,
            "skill_links-0-course": other[Course].pk,
        },
        address("offering", "change", own[Offering].pk): {
            "sessions-0-id": other[Session].pk,
            "sessions-0-offering": other[Offering].pk,
            "costs-0-id": other[Offering].costs.get().pk,
        },
        address("contact", "change", own[Contact].pk): {
            "centre": other[ApprenticeshipCentre].pk,
            "organisation": theirs.pk,
        },
        address("session", "changelist"): {"form-0-id": other[Session].pk},
    }
    for path, fields in swaps.items():
        form = max(forms_of(client.get(path)), key=len)
        for name, value in fields.items():
            sent = {**{key: values for key, values in form.items() if values}, name: [str(value)], "_save": ["1"]}
            answer = client.post(path, sent)
            assert answer.status_code in (200, 302, 400), (path, name)
            assert SECRET.lower() not in told(answer).lower(), (path, name)
    assert snapshot(theirs) == kept


def test_the_agents_site_does_not_exist_for_a_member(knocker, theirs):
    rows = rows_of(theirs)
    for pattern in patterns():
        if not pattern.route.startswith("gestion/"):
            continue
        path = "/" + pattern.route.replace("<path:object_id>", str(rows[Course].pk)).replace("(?P<url>.*)$", "x")
        path = path.replace("<path:content_type_id>", str(ContentType.objects.get_for_model(Course).pk))
        if "<" in path or "(" in path:
            path = reverse("gestion:app_list", args=["courses"])
        answer = knocker.get(path)
        assert answer.status_code == 404, path
        assert SECRET.lower() not in told(answer).lower()


def test_a_leaver_keeps_no_door(mine):
    client = Client()
    user = make_member(mine)
    client.force_login(user)
    assert client.get("/espace-organisme/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_membership SET left_at = now() WHERE user_id = %s", [user.pk])
    assert client.get("/espace-organisme/").status_code == 404


def test_who_belongs_to_two_bodies_acts_for_one_at_a_time(mine, theirs):
    client = Client()
    user = make_member(mine)
    makers.join(user=user, organisation=theirs, role=Role.EDITOR)
    client.force_login(user)
    assert "Formation Ici" in client.get(address("course", "changelist")).content.decode()
    assert SECRET not in client.get(address("course", "changelist")).content.decode()
    client.post(reverse("organisme:choose", args=[theirs.pk]))
    shown = client.get(address("course", "changelist")).content.decode()
    assert SECRET in shown
    assert "Formation Ici" not in shown


def test_the_wall_can_fall(mine, theirs, monkeypatch):
    """These tests see a hole: a screen that forgets whose rows it shows."""
    monkeypatch.setattr(
        "portal.web.space.SpaceScreen.get_queryset", lambda screen, request: screen.model._default_manager.all()
    )
    knocker = Knocker()
    knocker.force_login(make_member(mine))
    with pytest.raises(AssertionError):
        test_no_list_shows_the_other_s_rows_whatever_is_asked(knocker, mine, theirs)


def test_signing_in_leads_everybody_to_their_own_back_office(mine, rf):
    request = rf.get("/")
    request.session = {}
    for user, place in (
        (make_member(mine), "/espace-organisme/"),
        (make_agent(Role.MODERATOR), "/gestion/"),
        (makers.make_user(), "/"),
    ):
        request.user = user
        request.__dict__.pop("_acting", None)
        assert AccountAdapter().get_login_redirect_url(request) == place

"""The access matrix: every address × who knocks × how, held against the table of tests/house/access.py."""

import logging
from collections import Counter
from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.db import transaction

from jobs.models import EmployerNeed
from portal.web.page import PUBLIC
from tests.house import access, rows
from tests.house.knock import Knocker, Pattern, missing_headers, outcome, patterns
from tests.house.targets import addresses
from tests.identities import make_people

BY_NAME = {pattern.name: pattern for pattern in patterns()}
# rules by floor, so that a failure names where to look
GROUPS = {
    "pages": access.PUBLIC,
    "accounts": access.ACCOUNTS,
    "gestion": access.GESTION,
    "organisme": access.SPACE,
    "team": access.TEAM,
    "employeur": access.EMPLOYER_SPACE,
    **{screen.model: access.screen_rules(screen) for screen in access.SCREENS},
}


def test_every_address_is_declared_and_no_declaration_is_stale():
    declared = {rule.name for rule in access.RULES}
    assert set(BY_NAME) - declared == set(), "addresses without a rule: declare them in tests/house/access.py"
    assert declared - set(BY_NAME) == set(), "rules without an address: remove them"


def test_no_rule_is_written_twice():
    twice = [key for key, count in Counter((rule.name, rule.target) for rule in access.RULES).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize(
    "pattern",
    [each for each in BY_NAME.values() if not each.route.startswith(("gestion/", "espace-"))],
    ids=lambda each: each.name,
)
def test_every_page_of_ours_says_who_may_come(pattern: Pattern):
    if getattr(pattern.view, "__module__", "").startswith("allauth"):
        assert pattern.name in {rule.name for rule in access.ACCOUNTS}
        return
    assert pattern.view.who is PUBLIC
    public = {rule.name: rule for rule in access.PUBLIC}[pattern.name]
    assert ("GET" in pattern.view.methods) == (public.read != "method")
    assert ("POST" in pattern.view.methods) == (public.write != "method")


@pytest.fixture(scope="module")
def found(world):
    return addresses(world.day)


@pytest.fixture(scope="module")
def knockers(world, found):
    """A client per identity, signed in."""
    clients = {}
    for identity, user in make_people(rows.body(), rows.employer()).users.items():
        clients[identity] = Knocker()
        if user:
            clients[identity].force_login(user)
    assert tuple(clients) == access.IDENTITIES
    return clients


@pytest.fixture(autouse=True)
def _no_warning_per_refusal():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def answer(knocker: Knocker, method: str, path: str, data: dict[str, str]):
    """One knock that leaves no trace: what it writes is taken back."""
    if method != "POST":
        return knocker.generic(method, path)
    cache.clear()  # whatever counts tries
    with transaction.atomic():
        response = knocker.post(path, data)
        transaction.set_rollback(True)
    return response


def methods_of(identity: str, methods: Iterable[str]) -> list[str]:
    return [each for each in methods if each not in access.LIKE_OTHERS or identity in access.TRY_ALL]


def deviations_of(rules, found, knockers, methods=access.METHODS) -> tuple[list[str], int]:
    """What does not answer as declared, and how many cells were tried."""
    deviations, cells = [], 0
    for rule in rules:
        path = found.path(rule.name, rule.target)
        for identity, knocker in knockers.items():
            for method in methods_of(identity, methods):
                response = answer(knocker, method, path, rule.data)
                got, expected, lacks = outcome(response), rule.expected(identity, method), missing_headers(response)
                fits = got in ("page", "sent") if expected == "form" else got == expected
                if not fits or lacks:
                    deviations.append(f"{method} {path} by {identity}: {got}, declared {expected}; lacks {lacks}")
                cells += 1
    return deviations, cells


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_gets_what_is_declared_and_no_more(group, found, knockers, record_count):
    deviations, cells = deviations_of(GROUPS[group], found, knockers)
    record_count("access matrix cells", cells)
    assert not deviations, "\n".join([f"{len(deviations)} of {cells} cells deviate", *deviations[:20]])


# holes that somebody could make by mistake: (what is broken, how, the rules that must see it)
HOLES = {
    "any signed-in person is an agent": (
        "portal.web.gestion.GestionSite.has_permission",
        lambda site, request: request.user.is_authenticated,
        access.GESTION[:1],
    ),
    "a second factor is not asked": (
        "portal.web.backoffice.is_mfa_enabled",
        lambda user: True,
        access.GESTION[:1],
    ),
    "every agent writes": (
        "portal.web.gestion.GestionModelAdmin.has_change_permission",
        lambda screen, request, obj=None: True,
        access.screen_rules(access.SCREENS[0]),
    ),
    "every row may be deleted": (
        "portal.web.gestion.GestionModelAdmin.has_delete_permission",
        lambda screen, request, obj=None: True,
        access.screen_rules(access.SCREENS[0]),
    ),
    "every agent moderates": (
        "portal.moderation.admin._may_moderate",
        lambda request: True,
        [rule for rule in access.RULES if rule.name == "gestion:courses_course_moderate"],
    ),
    "every agent decides of proposals": (
        "courses.admin.CourseAdmin.has_change_permission",
        lambda screen, request, obj=None: True,
        [rule for rule in access.RULES if rule.name == "gestion:courses_course_suggestions"],
    ),
    "every agent decides of claims": (
        "courses.claim_screen.may_decide",
        lambda request: True,
        [rule for rule in access.RULES if rule.name.startswith("gestion:courses_claim_d") and rule.target == "row"],
    ),
    "every agent strikes off": (
        "portal.accounts.admin.may_strike",
        lambda request: True,
        [rule for rule in access.RULES if rule.name == "gestion:accounts_organisation_strike"],
    ),
    "every member changes the team": (
        "portal.accounts.space.TeamScreen.changed_by",
        frozenset({"manager", "editor", "reader"}),
        [rule for rule in access.TEAM if rule.name.endswith("_membership_change")],
    ),
    "another employer's need is shown": (
        "jobs.space.needs.own_needs",
        lambda request: EmployerNeed.objects.filter(is_attached=True),
        [rule for rule in access.EMPLOYER_SPACE if rule.name == "employeur:need" and rule.target == "row"],
    ),
    "readers write needs": (
        "jobs.space.needs.WRITERS",
        frozenset({"manager", "editor", "reader"}),
        [rule for rule in access.EMPLOYER_SPACE if rule.name == "employeur:write"],
    ),
    "a managers' superuser": (
        "portal.accounts.admin.UserAdmin.has_change_permission",
        lambda screen, request, obj=None: True,
        [rule for rule in access.RULES if rule.target == "superuser"],
    ),
    "a draft is shown": (
        "courses.views.catalogue.public_or_gone",
        lambda row, **words: row,
        [rule for rule in access.RULES if rule.name == "courses:course" and rule.target in ("draft", "withdrawn")],
    ),
    "a hidden job is shown": (
        "portal.reference.models.profile.JobProfileQuerySet.shown",
        lambda rows: rows.all(),
        [rule for rule in access.RULES if rule.name == "jobs:profile" and rule.target == "hidden"],
    ),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_seen(hole, found, knockers, monkeypatch):
    """The matrix can fail: each of these mistakes makes it."""
    broken, by_what, rules = HOLES[hole]
    assert deviations_of(rules, found, knockers, ("GET", "POST")) == ([], len(rules) * len(knockers) * 2)
    monkeypatch.setattr(broken, by_what)
    assert deviations_of(rules, found, knockers, ("GET", "POST"))[0] != []

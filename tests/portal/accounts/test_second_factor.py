"""/gestion/ opens to agents who proved two factors, and to nobody else."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from portal.accounts.actions import leave
from portal.accounts.enums import OrganisationKind, Role
from tests import makers
from tests.identities import PASSWORD, SECRET, code_that_lasts, make_agent, verified, with_second_factor

pytestmark = pytest.mark.django_db
GESTION = "/gestion/"


@pytest.fixture(autouse=True)
def _no_code_is_used_yet():
    cache.clear()


def sign_in(client, user, code: str | None = None):
    """Give the password, and the code where one is asked; the last answer."""
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": GESTION})
    if code is None:
        return answer
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    return client.post(answer["Location"], {"code": code})


def test_password_and_code_open_it(client):
    answer = sign_in(client, make_agent(Role.MODERATOR), code_that_lasts(SECRET))
    assert (answer.status_code, answer["Location"]) == (302, GESTION)
    assert client.get(GESTION).status_code == 200


def test_a_password_alone_does_not(client):
    sign_in(client, make_agent(Role.MODERATOR))
    answer = client.get(GESTION)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_wrong_code_is_refused_in_french(client):
    answer = sign_in(client, make_agent(Role.MODERATOR), "000000")
    assert answer.status_code == 200
    assert "code" in answer.content.decode().lower()
    assert client.get(GESTION).status_code == 302


def test_a_code_serves_once(client):
    agent = make_agent(Role.MODERATOR)
    code = code_that_lasts(SECRET)
    sign_in(client, agent, code)
    client.logout()
    assert sign_in(client, agent, code).status_code == 200
    assert client.get(GESTION).status_code == 302


def test_an_agent_without_a_second_factor_is_sent_to_set_one_up(client):
    region = makers.make_organisation(kinds=[OrganisationKind.REGION])
    agent = verified(makers.make_user(organisation=region, role=Role.MANAGER))
    client.force_login(agent)
    for path in (GESTION, "/gestion/courses/course/", "/gestion/login/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_an_agent_who_leaves_loses_the_open_session_at_once(client):
    agent = make_agent(Role.MANAGER)
    client.force_login(agent)
    assert client.get(GESTION).status_code == 200
    leave(agent.memberships.get())
    assert client.get(GESTION).status_code == 404


def test_a_deactivated_account_loses_the_open_session_at_once(client):
    agent = make_agent(Role.MANAGER)
    client.force_login(agent)
    type(agent).objects.filter(pk=agent.pk).update(is_active=False)
    assert client.get(GESTION).status_code == 302
    assert sign_in(client, agent).status_code in (200, 302)
    assert client.get(GESTION).status_code == 302


def test_a_stranger_with_a_second_factor_gets_a_404(client):
    client.force_login(with_second_factor(makers.make_user(organisation=makers.make_organisation())))
    for path in (GESTION, "/gestion/login/", "/gestion/accounts/user/", "/gestion/nowhere/"):
        assert client.get(path).status_code == 404


def test_nobody_opens_an_account_alone(client):
    answer = client.get(reverse("account_signup"))
    assert answer.status_code == 200
    assert "<form" not in re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    client.post(reverse("account_signup"), {"email": "x@essai.example", "password1": PASSWORD})
    assert not type(makers.make_user()).objects.filter(email="x@essai.example").exists()


def test_known_and_unknown_addresses_get_the_same_answers(client, mailoutbox):
    """Signing in and asking for a new password tell nobody which addresses exist."""
    known = verified(makers.make_user("connu@essai.example"))

    def told(answer, email: str) -> tuple[int, str]:
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return answer.status_code, page.replace(email, "")

    login, reset = reverse("account_login"), reverse("account_reset_password")
    answers = []
    for email in (known.email, "inconnu@essai.example"):
        answers.append(
            [
                told(client.post(login, {"login": email, "password": "faux mot de passe"}), email),
                told(client.post(reset, {"email": email}, follow=True), email),
            ]
        )
    assert answers[0] == answers[1]

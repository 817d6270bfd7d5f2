"""Hostile input on every address: no error of ours, nothing reflected, every header, never slow."""

import copy
import logging
import time
from collections.abc import Callable, Iterable
from itertools import count
from urllib.parse import quote, quote_plus

import pytest
from django.http import HttpResponse

from tests.house import access, bad_input, rows
from tests.house.bad_input import Case
from tests.house.fields import POSTED, REPEATED, forms_of, query_parameters
from tests.house.knock import SECURITY_HEADERS, Knocker
from tests.house.targets import Addresses, addresses
from tests.identities import make_people

FORM = "application/x-www-form-urlencoded"
# an address of one object is tried where it shows, and where it does not
READ = [rule for rule in access.RULES if rule.read != "method"]
PUBLIC, ACCOUNTS = [rule for rule in READ if rule in access.PUBLIC], [rule for rule in READ if rule in access.ACCOUNTS]
SPACE = [rule for rule in READ if rule in access.SPACE and rule.target != "unknown"]
EMPLOYER = [rule for rule in READ if rule in access.EMPLOYER_SPACE and rule.target != "unknown"]
BESIDE = (*PUBLIC, *ACCOUNTS, *access.SPACE, *access.EMPLOYER_SPACE)
GESTION = [rule for rule in READ if rule not in BESIDE and rule.target != "unknown"]
# back-offices, and who may do most there
OFFICES = {"gestion": (GESTION, "superuser"), "organisme": (SPACE, "body_manager")}
OFFICES["employeur"] = (EMPLOYER, "employer_manager")
# the screens of the back-office are made of the same parts: each takes one value out of four, not the same ones
THINNING = 4
WRITE = [
    rule for rule in access.RULES if rule.write != "method" and rule.target not in ("unknown", "row, no such verb")
]


class Attacker:
    """Sends cases from ever new places and keeps what is wrong with the answers."""

    def __init__(self, knocker: Knocker):
        self.knocker, self.sent, self.found = knocker, 0, []
        self._places = count(1)

    def send(self, case: Case, method: str, path: str, body: bytes = b"", ctype: str = FORM, **environ) -> None:
        place = f"2001:db8::{next(self._places):x}"
        began = time.process_time()
        try:
            answer = self.knocker.generic(method, path, body, content_type=ctype, REMOTE_ADDR=place, **environ)
        except Exception as raised:  # nothing may leave the handler
            self.found.append(f"{case.id} {method} {path[:120]}: raised {raised!r}")
        else:
            told = bad_input.faults(case, answer, time.process_time() - began)
            self.found += [f"{case.id} {method} {path[:120]} {body[:120]!r}: {fault}" for fault in told]
        self.sent += 1


@pytest.fixture(scope="module")
def found(world) -> Addresses:
    return addresses(world.day)


@pytest.fixture(scope="module")
def people(world, found):
    return make_people(rows.body(), rows.employer())


@pytest.fixture
def attack(found, people, record_count) -> Iterable[Callable]:
    """`attack(identity)`: an attacker signed in so; at the end nothing was found."""
    logging.disable(logging.ERROR)
    attackers = []

    def begin(identity: str) -> Attacker:
        knocker = Knocker()
        if people.users[identity]:
            knocker.force_login(people.users[identity])
        attackers.append(Attacker(knocker))
        return attackers[-1]

    yield begin
    logging.disable(logging.NOTSET)
    record_count("requests with bad input", sum(each.sent for each in attackers))
    wrong = [fault for each in attackers for fault in each.found]
    assert not wrong, "\n".join([f"{len(wrong)} faults", *wrong[:40]])


def queries(rules, found: Addresses, values: list[Case], thinning: int = 1) -> list[tuple[Case, str]]:
    """Values in every query parameter of these addresses: all, or one out of `thinning`, another for each parameter."""
    asked = [(found.path(rule.name, rule.target), query_parameters(rule.name, rule.target)) for rule in rules]
    places = [f"{path}?{quote_plus(name)}=" for path, names in asked for name in names]
    return [(case, place + case.encoded) for n, place in enumerate(places) for case in values[n % thinning :: thinning]]


@pytest.mark.parametrize("rules", [PUBLIC, ACCOUNTS], ids=["pages", "accounts"])
def test_values_in_the_queries_of_pages(rules, attack, found, shared_data, sample_of):
    attacker = attack("visitor")
    for case, path in sample_of(queries(rules, found, bad_input.cases(shared_data, "values"))):
        attacker.send(case, "GET", path)


@pytest.mark.parametrize("office", OFFICES)
def test_values_in_the_queries_of_the_back_offices(office, attack, found, shared_data, sample_of):
    """So many that the share is taken twice."""
    rules, identity = OFFICES[office]
    attacker = attack(identity)
    made = queries(rules, found, bad_input.cases(shared_data, "values"), THINNING)
    for case, path in sample_of(sample_of(made)):
        attacker.send(case, "GET", path)


def posts(
    rules, found: Addresses, knocker: Knocker, values: list[Case], thinning: int = 1
) -> list[tuple[Case, str, bytes]]:
    """Values in every field of every form of these pages, the other fields as the page gives them."""
    places = []
    for rule in rules:
        path = found.path(rule.name, rule.target)
        given = rule.data or POSTED.get(rule.name)
        own = [{name: [value] for name, value in given.items()}] if given else []
        for form in own or forms_of(knocker.get(path)) or [{"inconnu": [""]}]:
            for field in (name for name in form if not REPEATED.search(name)):
                rest = "&".join(f"{quote(n)}={quote(v)}" for n, vs in form.items() if n != field for v in vs)
                places.append((path, quote(field), rest))
    return [
        (case, path, f"{field}={case.encoded}&{rest}".encode())
        for n, (path, field, rest) in enumerate(places)
        for case in values[n % thinning :: thinning]
    ]


@pytest.mark.parametrize(
    ("rules", "identity"),
    [
        ([rule for rule in WRITE if rule in access.PUBLIC], "visitor"),
        ([rule for rule in WRITE if rule in access.ACCOUNTS], "visitor"),
    ],
    ids=["pages", "accounts"],
)
def test_values_in_the_forms_of_pages(rules, identity, attack, found, shared_data, sample_of):
    attacker = attack(identity)
    for case, path, body in sample_of(posts(rules, found, attacker.knocker, bad_input.cases(shared_data, "values"))):
        attacker.send(case, "POST", path, body)


def test_values_in_the_forms_of_ones_account(attack, found, shared_data, sample_of):
    values = bad_input.cases(shared_data, "values")
    for rule in (rule for rule in WRITE if rule in access.ACCOUNTS and rule.name != "account_logout"):
        attacker = attack("leaver")  # signed in anew for each form: some end the session
        for case, path, body in sample_of(posts([rule], found, attacker.knocker, values)):
            attacker.send(case, "POST", path, body)


@pytest.mark.parametrize("office", OFFICES)
def test_values_in_the_forms_of_the_back_offices(office, attack, found, shared_data, sample_of):
    read, identity = OFFICES[office]
    attacker = attack(identity)
    rules = [rule for rule in WRITE if rule in read and rule.name.endswith(("_add", "_change", "_moderate", "_move"))]
    made = posts(rules, found, attacker.knocker, bad_input.cases(shared_data, "values"), THINNING)
    for case, path, body in sample_of(sample_of(made)):
        attacker.send(case, "POST", path, body)


def test_values_in_the_paths(attack, found, shared_data, sample_of):
    """A value where an address expects a slug, a number or a code."""
    attacker = attack("visitor")
    heads = ["/", "/formations/", "/organismes/", "/cfa/", "/metiers/", "/orientation/projet/", "/demo/courrier/"]
    heads += ["/compte/confirm-email/", "/compte/password/reset/key/", "/gestion/courses/course/", "/gestion/"]
    heads += ["/api/v1/formations/", "/espace-organisme/", "/espace-organisme/courses/course/", "/espace-employeur/"]
    heads += ["/entreprises/besoins/", "/entreprises/besoins/suivi/"]
    ends = ["/", "-1/", ""]
    made = [(c, h + c.encoded + e) for c in bad_input.cases(shared_data, "values") for h in heads for e in ends]
    for case, path in sample_of(made):
        attacker.send(case, "GET", "/" + path.lstrip("/") if path.startswith("//") else path)


def test_raw_requests(attack, found, shared_data, sample_of):
    attackers = [attack("visitor"), attack("superuser")]
    made = [
        (attacker, case, found.path(rule.name, rule.target))
        for rule in READ
        for case in bad_input.cases(shared_data, "raw")
        for attacker in (attackers[:1] if rule in PUBLIC else attackers)
    ]
    for attacker, case, path in sample_of(made):
        told = case.told
        if "suffix_pct" in told:
            attacker.send(case, "GET", path.rstrip("/") + case.encoded if told.get("mode") else path + case.encoded)
        else:
            extra = {"CONTENT_LENGTH": "x"} if "head_extra" in told else {}
            attacker.send(case, told["method"], path, case.raw, told.get("ctype", FORM), **extra)


def test_headers(attack, found, shared_data, sample_of):
    attacker = attack("visitor")
    made = [
        (c, found.path(r.name, r.target)) for r in (*PUBLIC, *ACCOUNTS) for c in bad_input.cases(shared_data, "headers")
    ]
    for case, path in sample_of(made):
        name = case.told["name"].upper().replace("-", "_")
        attacker.send(case, "GET", path, **{f"HTTP_{name}": case.raw.decode("latin-1")})


def test_json_bodies(attack, found, shared_data, sample_of):
    attackers = {"visitor": attack("visitor"), "superuser": attack("superuser")}
    made = [
        (attacker, case, found.path(rule.name, rule.target))
        for rule in WRITE
        if rule.name != "account_logout"
        for case in bad_input.cases(shared_data, "json_bodies")
        for attacker in attackers.values()
    ]
    for attacker, case, path in sample_of(made):
        attacker.send(case, "POST", path, case.raw, "application/json")


WELL = HttpResponse('<html lang="fr"><p>ok', headers=SECURITY_HEADERS)
XSS = Case("planted", "", needles=("<b onclick=x>",))
PLANTED = {
    "a status 500": (lambda answer: setattr(answer, "status_code", 500), 0.1),
    "something reflected": (lambda answer: answer.write("<b onclick=x>"), 0.1),
    "a file read out": (lambda answer: answer.write("root:x:0:0:root"), 0.1),
    "a traceback": (lambda answer: answer.write("Traceback (most recent call last)"), 0.1),
    "a header of theirs": (lambda answer: answer.headers.__setitem__("X-Zq7x", "2"), 0.1),
    "a lost header": (lambda answer: answer.headers.pop("X-Frame-Options"), 0.1),
    "a weaker policy": (lambda answer: answer.headers.__setitem__("Content-Security-Policy", "default-src *"), 0.1),
    "a redirect away": (lambda answer: answer.headers.__setitem__("Location", "https://evil.example/"), 0.1),
    "a redirect in disguise": (lambda answer: answer.headers.__setitem__("Location", "//evil.example/"), 0.1),
    "an English page": (lambda answer: (setattr(answer, "status_code", 404), setattr(answer, "content", b"No")), 0.1),
    "a slow answer": (lambda answer: None, 9.0),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_seen(planted):
    """The judge can find: each of these answers is wrong in one way."""
    spoil, seconds = PLANTED[planted]
    answer = copy.deepcopy(WELL)
    assert list(bad_input.faults(XSS, answer, 0.1)) == []
    spoil(answer)
    assert list(bad_input.faults(XSS, answer, seconds)) != []

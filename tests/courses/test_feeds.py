"""A search followed elsewhere: as an Atom feed and as a calendar, with the parameters of the results page."""

import datetime

import pytest
from icalendar import Calendar
from lxml import etree

from courses.models import Session
from courses.views import agenda, feed
from tests.makers import in_days, make_course, make_offering, make_provider, make_session

pytestmark = pytest.mark.django_db
FEED, CALENDAR = "/formations/flux.atom", "/formations/dates.ics"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read_feed(client, query: str = ""):
    response = client.get(f"{FEED}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def titles(client, query: str = "") -> list[str]:
    return read_feed(client, query).xpath("a:entry/a:title/text()", namespaces=ATOM)


def read_calendar(client, query: str = "") -> Calendar:
    response = client.get(f"{CALENDAR}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client, query: str = "") -> list:
    return read_calendar(client, query).walk("VEVENT")


# --- Atom


def test_the_feed_holds_the_answers_in_the_order_of_the_search(client):
    for name, days in (("Tard", 60), ("Tôt", 20), ("Milieu", 40)):
        make_course(name, offering={"modality": "remote"}, session={"starts_on": in_days(days)})
    make_course("Ailleurs", offering={"where": "Rodez"})
    assert titles(client, "tri=date&modalite=remote") == ["Tôt", "Milieu", "Tard"]


def test_an_entry_says_what_a_card_says(client):
    course = make_course(
        "Données",
        summary="Les bases.",
        verified_on=in_days(-3),
        offering={"where": "Rodez", "costs": {"employee": 12_000}, "duration_hours": 35},
        session={"starts_on": in_days(20)},
    )
    tree = read_feed(client, "public=employee")
    entry = tree.find("a:entry", ATOM)
    summary = entry.findtext("a:summary", namespaces=ATOM).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        summary
        == "Les bases. Reste à charge : 120 €, prochaine date : 4 février 2027, durée : 35 heures, lieu : Rodez."
    )
    assert entry.find("a:link", ATOM).get("href") == (
        f"http://localhost:8000{course.get_absolute_url()}?public=employee"
    )
    updated = datetime.datetime.fromisoformat(entry.findtext("a:updated", namespaces=ATOM))
    assert updated >= datetime.datetime.fromisoformat("2027-01-12T00:00:00+01:00")
    assert "salarié" in tree.findtext("a:subtitle", namespaces=ATOM)


def test_an_unknown_cost_is_never_zero(client):
    make_course("Sans prix", offering={"where": "Rodez"})
    summary = read_feed(client).find("a:entry", ATOM).findtext("a:summary", namespaces=ATOM)
    assert "reste à charge : non communiqué" in summary.lower()
    assert "0 €" not in summary


def test_the_feed_holds_fifty_entries_at_most_whatever_the_page(client, monkeypatch):
    assert feed.MOST_ENTRIES == 50
    monkeypatch.setattr(feed, "MOST_ENTRIES", 2)
    for number in range(3):
        make_course(f"Formation {number}")
    assert len(titles(client, "page=9")) == 2
    self_link = read_feed(client, "page=9&q=formation").xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    assert self_link == ["http://localhost:8000/formations/flux.atom?q=formation"]


def test_a_feed_without_answers_is_a_feed(client):
    tree = read_feed(client, "q=xyzxyz&niveau=zzz")
    assert tree.xpath("a:entry", namespaces=ATOM) == []
    assert tree.findtext("a:updated", namespaces=ATOM).startswith("2027-01-15")
    assert "n’est pas compté" in tree.findtext("a:subtitle", namespaces=ATOM)


def test_signs_that_xml_refuses_break_nothing(client):
    make_course("Don\x0bnées \ufffe<b>&", provider=make_provider("Or\x01ganisme"))
    assert titles(client) == ["Données <b>&"]
    assert len(events(client)) == 0


# --- calendar


def test_each_coming_date_of_the_answers_is_one_event(client):
    course = make_course("Données", offering={"where": "Rodez"}, session={"starts_on": in_days(20)})
    make_session(course.offerings.get(), starts_on=in_days(50))
    make_session(course.offerings.get(), starts_on=in_days(-50))
    make_session(make_offering(course, modality="remote"), starts_on=in_days(70))
    make_course("Autre", offering={"where": "Albi"}, session={"starts_on": in_days(30)})
    found = events(client, "lieu=Rodez&modalite=onsite")
    assert [each["DTSTART"].dt for each in found] == [in_days(20), in_days(50)]
    first = found[0]
    assert first["DTEND"].dt == in_days(21)
    assert first["SUMMARY"] == "Début : Données"
    assert first["URL"] == f"http://localhost:8000{course.get_absolute_url()}"
    assert first["LOCATION"] == "Rodez"
    assert "Jusqu’au 8" in first["DESCRIPTION"]


def test_an_event_keeps_its_name(client):
    make_course("Données", session={"starts_on": in_days(20)})
    before = [each["UID"] for each in events(client)]
    Session.objects.update(starts_on=in_days(22), ends_on=in_days(30))
    assert [each["UID"] for each in events(client)] == before
    assert before == [f"session-{Session.objects.get().pk}@localhost"]


def test_partial_dates_are_left_out_and_said(client):
    course = make_course("Données", session={"starts_on": in_days(20)})
    offering = course.offerings.get()
    make_session(offering, starts_on=datetime.date(2027, 3, 1), starts_precision="month")
    make_session(offering, starts_on=datetime.date(2028, 1, 1), starts_precision="year")
    make_session(offering, starts_on=None)
    calendar = read_calendar(client)
    assert len(calendar.walk("VEVENT")) == 1
    assert "2 dates connues au mois ou à l’année seulement" in calendar["X-WR-CALDESC"]
    assert "Données fictives de démonstration" in calendar["X-WR-CALDESC"]


def test_a_calendar_holds_three_hundred_events_at_most(client, monkeypatch):
    assert agenda.MOST_EVENTS == 300
    monkeypatch.setattr(agenda, "MOST_EVENTS", 2)
    for days in (40, 20, 30):
        make_course("Données", session={"starts_on": in_days(days)})
    calendar = read_calendar(client)
    assert [each["DTSTART"].dt for each in calendar.walk("VEVENT")] == [in_days(20), in_days(30)]
    assert "Seules les 2 premières dates" in calendar["X-WR-CALDESC"]


def test_the_same_day_gives_the_same_calendar(client):
    make_course("Données\nDTEND:20270101", session={"starts_on": in_days(20)})
    one, other = (client.get(CALENDAR).content for _ in range(2))
    assert one == other
    assert b"\r\nDTEND:20270101" not in one


@pytest.mark.parametrize("path", [FEED, CALENDAR])
def test_only_reading_is_answered(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200

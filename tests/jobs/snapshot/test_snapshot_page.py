"""The page of recommendations on a catalogue of thousands of sessions: how many statements, and the same page."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.bench import fill
from courses.bench.catalogue import DAY, Catalogue
from courses.bench.ours import prepare
from courses.models import Session
from jobs.bench import fill as jobs_fill
from jobs.snapshot import keeping, reading
from portal.reference.models import Commune, JobProfile, ProfileSkill, Skill

COURSES = 2_200
MOST_STATEMENTS = 12


def say(line):
    """Nobody listens."""


@pytest.fixture
def catalogue(db, monkeypatch, settings, tmp_path):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    monkeypatch.setattr(fill, "read_mark", dict)
    fill.fill(Catalogue(COURSES), say)
    jobs_fill._write()
    profile = JobProfile.objects.order_by("pk").first()
    for place, skill in enumerate(Skill.objects.order_by("pk")[:8]):
        ProfileSkill.objects.create(
            profile=profile, skill=skill, level=1 + place % 3, importance="essential" if place < 5 else "desirable"
        )
    prepare(DAY, say)
    return profile


def address(profile, page):
    town = Commune.objects.order_by("-population", "pk").first()
    skills = Skill.objects.order_by("pk").values_list("code", flat=True)
    held = "".join(f"&sais={code}-{level}" for code, level in zip(skills[:3], (0, 1, 3), strict=True))
    return f"/orientation/resultats/?metier={profile.slug}&lieu={town.name} ({town.insee})&rayon=50{held}&page={page}"


def test_a_page_of_five_thousand_sessions_costs_few_statements_and_says_what_the_base_says(
    catalogue, client, monkeypatch, record_count
):
    assert Session.objects.count() >= 5_000
    keeping.make()
    client.get(address(catalogue, 1))
    pages = {}
    for page in (1, 2):
        cache.clear()
        asked = address(catalogue, page)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(asked)
        assert type(answer.context["page"].paginator.object_list).__name__ == "ReadAnswers"
        assert len(answer.context["results"]) == 10
        pages[page] = answer.content.decode()
        assert len(queries) <= MOST_STATEMENTS, "\n".join(query["sql"][:90] for query in queries)
        record_count(f"statements of page {page}", len(queries))
    monkeypatch.setattr(reading, "current", lambda: None)
    for page, seen in pages.items():
        assert tokenless(client.get(address(catalogue, page)).content.decode()) == tokenless(seen)


def tokenless(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)

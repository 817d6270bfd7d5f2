"""The part of the benchmark that asks for whole pages: the portal's, an empty one, one of the ORM, a naive one."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.urls import reverse

from courses.bench import ours
from courses.bench.asked import Asker
from courses.bench.measure import Contender, compare, interleave, rounded
from courses.bench.pages import Site, packed_bytes, query_of, site
from courses.bench.parts import PORTAL, PartReport, WrongAnswer, patiently
from courses.bench.peers.normalised import backend
from courses.models import Course
from courses.search.question import CourseQuestion

NAIVE_SAMPLE = 5
ORM_SAMPLE, ORM_REPETITIONS = 30, 2


def addresses(path: str, questions: Sequence[CourseQuestion]) -> list[str]:
    return [f"{path}?{query_of(question)}" for question in questions]


def check_pages(shown: Site, questions: Sequence[CourseQuestion]) -> dict[str, Any]:
    """Each page shows the courses that answer, in order; how many statements and bytes it takes.

    Raises WrongAnswer at the first that does not.
    """
    statements, packed = [], []
    for question, address in zip(questions, addresses(reverse("courses:search"), questions), strict=True):
        page = shown.get(address)
        answer = ours.answer(question)
        slugs = dict(Course.objects.filter(pk__in=answer.ids).values_list("pk", "slug"))
        places = [page.find(reverse("courses:course", args=[slugs[pk], pk]).encode()) for pk in answer.ids]
        if -1 in places or places != sorted(places):
            raise WrongAnswer(f"page: {address}")
        statements.append(len(shown.statements(address)))
        packed.append(packed_bytes(page))
    return {"statements": max(statements), "gz_kb": rounded(max(packed) / 1_000)}


def measure_pages(asker: Asker, names: Sequence[str], repetitions: int) -> PartReport:
    """Half the questions with filters, half without. `names`: the peers asked for ("naive" has a page too)."""
    half = max(1, asker.count // 2)
    questions = [*asker.searches()[:half], *asker.texts()[:half]]
    with site() as shown:
        told = check_pages(shown, questions)
        asked = {
            PORTAL: (reverse("courses:search"), None, None),
            "empty": ("/banc/vide/", None, None),
            "orm": ("/banc/orm/", ORM_SAMPLE, ORM_REPETITIONS),
        }
        if "naive" in names:
            asked["naive"] = ("/banc/naif/", NAIVE_SAMPLE, 1)
        contenders = []
        for name, (path, sample, most) in asked.items():
            listed = addresses(path, questions)
            if name != "naive":
                shown.get(listed[0])
            contenders.append(
                Contender(
                    name,
                    lambda number, listed=listed: shown.get(listed[number]),  # type: ignore[misc]
                    servers=backend(),
                    sample=sample,
                    repetitions=most,
                    around=patiently if name == "naive" else nullcontext,
                )
            )
        interleave(contenders, len(questions), repetitions)
    report = PartReport("page", [contender.row() for contender in contenders], told=told)
    for other in contenders[1:]:
        report.ratios.append({"engine": other.name, "of": "mean", **compare(contenders[0], other).as_row()})
    return report

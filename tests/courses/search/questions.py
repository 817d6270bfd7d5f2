"""Random questions to a catalogue, over every facet, as Hypothesis draws them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from courses.enums import Audience
from courses.models import ApprenticeshipCentre, Course, TrainingProvider
from courses.search.engine import known_choices
from courses.search.facets import FACETS, RADII, RADIUS
from courses.search.lexicon import State
from courses.search.question import RADII_KM, CourseQuestion, Home, Sort
from portal.reference.models import Certification, Commune, Skill
from tests.courses.search.edits import WORDS
from tests.makers import DAY

NAMES = ("data analyst", "Python", "analyste de données", "machine learning", "Greta", "Rodez", "data", "IA", "M1405")
# typed badly, unfinished, said by nobody, made of little words; sentences
OTHERS = (
    *"analiser programer statistque pyton donnees-reseau machine lear visualisa zzzyx sera les langages".split(),
    *("données sera", "python zzzyx", "réseau nettoyer entraîner", "statistiques éthiques", "&!| ( )", "machine lear"),
    *("je voudrais apprendre python pour analyser", "comment devenir data analyst à Rodez"),
)


@dataclass(frozen=True)
class Known:
    """The values that questions may ask of a catalogue, by field, and where people start from."""

    values: Mapping[str, tuple[str, ...]]
    homes: tuple[Home, ...]

    @classmethod
    def of(cls, state: State) -> "Known":
        named = {
            "skills": Skill.objects.values_list("code", flat=True),
            "certifications": [f"{each.register}{each.number}" for each in Certification.objects.all()],
            "providers": [str(pk) for pk in TrainingProvider.objects.values_list("pk", flat=True)],
            "centres": ApprenticeshipCentre.objects.values_list("uai", flat=True),
        }
        values = {**known_choices(state), **{field: tuple(sorted(each)) for field, each in named.items()}}
        return cls(values, tuple(Home.of(commune) for commune in Commune.objects.order_by("pk")))

    def choices(self, question: CourseQuestion) -> dict[str, tuple[str, ...]]:
        """All that is counted beside a question: of names, those asked."""
        choices = dict(self.values)
        for facet in FACETS:
            if facet.of == "name":
                choices[facet.field] = facet.asked(question)
        if question.home is not None and question.home.is_located:
            choices[RADIUS.field] = tuple(str(value) for value, _label in RADII)
        return choices


def clicked(question: CourseQuestion, field: str, value: str) -> CourseQuestion:
    """The question with this choice of a facet instead of what it asked of it."""

    if field == RADIUS.field:
        return replace(question, radius_km=int(value) if value.isdigit() else None, page=1)
    return replace(question, **{field: (value,), "page": 1})


@st.composite
def texts(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["none", "none", "words", "words", "name", "other"]))
    if kind == "words":
        return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    return {"none": "", "name": draw(st.sampled_from(NAMES)), "other": draw(st.sampled_from(OTHERS))}[kind]


@st.composite
def questions(draw: st.DrawFn, known: Known) -> CourseQuestion:
    asked: dict[str, Any] = {}
    fields = [facet.field for facet in FACETS if facet is not RADIUS]
    for field in draw(st.lists(st.sampled_from(fields), max_size=4, unique=True)):
        values = st.sampled_from((*known.values[field], *draw(st.sampled_from(STRANGERS.get(field, [()])))))
        asked[field] = tuple(draw(st.lists(values, min_size=1, max_size=3, unique=True)))
    return CourseQuestion(
        day=DAY,
        text=draw(texts()),
        home=draw(st.sampled_from([None, *known.homes])),
        radius_km=draw(st.sampled_from([None, *RADII_KM])),
        audience=draw(st.sampled_from(Audience.values)),
        is_literal=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort.values)),
        **asked,
    )


# values that nothing carries, as an old address may hold them
STRANGERS: Mapping[str, list[tuple[str, ...]]] = {
    "skills": [(), ("poterie",)],
    "certifications": [(), ("RNCP1",)],
    "providers": [(), ("0",)],
    "centres": [(), ("0000000Z",)],
    "profiles": [(), ("potier",)],
}


def prefetched() -> list[Course]:
    """The published courses with all that orders them."""
    rows = Course.objects.published().prefetch_related("offerings__sessions", "offerings__costs", "offerings__commune")
    return list(rows)

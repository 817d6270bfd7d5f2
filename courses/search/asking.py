"""A question as text-search queries: what the one statement of a search asks of the documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor

from courses.search.facets import FACETS, MODALITY, RADIUS, Facet
from courses.search.lexicon import Lexicon
from courses.search.order import (
    HELPS_IN_TITLE_POINTS,
    HELPS_POINTS,
    MET_POINTS,
    NAME_POINTS,
    OTHER_TITLE_POINTS,
    PART_POINTS,
    PROFILE_POINTS,
    SKILL_POINTS,
    TITLE_POINTS,
)
from courses.search.question import RADII_KM, CourseQuestion, Home
from courses.search.text import Idea, Understood

# degrees of latitude and of longitude in a kilometre, at the least, where France lies; a cell is a fifth by a quarter
LATITUDE_PER_KM, LONGITUDE_PER_KM = 1 / 111.0, 1 / 72.0
CELLS_PER_LATITUDE, CELLS_PER_LONGITUDE = 5, 4


@dataclass
class Sql:
    """An expression of type tsquery with its parameters."""

    text: str
    parameters: list[str] = field(default_factory=list)

    def __and__(self, other: "Sql") -> "Sql":
        return Sql(f"({self.text} && {other.text})", [*self.parameters, *other.parameters])

    def __or__(self, other: "Sql") -> "Sql":
        return Sql(f"({self.text} || {other.text})", [*self.parameters, *other.parameters])


@dataclass(frozen=True)
class Probe:
    """A further question to the same documents: which of them, for so many points or for a choice of a facet."""

    query: Sql
    points: int = 0
    # of the probes of one group, the best counts; those of no group add up
    group: int | None = None
    facet: Facet | None = None
    value: str = ""


def labels_query(labels: Iterable[str]) -> str:
    """Any of these labels, in the syntax of tsquery."""
    return " | ".join("'" + label.replace("\\", "\\\\").replace("'", "''") + "'" for label in labels)


def _labels(labels: Iterable[str]) -> Sql:
    return Sql("%s::tsquery", [labels_query(labels)])


def _way(words: Sequence[str], *, is_open: bool) -> str:
    mark = ":*" if is_open else ""
    return " & ".join(f"{word}{mark}" for word in words)


def idea_query(idea: Idea, zone: str = "") -> Sql:
    """Documents that say the idea in some way; in a zone ("t": the title, "n": the names), by its words alone."""
    said = " | ".join(f"({_way(words, is_open=idea.open_ended)})" for words in idea.ways)
    query = Sql("to_tsquery('fr', %s)", [said])
    if zone:
        return Sql(f"courses_search_zone({query.text}, '{zone}')", query.parameters)
    return query | _labels(idea.labels) if idea.labels else query


def text_query(understood: Understood) -> Sql | None:
    """Every idea, or any of them where one is enough; None for a text that asks nothing."""
    query: Sql | None = None
    for idea in understood.ideas:
        if idea.is_optional and not understood.is_partial:
            continue
        one = idea_query(idea)
        query = one if query is None else query | one if understood.is_partial else query & one
    return query


def text_probes(understood: Understood, lexicon: Lexicon) -> list[Probe]:
    """What each idea brings where it is said: the job, the skill and its level, the title, the names."""
    probes: list[Probe] = []
    needed = [idea for idea in understood.ideas if not idea.is_optional]
    for idea in needed:
        for group, found in enumerate(_worth(idea, lexicon, is_partial=understood.is_partial), start=len(probes)):
            probes += [Probe(query, points // len(needed), group=group) for query, points in found]
    for place, idea in enumerate(understood.ideas, start=-len(understood.ideas)):
        if idea.is_optional:
            helps = ((idea_query(idea, "t"), HELPS_IN_TITLE_POINTS), (idea_query(idea), HELPS_POINTS))
            probes += [Probe(query, points, group=place) for query, points in helps]
    return probes


def _worth(idea: Idea, lexicon: Lexicon, *, is_partial: bool) -> list[list[tuple[Sql, int]]]:
    """Groups of what an idea may bring: the best of each group counts, and groups add up."""
    jobs = [label for label in idea.labels if label.startswith("metier=")]
    skills = [label for label in idea.labels if label.startswith("competence=")]
    own, others = idea.ways[: idea.own_ways], idea.ways[idea.own_ways :]
    called = [name for job in jobs for name in lexicon.job_names.get(job.removeprefix("metier="), ())]
    title = [(idea_query(replace(idea, ways=own), "t"), TITLE_POINTS), *_by_steps(skills, SKILL_POINTS)]
    if others or called:
        title.append((idea_query(Idea(tuple(dict.fromkeys([*others, *called]))), "t"), OTHER_TITLE_POINTS))
    if len(own[0]) > 1:
        title.append((idea_query(Idea(tuple((word,) for word in own[0])), "t"), PART_POINTS))
    names = [(idea_query(idea, "n" if step == 1 else f"n{step}"), points) for step, points in NAME_POINTS.items()]
    said = [(idea_query(idea), MET_POINTS)] if is_partial else []
    return [title, _by_steps(jobs, PROFILE_POINTS), names, said]


def _by_steps(labels: Sequence[str], points: Mapping[int, int]) -> list[tuple[Sql, int]]:
    """Labels that documents carry by steps: "competence=python" for all, "competence=python*2" from step 2 on."""
    if not labels:
        return []
    return [
        (_labels(label + (f"*{step}" if step > 1 else "") for label in labels), worth) for step, worth in points.items()
    ]


def cells_within(home: Home, radius_km: float) -> list[str]:
    """The cells of the grid that a circle may touch: more than it holds, never less."""
    assert home.latitude is not None
    assert home.longitude is not None
    high, wide = radius_km * LATITUDE_PER_KM, radius_km * LONGITUDE_PER_KM
    rows = range(
        floor((home.latitude - high) * CELLS_PER_LATITUDE), floor((home.latitude + high) * CELLS_PER_LATITUDE) + 1
    )
    columns = range(
        floor((home.longitude - wide) * CELLS_PER_LONGITUDE), floor((home.longitude + wide) * CELLS_PER_LONGITUDE) + 1
    )
    return [f"case={row}:{column}" for row in rows for column in columns]


def facet_labels(facet: Facet, question: CourseQuestion) -> list[str]:
    """The labels of which a document must carry one to answer the facet; of a radius, a little more than needed."""
    if facet is RADIUS:
        return [f"{MODALITY.name}=remote", *_within(question, float(question.radius_km or 0))]
    return [facet.label(value, question) for value in facet.asked(question)]


def _within(question: CourseQuestion, radius_km: float) -> list[str]:
    return cells_within(question.home, radius_km) if question.home else []


def all_but_one(groups: Sequence[str]) -> str:
    """Every group, or every group but one: what the counts of each facet without its own filter need."""
    if len(groups) == 1:
        return f"({groups[0]})"
    chosen = [
        " & ".join(f"({group})" for place, group in enumerate(groups) if place != left_out)
        for left_out in range(len(groups))
    ]
    return " | ".join(f"({each})" for each in chosen)


@dataclass(frozen=True)
class Asking:
    """What is asked of the documents. `query` None: all of them.

    `counts_alone`: the facet whose own counts cannot be had from what is found: those of the whole catalogue serve.
    """

    query: Sql | None
    text: Sql | None
    probes: list[Probe]
    counts_alone: Facet | None = None


def asking_of(question: CourseQuestion, understood: Understood, lexicon: Lexicon) -> Asking:
    """Text, facets and probes of a question as it stands."""
    asked = [facet for facet in FACETS if facet.asked(question)]
    groups = [labels_query(facet_labels(facet, question)) for facet in asked]
    text = text_query(understood)
    probes = text_probes(understood, lexicon)
    probes += [
        Probe(_labels([facet.label(value, question)]), facet=facet, value=value)
        for facet in asked
        if facet.of == "name"
        for value in facet.asked(question)
    ]
    if text is not None and len(groups) < 2:
        return Asking(text, text, probes)
    if len(groups) == 1 and asked[0] is RADIUS:
        wide = [f"{MODALITY.name}=remote", *_within(question, float(max(RADII_KM)))]
        return Asking(_labels(wide), None, probes, counts_alone=RADIUS)
    if len(groups) == 1:
        return Asking(Sql("%s::tsquery", [groups[0]]), None, probes, counts_alone=asked[0])
    if not groups:
        return Asking(None, None, probes)
    facets = Sql("%s::tsquery", [all_but_one(groups)])
    return Asking(facets if text is None else text & facets, text, probes)

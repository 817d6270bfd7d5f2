"""A question as text-search queries: what the one statement of a search asks of the documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, floor, radians

from courses.search.facets import FACETS, MODALITY, RADIUS, Facet
from courses.search.question import RADII_KM, CourseQuestion, Home
from courses.search.text import Idea, Understood

# degrees in a kilometre along a meridian, at the most; a cell is a fifth of a degree by a quarter
DEGREES_PER_KM = 1 / 111.0
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
    """A further question to the same documents: which of them carry a choice, or say an idea that keeps none away."""

    query: Sql
    facet: Facet | None = None
    value: str = ""
    # place of the idea in the text
    idea: int = -1


def labels_query(labels: Iterable[str]) -> str:
    """Any of these labels, in the syntax of tsquery."""
    return " | ".join("'" + label.replace("\\", "\\\\").replace("'", "''") + "'" for label in labels)


def _labels(labels: Iterable[str]) -> Sql:
    return Sql("%s::tsquery", [labels_query(labels)])


def _way(words: Sequence[str], *, is_open: bool) -> str:
    mark = ":*" if is_open else ""
    return " & ".join(f"{word}{mark}" for word in words)


def idea_query(idea: Idea) -> Sql:
    """Documents that say the idea in some way, or carry one of its labels."""
    said = " | ".join(f"({_way(words, is_open=idea.open_ended)})" for words in idea.ways)
    query = Sql("to_tsquery('fr', %s)", [said])
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


def text_probes(understood: Understood) -> list[Probe]:
    """Which documents say each idea that keeps none away; those that are needed are said by all that is found."""
    return [
        Probe(idea_query(idea), idea=place)
        for place, idea in enumerate(understood.ideas)
        if idea.is_optional or understood.is_partial
    ]


def cells_within(home: Home, radius_km: float) -> list[str]:
    """The cells of the grid that a circle may touch: more than it holds, never less."""
    assert home.latitude is not None
    assert home.longitude is not None
    high = radius_km * DEGREES_PER_KM
    # meridians draw together towards the poles
    wide = high / cos(radians(min(abs(home.latitude) + high, 89.0)))
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
    # the words of the text, of which the answer says what the text search makes
    words: tuple[str, ...] = ()
    counts_alone: Facet | None = None


def asking_of(question: CourseQuestion, understood: Understood) -> Asking:
    """Text, facets and probes of a question as it stands."""
    asked = [facet for facet in FACETS if facet.asked(question)]
    groups = [labels_query(facet_labels(facet, question)) for facet in asked]
    text = text_query(understood)
    if text is not None:  # one made of little words only asks nothing of the text search, and is said nowhere
        text = Sql(f"nullif({text.text}, '')", text.parameters)
    probes = text_probes(understood)
    probes += [
        Probe(_labels([facet.label(value, question)]), facet=facet, value=value)
        for facet in asked
        if facet.of == "name"
        for value in facet.asked(question)
    ]
    words = tuple(dict.fromkeys(word for idea in understood.ideas for way in idea.ways for word in way))
    if text is not None and len(groups) < 2:
        return Asking(text, text, probes, words)
    if len(groups) == 1 and asked[0] is RADIUS:
        wide = [f"{MODALITY.name}=remote", *_within(question, float(max(RADII_KM)))]
        return Asking(_labels(wide), None, probes, counts_alone=RADIUS)
    if len(groups) == 1:
        return Asking(Sql("%s::tsquery", [groups[0]]), None, probes, counts_alone=asked[0])
    if not groups:
        return Asking(None, None, probes)
    facets = Sql("%s::tsquery", [all_but_one(groups)])
    return Asking(facets if text is None else text & facets, text, probes, words)

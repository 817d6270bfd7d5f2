"""A question as text-search queries: what the one statement of a search asks of the documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, floor, radians

from courses.search.facets import FACETS, MODALITY, RADIUS, Facet
from courses.search.lexicon import Lexicon, code_number
from courses.search.question import RADII_KM, CourseQuestion, Home
from courses.search.text import Idea, Understood

# degrees in a kilometre along a meridian, at the most; a cell is a fifth of a degree by a quarter
DEGREES_PER_KM = 1 / 111.0
CELLS_PER_LATITUDE, CELLS_PER_LONGITUDE = 5, 4
# départements and cells as bits, as the view of migration 0003 numbers them
DEPARTMENT_BITS, CELL_ROWS, CELL_COLUMNS = 29, 7, 9


@dataclass
class Sql:
    """An expression with its parameters; those that are asked of the index are of type tsquery."""

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


def cells_within(home: Home, radius_km: float) -> list[tuple[int, int]]:
    """The cells of the grid (row, column) that a circle may touch: more than it holds, never less."""
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
    return [(row, column) for row in rows for column in columns]


def facet_labels(facet: Facet, question: CourseQuestion) -> list[str]:
    """The labels of which a document must carry one to answer the facet; of a radius, a little more than needed."""
    if facet is RADIUS:
        return [f"{MODALITY.name}=remote", *_within(question, float(question.radius_km or 0))]
    return [facet.label(value, question) for value in facet.asked(question)]


def _within(question: CourseQuestion, radius_km: float) -> list[str]:
    cells = cells_within(question.home, radius_km) if question.home else []
    return [f"case={row}:{column}" for row, column in cells]


def _missed(facet: Facet, question: CourseQuestion, lexicon: Lexicon) -> Sql:
    """Whether a document cannot answer this facet, by its bits; one that can may still not."""
    values = facet.asked(question)
    if facet is RADIUS:
        cells = cells_within(question.home, float(values[0])) if question.home else []
        near = {row % CELL_ROWS * CELL_COLUMNS + column % CELL_COLUMNS for row, column in cells}
        masks = [("cells", sum(1 << bit for bit in near)), ("offering_choices", lexicon.remote_bit)]
    elif facet.of == "place":
        codes = {code_number(value) % DEPARTMENT_BITS for value in values}
        masks = [("departments", sum(1 << code for code in codes))]
    else:
        column = "offering_choices" if facet.of == "offering" else "course_choices"
        masks = [(column, sum(lexicon.bits[facet.label(value, question)] for value in dict.fromkeys(values)))]
    # as texts: numbers of other sizes would be another statement to PostgreSQL
    missed = " AND ".join(f"d.{column} & %s::bigint = 0" for column, _mask in masks)
    return Sql(f"({missed})", [str(mask) for _column, mask in masks])


def all_but_one_met(asked: Sequence[Facet], question: CourseQuestion, lexicon: Lexicon) -> Sql | None:
    """The documents that can answer all these facets or all but one; None where that keeps nothing away."""
    if len(asked) < 2:
        return None
    missed = [_missed(facet, question, lexicon) for facet in asked]
    text = " + ".join(f"{each.text}::integer" for each in missed)
    return Sql(f"{text} <= 1", [parameter for each in missed for parameter in each.parameters])


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
    """What is asked of the documents. `query` None: all of them. `sieve`: what those found must be besides.

    `counts_alone`: the facet whose own counts cannot be had from what is found: those of the whole catalogue serve.
    """

    query: Sql | None
    text: Sql | None
    probes: list[Probe]
    # the facets that the question asks
    facets: tuple[Facet, ...] = ()
    # the words of the text that are new here: the answer says what the text search makes of them
    words: tuple[str, ...] = ()
    sieve: Sql | None = None
    counts_alone: Facet | None = None
    # told first, as the only column of `doubted`, which the query may read
    doubted: Sql | None = None


@dataclass(frozen=True)
class Otherwise:
    """Another text, looked for if all these words are among the `unsaid`. None of its ideas is optional."""

    words: tuple[str, ...]
    unsaid: Sql
    understood: Understood


def asking_of(
    question: CourseQuestion, understood: Understood, lexicon: Lexicon, otherwise: Otherwise | None = None
) -> Asking:
    """Text, facets and probes of a question as it stands, or with another text where the documents tell so."""
    asking = _asking_of(question, understood, lexicon, otherwise)
    return asking if otherwise is None else replace(asking, doubted=otherwise.unsaid)


def _asking_of(
    question: CourseQuestion, understood: Understood, lexicon: Lexicon, otherwise: Otherwise | None
) -> Asking:
    asked = tuple(facet for facet in FACETS if facet.asked(question))
    text = text_query(understood)
    ideas = understood.ideas
    if text is not None and otherwise is not None and (meant := text_query(otherwise.understood)) is not None:
        which = f"CASE WHEN (SELECT unsaid FROM doubted) = %s THEN {meant.text} ELSE {text.text} END"  # noqa: S608
        text = Sql(which, [" ".join(otherwise.words), *meant.parameters, *text.parameters])
        ideas += otherwise.understood.ideas
    if text is not None:  # one made of little words only asks nothing of the text search, and is said nowhere
        text = Sql(f"nullif({text.text}, '')", text.parameters)
    probes = text_probes(understood)
    probes += [
        Probe(_labels([facet.label(value, question)]), facet=facet, value=value)
        for facet in asked
        if facet.of == "name"
        for value in facet.asked(question)
    ]
    typed = dict.fromkeys(word for idea in ideas for way in idea.ways for word in way)
    words = tuple(word for word in typed if word not in lexicon.lexemes)
    # choices that many courses carry are dear to look for in the index, and cheap to read in what the words found
    if text is not None and (len(asked) < 2 or not any(facet.of in ("name", "profile") for facet in asked)):
        return Asking(text, text, probes, asked, words, sieve=all_but_one_met(asked, question, lexicon))
    groups = [labels_query(facet_labels(facet, question)) for facet in asked]
    if len(groups) == 1 and asked[0] is RADIUS:
        wide = [f"{MODALITY.name}=remote", *_within(question, float(max(RADII_KM)))]
        return Asking(_labels(wide), None, probes, asked, counts_alone=RADIUS)
    if len(groups) == 1:
        return Asking(Sql("%s::tsquery", [groups[0]]), None, probes, asked, counts_alone=asked[0])
    if not groups:
        return Asking(None, None, probes, asked)
    facets = Sql("%s::tsquery", [all_but_one(groups)])
    return Asking(facets if text is None else text & facets, text, probes, asked, words)

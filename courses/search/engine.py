"""From a question to its answers: which courses, in which order, and what each further choice would give.

One statement finds the documents that may matter and hands them over packed; arrays do the rest. Exact, and never
behind: the documents are written in the transaction of every edit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from courses.search import vocabulary
from courses.search.asking import Asking, Otherwise, asking_of, text_query
from courses.search.facets import FACETS, FIXED_CHOICES, RADIUS, Facet
from courses.search.lexicon import State, StateChanged, current
from courses.search.order import SORT_COLUMNS, Ranked, by_offering, by_relevance, near_points
from courses.search.packed import COST_AUDIENCES, Packed, least_of
from courses.search.points import TextPoints
from courses.search.question import LAST_PAGE, PAGE_SIZE, WHOLE_REGION, CourseQuestion, Sort
from courses.search.reply import Reply, ask
from courses.search.spelling import Doubt, Mended, ask_unsaid, doubt_of, mends, strangers, unsaid
from courses.search.tally import Choices, Counts, Tally
from courses.search.text import Understood, understand
from portal.prepared import prepared_cursor

EVERYTHING = "tout"
FEW = 5
# more than any catalogue holds
MOST = 10_000_000
MOST_FURTHER = 3


@dataclass(frozen=True)
class Hit:
    """One answer: the course, and which of its offerings (by place among those of its document) answer."""

    course_id: int
    offerings: tuple[int, ...] = ()


@dataclass(frozen=True)
class Scored:
    """What ordered the answers, by row of the documents found: points of the text, points of nearness."""

    tally: Tally
    ranked: Ranked
    text: np.ndarray

    @property
    def near(self) -> np.ndarray | None:
        return near_points(self.tally.nearest_km) if _has_home(self.tally.question) else None


@dataclass(frozen=True)
class Found:
    """The answers to a question. `hits` are those of its page."""

    question: CourseQuestion
    total: int
    counts: Counts
    hits: list[Hit]
    understood: Understood = field(default_factory=Understood)
    # how the text was mended, when nothing says it as it was typed
    mended: Mended | None = None
    # the nearest beyond the distance asked, when few lie inside
    further: list[Hit] = field(default_factory=list)
    # facet field → courses if it asked nothing
    without: dict[str, int] = field(default_factory=dict)
    per_page: int = PAGE_SIZE
    # None for the whole catalogue, whose order is an index, and where nothing answers
    scored: Scored | None = field(default=None, repr=False, compare=False)

    @property
    def ids(self) -> list[int]:
        return [hit.course_id for hit in self.hits]

    @property
    def reachable(self) -> int:
        """How many answers one can page through."""
        return min(self.total, LAST_PAGE * self.per_page)

    @property
    def page(self) -> int:
        """The page shown: the one asked, or the last there is."""
        last = max(1, -(-self.reachable // self.per_page))
        return min(self.question.page, last)


def find(
    question: CourseQuestion, choices: Choices | None = None, *, state: State | None = None, most: int = PAGE_SIZE
) -> Found:
    """Answer `question`, and count `choices` (facet field → values; None: all that are known).

    One statement, or a few more where the words have to be mended. `most`: answers on the page.
    """
    state = state or current()
    choices = known_choices(state) if choices is None else choices
    understood = understand(question.text, state.lexicon.names)
    if not understood and question.text:  # nothing but signs: it is said nowhere
        _check(state)
        return Found(question, 0, {field: dict.fromkeys(values, 0) for field, values in choices.items()}, [])
    tried = None
    doubt = None if question.is_literal else doubt_of(question.text, understood, state.lexicon)
    if doubt is not None:
        tried = _find_either(question, understood, doubt, choices, state, most)
    if tried is None:
        tried = Tried(_find(question, understood, choices, state, most))
    if tried.meant is not None and tried.meant.total:
        return tried.meant
    if tried.found.total or not understood:
        return tried.found
    # what is said nowhere is mended, whatever the other filters: spelling depends on the text alone
    return _mended(question, understood, tried, choices, state.checked(), most) or tried.found


@dataclass(frozen=True)
class Tried:
    """What a text gave. `doubted`: words that were asked about, `unsaid`: those that no course says.

    `meant`: what was found instead, if that is all of them.
    """

    found: Found
    doubted: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    meant: Found | None = None


def _find_either(
    question: CourseQuestion, understood: Understood, doubt: Doubt, choices: Choices, state: State, most: int
) -> Tried | None:
    """The answer to a text as typed or, if no course says the words in doubt, to what was meant: one statement.

    None if the words remembered are no longer those of this transaction.
    """
    meant = doubt.meant.understood
    asking = asking_of(question, understood, state.lexicon, Otherwise(doubt.words, unsaid(doubt.words), meant))
    reply = ask(asking, _columns(question, understood), state)
    if reply.fingerprint not in (None, doubt.vocabulary.fingerprint):
        return None
    said_nowhere = tuple(reply.unsaid.split())
    if said_nowhere != doubt.words:
        return Tried(_answer(question, understood, asking, reply, choices, state, most), doubt.words, said_nowhere)
    nothing = _nothing(question, understood, asking, choices, most)
    found = _answer(question, meant, asking, reply, choices, state, most)
    return Tried(nothing, doubt.words, said_nowhere, replace(found, mended=doubt.meant))


def _mended(
    question: CourseQuestion, understood: Understood, tried: Tried, choices: Choices, state: State, most: int
) -> Found | None:
    """The answer to what was meant instead of a text that is said nowhere; then to any of its ideas."""
    found = tried.found
    said: bool | None = None
    for mended in () if question.is_literal else _meant(question, understood, tried, state):
        if not mended.is_needed:
            said = _is_said(question, understood, found)
        if said:
            return None
        if tried.meant is not None and tried.meant.mended == mended:
            answer = tried.meant
        else:
            answer = _find(question, mended.understood, choices, state, most)
        if answer.total or _is_said(question, mended.understood, answer):
            return replace(answer, mended=mended)
    if len(understood.ideas) > 1 and not (_is_said(question, understood, found) if said is None else said):
        return _find(question, understood.one_is_enough(), choices, state, most)
    return None


def _meant(question: CourseQuestion, understood: Understood, tried: Tried, state: State) -> Iterator[Mended]:
    """What was probably meant; the words that no course says are asked for unless the first statement told them."""
    known = vocabulary.as_they_stand()
    words = strangers(understood, known)
    said_nowhere = tried.unsaid if words == tried.doubted else ask_unsaid(words)
    return mends(question.text, understood, state.lexicon, known, said_nowhere)


def every_id(question: CourseQuestion, *, state: State | None = None) -> list[int]:
    """All the courses that answer, in order, whatever the page."""
    return find(replace(question, page=1), {}, state=state, most=MOST).ids


def known_choices(state: State) -> Choices:
    """The values of every facet whose values are known beforehand; distances are counted from a home only."""
    lexicon = state.lexicon
    return lexicon.remember(
        "choices",
        lambda: {
            **FIXED_VALUES,
            "departments": tuple(code for code, _name in lexicon.departments),
            "profiles": tuple(slug for slug, _name in lexicon.profiles),
        },
    )


FIXED_VALUES: dict[str, tuple[str, ...]] = {
    name: tuple(str(value) for value, _label in pairs)  # type: ignore[attr-defined]
    for name, pairs in FIXED_CHOICES.items()
    if name != RADIUS.field
}


def _is_said(question: CourseQuestion, understood: Understood, found: Found) -> bool:
    """Whether some document says the text, whatever the other filters: spelling depends on the text alone."""
    if not any(facet.asked(question) for facet in FACETS):
        return bool(found.total)
    query = text_query(understood)
    assert query is not None
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM courses_searchdocument d, "  # noqa: S608 (our own text; values apart)
            f"(SELECT {query.text} AS query OFFSET 0) asked WHERE d.vector @@ asked.query)",
            query.parameters,
        )
        return cursor.fetchone()[0]


def _find(question: CourseQuestion, understood: Understood, choices: Choices, state: State, most: int) -> Found:
    asking = asking_of(question, understood, state.lexicon)
    if asking.query is None and question.sort in BROWSED:
        _check(state)
        return _browse(question, choices, most)
    reply = ask(asking, _columns(question, understood), state)
    return _answer(question, understood, asking, reply, choices, state, most)


def _nothing(question: CourseQuestion, understood: Understood, asking: Asking, choices: Choices, most: int) -> Found:
    """What a text that is said nowhere finds."""
    counts = {field: dict.fromkeys(values, 0) for field, values in choices.items()}
    without = {facet.field: 0 for facet in asking.facets}
    return Found(question, 0, counts, [], understood, without=without, per_page=most)


def _answer(
    question: CourseQuestion,
    understood: Understood,
    asking: Asking,
    reply: Reply,
    choices: Choices,
    state: State,
    most: int,
) -> Found:
    packed = reply.packed
    if not len(packed) and asking.text is not None:  # a word that nobody says, more often than not
        return _nothing(question, understood, asking, choices, most)
    named, met = _placed(packed, asking, reply.probed)
    points = TextPoints(packed, state.lexicon, reply.lexemes, met).of(understood)
    tally = Tally(packed, question, state.lexicon, asking.facets, named)
    counts = tally.counts(choices)
    if asking.counts_alone is not None:
        counts |= _counts_alone(asking.counts_alone, tally, choices)
    scored = Scored(tally, _ranked(question, tally, points), points)
    without = _without(asking, tally)
    found = Found(question, tally.total, counts, [], understood, without=without, per_page=most, scored=scored)
    start = (found.page - 1) * most
    rows = scored.ranked.first(start + most)[start:]
    found.hits.extend(_hits(tally, rows, tally.answering))
    if found.page == 1:
        found.further.extend(_further(tally))
    return found


Named = dict[str, dict[str, np.ndarray]]


def _placed(packed: Packed, asking: Asking, probed: Sequence[np.ndarray]) -> tuple[Named, dict[int, np.ndarray]]:
    """What the probes found, as rows: facet field → value → rows, and place of an idea → rows."""
    named: Named = {}
    met: dict[int, np.ndarray] = {}
    order = np.argsort(packed.courses) if probed else np.zeros(0, dtype=np.int64)
    for probe, ids in zip(asking.probes, probed, strict=True):
        rows = order[np.searchsorted(packed.courses, ids, sorter=order)]
        if probe.facet is None:
            met[probe.idea] = rows
        else:
            named.setdefault(probe.facet.field, {})[probe.value] = rows
    return named, met


# --- the statement


def _columns(question: CourseQuestion, understood: Understood) -> list[str]:
    """What of the documents this question needs."""
    columns = ["head", "profiles", "offering_bits"]
    if understood and question.sort == Sort.RELEVANCE:
        columns.append("marks")
    if question.home is not None and question.home.is_located:
        columns.append("offering_communes")
    if question.sort in SORT_COLUMNS:
        columns.append(SORT_COLUMNS[Sort(question.sort)])
    return columns


def _check(state: State) -> None:
    if not state.is_checked and current().mark != state.mark:
        raise StateChanged


# --- the whole catalogue: its counts are kept, its order is an index

BROWSED = {
    Sort.RELEVANCE: "points DESC, next_start ASC NULLS LAST, course_id",
    Sort.DATE: "next_start ASC NULLS LAST, points DESC, course_id",
}


def _kept_counts() -> dict[str, int]:
    with prepared_cursor() as cursor:
        cursor.execute("SELECT label, sum(courses)::integer FROM courses_searchcount GROUP BY label")
        return dict(cursor.fetchall())


def _browse(question: CourseQuestion, choices: Choices, most: int) -> Found:
    kept = _kept_counts()
    counts = {
        facet.field: _labelled(facet, choices[facet.field], kept, question)
        for facet in FACETS
        if choices.get(facet.field) and facet is not RADIUS
    }
    found = Found(question, kept.get(EVERYTHING, 0), counts, [], per_page=most)
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT course_id, octet_length(offering_bits) / 8 FROM courses_searchdocument "  # noqa: S608
            f"ORDER BY {BROWSED[Sort(question.sort)]} LIMIT %s OFFSET %s",
            [most, (found.page - 1) * most],
        )
        hits = [Hit(course_id, tuple(range(offerings))) for course_id, offerings in cursor.fetchall()]
    return replace(found, hits=hits)


def _labelled(facet: Facet, values: tuple[str, ...], kept: dict[str, int], question: CourseQuestion) -> dict[str, int]:
    return {value: kept.get(facet.label(value, question), 0) for value in values}


def _counts_alone(facet: Facet, tally: Tally, choices: Choices) -> Counts:
    """The counts of the only facet asked, which narrows what was found: those of the whole catalogue."""
    values = choices.get(facet.field, ())
    if facet.of == "name" or not values:
        return {}
    kept = _kept_counts()
    if facet is RADIUS:  # what was found goes as far as the longest radius; the region is everything
        return {facet.field: tally.counts({facet.field: values})[facet.field] | {WHOLE_REGION: kept.get(EVERYTHING, 0)}}
    return {facet.field: _labelled(facet, values, kept, tally.question)}


# --- the order


def _ranked(question: CourseQuestion, tally: Tally, points: np.ndarray) -> Ranked:
    packed = tally.packed
    if question.sort == Sort.DISTANCE:
        return by_offering(packed, tally.rows, np.where(tally.remote, np.inf, tally.km), tally.answering)
    if question.sort == Sort.DATE:
        return by_offering(packed, tally.rows, packed.starts, tally.answering)
    if question.sort == Sort.COST:
        costs = packed.costs[:, COST_AUDIENCES.index(question.audience)]
        return by_offering(packed, tally.rows, costs, tally.answering)
    if question.sort == Sort.DURATION:
        return by_offering(packed, tally.rows, packed.hours, tally.answering)
    return by_relevance(packed, tally.rows, points, tally.nearest_km if _has_home(question) else None)


def _has_home(question: CourseQuestion) -> bool:
    return question.home is not None and question.home.is_located


def _hits(tally: Tally, rows: np.ndarray, answering: np.ndarray) -> list[Hit]:
    packed = tally.packed
    ids, firsts, counts = packed.courses[rows], packed.firsts[rows], packed.head["offerings"][rows]
    hits = []
    for course_id, first, count in zip(ids.tolist(), firsts.tolist(), counts.tolist(), strict=True):
        met = answering[first : first + count].tolist()
        hits.append(Hit(course_id, tuple(place for place, answers in enumerate(met) if answers)))
    return hits


def _further(tally: Tally) -> list[Hit]:
    """The nearest courses outside the distance asked, when few lie inside: nothing disappears at a border."""
    if not tally.question.has_reach or tally.total >= FEW:
        return []
    answering = tally.offerings_without(RADIUS) & ~tally.remote & np.isfinite(tally.km)
    km = least_of(tally.km, tally.packed.owners, answering, len(tally.packed), np.inf)
    outside = np.setdiff1d(tally.rows_without(RADIUS), tally.rows)
    outside = outside[np.isfinite(km[outside])]
    nearest = outside[np.lexsort((tally.packed.courses[outside], km[outside]))[:MOST_FURTHER]]
    return _hits(tally, nearest, answering)


def _without(asking: Asking, tally: Tally) -> dict[str, int]:
    """Facet field → how many courses would answer if it asked nothing; only told when nothing answers."""
    if tally.total:
        return {}
    if asking.counts_alone is not None:
        return {asking.counts_alone.field: _kept_counts().get(EVERYTHING, 0)}
    return {facet.field: len(tally.rows_without(facet)) for facet in (*tally.of_courses, *tally.of_offerings)}

"""The parts of the benchmark that ask questions: what is asked of whom, whether it is right, how long it takes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from courses.bench import ours
from courses.bench.answers import Answer, difference
from courses.bench.asked import Asker
from courses.bench.bars import QUESTION_PARTS
from courses.bench.facts import Facts, is_a_page
from courses.bench.measure import Contender, compare, interleave, sampled
from courses.bench.peers.base import Peer
from courses.bench.peers.normalised import backend
from courses.bench.peers.tantivy_peer import Tantivy
from courses.search.question import CourseQuestion

PORTAL = "camins"
REPETITIONS = 5


class WrongAnswer(Exception):
    """The portal gave another answer than the brute force: no figure is worth printing."""


@contextmanager
def patiently() -> Iterator[None]:
    """Statements may take their time: for engines that need it."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


@dataclass
class PartReport:
    """What one part found: rows of figures, ratios of the portal's time to the others', and what else is told."""

    part: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    ratios: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        return {"part": self.part, "rows": self.rows, "ratios": self.ratios, **self.told}


@dataclass
class QuestionPart:
    """One part whose questions have right answers."""

    name: str
    questions: list[CourseQuestion]
    facts: Facts
    peers: Sequence[Peer]
    equal: dict[str, list[int]] = field(default_factory=dict)

    def check(self) -> None:
        """Ask everybody once and compare with the brute force. Raises WrongAnswer if the portal is wrong."""
        taking_part = [peer for peer in self.peers if self.name in peer.parts]
        self.equal = {name: [0, 0] for name in (PORTAL, *(peer.name for peer in taking_part))}
        samples = {peer.name: sampled(len(self.questions), peer.sample) for peer in taking_part}
        for number, question in enumerate(self.questions):
            right = self.facts.answer(question)
            given = ours.answer(question)
            wrong = difference(right, given)
            if not wrong and not is_a_page(right, given, question.page):
                wrong = f"page {given.ids}"
            if wrong:
                raise WrongAnswer(f"{self.name}: {wrong}\n{question}")
            self._count(PORTAL, "")
            for peer in taking_part:
                if number in samples[peer.name]:
                    with patiently():
                        self._count(peer.name, difference(right, peer.answer(question)))

    def _count(self, name: str, wrong: str) -> None:
        right, asked = self.equal[name]
        self.equal[name] = [right + (not wrong), asked + 1]

    def measure(self, repetitions: int) -> PartReport:
        calls: dict[str, Callable[[CourseQuestion], Any]] = {PORTAL: ours.answer}
        calls |= {peer.name: peer.answer for peer in self.peers if self.name in peer.parts}
        figures = ["mean", "p95"] if self.name == "broad" else ["mean"]
        report = timed(self.name, self.questions, calls, self.peers, repetitions, figures)
        for row in report.rows:
            row["equal"] = self.equal[row["engine"]]
        return report


def timed(
    part: str,
    questions: Sequence[Any],
    calls: dict[str, Callable[[Any], Any]],
    peers: Sequence[Peer],
    repetitions: int,
    figures: Sequence[str] = ("mean",),
) -> PartReport:
    """Time each engine's call on the questions; the portal's comes first and is compared with the others."""
    known = {peer.name: peer for peer in peers}
    contenders = []
    for name, call in calls.items():
        peer = known.get(name)
        contenders.append(
            Contender(
                name,
                lambda number, call=call: call(questions[number]),  # type: ignore[misc]
                servers=peer.servers() if peer else backend() if name == PORTAL else (),
                sample=peer.sample if peer else None,
                repetitions=peer.repetitions if peer else None,
                around=patiently if peer and peer.is_slow else nullcontext,
            )
        )
    interleave(contenders, len(questions), repetitions)
    report = PartReport(part, [contender.row() for contender in contenders])
    for peer_contender in contenders[1:]:
        for of in figures:
            found = compare(contenders[0], peer_contender, of)
            report.ratios.append({"engine": peer_contender.name, "of": of, **found.as_row()})
    return report


def question_parts(asker: Asker, peers: Sequence[Peer], names: Sequence[str]) -> list[QuestionPart]:
    """The parts asked for, with their questions."""
    draw: dict[str, Callable[[], list[CourseQuestion]]] = {
        "search": asker.searches,
        "text": asker.texts,
        "broad": asker.broad,
        "browse": asker.browses,
        "geo": asker.near,
    }
    made = [QuestionPart(name, draw[name](), asker.facts, peers) for name in QUESTION_PARTS if name in names]
    asker.facts.analyse(word for part in made for question in part.questions for word in question.text.split())
    return made


def measure_typos(asker: Asker, peers: Sequence[Peer], repetitions: int) -> PartReport:
    """One slip in the longest word; and how often the answers are those of the word that was meant."""
    pairs = asker.typos()
    facts = asker.facts
    facts.analyse(word for pair in pairs for question in pair for word in question.text.split())
    slipped = [question for _meant, question in pairs]
    rights = [facts.answer(meant) for meant, _slipped in pairs]
    calls: dict[str, Callable[[CourseQuestion], Answer]] = {PORTAL: ours.answer}
    calls |= {peer.name: peer.mend for peer in peers if "typo" in peer.parts}
    equal = {}
    for name, call in calls.items():
        same = sum(not difference(right, call(question)) for right, question in zip(rights, slipped, strict=True))
        equal[name] = [same, len(pairs)]
    report = timed("typo", slipped, calls, peers, repetitions)
    for row in report.rows:
        row["equal"] = equal[row["engine"]]
    return report


def measure_beginnings(asker: Asker, peers: Sequence[Peer], repetitions: int) -> PartReport:
    """Eight words that begin as typed; engines that have no list of words find eight courses."""
    beginnings = asker.beginnings()
    calls: dict[str, Callable[[str], Any]] = {PORTAL: ours.complete}
    calls |= {peer.name: peer.complete for peer in peers if "prefix" in peer.parts}
    calls |= {f"{peer.name} (dictionnaire)": peer.look_up for peer in peers if isinstance(peer, Tantivy)}
    report = timed("prefix", beginnings, calls, peers, repetitions)
    full = sum(bool(ours.complete(each)) for each in beginnings)
    report.told["answered"] = [full, len(beginnings)]
    return report

"""tantivy (Rust, in this process): a document per course, its words as PostgreSQL's lexemes, its labels as they are."""

import importlib
import importlib.metadata
import tempfile
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from courses.bench.answers import FACETS, PAGE_SIZE, Answer
from courses.bench.facts import Facts
from courses.bench.peers.base import NotInstalled, Peer, longest
from courses.search.question import CourseQuestion

MOST_VALUES = 100
SUGGESTIONS = 8


class Tantivy(Peer):
    name = "tantivy"
    parts = frozenset({*Peer.parts, "typo", "prefix", "fresh"})

    def __init__(self, facts: Facts):
        super().__init__(facts)
        try:
            self.tantivy: Any = importlib.import_module("tantivy")
        except ImportError as missing:
            raise NotInstalled("requirements/bench.txt") from missing
        self.must, self.term = self.tantivy.Occur.Must, self.tantivy.Query.term_query
        self.schema = self._schema()
        self.folder = tempfile.TemporaryDirectory(prefix="camins-tantivy-")
        self.index = self.tantivy.Index(self.schema, path=self.folder.name)
        words = self.tantivy.TextAnalyzerBuilder(self.tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("words", words)
        began = time.perf_counter()
        self._write()
        self.built_s = time.perf_counter() - began
        self.near: dict[tuple[float, float, float], Any] = {}

    @property
    def version(self) -> str:
        return importlib.metadata.version("tantivy")

    @property
    def index_bytes(self) -> int:
        return sum(path.stat().st_size for path in Path(self.folder.name).iterdir())

    def _schema(self) -> Any:
        builder = self.tantivy.SchemaBuilder()
        builder.add_text_field("lexemes", tokenizer_name="words", index_option="freq")
        builder.add_text_field("written", tokenizer_name="words", index_option="basic")
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("pk", indexed=True, fast=True)
        return builder.build()

    def document(self, row: int, lexemes: list[str]) -> Any:
        facts = self.facts
        document = self.tantivy.Document()
        document.add_unsigned("pk", int(facts.ids[row]))
        document.add_text("lexemes", " ".join(lexemes))
        document.add_text("written", " ".join(facts.spellings[row]))
        for facet, labels in facts.facets.items():
            for value in labels.of(row):
                document.add_text(facet, value)
        for place in self._places[row]:
            document.add_text("place", place)
        return document

    @cached_property
    def _places(self) -> list[list[str]]:
        """Where each course can be followed: INSEE codes, or "remote"."""
        return places_by_row(self.facts)

    def _write(self) -> None:
        writer = self.index.writer(200_000_000, 1)
        for row in range(len(self.facts)):
            writer.add_document(self.document(row, self.facts.lexemes_by_row[row]))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def reload(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    # --- questions

    def answer(self, question: CourseQuestion) -> Answer:
        return self._ask(question, [self._say(lexeme) for lexeme in self.facts.lexemes(question.text)])

    def mend(self, question: CourseQuestion) -> Answer:
        lexemes = self.facts.lexemes(question.text)
        slipped = longest(lexemes)
        words = [
            self.tantivy.Query.fuzzy_term_query(self.schema, "lexemes", lexeme, distance=1)
            if place == slipped
            else self._say(lexeme)
            for place, lexeme in enumerate(lexemes)
        ]
        return self._ask(question, words)

    def complete(self, beginning: str) -> list[tuple[str, int]]:
        """The first courses that say a word so begun."""
        query = self.tantivy.Query.fuzzy_term_query(self.schema, "written", beginning, distance=0, prefix=True)
        hits = self.searcher.search(query, SUGGESTIONS).hits
        return [(str(pk), 1) for pk in self.searcher.fast_field_values("pk", [address for _score, address in hits])]

    def look_up(self, beginning: str) -> list[tuple[str, int]]:
        """Its dictionary of terms, which it lends without a search: the words themselves, the commonest first."""
        return self.searcher.terms_with_prefix("written", beginning, None, SUGGESTIONS)

    def _say(self, lexeme: str) -> Any:
        return self.term(self.schema, "lexemes", lexeme, "freq")

    def _ask(self, question: CourseQuestion, words: list[Any]) -> Answer:
        """Two passes, the only way that its Python interface offers: the page, then the counts."""
        groups = {"text": words}
        if question.has_reach:
            groups["place"] = [self._reached(question)]
        for facet in FACETS:
            values = getattr(question, facet)
            if values:
                groups[facet] = [self._either(facet, values)]
        query = self._all(groups, "")
        searcher = self.searcher
        result = searcher.search(query, PAGE_SIZE, offset=(question.page - 1) * PAGE_SIZE)
        ids = searcher.fast_field_values("pk", [address for _score, address in result.hits])
        idle = [facet for facet in FACETS if facet not in groups]
        counts = self._count(query, idle)
        for facet in FACETS:
            if facet in groups:
                counts |= self._count(self._all(groups, facet), [facet])
        return Answer(result.count, counts, ids)

    def _either(self, field: str, values: Any) -> Any:
        if len(values) == 1:
            query = self.term(self.schema, field, values[0], "basic")
        else:
            query = self.tantivy.Query.term_set_query(self.schema, field, list(values))
        return self.tantivy.Query.const_score_query(query, 0.0)

    def _all(self, groups: dict[str, list[Any]], without: str) -> Any:
        every = [(self.must, query) for name, queries in groups.items() if name != without for query in queries]
        return self.tantivy.Query.boolean_query(every) if every else self.tantivy.Query.all_query()

    def _count(self, query: Any, facets: list[str]) -> dict[str, dict[str, int]]:
        asked = {facet: {"terms": {"field": facet, "size": MOST_VALUES}} for facet in facets}
        found = self.searcher.aggregate(query, asked)
        return {facet: {each["key"]: each["doc_count"] for each in found[facet]["buckets"]} for facet in facets}

    def _reached(self, question: CourseQuestion) -> Any:
        """The towns of a circle, as a query that is made once: finding them costs the engine nothing here.

        Any of so many terms is faster asked one by one than as a set.
        """
        home = question.home
        assert home is not None
        key = (home.latitude or 0.0, home.longitude or 0.0, float(question.radius_km or 0))
        if key not in self.near:
            towns = ["remote", *(self.facts.insee[place] for place in self.facts.within(*key))]
            any_of = [(self.tantivy.Occur.Should, self.term(self.schema, "place", town, "basic")) for town in towns]
            self.near[key] = self.tantivy.Query.const_score_query(self.tantivy.Query.boolean_query(any_of), 0.0)
        return self.near[key]

    # --- freshness

    def replace(self, row: int, lexemes: list[str]) -> None:
        """Give a course other words, and see them."""
        writer = self.index.writer(50_000_000, 1)
        writer.delete_documents_by_term("pk", int(self.facts.ids[row]))
        writer.add_document(self.document(row, lexemes))
        writer.commit()
        self.reload()

    def close(self) -> None:
        self.folder.cleanup()


def places_by_row(facts: Facts) -> list[list[str]]:
    """Where each course can be followed: INSEE codes, or "remote"."""
    places: list[list[str]] = [["remote"] if remote else [] for remote in facts.remote.tolist()]
    for owner, place in zip(facts.owners.tolist(), facts.places.tolist(), strict=True):
        places[owner].append(facts.insee[place])
    return places

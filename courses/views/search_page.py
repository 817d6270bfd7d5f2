"""What search.html shows of a search: facets, active filters, sentences, ways on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.enums import Audience
from courses.filters import LITERAL, LONGEST_TEXT, MAP, CourseFilterSet
from courses.forms import LONGEST_PLACE, PlaceUnclear, place_text
from courses.search import facets, labels
from courses.search.address import SearchAddress
from courses.search.engine import Found, find
from courses.search.exits import Exit, exits_for
from courses.search.notes import notes_on
from courses.search.question import PAGE_SIZE, UNKNOWN, WHOLE_REGION, Answer
from courses.search.shown import ShownCard, cards_shown
from courses.views.facet_box import FacetBox
from courses.views.search_words import about, search_in_words
from portal.web.clock import today
from portal.web.outlines import DepartmentMap, department_map

AUDIENCE = "public"
ONE_OF = (AUDIENCE, facets.RADIUS.name)
# what most people ask first stands open
LEVELS = (facets.ENTRY_LEVEL, facets.EXIT_LEVEL)
OPEN_FIRST = (*ONE_OF, facets.COST.name, facets.MODALITY.name)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int | None
    checked: bool


@dataclass(frozen=True)
class Further:
    """A course beyond the distance asked, and how many kilometres beyond."""

    card: ShownCard
    more_km: float


@dataclass(frozen=True)
class Spelling:
    """The words looked for in place of those typed, the address that looks for those typed, and endings to choose."""

    meant: str
    typed: str
    literal_url: str
    endings: Sequence[dict[str, str]]


class SearchPage:
    """One search as its template reads it. `changed`: the parameter somebody just touched, whose box stays open.

    Raises StateChanged, and nothing later does, if the state of `asked` was remembered and no longer holds.
    """

    def __init__(self, asked: CourseFilterSet, changed: str = ""):
        self.asked, self.changed, self.language = asked, changed, get_language()
        self.form, self.question, self.address = asked.form, asked.question, asked.address
        self.found: Found = find(self.question, asked.choices, state=asked.state)
        self.state = asked.state.checked()
        self.lexicon = self.state.lexicon

    @property
    def fields(self) -> list[dict[str, Any]]:
        """What and where, as they were typed."""
        kinds = (("q", "search", "off", True), ("lieu", "text", "address-level2", False))
        return [
            {
                "name": name,
                "label": str(self.form.fields[name].label),
                "value": self.form.data.get(name, ""),
                "errors": self.form.errors.get(name, []),
                "longest": LONGEST_TEXT if live else LONGEST_PLACE,
                "kind": kind,
                "completes": completes,
                "live": live,
            }
            for name, kind, completes, live in kinds
        ]

    @property
    def filters_stay_open(self) -> bool:
        """On a phone the filters are folded away, but not under the finger that has just touched one."""
        return any(box.name == self.changed for box in self.boxes)

    @property
    def clear_url(self) -> str:
        return SearchAddress().url

    @property
    def total(self) -> int:
        return self.found.total

    @cached_property
    def page(self) -> Page:
        """The page as the pager shows it: nobody reads past the last one."""
        return Paginator(range(self.found.reachable), PAGE_SIZE).get_page(self.found.page)

    @cached_property
    def _cards(self) -> dict[int, ShownCard]:
        """The cards of the page and of what lies further, read at once."""
        hits = [*self.found.hits, *self.found.further]
        cards = cards_shown(hits, self.question, self.lexicon, day=today(), query=self.address.query)
        return {card.course_id: card for card in cards}

    @cached_property
    def cards(self) -> list[ShownCard]:
        return [self._cards[hit.course_id] for hit in self.found.hits if hit.course_id in self._cards]

    @cached_property
    def further(self) -> list[Further]:
        cards = [self._cards[hit.course_id] for hit in self.found.further if hit.course_id in self._cards]
        radius = float(self.question.radius_km or 0)
        return [Further(card, card.distance_km - radius) for card in cards if card.distance_km is not None]

    @cached_property
    def exits(self) -> list[Exit]:
        return [] if self.total else exits_for(self.found, self.address, self._names, self.state)

    @cached_property
    def spelling(self) -> Spelling | None:
        """What was looked for in place of the words typed, when nothing says them."""
        mended = self.found.mended
        if mended is None:
            return None
        *before, _begun = mended.text.split()
        endings = [
            {"label": ending, "url": self.address.having("q", " ".join([*before, ending])).url}
            for ending in mended.endings
        ]
        return Spelling(mended.text, self.question.text, self.address.having("graphie", LITERAL).url, endings)

    @property
    def map_url(self) -> str:
        """The same search with its map, or without."""
        return (self.address.without("vue") if self.has_map else self.address.having("vue", MAP)).url

    @cached_property
    def map(self) -> DepartmentMap | None:
        """The answers by département: what each gives, the other filters kept; None unless it is asked for."""
        if not self.has_map:
            return None
        counts = self.found.counts.get(facets.DEPARTMENT.field, {})

        def say(count: int) -> str:
            return ngettext("%(n)d formation", "%(n)d formations", count) % {"n": count} if count else _("0 formation")

        return department_map(
            counts, url_for=lambda code: self.address.having(facets.DEPARTMENT.name, code).url, say=say
        )

    @cached_property
    def boxes(self) -> list[FacetBox]:
        """The filters, in order; skills and distances only where they mean something."""
        return [box for box in self._all_boxes if box.choices]

    @cached_property
    def active(self) -> list[dict[str, str]]:
        """The filters in force, each with the address of the search without it."""
        chips = []
        if self.question.text:
            chips.append({"label": f"« {self.question.text} »", "url": self.address.without("q").url})
        if self.question.home:
            nowhere = self.address.without("lieu").without(facets.RADIUS.name)
            chips.append({"label": self._place_words(), "url": nowhere.url})
        for name, value in self.address.pairs:
            if (name, value) in self._names:
                chips.append({"label": self._names[name, value], "url": self.address.without(name, value).url})
        return chips

    @property
    def how_many(self) -> int:
        """None, one or several: what the words of a sentence depend on."""
        return min(self.total, 2)

    @property
    def title(self) -> str:
        """What this search is about, for the title of the page."""
        number = _("page %(n)d") % {"n": self.page.number} if self.page.number > 1 else ""
        return " – ".join(each for each in (about(self.question), self.headline, number) if each)

    @cached_property
    def headline(self) -> str:
        total = self.total
        return ngettext("%(n)d formation", "%(n)d formations", total) % {"n": total} if total else _("Aucune formation")

    @property
    def scope(self) -> str:
        """The end of the headline: where."""
        home = self.question.home
        if home is None or not home.is_located:
            return ""
        if self.question.radius_km is None:
            return _("en Occitanie, au départ de %(place)s") % {"place": home.name}
        return _("à moins de %(km)d km de %(place)s, ou à distance") % {
            "km": self.question.radius_km,
            "place": home.name,
        }

    @property
    def audience(self) -> str:
        return str(Audience(self.question.audience).label)

    @cached_property
    def notes(self) -> list[str]:
        """What a person should know to read these answers."""
        notes = [error for box in self._all_boxes if not box.choices for error in box.errors]
        notes += [*self.form.errors.get("tri", []), *self.form.errors.get("page", []), *notes_on(self.found)]
        return notes

    @cached_property
    def places(self) -> list[dict[str, str]]:
        """Communes and départements to choose from when the place is not clear, each as an address."""
        unclear = [each for each in self.form.errors.as_data().get("lieu", []) if isinstance(each, PlaceUnclear)]
        nowhere = self.address.without("lieu")
        found = []
        for each in unclear:
            for commune in each.communes:
                written = place_text(commune, each.communes)
                postcodes = ", ".join(commune.postcodes[:2])
                label = f"{commune.full_name}, {postcodes}" if postcodes else commune.full_name
                found.append({"label": label, "url": nowhere.having("lieu", written).url})
            for department in each.departments:
                name = facets.DEPARTMENT.name
                label = _("Tout le département : %(name)s") % {"name": department.name}
                found.append({"label": label, "url": nowhere.having(name, department.code).url})
        return found

    @property
    def has_home(self) -> bool:
        return self.question.home is not None

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What goes along to a comparison: costs and distances stay those of the search."""
        return self.address.without("page").pairs

    @property
    def feed_title(self) -> str:
        return search_in_words(self.question)

    @property
    def has_map(self) -> bool:
        return self.asked.values["vue"] == MAP

    @property
    def feed_url(self) -> str:
        return self.downloads[0]["url"]

    @cached_property
    def downloads(self) -> list[dict[str, str]]:
        """This search to follow or to take away."""
        here = self.address.without("page")
        return [{"label": label, "url": here.on(route).url} for route, label in labels.downloads(self.language)]

    @property
    def sorts(self) -> list[Choice]:
        """The orders to choose from. Not cached: the template asks only when it has not kept what it made of them."""
        values = self.form.fields["tri"].choices
        usable = [(value, label) for value, label in values if value != "distance" or self.has_home]
        return [Choice(value, label, None, value == self.question.sort) for value, label in usable]

    def _place_words(self) -> str:
        home, radius = self.question.home, self.question.radius_km
        assert home is not None
        if not home.is_located or radius is None:
            return home.name
        return _("%(place)s, %(km)d km") % {"place": home.name, "km": radius}

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        """(parameter, value) → its words, for the values asked."""
        names = {}
        for facet in facets.FACETS:
            if facet is facets.RADIUS:
                continue
            taken = self._taken(facet.name)
            for value, label in self._pairs(facet) if taken else ():
                if value in taken:
                    bare = value in (*Answer.values, UNKNOWN) or facet.of == "name" or facet in LEVELS
                    names[facet.name, value] = f"{facet.title} : {label}" if bare else label
        return names

    @cached_property
    def _all_boxes(self) -> list[FacetBox]:
        audience = FacetBox(
            AUDIENCE,
            str(self.form.fields[AUDIENCE].label),
            labels.audiences(self.language),
            None,
            (self.question.audience,),
            is_radio=True,
            stays_open=True,
            errors=[str(error) for error in self.form.errors.get(AUDIENCE, [])],
            language=self.language,
        )
        return [audience, *(self._box(facet) for facet in facets.FACETS)]

    def _box(self, facet: facets.Facet) -> FacetBox:
        counts = self.found.counts.get(facet.field)
        return FacetBox(
            facet.name,
            labels.title(facet, self.language),
            self._pairs(facet) if counts is not None else (),
            list(counts.values()) if counts is not None else None,
            self._taken(facet.name),
            is_radio=facet.name in ONE_OF,
            stays_open=facet.name in OPEN_FIRST or facet.name == self.changed,
            errors=[str(error) for error in self.form.errors.get(facet.name, [])],
            language=self.language,
        )

    def _pairs(self, facet: facets.Facet) -> labels.Pairs:
        """The choices of a facet with their words, in the order of their counts."""
        if facet.of == "name":
            return tuple(self.form.fields[facet.name].choices)
        return labels.of(facet, self.lexicon, self.language)

    def _taken(self, name: str) -> tuple[str, ...]:
        if name == facets.RADIUS.name:
            radius = self.question.radius_km
            return (WHOLE_REGION if radius is None else str(radius),)
        return tuple(value for parameter, value in self.address.pairs if parameter == name)

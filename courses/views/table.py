"""A search as a table: one row per offering that answers, and how and when the list was made."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from courses.enums import Audience, EntryMode, Funding, Modality
from courses.filters import CourseFilterSet
from courses.models import OfferingCost
from courses.search.cards import NextSession, course_path, kind_of_facts
from courses.search.engine import Found
from courses.search.question import Sort
from courses.search.taken import Taken, costs_told, first_found, km_to, taken
from portal.reference.enums import Level, SkillLevel
from portal.web.templatetags.camins import day

MOST_ROWS = 5_000
Cell = str | int | float | datetime.date | None
Line = tuple[Taken, Mapping[str, Any]]


def words_of(choices: Any, value: Any) -> str:
    """The words of a value; an unknown one is said to be so."""
    return _("non communiqué") if value is None or value == "" else str(choices(value).label)


def yes_or_no(value: bool | None) -> str:
    return {True: _("oui"), False: _("non"), None: _("non communiqué")}[value]


def skills_in_words(facts: Mapping[str, Any]) -> list[str]:
    return [f"{label} ({SkillLevel(given).label})" for _code, label, given in facts["skills"]]


def certifications_in_words(facts: Mapping[str, Any]) -> list[str]:
    return [f"{each['register']} {each['number']} {each['title']}".strip() for each in facts["certifications"]]


def course_url(pk: int, facts: Mapping[str, Any]) -> str:
    return settings.CAMINS_SITE_URL + course_path(pk, facts)


@dataclass
class Table:
    """The rows of one search. Read it whole before answering: nothing is asked of the database afterwards."""

    asked: CourseFilterSet

    @property
    def name(self) -> str:
        return f"formations-{self.asked.question.day.isoformat()}"

    @cached_property
    def found(self) -> Found:
        return first_found(self.asked.question, self.asked.state, MOST_ROWS + 1)

    @cached_property
    def _lines(self) -> list[Line]:
        """One more than is shown, when there are more."""
        lines: list[Line] = []
        for each in taken(self.found.hits):
            lines += [(each, offering) for offering in each.offerings or [{}]]
            if len(lines) > MOST_ROWS:
                break
        return lines[: MOST_ROWS + 1]

    @property
    def is_cut(self) -> bool:
        return len(self._lines) > MOST_ROWS

    @cached_property
    def header(self) -> list[str]:
        costs = []
        for audience in Audience:
            who = str(audience.label)
            costs += [
                _("Reste à charge en euros, %(who)s") % {"who": who},
                _("Condition, %(who)s") % {"who": who},
                _("Source du coût, %(who)s") % {"who": who},
                _("Date du coût, %(who)s") % {"who": who},
            ]
        return [
            *(_("Formation"), _("Organisme"), _("CFA"), _("Adresse de la fiche"), _("Métiers visés")),
            *(_("À la sortie"), _("Certifications"), _("Niveau demandé"), _("Niveau à la sortie"), _("Compétences")),
            *(_("Sur place ou à distance"), _("Ville"), _("Code INSEE"), _("Département"), _("Distance en km")),
            *(_("Durée en heures"), _("Entrées"), _("Prochaine date"), _("Places libres"), _("Inscriptions")),
            *(_("Financements"), _("Accessible aux personnes handicapées"), _("Vérifiée le")),
            *costs,
        ]

    @cached_property
    def rows(self) -> list[list[Cell]]:
        lines = self._lines[:MOST_ROWS]
        told = costs_told(offering["id"] for _taken, offering in lines if offering)
        return [
            [*self._of_course(each), *self._of_offering(offering), *_day_checked(each), *_costs(offering, told)]
            for each, offering in lines
        ]

    def _of_course(self, each: Taken) -> list[Cell]:
        facts, jobs = each.facts, dict(self.asked.state.lexicon.profiles)
        return [
            facts["title"],
            facts["provider"],
            facts["centre"],
            course_url(each.course_id, facts),
            " ; ".join(jobs.get(slug, slug) for slug in facts["profiles"]),
            kind_of_facts(facts),
            " ; ".join(certifications_in_words(facts)),
            words_of(Level, facts["entry_level"]),
            words_of(Level, facts["exit_level"]),
            " ; ".join(skills_in_words(facts)),
        ]

    def _of_offering(self, offering: Mapping[str, Any]) -> list[Cell]:
        km = km_to(offering, self.asked.question, self.asked.state) if offering else None
        session = NextSession.of(offering["session"]) if offering.get("session") else None
        return [
            words_of(Modality, offering.get("modality")),
            offering.get("town"),
            offering.get("insee"),
            offering.get("department"),
            None if km is None else round(km),
            offering.get("hours"),
            words_of(EntryMode, offering.get("entry_mode")),
            _start(session),
            session.seats_left if session else None,
            str(session.call_to_action(self.asked.question.day).label) if session else _("date à venir"),
            " ; ".join(words_of(Funding, each) for each in offering.get("fundings", ())) or _("non communiqué"),
            yes_or_no(offering.get("accessible")),
        ]

    @cached_property
    def about(self) -> list[str]:
        """How and when the list was made, sentence by sentence; the last one says that it was cut."""
        question = self.asked.question
        made = {"day": day(question.day), "url": settings.CAMINS_SITE_URL + self.asked.address.without("page").url}
        said = [
            _("Données fictives de démonstration") if settings.CAMINS_DEMO else "",
            _("Liste faite le %(day)s par Camins, de la recherche %(url)s") % made,
            _("Ordre : %(sort)s. Une ligne par façon de suivre une formation qui répond à la recherche.")
            % {"sort": Sort(question.sort).label},
            _("Un montant, un nombre ou une date vide n’est pas communiqué : ce n’est jamais zéro."),
            *self.asked.not_understood,
        ]
        mended = self.found.mended
        if mended is not None:
            said.append(_("Mots cherchés à la place de ceux de la recherche : %(words)s") % {"words": mended.text})
        if self.is_cut:
            said.append(
                _("Liste arrêtée à %(n)d lignes : ajoutez un critère pour avoir les autres.") % {"n": MOST_ROWS}
            )
        return [sentence for sentence in said if sentence]

    def rows_with_notes(self) -> Iterator[list[Cell]]:
        """The rows, then what is to be known of them."""
        yield from self.rows
        yield []
        for sentence in self.about:
            yield [sentence]


def _day_checked(each: Taken) -> list[Cell]:
    checked = each.facts["verified_on"]
    return [datetime.date.fromisoformat(checked) if checked else None]


def _start(session: NextSession | None) -> Cell:
    """A day; what is known by its month or its year only is said as "2027-03" or "2027"."""
    if session is None or session.starts_on is None:
        return None
    lengths = {"month": 7, "year": 4}
    known = lengths.get(session.starts_precision)
    return session.starts_on.isoformat()[:known] if known else session.starts_on


def _costs(offering: Mapping[str, Any], told: Mapping[tuple[int, str], OfferingCost]) -> list[Cell]:
    """For each audience: euros left to pay, on what condition, who says so, and when."""
    cells: list[Cell] = []
    for audience in Audience:
        row = told.get((offering["id"], audience)) if offering else None
        cents = row.left_to_pay_cents if row else None
        euros = None if cents is None else cents / 100 if cents % 100 else cents // 100
        cells += [euros, row.condition, row.source, row.stated_on] if row else [None] * 4
    return cells

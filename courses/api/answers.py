"""A search as the API answers it: the same question, the same engine, the same sentences as the page."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.api.present import course_words, found_words, offering_words, validities_of
from courses.filters import CourseFilterSet
from courses.forms import ForgivingForm, KnownChoiceField, PlaceUnclear, place_text
from courses.search import facets
from courses.search.cards import facts_of
from courses.search.engine import Found, find
from courses.search.lexicon import current
from courses.search.notes import notes_on
from courses.sheet.read import find_course
from portal.web.clock import today

ROUTE = "courses:api_courses"
WITH, WITHOUT = "1", "0"
COUNTED = "facettes"


class AnswerForm(ForgivingForm):
    """What the API may be asked besides the search itself."""

    facettes = KnownChoiceField(
        label=gettext_lazy("Compter les réponses par critère"),
        choices=[(WITHOUT, gettext_lazy("non")), (WITH, gettext_lazy("oui"))],
        usual=WITHOUT,
        required=False,
    )


class ApiSearch:
    """One search, from its parameters to the data of its answer. Four statements, five with certifications."""

    def __init__(self, parameters: Mapping[str, Any]):
        self.asked = CourseFilterSet(parameters)
        self.form = AnswerForm(parameters)
        self.counts_asked = self.form.errors is not None and self.form.cleaned_data[COUNTED] == WITH
        self.strangers = set(parameters) - set(CourseFilterSet.base_filters) - set(AnswerForm.base_fields)

    @cached_property
    def found(self) -> Found:
        choices = self.asked.choices if self.counts_asked else {}
        return find(self.asked.question, choices, state=self.asked.state)

    @property
    def pages(self) -> int:
        return max(1, -(-self.found.reachable // self.found.per_page))

    def data(self) -> dict[str, Any]:
        found, day, lexicon = self.found, today(), self.asked.state.lexicon
        facts = facts_of(found.ids)
        validities = validities_of(facts.values(), day)
        return {
            **demonstration(),
            "total": found.total,
            "page": found.page,
            "pages": self.pages,
            "suivante": self._page_url(found.page + 1),
            "precedente": self._page_url(found.page - 1),
            "avertissements": list(self.warnings()),
            "resultats": [
                found_words(
                    hit.course_id, facts[hit.course_id], hit.offerings, found.question, lexicon, validities, day
                )
                for hit in found.hits
                if hit.course_id in facts
            ],
            "facettes": self._counts() if self.counts_asked else None,
        }

    def _page_url(self, number: int) -> str | None:
        if not 1 <= number <= self.pages:
            return None
        address = replace(self.asked.address, route=ROUTE).without("page")
        if self.counts_asked:
            address = address.having(COUNTED, WITH)
        return settings.CAMINS_SITE_URL + (address.having("page", str(number)) if number > 1 else address).url

    def _counts(self) -> dict[str, dict[str, int]]:
        """Parameter → value → courses; facets that mean nothing here are left out."""
        return {
            facet.name: counts for facet in facets.FACETS if (counts := self.found.counts.get(facet.field)) is not None
        }

    def warnings(self) -> Iterator[dict[str, Any]]:
        """What was not understood, parameter by parameter; then what to know of the answers."""
        yield from form_warnings(self.asked.form, self.form)
        yield from stranger_warnings(self.strangers)
        mended = self.found.mended
        if mended is not None:
            said = _("Aucune formation ne contient les mots demandés : voici les résultats pour « %(words)s ».")
            yield warning(said % {"words": mended.text}, "q")
        yield from map(warning, notes_on(self.found))


def course_data(pk: int) -> dict[str, Any] | None:
    """A published course with all its offerings; None for any other."""
    facts = facts_of([pk]).get(pk)
    if facts is None:
        return None
    day = today()
    validities = validities_of([facts], day)
    actions = [offering_words(each, day) for each in facts["offerings"]]
    return {
        **demonstration(),
        **course_words(pk, facts, current().lexicon, validities),
        "actions": actions,
    }


def was_published(pk: int) -> bool:
    """Whether a course that is shown no more was shown once."""
    course = find_course(pk)
    return course is not None and course.published_at is not None


def demonstration() -> dict[str, Any]:
    said = _("Site de démonstration. Aucune des formations présentées n’existe.")
    return {"demonstration": settings.CAMINS_DEMO, "mention": said if settings.CAMINS_DEMO else None}


def warning(sentence: str, parameter: str | None = None, proposals: list | None = None) -> dict[str, Any]:
    return {"parametre": parameter, "phrase": sentence, "propositions": proposals or []}


def form_warnings(*read: forms.Form) -> Iterator[dict[str, Any]]:
    """What these forms did not understand, parameter by parameter."""
    for form in read:
        for name, errors in form.errors.as_data().items():
            for error in errors:
                yield warning(_sentence(error), name, list(_proposals(form, error)))


def _sentence(error: forms.ValidationError) -> str:
    """What a form says; Django's own sentence about a choice repeats the value, which may be anything."""
    if error.code == "invalid_choice":
        return _("Un choix de cette adresse n’existe pas ou n’existe plus : il n’est pas compté.")
    return str(next(iter(error)))


def stranger_warnings(names: Collection[str]) -> Iterator[dict[str, Any]]:
    """That some parameters mean nothing here; their names, which may be anything, are not repeated."""
    if names:
        yield warning(_("Un paramètre de cette adresse n’existe pas : il n’est pas compté."))


def _proposals(form: forms.Form, error: forms.ValidationError) -> Iterator[dict[str, str]]:
    """The places to choose from when the one that is written is not clear; départements where the form takes one."""
    if isinstance(error, PlaceUnclear):
        for commune in error.communes:
            yield {
                "parametre": "lieu",
                "valeur": place_text(commune, error.communes),
                "intitule": commune.full_name,
            }
        for department in error.departments if facets.DEPARTMENT.name in form.fields else ():
            yield {"parametre": facets.DEPARTMENT.name, "valeur": department.code, "intitule": department.name}

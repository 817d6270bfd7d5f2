"""What providers.html and centres.html show of a list of bodies."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms import BodyForm
from courses.search import bodies
from courses.search.address import SearchAddress
from courses.search.bodies import BodyCard
from courses.search.exits import EXITS, Exit
from courses.views.search_page import Choice


class BodyList:
    """One list of bodies: `door` gives the published ones, `route` is the name of its page."""

    def __init__(self, query: QueryDict, door: Callable, route: str):
        self.form = BodyForm(query)
        self._said = self.form.errors  # cleans the form
        self.text, self.asked_departments = self.form.cleaned_data["q"], self.form.cleaned_data["departement"]
        self.rows = door(text=self.text, departments=self.asked_departments)
        self.clear = SearchAddress(route=route)

    @cached_property
    def page(self) -> Page:
        return Paginator(self.rows, bodies.BODIES_PER_PAGE).get_page(self.form.cleaned_data["page"])

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def cards(self) -> list[BodyCard]:
        return bodies.cards_of_bodies(self.page.object_list)

    @cached_property
    def address(self) -> SearchAddress:
        values = {"q": [self.text] if self.text else [], "departement": list(self.asked_departments)}
        return SearchAddress.of(values, self.clear.route)

    @cached_property
    def departments(self) -> list[Choice]:
        """The départements with their bodies of that name; several may be asked in the address, the list shows one."""
        counts = bodies.departments_of(self.rows.model, text=self.text)
        shown = self.asked_departments[:1]
        choices: Any = self.form["departement"].field.choices  # type: ignore[attr-defined]
        return [Choice(code, name, counts.get(code, 0), code in shown) for code, name in choices]

    @property
    def department_errors(self) -> list[str]:
        return [str(error) for error in self._said.get("departement", [])]

    @cached_property
    def exits(self) -> list[Exit]:
        """Three ways on when nobody answers."""
        exits = [Exit(_("Voir toute la liste"), self.clear.url)]
        if self.text and self.asked_departments:
            exits.insert(0, Exit(_("Garder le nom, retirer le lieu"), self.address.without("departement").url))
        exits.append(Exit(_("Chercher une formation par son sujet"), reverse("courses:search")))
        exits.append(Exit(_("Me laisser guider"), reverse("jobs:orientation")))
        return exits[:EXITS]

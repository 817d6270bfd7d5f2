"""What providers.html and centres.html show of a list of bodies."""

from collections.abc import Callable
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms import BodyForm
from courses.search import bodies
from courses.search.address import SearchAddress
from courses.search.bodies import BodyCard
from courses.search.exits import EXITS, Exit
from courses.views.search_page import Choice, FacetBox


class BodyList:
    """One list of bodies: `door` gives the published ones, `route` is the name of its page."""

    def __init__(self, query: QueryDict, door: Callable, route: str):
        self.form = BodyForm(query)
        self._said = self.form.errors  # cleans the form
        self.text, self.departments = self.form.cleaned_data["q"], self.form.cleaned_data["departement"]
        self.rows = door(text=self.text, departments=self.departments)
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
        values = {"q": [self.text] if self.text else [], "departement": list(self.departments)}
        return SearchAddress.of(values, self.clear.route)

    @cached_property
    def facet(self) -> FacetBox:
        counts = bodies.departments_of(self.rows.model, text=self.text)
        choices = [
            Choice(code, name, counts.get(code, 0), code in self.departments)
            for code, name in self.form.fields["departement"].choices
        ]
        field, errors = self.form["departement"], [str(each) for each in self._said.get("departement", [])]
        return FacetBox("departement", str(field.label), choices, "checkbox", True, len(self.departments), errors)

    @cached_property
    def active(self) -> list[dict[str, str]]:
        names = dict(self.form.fields["departement"].choices)
        return [
            {
                "label": names[value] if name == "departement" else f"« {value} »",
                "url": self.address.without(name, value).url,
            }
            for name, value in self.address.pairs
        ]

    @cached_property
    def exits(self) -> list[Exit]:
        """Three ways on when nobody answers."""
        exits = [Exit(_("Voir toute la liste"), self.clear.url)]
        if self.text and self.departments:
            exits.insert(0, Exit(_("Garder le nom, retirer le lieu"), self.address.without("departement").url))
        exits.append(Exit(_("Chercher une formation par son sujet"), reverse("courses:search")))
        exits.append(Exit(_("Me laisser guider"), reverse("jobs:orientation")))
        return exits[:EXITS]

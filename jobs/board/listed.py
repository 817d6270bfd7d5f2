"""What board.html shows of the needs that answer a question."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.search.exits import Exit
from jobs.board.filters import FACETS, MAP, NeedFilterSet
from jobs.board.read import NeedRow, row_of
from portal.web.outlines import DepartmentMap, department_map

PER_PAGE = 20


class NeedList:
    def __init__(self, asked: NeedFilterSet):
        self.asked = asked

    @cached_property
    def page(self) -> Page:
        return Paginator(self.asked.found, PER_PAGE).get_page(self.asked.values["page"])

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def rows(self) -> list[NeedRow]:
        return [row_of(need) for need in self.page.object_list]

    @cached_property
    def posts(self) -> int:
        return self.asked.found.order_by().aggregate(n=Sum("headcount"))["n"] or 0

    @property
    def headline(self) -> str:
        if not self.total:
            return _("Aucun besoin")
        needs = ngettext("%(n)d besoin", "%(n)d besoins", self.total) % {"n": self.total}
        posts = ngettext("%(n)d poste", "%(n)d postes", self.posts) % {"n": self.posts}
        return f"{needs}, {posts}"

    @property
    def title(self) -> str:
        """What this list is about, for the title of the page."""
        number = _("page %(n)d") % {"n": self.page.number} if self.page.number > 1 else ""
        return " – ".join(filter(None, (self.about, self.headline, number)))

    @property
    def about(self) -> str:
        return ", ".join(self.asked.names.values())

    @cached_property
    def fields(self) -> list[dict[str, Any]]:
        """The four filters as lists to choose from."""
        return [
            {
                "name": name,
                "label": str(self.asked.form.fields[name].label),
                "choices": self.asked.choices(name),
                "errors": self.asked.form.errors.get(name, []),
            }
            for name in FACETS
        ]

    @property
    def notes(self) -> list[str]:
        return [str(error) for name in ("page", "vue") for error in self.asked.form.errors.get(name, [])]

    @property
    def active(self) -> list[dict[str, str]]:
        """The filters in force, each with the address of the list without it."""
        address = self.asked.address
        return [
            {"label": label, "url": address.without(name, value).url}
            for (name, value), label in self.asked.names.items()
        ]

    @property
    def clear_url(self) -> str:
        return reverse("jobs:needs")

    @property
    def has_map(self) -> bool:
        return self.asked.values["vue"] == MAP

    @property
    def map_url(self) -> str:
        address = self.asked.address
        return (address.without("vue") if self.has_map else address.having("vue", MAP)).url

    @cached_property
    def map(self) -> DepartmentMap | None:
        """Needs by département, the other filters kept; None unless it is asked for."""
        if not self.has_map:
            return None
        rows = self.asked.found_without("departement").filter(commune__isnull=False)
        counts = dict(rows.values_list("commune__department").annotate(n=Count("pk")))

        def say(count: int) -> str:
            return ngettext("%(n)d besoin", "%(n)d besoins", count) % {"n": count} if count else _("0 besoin")

        return department_map(counts, url_for=lambda code: self.asked.address.having("departement", code).url, say=say)

    @property
    def downloads(self) -> list[dict[str, str]]:
        address = self.asked.address.without("vue")
        return [
            {"label": _("Suivre cette liste (Atom)"), "url": address.on("jobs:needs_atom").url},
            {"label": _("Télécharger le tableau (CSV)"), "url": address.on("jobs:needs_csv").url},
        ]

    @property
    def exits(self) -> list[Exit]:
        """Ways on when nothing answers."""
        exits = [Exit(_("Voir tous les besoins"), self.clear_url)] if self.asked.names else []
        exits.append(Exit(_("Voir les métiers de l’IA"), reverse("jobs:profiles")))
        exits.append(Exit(_("Chercher une formation"), reverse("courses:search")))
        return exits

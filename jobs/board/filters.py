"""What may be asked of the board: one place for its page, its feed and its table."""

import datetime
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.forms import ForgivingForm, KnownChoiceField, KnownChoicesField, NamesField, PageField, skills_named
from courses.search.address import SearchAddress
from courses.views.search_page import Choice
from jobs.board.read import open_needs
from jobs.enums import Contract
from jobs.models import EmployerNeed, NeedSkill
from portal.reference.models import Department, JobProfile

LIST, MAP = "liste", "carte"
LAST_PAGE = 500
LONGEST_CODE = 60


def profiles_named(slugs: list[str]) -> list[tuple[str, str]]:
    known = [slug for slug in slugs if len(slug) <= LONGEST_CODE and "\x00" not in slug]
    return list(JobProfile.objects.shown().filter(slug__in=known).values_list("slug", "name"))


def departments_named(codes: list[str]) -> list[tuple[str, str]]:
    known = [code for code in codes if code.isascii() and code.isalnum()]
    return list(Department.objects.filter(code__in=known).values_list("code", "name"))


class _Asked(django_filters.Filter):
    """Several values of one column; none asks nothing."""

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class NamedValues(_Asked):
    field_class = NamesField


class SkillValues(NamedValues):
    """Needs that ask for any of these skills, each once."""

    def filter(self, qs, value):
        return qs.filter(pk__in=NeedSkill.objects.filter(skill__code__in=value).values("need")) if value else qs


class KnownValues(_Asked):
    field_class = KnownChoicesField


class _Unfiltered(django_filters.Filter):
    """A parameter about what is shown, not about what is found."""

    def filter(self, qs, value):
        return qs


class ViewParameter(_Unfiltered):
    field_class = KnownChoiceField


class PageParameter(_Unfiltered):
    field_class = PageField


class NeedFilterSet(django_filters.FilterSet):
    """Open needs. A broken parameter is said in `form.errors`, and the rest still counts."""

    metier = NamedValues(field_name="profile__slug", label=_("Métier"), names=profiles_named)
    competence = SkillValues(field_name="skills", label=_("Compétence"), names=skills_named)
    departement = NamedValues(field_name="commune__department", label=_("Département"), names=departments_named)
    contrat = KnownValues(field_name="contract", label=_("Contrat"), choices=Contract.choices)
    vue = ViewParameter(label=_("Vue"), choices=[(LIST, _("liste")), (MAP, _("carte et liste"))], usual=LIST)
    page = PageParameter(label=_("Page"), last=LAST_PAGE)

    class Meta:
        model = EmployerNeed
        fields: tuple[str, ...] = ()
        form = ForgivingForm

    def __init__(self, query, *, day: datetime.date):
        super().__init__(query, queryset=open_needs(day))
        self.day = day
        self._said = self.form.errors  # cleans the form

    @cached_property
    def values(self) -> dict[str, Any]:
        return self.form.cleaned_data

    @cached_property
    def found(self) -> QuerySet[EmployerNeed]:
        return self.filter_queryset(self.queryset.all())

    @property
    def not_understood(self) -> list[str]:
        return self.form.sentences

    def asked(self, name: str) -> tuple[str, ...]:
        return tuple(self.values[name])

    def found_without(self, name: str) -> QuerySet[EmployerNeed]:
        """What the other filters find, in no order."""
        rows = self.queryset.order_by()
        for other, parameter in self.filters.items():
            if other != name:
                rows = parameter.filter(rows, self.values[other])
        return rows

    @cached_property
    def address(self) -> SearchAddress:
        """The cleaned question as an address, usual values left out."""
        pairs = {name: list(self.asked(name)) for name in FACETS}
        if self.values["vue"] != LIST:
            pairs["vue"] = [self.values["vue"]]
        return SearchAddress.of(pairs, "jobs:needs")

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(parameter, value asked) → its name."""
        return {
            (name, str(value)): str(label)
            for name in FACETS
            for value, label in self._choices_of(name)
            if str(value) in self.asked(name)
        }

    def _choices_of(self, name: str):
        field: Any = self.form.fields[name]
        return field.choices

    def choices(self, name: str) -> list[Choice]:
        """The values that open needs have, with how many needs the other filters leave each; by name."""
        code, label = FACETS[name]
        rows: QuerySet[Any] = self.found_without(name)
        if name == "competence":
            rows = NeedSkill.objects.filter(need__in=rows.values("pk")).order_by()
        counted = {
            (key, said): count
            for key, said, count in rows.values_list(code, label).annotate(n=Count("pk"))
            if key is not None
        }
        labels = dict(Contract.choices)
        shown = self.asked(name)[:1]
        found = [Choice(key, str(labels.get(said, said)), n, key in shown) for (key, said), n in counted.items()]
        known = {choice.value for choice in found}
        found += [
            Choice(value, self.names[name, value], 0, True)
            for value in shown
            if value not in known and (name, value) in self.names
        ]
        return sorted(found, key=lambda choice: choice.label.casefold())


# parameter → (the column of its value, the column of its name)
FACETS: dict[str, tuple[str, str]] = {
    "metier": ("profile__slug", "profile__name"),
    "competence": ("skill__code", "skill__label"),
    "departement": ("commune__department", "commune__department__name"),
    "contrat": ("contract", "contract"),
}

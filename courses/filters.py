"""The one place where a request becomes a CourseQuestion: pages, feeds, exports and API read the same parameters."""

from functools import cached_property

import django_filters
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.enums import Audience
from courses.forms import (
    ForgivingForm,
    KnownChoiceField,
    KnownChoicesField,
    PageField,
    PartlyUnderstood,
    PlaceField,
    ShortTextField,
    SkillCodesField,
)
from courses.models import Course
from courses.search import facets
from courses.search.address import SearchAddress
from courses.search.question import DEFAULT_RADIUS_KM, LAST_PAGE, WHOLE_REGION, CourseQuestion, Home, Sort
from courses.search.results import Choices, Matching
from courses.search.text import understand
from portal.reference.models import Department, JobProfile
from portal.web.clock import today

LONGEST_TEXT = 120


class _Parameter(django_filters.Filter):
    """A parameter whose meaning lies in the question, not in a lookup of its own."""

    def filter(self, qs, value):
        return qs


class TextParameter(_Parameter):
    field_class = ShortTextField


class PlaceParameter(_Parameter):
    field_class = PlaceField


class ChoiceParameter(_Parameter):
    field_class = KnownChoiceField


class ChoicesParameter(_Parameter):
    field_class = KnownChoicesField


class SkillsParameter(_Parameter):
    field_class = SkillCodesField


class PageParameter(_Parameter):
    field_class = PageField


def _departments() -> list[tuple[str, str]]:
    return list(Department.objects.values_list("code", "name"))


def _profiles() -> list[tuple[str, str]]:
    return list(JobProfile.objects.shown().values_list("slug", "name"))


def _facet(facet: facets.Facet, choices=None) -> ChoicesParameter:
    return ChoicesParameter(
        label=facet.title, choices=facets.FIXED_CHOICES[facet.field] if choices is None else choices
    )


class SearchForm(ForgivingForm):
    def clean(self):
        if self.cleaned_data.get("tri") == Sort.DISTANCE and self.cleaned_data.get("lieu") is None:
            said = gettext("Pour trier par distance, écrivez d’abord une ville ou un code postal.")
            self.add_error("tri", PartlyUnderstood(said, kept=str(Sort.RELEVANCE), code="no-place"))
        return self.cleaned_data


class CourseFilterSet(django_filters.FilterSet):
    """Every parameter of a search, bounded. A broken one is said in `form.errors`, and the rest still counts."""

    q = TextParameter(label=_("Métier, compétence ou formation"), longest=LONGEST_TEXT, widget=forms.SearchInput())
    lieu = PlaceParameter(label=_("Ville ou code postal"))
    rayon = ChoiceParameter(label=_("Distance"), choices=facets.RADII, usual=str(DEFAULT_RADIUS_KM))
    public = ChoiceParameter(label=_("Votre situation"), choices=Audience.choices, usual=str(Audience.JOBSEEKER))
    cout = _facet(facets.COST)
    departement = _facet(facets.DEPARTMENT, _departments)
    modalite = _facet(facets.MODALITY)
    debut = _facet(facets.START)
    duree = _facet(facets.DURATION)
    niveau = _facet(facets.ENTRY_LEVEL)
    metier = _facet(facets.PROFILE, _profiles)
    competence = SkillsParameter(label=facets.SKILL.title)
    financement = _facet(facets.FUNDING)
    certifiante = _facet(facets.CERTIFYING)
    accessible = _facet(facets.ACCESSIBLE)
    tri = ChoiceParameter(label=_("Trier par"), choices=Sort.choices, usual=str(Sort.RELEVANCE))
    page = PageParameter(last=LAST_PAGE)

    class Meta:
        model = Course
        fields: list[str] = []
        form = SearchForm

    @cached_property
    def values(self) -> dict:
        """The cleaned values by parameter; what could not be used at all is absent."""
        return self.form.cleaned_data if self.form.errors is not None else {}

    @cached_property
    def question(self) -> CourseQuestion:
        values = self.values
        home, radius = values.get("lieu"), values["rayon"]
        return CourseQuestion(
            day=today(),
            text=values.get("q", ""),
            home=Home.of(home) if home else None,
            radius_km=None if radius == WHOLE_REGION else int(radius),
            audience=values["public"],
            sort=values["tri"],
            page=values["page"],
            **{facet.field: values.get(facet.name, ()) for facet in facets.FACETS if facet is not facets.RADIUS},
        )

    @cached_property
    def address(self) -> SearchAddress:
        """The cleaned search as an address, usual values left out."""
        usual = {"rayon": str(DEFAULT_RADIUS_KM), "public": str(Audience.JOBSEEKER), "tri": str(Sort.RELEVANCE)}
        pairs: dict[str, list[str]] = {}
        for name, value in self.values.items():
            if name == "lieu":
                pairs[name] = [self.form.data[name].strip()] if value else []
            elif isinstance(value, tuple):
                pairs[name] = list(value)
            elif value and value != usual.get(name, 1 if name == "page" else ""):
                pairs[name] = [str(value)]
        return SearchAddress.of(pairs)

    @cached_property
    def choices(self) -> Choices:
        """Facet field → the values to count."""
        counted = {}
        for facet in facets.FACETS:
            counted[facet.field] = tuple(str(value) for value, _label in self.form.fields[facet.name].choices)
        if self.question.home is None or not self.question.home.is_located:
            counted[facets.RADIUS.field] = ()
        return counted

    def filter_queryset(self, queryset):
        """Published courses that answer, in no particular order."""
        return queryset.filter(pk__in=Matching(self.question, understand(self.question.text)).courses().values("pk"))

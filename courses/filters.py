"""The one place where a request becomes a CourseQuestion: pages, feeds, exports and API read the same parameters."""

from functools import cache, cached_property

import django_filters
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.enums import Audience
from courses.forms import (
    ForgivingForm,
    KnownChoiceField,
    KnownChoicesField,
    NamesField,
    PageField,
    PartlyUnderstood,
    PlaceField,
    ShortTextField,
    centres_named,
    certifications_named,
    providers_named,
    skills_named,
)
from courses.models import Course
from courses.search import facets
from courses.search.address import SearchAddress
from courses.search.engine import every_id, known_choices
from courses.search.lexicon import State, current
from courses.search.question import DEFAULT_RADIUS_KM, LAST_PAGE, WHOLE_REGION, CourseQuestion, Home, Sort
from courses.search.tally import Choices

LONGEST_TEXT = 120
RADII = tuple(value for value, _label in facets.RADII)
MENDED, LITERAL = "corrigee", "exacte"
LIST, MAP = "liste", "carte"
VIEWS = [(LIST, _("liste")), (MAP, _("carte et liste"))]
SPELLINGS = [(MENDED, _("corrigée")), (LITERAL, _("telle quelle"))]


class _Parameter(django_filters.Filter):
    """A parameter whose meaning lies in the question, not in a lookup of its own."""

    def filter(self, qs, value):
        return qs

    def __deepcopy__(self, memo):
        """It holds nothing of a request: one serves them all."""
        return self


class TextParameter(_Parameter):
    field_class = ShortTextField


class PlaceParameter(_Parameter):
    field_class = PlaceField


class ChoiceParameter(_Parameter):
    field_class = KnownChoiceField


class ChoicesParameter(_Parameter):
    field_class = KnownChoicesField


class NamesParameter(_Parameter):
    field_class = NamesField


class PageParameter(_Parameter):
    field_class = PageField


def _facet(facet: facets.Facet) -> ChoicesParameter:
    return ChoicesParameter(label=facet.title, choices=facets.FIXED_CHOICES.get(facet.field, ()))


class SearchForm(ForgivingForm):
    """Only the parameters that the address names are cleaned: most name three of two dozen."""

    def _clean_fields(self):
        self.cleaned_data = {name: field.absent for name, field in self.fields.items()}  # type: ignore[attr-defined]
        super()._clean_fields()  # type: ignore[misc]

    def _bound_items(self):
        for name in self.fields:
            if name in self.data:
                yield name, self[name]

    def clean(self):
        if self.cleaned_data.get("tri") == Sort.DISTANCE and self.cleaned_data.get("lieu") is None:
            said = gettext("Pour trier par distance, écrivez d’abord une ville ou un code postal.")
            self.add_error("tri", PartlyUnderstood(said, kept=str(Sort.RELEVANCE), code="no-place"))
        return self.cleaned_data


@cache
def _form_class() -> type[SearchForm]:
    fields = {name: parameter.field for name, parameter in CourseFilterSet.base_filters.items()}
    return type("CourseSearchForm", (SearchForm,), fields)


class CourseFilterSet(django_filters.FilterSet):
    """Every parameter of a search, bounded. A broken one is said in `form.errors`, and the rest still counts."""

    q = TextParameter(label=_("Métier, compétence ou formation"), longest=LONGEST_TEXT, widget=forms.SearchInput())
    lieu = PlaceParameter(label=_("Ville ou code postal"))
    rayon = ChoiceParameter(label=_("Distance"), choices=facets.RADII, usual=str(DEFAULT_RADIUS_KM))
    public = ChoiceParameter(label=_("Votre situation"), choices=Audience.choices, usual=str(Audience.JOBSEEKER))
    cout = _facet(facets.COST)
    departement = _facet(facets.DEPARTMENT)
    modalite = _facet(facets.MODALITY)
    debut = _facet(facets.START)
    duree = _facet(facets.DURATION)
    niveau = _facet(facets.ENTRY_LEVEL)
    sortie = _facet(facets.EXIT_LEVEL)
    metier = _facet(facets.PROFILE)
    competence = NamesParameter(label=facets.SKILL.title, names=skills_named)
    financement = _facet(facets.FUNDING)
    certifiante = _facet(facets.CERTIFYING)
    certification = NamesParameter(label=facets.CERTIFICATION.title, names=certifications_named)
    accessible = _facet(facets.ACCESSIBLE)
    organisme = NamesParameter(label=facets.PROVIDER.title, names=providers_named)
    cfa = NamesParameter(label=facets.CENTRE.title, names=centres_named)
    graphie = ChoiceParameter(label=_("Orthographe"), choices=SPELLINGS, usual=MENDED)
    tri = ChoiceParameter(label=_("Trier par"), choices=Sort.choices, usual=str(Sort.RELEVANCE))
    vue = ChoiceParameter(label=_("Présentation"), choices=VIEWS, usual=LIST)
    page = PageParameter(last=LAST_PAGE)

    class Meta:
        model = Course
        fields: list[str] = []
        form = SearchForm

    def __init__(self, data=None, *args, state: State | None = None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.state = state or current()

    @property
    def form(self):
        made = hasattr(self, "_form")
        form = super().form
        if not made:  # the words and places of this moment
            form.fields["departement"].take(self.state.lexicon.departments)
            form.fields["metier"].take(self.state.lexicon.profiles)
            form.fields["lieu"].lexicon = self.state.lexicon
        return form

    def get_form_class(self):
        """The same class for every request: each form copies its fields."""
        return _form_class()

    @cached_property
    def values(self) -> dict:
        """The cleaned values by parameter; what could not be used at all is absent."""
        return self.form.cleaned_data if self.form.errors is not None else {}

    @property
    def not_understood(self) -> list[str]:
        """Sentences on what could not be used, or not wholly."""
        return self.form.sentences

    @cached_property
    def question(self) -> CourseQuestion:
        values = self.values
        home, radius = values.get("lieu"), values["rayon"]
        return CourseQuestion(
            day=self.state.day,
            text=values.get("q", ""),
            home=Home.of(home) if home else None,
            radius_km=None if radius == WHOLE_REGION else int(radius),
            audience=values["public"],
            is_literal=values["graphie"] == LITERAL,
            sort=values["tri"],
            page=values["page"],
            **{facet.field: values.get(facet.name, ()) for facet in facets.FACETS if facet is not facets.RADIUS},
        )

    @cached_property
    def address(self) -> SearchAddress:
        """The cleaned search as an address, usual values left out."""
        usual = {
            "rayon": str(DEFAULT_RADIUS_KM),
            "public": str(Audience.JOBSEEKER),
            "tri": str(Sort.RELEVANCE),
            "graphie": MENDED,
            "vue": LIST,
        }
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
        counted = dict(known_choices(self.state))
        if self.question.home is not None and self.question.home.is_located:
            counted[facets.RADIUS.field] = RADII
        for facet in facets.FACETS:
            if facet.of == "name":
                counted[facet.field] = facet.asked(self.question)
        return counted

    def filter_queryset(self, queryset):
        """Published courses that answer, in no particular order."""
        return queryset.filter(pk__in=every_id(self.question, state=self.state))

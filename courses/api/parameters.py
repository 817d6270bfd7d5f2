"""The parameters of the search as documentation: read off the class that understands them, for people and machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from courses.api.answers import AnswerForm
from courses.filters import LONGEST_TEXT, CourseFilterSet
from courses.search import facets
from courses.search.lexicon import Lexicon
from courses.search.question import LAST_PAGE


@dataclass(frozen=True)
class Parameter:
    """`choices`: (value, words) where they are known; else `how` says what to write. `usual`: when nothing is asked."""

    name: str
    label: str
    several: bool
    choices: tuple[tuple[str, str], ...] = ()
    how: str = ""
    usual: str = ""


def _hows() -> dict[str, str]:
    return {
        "q": _("des mots, %(n)d caractères au plus") % {"n": LONGEST_TEXT},
        "lieu": _("une commune d’Occitanie : « Rodez », « 12000 » (code postal ou INSEE), « Saint-Gaudens (31) »"),
        facets.DEPARTMENT.name: _("le code d’un département, comme « 31 »"),
        facets.PROFILE.name: _("le code d’un métier, comme « data-analyst » : la fin de l’adresse de sa page"),
        facets.SKILL.name: _("le code d’une compétence, comme dans « competences » des réponses"),
        facets.CERTIFICATION.name: _("un répertoire et un numéro, comme « RNCP37827 »"),
        facets.PROVIDER.name: _("le numéro d’un organisme, comme dans « organisme » des réponses"),
        facets.CENTRE.name: _("l’UAI d’un CFA, comme « 0310000A »"),
        "page": _("de 1 à %(n)d ; 20 formations par page") % {"n": LAST_PAGE},
    }


def parameters(lexicon: Lexicon | None = None) -> Iterator[Parameter]:
    """Every parameter, in order; with a lexicon, départements and jobs come with the values of this moment."""
    told = {facets.DEPARTMENT.name: lexicon.departments, facets.PROFILE.name: lexicon.profiles} if lexicon else {}
    hows = _hows()
    fields = {name: each.field for name, each in CourseFilterSet.base_filters.items()} | AnswerForm.base_fields
    for name, field in fields.items():
        choices: Any = told.get(name) or getattr(field, "choices", ())
        yield Parameter(
            name,
            str(field.label or _("Page")),
            isinstance(field, forms.MultipleChoiceField),
            tuple((str(value), str(words)) for value, words in choices),
            hows.get(name, ""),
            getattr(field, "usual", ""),
        )


def openapi_parameters() -> list[OpenApiParameter]:
    """The same for the schema, which knows nothing that an edit may change."""
    return [openapi_of(each) for each in parameters()]


def openapi_of(parameter: Parameter) -> OpenApiParameter:
    told = [f"{value} : {words}" for value, words in parameter.choices if value != words]
    if parameter.usual:
        told.append(_("Sans ce paramètre : %(value)s") % {"value": parameter.usual})
    described = ". ".join(each for each in (parameter.label, parameter.how, " ; ".join(told)) if each)
    pages = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}
    return OpenApiParameter(
        parameter.name,
        pages if parameter.name == "page" else OpenApiTypes.STR,
        description=described,
        enum=[value for value, _words in parameter.choices] or None,
        many=parameter.several,
    )

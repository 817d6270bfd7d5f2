"""The parameters of the orientation's API: the names it takes of the form of the pages, two forms of its own, words.

What speaks of a disability is no parameter here, whatever the pages may ask: an API's addresses end in logs.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.api.parameters import Parameter
from courses.enums import Audience
from courses.forms import ForgivingForm, PageField, ShortTextField
from courses.search.question import LAST_PAGE
from jobs.answers import REMOTE_YES
from jobs.forms import MOST_SKILLS, OrientationForm

PAGE_SIZE = 20
LONGEST_SENTENCE = 200
# what an answer depends on, in the order of the three questions
GOAL_AND_LIMITS = (
    *("metier", "rome", "sais", "lieu", "rayon", "distance", "apres", "avant", "niveau", "budget", "public"),
)
OF_RECOMMENDATIONS = (*GOAL_AND_LIMITS, "tri")
OF_PATHS = (*(name for name in GOAL_AND_LIMITS if name != "avant"), "fin", "heures", "etapes")
USUAL = {"distance": REMOTE_YES, "public": str(Audience.JOBSEEKER)}
# what else the address of a page may hold: taken without a word, and of no effect
BESIDE = ("but", "depuis", "ancien", "avant", "fin", "heures", "etapes", "tri")


class SentenceForm(ForgivingForm):
    """The words of somebody who says what they want to do."""

    q = ShortTextField(
        label=gettext_lazy("Un métier, une envie, ou une phrase"), longest=LONGEST_SENTENCE, required=False
    )


class PageForm(ForgivingForm):
    """Which page of a list."""

    page = PageField(label=gettext_lazy("Page"), last=LAST_PAGE, required=False)


def kept(parameters: MultiValueDict, names: tuple[str, ...]) -> MultiValueDict:
    """The parameters of these names and no others, each with all its values."""
    return MultiValueDict({name: parameters.getlist(name) for name in names if name in parameters})


def sentence_parameters() -> list[Parameter]:
    how = _("des mots, %(n)d caractères au plus") % {"n": LONGEST_SENTENCE}
    return [Parameter("q", str(SentenceForm.base_fields["q"].label), several=False, how=how)]


def recommendation_parameters() -> list[Parameter]:
    how = _("de 1 à %(n)d ; 20 formations par page") % {"n": LAST_PAGE}
    page = Parameter("page", str(PageForm.base_fields["page"].label), several=False, how=how)
    return [*_documented(OF_RECOMMENDATIONS), page]


def path_parameters() -> list[Parameter]:
    return list(_documented(OF_PATHS))


def orientation_parameters() -> list[Parameter]:
    """Those of both addresses, each once."""
    both = {each.name: each for each in (*recommendation_parameters(), *path_parameters())}
    return list(both.values())


def _labels() -> dict[str, str]:
    return {
        "metier": _("Le métier voulu"),
        "rome": _("Le métier voulu, par son code ROME, quand « metier » n’est pas donné"),
        "sais": _("Une compétence et son niveau ; ce qui n’est pas dit compte comme à apprendre"),
        "rayon": _("Jusqu’où aller, en kilomètres ; toute l’Occitanie sans ce paramètre"),
        "tri": _("L’ordre des formations ; par points sans ce paramètre. Pour /recommandations/"),
        "avant": _("Commencer au plus tard le. Pour /recommandations/"),
        "page": _("Page. Pour /recommandations/"),
        "fin": _("Formé au plus tard le. Pour /parcours/"),
        "heures": _("Au plus, en heures de formation. Pour /parcours/"),
        "etapes": _("Formations à la suite, trois au plus sans ce paramètre. Pour /parcours/"),
    }


def _hows() -> dict[str, str]:
    day = _("un jour, comme « 2027-03-01 »")
    return {
        "metier": _("le code d’un métier, comme « data-analyst » : la fin de l’adresse de sa page"),
        "rome": _("un code ROME, comme « M1405 »"),
        "sais": _("un code et un niveau de 0 à 3, comme « python-1 » ; %(n)d fois au plus") % {"n": MOST_SKILLS},
        "lieu": _("une commune d’Occitanie : « Rodez », « 12000 » (code postal ou INSEE), « Saint-Gaudens (31) »"),
        **dict.fromkeys(("apres", "avant", "fin"), day),
        "budget": _("un nombre d’euros, de 0 à 100 000"),
        "heures": _("un nombre d’heures, de 1 à 10 000"),
    }


def _documented(names: tuple[str, ...]) -> Iterator[Parameter]:
    labels, hows = _labels(), _hows()
    columns = {
        "date": _("la première qui commence"),
        "distance": _("la plus proche"),
        "cout": _("la moins chère"),
        "competences": _("celle qui apporte le plus"),
    }
    for name in names:
        field: forms.Field = OrientationForm.base_fields[name]
        choices: Any = getattr(field, "choices", ())
        told = [(str(value), str(words)) for value, words in choices if value != ""]
        if name == "tri":
            told = [(value, columns.get(value, value)) for value, _words in told]
        yield Parameter(
            name,
            labels.get(name) or str(capfirst(field.label or name)),
            several=name == "sais",
            choices=tuple(told),
            how=hows.get(name, ""),
            usual=USUAL.get(name, ""),
        )

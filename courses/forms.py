"""Text into values: places as people write them, choices that are known or said to be unknown, letters to a body."""

import re
from collections.abc import Callable, Iterable
from copy import copy
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.models import ApprenticeshipCentre, TrainingProvider
from courses.search.lexicon import Lexicon, current
from portal.reference.models import Certification, Commune, Department, Skill
from portal.reference.models.place import commune_key
from portal.web.trap import TrappedForm

MOST_PLACES = 8
LONGEST_PLACE = 80
MOST_VALUES = 40
LEAST_LIKENESS = 0.3
BODY_NUMBER = COURSE_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
UAI = re.compile(r"[0-9]{7}[A-Z]")
CERTIFICATION_CODE = re.compile(r"(?P<register>[A-Z]{2,5})(?P<number>[0-9A-Za-z-]{1,20})")
SKILL_CODE = re.compile(r"[a-z0-9-]{1,60}")
SUGGESTION_DECISION = re.compile(r"(?P<verb>accept|refuse)-(?P<kind>code|skill)-(?P<number>[1-9][0-9]{0,17})")
NAME_AND_CODE = re.compile(r"(?P<name>.*?)\s*\((?P<code>[0-9][0-9AB][0-9]{0,3})\)")


class PartlyUnderstood(ValidationError):
    """Something is wrong and said; `kept` is what can still be used."""

    def __init__(self, message, *, kept, code: str):
        super().__init__(message, code=code)
        self.kept = kept


class PlaceUnclear(ValidationError):
    """Several communes answer, or none: `communes` and `departments` are worth proposing, nothing is guessed."""

    def __init__(self, message, *, code: str, communes: Iterable[Commune] = (), departments: Iterable[Department] = ()):
        super().__init__(message, code=code)
        self.communes, self.departments = list(communes), list(departments)


class ForgivingForm(forms.Form):
    """A form whose broken parts are said while the rest still counts."""

    def add_error(self, field, error):
        super().add_error(field, error)
        if field is not None and isinstance(error, PartlyUnderstood):
            self.cleaned_data[field] = error.kept

    @property
    def sentences(self) -> list[str]:
        """What was not understood, field by field."""
        return [str(error) for errors in self.errors.values() for error in errors]


class SharedField(forms.Field):
    """A field of the search: every form takes the same one, with its widget and choices, which nobody changes.

    Copying two dozen fields with their widgets and a hundred choices cost more than the search. `is_of_form`: each
    form tells this one something, and takes a copy, still with the same widget.
    """

    is_of_form = False
    # what an address that does not name it asks
    absent: Any = None

    def __deepcopy__(self, memo):
        return copy(self) if self.is_of_form else self


class ShortTextField(SharedField, forms.CharField):
    """Words to look for; what goes past `max_length` is left out, and said."""

    widget = forms.TextInput
    absent = ""

    def __init__(self, *, longest: int, **kwargs):
        self.longest = longest
        super().__init__(**kwargs)

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if len(text) <= self.longest:
            return text
        said = ngettext(
            "Votre texte est long : seul le premier caractère compte.",
            "Votre texte est long : seuls les %(n)d premiers caractères comptent.",
            self.longest,
        )
        raise PartlyUnderstood(said % {"n": self.longest}, kept=text[: self.longest].strip(), code="long")

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "maxlength": str(self.longest)}


def keys_of(field: forms.ChoiceField) -> list[str]:
    """The values of a field's choices, as text, in their order."""
    choices: Any = field.choices
    return [str(key) for key, _label in choices]


class KnownChoicesField(SharedField, forms.MultipleChoiceField):
    """Several values among known ones, in the order of the choices; unknown values are left out, and said."""

    absent = ()

    def __init__(self, *, choices: Iterable | Callable = (), **kwargs):
        super().__init__(choices=list(choices() if callable(choices) else choices), **kwargs)
        # what is not known beforehand is told by `take`
        self.is_of_form = not self.choices

    def take(self, choices: Iterable[tuple[str, str]]) -> None:
        """Choose among these in this form, and in no other."""
        self._choices = choices

    def clean(self, value) -> tuple[str, ...]:
        if not value:
            return ()
        asked = {str(each) for each in (value or [])[:MOST_VALUES]} - {""}
        kept = tuple(key for key in keys_of(self) if key in asked)
        if len(kept) < len(asked) or len(value or []) > MOST_VALUES:
            said = gettext("Un choix de cette adresse n’existe pas ou n’existe plus : il n’est pas compté.")
            raise PartlyUnderstood(said, kept=kept, code="unknown")
        return kept


class NamesField(KnownChoicesField):
    """Codes among too many to list; those that `names` knows become the choices, so that they can be named."""

    def __init__(self, *, names: Callable[[list[str]], list[tuple[str, str]]], **kwargs):
        super().__init__(**kwargs)
        self.names = names

    def clean(self, value) -> tuple[str, ...]:
        codes = [str(each) for each in (value or [])[:MOST_VALUES] if each]
        self.take(self.names(codes) if codes else [])
        return super().clean(value)


def skills_named(codes: list[str]) -> list[tuple[str, str]]:
    known = [code for code in codes if SKILL_CODE.fullmatch(code)]
    return list(Skill.objects.filter(code__in=known).values_list("code", "label")) if known else []


def certifications_named(codes: list[str]) -> list[tuple[str, str]]:
    """ "RNCP37827" → its title."""
    written = [found for code in codes if (found := CERTIFICATION_CODE.fullmatch(code))]
    either = [Q(register=found["register"], number=found["number"]) for found in written]
    rows = Certification.objects.filter(reduce(or_, either)) if either else Certification.objects.none()
    return [(f"{each.register}{each.number}", each.title) for each in rows]


def providers_named(codes: list[str]) -> list[tuple[str, str]]:
    known = [code for code in codes if BODY_NUMBER.fullmatch(code)]
    rows = TrainingProvider.objects.published().filter(pk__in=known) if known else []
    return [(str(each.pk), each.name) for each in rows]


def centres_named(codes: list[str]) -> list[tuple[str, str]]:
    known = [code for code in codes if UAI.fullmatch(code)]
    rows = ApprenticeshipCentre.objects.published().filter(uai__in=known) if known else []
    return [(each.uai, each.name) for each in rows]


class KnownChoiceField(SharedField, forms.ChoiceField):
    """One value among known ones, `usual` when nothing or something unknown is asked."""

    def __init__(self, *, usual: str, **kwargs):
        super().__init__(**kwargs)
        self.usual = self.absent = usual

    def clean(self, value) -> str:
        if not value:
            return self.usual
        if str(value) in keys_of(self):
            return str(value)
        said = gettext("Ce choix n’existe pas : le choix habituel le remplace.")
        raise PartlyUnderstood(said, kept=self.usual, code="unknown")


class PageField(SharedField, forms.IntegerField):
    """A page number from 1; anything else is the first page, and said."""

    absent = 1

    def __init__(self, *, last: int, **kwargs):
        super().__init__(min_value=1, max_value=last, **kwargs)

    def clean(self, value) -> int:
        try:
            return super().clean(value) or 1
        except ValidationError as error:
            said = gettext("Cette page n’existe pas : voici la première.")
            raise PartlyUnderstood(said, kept=1, code="page") from error


class PlaceField(SharedField, forms.CharField):
    """A commune as people write it: "Rodez", "12000", "Saint-Gaudens (31)". Gives a Commune or None; never a guess."""

    is_of_form = True
    # the places to read it with; those of the moment where a form gives none
    lexicon: Lexicon | None = None

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", LONGEST_PLACE)
        super().__init__(**kwargs)

    def clean(self, value) -> Commune | None:
        text = super().clean(value)
        if not text:
            return None
        written = NAME_AND_CODE.fullmatch(text)
        name, code = (written["name"], written["code"]) if written else (text, "")
        lexicon = self.lexicon or current().lexicon
        found = lexicon.communes_called(name or code)[: 4 * MOST_PLACES]
        if code:
            found = [each for each in found if code in (each.department_id, each.insee, *each.postcodes)]
        if len(found) == 1:
            return found[0]
        if found:
            raise PlaceUnclear(
                _("Plusieurs communes répondent à ce nom : choisissez la vôtre."),
                code="ambiguous",
                communes=found[:MOST_PLACES],
            )
        raise self._unknown(name)

    def _unknown(self, name: str) -> PlaceUnclear:
        departments = [each for each in Department.objects.all() if name and _names_department(name, each)]
        if departments:
            said = _("C’est un département : choisissez-le, ou écrivez une commune.")
            return PlaceUnclear(said, code="department", departments=departments)
        near = _communes_like(name)
        if near:
            said = _("Nous ne connaissons pas cette commune en Occitanie. Cherchiez-vous l’une de celles-ci ?")
            return PlaceUnclear(said, code="unknown", communes=near)
        said = _("Nous ne connaissons pas cette commune en Occitanie : vérifiez son nom ou écrivez son code postal.")
        return PlaceUnclear(said, code="unknown")


def place_text(commune: Commune, among: Iterable[Commune] = ()) -> str:
    """What to write in the field to mean exactly this commune: "Saint-Jean (31)", by its INSEE code among namesakes."""
    namesakes = [each for each in among if each.key == commune.key and each.department_id == commune.department_id]
    return f"{commune.name} ({commune.insee if len(namesakes) > 1 else commune.department_id})"


def _names_department(text: str, department: Department) -> bool:
    return text.strip().upper() == department.code or commune_key(text) == commune_key(department.name)


def _communes_like(name: str) -> list[Commune]:
    """Communes whose name starts so or is spelled nearly so, the most alike first."""
    key = commune_key(name)
    if len(key) < 3:
        return []
    begun = list(Commune.objects.starting_with(name).select_related("department")[:MOST_PLACES])
    if begun:
        return begun
    alike = Commune.objects.filter(key__trigram_similar=key).annotate(likeness=TrigramSimilarity("key", key))
    alike = alike.filter(likeness__gte=LEAST_LIKENESS).order_by("-likeness", "-population")
    return list(alike.select_related("department")[:MOST_PLACES])


class PositionForm(forms.Form):
    """Where somebody stands, as their device tells it; only the nearest commune is kept of it."""

    lat = forms.FloatField(min_value=-90, max_value=90)
    lon = forms.FloatField(min_value=-180, max_value=180)


class ContactForm(TrappedForm):
    """A letter to a body, or to the portal about an error; the addresses of both sides stay out of the page."""

    name = forms.CharField(label=_("Votre nom"), max_length=100)
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        max_length=254,
        help_text=_("Pour vous répondre, et rien d’autre. Exemple : nom@domaine.fr"),
        error_messages={"invalid": _("Écrivez une adresse complète, comme nom@domaine.fr.")},
    )
    message = forms.CharField(
        label=_("Votre message"),
        min_length=20,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("3 000 caractères au plus. N’écrivez ni numéro de sécurité sociale, ni information de santé."),
        error_messages={"min_length": _("Écrivez au moins une phrase, pour que l’on puisse vous répondre.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asks = {
            "name": _("Écrivez votre nom."),
            "email": _("Écrivez votre adresse électronique : la réponse y arrive."),
            "message": _("Écrivez votre message."),
        }
        for field, said in asks.items():
            self.fields[field].error_messages["required"] = said

    def clean_name(self) -> str:
        """One line: the name goes into the subject of a mail."""
        return " ".join(self.cleaned_data["name"].split())


class ContactAboutForm(forms.Form):
    """What a letter is about, from its address: a session, an error on the page, people to hire."""

    objet = forms.ChoiceField(choices=[("erreur", _("erreur")), ("recrutement", _("recrutement"))], required=False)
    session = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    @property
    def about_error(self) -> bool:
        return self.is_valid() and self.cleaned_data["objet"] == "erreur"

    @property
    def first_words(self) -> str:
        """What the letter begins with, for the person to complete; empty where the reason calls for nothing."""
        if not (self.is_valid() and self.cleaned_data["objet"] == "recrutement"):
            return ""
        return gettext(
            "Bonjour,\n\nNous recrutons, et votre formation prépare à notre poste. Pouvons-nous rencontrer les "
            "personnes que vous formez ?\n\nLe poste : "
        )

    @property
    def session_number(self) -> int | None:
        return self.cleaned_data["session"] if self.is_valid() else None


class CoursesField(forms.Field):
    """Numbers of courses, each once, in the order given; what is no number is left out, and said."""

    widget = forms.MultipleHiddenInput

    def clean(self, value) -> tuple[int, ...]:
        asked = list(dict.fromkeys(str(each) for each in (value or [])[:MOST_VALUES]))
        kept = tuple(int(each) for each in asked if COURSE_NUMBER.fullmatch(each))
        if len(kept) < len(asked):
            said = gettext("Un numéro de formation de cette adresse n’existe pas : il n’est pas compté.")
            raise PartlyUnderstood(said, kept=kept, code="unknown")
        return kept


class ComparedForm(ForgivingForm):
    """Which courses somebody wants side by side."""

    f = CoursesField(required=False)


class BodyForm(ForgivingForm):
    """What one may ask of the lists of bodies and CFA."""

    q = ShortTextField(label=_("Nom"), longest=80, required=False)
    departement = KnownChoicesField(label=_("Département"), required=False)
    page = PageField(last=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["departement"]
        departments.choices = list(Department.objects.values_list("code", "name"))


class PageForm(ForgivingForm):
    """Which page of a list."""

    page = PageField(last=200, required=False)


class SuggestionForm(forms.Form):
    """The button of the panel of proposals that was pressed: "accept-code-12"."""

    decision = forms.CharField(max_length=40)

    def clean_decision(self) -> tuple[str, str, int]:
        """The verb, whether of a code or a skill, and its number."""
        found = SUGGESTION_DECISION.fullmatch(self.cleaned_data["decision"])
        if not found:
            raise ValidationError(_("Choisissez un bouton du panneau."), code="unknown")
        return found["verb"], found["kind"], int(found["number"])

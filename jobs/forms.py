"""The orientation's questions: text in, answers out. A broken value gets a sentence, the others still count."""

import datetime
import re

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from courses.enums import Audience
from courses.forms import PlaceField, PlaceUnclear, place_text
from jobs.answers import REMOTE_NO, REMOTE_ONLY, REMOTE_YES, Answers
from jobs.matching.engine import COLUMNS
from portal.reference.enums import Level
from portal.reference.models import JobProfile, Occupation, Skill

MOST_SKILLS = 120
# the page of paths, which asks for limits of its own
PATHS = 5
# a date outside these is a slip of the keyboard
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
HELD = re.compile(r"([a-z0-9-]{1,60})-([0-3])")
REACHES = [("", _("Toute l’Occitanie")), *((str(km), _("%(km)s km") % {"km": km}) for km in (10, 30, 50, 100))]
REMOTES = [
    (REMOTE_YES, _("Oui, pourquoi pas")),
    (REMOTE_NO, _("Non, je préfère aller sur place")),
    (REMOTE_ONLY, _("Oui, et seulement à distance")),
]


class HeldSkillsField(forms.Field):
    """Repeated `code-level` parameters → tuple of (code, level); unknown skills are left out, with a sentence."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "many": _("Donnez au plus %(most)s compétences.") % {"most": MOST_SKILLS},
        "broken": _("Une compétence de l’adresse n’est pas lisible : cochez-la de nouveau."),
    }

    def clean(self, value) -> tuple[tuple[str, int], ...]:
        said = [raw for raw in value or [] if raw]
        if len(said) > MOST_SKILLS:
            raise forms.ValidationError(self.error_messages["many"], code="many")
        levels: dict[str, int] = {}
        for raw in said:
            found = HELD.fullmatch(raw)
            if found is None:
                raise forms.ValidationError(self.error_messages["broken"], code="broken")
            levels[found[1]] = max(int(found[2]), levels.get(found[1], 0))
        known = set(Skill.objects.filter(code__in=levels).values_list("code", flat=True))
        return tuple((code, level) for code, level in levels.items() if code in known)


class OrientationForm(forms.Form):
    """Every parameter of the orientation's address, bounded."""

    but = forms.CharField(
        label=_("Un métier, une envie, ou une phrase"),
        help_text=_("Par exemple : « je suis comptable à Rodez, je veux travailler dans la donnée »."),
        max_length=200,
        required=False,
    )
    metier = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)
    rome = forms.RegexField(r"^[A-N][0-9]{4}$", required=False, widget=forms.HiddenInput)
    depuis = forms.CharField(
        label=_("Votre métier d’aujourd’hui, ou le dernier"),
        help_text=_("Par exemple : comptable, aide-soignante, conducteur routier."),
        max_length=120,
        required=False,
    )
    ancien = forms.RegexField(r"^[A-N][0-9]{4}$", required=False, widget=forms.HiddenInput)
    sais = HeldSkillsField(required=False)
    lieu = PlaceField(label=_("Où habitez-vous ?"), help_text=_("Ville ou code postal."), required=False)
    rayon = forms.TypedChoiceField(
        label=_("Jusqu’où pouvez-vous aller ?"), choices=REACHES, coerce=int, empty_value=None, required=False
    )
    distance = forms.ChoiceField(label=_("À distance, cela vous va ?"), choices=REMOTES, required=False)
    apres = forms.DateField(
        label=_("Disponible à partir du"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    avant = forms.DateField(
        label=_("Commencer au plus tard le"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    niveau = forms.TypedChoiceField(
        label=_("Votre diplôme le plus élevé"),
        choices=[("", _("Je préfère ne pas le dire")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    budget = forms.IntegerField(
        label=_("Au plus, de votre poche (en euros)"),
        help_text=_("0 : seulement ce qui ne vous coûte rien. Laissez vide si vous ne savez pas."),
        min_value=0,
        max_value=100_000,
        required=False,
    )
    public = forms.ChoiceField(
        label=_("Votre situation"),
        choices=[(value, capfirst(label)) for value, label in Audience.choices],
        required=False,
    )

    fin = forms.DateField(
        label=_("Formé au plus tard le"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    heures = forms.IntegerField(
        label=_("Au plus, en heures de formation"), min_value=1, max_value=10_000, required=False
    )
    etapes = forms.TypedChoiceField(
        label=_("Formations à la suite"),
        choices=[("", _("Trois au plus")), ("4", _("Quatre au plus")), ("2", _("Deux au plus")), ("1", _("Une seule"))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    tri = forms.ChoiceField(choices=[("", ""), *((column, column) for column in COLUMNS)], required=False)

    STEPS = {
        1: ["but"],
        2: ["depuis"],
        3: ["lieu", "rayon", "distance", "apres", "avant", "niveau", "budget", "public"],
        PATHS: ["fin", "heures", "etapes"],
    }

    def clean_metier(self) -> JobProfile | None:
        slug = self.cleaned_data["metier"]
        return _known(JobProfile.objects.shown().filter(slug=slug), slug, _("Ce métier n’existe plus ici."))

    def clean_rome(self) -> Occupation | None:
        return self._occupation("rome")

    def clean_ancien(self) -> Occupation | None:
        return self._occupation("ancien")

    def _occupation(self, name: str) -> Occupation | None:
        code = self.cleaned_data[name]
        return _known(Occupation.objects.filter(code=code), code, _("Ce code ROME n’est pas connu."))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in ("apres", "avant", "fin"):
            if cleaned.get(name) and not FIRST_DAY <= cleaned[name] <= LAST_DAY:
                self.add_error(name, _("Choisissez une date entre 2000 et 2100."))
        after, before = cleaned.get("apres"), cleaned.get("avant")
        if after and before and before < after:
            self.add_error("avant", _("Choisissez une date après votre première disponibilité."))
        ends = cleaned.get("fin")
        if after and ends and ends < after:
            self.add_error("fin", _("Choisissez une fin après votre première disponibilité."))
        return cleaned

    def places_to_choose(self) -> list[tuple[str, str]]:
        """(name, what to write in `lieu` to mean it) of the communes that answer an unclear place."""
        unclear = [error for error in self.errors.as_data().get("lieu", []) if isinstance(error, PlaceUnclear)]
        return [
            (commune.full_name, place_text(commune, error.communes)) for error in unclear for commune in error.communes
        ]

    def answers(self) -> Answers:
        """What could be understood; call is_valid() first. `problems` says what was left out."""
        said = self.cleaned_data
        return Answers(
            goal_text=said.get("but", ""),
            profile=said.get("metier"),
            occupation=None if said.get("metier") else said.get("rome"),
            former_text=said.get("depuis", ""),
            former=said.get("ancien"),
            held=said.get("sais", ()),
            commune=said.get("lieu"),
            reach_km=said.get("rayon"),
            remote=said.get("distance") or REMOTE_YES,
            starts_after=said.get("apres"),
            starts_before=said.get("avant"),
            level=said.get("niveau"),
            budget_euros=said.get("budget"),
            audience=said.get("public") or Audience.JOBSEEKER,
            ends_by=said.get("fin"),
            hours=said.get("heures"),
            steps=said.get("etapes"),
            sort=said.get("tri", ""),
            problems=tuple(str(error) for errors in self.errors.values() for error in errors),
        )


class NamedForm(forms.Form):
    """A course that somebody expected among the answers, by its title or its address."""

    formation = forms.CharField(
        label=_("Son intitulé, ou l’adresse de sa page"),
        help_text=_("Nous dirons son rang, ou ce qui l’écarte."),
        max_length=200,
        required=False,
    )


# « Pourquoi suis-je là ? »: in a search, or among the recommendations for a job
BY_SEARCH, BY_JOB = "recherche", "metier"


class WhyForm(forms.Form):
    """Which of its two questions the page is asked."""

    selon = forms.ChoiceField(choices=[(BY_SEARCH, BY_SEARCH), (BY_JOB, BY_JOB)], required=False)

    @property
    def way(self) -> str:
        """As the address says; one that only names a job, words or a place is understood too. Empty: none yet."""
        said = self.cleaned_data["selon"] if self.is_valid() else ""
        if said or not {"q", "lieu", "rayon", "metier"} & self.data.keys():
            return said
        return BY_JOB if "metier" in self.data else BY_SEARCH


class JobAskedForm(forms.Form):
    """A job and a town, as somebody who confirms that job and says nothing else."""

    metier = forms.ChoiceField(
        label=_("Métier"),
        error_messages={
            "required": _("Choisissez un métier."),
            "invalid_choice": _("Ce métier n’existe pas ou n’existe plus : choisissez-en un autre."),
        },
    )
    lieu = PlaceField(label=_("Ville ou code postal"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["metier"].choices = list(JobProfile.objects.shown().values_list("slug", "name"))  # type: ignore[attr-defined]

    def answers(self) -> Answers:
        """Call is_valid() first."""
        profile = JobProfile.objects.shown().get(slug=self.cleaned_data["metier"])
        return Answers(profile=profile, commune=self.cleaned_data["lieu"])


def _known(rows, code, sentence):
    """The row of that code, None where nothing was asked; a sentence where it is not known."""
    if not code:
        return None
    found = rows.first()
    if found is None:
        raise forms.ValidationError(sentence, code="unknown")
    return found


class PoolMemberForm(forms.Form):
    """The button that an employer pressed on the page of its place in a pool."""

    act = forms.ChoiceField(choices=[("leave", _("ne plus y compter")), ("come_back", _("y compter de nouveau"))])

"""The page of the post: a title, the job it names, and its skills, one line each, without a script."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.employers.answers import Target, Wanted, What
from jobs.employers.wanted import MOST_SKILLS, skill_called, target_of_profile
from portal.reference.enums import Importance, Level, SkillLevel
from portal.reference.models import JobProfile, Skill

NONE_OF_THEM = "aucun"
NOT_ASKED = ""


class WhatForm(forms.Form):
    """`known` is the page as it was left: without it only the title is asked."""

    title = forms.CharField(
        label=_("Intitulé du poste"),
        min_length=4,
        max_length=120,
        help_text=_("Avec vos mots : « technicienne de données », « développeur vision par ordinateur »."),
        error_messages={
            "required": _("Écrivez l’intitulé du poste."),
            "min_length": _("Écrivez un intitulé plus long : quatre lettres au moins."),
            "max_length": _("Écrivez un intitulé plus court : 120 signes au plus."),
        },
    )
    description = forms.CharField(
        label=_("En quelques phrases"),
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que fera la personne. Sans téléphone ni adresse : les candidats vous écrivent par le portail."),
        error_messages={"max_length": _("Écrivez un texte plus court : 3 000 signes au plus.")},
    )
    level = forms.TypedChoiceField(
        label=_("Niveau souhaité"),
        choices=[("", _("Peu importe")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )

    def __init__(self, *args, known: What | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.rows: list[tuple[Skill, str, str]] = []
        if known is not None:
            self._add_job(known)
            self._add_skills(known.skills)

    def _add_job(self, known: What) -> None:
        choices = [(each.key, each.label) for each in known.proposals]
        self.fields["target"] = forms.ChoiceField(
            label=_("Quel métier est-ce ?"),
            choices=[*choices, (NONE_OF_THEM, _("Aucun de ceux-là"))],
            widget=forms.RadioSelect,
            initial=known.target or NONE_OF_THEM,
            error_messages={
                "required": _("Choisissez un métier, ou « Aucun de ceux-là »."),
                "invalid_choice": _("Choisissez dans la liste."),
            },
        )
        profiles = JobProfile.objects.shown().order_by("name").values_list("slug", "name")
        self.fields["other"] = forms.ChoiceField(
            label=_("Ou un autre métier de l’IA"),
            choices=[("", _("–")), *profiles],
            required=False,
            error_messages={"invalid_choice": _("Choisissez dans la liste.")},
        )
        self.fields["more"] = forms.CharField(
            label=_("Ajouter une compétence"), required=False, max_length=120, help_text=_("Par exemple : Python.")
        )

    def _add_skills(self, wanted: Iterable[Wanted]) -> None:
        said = {each.code: each for each in wanted}
        labels = Skill.objects.in_bulk(list(said), field_name="code")
        for code, each in said.items():
            if code not in labels:
                continue
            how, level = f"c-{code}", f"n-{code}"
            self.fields[how] = forms.ChoiceField(
                label=labels[code].label,
                choices=[*Importance.choices, (NOT_ASKED, _("pas demandée"))],
                initial=each.importance,
                required=False,
            )
            self.fields[level] = forms.TypedChoiceField(
                label=_("Niveau attendu"), choices=SkillLevel.choices, coerce=int, initial=each.level, empty_value=None,
                required=False,
            )  # fmt: skip
            self.rows.append((labels[code], how, level))

    @property
    def lines(self) -> list[tuple]:
        """(skill, its importance as a bound field, its level as a bound field)."""
        return [(skill, self[how], self[level]) for skill, how, level in self.rows]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    @property
    def chosen(self) -> Target | None:
        """The job that a valid form names; None for none of them."""
        said = self.cleaned_data
        if said.get("other"):
            return target_of_profile(said["other"])
        known = self.known.proposals if self.known else ()
        return next((each for each in known if each.key == said.get("target")), None)

    def skills(self) -> tuple[Wanted, ...]:
        """The lines that are asked for, with what `more` adds. An unknown name is an error of the form."""
        said = self.cleaned_data
        kept = [
            Wanted(skill.code, said[how], said[level] or SkillLevel.PRACTICE.value)
            for skill, how, level in self.rows
            if said.get(how)
        ]
        added = self._added()
        if added is not None and added.code not in {each.code for each in kept}:
            kept.append(Wanted(added.code, Importance.ESSENTIAL.value, SkillLevel.PRACTICE.value))
        if len(kept) > MOST_SKILLS:
            self.add_error("more", _("Gardez vingt-cinq compétences au plus : retirez les moins utiles."))
        return tuple(kept)

    def _added(self) -> Skill | None:
        text = self.cleaned_data.get("more", "")
        if not text:
            return None
        skill, near = skill_called(text)
        if skill is None and near:
            names = ", ".join(f"« {each.label} »" for each in near)
            self.add_error("more", _("Compétence inconnue ici. Cherchiez-vous %(names)s ?") % {"names": names})
        elif skill is None:
            self.add_error("more", _("Compétence inconnue ici : dites-la dans la description du poste."))
        return skill

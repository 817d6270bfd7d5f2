"""The four pages: text in, values out; every error says what to do."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms import PlaceField, PlaceUnclear, place_text
from jobs.employers.answers import Commitments, How, Who
from jobs.employers.register import Company
from jobs.enums import Commitment, Contract
from jobs.models.need import HIGHEST_SALARY, LOWEST_SALARY, MOST_POSTS
from portal.accounts.codes import SEPARATORS
from portal.accounts.models import check_siret
from portal.reference.models import Commune
from portal.web.clock import today
from portal.web.trap import TrappedForm

REMOTE, ON_SITE = "oui", "non"
FARTHEST_YEARS = 3


class WhoForm(TrappedForm):
    siret = forms.CharField(
        label=_("SIRET de l’établissement qui recrute"),
        max_length=40,
        help_text=_("14 chiffres, avec ou sans espaces. Il est sur vos factures."),
        error_messages={"required": _("Écrivez le SIRET : 14 chiffres.")},
    )
    company = forms.CharField(
        label=_("Nom de l’entreprise"),
        max_length=250,
        required=False,
        help_text=_("Laissez vide : le registre des entreprises nous le dit."),
    )
    person = forms.CharField(
        label=_("Votre prénom et votre nom"), max_length=150, error_messages={"required": _("Écrivez votre nom.")}
    )
    email = forms.EmailField(
        label=_("Votre adresse électronique professionnelle"),
        max_length=254,
        help_text=_("Jamais affichée. Un code y part à la fin, à la place d’un mot de passe."),
        error_messages={
            "required": _("Écrivez votre adresse électronique."),
            "invalid": _("Écrivez une adresse complète, comme nom@domaine.fr."),
        },
    )

    def clean_siret(self) -> str:
        siret = SEPARATORS.sub("", self.cleaned_data["siret"])
        check_siret(siret)
        return siret

    def clean_company(self) -> str:
        return " ".join(self.cleaned_data["company"].split())

    def clean_person(self) -> str:
        """One line: the name goes into mails."""
        return " ".join(self.cleaned_data["person"].split())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def who(self, found: Company) -> Who | None:
        """What a valid form says, with what the register found; None, with an error, where nobody says the name."""
        said = self.cleaned_data
        name = found.name or said["company"]
        if not name:
            self.add_error(
                "company",
                _("Le registre ne nous a pas dit ce nom : écrivez-le. Un agent vérifiera, cela n’arrête rien."),
            )
            return None
        return Who(company=found, name=name, person=said["person"], email=said["email"])

    @staticmethod
    def initial_of(who: Who | None) -> dict[str, str]:
        if who is None:
            return {}
        typed = "" if who.company.name else who.name
        return {"siret": who.company.siret, "company": typed, "person": who.person, "email": who.email}


class HowForm(forms.Form):
    headcount = forms.IntegerField(
        label=_("Combien de personnes cherchez-vous ?"),
        min_value=1,
        max_value=MOST_POSTS,
        initial=1,
        error_messages={
            "required": _("Écrivez un nombre, 1 par exemple."),
            "invalid": _("Écrivez un nombre en chiffres, 1 par exemple."),
            "min_value": _("Écrivez au moins 1."),
            "max_value": _("Écrivez %(limit_value)s au plus. Pour davantage, faites plusieurs besoins."),
        },
    )
    contract = forms.ChoiceField(
        label=_("Contrat"),
        choices=[("", _("Choisissez")), *Contract.choices],
        error_messages={"required": _("Choisissez un contrat."), "invalid_choice": _("Choisissez dans la liste.")},
    )
    place = PlaceField(
        label=_("Où ?"),
        required=False,
        help_text=_("Ville ou code postal en Occitanie. Laissez vide si tout se fait à distance."),
    )
    remote = forms.ChoiceField(
        label=_("À distance ?"),
        required=False,
        choices=[("", _("En partie, ou à voir")), (ON_SITE, _("Non, sur place")), (REMOTE, _("Oui, entièrement"))],
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )
    wished_on = forms.DateField(
        label=_("À partir de quand ?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Cette date n’existe pas : choisissez-la dans le calendrier.")},
    )
    salary_min = forms.IntegerField(
        label=_("Salaire brut par an, au moins (en euros)"),
        required=False,
        min_value=LOWEST_SALARY,
        max_value=HIGHEST_SALARY,
    )
    salary_max = forms.IntegerField(
        label=_("Au plus"), required=False, min_value=LOWEST_SALARY, max_value=HIGHEST_SALARY
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("salary_min", "salary_max"):
            self.fields[name].error_messages |= {
                "invalid": _("Écrivez un nombre d’euros, sans centimes."),
                "min_value": _("Un salaire par an : %(limit_value)s euros au moins."),
                "max_value": _("Un salaire par an : %(limit_value)s euros au plus."),
            }

    def clean_wished_on(self) -> datetime.date | None:
        day = self.cleaned_data["wished_on"]
        now = today()
        if day and day < now:
            raise forms.ValidationError(_("Cette date est passée : choisissez-en une à venir."), code="past")
        if day and day.year > now.year + FARTHEST_YEARS:
            raise forms.ValidationError(_("Choisissez une date dans les trois ans."), code="far")
        return day

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        lowest, highest = cleaned.get("salary_min"), cleaned.get("salary_max")
        if lowest and highest and highest < lowest:
            self.add_error("salary_max", _("Le plus haut salaire est plus bas que l’autre : échangez-les."))
        if not cleaned.get("place") and "place" not in self.errors and cleaned.get("remote") != REMOTE:
            self.add_error("place", _("Écrivez la ville du poste, ou dites que tout se fait à distance."))
        return cleaned

    def places_to_choose(self) -> list[str]:
        """What to write to mean each of the communes that answer an unclear place."""
        unclear = [error for error in self.errors.as_data().get("place", []) if isinstance(error, PlaceUnclear)]
        return [place_text(commune, error.communes) for error in unclear for commune in error.communes]

    def how(self) -> How:
        said = self.cleaned_data
        return How(
            headcount=said["headcount"],
            contract=said["contract"],
            insee=said["place"].insee if said["place"] else "",
            is_remote={REMOTE: True, ON_SITE: False}.get(said["remote"]),
            wished_on=said["wished_on"].isoformat() if said["wished_on"] else "",
            salary_min=said["salary_min"],
            salary_max=said["salary_max"],
        )

    @staticmethod
    def initial_of(how: How | None, insee: str) -> dict[str, object]:
        """The page as it was left; new, the town of the company."""
        said = how or How(headcount=1, contract="", insee=insee)
        commune = Commune.objects.filter(insee=said.insee).first() if said.insee else None
        return {
            "headcount": said.headcount,
            "contract": said.contract,
            "place": place_text(commune) if commune else "",
            "remote": {True: REMOTE, False: ON_SITE}.get(said.is_remote, "") if said.is_remote is not None else "",
            "wished_on": said.wished_on,
            "salary_min": said.salary_min,
            "salary_max": said.salary_max,
        }


class CommitmentForm(forms.Form):
    said = forms.MultipleChoiceField(
        label=_("Ce que vous feriez"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien n’est promis : cela aide à monter des formations pour vous."),
        choices=[
            (Commitment.WOULD_HIRE.value, _("Embaucher après une formation")),
            (Commitment.APPRENTICES.value, _("Prendre des apprentis")),
            (Commitment.SHARED_GROUP.value, _("Partager un groupe de formation avec d’autres employeurs")),
            (Commitment.PAYS_PART.value, _("Payer une partie de la formation")),
        ],
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )
    may_be_named = forms.BooleanField(
        label=_("J’accepte que le nom de l’entreprise soit montré avec ce besoin"), required=False
    )

    def commitments(self) -> Commitments:
        order = list(Commitment.values)
        said = sorted(self.cleaned_data["said"], key=order.index)
        return Commitments(tuple(said), self.cleaned_data["may_be_named"])

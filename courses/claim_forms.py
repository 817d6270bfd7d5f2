"""What a person writes to claim an organisation: its number, who they are, a proof, a code."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.claim_document import MOST_BYTES, Proof, read_proof
from courses.claim_lookup import Found
from courses.claims import Asking
from courses.enums import ClaimWay
from portal.accounts import codes
from portal.accounts.codes import SEPARATORS
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import User
from portal.reference.numbers import luhn_is_right
from portal.web.trap import TrappedForm


class NumberForm(forms.Form):
    """A SIRET or an activity number, written with or without spaces."""

    numero = forms.CharField(
        label=_("SIRET ou numéro de déclaration d’activité (NDA)"),
        max_length=40,
        help_text=_("14 chiffres pour un SIRET, 11 pour un NDA."),
        error_messages={"required": _("Écrivez un SIRET ou un NDA.")},
    )

    def clean_numero(self) -> str:
        number = SEPARATORS.sub("", self.cleaned_data["numero"])
        if not re.fullmatch(r"[0-9]{14}|[0-9]{11}", number):
            raise forms.ValidationError(
                _("Écrivez les 14 chiffres du SIRET ou les 11 chiffres du NDA, et rien d’autre."), code="shape"
            )
        if len(number) == 14 and not luhn_is_right(number):
            raise forms.ValidationError(_("Ce SIRET n’existe pas : vérifiez chaque chiffre."), code="siret")
        return number


class ClaimForm(TrappedForm):
    """Who asks, and how they prove it. Somebody who is signed in is asked neither name nor address."""

    name = forms.CharField(
        label=_("Votre prénom et votre nom"), max_length=150, error_messages={"required": _("Écrivez votre nom.")}
    )
    email = forms.EmailField(
        label=_("Votre adresse électronique professionnelle"),
        max_length=254,
        help_text=_("Votre compte s’ouvre à cette adresse. Exemple : nom@domaine.fr"),
        error_messages={
            "required": _("Écrivez votre adresse électronique."),
            "invalid": _("Écrivez une adresse complète, comme nom@domaine.fr."),
        },
    )
    way = forms.ChoiceField(
        label=_("Comment montrer que c’est votre organisme"),
        choices=[
            (ClaimWay.CODE.value, _("Un code envoyé à l’organisme")),
            (ClaimWay.AGENT.value, _("Un document lu par un agent")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "Le code part à l’adresse qu’une source sûre donne pour l’organisme, si le portail en connaît une. Sinon, "
            "joignez un document : un agent de la Région l’examine."
        ),
        error_messages={"required": _("Choisissez une des deux façons.")},
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_(
            "Un extrait Kbis, un récépissé de déclaration d’activité, une lettre signée. PDF, JPEG ou PNG, 5 Mo au "
            "plus."
        ),
        error_messages={"empty": _("Ce fichier est vide.")},
    )

    def __init__(self, *args, user: User | None, found: Found, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if found.is_by_document_only:
            self._by_document_only(is_cfa=OrganisationKind.CFA in found.kinds)
        self.proof: Proof | None = None
        if user is not None:
            del self.fields["name"], self.fields["email"]

    def _by_document_only(self, *, is_cfa: bool) -> None:
        """One way is left: it is chosen already, and the document is said to be needed."""
        way: Any = self.fields["way"]
        way.choices, way.initial = [(ClaimWay.AGENT.value, _("Un document lu par un agent"))], ClaimWay.AGENT.value
        way.help_text = _("Aucune adresse sûre n’est connue : un code ne peut partir. Un agent lit votre document.")
        way.error_messages["invalid_choice"] = _("Un code ne peut partir : joignez un document.")
        self.fields["document"].required = True
        self.fields["document"].error_messages["required"] = _("Joignez un document : un agent l’examinera.")
        if is_cfa:
            self.fields["document"].help_text = _(
                "Un seul suffit : la décision d’ouverture du CFA avec son code UAI, son récépissé de déclaration "
                "d’activité, ou une lettre à en-tête, signée de la direction, qui vous nomme. PDF, JPEG ou PNG, 5 Mo "
                "au plus."
            )

    def clean_name(self) -> str:
        """One line: the name goes into mails."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_document(self):
        """Read once, and told by its content; the name it came with is forgotten."""
        sent = self.cleaned_data["document"]
        if sent is None:
            return
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 5 Mo : réduisez-le ou envoyez-en un autre."), code="size")
        self.proof = read_proof(sent)
        if self.proof is None:
            raise forms.ValidationError(
                _("Ce fichier n’est pas un PDF, un JPEG ou un PNG entier : vérifiez qu’il s’ouvre."), code="kind"
            )
        return

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == ClaimWay.AGENT and self.proof is None and "document" not in self.errors:
            self.add_error("document", forms.ValidationError(_("Joignez un document : un agent l’examinera.")))
        return cleaned

    def asking(self) -> Asking:
        """What a valid form says; a document that goes with the choice of a code is left out."""
        said = self.cleaned_data
        way = said["way"]
        return Asking(
            name=self.user.get_full_name()[:150] if self.user else said["name"],
            email=self.user.email.lower() if self.user else said["email"],
            way=way,
            proof=self.proof if way == ClaimWay.AGENT else None,
            user=self.user,
        )


class CodeForm(codes.CodeForm):
    """The code comes to the organisation, not to who types it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Écrivez le code reçu à l’adresse de l’organisme.")

"""The verbs of moderation in French: as a history says them, as a letter tells them."""

from django.utils.translation import gettext_lazy as _

# what happened to a row, in a history
SAID = {
    "submit": _("soumise"),
    "approve": _("publiée"),
    "ask_changes": _("corrections demandées"),
    "withdraw": _("retirée"),
    "quarantine": _("mise en quarantaine"),
    "release": _("sortie de quarantaine, publiée"),
    "resubmit": _("sortie de quarantaine, à modérer"),
    "archive": _("archivée"),
    "reopen": _("rouverte en brouillon"),
    "propose": _("modification proposée"),
    "accept_proposal": _("modification acceptée"),
    "refuse_proposal": _("modification refusée"),
    "revise": _("nouvelle version approuvée"),
    "publish_trusted": _("publiée par une source de confiance"),
    "undo": _("décision annulée"),
    "accept_suggestion": _("code accepté"),
    "refuse_suggestion": _("code refusé"),
}
# what the members of the owner read: the subject, then the sentence
TOLD = {
    "approve": (_("Fiche publiée"), _("Votre fiche est publiée : le public peut la lire.")),
    "ask_changes": (
        _("Corrections demandées"),
        _("Votre fiche attend des corrections avant d'être publiée. Corrigez-la, puis soumettez-la de nouveau."),
    ),
    "withdraw": (_("Fiche retirée"), _("Votre fiche a été retirée : le public ne la voit plus.")),
    "quarantine": (
        _("Fiche en quarantaine"),
        _("Votre fiche n'est plus montrée au public, le temps d'une vérification. Un agent reviendra vers vous."),
    ),
    "release": (_("Fiche de nouveau publiée"), _("La vérification est terminée : votre fiche est de nouveau publiée.")),
    "resubmit": (
        _("Fiche à relire"),
        _("La vérification est terminée : votre fiche sera relue avant d'être publiée."),
    ),
    "accept_proposal": (
        _("Modification acceptée"),
        _("La modification que vous aviez proposée est acceptée : elle est en ligne."),
    ),
    "refuse_proposal": (
        _("Modification refusée"),
        _("La modification que vous aviez proposée est refusée : la fiche reste comme elle était."),
    ),
    "undo": (_("Décision annulée"), _("La dernière décision sur votre fiche est annulée.")),
}


def said(verb: str) -> str:
    """A verb as a history says it; the word itself where nobody named it."""
    return str(SAID.get(verb, verb))

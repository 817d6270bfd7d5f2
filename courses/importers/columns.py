"""The columns of a table of courses: their names, what else people call them, and what to write in them.

A line is a session of an offering of a course. Lines with the same `numero`, or the same body and title, are one
course; those with the same `numero_action`, or the same place and modality, one offering of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """`also` are other headers, as `header_key` writes them; `example` is what the model shows."""

    name: str
    help: Promise
    example: str = ""
    also: tuple[str, ...] = ()
    is_required: bool = False


COLUMNS = (
    Column("titre", _("Intitulé de la formation."), "Découvrir l'IA", ("intitule", "intitule_formation"), True),
    Column("organisme", _("Nom de l'organisme responsable."), "OF Exemple", ("nom_organisme", "raison_sociale"), True),
    Column("siret", _("SIRET de l'organisme : 14 chiffres."), "73282932000074", ("siret_organisme", "n_siret"), True),
    Column("code_postal", _("Code postal du lieu : 5 chiffres."), "31000", ("cp", "codepostal"), True),
    Column("ville", _("Ville du lieu."), "Toulouse", ("commune", "lieu_ville"), True),
    Column("duree_heures", _("Durée totale en heures."), "35",
           ("heures", "nombre_heures_total", "volume_horaire"), True),
    Column("date_debut", _("Premier jour : JJ/MM/AAAA ou AAAA-MM-JJ ; MM/AAAA si le jour est inconnu ; vide si "
           "rien n'est fixé."), "04/01/2027", ("debut", "date_de_debut", "date_debut_session"), True),
    Column("date_fin", _("Dernier jour, écrit comme le premier."), "08/01/2027",
           ("fin", "date_de_fin", "date_fin_session"), True),
    Column("prix", _("Prix total TTC en euros, par exemple 1 200,50 ; 0 si c'est gratuit ; vide si inconnu."),
           "1 200,50", ("prix_ttc", "tarif", "cout", "prix_total_ttc"), True),
    Column("url", _("Page de la formation sur votre site."), "https://of.example/ia", ("lien", "site", "page"), True),
    Column("courriel", _("Adresse qui reçoit les messages ; jamais affichée."), "contact@of.example",
           ("email", "e_mail", "mail", "courriel_contact"), True),
    Column("description", _("À quoi sert la formation, en quelques phrases."), "Comprendre ce que l'IA sait faire.",
           ("objectif", "objectif_formation", "objectifs", "resume"), True),
    Column("numero", _("Votre numéro de la formation : c'est par lui qu'elle est reconnue la fois suivante."), "IA-01",
           ("numero_formation", "reference", "code_formation", "id")),
    Column("numero_action", _("Votre numéro de l'action (un lieu, un rythme)."), "IA-01-TLS", ("id_action",)),
    Column("numero_session", _("Votre numéro de la session."), "IA-01-TLS-1", ("id_session", "session")),
    Column("nda", _("Numéro de déclaration d'activité : 11 chiffres."), "", ("numero_activite",)),
    Column("lieu", _("Nom du lieu."), "Campus du Canal", ("nom_lieu", "denomination_lieu")),
    Column("adresse", _("Rue et numéro du lieu."), "12 allée des Platanes", ("rue", "adresse_lieu")),
    Column("code_insee", _("Code INSEE de la commune du lieu."), "31555", ("insee", "code_commune")),
    Column("modalite", _("Sur place, mixte ou à distance."), "sur place", ("modalite_enseignement", "format")),
    Column("rythme", _("Temps plein, temps partiel, en soirée, en alternance…"), "temps plein", ("rythme_formation",)),
    Column("entrees", _("À dates fixes, ou permanentes."), "à dates fixes", ("entrees_sorties", "modalites_entrees")),
    Column("places", _("Nombre de places de la session."), "12", ("capacite", "effectif", "nombre_places")),
    Column("inscription_debut", _("Premier jour des inscriptions."), "", ("ouverture_inscriptions",)),
    Column("inscription_fin", _("Dernier jour des inscriptions."), "", ("cloture_inscriptions", "date_limite")),
    Column("recrutement", _("Ouvert, fermé ou suspendu."), "ouvert", ("etat_recrutement", "inscriptions")),
    Column("reste_a_payer", _("Ce qui reste à payer à la personne formée, en euros."), "0",
           ("reste_a_charge", "frais_restants")),
    Column("financable", _("Une prise en charge est possible : oui ou non."), "oui",
           ("prise_en_charge", "prise_en_charge_possible", "eligible")),
    Column("financeurs", _("Séparés par des virgules : région, France Travail, CPF, OPCO, Transitions Pro, Agefiph, "
           "employeur, État, personnel, autre."), "région, CPF", ("financeur", "financements", "financement")),
    Column("conditions_financement", _("La prise en charge, en clair."), "", ("detail_financement",)),
    Column("certifiante", _("Mène à une certification : oui ou non."), "oui", ("est_certifiante", "certification")),
    Column("rncp", _("Numéros RNCP, séparés par des virgules."), "38777", ("code_rncp", "n_rncp", "fiche_rncp")),
    Column("rs", _("Numéros du Répertoire spécifique, séparés par des virgules."), "", ("code_rs", "n_rs")),
    Column("niveau_entree", _("Niveau demandé : 0 (aucun) à 8, ou bac, bac+2, bac+3, bac+5…"), "4",
           ("niveau_d_entree", "niveau_requis")),
    Column("niveau_sortie", _("Niveau obtenu, écrit comme le niveau d'entrée."), "", ("niveau_de_sortie", "niveau")),
    Column("heures_centre", _("Heures en centre."), "35", ("nombre_heures_centre",)),
    Column("heures_entreprise", _("Heures en entreprise."), "0", ("nombre_heures_entreprise", "heures_stage")),
    Column("duree", _("La durée, en clair."), "5 jours", ("duree_indicative",)),
    Column("programme", _("Ce qu'on y apprend."), "- Les mots de l'IA", ("contenu", "contenu_formation")),
    Column("competences", _("Compétences visées, séparées par des virgules."), "Python, SQL", ("competences_visees",)),
    Column("resultats", _("Ce qu'on obtient, et après."), "", ("resultats_attendus", "debouches")),
    Column("public", _("À qui la formation s'adresse."), "Tout public", ("public_vise", "publics")),
    Column("prerequis", _("Ce qu'il faut avant d'entrer."), "", ("conditions", "pre_requis", "conditions_specifiques")),
    Column("admission", _("Comment on est admis."), "", ("modalites_recrutement", "selection")),
    Column("pedagogie", _("Comment on apprend."), "", ("modalites_pedagogiques", "methodes")),
    Column("accessibilite", _("Accessible aux personnes handicapées : oui, non, ou une phrase."), "oui",
           ("handicap", "acces_handicapes")),
    Column("rome", _("Codes ROME, séparés par des virgules."), "M1405", ("code_rome", "codes_rome")),
    Column("formacode", _("Codes Formacode, séparés par des virgules."), "31028", ("code_formacode", "formacodes")),
    Column("nsf", _("Codes NSF, séparés par des virgules."), "326", ("code_nsf",)),
    Column("contact", _("Nom de la personne à qui écrire."), "", ("contact_nom", "nom_contact")),
    Column("telephone", _("Téléphone de l'organisme."), "05 36 49 00 11", ("tel", "contact_telephone")),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
REQUIRED = tuple(column.name for column in COLUMNS if column.is_required)
_SIGNS = re.compile(r"[^a-z0-9]+")


def header_key(header: str) -> str:
    """A header as it is compared: "Date de début *" is "date_de_debut"."""
    bare = unicodedata.normalize("NFKD", header[:300]).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub("_", bare).strip("_")[:120]


KNOWN = {header_key(word): column.name for column in COLUMNS for word in (column.name, *column.also)}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which field each column of a file holds, "" for none; and what is missing or not known."""

    headers: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in REQUIRED if name not in self.fields)

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a line by field; an empty cell is not there."""
        return {name: cell for name, cell in zip(self.fields, cells, strict=False) if name and cell.strip()}


def layout_of(headers: Iterable[str], said: Mapping[str, str] = {}) -> Layout:
    """Recognise headers: `said` first (header_key → field), then the portal's own words; each field once."""
    fields: list[str] = []
    kept = tuple(headers)
    for header in kept:
        key = header_key(header)
        name = said.get(key, KNOWN.get(key, ""))
        fields.append(name if name in BY_NAME and name not in fields else "")
    return Layout(kept, tuple(fields))

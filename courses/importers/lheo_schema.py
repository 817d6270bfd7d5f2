"""What LHEO 2.3 allows, written from its documented tree: 170 elements, their order, counts and values.

LHEO is the State's public language for exchanging training offers (http://lheo.gouv.fr). A file in 2.2 is held to
this same description: 2.3 renamed the namespace, added elements and loosened counts, and took nothing away.

`RULES[element]` says what an element may hold: `Sequence` (children in order), `Text`, `Whole`, `Code`, `Day`,
`Bag` (extras) or `Anything` (extra). Counts are read from a small notation: `x` once, `x?` at most once, `x*` any
number, `x+` at least once, `x{0,5}` between.
"""

import re
from dataclasses import dataclass

from courses.importers.lheo_tables import TABLES, entries

NAMESPACES = {"http://lheo.gouv.fr/2.3": "2.3", "http://www.lheo.org/2.2": "2.2"}
ROOTS = ("lheo", "lheo-index")

# Left of the colon, the elements that hold this sequence; "!" closes it, any other ends with extras*.
SEQUENCES = """
lheo: offres
offres: formation+
formation: domaine-formation intitule-formation objectif-formation resultats-attendus contenu-formation certifiante
  contact-formation+ parcours-de-formation code-niveau-entree objectif-general-formation? certification{0,5}
  code-type-formation{0,5} code-niveau-sortie? url-formation? action+ organisme-formation-responsable
  identifiant-module? positionnement? sous-modules? modules-prerequis?
domaine-formation: code-FORMACODE{0,5} code-NSF{0,3} code-ROME{0,5}
certification: code-RNCP? code-CERTIFINFO? code-RS? code-CPF? reference-code-FORMACODE?
reference-certification: reference-code-RNCP? reference-code-CERTIFINFO? reference-code-RS?
code-type-formation: code-CPF? code-ELU?
sous-modules: sous-module+
sous-module: reference-module type-module
modules-prerequis: reference-module+

action: rythme-formation code-public-vise{1,10} info-public-vise? niveau-entree-obligatoire modalites-alternance
  modalites-enseignement conditions-specifiques prise-en-charge-frais-possible lieu-de-formation*
  modalites-entrees-sorties url-action? duree-cycle? session+ adresse-information? date-information{0,3} restauration?
  hebergement? transport? acces-handicapes? langue-formation{0,5} modalites-recrutement? modalites-pedagogiques?
  code-modalite-pedagogique{0,5} equipement* frais-restants? code-perimetre-recrutement? infos-perimetre-recrutement?
  prix-horaire-TTC? prix-total-TTC? duree-indicative? nombre-heures-centre? nombre-heures-entreprise?
  nombre-heures-total? detail-conditions-prise-en-charge? conventionnement? duree-conventionnee? organisme-formateur*
  organisme-financeur{0,8} enseignement*
lieu-de-formation: SIRET-lieu-formation? code-UAI-lieu-formation? coordonnees
equipement: type-equipement cout-indicatif-equipement? commentaire?
enseignement: libelle-enseignement type-enseignement obligatoire commentaire?
organisme-formateur: SIRET-formateur raison-sociale-formateur contact-formateur* potentiel? code-UAI-formateur?
  reference-certification{0,5}
organisme-financeur: code-financeur nb-places-financees?

session: periode adresse-inscription modalites-inscription? periode-inscription? etat-recrutement? recrutement*
  url-session? contact-session* reference-certification{0,5} blocs-competences* cycle*
recrutement: modalite-recrutement code-perimetre-recrutement? infos-perimetre-recrutement? a-distance? adresse? urlweb?
  nb-places? periode? heure-debut? heure-fin? commentaire?
blocs-competences: validation-blocs reference-certification bloc-competences+
bloc-competences: libelle-bloc code-bloc
cycle: type-cycle annee-cycle* effectif-minimal? capacite-simultanee? capacite-cumulee? alternance?
alternance: type-alternance rythme-alternance?
rythme-alternance: unite-rythme-alternance unites-entreprise unites-centre
periode: debut fin
periode-inscription!: periode
date-information: date

organisme-formation-responsable: numero-activite SIRET-organisme-formation nom-organisme raison-sociale
  coordonnees-organisme contact-organisme+ renseignements-specifiques? potentiel? code-UAI-organisme-formation?
potentiel: code-FORMACODE{1,25}
contact-formation contact-session contact-organisme contact-formateur: type-contact? coordonnees
coordonnees-organisme: coordonnees
adresse-inscription adresse-information: adresse
SIRET-organisme-formation SIRET-lieu-formation SIRET-formateur: SIRET
code-UAI-organisme-formation code-UAI-lieu-formation code-UAI-formateur: code-UAI
url-formation url-action url-session web: urlweb{1,3}
telfixe portable fax: numtel{1,3}
coordonnees: civilite? nom? prenom? ligne{0,3} adresse? telfixe? portable? fax? courriel? web?
adresse: denomination? ligne{1,4} codepostal ville departement? code-INSEE-commune? code-INSEE-canton? region? pays?
  geolocalisation?
geolocalisation: latitude longitude

lheo-index: resumes-offres? resumes-organismes?
resumes-offres: resume-offre*
resumes-organismes: resume-organisme*
resume-offre: domaine-formation intitule-formation nom-organisme SIRET codepostal? code-INSEE-commune? ville departement
  region? certifiante code-niveau-entree prise-en-charge-frais-possible modalites-enseignement? code-public-vise{1,10}
  nombre-heures-total? session* contact-formation-resume* certification{0,5}
resume-organisme: nom-organisme raison-sociale SIRET numero-activite
contact-formation-resume: type-contact? nom? telfixe? courriel?
lheo-plus: lheo? organisme-formation-responsable*
"""

# Least and most characters, then the elements that hold such a text.
TEXTS = """
1 3000: objectif-formation resultats-attendus contenu-formation rythme-formation modalites-alternance
  conditions-specifiques identifiant-module reference-module
0 3000: modalites-recrutement renseignements-specifiques
1 600: detail-conditions-prise-en-charge
1 500: libelle-bloc commentaire
3 400: urlweb
1 255: intitule-formation libelle-enseignement denomination modalites-inscription
1 250: nom-organisme raison-sociale info-public-vise restauration hebergement transport acces-handicapes
0 250: raison-sociale-formateur
0 200: frais-restants modalites-pedagogiques
3 160: courriel
0 150: duree-indicative
1 50: civilite nom prenom ligne ville
0 50: infos-perimetre-recrutement
8 40: code-bloc
0 30: latitude longitude
1 25: numtel
1 10: prix-total-TTC code-RNCP code-CERTIFINFO reference-code-RNCP reference-code-CERTIFINFO reference-code-RS
3 10: code-RS
4 10: code-CPF code-ELU
1 6: prix-horaire-TTC
2 5: heure-debut heure-fin
4 5: code-INSEE-canton
2 3: departement
14 14: SIRET
11 11: numero-activite
8 8: code-UAI
5 5: code-FORMACODE code-ROME code-public-vise code-modalite-pedagogique reference-code-FORMACODE codepostal
  code-INSEE-commune
3 3: code-NSF
2 2: langue-formation region pays
"""

# Least and most value of whole numbers.
WHOLES = """
0 99999: nb-places cout-indicatif-equipement effectif-minimal capacite-simultanee capacite-cumulee unites-entreprise
  unites-centre nb-places-financees nombre-heures-centre nombre-heures-entreprise nombre-heures-total
  duree-conventionnee
0 99: duree-cycle annee-cycle
"""

# A table of lheo_tables, then the elements that hold one of its codes.
CODES = """
boolean: certifiante niveau-entree-obligatoire prise-en-charge-frais-possible conventionnement a-distance obligatoire
levels: code-niveau-entree code-niveau-sortie
teaching: modalites-enseignement
entry: modalites-entrees-sorties
recruitment: etat-recrutement
pathway: parcours-de-formation
positioning: positionnement
module: type-module
aim: objectif-general-formation
perimeter: code-perimetre-recrutement
funders: code-financeur
contact: type-contact
selection: modalite-recrutement
alternation: type-alternance
cycle: type-cycle
rhythm: unite-rythme-alternance
blocks: validation-blocs
subject: type-enseignement
equipment: type-equipement
"""

DAYS = "debut fin date"

# Any element may carry these; TIMESTAMPS hold a full date and time.
ATTRIBUTES = frozenset({"numero", "info", "ref", "id", "idref", "tag", "uri"})
TIMESTAMPS = frozenset({"horodatage-creation", "horodatage-modification", "horodatage-export"})
OTHER_ATTRIBUTES = {
    **dict.fromkeys(("lheo", "action", "session", "lheo-index"), frozenset({"datemaj", "datecrea"})),
    **dict.fromkeys(
        ("formation", "resume-offre", "resume-organisme"), frozenset({"datemaj", "datecrea", "href", "file"})
    ),
    "organisme-formation-responsable": frozenset({"href", "file"}),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A child of a sequence and how many of it; `most` is None where nothing bounds it."""

    name: str
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Length in characters, spaces included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Whole:
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Code:
    table: dict[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """AAAAMMJJ, where zeros for the day or the month, all zeros and all nines have a meaning."""


@dataclass(frozen=True, slots=True)
class Bag:
    """Any number of `extras` and `extra`, in any order."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Open content; an LHEO element found inside is still held to its own rule."""


type Rule = Sequence | Text | Whole | Code | Day | Bag | Anything

COUNTS = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
PART = re.compile(r"([A-Za-z-]+)([?*+]?)(?:\{(\d+),(\d+)\})?")


def read_part(word: str) -> Part:
    """A word of the notation; a misspelt one stops the import of this module."""
    found = PART.fullmatch(word)
    if found is None:
        raise ValueError(f"not a part of a sequence: {word!r}")
    name, sign, least, most = found.groups()
    return Part(name, int(least), int(most)) if least else Part(name, *COUNTS[sign])


def read_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {"extras": Bag(), "extra": Anything()}
    for left, words in entries(SEQUENCES).items():
        parts = [read_part(word) for word in words]
        if not left.endswith("!"):
            parts.append(Part("extras", 0, None))
        rules.update(dict.fromkeys(left.rstrip("!").split(), Sequence(tuple(parts))))
    for left, names in entries(TEXTS).items():
        rules.update(dict.fromkeys(names, Text(*map(int, left.split()))))
    for left, names in entries(WHOLES).items():
        rules.update(dict.fromkeys(names, Whole(*map(int, left.split()))))
    for table, names in entries(CODES).items():
        rules.update(dict.fromkeys(names, Code(TABLES[table])))
    rules.update(dict.fromkeys(DAYS.split(), Day()))
    return rules


RULES = read_rules()


def attributes_of(element: str) -> frozenset[str]:
    return ATTRIBUTES | TIMESTAMPS | OTHER_ATTRIBUTES.get(element, frozenset())

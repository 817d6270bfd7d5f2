"""LHEO 2.3's code tables, with labels in our words, and what they become in the portal's vocabulary."""

import re

TABLES: dict[str, dict[str, str]] = {
    "boolean": {"0": "non", "1": "oui"},
    "teaching": {"0": "sur place", "1": "sur place et à distance", "2": "à distance"},
    "entry": {"0": "à dates fixes", "1": "à tout moment"},
    "recruitment": {"1": "ouvert", "2": "fermé", "3": "suspendu"},
    "pathway": {"1": "en groupe", "2": "individualisé", "3": "par modules", "4": "mixte"},
    "positioning": {"1": "réglementaire", "2": "pédagogique"},
    "module": {"0": "inconnu", "1": "obligatoire", "2": "au choix"},
    "aim": {
        "1": "code abandonné",
        "2": "perfectionnement",
        "3": "perfectionnement",
        "4": "création d'entreprise",
        "5": "remise à niveau",
        "6": "certification",
        "7": "professionnalisation",
        "8": "préparation à la qualification",
        "9": "remobilisation, projet professionnel",
    },
    "perimeter": {
        "0": "autre",
        "1": "commune",
        "2": "département",
        "3": "région",
        "4": "plusieurs régions",
        "5": "pays",
        "6": "international",
    },
    "funders": {
        "0": "autre",
        "1": "code abandonné",
        "2": "conseil régional",
        "3": "Fonds social européen",
        "4": "France Travail",
        "5": "entreprise",
        "6": "ACSÉ",
        "7": "Agefiph",
        "8": "conseil départemental",
        "9": "commune",
        "10": "la personne formée",
        "11": "ministère chargé de l'emploi",
        "12": "ministère de l'éducation nationale",
        "13": "autre service de l'État",
        "14": "autre fonds européen",
        "15": "autre collectivité",
        "16": "opérateur de compétences",
        "17": "Transitions Pro",
        "18": "LADOM",
        "19": "ministère de l'intérieur",
        "20": "OFII",
    },
    "contact": {
        "0": "autre",
        "1": "référent handicap",
        "2": "référent mobilité internationale",
        "3": "référent pédagogique",
        "4": "accueil",
        "5": "direction",
        "6": "référent qualité",
        "7": "référent entreprise",
        "8": "référent commercial",
        "9": "gestionnaire financier",
        "10": "direction des formations professionnelles et techniques",
        "11": "communication",
        "12": "référent formation à distance",
        "13": "référent VAE",
        "14": "référent apprentissage",
    },
    "selection": {
        "0": "inconnu",
        "1": "recrutement par simulation",
        "2": "concours",
        "3": "dossier",
        "4": "tests pratiques",
        "5": "épreuves écrites",
        "6": "épreuves orales",
        "7": "candidature",
        "8": "entretien",
        "9": "réunion d'information",
    },
    "alternation": {"0": "tout contrat", "1": "apprentissage", "2": "professionnalisation"},
    "cycle": {"0": "formation initiale", "1": "apprentissage"},
    "rhythm": {"0": "heure", "1": "demi-journée", "2": "journée", "3": "semaine", "4": "mois"},
    "blocks": {"0": "certains blocs", "1": "tous les blocs", "2": "tous ou certains blocs"},
    "subject": {
        "1": "art",
        "2": "spécialité",
        "3": "option",
        "4": "langue",
        "5": "langue vivante 1",
        "6": "langue vivante 2",
        "7": "langue vivante 3",
        "8": "sport",
        "9": "enseignement général",
        "10": "enseignement professionnel",
    },
    "equipment": {
        "0": "autre",
        "1": "protection de la tête",
        "2": "protection des yeux",
        "3": "protection des mains",
        "4": "protection de l'ouïe",
        "5": "protection du corps",
        "6": "protection des pieds",
        "7": "protection des voies respiratoires",
        "8": "protection contre les chutes",
        "9": "outillage",
        "10": "tenue de travail",
        "11": "équipement numérique",
    },
    "levels": {
        "0": "non communiqué",
        "1": "sans niveau particulier",
        "2": "ancien niveau VI",
        "3": "ancien niveau V bis",
        "4": "ancien niveau V (CAP, BEP)",
        "5": "ancien niveau IV (bac)",
        "6": "ancien niveau III (bac + 2)",
        "7": "ancien niveau II (bac + 3 ou 4)",
        "8": "ancien niveau I (au-delà de la maîtrise)",
        "11": "niveau 1",
        "12": "niveau 2",
        "13": "niveau 3 (CAP)",
        "14": "niveau 4 (bac)",
        "15": "niveau 5 (bac + 2)",
        "16": "niveau 6 (bac + 3 ou 4)",
        "17": "niveau 7 (bac + 5)",
        "18": "niveau 8 (doctorat)",
    },
}

# LHEO level code → European level, 0 = no diploma, None = not told. The trap: code 6 is bac + 2, not level 6.
# The old levels VI and V bis are those of people who hold no diploma.
OLD_LEVELS = {"0": None, "1": 0, "2": 0, "3": 0, "4": 3, "5": 4, "6": 5, "7": 6, "8": 7}
EUROPEAN_LEVELS: dict[str, int | None] = OLD_LEVELS | {str(10 + level): level for level in range(1, 9)}

MODALITIES = {"0": "onsite", "1": "mixed", "2": "remote"}
ENTRY_MODES = {"0": "fixed", "1": "permanent"}
RECRUITMENT_STATES = {"1": "open", "2": "closed", "3": "suspended"}
ALTERNATIONS = {"0": "any", "1": "apprenticeship", "2": "professionalisation"}

# Formacode's list of audiences (V10 and later), as the four audiences of the portal. A code left out says nothing of
# who pays: "Femme" or "Handicapé" may be looking for a job or have one. V9 numbered the same list differently and V10
# gave some of its codes another meaning: those are read only under V9.
AUDIENCES = """
jobseeker: 80001 80003 80004 80005 80006 80007 80008 80009 80010 80015 80019 80023 80026 80098
employee: 82016 82017 82029 82043 82044 82045 82046 82047 82055 82058 82065 82066 82067 82068 82070 82071 82072 82073
  82074
self_funded: 81050 81060 81062 82004 82009 82038
apprentice: 82027
jobseeker employee self_funded: 83056
"""
AUDIENCES_V9 = """
jobseeker: 80007 80011 80012 80025 80034 80053 80059 80063 80064 80075 80076 80077
employee: 80016 80017 80029 80043 80044 80045 80046 80047 80055 80058 80065 80066 80067 80068 80070 80071 80072 80073
  80074
self_funded: 80004 80009 80038 80050 80060 80062
apprentice: 80027
jobseeker employee self_funded: 80056
"""


def entries(text: str) -> dict[str, list[str]]:
    """Left and right sides of the colon; a line that starts with spaces continues the one above."""
    lines = re.sub(r"\n +", " ", text).split("\n")
    return {left: right.split() for left, right in (line.split(": ") for line in lines if line)}


def audiences_by_code(text: str) -> dict[str, frozenset[str]]:
    return {code: frozenset(left.split()) for left, codes in entries(text).items() for code in codes}


CURRENT, V9 = audiences_by_code(AUDIENCES), audiences_by_code(AUDIENCES_V9)


def audiences_of(code: str, thesaurus: str = "") -> frozenset[str]:
    """Audiences behind a code of public; `thesaurus` is its Formacode version ("V9"), V10 or later when empty."""
    return (V9 if thesaurus.strip().upper() in ("V9", "9") else CURRENT).get(code, frozenset())

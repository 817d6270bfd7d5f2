"""The gender endings of French trades, on words in lower case without accents: data for ``wording.fold_gender``.

A rule is (ending said of a woman, ending said of a man, shortest word it applies to). The first rule that fits
applies, then the result is tried again. Folding is for keys: an adjective or a noun folded by the way does no harm
as long as no other word takes its place, which is what GUARDED is for.
"""

RULES: tuple[tuple[str, str, int], ...] = (
    ("euse", "eur", 6),  # coiffeuse
    ("eux", "eur", 7),  # religieux, as religieuse
    ("trice", "teur", 6),  # conductrice
    ("eure", "eur", 6),  # ingenieure
    ("iere", "ier", 7),  # infirmiere
    ("gere", "ger", 7),  # boulangere
    ("llere", "ller", 8),  # conseillere
    ("chere", "cher", 7),  # bouchere
    ("yere", "yer", 6),  # ecuyere
    ("ienne", "ien", 7),  # technicienne
    ("eenne", "een", 7),  # europeenne
    ("yenne", "yen", 7),  # citoyenne
    ("onne", "on", 6),  # vigneronne
    ("ante", "ant", 7),  # assistante
    ("ente", "ent", 5),  # agente
    ("ive", "if", 6),  # sportive
    ("elle", "el", 7),  # industrielle
    ("iale", "ial", 6),  # commerciale
    ("nale", "nal", 6),
    ("rale", "ral", 7),
    ("tale", "tal", 7),
    ("cale", "cal", 6),
    ("male", "mal", 7),
    ("vale", "val", 6),
    ("gale", "gal", 6),
    ("pale", "pal", 8),
    ("ee", "e", 5),  # employee, once accents are gone
    ("erte", "ert", 6),  # experte
    ("ointe", "oint", 7),  # adjointe
    ("aise", "ais", 7),  # francaise
    ("oise", "ois", 8),  # bourgeoise
    ("aine", "ain", 8),  # souveraine
    ("cheffe", "chef", 6),
    ("woman", "man", 5),
)

# words whose feminine follows no rule, or one too wide to be a rule
FIXED: dict[str, str] = {
    "ambassadrice": "ambassadeur",
    "aniere": "anier",
    "apprentie": "apprenti",
    "artisane": "artisan",
    "autrice": "auteur",
    "avocate": "avocat",
    "barmaid": "barman",
    "bookeur": "booker",
    "candidate": "candidat",
    "canine": "canin",
    "cheffesse": "chef",
    "chevillarde": "chevillard",
    "clownesse": "clown",
    "commise": "commis",
    "consule": "consul",
    "contremaitresse": "contremaitre",
    "designeur": "designer",
    "doctoresse": "docteur",
    "ecrivaine": "ecrivain",
    "foraine": "forain",
    "fundraiseur": "fundraiser",
    "grande": "grand",
    "hotesse": "hote",
    "humaine": "humain",
    "laborantine": "laborantin",
    "laureate": "laureat",
    "magistrate": "magistrat",
    "mairesse": "maire",
    "maitresse": "maitre",
    "marchande": "marchand",
    "marechale": "marechal",
    "motarde": "motard",
    "paysanne": "paysan",
    "pizzaiola": "pizzaiolo",
    "poetesse": "poete",
    "prefete": "prefet",
    "publique": "public",
    "reporteur": "reporter",
    "seconde": "second",
    "soldate": "soldat",
    "steward": "hote",
    "substitute": "substitut",
    "urbaine": "urbain",
}

# words that an ending would turn into another word, or that have no other gender
_GUARDED = """
deux jeux lieux cheveux neveux enjeux milieux mieux
matrice cicatrice
heure demeure
matiere lumiere carriere riviere barriere filiere frontiere chaudiere poussiere maniere litiere charniere criniere
fourriere lisiere priere paupiere
antenne persienne moyenne
personne couronne colonne tonne consonne automne
vente plante rente tente pente trente soixante cinquante quarante detente attente entente patente descente charpente
brocante variante constante sante amiante
archive locomotive initiative perspective olive endive
dentelle echelle vaisselle nacelle chapelle passerelle semelle ficelle poubelle bretelle
escale cathedrale cereale petale scandale sandale cymbale pedale
musee lycee idee annee donnee
chaise falaise fraise braise ardoise framboise turquoise
domaine semaine fontaine porcelaine centaine capitaine marraine
"""
GUARDED: frozenset[str] = frozenset(_GUARDED.split())

"""The words of the generated catalogue: real ones by training domain, and an invented tail that looks French.

Names of skills, jobs, towns and bodies are made of other words than texts, so that a question about texts finds the
same courses whether or not an engine reads those names too.
"""

import numpy as np

AI_DOMAIN = 0
# each line is a training domain; the first is artificial intelligence, three courses in a hundred
DOMAINS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """
    algorithme neurone corpus étiquetage classification régression vision langage inférence calcul prédiction annotation
    bureautique tableur classeur publipostage diaporama messagerie saisie dactylographie agenda secrétariat courrier
    comptabilité bilan facturation trésorerie amortissement fiscalité écriture liasse rapprochement clôture
    soudage métallurgie chaudronnerie tôlerie arc brasage cintrage découpage assemblage ajustage
    électricité câblage tableau disjoncteur habilitation tension domotique photovoltaïque éclairage armoire
    plomberie sanitaire chauffage chaudière tuyauterie robinetterie climatisation frigorifique ventilation fluide
    maçonnerie coffrage béton enduit carrelage parpaing ferraillage dallage crépi échafaudage
    menuiserie charpente bois placage escalier ébénisterie marqueterie rabotage parquet agencement
    peinture vernis ravalement papier décoration ponçage revêtement lissage pigment façade
    cuisine pâtisserie boulangerie traiteur hygiène dressage cuisson fournil dessert restauration
    hôtellerie réception réservation étage gouvernante conciergerie sommellerie bar service accueil
    coiffure coupe coloration barbier visagisme shampooing mèche brushing perruque salon
    esthétique soin maquillage massage épilation manucure onglerie parfumerie relaxation modelage
    transport conduite chauffeur tachygraphe remorque livraison permis fourgon autocar marchandise
    logistique entrepôt cariste stock palette inventaire préparation expédition chariot quai
    vente négociation prospection clientèle merchandising caisse boutique encaissement fidélisation rayon
    marketing publicité réseau référencement campagne audience rédaction notoriété marque contenu
    immobilier transaction location syndic copropriété bail expertise gérance estimation mandat
    santé infirmier brancardage gériatrie nutrition ambulance pharmacie hémodialyse urgence bloc
    enfance crèche éveil puériculture animation périscolaire jeu motricité biberon comptine
    sécurité gardiennage incendie évacuation surveillance secourisme extincteur sauvetage ronde palpation
    agriculture élevage viticulture maraîchage irrigation tracteur semis apiculture ovin verger
    paysage jardin élagage gazon arrosage pépinière taille bassin clôturage plantation
    langue anglais espagnol allemand grammaire conversation traduction prononciation lexique interprétariat
    informatique programmation serveur sauvegarde virtualisation administration déploiement script conteneur dépannage
    design graphisme illustration typographie maquette infographie photographie montage vidéo sonorisation
    management équipe entretien délégation conflit recrutement budget stratégie pilotage coaching
    droit contrat contentieux jurisprudence procédure notariat succession paie convention social
    """.strip().splitlines()
)
# said in every domain
COMMON: tuple[str, ...] = tuple(
    """
    pratique technique méthode outil projet règle qualité client entreprise atelier exercice cas évaluation objectif
    matériel norme organisation relation gestion analyse contrôle plan suivi document dossier produit production
    situation démarche processus mesure environnement risque solution présentation communication théorie base niveau
    module stagiaire formateur groupe séance support bilatéral individuel collectif progression acquis connaissance
    compréhension application réalisation utilisation maîtrise choix adaptation vérification professionnel
    """.split()
)
GLUE: tuple[str, ...] = tuple("de la le les des et pour avec dans sur du en par aux une un ses leur à chaque".split())
FORMATION = "formation"
AI_WORDS = ("intelligence", "artificielle", "IA")
BROAD: tuple[str, ...] = ("formation", "IA", "intelligence artificielle")

_STARTS = "b br c ch cl cr d dr f fl fr g gl gr j l m n p pl pr r s t tr v".split()
_VOWELS = "a e i o u ai au eau eu oi ou an en in on".split()
_MIDDLES = "b c d f g l m n p r s t v bl br ch cl cr dr gn ll mm nn pl pr rm rt ss st tr tt".split()
_ENDINGS = "age ance ateur ation ement erie esse ette ible ien ier ique isme iste ité oir ure".split()
TAIL_WORDS = 6_000


def invented(count: int, seed: int, starts: tuple[str, ...] = tuple(_STARTS)) -> list[str]:
    """`count` different words that could be French; the same for the same seed."""
    draw = np.random.default_rng(seed)
    known = {word for domain in DOMAINS for word in domain} | set(COMMON)
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [starts[draw.integers(len(starts))]]
        for _each in range(int(draw.integers(1, 3))):
            parts += [_VOWELS[draw.integers(len(_VOWELS))], _MIDDLES[draw.integers(len(_MIDDLES))]]
        word = "".join(parts) + _ENDINGS[draw.integers(len(_ENDINGS))]
        if word not in known:
            made[word] = None
    return list(made)


def tail_words() -> list[str]:
    """The words of texts that no domain owns, the commonest first."""
    return invented(TAIL_WORDS, seed=1)


def name_words(count: int) -> list[str]:
    """Words for names of skills, jobs, towns and bodies: none begins like a word of a text."""
    return invented(count, seed=2, starts=("k", "kl", "kr", "w", "z", "y"))


def new_words(count: int) -> list[str]:
    """Words that the catalogue says nowhere."""
    return invented(count, seed=3, starts=("x", "xl"))

"""The employers of Toulouse and its surroundings; none of them exists."""

from typing import Final

from jobs.demo_data.shapes import EmployerFacts

AROUND_TOULOUSE: Final[tuple[EmployerFacts, ...]] = (
    EmployerFacts(
        "aile-tranquille",
        1,
        "L'Aile Tranquille",
        "aéronautique",
        "Blagnac",
        True,
        "data-engineer:4 data-analyst:2 ingenieur-vision:3 ingenieur-mlops:1 technicien-donnees:2",
        (
            "Sous-traitant de cabines d'avion : six cents personnes, des milliers de pièces suivies une à"
            " une, et la volonté d'écouter davantage ce que disent les mesures."
        ),
    ),
    EmployerFacts(
        "orbite-claire",
        2,
        "Orbite Claire",
        "spatial",
        "Toulouse",
        True,
        "ingenieur-ia-embarquee:3 ingenieur-apprentissage-automatique:3 geomaticien-ia:2 data-scientist:4",
        (
            "Nous construisons de petits satellites d'observation et traitons leurs images. L'équipe "
            "compte quatre-vingts ingénieurs et autant de plantes vertes."
        ),
    ),
    EmployerFacts(
        "trame-et-capteurs",
        3,
        "Trame et Capteurs",
        "électronique",
        "Labège",
        False,
        "ingenieur-ia-embarquee:5 technicien-ia-embarquee:2 ingenieur-vision:1",
        (
            "Cartes, boîtiers et capteurs pour l'industrie. Nos produits tiennent dix ans dehors ; nous "
            "cherchons des gens qui ont la même patience."
        ),
    ),
    EmployerFacts(
        "pastel-assurances",
        4,
        "Mutuelle du Pastel",
        "assurance",
        "Toulouse",
        True,
        "data-analyst:5 data-scientist:2 responsable-conformite-ia:2 controleur-gestion-data:2 technicien-support-ia:1",
        (
            "Mutuelle régionale de deux cent mille adhérents. Les décisions restent humaines ; les "
            "données les éclairent."
        ),
    ),
    EmployerFacts(
        "brique-logiciels",
        5,
        "Brique Rose Logiciels",
        "services numériques",
        "Toulouse",
        True,
        (
            "developpeur-applications-ia:4 developpeur-ia-generative:2 data-engineer:5 "
            "ingenieur-cloud-donnees:1 ingenieur-mlops:1 chef-produit-ia:1"
        ),
        "Éditeur de logiciels pour les collectivités et les hôpitaux. Nous livrons peu et souvent.",
    ),
    EmployerFacts(
        "signal-garonne",
        6,
        "Signal Garonne",
        "services numériques",
        "Toulouse",
        False,
        (
            "developpeur-ia-generative:4 developpeur-applications-ia:2 "
            "data-scientist:4 ingenieur-apprentissage-automatique:2 expert-securite-ia:1"
        ),
        ("Société de conseil de cent vingt personnes, présente chez une quarantaine de clients de la région."),
    ),
    EmployerFacts(
        "clinique-capitoul",
        7,
        "Clinique des Trois Capitouls",
        "santé",
        "Toulouse",
        False,
        "charge-ia-sante:3 technicien-support-ia:1 assistant-administratif-ia:2",
        "Trois cents lits, une maternité et un service d'imagerie où l'on relit toujours à deux.",
    ),
    EmployerFacts(
        "marche-vert",
        8,
        "Marché Vert Distribution",
        "commerce",
        "Toulouse",
        True,
        "data-analyst:3 controleur-gestion-data:1 technicien-donnees:2 charge-communication-ia:1",
        ("Vingt-deux magasins de produits locaux, de Cahors à Perpignan, et beaucoup de fruits à ne pas jeter."),
    ),
    EmployerFacts(
        "canal-transports",
        9,
        "Canal Transports",
        "transport et logistique",
        "Toulouse",
        False,
        "technicien-donnees:4 data-analyst:1 developpeur-no-code-ia:1 annotateur-donnees:1",
        ("Quatre cents camions, trois entrepôts et une petite équipe qui rêve de trajets sans retour à vide."),
    ),
    EmployerFacts(
        "faubourg-conseil",
        10,
        "Faubourg Conseil",
        "conseil aux entreprises",
        "Toulouse",
        True,
        "referent-ia:1 formateur-ia:2 chef-produit-ia:2",
        ("Un cabinet de douze personnes qui accompagne les petites entreprises dans leurs choix numériques."),
    ),
    EmployerFacts(
        "atelier-voix",
        11,
        "L'Atelier des Voix",
        "édition et médias",
        "Toulouse",
        True,
        "developpeur-ia-generative:1 annotateur-donnees:2 concepteur-assistants-ia:1",
        ("Livres audio, sous-titres et voix de synthèse avec l'accord de celles et ceux qui prêtent la leur."),
    ),
    EmployerFacts(
        "vertige-jeux",
        12,
        "Vertige Jeux",
        "jeux vidéo",
        "Toulouse",
        True,
        "ingenieur-apprentissage-automatique:1 developpeur-ia-generative:1",
        "Studio de vingt-cinq personnes. Nos personnages apprennent, nous aussi.",
    ),
    EmployerFacts(
        "pont-neuf-banque",
        13,
        "Banque du Pont-Vieux",
        "banque",
        "Toulouse",
        False,
        "data-engineer:4 data-scientist:3 expert-securite-ia:2 responsable-conformite-ia:1 controleur-gestion-data:1",
        ("Banque coopérative régionale, deux mille salariés, très peu de bonus et beaucoup de sociétaires."),
    ),
    EmployerFacts(
        "eaux-vives",
        14,
        "Les Eaux Vives du Sud",
        "eau et énergie",
        "Toulouse",
        True,
        "data-scientist:1 data-analyst:2 technicien-ia-embarquee:3 geomaticien-ia:1",
        "Nous gérons l'eau de deux cents communes. Chaque fuite trouvée est une petite fête.",
    ),
    EmployerFacts(
        "muret-assemblage",
        15,
        "Muret Assemblage",
        "industrie",
        "Muret",
        False,
        "technicien-ia-embarquee:4 technicien-donnees:1 annotateur-donnees:1",
        ("Assemblage de sous-ensembles mécaniques. L'atelier installe ses premières caméras de contrôle."),
    ),
    EmployerFacts(
        "colomiers-avionique",
        16,
        "Avionique de l'Ouest",
        "aéronautique",
        "Colomiers",
        False,
        "ingenieur-ia-embarquee:4 ingenieur-mlops:1 data-engineer:1 technicien-ia-embarquee:1",
        "Instruments de bord et bancs d'essai. La sûreté passe avant la vitesse.",
    ),
    EmployerFacts(
        "ramonville-biotech",
        17,
        "Sève et Cellules",
        "biotechnologies",
        "Ramonville-Saint-Agne",
        True,
        "data-scientist:2 charge-ia-sante:1 ingenieur-vision:1",
        "Jeune entreprise de biologie végétale : images de feuilles, séquences et serres.",
    ),
    EmployerFacts(
        "lauragais-semences",
        18,
        "Semences du Lauragais",
        "agriculture",
        "Revel",
        True,
        "conseiller-agriculture-numerique:2 data-analyst:1 geomaticien-ia:1",
        "Coopérative de semences et de conseil, mille exploitations adhérentes.",
    ),
    EmployerFacts(
        "comminges-bois",
        19,
        "Bois du Comminges",
        "industrie du bois",
        "Saint-Gaudens",
        False,
        "technicien-ia-embarquee:2 referent-ia:1",
        ("Scierie et charpente, soixante personnes. Une caméra trie déjà les planches ; il en faudrait trois."),
    ),
    EmployerFacts(
        "mairie-coteaux",
        20,
        "Communauté des Coteaux",
        "collectivité",
        "Castanet-Tolosan",
        True,
        "referent-ia:1 geomaticien-ia:1 assistant-administratif-ia:1",
        "Une intercommunalité fictive de vingt-six communes, entre ville et champs.",
    ),
)

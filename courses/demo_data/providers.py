"""Forty training bodies that do not exist: their names, numbers and words are invented for the demonstration."""

from dataclasses import dataclass
from typing import Final

from portal.accounts.demo_data.numbers import activity_number, siret, telephone

TRAINING: Final = "training"
APPRENTICESHIP: Final = "apprenticeship"
SKILLS_REVIEW: Final = "skills_review"
VAE: Final = "vae"


@dataclass(frozen=True)
class ProviderFacts:
    """A body: `qualiopi` lists its certified categories, empty for none and None when nobody knows."""

    key: str
    rank: int
    name: str
    town: str
    street: str
    qualiopi: tuple[str, ...] | None
    contact: str
    presentation: str

    @property
    def siret(self) -> str:
        return siret(self.rank)

    @property
    def activity_number(self) -> str:
        return activity_number(self.rank)

    @property
    def website(self) -> str:
        return f"https://{self.key}.example"

    @property
    def email(self) -> str:
        return f"contact@{self.key}.example"

    def telephone(self, department: str) -> str:
        return telephone(department, self.rank)


PROVIDERS: Final[tuple[ProviderFacts, ...]] = (
    # Toulouse and around
    ProviderFacts(
        "brique-et-calcul",
        1,
        "Atelier Brique et Calcul",
        "Toulouse",
        "14 rue des Tuiliers",
        (TRAINING, VAE),
        "Maëlle Dastugue",
        "Douze formateurs qui travaillent aussi en entreprise, dans d'anciens entrepôts réhabilités. Ici, on apprend "
        "la donnée par projets : chaque promotion rend un travail utile à une association du quartier. L'équipe reçoit "
        "toute personne en entretien avant l'inscription, même pour dire que ce n'est pas le bon moment.",
    ),
    ProviderFacts(
        "mille-signaux",
        2,
        "Compagnie des Mille Signaux",
        "Toulouse",
        "3 impasse du Vieux-Port-Saint-Sauveur",
        (TRAINING, APPRENTICESHIP),
        "Ilan Carcassès",
        "Spécialisée dans les signaux, les images et les systèmes embarqués. Les plateaux techniques comptent quarante "
        "postes équipés de cartes graphiques et un banc d'essai de capteurs. La moitié des intervenants vient de "
        "bureaux d'études de l'aéronautique et du spatial.",
    ),
    ProviderFacts(
        "pastel-codes",
        3,
        "Institut Pastel-Codes",
        "Toulouse",
        "27 allée du Pastel-Bleu",
        (TRAINING,),
        "Solène Barthas",
        "Une école de reconversion à taille humaine : jamais plus de seize personnes par groupe, un tuteur pour "
        "quatre. On y vient de la comptabilité, du soin, de la vente ou de l'atelier. Les trois premiers jours "
        "servent à vérifier ensemble que le projet tient debout.",
    ),
    ProviderFacts(
        "violette-apprenante",
        4,
        "La Violette Apprenante",
        "Toulouse",
        "8 rue du Jardin-Perdu",
        (TRAINING, SKILLS_REVIEW),
        "Nadia Roquelaure",
        "Association d'éducation populaire installée au cœur d'un quartier prioritaire. Elle accueille des personnes "
        "sans diplôme ou éloignées du numérique, prête des ordinateurs et propose une halte-garderie deux jours par "
        "semaine.",
    ),
    ProviderFacts(
        "fils-du-code-oc",
        5,
        "Les Fils du Code d'Oc",
        "Toulouse",
        "61 chemin des Saules-Gris",
        (TRAINING,),
        "Rémi Castagnet",
        "Petite équipe de développeurs passés par l'industrie et par le logiciel libre. Les cours sont courts, denses "
        "et tournés vers la mise en service : du code relu, testé, documenté. Tous les supports restent accessibles "
        "après la formation.",
    ),
    ProviderFacts(
        "droit-et-modeles",
        6,
        "Cabinet-École Droit et Modèles",
        "Toulouse",
        "2 place de l'Équité",
        (TRAINING,),
        "Hélène Puylaurens",
        "Juristes et ingénieurs y enseignent à deux voix : chaque règle est lue dans le texte, puis appliquée à un "
        "système réel. Les formations s'adressent à celles et ceux qui doivent décider, rédiger ou contrôler.",
    ),
    ProviderFacts(
        "passerelle-garonne",
        7,
        "Passerelle Garonne Compétences",
        "Muret",
        "5 avenue des Deux-Rives",
        (TRAINING, SKILLS_REVIEW),
        "Karim Estadieu",
        "Organisme de proximité du sud toulousain. Il prépare aux métiers techniques accessibles sans longues études, "
        "avec beaucoup d'atelier, peu de tableau, et des périodes en entreprise négociées avant l'entrée.",
    ),
    ProviderFacts(
        "hautes-etudes-calcul-occitan",
        8,
        "Hautes Études du Calcul Occitan",
        "Labège",
        "100 allée des Ellipses",
        (TRAINING, APPRENTICESHIP),
        "Paul-Étienne Mirepoix",
        "Établissement d'enseignement supérieur fictif, créé pour cette démonstration. Il propose des parcours de "
        "trois à cinq ans d'études, en formation initiale, continue ou en alternance, avec un fort socle de "
        "mathématiques.",
    ),
    ProviderFacts(
        "piste-et-pixels",
        9,
        "Piste et Pixels Formation",
        "Blagnac",
        "19 rue des Hélices-Douces",
        (TRAINING,),
        "Clémence Daudignan",
        "Formations à la vision industrielle et au contrôle automatique des pièces. L'atelier réunit une ligne de tri, "
        "un bras robotisé et six postes d'imagerie. Les stagiaires travaillent sur des défauts réels, prêtés par des "
        "ateliers de la région.",
    ),
    ProviderFacts(
        "nuage-frugal",
        10,
        "Le Nuage Frugal",
        "Ramonville-Saint-Agne",
        "7 quai des Écluses-Hautes",
        (TRAINING,),
        "Yann Bessodes",
        "Coopérative d'administrateurs système qui enseigne ce qu'elle pratique : héberger, surveiller et alléger des "
        "services d'IA. Chaque atelier mesure aussi la consommation électrique de ce qui est construit.",
    ),
    ProviderFacts(
        "escola-numerica",
        11,
        "Escòla Numerica Populara",
        "Colomiers",
        "12 place des Métiers-Nouveaux",
        (TRAINING, APPRENTICESHIP),
        "Aurélie Ferradou",
        "Une école ouverte le soir et le samedi pour les personnes qui travaillent. On peut y suivre un module isolé "
        "ou additionner les modules à son rythme jusqu'à un parcours complet.",
    ),
    # Montpellier and around
    ProviderFacts(
        "ecusson-savoirs",
        12,
        "Les Passeurs de l'Écusson",
        "Montpellier",
        "9 rue de la Vieille-Imprimerie",
        (TRAINING, APPRENTICESHIP, VAE),
        "Thibault Valmagne",
        "Des parcours de reconversion vers la donnée, en petits groupes, avec un stage garanti par une convention "
        "signée avant l'entrée. Une ancienne stagiaire devient marraine de chaque nouvelle promotion.",
    ),
    ProviderFacts(
        "garrigue-numerique",
        13,
        "Garrigue Numérique",
        "Montpellier",
        "45 avenue des Cistes",
        (TRAINING,),
        "Inès Lapeyronie",
        "Spécialiste des outils d'IA générative pour les petites structures : commerces, associations, cabinets. Les "
        "exercices partent des documents que les participants apportent, jamais d'exemples tout faits.",
    ),
    ProviderFacts(
        "serment-donnees",
        14,
        "Serment et Données",
        "Montpellier",
        "3 rue du Vieil-Herbier",
        (TRAINING,),
        "Apolline Grandval",
        "Médecins, infirmières et statisticiens réunis pour former le monde du soin à la donnée. Les exercices "
        "utilisent des dossiers fabriqués, jamais ceux de patients. Horaires pensés pour les équipes en roulement.",
    ),
    ProviderFacts(
        "haute-ecole-lez",
        15,
        "Haute École des Rives du Lez",
        "Montpellier",
        "210 rue des Micocouliers",
        (TRAINING, APPRENTICESHIP),
        "Grégoire Saint-Véran",
        "Établissement supérieur fictif de la démonstration. Ses parcours vont de la troisième année d'études au "
        "master, en sciences des données, en langage et en biologie numérique. Un service accompagne les adultes en "
        "reprise d'études.",
    ),
    ProviderFacts(
        "antigone-logiciel",
        16,
        "Antigone Logiciel Libre",
        "Montpellier",
        "18 passage des Colonnades",
        (TRAINING,),
        "Zoé Peyrottes",
        "Développement d'applications d'IA avec des outils libres. Peu de théorie sans pratique : chaque demi-journée "
        "finit par quelque chose qui marche. Les personnes autodidactes y sont à leur place.",
    ),
    ProviderFacts(
        "sillon-clair",
        17,
        "Le Sillon Clair",
        "Lattes",
        "Mas des Quatre-Vents",
        (TRAINING,),
        "Bastien Clapiers",
        "Formations pour l'agriculture, la vigne et l'eau. On y apprend à lire une parcelle avec des capteurs et des "
        "images, dehors d'abord, sur écran ensuite. Un gîte loge les stagiaires venus de loin.",
    ),
    ProviderFacts(
        "encre-et-neurones",
        18,
        "Encre et Neurones",
        "Castelnau-le-Lez",
        "6 chemin des Typographes",
        (TRAINING,),
        "Marguerite Assas",
        "Formations pour les métiers de l'image, du texte et de la presse. L'atelier défend un usage honnête des "
        "machines : on cite, on vérifie, on signe ce qu'on a fait soi-même.",
    ),
    # Nîmes, Alès, Beaucaire
    ProviderFacts(
        "sept-collines",
        19,
        "Sept Collines Reconversion",
        "Nîmes",
        "33 rue des Lavandières-d'En-Haut",
        (TRAINING, APPRENTICESHIP, SKILLS_REVIEW),
        "Sarah Bouillargues",
        "Bilans de compétences et parcours vers les métiers de la donnée. Les groupes mêlent demandeurs d'emploi et "
        "salariés ; un ergonome aménage les postes quand il le faut.",
    ),
    ProviderFacts(
        "crocodile-savant",
        20,
        "Le Crocodile Savant",
        "Nîmes",
        "11 boulevard des Palmiers-Blancs",
        (TRAINING,),
        "Fabien Manduel",
        "Cours du soir et ateliers d'initiation, ouverts à tous les âges. L'organisme prête un ordinateur portable "
        "pendant toute la formation et reçoit sans rendez-vous le mercredi.",
    ),
    ProviderFacts(
        "gardon-techniques",
        21,
        "Gardon Techniques Nouvelles",
        "Alès",
        "Halle des Anciens-Fondeurs",
        (TRAINING,),
        "Loïc Anduze",
        "Dans une ancienne halle industrielle, des formations de techniciens : capteurs, maintenance, robots et "
        "caméras. Les machines sont d'occasion, réparées avec les stagiaires.",
    ),
    # Perpignan, Béziers, Sète, Narbonne, Carcassonne
    ProviderFacts(
        "tramontane-competences",
        22,
        "Tramontane Compétences",
        "Perpignan",
        "24 rue du Vent-d'En-Haut",
        (TRAINING, APPRENTICESHIP, VAE),
        "Jordi Llobères",
        "Parcours qualifiants pour adultes, du premier niveau au bac+3. L'organisme aide à trouver un logement et un "
        "covoiturage, et commence chaque formation par deux semaines de remise en confiance.",
    ),
    ProviderFacts(
        "casot-donnees",
        23,
        "Le Casot des Données",
        "Perpignan",
        "15 carrer dels Oficis",
        (TRAINING,),
        "Mireia Costabona",
        "Petit organisme installé près de la plateforme logistique. Il forme à l'annotation, au contrôle et à la "
        "saisie augmentée, sans condition de diplôme, en français et en catalan.",
    ),
    ProviderFacts(
        "neuf-ecluses",
        24,
        "Neuf Écluses Formation",
        "Béziers",
        "4 quai du Halage",
        (TRAINING, APPRENTICESHIP),
        "Vincent Sauvian",
        "Formations bureautiques et numériques pour les entreprises du Biterrois. Les sessions s'ouvrent dès cinq "
        "inscrits et peuvent se tenir chez l'employeur.",
    ),
    ProviderFacts(
        "etang-etincelles",
        25,
        "L'Étang aux Étincelles",
        "Sète",
        "2 quai des Mareyeurs",
        (),
        "Coline Frontignac",
        "Tiers-lieu de formation face au port : courts ateliers pour créateurs, commerçants et indépendants, avec un "
        "studio son et image en libre accès.",
    ),
    ProviderFacts(
        "robine-et-reseaux",
        26,
        "Robine et Réseaux",
        "Narbonne",
        "17 cours des Mûriers",
        (TRAINING,),
        "Pierre-Jean Sigeac",
        "Du premier clic au diplôme : médiation numérique, bureautique et support aux utilisateurs. Un atelier "
        "itinérant se déplace dans les villages de l'Aude.",
    ),
    ProviderFacts(
        "remparts-apprendre",
        27,
        "Remparts pour Apprendre",
        "Carcassonne",
        "30 rue des Tisserands-de-Laine",
        (TRAINING,),
        "Élodie Trébéac",
        "Formations d'insertion et de qualification aux métiers de bureau et du commerce, avec un accompagnement "
        "social inscrit dans l'emploi du temps.",
    ),
    # Aveyron, Tarn, Lot
    ProviderFacts(
        "causses-donnees",
        28,
        "Causses Données Formation",
        "Rodez",
        "6 rue de l'Embergue-Basse",
        (TRAINING, APPRENTICESHIP, VAE),
        "Laurence Calmont",
        "Fondé par d'anciens contrôleurs de gestion, l'organisme forme aux métiers du chiffre et de la donnée. Les "
        "cours alternent trois jours à Rodez et deux jours à distance, pour tenir compte des trajets.",
    ),
    ProviderFacts(
        "viaur-services",
        29,
        "Viaur Services Numériques",
        "Rodez",
        "Zone du Bel-Horizon",
        (TRAINING,),
        "Damien Sauveterre",
        "Ateliers courts pour les artisans, les exploitants et les petites entreprises de l'Aveyron, donnés le plus "
        "souvent dans leurs locaux. On part d'une tâche qui fait perdre du temps et on repart avec une solution.",
    ),
    ProviderFacts(
        "tarn-lumieres",
        30,
        "Tarn Lumières Formation",
        "Albi",
        "52 avenue des Verriers-d'Art",
        (TRAINING, APPRENTICESHIP, VAE),
        "Sandrine Lescurel",
        "Titres professionnels et parcours longs dans l'informatique et la donnée. Une salle est réservée aux "
        "personnes qui suivent la formation à distance et ont besoin d'un lieu calme.",
    ),
    ProviderFacts(
        "agout-ateliers",
        31,
        "Agout Ateliers Connectés",
        "Castres",
        "Ancienne filature des Trois-Ponts",
        (TRAINING,),
        "Mathieu Burlatz",
        "Au bord de la rivière, des formations qui croisent santé, textile et numérique. Les petits groupes permettent "
        "un rythme individuel, y compris à temps partiel.",
    ),
    ProviderFacts(
        "boucle-du-lot",
        32,
        "La Boucle Savante",
        "Cahors",
        "21 rue des Gabares",
        (TRAINING,),
        "Delphine Luzergues",
        "Organisme rural qui mise sur le mixte : une journée par semaine à Cahors, le reste chez soi avec un "
        "formateur joignable. Un fonds de solidarité paie les trajets les plus longs.",
    ),
    ProviderFacts(
        "dourbie-apprendre",
        33,
        "Dourbie Apprendre",
        "Millau",
        "1 rue des Mégissiers-Gantiers",
        None,
        "Florence Cantobre",
        "Deux formatrices et beaucoup de kilomètres : initiations au numérique et à l'IA dans les villages du "
        "sud-Aveyron et des Causses.",
    ),
    # Tarbes, Foix, Saint-Gaudens, Auch, Montauban
    ProviderFacts(
        "adour-machines",
        34,
        "Adour Machines et Mesures",
        "Tarbes",
        "Rue des Ajusteurs-Réunis",
        (TRAINING, APPRENTICESHIP),
        "Bernard Oursbelille",
        "Maintenance, capteurs et automatismes pour les industries de Bigorre. Le plateau technique reproduit un "
        "atelier complet : on y provoque des pannes pour apprendre à les prévoir.",
    ),
    ProviderFacts(
        "gaves-competences",
        35,
        "Gaves Compétences Plurielles",
        "Tarbes",
        "9 place des Marronniers-Verts",
        (TRAINING, SKILLS_REVIEW),
        "Amandine Lassère",
        "Bilans, remise à niveau et métiers du numérique accessibles avec ou sans le bac. Les personnes en situation "
        "de handicap y sont accueillies par une référente à temps plein.",
    ),
    ProviderFacts(
        "pyrene-tremplin",
        36,
        "Pyrène Tremplin",
        "Foix",
        "13 rue des Forgerons-du-Castel",
        (TRAINING,),
        "Julien Montgailhard",
        "Remobilisation et premiers pas dans le numérique en Ariège. La formation se déplace à Pamiers, Saint-Girons "
        "et Lavelanet selon les inscrits.",
    ),
    ProviderFacts(
        "comminges-eleve",
        37,
        "Comminges Élève et Entreprend",
        "Saint-Gaudens",
        "Maison des Trois-Vallées",
        (TRAINING,),
        "Corinne Aspet-Barousse",
        "Formations aux outils numériques pour les créateurs d'activité, les mairies et les commerces de montagne.",
    ),
    ProviderFacts(
        "clair-calcul-gascon",
        38,
        "Clair-Calcul en Gascogne",
        "Auch",
        "28 rue des Mousquetons",
        (TRAINING,),
        "Didier Montesquieux",
        "Un organisme gersois tourné vers l'agriculture et l'alimentation, qui accueille des groupes de six à dix "
        "personnes et finit toujours à l'heure des trains.",
    ),
    ProviderFacts(
        "tescou-tertiaire",
        39,
        "Tescou Tertiaire",
        "Montauban",
        "40 faubourg des Imprimeurs",
        (TRAINING, APPRENTICESHIP),
        "Patricia Négrepont",
        "Secrétariat, gestion, paie : des formations de bureau qui intègrent l'automatisation et l'IA depuis leurs "
        "débuts, avec des mises en situation sur un véritable poste de travail.",
    ),
    # Mende
    ProviderFacts(
        "margeride-connectee",
        40,
        "Margeride Connectée",
        "Mende",
        "2 place des Bergers",
        (TRAINING,),
        "Isabelle Chasseradès",
        "Une association lozérienne qui forme à distance et réunit les stagiaires un jour par mois à Mende. Elle "
        "travaille avec le monde du soin, du tourisme et des petites communes.",
    ),
)

# on the fictional public list, and not on the portal: a claim can be tried with them
UNCLAIMED: Final[tuple[ProviderFacts, ...]] = (
    ProviderFacts(
        "atelier-des-lauzes", 71, "Atelier des Lauzes", "Rodez", "3 rue des Essais", (TRAINING,), "Nine Baptiste", ""
    ),
    ProviderFacts(
        "ecole-du-grand-causse", 72, "École du Grand Causse", "Mende", "8 place des Essais", (), "Aymeric Vialas", ""
    ),
)

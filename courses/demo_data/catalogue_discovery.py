"""First steps: what AI is, whether one likes it, and the basics needed before a longer course."""

from typing import Final

from courses.demo_data.shapes import Family, Kind, Variant

FAMILIES: Final[tuple[Family, ...]] = (
    Family(
        key="premier-jour",
        kind=Kind.PUBLIC,
        profiles=(),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=None,
        requires="",
        gives="bases-ia:1 ethique-ia:1 usage-prudent-ia:1",
        formacodes=("31028",),
        occupations=(),
        objective=(
            "Comprendre ce qu'est l'intelligence artificielle, l'avoir essayée une fois et savoir si l'on veut "
            "aller plus loin."
        ),
        for_whom=("Toute personne curieuse de l'intelligence artificielle, sans aucune connaissance préalable."),
        before="Savoir lire un texte simple et utiliser un téléphone ou un ordinateur.",
        learn=(
            ("distinguer une recherche sur internet, un programme classique et une intelligence artificielle"),
            "reconnaître les endroits où elle est déjà là : courrier, banque, transports, santé",
            "essayer un assistant d'IA sur une question de tous les jours",
            "repérer une réponse fausse ou inventée",
            "savoir ce qu'il ne faut jamais confier à un outil en ligne",
        ),
        method=(
            "La journée alterne de petites démonstrations, des essais à deux et des discussions. Personne n'est "
            "obligé de montrer son écran."
        ),
        assessed=("Aucune note. En fin de journée, chacun dit ce qu'il a compris et ce qu'il veut encore savoir."),
        next=("Vous pouvez suivre un atelier plus long, explorer un métier précis ou en parler à votre conseiller."),
        variants=(
            Variant(
                "L'intelligence artificielle en une journée",
                "violette-apprenante",
                "Toulouse",
                7,
                "Une journée pour essayer l'IA, poser toutes ses questions et repartir sans jargon.",
                who=(
                    "Les ateliers sont ouverts aux habitants du quartier comme aux personnes envoyées par un "
                    "conseiller."
                ),
                more=("trouver un lieu près de chez soi où continuer à s'exercer",),
                sessions=5,
            ),
            Variant(
                "Première rencontre avec l'IA",
                "pyrene-tremplin",
                "Foix, Pamiers, Saint-Girons",
                6,
                ("Une journée itinérante en Ariège pour voir, toucher et comprendre l'IA, près de chez vous."),
                who="La journée se tient en petit groupe de huit, dans une salle communale.",
                more=("situer les métiers liés aux données qui existent en Ariège",),
                sessions=3,
            ),
            Variant(
                "Comprendre l'IA sans être informaticien",
                "dourbie-apprendre",
                "Millau",
                7,
                (
                    "Ce que l'IA sait faire, ce qu'elle ne sait pas faire, et ce que cela change au village comme "
                    "au bureau."
                ),
                who=("Cette formation convient aussi aux élus de petites communes et aux bénévoles d'associations."),
                more=("poser trois questions avant d'acheter un outil",),
                sessions=3,
            ),
            Variant(
                "Découvrir l'IA le temps d'un samedi",
                "crocodile-savant",
                "Nîmes",
                6,
                "Un samedi pour découvrir l'IA en famille ou seul, ordinateur prêté.",
                who="Les adolescents à partir de quinze ans sont bienvenus avec un adulte.",
                more=("comparer deux assistants sur la même question",),
                sessions=4,
                rhythm="evening",
                price_euros=30,
            ),
            Variant(
                "Journée découverte : IA, mythes et réalités",
                "margeride-connectee",
                "Mende, distance",
                6,
                ("Une journée claire, à Mende ou à distance, pour séparer l'IA réelle de celle des films."),
                who=("Des places sont gardées pour les personnes qui n'ont jamais suivi de formation depuis l'école."),
                more=("dire à un proche ce qu'est vraiment l'IA",),
                sessions=3,
                accessibility_unknown=True,
            ),
        ),
    ),
    Family(
        key="ia-recherche-emploi",
        kind=Kind.PUBLIC,
        profiles=(),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=None,
        requires="",
        gives="assistants-ia:1 redaction-ia:1 verification-ia:1 recherche-ia:1 usage-prudent-ia:1",
        formacodes=("31028", "15052"),
        occupations=(),
        objective=(
            "Se servir d'un assistant d'IA pour chercher un emploi ou une formation, sans perdre sa propre voix."
        ),
        for_whom="Les personnes en recherche d'emploi ou qui préparent un changement de métier.",
        before="Savoir écrire un message et naviguer sur internet.",
        learn=(
            "décrire son expérience à un assistant pour en tirer les compétences",
            "adapter un CV à une annonce en gardant des faits exacts",
            "préparer une lettre courte, la relire et la corriger",
            "s'entraîner à un entretien avec des questions probables",
            "vérifier une information sur une entreprise ou une formation",
            "protéger son identité et ses documents",
        ),
        method=(
            "Chaque participant travaille sur sa propre recherche. Les formateurs passent de poste en poste et "
            "relisent les documents."
        ),
        assessed="Vous repartez avec un CV et une lettre relus à deux ; il n'y a pas d'examen.",
        next="Un rendez-vous individuel d'une heure est proposé dans le mois qui suit.",
        bring="Un CV, même ancien, et une annonce qui vous intéresse.",
        variants=(
            Variant(
                "Chercher un emploi avec l'aide de l'IA",
                "gaves-competences",
                "Tarbes, distance",
                21,
                ("Trois jours pour un CV juste, des lettres courtes et des entretiens préparés, avec l'IA comme aide."),
                who=(
                    "Le groupe accueille des personnes reconnues travailleurs handicapés ; le rythme est adapté à "
                    "la demande."
                ),
                more=("parler de son handicap, ou choisir de ne pas en parler",),
                sessions=4,
            ),
            Variant(
                "Atelier emploi : mon CV, mon entretien et l'IA",
                "remparts-apprendre",
                "Carcassonne",
                14,
                ("Deux jours en petit groupe pour remettre son CV d'aplomb et s'entraîner à l'entretien."),
                who="L'atelier accueille en priorité les personnes suivies par un service d'insertion.",
                more=("choisir trois annonces réalistes",),
                sessions=4,
            ),
            Variant(
                "L'IA au service de votre reconversion",
                "sept-collines",
                "Nîmes, Alès",
                28,
                ("Quatre jours pour relire son parcours, explorer des métiers et monter un projet qui tient."),
                who=("Cette formation suit souvent un bilan de compétences, mais peut aussi se faire seule."),
                more=("comparer trois métiers à partir de sources sûres",),
                sessions=3,
                entry_level=3,
            ),
            Variant(
                "Trouver sa voie avec un assistant numérique",
                "comminges-eleve",
                "Saint-Gaudens",
                14,
                ("Deux journées en montagne pour utiliser l'IA dans sa recherche d'activité ou d'emploi saisonnier."),
                who=(
                    "Cette formation tient compte des saisons : les dates évitent les périodes d'embauche touristique."
                ),
                more=("combiner deux saisons ou deux activités",),
                sessions=2,
                accessibility_unknown=True,
            ),
        ),
    ),
    Family(
        key="passerelle-numerique",
        kind=Kind.REGION,
        profiles=("annotateur-donnees", "technicien-donnees"),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=None,
        requires="",
        gives=(
            "saisie-donnees:2 tableur:1 messagerie-agenda:2 recherche-information:2 classement-documents:1 bases-"
            "ia:1 apprendre:2 logique:1"
        ),
        formacodes=("15052", "31028"),
        occupations=(),
        objective=(
            "Reprendre confiance, acquérir les gestes numériques du travail et choisir une suite vers un métier de "
            "la donnée."
        ),
        for_whom=(
            "Les personnes sans diplôme, ou qui ont quitté l'école depuis longtemps, et qui veulent un métier de "
            "bureau ou d'atelier connecté."
        ),
        before="Comprendre et parler le français courant. Une aide est prévue pour l'écrit.",
        learn=(
            "ranger ses fichiers, écrire, envoyer et retrouver un document",
            "saisir des informations vite et sans erreur",
            "lire un tableau, le trier, en faire un graphique simple",
            "calculer une moyenne et un pourcentage, et dire ce qu'ils montrent",
            "utiliser un assistant d'IA et contrôler ses réponses",
            "organiser sa semaine et travailler en équipe",
            "découvrir trois métiers par des visites et un stage",
        ),
        method=(
            "Des matinées d'exercices progressifs, des après-midi de projet, puis une découverte de l'entreprise. "
            "Une formatrice référente vous reçoit chaque vendredi."
        ),
        assessed=(
            "Un livret suit vos progrès chaque semaine. Vous le présentez à l'oral à la fin devant une personne "
            "d'entreprise."
        ),
        next="La suite se prépare pendant le stage : formation qualifiante, apprentissage ou emploi.",
        variants=(
            Variant(
                "Passerelle vers les métiers de la donnée",
                "violette-apprenante",
                "Toulouse",
                280,
                (
                    "Dix semaines pour apprendre les bases du numérique et approcher les métiers de la donnée, sans"
                    " diplôme."
                ),
                who="Une halte-garderie est ouverte deux jours par semaine sur place.",
                more=("écrire un message professionnel sans faute gênante",),
                sessions=2,
                company_hours=70,
            ),
            Variant(
                "Tremplin numérique et IA",
                "tramontane-competences",
                "Perpignan",
                315,
                (
                    "Onze semaines pour les conducteurs, agents d'entretien, vendeurs ou saisonniers qui visent un "
                    "métier de la donnée."
                ),
                who=("Cette formation reçoit beaucoup de personnes venues du transport, du nettoyage et de la vente."),
                more=("lire un bon de livraison numérique et corriger une saisie",),
                sessions=3,
                company_hours=70,
            ),
            Variant(
                "Cap numérique : reprendre des études courtes",
                "gaves-competences",
                "Tarbes",
                245,
                ("Neuf semaines pour retrouver les savoirs de base et préparer une entrée en formation technique."),
                who=("Les personnes sourdes ou malentendantes peuvent demander un interprète dès l'inscription."),
                more=("apprendre à apprendre : mémoire, sommeil, organisation",),
                sessions=2,
                company_hours=70,
            ),
            Variant(
                "Se remettre en selle avec le numérique",
                "pyrene-tremplin",
                "Foix, Pamiers",
                210,
                (
                    "Huit semaines de remise en route : confiance, gestes numériques, découverte des métiers de "
                    "l'Ariège."
                ),
                who="Un minibus part chaque matin de Lavelanet et de Saint-Girons.",
                more=("préparer ses déplacements et ses démarches en ligne",),
                sessions=2,
                company_hours=70,
            ),
            Variant(
                "Parcours rebond : bases numériques et projet",
                "boucle-du-lot",
                "Cahors~",
                210,
                ("Huit semaines mixtes, un jour par semaine à Cahors, pour repartir sur de bonnes bases."),
                who="Le fonds de solidarité de l'organisme aide à payer l'essence pour le stage.",
                more=("choisir une suite réaliste dans le Lot",),
                sessions=2,
                company_hours=35,
            ),
        ),
    ),
    Family(
        key="maths-logique",
        kind=Kind.REGION,
        profiles=("data-analyst", "technicien-donnees"),
        entry_level=3,
        entry_is_mandatory=False,
        exit_level=None,
        requires="calcul:1",
        gives="calcul:2 logique:2 statistiques:1 probabilites:1 algebre-lineaire:1 apprendre:2",
        formacodes=("11083", "11036"),
        occupations=(),
        objective=(
            "Retrouver les mathématiques utiles avant une formation en données : lire, calculer, raisonner, estimer."
        ),
        for_whom=("Les adultes qui visent une formation technique et gardent un mauvais souvenir des mathématiques."),
        before="Savoir faire les quatre opérations et lire un graphique simple.",
        learn=(
            "calculer sans crainte : fractions, pourcentages, proportions, ordres de grandeur",
            "traduire une question en calcul et dire si le résultat est plausible",
            "lire et tracer une courbe, comprendre une pente",
            "résumer une série de nombres : moyenne, médiane, dispersion",
            "estimer une chance et se méfier des coïncidences",
            "écrire un raisonnement étape par étape, comme un petit programme",
        ),
        method=(
            "On part d'objets et de situations, jamais d'une formule. Les erreurs sont gardées au tableau : ce sont"
            " elles qui font avancer."
        ),
        assessed="Un test de positionnement au début, le même à la fin : vous mesurez vous-même le chemin.",
        next="Vous pouvez entrer en formation de technicien données, de développeur ou d'analyste.",
        variants=(
            Variant(
                "Les maths dont la donnée a besoin",
                "pastel-codes",
                "Toulouse, distance",
                70,
                ("Deux semaines pour reprendre les mathématiques par la pratique avant une formation en données."),
                who="La moitié des participants n'a pas fait de mathématiques depuis quinze ans.",
                more=("passer d'une formule de tableur à une écriture mathématique",),
                sessions=3,
            ),
            Variant(
                "Remise à niveau : calcul, logique et statistiques",
                "ecusson-savoirs",
                "Montpellier",
                105,
                ("Trois semaines pour calculer, raisonner et interpréter, avec des exemples tirés de vrais métiers."),
                who="Cette formation prépare notamment aux parcours d'analyste de l'organisme.",
                more=("raisonner sur des vecteurs et des tableaux de nombres",),
                sessions=3,
            ),
            Variant(
                "Mathématiques du soir pour futurs analystes",
                "escola-numerica",
                "Colomiers~",
                60,
                ("Deux soirs par semaine, pour se remettre aux mathématiques sans quitter son travail."),
                who="Les salariés en horaires décalés peuvent rattraper une séance le samedi.",
                more=("préparer les tests d'entrée des formations longues",),
                sessions=2,
                rhythm="evening",
                entry_level=4,
            ),
        ),
    ),
    Family(
        key="explorer-metiers",
        kind=Kind.PUBLIC,
        profiles=("annotateur-donnees", "technicien-donnees", "data-analyst"),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=None,
        requires="",
        gives="bases-ia:1 cas-usage-ia:1 recherche-information:1 veille-ia:1",
        formacodes=("31028", "15052"),
        occupations=(),
        objective=("Rencontrer des professionnels, essayer leurs gestes et choisir un métier de l'IA à sa portée."),
        for_whom=(
            "Les personnes qui hésitent entre plusieurs métiers du numérique, quel que soit leur niveau d'études."
        ),
        before="Avoir envie de changer et être disponible sur toute la durée.",
        learn=(
            ("situer les métiers : ceux qui préparent les données, qui construisent, qui vérifient, qui expliquent"),
            "essayer un geste de chaque métier, de l'annotation d'images au tableau de bord",
            "rencontrer cinq professionnels et préparer ses questions",
            "relier ses acquis, y compris ceux d'un métier manuel ou du soin, à un métier visé",
            "choisir une formation en connaissant sa durée, son coût et ses débouchés",
        ),
        method=(
            "Une visite ou une rencontre par jour, un atelier pratique, puis un temps pour écrire ce qu'on en garde."
        ),
        assessed="Vous présentez votre projet en dix minutes à un groupe bienveillant.",
        next="Un conseiller vous aide à demander un financement pour la formation choisie.",
        variants=(
            Variant(
                "Explorer les métiers de l'IA en deux semaines",
                "gaves-competences",
                "Tarbes",
                70,
                ("Deux semaines de rencontres et d'essais pour choisir un métier de l'IA en connaissance de cause."),
                who="Les visites se font en Bigorre et dans le Béarn voisin.",
                more=("passer une journée avec une personne en poste",),
                sessions=3,
            ),
            Variant(
                "À la découverte des métiers de la donnée",
                "sept-collines",
                "Nîmes",
                49,
                ("Sept jours pour rencontrer celles et ceux qui travaillent la donnée, et trouver sa place parmi eux."),
                who=("Cette formation s'adresse aussi aux salariés qui craignent la disparition de leur poste."),
                more=("relire son parcours pour y trouver de la donnée",),
                sessions=3,
            ),
            Variant(
                "Elles codent demain : découverte pour les femmes",
                "brique-et-calcul",
                "Toulouse",
                70,
                ("Deux semaines réservées aux femmes qui se demandent si la donnée ou le code sont faits pour elles."),
                who=("Les intervenantes sont toutes des femmes en poste, dont trois anciennes stagiaires."),
                more=("nommer les obstacles que l'on s'impose et ceux que l'on rencontre",),
                sessions=2,
            ),
            Variant(
                "Semaine d'immersion : mon métier et l'IA",
                "margeride-connectee",
                "Mende~",
                35,
                (
                    "Une semaine mixte pour voir comment l'IA change le soin, le commerce ou le bureau, et où aller"
                    " ensuite."
                ),
                who="Des soignantes et des agents de mairie de Lozère viennent témoigner.",
                more=("dire ce que l'on veut garder de son métier",),
                sessions=2,
            ),
            Variant(
                "Quel métier de l'IA pour moi ?",
                "clair-calcul-gascon",
                "Auch",
                21,
                ("Trois jours à Auch pour passer en revue les métiers, essayer et décider de la suite."),
                who="Les horaires suivent ceux des trains venant de Toulouse et d'Agen.",
                more=("trouver un stage d'essai près de chez soi",),
                sessions=2,
            ),
        ),
    ),
    Family(
        key="esprit-critique",
        kind=Kind.PUBLIC,
        profiles=(),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=None,
        requires="",
        gives="esprit-critique:2 verification-ia:2 biais:1 ethique-ia:1 propriete-intellectuelle-ia:1",
        formacodes=("31028", "46354"),
        occupations=(),
        objective="Reconnaître un texte, une image ou une voix fabriqués, et savoir quoi en faire.",
        for_whom=("Tout public, en particulier les personnes qui informent, conseillent ou encadrent des jeunes."),
        before="Utiliser internet régulièrement.",
        learn=(
            "voir comment se fabrique une image, une voix ou un texte artificiel",
            "chercher la source d'une information en cinq minutes",
            "repérer les indices d'un trucage et connaître leurs limites",
            "comprendre pourquoi une IA répète des préjugés",
            "réagir : signaler, prévenir, expliquer sans humilier",
        ),
        method=(
            "On fabrique d'abord un faux, pour savoir ensuite le démonter. Les exemples sont choisis avec le groupe."
        ),
        assessed="Un jeu d'enquête par équipes clôt la session.",
        next=("Les personnes intéressées peuvent devenir relais dans leur association ou leur établissement."),
        variants=(
            Variant(
                "Vrai, faux, fabriqué : garder l'esprit critique",
                "encre-et-neurones",
                "Castelnau-le-Lez, distance",
                14,
                ("Deux jours pour démonter images truquées et textes fabriqués, et apprendre à vérifier vite."),
                who="Des bibliothécaires et des enseignants y participent souvent.",
                more=("préparer une vérification à montrer en classe ou en rédaction",),
                sessions=4,
                price_euros=520,
            ),
            Variant(
                "Désinformation et IA : atelier pour les médiateurs",
                "robine-et-reseaux",
                "Narbonne, Carcassonne",
                7,
                (
                    "Une journée pour les médiateurs numériques et animateurs qui répondent chaque jour à des "
                    "questions d'habitants."
                ),
                who=("La journée s'adresse surtout aux conseillers numériques, animateurs et agents d'accueil."),
                more=("animer un atelier d'une heure avec des habitants",),
                sessions=3,
            ),
            Variant(
                "Vérifier ce que dit une IA",
                "viaur-services",
                "Rodez, distance",
                7,
                "Une journée d'exercices pour ne plus croire une machine sur parole.",
                who="Les exemples viennent du droit du travail, de la santé et des aides sociales.",
                more=("garder la preuve de ses vérifications",),
                sessions=3,
            ),
        ),
    ),
    Family(
        key="english-tech",
        kind=Kind.PUBLIC,
        profiles=("data-analyst", "technicien-donnees", "developpeur-ia-generative"),
        entry_level=4,
        entry_is_mandatory=None,
        exit_level=None,
        requires="anglais:1",
        gives="anglais:2 recherche-information:2 apprendre:1",
        formacodes=("31028",),
        occupations=(),
        objective="Lire une documentation, suivre un tutoriel et poser une question en anglais technique.",
        for_whom="Les personnes qui se forment à la donnée ou au code et que l'anglais retient.",
        before="Un niveau scolaire, même lointain.",
        learn=(
            "lire une page de documentation et en extraire la commande utile",
            "reconnaître les deux cents mots qui reviennent toujours",
            "écrire une question claire sur un forum",
            "suivre une réunion courte et dire où l'on en est",
            "utiliser la traduction automatique sans lui faire confiance aveuglément",
        ),
        method=(
            "Des séances courtes et fréquentes, sur des textes réels, avec un carnet de mots que l'on construit "
            "soi-même."
        ),
        assessed="Un test d'entrée et un test de sortie, sur le même type de document.",
        next="Continuez par des échanges hebdomadaires gratuits entre anciens participants.",
        variants=(
            Variant(
                "L'anglais de la donnée et du code",
                "tarn-lumieres",
                "Albi, distance",
                40,
                "Quarante heures pour lire l'anglais technique et oser écrire, en petits groupes.",
                who="Le groupe est ouvert aux stagiaires d'autres organismes.",
                more=("préparer un entretien d'embauche en anglais",),
                sessions=3,
                rhythm="part_time",
            ),
            Variant(
                "Anglais technique pour métiers du numérique",
                "escola-numerica",
                "distance",
                30,
                "Trente heures en soirée et à distance, pour ne plus buter sur les documentations.",
                who=(
                    "Cette formation convient aux personnes qui travaillent et disposent de deux soirées par semaine."
                ),
                more=("écouter une conférence et en tenir des notes",),
                sessions=3,
                rhythm="evening",
                price_euros=450,
            ),
        ),
    ),
)

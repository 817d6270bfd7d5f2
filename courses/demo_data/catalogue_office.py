"""AI at the desk: assistants, prompts, spreadsheets and automation without code."""

from typing import Final

from courses.demo_data.shapes import Family, Kind, Variant

FAMILIES: Final[tuple[Family, ...]] = (
    Family(
        key="assistants-travail",
        kind=Kind.SHORT,
        profiles=("assistant-administratif-ia", "referent-ia"),
        entry_level=3,
        entry_is_mandatory=None,
        exit_level=None,
        requires="messagerie-agenda:1",
        gives=(
            "assistants-ia:2 redaction-ia:2 synthese-ia:2 comptes-rendus-ia:1 redaction-invites:1 verification-ia:2"
            " usage-prudent-ia:2"
        ),
        formacodes=("31028", "15052"),
        occupations=(),
        objective="Utiliser un assistant d'IA chaque jour au bureau, avec méthode et sans exposer de données.",
        for_whom="Les personnes qui écrivent, classent, résument ou répondent à longueur de journée.",
        before="Être à l'aise avec une messagerie et un traitement de texte.",
        learn=(
            "formuler une demande avec un rôle, un contexte, un format et un exemple",
            "résumer un long document et contrôler le résumé",
            "préparer un compte rendu à partir de notes ou d'un enregistrement autorisé",
            "reprendre un courrier : ton, longueur, clarté",
            "savoir ce qui peut être confié à l'outil et ce qui doit rester dans la maison",
            "se faire une bibliothèque de consignes réutilisables",
        ),
        method=(
            "Vous travaillez sur vos propres documents, rendus anonymes avant de commencer. Chaque exercice est "
            "refait sans l'IA pour comparer."
        ),
        assessed="Une mise en situation sur un dossier complet, corrigée à deux.",
        next="L'atelier d'automatisation sans code prolonge naturellement cette formation.",
        variants=(
            Variant(
                "L'IA au bureau : gagner du temps sans se tromper",
                "garrigue-numerique",
                "Montpellier, Nîmes, distance",
                14,
                ("Deux jours pour écrire, résumer et répondre avec un assistant d'IA, en gardant la main."),
                who="Associations, cabinets et commerces forment l'essentiel des groupes.",
                more=("écrire une courte charte d'usage",),
                sessions=4,
            ),
            Variant(
                "Assistants d'IA pour secrétaires et assistantes",
                "tescou-tertiaire",
                "Montauban",
                21,
                (
                    "Trois jours pour le secrétariat : courriers, comptes rendus, agenda et dossiers, avec l'aide "
                    "de l'IA."
                ),
                who=(
                    "Cette formation est écrite pour les secrétaires, assistantes de direction et gestionnaires "
                    "d'accueil."
                ),
                more=("préparer une réunion, de la convocation au relevé de décisions",),
                sessions=3,
            ),
            Variant(
                "Écrire et résumer avec l'IA",
                "neuf-ecluses",
                "Béziers, Narbonne",
                7,
                "Une journée concentrée sur l'écrit professionnel : courriers, notes et synthèses.",
                who="Cette formation peut se tenir dans vos locaux à partir de cinq personnes.",
                more=("retrouver son ton après la machine",),
                sessions=4,
                fewer=1,
            ),
            Variant(
                "L'IA au quotidien dans une petite entreprise",
                "viaur-services",
                "Rodez, Millau",
                14,
                ("Deux jours espacés de trois semaines pour installer l'IA dans les habitudes d'une petite équipe."),
                who="Les artisans, leurs conjoints et leurs assistantes sont les premiers concernés.",
                more=("préparer un devis et une relance",),
                sessions=3,
            ),
            Variant(
                "Bien travailler avec un assistant d'IA",
                "margeride-connectee",
                "distance",
                12,
                "Quatre soirées en ligne pour prendre de bonnes habitudes avec un assistant d'IA.",
                who=("Les horaires du soir conviennent aux personnes qui travaillent en équipe ou en saison."),
                more=("choisir un outil selon ce qu'il fait des données",),
                sessions=4,
                rhythm="evening",
            ),
            Variant(
                "Atelier IA pour indépendants et créateurs",
                "etang-etincelles",
                "Sète",
                14,
                ("Deux jours face au port pour répondre, présenter et vendre mieux, sans y passer ses soirées."),
                who="Artisans d'art, photographes, guides et restaurateurs s'y croisent.",
                more=("préparer une page de présentation et un mois de publications",),
                sessions=3,
            ),
        ),
    ),
    Family(
        key="prompts-pro",
        kind=Kind.SHORT,
        profiles=("concepteur-assistants-ia",),
        entry_level=4,
        entry_is_mandatory=None,
        exit_level=None,
        requires="assistants-ia:1",
        gives=("redaction-invites:3 llm:1 verification-ia:2 evaluation-llm:1 assistants-nocode:2 injection-invites:1"),
        formacodes=("31028",),
        occupations=(),
        objective="Concevoir, tester et tenir à jour des consignes fiables pour une équipe ou un service.",
        for_whom=(
            "Les personnes qui utilisent déjà une IA générative et veulent des résultats réguliers, partageables et"
            " vérifiés."
        ),
        before="Avoir déjà utilisé un assistant d'IA pendant quelques semaines.",
        learn=(
            "comprendre ce que le modèle lit : contexte, exemples, limites",
            "découper une tâche en étapes et enchaîner les consignes",
            "exiger un format exploitable : tableau, liste, champ à remplir",
            "construire un jeu de cas d'essai et mesurer les échecs",
            "documenter une consigne pour qu'une collègue la reprenne",
            "repérer un détournement caché dans un document",
        ),
        method=(
            "Chaque consigne est notée par le groupe sur dix cas, puis améliorée. On garde la trace de chaque version."
        ),
        assessed="Vous rendez trois consignes documentées avec leurs essais.",
        next="Vous pouvez poursuivre vers la conception d'assistants ou l'évaluation des IA génératives.",
        variants=(
            Variant(
                "Rédiger des consignes fiables pour l'IA",
                "antigone-logiciel",
                "Montpellier, distance",
                14,
                ("Deux jours pour passer du bricolage à des consignes testées, versionnées et partagées."),
                who="Une pratique du code n'est pas nécessaire.",
                more=("ranger et partager les consignes d'une équipe",),
                sessions=4,
            ),
            Variant(
                "Consignes et assistants sur mesure",
                "fils-du-code-oc",
                "Toulouse, distance",
                21,
                ("Trois jours pour créer des assistants spécialisés et prouver qu'ils tiennent leurs promesses."),
                who="Chefs d'équipe et référents numériques y trouvent de quoi équiper leur service.",
                more=("publier un assistant interne avec ses règles d'usage",),
                sessions=3,
            ),
            Variant(
                "Concepteur de consignes et d'assistants d'IA",
                "garrigue-numerique",
                "Montpellier, distance",
                175,
                ("Sept semaines pour faire de la conception de consignes et d'assistants un vrai métier."),
                who=("Les anciens rédacteurs, assistants et conseillers clientèle y réussissent très bien."),
                more=(
                    "mener un projet complet pour une organisation d'accueil",
                    "accompagner les utilisateurs et recueillir leurs retours",
                ),
                kind=Kind.LONG,
                sessions=2,
                exit_level=5,
                certification="Concepteur d'assistants d'IA générative",
                gives=(
                    "redaction-invites:3 evaluation-llm:2 assistants-nocode:3 llm:2 verification-ia:2 redaction:3 "
                    "rag:1 chatbots:2 usage-prudent-ia:2 experience-utilisateur-ia:1"
                ),
                company_hours=70,
                method=(
                    "Trois commandes réelles se succèdent, de plus en plus exigeantes. Chaque consigne est essayée "
                    "par d'autres que son auteur."
                ),
                assessed="Un assistant complet, son dossier d'essais et une soutenance devant un jury.",
                next=("Postes de concepteur d'assistants, d'évaluatrice ou de chargé de relation numérique."),
            ),
        ),
    ),
    Family(
        key="tableur-donnees",
        kind=Kind.SHORT,
        profiles=("technicien-donnees", "controleur-gestion-data"),
        entry_level=3,
        entry_is_mandatory=None,
        exit_level=None,
        requires="tableur:1",
        gives=(
            "tableur:3 nettoyage-donnees:1 tableaux-de-bord:1 tableur-ia:2 visualisation-donnees:1 scripts-"
            "bureautiques:1"
        ),
        formacodes=("15052", "31014"),
        occupations=("M1203",),
        objective="Passer du tableau rempli à la main à des données propres, reliées et faciles à lire.",
        for_whom="Les comptables, assistants, gestionnaires et responsables qui vivent dans un tableur.",
        before="Savoir faire une somme, un tri et un filtre dans un tableur.",
        learn=(
            "organiser une feuille comme une base : une ligne, un fait",
            "nettoyer un export : doublons, dates, montants, libellés",
            "croiser des tableaux sans recopier",
            "bâtir un tableau croisé et un graphique honnête",
            "demander une formule à l'IA et la vérifier",
            "automatiser une mise à jour mensuelle",
        ),
        method=(
            "Vous venez avec un fichier qui vous fait souffrir ; vous repartez avec un fichier qui travaille pour vous."
        ),
        assessed="Un fichier complet à remettre en ordre en deux heures, corrigé ligne à ligne.",
        next="La suite naturelle est SQL, puis les tableaux de bord.",
        variants=(
            Variant(
                "Du tableur à la donnée",
                "causses-donnees",
                "Rodez, distance",
                35,
                (
                    "Une semaine pour transformer ses tableaux en données fiables, premier pas vers les métiers de "
                    "la donnée."
                ),
                who=("Cette formation a été pensée pour les comptables et les gestionnaires de l'Aveyron."),
                more=("rapprocher deux exports comptables sans recopie",),
                sessions=4,
            ),
            Variant(
                "Tableur avancé et IA",
                "tescou-tertiaire",
                "Montauban, distance",
                21,
                ("Trois jours pour maîtriser son tableur et se faire aider par l'IA sans erreur de calcul."),
                who="Cette formation convient aux services paie, achats et gestion.",
                more=("contrôler une paie ou un budget en trois croisements",),
                sessions=4,
            ),
            Variant(
                "Maîtriser ses tableaux de gestion",
                "neuf-ecluses",
                "Béziers",
                21,
                "Trois jours pour bâtir des tableaux de suivi qui se mettent à jour seuls.",
                who=("Cette formation s'adresse aux petites entreprises qui n'ont pas de service informatique."),
                more=("suivre la trésorerie semaine par semaine",),
                sessions=3,
            ),
            Variant(
                "Nettoyer, croiser, présenter : le tableur en cinq ateliers",
                "dourbie-apprendre",
                "Millau, Rodez",
                20,
                ("Cinq ateliers du vendredi pour apprivoiser ses données, du listing d'adhérents au suivi de stock."),
                who=("Beaucoup d'associations et de coopératives y envoient leur trésorière ou leur trésorier."),
                more=("tenir une liste d'adhérents dans le respect de la loi",),
                sessions=2,
                rhythm="part_time",
                accessibility_unknown=True,
            ),
            Variant(
                "Fichiers en ordre pour exploitants et coopératives",
                "clair-calcul-gascon",
                "Auch",
                14,
                "Deux jours pour tenir parcelles, stocks et ventes dans des tableaux clairs.",
                who="Les exploitants agricoles viennent avec leurs propres relevés.",
                more=("préparer les chiffres demandés par une aide agricole",),
                sessions=2,
            ),
        ),
    ),
    Family(
        key="automatisation-nocode",
        kind=Kind.SHORT,
        profiles=("developpeur-no-code-ia",),
        entry_level=4,
        entry_is_mandatory=False,
        exit_level=None,
        requires="tableur:1",
        gives=("automatisation-nocode:2 analyse-processus:2 applications-nocode:1 assistants-nocode:1 api-web:1"),
        formacodes=("31028", "31085"),
        occupations=(),
        objective="Repérer une tâche répétitive, la décrire et l'automatiser sans écrire de programme.",
        for_whom=(
            "Les personnes qui font vivre des procédures : administration, ventes, achats, ressources humaines, "
            "associations."
        ),
        before="Être à l'aise avec un tableur et les outils en ligne.",
        learn=(
            "dessiner une procédure telle qu'elle se passe vraiment",
            "choisir ce qu'il vaut la peine d'automatiser, et ce qu'il ne faut pas",
            "relier un formulaire, un tableau et une messagerie",
            "ajouter une étape d'IA : trier, extraire, résumer",
            "prévoir les erreurs et la reprise par une personne",
            "documenter et surveiller l'automatisme",
        ),
        method=("Une automatisation est construite chaque jour, du dessin sur papier jusqu'à la mise en service."),
        assessed="Démonstration d'une automatisation utile à votre travail, avec son mode d'emploi.",
        next="Le parcours long mène au métier de chargé d'automatisation.",
        variants=(
            Variant(
                "Automatiser sans coder",
                "brique-et-calcul",
                "Toulouse, distance",
                21,
                ("Trois jours pour confier les tâches répétitives à une chaîne d'outils, sans une ligne de code."),
                who="Un tiers des places est réservé aux associations.",
                more=("calculer le temps réellement gagné",),
                sessions=4,
            ),
            Variant(
                "Automatiser le secrétariat avec l'IA",
                "tescou-tertiaire",
                "Montauban",
                28,
                ("Quatre jours pour automatiser convocations, relances et classement dans un secrétariat."),
                who="Les exercices viennent de cabinets médicaux, d'études et de mairies.",
                more=("extraire les informations d'un courrier scanné",),
                sessions=3,
            ),
            Variant(
                "Chargé d'automatisation des tâches de bureau",
                "pastel-codes",
                "Toulouse, distance",
                350,
                ("Un trimestre pour devenir la personne qui libère ses collègues des tâches répétitives."),
                who="Assistantes, gestionnaires et anciens commerçants composent les promotions.",
                more=(
                    "conduire un projet de bout en bout avec un service volontaire",
                    "former ses collègues et mesurer le temps rendu",
                ),
                kind=Kind.LONG,
                sessions=2,
                exit_level=5,
                certification="Chargé d'automatisation et d'assistants numériques",
                gives=(
                    "automatisation-nocode:3 analyse-processus:3 applications-nocode:2 redaction-invites:2 "
                    "logique:2 assistants-nocode:3 rpa:1 api-web:2 conduite-changement-ia:1 scripts-bureautiques:2 "
                    "support-ia:1"
                ),
                company_hours=105,
                assessed="Un projet mené dans un service, un dossier et un entretien avec un jury.",
                next=("Postes de chargée d'automatisation, de développeur sans code ou de référent numérique."),
            ),
            Variant(
                "Automatisation et IA pour les petites entreprises",
                "comminges-eleve",
                "Saint-Gaudens~",
                42,
                ("Six jours mixtes pour alléger devis, commandes et relances dans une petite entreprise de montagne."),
                who=("Le dirigeant et la personne qui tient le bureau peuvent venir ensemble pour le prix d'un."),
                more=("suivre ses commandes depuis un téléphone",),
                sessions=2,
            ),
            Variant(
                "Technicien en automatisation bureautique",
                "gaves-competences",
                "Tarbes~",
                420,
                (
                    "Quatre mois pour un premier métier technique du numérique, à partir du bac ou d'une expérience"
                    " équivalente."
                ),
                who="Une expérience de bureau de trois ans remplace le bac.",
                more=("écrire un mode d'emploi illustré",),
                kind=Kind.LONG,
                entry_level=4,
                exit_level=4,
                certification="Chargé d'automatisation et d'assistants numériques",
                gives=(
                    "automatisation-nocode:3 rpa:2 analyse-processus:2 redaction-invites:2 logique:2 applications-"
                    "nocode:2 scripts-bureautiques:2 assistants-nocode:2 support-ia:2"
                ),
                company_hours=140,
                assessed="Deux automatisations remises à des utilisateurs, et un entretien avec un jury.",
                next="Emploi de technicien, d'assistant numérique ou de gestionnaire d'applications.",
            ),
        ),
    ),
    Family(
        key="rpa",
        kind=Kind.SHORT,
        profiles=("developpeur-no-code-ia",),
        entry_level=5,
        entry_is_mandatory=None,
        exit_level=None,
        requires="analyse-processus:1 tableur:2",
        gives="rpa:3 analyse-processus:2 scripts-bureautiques:2 tests-logiciels:1 ocr:1",
        formacodes=("31085", "31028"),
        occupations=(),
        objective=(
            "Construire et maintenir des robots logiciels qui manipulent les applications à la place d'une personne."
        ),
        for_whom=(
            "Les techniciens, gestionnaires d'applications et analystes qui veulent automatiser des outils anciens."
        ),
        before="Savoir décrire une procédure pas à pas et manier des formules complexes.",
        learn=(
            "enregistrer puis fiabiliser un parcours dans une application",
            "lire un document scanné et en contrôler les champs",
            "traiter les exceptions et prévenir une personne",
            "tester, planifier et tracer les exécutions",
            "estimer le coût réel, maintenance comprise",
        ),
        method=(
            "Les robots tournent sur une copie d'un logiciel de gestion ; on y provoque des pannes pour apprendre à"
            " les rattraper."
        ),
        assessed="Un robot remis avec ses essais et son journal d'incidents.",
        next="Complétez par les agents d'IA ou par la conduite de projet.",
        variants=(
            Variant(
                "Robots logiciels : automatiser les applications",
                "fils-du-code-oc",
                "Toulouse",
                35,
                "Une semaine pour construire des robots de bureau solides, testés et surveillés.",
                more=("faire cohabiter robots et personnes",),
                sessions=3,
            ),
            Variant(
                "Automatiser la saisie et la facturation",
                "causses-donnees",
                "Rodez~",
                28,
                (
                    "Quatre jours pour lire les factures, contrôler les montants et alimenter la comptabilité sans "
                    "ressaisie."
                ),
                who="Cette formation est conçue avec des cabinets comptables de l'Aveyron.",
                more=("garder une piste d'audit complète de ce que le robot a fait",),
                sessions=2,
            ),
            Variant(
                "Robots logiciels et documents scannés",
                "agout-ateliers",
                "Castres",
                35,
                "Une semaine pour dématérialiser commandes et ordonnances, du scanner au dossier.",
                who="Les ateliers partent de documents de la santé et du textile.",
                more=("lire une écriture difficile et savoir renoncer",),
                sessions=2,
                accessibility_unknown=True,
            ),
        ),
    ),
)

"""The technicians who prepare, check and look after data, and who help its users."""

from typing import Final

from courses.demo_data.shapes import Family, Kind, Variant

FAMILIES: Final[tuple[Family, ...]] = (
    Family(
        key="technicien-donnees",
        kind=Kind.LONG,
        profiles=("technicien-donnees",),
        entry_level=4,
        entry_is_mandatory=False,
        exit_level=4,
        requires="tableur:1 calcul:1",
        gives=(
            "tableur:3 sql:2 nettoyage-donnees:2 qualite-donnees:2 tableaux-de-bord:2 saisie-donnees:3 "
            "visualisation-donnees:1 rgpd:1 jeux-donnees:1 tracabilite:2 rigueur:2 collecte-donnees:1"
        ),
        formacodes=("31025", "11016", "31029"),
        occupations=("M1894",),
        objective="Recueillir, nettoyer, contrôler et mettre à disposition les données d'une organisation.",
        for_whom=(
            "Les personnes soigneuses et méthodiques qui cherchent un métier technique de bureau, avec ou sans "
            "expérience."
        ),
        before="Être à l'aise avec un ordinateur et aimer le travail précis.",
        learn=(
            "comprendre d'où vient une donnée et à quoi elle servira",
            "nettoyer un fichier : doublons, formats, valeurs absentes",
            "contrôler la qualité avec des règles écrites",
            "respecter la protection des données personnelles",
            "interroger une base avec SQL",
            "produire un tableau de bord simple et l'expliquer",
            "tenir un dictionnaire des données et la trace des corrections",
        ),
        method=(
            "La promotion reprend la base d'une association partenaire et la rend meilleure, semaine après semaine."
        ),
        assessed=("Un dossier professionnel, une épreuve pratique de quatre heures et un entretien avec un jury."),
        next=(
            "Emploi de technicien données, gestionnaire de base ou assistant statisticien ; poursuite possible vers"
            " data analyst."
        ),
        certification="Technicien de la donnée",
        variants=(
            Variant(
                "Technicien données",
                "causses-donnees",
                "Rodez~",
                560,
                ("Cinq mois à Rodez et à distance pour devenir technicien ou technicienne de la donnée."),
                who=("Les anciens comptables, secrétaires et techniciens de l'agroalimentaire y sont nombreux."),
                more=("rapprocher des données comptables et de production",),
                sessions=2,
                region_pays=True,
                company_hours=175,
            ),
            Variant(
                "Technicienne, technicien de la donnée",
                "tarn-lumieres",
                "Albi, distance",
                595,
                ("Cinq mois pour apprendre à recueillir, ranger et contrôler les données d'une entreprise du Tarn."),
                who="Une salle calme est ouverte à celles et ceux qui suivent à distance.",
                more=("préparer des données pour une équipe d'analystes",),
                sessions=3,
                company_hours=140,
            ),
            Variant(
                "Technicien données pour l'industrie et la logistique",
                "tramontane-competences",
                "Perpignan",
                630,
                ("Six mois pour passer du quai ou de l'atelier à la gestion des données de production et de stock."),
                who="Une expérience de cariste, de conducteur ou d'opérateur remplace le diplôme.",
                more=("suivre un stock et une tournée avec des données à jour",),
                sessions=2,
                entry_level=3,
                region_pays=True,
                company_hours=210,
            ),
            Variant(
                "Gestionnaire de données, de la saisie au contrôle",
                "sept-collines",
                "Nîmes",
                525,
                "Quatre mois et demi pour un métier de confiance : la donnée juste, au bon endroit.",
                who=("Les personnes en reconversion après un arrêt long sont accompagnées par un ergonome."),
                more=("reprendre un fichier que plus personne ne comprend",),
                sessions=2,
                company_hours=140,
            ),
            Variant(
                "Technicien de la donnée, parcours adapté",
                "gaves-competences",
                "Tarbes, distance",
                630,
                (
                    "Six mois à un rythme aménagé pour les personnes en situation de handicap qui visent un métier "
                    "de la donnée."
                ),
                who="Lecteurs d'écran, pauses et horaires se décident ensemble avant l'entrée.",
                more=("organiser son poste et ses outils d'accessibilité",),
                sessions=2,
                company_hours=140,
            ),
            Variant(
                "Assistant gestion de données",
                "boucle-du-lot",
                "Cahors~",
                490,
                ("Cinq mois mixtes, un jour par semaine sur place, pour tenir les données d'une petite structure."),
                who=("Les agents de petites communes et les gestionnaires d'associations y trouvent leur compte."),
                more=("tenir l'inventaire et les abonnés d'un service rural",),
                company_hours=140,
            ),
            Variant(
                "Technicienne, technicien données de santé publique",
                "margeride-connectee",
                "Mende~",
                525,
                ("Quatre mois et demi, presque tout à distance, pour gérer les données d'un établissement de soin."),
                who=("Aides-soignantes, infirmières et secrétaires médicales constituent le cœur du groupe."),
                more=("respecter le secret des dossiers à chaque étape",),
                sessions=2,
                region_pays=True,
                company_hours=140,
            ),
            Variant(
                "Opérateur de données, premier niveau",
                "casot-donnees",
                "Perpignan",
                350,
                (
                    "Trois mois sans condition de diplôme pour saisir, contrôler et classer des données de "
                    "transport et de stock."
                ),
                who=(
                    "Cette formation est pensée pour les conducteurs, manutentionnaires et agents d'entretien qui "
                    "changent de métier."
                ),
                more=("lire un bon de transport et repérer une incohérence",),
                sessions=2,
                entry_level=0,
                exit_level=3,
                certification="",
                fewer=3,
                gives=(
                    "saisie-donnees:3 tableur:2 nettoyage-donnees:1 qualite-donnees:1 tracabilite:2 rgpd:1 "
                    "annotation-textes:1"
                ),
                requires="",
                region_pays=True,
                company_hours=70,
                objective=("Saisir, contrôler et classer des données justes, et comprendre à quoi elles servent."),
                for_whom=("Les personnes soigneuses, avec ou sans diplôme, qui veulent quitter un travail physique."),
                before=(
                    "Comprendre le français courant et accepter de travailler assis une partie de la journée. Le "
                    "tableur s'apprend sur place."
                ),
                assessed=("Une épreuve de saisie et de contrôle, puis un entretien sur votre livret de progrès."),
                next="Emploi d'opérateur de saisie ou de contrôle, puis formation de technicien données.",
            ),
        ),
    ),
    Family(
        key="annotation",
        kind=Kind.REGION,
        profiles=("annotateur-donnees",),
        entry_level=0,
        entry_is_mandatory=False,
        exit_level=3,
        requires="",
        gives=(
            "annotation-images:2 annotation-textes:2 controle-annotation:2 consignes-annotation:1 qualite-donnees:1"
            " saisie-donnees:2 bases-ia:1 evaluation-humaine-ia:1 rigueur:2 observation:2 respect-procedures:2"
        ),
        formacodes=("31028",),
        occupations=(),
        objective=("Préparer les exemples dont une IA a besoin pour apprendre, avec constance et sens du détail."),
        for_whom="Les personnes patientes et attentives, sans condition de diplôme, à l'aise avec un écran.",
        before="Lire et écrire le français courant et avoir une bonne vue, corrigée ou non.",
        learn=(
            "comprendre pourquoi une erreur d'étiquette abîme un modèle",
            "dessiner un contour, placer un point, classer une image",
            "marquer les noms, les lieux et le ton dans un texte",
            "suivre une consigne et signaler un cas douteux",
            "mesurer l'accord entre plusieurs annotateurs",
            "préserver sa santé : posture, pauses, contenus difficiles",
        ),
        method=(
            "Des séries courtes, corrigées ensemble, sur des images de vigne, de route et d'atelier. La cadence "
            "vient après la justesse."
        ),
        assessed="Une épreuve de cent images et de vingt textes, et un entretien sur vos choix.",
        next="Emploi d'annotateur, de contrôleur ou entrée en formation de technicien données.",
        certification="Annotateur de données pour l'intelligence artificielle",
        variants=(
            Variant(
                "Annotateur, annotatrice de données",
                "casot-donnees",
                "Perpignan",
                210,
                ("Huit semaines pour apprendre un métier de précision, sans diplôme, près de chez soi."),
                who="Les anciens conducteurs y apportent un œil précieux sur les images de route.",
                more=("reconnaître sur une image les dangers de la route",),
                sessions=3,
                company_hours=70,
            ),
            Variant(
                "Préparer les données qui instruisent l'IA",
                "violette-apprenante",
                "Toulouse",
                175,
                "Sept semaines pour entrer dans un métier de l'IA par la précision et l'attention.",
                who="Le groupe est ouvert aux personnes qui apprennent encore le français.",
                more=("décrire une image en mots simples et exacts",),
                sessions=2,
                company_hours=70,
            ),
            Variant(
                "Annotation d'images pour la vigne et l'eau",
                "sillon-clair",
                "Lattes",
                105,
                ("Trois semaines pour annoter parcelles, feuilles et berges avec celles et ceux qui les connaissent."),
                who="Les saisonniers agricoles peuvent la suivre entre deux campagnes.",
                more=("reconnaître une maladie de la vigne à ses signes",),
                sessions=2,
                certification="",
                exit_level=None,
            ),
            Variant(
                "Annoter et contrôler des données de langage",
                "margeride-connectee",
                "distance",
                140,
                ("Cinq semaines à distance pour annoter textes et conversations et juger les réponses d'une machine."),
                who="Cette formation convient à un temps partiel choisi, y compris à la campagne.",
                more=("rester neutre devant une opinion",),
                sessions=2,
                entry_level=3,
                gives=(
                    "annotation-textes:3 controle-annotation:2 evaluation-humaine-ia:2 consignes-annotation:2 "
                    "qualite-donnees:1 bases-ia:1"
                ),
                weeks=5,
                rhythm="part_time",
                learn=(
                    "comprendre pourquoi une erreur d'étiquette abîme un modèle",
                    "marquer les noms, les lieux et le ton dans un texte",
                    "noter deux réponses et dire laquelle est la meilleure, et pourquoi",
                    "suivre une consigne et signaler un cas douteux",
                    "mesurer l'accord entre plusieurs annotateurs",
                    "préserver sa santé : posture, pauses, contenus difficiles",
                ),
                before="Un très bon français écrit et une connexion stable.",
                method=(
                    "Des séries de textes et de conversations, discutées en visioconférence deux fois par semaine. "
                    "La cadence vient après la justesse."
                ),
                assessed="Une épreuve de cinquante textes, et un entretien sur vos choix.",
            ),
            Variant(
                "Référent annotation et qualité",
                "casot-donnees",
                "Perpignan, distance",
                70,
                ("Deux semaines pour écrire les consignes, former une équipe et tenir la qualité dans la durée."),
                who="Cette formation suppose une première expérience d'annotation.",
                more=("arbitrer les désaccords et faire évoluer une consigne",),
                kind=Kind.SHORT,
                sessions=2,
                certification="",
                exit_level=None,
                entry_level=4,
                requires="annotation-images:2",
                gives="consignes-annotation:3 controle-annotation:3 evaluation-humaine-ia:2 encadrement:1",
                for_whom=("Les annotatrices et annotateurs expérimentés qui prennent une équipe ou un lot en charge."),
                before="Avoir annoté au moins six mois.",
                method=(
                    "Chacun apporte une consigne de son entreprise ; le groupe l'applique, la prend en défaut et la"
                    " récrit."
                ),
                assessed="Une consigne récrite, avec la mesure de l'accord avant et après.",
                next="Emploi de coordination, ou formation de technicien données.",
            ),
        ),
    ),
    Family(
        key="support-ia",
        kind=Kind.LONG,
        profiles=("technicien-support-ia",),
        entry_level=4,
        entry_is_mandatory=False,
        exit_level=4,
        requires="outils-collaboratifs:1",
        gives=(
            "support-ia:2 depannage-informatique:2 assistants-ia:2 relation-client:2 hygiene-numerique:2 mediation-"
            "numerique:1 gestion-acces:1 bases-ia:1 ecoute:2 resolution-problemes:2"
        ),
        formacodes=("31051", "31028"),
        occupations=("I1404",),
        objective=(
            "Installer, expliquer et dépanner les outils numériques et d'IA des utilisateurs d'une organisation."
        ),
        for_whom="Les personnes qui aiment aider et résoudre un problème à la fois.",
        before="Être à l'aise avec un ordinateur, savoir garder son calme et expliquer simplement.",
        learn=(
            "accueillir une demande, poser les bonnes questions, noter",
            "dépanner un poste, un compte, un partage",
            "installer et paramétrer un assistant d'IA dans une équipe",
            "rédiger une fiche d'aide que l'on comprend",
            "protéger les comptes et reconnaître une attaque",
            "suivre les incidents et proposer une amélioration",
        ),
        method="Un centre d'appels d'entraînement reçoit de vraies demandes d'associations partenaires.",
        assessed="Trois appels enregistrés, un dossier et un entretien avec un jury.",
        next="Emploi de technicien support, référent numérique ou animateur d'espace public.",
        certification="Technicien d'assistance aux outils numériques et d'IA",
        variants=(
            Variant(
                "Technicien support numérique et IA",
                "robine-et-reseaux",
                "Narbonne",
                560,
                ("Cinq mois pour un métier d'aide et de technique, dès le bac ou une expérience d'accueil."),
                who="Les vendeurs, agents d'accueil et animateurs y réussissent souvent.",
                more=("accueillir une personne en colère ou perdue",),
                sessions=2,
                company_hours=175,
            ),
            Variant(
                "Technicienne, technicien d'assistance aux outils d'IA",
                "tescou-tertiaire",
                "Montauban~",
                525,
                (
                    "Quatre mois et demi pour accompagner les utilisateurs d'outils d'IA dans les entreprises et "
                    "les mairies."
                ),
                more=("animer un atelier de prise en main de deux heures",),
                sessions=2,
                company_hours=140,
            ),
            Variant(
                "Assistance aux utilisateurs d'outils d'IA",
                "escola-numerica",
                "Colomiers~",
                84,
                ("Douze semaines en soirée pour ajouter l'IA à un métier de support que l'on exerce déjà."),
                who="Cette formation s'adresse aux techniciens en poste.",
                more=("préparer le déploiement d'un assistant dans un service",),
                kind=Kind.SHORT,
                rhythm="evening",
                sessions=2,
                weeks=12,
                assessed="Trois fiches d'aide et un atelier animé devant le groupe.",
                next="Vous pouvez évoluer vers la formation d'utilisateurs ou la sécurité.",
            ),
            Variant(
                "Support informatique et IA en zone rurale",
                "boucle-du-lot",
                "Cahors~, distance",
                490,
                "Cinq mois mixtes pour dépanner et former là où il n'y a personne d'autre.",
                who="Une voiture ou un moyen de se déplacer facilite le stage.",
                more=("organiser ses tournées de dépannage",),
                company_hours=175,
            ),
        ),
    ),
)

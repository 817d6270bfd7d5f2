"""How each body of the demonstration receives, teaches and follows people: one sentence each, in its own voice."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Voice:
    """`is_accessible` is None for a body that does not say."""

    admission: str
    style: str
    follow: str
    is_accessible: bool | None
    access_note: str = ""


VOICES: Final[dict[str, Voice]] = {
    "brique-et-calcul": Voice(
        "Un entretien d'une demi-heure, sans épreuve, suit votre message.",
        "Chaque groupe a sa salle, ouverte de 8 h à 20 h.",
        "Un déjeuner des anciens réunit chaque trimestre promotions passées et employeurs.",
        True,
        "Rampe à l'entrée, ascenseur, boucle magnétique en salle 2.",
    ),
    "mille-signaux": Voice(
        "Envoyez un court dossier : ce que vous savez faire, et une chose que vous avez construite.",
        "Les travaux pratiques se font toujours à deux.",
        "Les bureaux d'études partenaires viennent aux soutenances.",
        True,
        "Plateau technique accessible ; postes réglables en hauteur.",
    ),
    "pastel-codes": Voice(
        "Vous suivez d'abord une réunion d'information, puis un entretien à deux voix.",
        "Le groupe compte seize personnes au plus, avec un tuteur pour quatre.",
        "Le tuteur reste joignable pendant les six mois qui suivent.",
        True,
        "Ascenseur, salle de repos, horaires aménageables.",
    ),
    "violette-apprenante": Voice(
        "Poussez la porte le mardi matin : on remplit le dossier avec vous.",
        "On avance au rythme du groupe, sans laisser personne.",
        "Une permanence hebdomadaire reste ouverte aux anciens participants.",
        True,
        "De plain-pied ; documents en facile à lire sur demande.",
    ),
    "fils-du-code-oc": Voice(
        "Un exercice à faire chez vous, puis un échange de vingt minutes.",
        "Les supports sont libres et restent à vous.",
        "Un salon de discussion relie toutes les promotions.",
        True,
        "Supports conformes aux lecteurs d'écran ; salle au rez-de-chaussée.",
    ),
    "droit-et-modeles": Voice(
        "Dites-nous votre fonction et vos questions : nous confirmons sous une semaine.",
        "Une juriste et un ingénieur animent ensemble chaque séance.",
        "Une lettre mensuelle signale les textes nouveaux.",
        False,
        "Immeuble ancien sans ascenseur ; une salle accessible peut être louée si vous nous prévenez.",
    ),
    "passerelle-garonne": Voice(
        "Une journée d'essai en atelier précède l'inscription.",
        "On passe beaucoup de temps à l'atelier, par groupes de dix.",
        "L'équipe vous aide à chercher votre premier contrat pendant trois mois.",
        True,
        "Ateliers de plain-pied, place de stationnement réservée.",
    ),
    "hautes-etudes-calcul-occitan": Voice(
        "Le dossier comprend les relevés de notes et une lettre ; un entretien technique peut suivre.",
        "Les exposés sont exigeants, les travaux dirigés se font en petit groupe.",
        "Le service des carrières suit les diplômés pendant deux ans.",
        True,
        "Campus accessible ; service d'accompagnement des étudiants en situation de handicap.",
    ),
    "piste-et-pixels": Voice(
        "Une visite de l'atelier est proposée avant toute inscription.",
        "Chaque binôme dispose d'une installation complète.",
        "Une assistance par téléphone est offerte pendant deux mois.",
        True,
        "Atelier de plain-pied ; éclairage réglable à chaque poste.",
    ),
    "nuage-frugal": Voice(
        "Un échange technique de vingt minutes permet de vérifier le niveau.",
        "Chaque poste affiche sa consommation électrique.",
        "Vous gardez un accès de trois mois aux machines d'exercice.",
        None,
    ),
    "escola-numerica": Voice(
        "Inscription en ligne, confirmée par téléphone.",
        "Les séances manquées se rattrapent le samedi ou en vidéo.",
        "Les modules suivis sont gardés cinq ans et s'additionnent.",
        True,
        "Ascenseur ; vidéos sous-titrées.",
    ),
    "ecusson-savoirs": Voice(
        "Réunion d'information, puis entretien ; une marraine vous rappelle avant le début.",
        "Les groupes sont petits et beaucoup de travaux se font à plusieurs.",
        "Une ancienne stagiaire parraine votre recherche d'emploi.",
        True,
        "Ascenseur et sanitaires adaptés ; pauses aménagées.",
    ),
    "garrigue-numerique": Voice(
        "Un questionnaire de cinq minutes sert à former des groupes homogènes.",
        "Les groupes ne dépassent pas dix personnes.",
        "Une heure de conseil à distance est offerte le mois suivant.",
        True,
        "Salle climatisée de plain-pied.",
    ),
    "serment-donnees": Voice(
        "L'inscription se fait après un échange sur votre service et vos horaires.",
        "Les horaires respectent les roulements, et aucun dossier de patient n'est utilisé.",
        "Un groupe d'entraide entre soignants se réunit tous les deux mois.",
        True,
        "Bâtiment hospitalier accessible ; interprète possible.",
    ),
    "haute-ecole-lez": Voice(
        "Dossier, lettre et entretien ; les adultes peuvent faire valider leurs acquis.",
        "Les exposés sont courts, les travaux pratiques longs.",
        "Le réseau des anciens ouvre ses offres d'emploi.",
        True,
        "Campus accessible, tram au pied.",
    ),
    "antigone-logiciel": Voice(
        "Montrez quelque chose que vous avez fait, même petit.",
        "Chaque demi-journée finit par quelque chose qui marche.",
        "Vous êtes invité aux soirées de contribution au logiciel libre.",
        None,
    ),
    "sillon-clair": Voice(
        "Téléphonez : on parle de votre terrain avant de parler d'inscription.",
        "On déjeune ensemble, sous le tilleul quand il fait beau.",
        "Une visite de suivi sur place a lieu à la saison suivante.",
        False,
        "Le mas se prête mal aux fauteuils ; les séances en salle peuvent être déplacées en mairie.",
    ),
    "encre-et-neurones": Voice(
        "Quelques lignes sur votre métier suffisent pour s'inscrire.",
        "On critique les travaux de tous, y compris ceux du formateur.",
        "Un cercle de lecture mensuel prolonge les échanges.",
        True,
        "Atelier au rez-de-chaussée.",
    ),
    "sept-collines": Voice(
        "Un entretien permet d'ajuster le parcours et le poste de travail.",
        "Chacun dispose d'un poste réglé à sa mesure.",
        "Un rendez-vous est prévu trois mois après la fin.",
        True,
        "Ergonome présent le lundi ; postes réglables.",
    ),
    "crocodile-savant": Voice(
        "Venez le mercredi sans rendez-vous, ou appelez.",
        "Un ordinateur est prêté pendant toute la formation.",
        "Les ateliers libres du samedi restent gratuits pour les anciens.",
        True,
        "De plain-pied, ligne de bus devant la porte.",
    ),
    "gardon-techniques": Voice(
        "Une visite de la halle est proposée avant l'inscription.",
        "On répare de vraies machines, puis on explique aux autres.",
        "Les entreprises du bassin d'Alès reçoivent votre dossier.",
        False,
        "Halle industrielle avec marches ; un poste accessible peut être installé sur demande.",
    ),
    "tramontane-competences": Voice(
        "Un rendez-vous d'une heure, sur place ou par téléphone, précède l'inscription.",
        "Le groupe commence toujours par dire ce qu'il craint et ce qu'il espère.",
        "L'aide au logement et au covoiturage continue pendant le premier emploi.",
        True,
        "Ascenseur, restauration sur place.",
    ),
    "casot-donnees": Voice(
        "Un exercice d'attention de quinze minutes, puis une discussion.",
        "On peut poser ses questions en français ou en catalan.",
        "Les employeurs de la plateforme viennent recruter le dernier jour.",
        True,
        "De plain-pied ; éclairage adapté.",
    ),
    "neuf-ecluses": Voice(
        "Bulletin d'inscription à renvoyer quinze jours avant.",
        "Une session s'ouvre dès cinq inscrits.",
        "Une fiche d'aide mémoire est envoyée après un mois.",
        None,
    ),
    "etang-etincelles": Voice(
        "Inscription sur place ou par message.",
        "Le studio son et image reste en libre accès pendant la formation.",
        "Vous gardez l'accès au studio pendant un mois.",
        False,
        "Premier étage sans ascenseur ; certains ateliers se tiennent au rez-de-chaussée.",
    ),
    "robine-et-reseaux": Voice(
        "Une rencontre d'une heure permet de faire le point ensemble.",
        "Les exercices viennent de demandes réelles d'habitants.",
        "Un réseau d'entraide réunit les anciens une fois par mois.",
        True,
        "Locaux accessibles ; atelier itinérant équipé d'une rampe.",
    ),
    "remparts-apprendre": Voice(
        "Une assistante sociale vous reçoit en même temps que la formatrice.",
        "L'emploi du temps prévoit une heure par semaine pour vos démarches.",
        "Une conseillère vous suit jusqu'au premier contrat.",
        True,
        "De plain-pied, place réservée.",
    ),
    "causses-donnees": Voice(
        "Un exercice sur tableur, puis un entretien avec un ancien contrôleur de gestion.",
        "Un formateur reste joignable entre les séances.",
        "Les cabinets et coopératives partenaires reçoivent les candidatures.",
        True,
        "Ascenseur ; les séances à distance sont sous-titrées.",
    ),
    "viaur-services": Voice(
        "Un appel suffit : on fixe une date qui évite vos grosses journées.",
        "Le formateur connaît de l'intérieur les petites entreprises.",
        "Un passage dans votre entreprise a lieu deux mois plus tard.",
        None,
    ),
    "tarn-lumieres": Voice(
        "Des exercices en ligne, puis un entretien ; le diplôme ne fait pas tout.",
        "Un formateur et un professionnel en poste se relaient.",
        "L'équipe diffuse les offres du Tarn.",
        True,
        "Bâtiment récent, accessible à tous.",
    ),
    "agout-ateliers": Voice(
        "Entretien individuel, à la date qui vous arrange.",
        "Le groupe compte six à dix personnes, et le rythme peut ralentir.",
        "Un contact est pris trois mois après la fin.",
        False,
        "Ancienne filature : deux marches à l'entrée, aide humaine possible.",
    ),
    "boucle-du-lot": Voice(
        "Une rencontre à Cahors, ou en visioconférence si vous êtes loin.",
        "On avance en petit groupe, et personne ne reste bloqué seul.",
        "Le fonds de solidarité peut payer des trajets de recherche d'emploi.",
        True,
        "Salle de plain-pied près de la gare.",
    ),
    "dourbie-apprendre": Voice(
        "Inscription par téléphone ou auprès de votre mairie.",
        "Le groupe ne dépasse pas huit personnes.",
        "Les formatrices repassent une fois par trimestre.",
        None,
    ),
    "adour-machines": Voice(
        "Une visite de l'atelier et un test de lecture de plan.",
        "Le plateau reproduit un atelier complet, pannes comprises.",
        "Les industriels de Bigorre ouvrent leurs portes en fin de parcours.",
        True,
        "Atelier accessible, aides techniques disponibles.",
    ),
    "gaves-competences": Voice(
        "Une référente handicap à temps plein répond à toutes les questions avant l'entrée.",
        "Les supports sont adaptés et les pauses se choisissent ensemble.",
        "Un suivi individuel dure six mois.",
        True,
        "Interprète, lecteurs d'écran, poste adapté, places réservées.",
    ),
    "pyrene-tremplin": Voice(
        "Un entretien près de chez vous, en mairie ou au centre social.",
        "La formation se déplace selon les inscrits.",
        "Un parrainage par une entreprise d'Ariège est proposé.",
        True,
        "Salles communales accessibles.",
    ),
    "comminges-eleve": Voice(
        "Un message ou un appel suffit.",
        "Les dates évitent les pleines saisons.",
        "Un atelier de rappel a lieu six mois plus tard.",
        None,
    ),
    "clair-calcul-gascon": Voice(
        "Un échange téléphonique permet de préparer vos exemples.",
        "Le groupe compte six à dix personnes, et l'on finit à l'heure des trains.",
        "Une journée de retour d'expérience est offerte l'hiver suivant.",
        True,
        "De plain-pied, stationnement devant la porte.",
    ),
    "tescou-tertiaire": Voice(
        "Un test d'écriture et de tableur, puis un entretien.",
        "On s'entraîne sur un véritable poste de travail.",
        "Les offres des employeurs locaux vous sont transmises pendant un an.",
        True,
        "Ascenseur ; postes à double écran sur demande.",
    ),
    "margeride-connectee": Voice(
        "Un entretien en visioconférence ou à Mende, avec essai du matériel.",
        "Une formatrice répond dans la demi-journée, par message ou par téléphone.",
        "Un groupe d'anciens se retrouve chaque été à Mende.",
        True,
        "Tout peut se suivre depuis chez soi ; sous-titrage en direct.",
    ),
}

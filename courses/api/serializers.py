"""The shape of the answers. Names follow LHÉO's words; what is not known is null, never 0, false or empty."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers as s

from courses.enums import (
    Audience,
    CallToAction,
    DatePrecision,
    EntryMode,
    FaultSeverity,
    Funding,
    Modality,
    Recruitment,
    RunState,
)
from portal.reference.enums import Level, Register, SkillLevel

PRECISIONS = [each for each in DatePrecision.choices if each[0] != "unknown"]
CODE_HELP = "Le code que les paramètres de la recherche acceptent."


@extend_schema_serializer(component_name="Organisme")
class BodySerializer(s.Serializer):
    id = s.IntegerField()
    nom = s.CharField()
    url = s.URLField()


@extend_schema_serializer(component_name="Cfa")
class CentreSerializer(s.Serializer):
    uai = s.CharField()
    nom = s.CharField()
    url = s.URLField()


@extend_schema_serializer(component_name="Validite")
class ValiditySerializer(s.Serializer):
    expiree = s.BooleanField(allow_null=True, help_text="Nul : personne ne le dit, ce qui ne vaut pas non.")
    fin_enregistrement = s.DateField(allow_null=True)
    remplacee_par = s.CharField(allow_null=True, help_text="Un numéro ou plusieurs, comme « RNCP38228, RS6117 ».")
    selon = s.CharField(allow_null=True, help_text="La source qui le dit.")
    verifiee_le = s.DateField(allow_null=True, help_text="Le jour de la liste de cette source.")


@extend_schema_serializer(component_name="Certification")
class CertificationSerializer(s.Serializer):
    code = s.CharField(help_text=CODE_HELP)
    repertoire = s.ChoiceField(Register.choices)
    numero = s.CharField()
    intitule = s.CharField()
    niveau = s.IntegerField(allow_null=True)
    validite = ValiditySerializer(allow_null=True)


@extend_schema_serializer(component_name="Metier")
class ProfileSerializer(s.Serializer):
    code = s.CharField(help_text=CODE_HELP)
    intitule = s.CharField()
    url = s.URLField()


@extend_schema_serializer(component_name="Competence")
class SkillSerializer(s.Serializer):
    code = s.CharField(help_text=CODE_HELP)
    intitule = s.CharField()
    niveau = s.ChoiceField(SkillLevel.choices, help_text="Le niveau atteint à la fin de la formation.")


@extend_schema_serializer(component_name="Lieu")
class PlaceSerializer(s.Serializer):
    commune = s.CharField(allow_null=True)
    code_insee = s.CharField(allow_null=True)
    departement = s.CharField(allow_null=True, help_text="Le code du département.")
    departement_nom = s.CharField(allow_null=True)
    latitude = s.FloatField(allow_null=True, help_text="Du centre de la commune, WGS 84.")
    longitude = s.FloatField(allow_null=True)


@extend_schema_serializer(component_name="ResteACharge")
class CostSerializer(s.Serializer):
    centimes = s.IntegerField(allow_null=True, help_text="0 : rien à payer. null : personne ne l’a dit.")
    condition = s.CharField(allow_null=True)


COSTS_NAME = "RestesACharge"
CostsSerializer = extend_schema_serializer(component_name=COSTS_NAME)(
    type("CostsSerializer", (s.Serializer,), {str(each): CostSerializer(label=each.label) for each in Audience})
)


@extend_schema_serializer(component_name="Session")
class SessionSerializer(s.Serializer):
    debut = s.DateField(allow_null=True, help_text="Le premier jour possible, selon la précision.")
    precision = s.ChoiceField(PRECISIONS, allow_null=True)
    places_restantes = s.IntegerField(allow_null=True)
    complete = s.BooleanField(allow_null=True)
    recrutement = s.ChoiceField([each for each in Recruitment.choices if each[0] != "unknown"], allow_null=True)
    inscription_jusqu_au = s.DateField(allow_null=True)
    etat = s.ChoiceField(CallToAction.choices, help_text="Ce que la session permet le jour de la réponse.")


@extend_schema_serializer(component_name="Action")
class OfferingSerializer(s.Serializer):
    id = s.IntegerField()
    lieu = PlaceSerializer()
    modalite = s.ChoiceField(Modality.choices, allow_null=True)
    duree_heures = s.IntegerField(allow_null=True)
    entrees = s.ChoiceField(EntryMode.choices)
    financements = s.ListField(child=s.ChoiceField(Funding.choices), allow_null=True)
    accessible = s.BooleanField(allow_null=True, help_text="Aux personnes handicapées.")
    restes_a_charge = CostsSerializer()
    prochaine_session = SessionSerializer(allow_null=True)


@extend_schema_serializer(component_name="ActionTrouvee")
class FoundOfferingSerializer(OfferingSerializer):
    repond = s.BooleanField(help_text="Cette action répond à tous les critères.")
    distance_km = s.FloatField(allow_null=True, help_text="Du lieu demandé au centre de la commune, à vol d’oiseau.")


class CourseFieldsSerializer(s.Serializer):
    id = s.IntegerField()
    url = s.URLField(help_text="La fiche, pour le public.")
    api = s.URLField(help_text="Cette formation dans l’API.")
    intitule = s.CharField()
    organisme = BodySerializer()
    cfa = CentreSerializer(allow_null=True)
    resume = s.CharField(allow_null=True)
    niveau_entree = s.ChoiceField(Level.choices, allow_null=True, help_text="0 : aucun diplôme demandé.")
    niveau_sortie = s.ChoiceField(Level.choices, allow_null=True)
    certifiante = s.BooleanField(allow_null=True)
    certifications = CertificationSerializer(many=True)
    metiers = ProfileSerializer(many=True)
    competences = SkillSerializer(many=True)
    verifiee_le = s.DateField(allow_null=True)
    publiee_le = s.DateTimeField(allow_null=True)


@extend_schema_serializer(component_name="FormationTrouvee")
class FoundCourseSerializer(CourseFieldsSerializer):
    actions = FoundOfferingSerializer(many=True)


class AnswerFieldsSerializer(s.Serializer):
    demonstration = s.BooleanField(help_text="true : les formations de cette réponse sont fictives.")
    mention = s.CharField(allow_null=True)


@extend_schema_serializer(component_name="Formation")
class CourseSerializer(CourseFieldsSerializer, AnswerFieldsSerializer):
    actions = OfferingSerializer(many=True)


@extend_schema_serializer(component_name="Proposition")
class ProposalSerializer(s.Serializer):
    parametre = s.CharField()
    valeur = s.CharField()
    intitule = s.CharField()


@extend_schema_serializer(component_name="Avertissement")
class WarningSerializer(s.Serializer):
    parametre = s.CharField(allow_null=True, help_text="Le paramètre en cause ; null : la réponse entière.")
    phrase = s.CharField()
    propositions = ProposalSerializer(many=True, help_text="Ce que l’on peut écrire à la place.")


@extend_schema_serializer(component_name="Erreur")
class ErrorSerializer(s.Serializer):
    detail = s.CharField()


@extend_schema_serializer(component_name="Formations")
class AnswerSerializer(AnswerFieldsSerializer):
    total = s.IntegerField()
    page = s.IntegerField()
    pages = s.IntegerField()
    suivante = s.URLField(allow_null=True)
    precedente = s.URLField(allow_null=True)
    avertissements = WarningSerializer(many=True)
    resultats = FoundCourseSerializer(many=True)
    facettes = s.DictField(
        child=s.DictField(child=s.IntegerField()),
        allow_null=True,
        help_text="Avec facettes=1 : paramètre → valeur → nombre de formations si l’on choisit cette valeur.",
    )


@extend_schema_serializer(component_name="Anomalie")
class FaultSerializer(s.Serializer):
    ligne = s.IntegerField(help_text="Comptée depuis 1 dans le fichier.")
    champ = s.CharField(allow_null=True, help_text="La colonne, ou l’élément LHÉO.")
    gravite = s.ChoiceField(FaultSeverity.choices, help_text="error : la ligne n’est pas importée.")
    phrase = s.CharField(help_text="Ce qui ne va pas, et que faire.")
    valeur = s.CharField(allow_null=True)


@extend_schema_serializer(component_name="Decompte")
class CountsSerializer(s.Serializer):
    lues = s.IntegerField(allow_null=True, help_text="En lignes, comme ecartees et en_faute ; le reste en formations.")
    nouvelles = s.IntegerField(allow_null=True)
    brouillons = s.IntegerField(allow_null=True, help_text="Faits des résumés d’un fichier lheo-index.")
    modifiees = s.IntegerField(allow_null=True)
    inchangees = s.IntegerField(allow_null=True)
    absentes = s.IntegerField(allow_null=True)
    ecartees = s.IntegerField(allow_null=True)
    en_faute = s.IntegerField(allow_null=True)


@extend_schema_serializer(component_name="Envoi")
class RunSerializer(s.Serializer):
    id = s.IntegerField()
    etat = s.ChoiceField(RunState.choices)
    libelle = s.CharField()
    phrase = s.CharField(help_text="Où en est l’envoi, et que faire.")
    a_faire = s.BooleanField(help_text="L’import attend une personne, sur sa page.")
    page = s.URLField(help_text="Sa page, pour une personne de l’organisme.")
    api = s.URLField()
    fichier = s.CharField()
    empreinte = s.CharField(help_text="SHA-256 du fichier reçu.")
    format = s.CharField(allow_null=True)
    recu_le = s.DateTimeField()
    termine_le = s.DateTimeField(allow_null=True)
    decompte = CountsSerializer()
    anomalies = FaultSerializer(many=True)
    anomalies_non_dites = s.IntegerField(help_text="Au-delà des 500 premières.")

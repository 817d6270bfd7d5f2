"""The shape of the orientation's answers. Names follow LHÉO's words; what is not known is null."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers as s

from courses.api.serializers import (
    PRECISIONS,
    AnswerFieldsSerializer,
    BodySerializer,
    CourseFieldsSerializer,
    OfferingSerializer,
    ProfileSerializer,
    WarningSerializer,
)
from courses.enums import EntryMode, Modality
from jobs.gap import HELD, TAUGHT, UNTAUGHT
from jobs.matching.criteria import FILTERS
from jobs.matching.facts import MET, UNKNOWN, UNMET
from jobs.path_words import LABELS
from jobs.reasons import CRITERION_LABELS
from portal.reference.enums import Level

REASONS = [rule.reason for rule in FILTERS]
LEVELS_HELP = "0 : rien ; 1 : notions ; 2 : pratique ; 3 : maîtrise."
TARGET_HELP = "Le paramètre qui prend ce code : « metier » pour un métier de Camins, « rome » pour un code ROME."


class SkillLevelField(s.IntegerField):
    """A level of a skill, from nothing to mastery."""

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, "max_value": 3, "help_text": LEVELS_HELP, **kwargs})


# --- /metiers/


@extend_schema_serializer(component_name="But")
class GoalSerializer(s.Serializer):
    parametre = s.CharField(help_text=TARGET_HELP)
    code = s.CharField()
    intitule = s.CharField()
    url = s.URLField()


@extend_schema_serializer(component_name="MetierPropose")
class ProposalSerializer(GoalSerializer):
    raison = s.CharField(help_text="Pourquoi ce métier est proposé, à confirmer.")
    resume = s.CharField(allow_null=True)
    niveau_usuel = s.ChoiceField(Level.choices, allow_null=True)
    api = s.URLField(help_text="Les recommandations vers ce métier, avec tout ce qui est compris.")


@extend_schema_serializer(component_name="Compris")
class HeardSerializer(s.Serializer):
    parametre = s.CharField()
    valeur = s.CharField(help_text="Ce que le paramètre prendrait.")
    phrase = s.CharField()


@extend_schema_serializer(component_name="MetierPresente")
class ShownProfileSerializer(ProfileSerializer):
    famille = s.CharField()
    resume = s.CharField(allow_null=True)
    niveau_usuel = s.ChoiceField(Level.choices, allow_null=True)


@extend_schema_serializer(component_name="Metiers")
class JobsSerializer(AnswerFieldsSerializer):
    avertissements = WarningSerializer(many=True)
    propositions = ProposalSerializer(
        many=True, help_text="Trois métiers de Camins au plus, puis trois codes ROME au plus, les plus proches d’abord."
    )
    compris = HeardSerializer(many=True, help_text="Ce que la phrase dit d’autre, à confirmer.")
    metiers = ShownProfileSerializer(many=True, help_text="Tous les métiers, quand aucun n’est proposé.")


# --- /recommandations/


@extend_schema_serializer(component_name="CompetenceDuBut")
class GapLineSerializer(s.Serializer):
    code = s.CharField()
    intitule = s.CharField()
    niveau_acquis = SkillLevelField(allow_null=True, help_text=f"null : la demande n’en dit rien. {LEVELS_HELP}")
    niveau_vise = SkillLevelField()
    indispensable = s.BooleanField()
    situation = s.ChoiceField(
        [(HELD, "acquise"), (TAUGHT, "manque, une formation l’apporte"), (UNTAUGHT, "manque, aucune ne l’apporte")]
    )
    formations = s.IntegerField(help_text="Combien de formations de la réponse entière l’apportent.")
    phrase = s.CharField(allow_null=True, help_text="Ce que veut dire le niveau visé.")


@extend_schema_serializer(component_name="Terme")
class TermSerializer(s.Serializer):
    critere = s.ChoiceField(list(CRITERION_LABELS.items()))
    constat = s.ChoiceField([(MET, "convient"), (UNMET, "ne convient pas"), (UNKNOWN, "personne ne l’a dit")])
    points = s.IntegerField()
    points_maximum = s.IntegerField(
        help_text="Ce que ce critère donne au plus ; 0 : il ne peut que retirer des points."
    )
    phrase = s.CharField()


@extend_schema_serializer(component_name="CompetenceRestante")
class RemainderSerializer(s.Serializer):
    code = s.CharField()
    intitule = s.CharField()
    niveau_atteint = SkillLevelField()
    niveau_vise = SkillLevelField()


@extend_schema_serializer(component_name="ActionRetenue")
class ChosenOfferingSerializer(OfferingSerializer):
    distance_km = s.IntegerField(allow_null=True, help_text="À vol d’oiseau.")


@extend_schema_serializer(component_name="SessionRetenue")
class ChosenSessionSerializer(s.Serializer):
    id = s.IntegerField()
    debut = s.DateField(allow_null=True, help_text="Le premier jour possible, selon la précision.")
    precision = s.ChoiceField(PRECISIONS, allow_null=True)


@extend_schema_serializer(component_name="FormationRecommandee")
class RecommendedSerializer(CourseFieldsSerializer):
    action = ChosenOfferingSerializer(allow_null=True, help_text="Celle qui répond le mieux.")
    session = ChosenSessionSerializer(allow_null=True, help_text="Celle où l’on peut entrer.")
    score = s.IntegerField(help_text="La somme des points des termes, et rien d’autre.")
    termes = TermSerializer(many=True)
    reste = RemainderSerializer(many=True, help_text="Ce qui resterait à apprendre après elle.")


@extend_schema_serializer(component_name="Motif")
class ReasonSerializer(s.Serializer):
    motif = s.ChoiceField(REASONS)
    nombre = s.IntegerField()
    phrase = s.CharField()


@extend_schema_serializer(component_name="FormationEcartee")
class ExcludedSerializer(s.Serializer):
    id = s.IntegerField()
    api = s.URLField()
    intitule = s.CharField()
    motif = s.ChoiceField(REASONS)
    phrase = s.CharField()
    aussi = s.ListField(child=s.CharField(), help_text="Les autres motifs.")


@extend_schema_serializer(component_name="Ecartees")
class AllExcludedSerializer(s.Serializer):
    total = s.IntegerField()
    motifs = ReasonSerializer(many=True)
    formations = ExcludedSerializer(many=True, help_text="Les trente premières.")


@extend_schema_serializer(component_name="Recommandations")
class RecommendationsSerializer(AnswerFieldsSerializer):
    total = s.IntegerField()
    page = s.IntegerField()
    pages = s.IntegerField()
    suivante = s.URLField(allow_null=True)
    precedente = s.URLField(allow_null=True)
    avertissements = WarningSerializer(many=True)
    but = GoalSerializer(allow_null=True)
    points_maximum = s.IntegerField(help_text="Le score le plus haut possible.")
    ecart = GapLineSerializer(many=True, help_text="Ce que le métier demande : ce qui manque d’abord, puis l’acquis.")
    resultats = RecommendedSerializer(many=True)
    ecartees = AllExcludedSerializer(help_text="Les formations que les conditions écartent.")


# --- /parcours/


@extend_schema_serializer(component_name="Etiquette")
class LabelSerializer(s.Serializer):
    code = s.ChoiceField(list(LABELS.items()))
    intitule = s.CharField()


@extend_schema_serializer(component_name="FormationDEtape")
class StepCourseSerializer(s.Serializer):
    id = s.IntegerField()
    url = s.URLField()
    api = s.URLField()
    intitule = s.CharField()
    organisme = BodySerializer()


@extend_schema_serializer(component_name="ActionDEtape")
class StepOfferingSerializer(s.Serializer):
    id = s.IntegerField()
    commune = s.CharField(allow_null=True)
    code_insee = s.CharField(allow_null=True)
    modalite = s.ChoiceField(Modality.choices, allow_null=True)
    entrees = s.ChoiceField(EntryMode.choices)


@extend_schema_serializer(component_name="Apport")
class GainSerializer(s.Serializer):
    code = s.CharField()
    intitule = s.CharField()
    niveau_depart = SkillLevelField()
    niveau_atteint = SkillLevelField()
    proposee = s.BooleanField(help_text="true : personne ne l’a encore confirmé.")


@extend_schema_serializer(component_name="Etape")
class StepSerializer(s.Serializer):
    numero = s.IntegerField()
    formation = StepCourseSerializer()
    action = StepOfferingSerializer()
    session = ChosenSessionSerializer(allow_null=True, help_text="null : on y entre toute l’année.")
    debut = s.DateField(help_text="Le premier jour, dans ce parcours.")
    fin = s.DateField(help_text="Le dernier jour possible.")
    fin_estimee = s.BooleanField(help_text="true : d’après les heures, personne n’a dit la fin.")
    reste_a_charge_centimes = s.IntegerField(allow_null=True)
    distance_km = s.IntegerField(allow_null=True, help_text="0 à distance.")
    heures = s.IntegerField(allow_null=True)
    apporte = GainSerializer(many=True)
    ouvre = s.ListField(child=s.IntegerField(), help_text="Les numéros des étapes qui demandent ce qu’elle apporte.")
    a_verifier = s.ListField(child=s.CharField(), help_text="Compétences demandées à l’entrée, dont rien n’est dit.")


@extend_schema_serializer(component_name="Parcours")
class PathSerializer(s.Serializer):
    lettre = s.CharField()
    etiquettes = LabelSerializer(many=True)
    couverture_pourcent = s.IntegerField(help_text="De ce qui manque.")
    debut = s.DateField()
    fin = s.DateField()
    reste_a_charge_centimes = s.IntegerField(allow_null=True, help_text="La somme de ce qui est connu.")
    restes_a_charge_inconnus = s.IntegerField(help_text="Combien d’étapes ne le disent pas.")
    distance_km = s.IntegerField(allow_null=True, help_text="La somme de ce qui est connu.")
    distances_inconnues = s.IntegerField()
    heures = s.IntegerField(allow_null=True, help_text="La somme de ce qui est connu.")
    heures_inconnues = s.IntegerField()
    etapes = StepSerializer(many=True)
    reste = RemainderSerializer(many=True, help_text="Ce qui resterait à apprendre.")


@extend_schema_serializer(component_name="LimiteDeMoins")
class RelaxationSerializer(s.Serializer):
    parametre = s.CharField()
    valeur = s.CharField()
    valeur_proposee = s.CharField(
        allow_null=True, help_text="La plus petite valeur essayée qui donne plus ; null : sans limite."
    )
    couverture_pourcent = s.IntegerField()
    formations_de_plus = s.IntegerField()
    prouve = s.BooleanField(help_text="false : cette valeur donne au moins cela.")
    phrase = s.CharField()


@extend_schema_serializer(component_name="Laissees")
class LeftOutSerializer(s.Serializer):
    sans_date = s.IntegerField(help_text="Formations utiles dont aucune session n’a un début et une fin connus.")
    diplome_trop_haut = s.IntegerField(help_text="Formations qui demandent un diplôme plus élevé.")
    sessions_trop_nombreuses = s.BooleanField(help_text="true : seules celles qui apportent le plus sont gardées.")


@extend_schema_serializer(component_name="ParcoursTrouves")
class PathsSerializer(AnswerFieldsSerializer):
    avertissements = WarningSerializer(many=True)
    but = GoalSerializer(allow_null=True)
    parcours = PathSerializer(many=True, help_text="Quatre au plus, chacun une fois avec tout ce qu’il est.")
    prouve = s.BooleanField(allow_null=True, help_text="true : toutes les combinaisons ont été comparées.")
    mieux_au_plus_pourcent = s.IntegerField(
        allow_null=True, help_text="De combien, au plus, un autre parcours couvrirait davantage que le premier."
    )
    sessions_utiles = s.IntegerField(allow_null=True)
    limites = RelaxationSerializer(many=True, help_text="Ce qu’une seule limite de moins donnerait.")
    laissees = LeftOutSerializer(allow_null=True)

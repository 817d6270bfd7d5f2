"""The words of the courses with their French labels."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Modality(TextChoices):
    ONSITE = "onsite", _("sur place")
    MIXED = "mixed", _("sur place et à distance")
    REMOTE = "remote", _("entièrement à distance")


class Audience(TextChoices):
    """Who pays what depends on who learns."""

    JOBSEEKER = "jobseeker", _("demandeur d'emploi")
    EMPLOYEE = "employee", _("salarié")
    APPRENTICE = "apprentice", _("apprenti")
    SELF_FUNDED = "self_funded", _("sans prise en charge")


class Funding(TextChoices):
    REGION = "region", _("Région Occitanie")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    CPF = "cpf", _("compte personnel de formation (CPF)")
    OPCO = "opco", _("opérateur de compétences (OPCO)")
    TRANSITION_PRO = "transition_pro", _("Transitions Pro")
    AGEFIPH = "agefiph", _("Agefiph")
    EMPLOYER = "employer", _("employeur")
    STATE = "state", _("État")
    SELF = "self", _("paiement personnel")
    OTHER = "other", _("autre financeur")


class Rhythm(TextChoices):
    FULL_TIME = "full_time", _("temps plein")
    PART_TIME = "part_time", _("temps partiel")
    EVENING = "evening", _("soir ou week-end")
    ALTERNATION = "alternation", _("en alternance")
    OWN_PACE = "own_pace", _("à votre rythme")


class EntryMode(TextChoices):
    FIXED = "fixed", _("à dates fixes")
    PERMANENT = "permanent", _("entrées toute l'année")


class DatePrecision(TextChoices):
    DAY = "day", _("jour")
    MONTH = "month", _("mois")
    YEAR = "year", _("année")
    UNKNOWN = "unknown", _("inconnue")


class Recruitment(TextChoices):
    OPEN = "open", _("inscriptions ouvertes")
    CLOSED = "closed", _("inscriptions closes")
    SUSPENDED = "suspended", _("inscriptions suspendues")
    UNKNOWN = "unknown", _("non précisé")


class CallToAction(TextChoices):
    """What a session invites to do on a given day; the order is the order of preference in lists."""

    OPEN = "open", _("Inscriptions ouvertes")
    CLOSING = "closing", _("Dernières places ou derniers jours pour s'inscrire")
    STARTING = "starting", _("Commence dans les 7 jours")
    TO_BE_SCHEDULED = "to_be_scheduled", _("Dates à venir")
    FULL = "full", _("Complète")
    CLOSED = "closed", _("Inscriptions closes")


class SkillOrigin(TextChoices):
    DECLARED = "declared", _("déclarée par l'organisme")
    VALIDATED = "validated", _("validée par un agent")
    SUGGESTED = "suggested", _("proposée par une règle")


class CodeKind(TextChoices):
    ROME = "rome", _("code ROME")
    FORMACODE = "formacode", "Formacode"
    SKILL = "skill", _("compétence")
    PROFILE = "profile", _("métier visé")


class SuggestionState(TextChoices):
    PROPOSED = "proposed", _("à décider")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")


class ContactRole(TextChoices):
    """Whom to ask for what, in a training body or a CFA."""

    DISABILITY = "disability", _("référent handicap")
    ADMISSION = "admission", _("admission et inscription")
    TEACHING = "teaching", _("responsable pédagogique")
    APPRENTICESHIP = "apprenticeship", _("référent apprentissage et entreprises")
    MOBILITY = "mobility", _("référent mobilité")
    ADMINISTRATION = "administration", _("administration")


class UpdateRhythm(IntegerChoices):
    """Months after which a listing is to be confirmed."""

    MONTH = 1, _("mois")
    QUARTER = 3, _("trois mois")
    HALF_YEAR = 6, _("six mois")
    YEAR = 12, _("douze mois")


class QualiopiCategory(TextChoices):
    TRAINING = "training", _("actions de formation")
    SKILLS_REVIEW = "skills_review", _("bilans de compétences")
    VAE = "vae", _("validation des acquis de l'expérience")
    APPRENTICESHIP = "apprenticeship", _("formation par apprentissage")


class FaultSeverity(TextChoices):
    ERROR = "error", _("refusée")
    WARNING = "warning", _("à vérifier")


class ClaimWay(TextChoices):
    CODE = "code", _("un code envoyé à l'adresse connue de l'organisme")
    AGENT = "agent", _("un document, examiné par un agent de la Région")


class ClaimState(TextChoices):
    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    EXPIRED = "expired", _("expirée")


class DocumentKind(TextChoices):
    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class RunState(TextChoices):
    """Where an import is: the words in -ing are a worker's, the others wait for a person or are ends."""

    UPLOADED = "uploaded", _("à lire")
    READING = "reading", _("lecture en cours")
    TO_MAP = "to_map", _("colonnes à reconnaître")
    TO_MEND = "to_mend", _("à vérifier")
    PLANNING = "planning", _("comparaison en cours")
    PLANNED = "planned", _("prêt à appliquer")
    APPLYING = "applying", _("application en cours")
    APPLIED = "applied", _("appliqué")
    UNDOING = "undoing", _("annulation en cours")
    UNDONE = "undone", _("annulé")
    REFUSED = "refused", _("fichier refusé")
    FAILED = "failed", _("interrompu")
    DROPPED = "dropped", _("abandonné")


class Trust(TextChoices):
    """What becomes of the new courses of a source."""

    DRAFT = "draft", _("en brouillon")
    REVIEW = "review", _("relue par un agent")
    PUBLISHED = "published", _("publiée sans relecture")


class PlanVerb(TextChoices):
    """What an import does to a course."""

    NEW = "new", _("nouvelle")
    DRAFT = "draft", _("brouillon")
    CHANGED = "changed", _("modifiée")
    SAME = "same", _("inchangée")
    BACK = "back", _("revenue")
    GONE = "gone", _("absente du fichier")

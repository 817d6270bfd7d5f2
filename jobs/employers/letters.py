"""The mails of a need. Each waits in the outbox of its transaction; links that act are buttons on a page."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.models import EmployerNeed
from portal.accounts.codes import dashed
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.mail.models import OutgoingMail

CODE, RESUME, POSTED, TOLD, ENDING, ATTACH = (
    "need code",
    "need draft",
    "need posted",
    "need told",
    "need ending",
    "need attachment",
)
DAY = datetime.timedelta(days=1)


def sent_today(kind: str, email: str) -> int:
    """How many letters of a kind left for this address in the last 24 hours."""
    return OutgoingMail.objects.filter(kind=kind, to__iexact=email, created_at__gt=timezone.now() - DAY).count()


def send_code(email: str, code: str) -> None:
    body = _(
        "Bonjour,\n\nVotre code pour envoyer un besoin de recrutement sur Camins : %(code)s\n\n"
        "Il vaut deux heures. Si vous n’avez rien demandé, ne faites rien : sans lui, rien ne part."
    )
    _leave(email, _("Votre code"), body % {"code": dashed(code)}, CODE)


def send_resume(email: str, secret: str) -> None:
    address = settings.CAMINS_SITE_URL + reverse("jobs:need_draft", args=[secret])
    body = _(
        "Bonjour,\n\nPour reprendre votre besoin de recrutement là où vous l’avez laissé : %(address)s\n\n"
        "Cette adresse est pour vous seul. Elle vaut trente jours."
    )
    _leave(email, _("Reprendre votre besoin"), body % {"address": address}, RESUME)


def confirm_posted(need: EmployerNeed) -> None:
    body = _(
        "Bonjour,\n\nVotre besoin « %(title)s » est arrivé. Un agent de la Région le lit avant qu’il soit montré : "
        "un courriel vous dira sa décision.\n\nLe suivre, le prolonger, dire qu’il est pourvu : %(address)s\n\n"
        "Cette adresse est pour vous seul."
    )
    _leave(need.poster_email, _("Besoin reçu : %(title)s"), body, POSTED, need)


def tell_members(need: EmployerNeed) -> None:
    """Somebody wrote in the name of an organisation that has a team: its managers know of it."""
    present = need.employer.organisation.memberships.present().filter(role=Role.MANAGER)
    body = _(
        "Bonjour,\n\nUne personne a écrit un besoin au nom de %(employer)s, sans compte : « %(title)s ».\n\n"
        "S’il est bien de vous, rattachez-le à votre espace : %(space)s\nSinon, dites-le-nous : %(contact)s"
    )
    for person in User.objects.filter(is_active=True, memberships__in=present):
        _leave(person.email, _("Un besoin au nom de %(employer)s"), body, TOLD, need)


def remind(need: EmployerNeed, to: str) -> None:
    body = _(
        "Bonjour,\n\nVotre besoin « %(title)s » est montré jusqu’au %(until)s.\n\nToujours d’actualité, ou pourvu ? "
        "Un bouton suffit, à cette adresse : %(address)s\n\nOuvrir l’adresse ne change rien."
    )
    _leave(to, _("Bientôt terminé : %(title)s"), body, ENDING, need)


def send_attachment_code(need: EmployerNeed, asked_by: User, code: str) -> None:
    body = _(
        "Bonjour,\n\n%(who)s, de %(employer)s, demande à suivre avec vous le besoin « %(title)s ».\n\n"
        "Si vous êtes d’accord, donnez-lui ce code : %(code)s\n\nIl vaut 48 heures. Si vous ne la connaissez pas, "
        "ne le donnez à personne."
    )
    _leave(
        need.poster_email,
        _("Un code pour « %(title)s »"),
        body,
        ATTACH,
        need,
        who=asked_by.get_full_name(),
        code=dashed(code),
    )


def _leave(to: str, subject: str, body: str, kind: str, need: EmployerNeed | None = None, **told: str) -> None:
    if need is not None:
        told |= {
            "title": need.title,
            "employer": need.employer.name,
            "address": settings.CAMINS_SITE_URL + need.owner_address(),
            "space": settings.CAMINS_SITE_URL + reverse("employeur:index"),
            "contact": settings.CAMINS_CONTACT_EMAIL,
            "until": f"{need.expires_on:%d/%m/%Y}" if need.expires_on else "",
        }
        subject, body = subject % told, body % told
    OutgoingMail.objects.create(to=to, subject=" ".join(f"[Camins] {subject}".split())[:200], body=body, kind=kind)

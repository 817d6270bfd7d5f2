"""The mails of a claim: a code, a word to the managers, a decision. Each waits in the outbox of its transaction."""

import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Claim
from portal.accounts.codes import dashed
from portal.accounts.enums import Role
from portal.accounts.models import Organisation, User
from portal.mail.models import OutgoingMail

CODE, TOLD, DECISION = "claim code", "claim told", "claim decision"
DAY = datetime.timedelta(days=1)


def masked(email: str) -> str:
    """ "contact@organisme.example" → "c…@organisme.example"."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def codes_sent_today(email: str) -> int:
    """How many codes left for this address in the last 24 hours."""
    return OutgoingMail.objects.filter(kind=CODE, to__iexact=email, created_at__gt=timezone.now() - DAY).count()


def send_code(claim: Claim, code: str, *, to: str) -> None:
    body = _(
        "Bonjour,\n\n%(who)s (%(email)s) demande à gérer les fiches de %(name)s sur Camins, le portail des formations "
        "à l'intelligence artificielle en Occitanie.\n\n"
        "Si c'est bien une personne de votre organisme, donnez-lui ce code : %(code)s\n\n"
        "Il vaut 48 heures. Si vous ne la connaissez pas, ne le donnez à personne : sans lui, rien ne se passe."
    )
    told = {"who": claim.person_name, "email": claim.email, "name": claim.name, "code": dashed(code)}
    _leave(to, _("Un code pour %(name)s") % told, body % told, CODE)


def tell_managers(claim: Claim, organisation: Organisation) -> None:
    """A claim on an organisation that has a team: its managers know of it, an agent decides."""
    people = User.objects.filter(
        is_active=True, memberships__in=organisation.memberships.present().filter(role=Role.MANAGER)
    )
    body = _(
        "Bonjour,\n\n%(who)s (%(email)s) demande à rejoindre %(name)s sur Camins. Un agent de la Région examine la "
        "demande.\n\nSi vous connaissez cette personne, vous pouvez l'inviter vous-même : %(address)s\n"
        "Sinon, dites-le-nous : %(contact)s"
    )
    told = {
        "who": claim.person_name,
        "email": claim.email,
        "name": claim.name,
        "address": settings.CAMINS_SITE_URL + reverse("organisme:accounts_invitation_add"),
        "contact": settings.CAMINS_CONTACT_EMAIL,
    }
    for person in people:
        _leave(person.email, _("Une demande pour rejoindre %(name)s") % told, body % told, TOLD)


def tell_accepted(claim: Claim, user: User) -> None:
    """The way in: a link that sets a first password, or the sign-in page."""
    needs_password = not user.has_usable_password()
    told = {"name": claim.name, "address": settings.CAMINS_SITE_URL + _way_in(user, needs_password)}
    if needs_password:
        body = _(
            "Bonjour,\n\nVotre demande pour %(name)s est acceptée, et votre compte est ouvert.\n\n"
            "Choisissez votre mot de passe : %(address)s\n\nLe lien vaut trois jours. Ensuite, « mot de passe "
            "oublié », à la page de connexion, vous en envoie un autre. Vous installerez aussi un second facteur."
        )
    else:
        body = _(
            "Bonjour,\n\nVotre demande pour %(name)s est acceptée.\n\nConnectez-vous : %(address)s\n\n"
            "Si vous n'avez rien demandé, quittez l'organisme depuis son équipe et dites-le-nous."
        )
    _leave(claim.email, _("Votre demande pour %(name)s est acceptée") % told, body % told, DECISION)


def tell_refused(claim: Claim) -> None:
    body = _(
        "Bonjour,\n\nVotre demande pour %(name)s est refusée, pour ce motif :\n\n%(reason)s\n\n"
        "Vous pouvez en faire une autre, avec un autre document : %(address)s"
    )
    told = {
        "name": claim.name,
        "reason": claim.reason,
        "address": settings.CAMINS_SITE_URL + reverse("courses:claim"),
    }
    _leave(claim.email, _("Votre demande pour %(name)s est refusée") % told, body % told, DECISION)


def _way_in(user: User, needs_password: bool) -> str:
    if not needs_password:
        return reverse("account_login")
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def _leave(to: str, subject: str, body: str, kind: str) -> None:
    OutgoingMail.objects.create(to=to, subject=" ".join(f"[Camins] {subject}".split())[:200], body=body, kind=kind)

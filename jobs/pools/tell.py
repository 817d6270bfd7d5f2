"""Who is told of a pool: employers that agreed to share a group, then training bodies near once it is open."""

import datetime
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Offering, TrainingProvider
from jobs.board.letters import address_of
from jobs.models import Pool, PoolMember, PoolNotice
from jobs.models.pool import FOLLOWED, Stage
from jobs.pools.membership import token_of
from portal.mail.models import OutgoingMail
from portal.moderation.models import is_shown

# letters of one run; the others leave with the next one
MOST = 500


def pool_url(pool: Pool) -> str:
    return reverse("jobs:pool", args=[pool.pk])


@transaction.atomic
def tell_employers() -> int:
    """Write to each employer that agreed, once per pool; return how many letters. Names no other employer."""
    waiting = PoolMember.objects.present().filter(agreed=True, told_at__isnull=True, pool__stage__in=FOLLOWED)
    rows = waiting.select_for_update(of=("self",), skip_locked=True).select_related(
        "need__employer", "pool__profile", "pool__basin"
    )
    letters: dict[tuple[int, int], list[PoolMember]] = defaultdict(list)
    for member in rows.order_by("pk")[:MOST]:
        letters[member.pool_id, member.need.employer_id].append(member)
    mails = [_to_employer(members) for members in letters.values() if address_of(members[0].need)]
    OutgoingMail.objects.bulk_create(mails)
    told = [member.pk for members in letters.values() for member in members]
    PoolMember.objects.filter(pk__in=told).update(told_at=timezone.now())
    return len(mails)


def _to_employer(members: list[PoolMember]) -> OutgoingMail:
    pool = members[0].pool
    lines = [
        _("Vous avez accepté de partager un groupe de formation avec d’autres employeurs."),
        _("%(employers)d employeurs demandent la même chose que vous : %(pool)s.")
        % {"employers": pool.employer_count, "pool": pool},
        ngettext("En tout : %(n)d poste.", "En tout : %(n)d postes.", pool.headcount) % {"n": pool.headcount},
        _("Votre nom n’est donné à personne. Le besoin groupé : %(url)s")
        % {"url": settings.CAMINS_SITE_URL + pool_url(pool)},
        "",
    ]
    for member in members:
        leave = settings.CAMINS_SITE_URL + reverse("jobs:pool_member", args=[token_of(member)])
        lines.append(_("« %(need)s » : pour ne plus y compter, %(url)s") % {"need": member.need.title, "url": leave})
    return OutgoingMail(
        to=address_of(members[0].need),
        subject=_("[Camins] Votre besoin en rejoint d’autres : %(job)s") % {"job": pool.profile.name},
        body="\n".join(lines),
        kind="pool_joined",
    )


def bodies_near(pool: Pool):
    """Published bodies with a published course that leads to the job, followed in the basin or its départements."""
    here = Q(commune__basin=pool.basin_id) | Q(commune__department__in=pool.departments)
    courses = Offering.objects.filter(
        here, is_shown("course"), course__provider=OuterRef("pk"),
        course__profile_links__profile=pool.profile_id,
    )  # fmt: skip
    return TrainingProvider.objects.published().filter(Exists(courses)).order_by("name", "pk")


@transaction.atomic
def tell_bodies(day: datetime.date) -> int:
    """Write to bodies near each open pool, once; return how many letters. A body without an address is kept as told."""
    mails: list[OutgoingMail] = []
    pools = Pool.objects.filter(stage=Stage.OPEN).select_related("profile", "basin")
    for pool in pools.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        told = PoolNotice.objects.filter(pool=pool).values("provider")
        new = list(bodies_near(pool).exclude(pk__in=told))
        PoolNotice.objects.bulk_create([PoolNotice(pool=pool, provider=body, told_on=day) for body in new])
        mails += [_to_body(pool, body) for body in new if body.contact_email]
        if len(mails) >= MOST:
            break
    OutgoingMail.objects.bulk_create(mails)
    return len(mails)


def _to_body(pool: Pool, body: TrainingProvider) -> OutgoingMail:
    lines = [
        _("Des employeurs près de chez vous demandent ensemble un métier auquel vous formez : %(pool)s.")
        % {"pool": pool},
        _("Employeurs : %(employers)d. Postes : %(posts)d.")
        % {"employers": pool.employer_count, "posts": pool.headcount},
        _("Ce qu’ils ont en commun, et comment répondre : %(url)s")
        % {"url": settings.CAMINS_SITE_URL + pool_url(pool)},
        _("Pour répondre, écrivez à %(mail)s : dites combien de places, à quelle date.")
        % {"mail": settings.CAMINS_CONTACT_EMAIL},
    ]
    return OutgoingMail(
        to=body.contact_email,
        subject=_("[Camins] Un besoin groupé près de chez vous : %(job)s") % {"job": pool.profile.name},
        body="\n".join(lines),
        kind="pool_open",
    )

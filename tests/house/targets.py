"""What the declared targets mean in the demonstration world: the arguments of each address."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from courses.enums import ClaimWay
from courses.freshness import Link
from courses.models import ApprenticeshipCentre, Claim, Course, ImportRun, TrainingProvider
from jobs.board.read import slug_of
from jobs.employers.answers import STEPS
from jobs.models import EmployerNeed, Pool, PoolMember
from jobs.models.need_link import token_of
from jobs.pools.membership import token_of as member_token_of
from portal.accounts.models import Membership, User
from portal.moderation.models import Flag, Proposal, Status
from portal.reference.models import JobProfile, Occupation, ProfileOccupation
from portal.web.space import EMPLOYERS, SPACE, PublicListScreen
from tests.house import rows

NOBODY = 999_999_999
# of each model, the row that screens are shown with; elsewhere the first one
SHOWN = {
    "courses.course": lambda: Course.objects.filter(status=Status.SUBMITTED),
    "accounts.user": lambda: User.objects.filter(is_superuser=False, is_staff=False),
    "accounts.membership": Membership.objects.present,
    "courses.claim": Claim.objects.for_agents,
    "moderation.proposal": Proposal.objects.waiting,
    "moderation.flag": Flag.objects.open,
}
# of the bodies' space, those that are no first row
OWN = {
    "accounts.membership": Membership.objects.present,
    # one that is shown: it has most to do on its page
    "jobs.employerneed": lambda: EmployerNeed.objects.published().filter(is_attached=True, filled_on=None),
}


@dataclass(frozen=True)
class Addresses:
    """Where each (name of an address, target) leads; `unknown` ends in what does not exist."""

    known: dict[tuple[str, str], tuple]
    rows: dict[str, object]  # app_model → the key of the row that its screens are shown with
    own: dict[str, object]  # the same at /espace-organisme/: a row of the body of `rows.body()`
    employer: dict[str, object]  # and at /espace-employeur/: a row of `rows.employer()`

    def path(self, name: str, target: str = "") -> str:
        """The path of a declared address; KeyError for a target nobody described."""
        if not target:
            return reverse(name)
        if name.endswith("/<path:object_id>/"):
            site, app, model = name.split("/")[:3]
            held = {"espace-organisme": self.own, "espace-employeur": self.employer}.get(site, self.rows)
            return f"/{site}/{app}/{model}/{quote(held[f'{app}_{model}'])}/"
        if name.startswith("gestion:") and (name, target) not in self.known:
            model = name.removeprefix("gestion:").rpartition("_")[0]
            return reverse(name, args=[quote(self.rows[model]) if target.startswith("row") else NOBODY])
        for site, held in (("organisme:", self.own), ("employeur:", self.employer)):
            if name.startswith(site) and (name, target) not in self.known:
                model = name.removeprefix(site).rpartition("_")[0]
                return reverse(name, args=[quote(held[model]) if target.startswith("row") else NOBODY])
        if name.endswith("/(?P<url>.*)$"):
            return f"/{name.partition('/')[0]}/nulle-part/"
        return reverse(name, args=self.known[name, target])


def shown(app: str, model: str):
    """The row that the screens of a model are shown with."""
    choose = SHOWN.get(f"{app}.{model}")
    row = choose().first() if choose else apps.get_model(app, model)._default_manager.first()
    assert row is not None, f"no {app}.{model} in the world: add one in tests/house/rows.py"
    return row


def slug_and_id(row) -> tuple[str, int]:
    return row.slug, row.pk


def addresses(day) -> Addresses:
    """Complete the world, then say where everything is. Writes in the world's copy."""
    secret = rows.complete(day)
    published = Course.objects.published().first()
    withdrawn = Course.objects.published().last()
    withdrawn.withdraw(by=User.objects.filter(is_superuser=True).first(), reason="Fermée")
    hidden = JobProfile.objects.create(slug="metier-cache", name="Métier caché", key="metier cache", is_shown=False)
    course_at = {
        "published": slug_and_id(published),
        "submitted": slug_and_id(Course.objects.filter(status=Status.SUBMITTED).first()),
        "draft": slug_and_id(Course.objects.filter(status=Status.DRAFT).first()),
        "withdrawn": slug_and_id(withdrawn),
        "unknown": ("rien", NOBODY),
    }
    linked = ProfileOccupation.objects.values_list("occupation", flat=True)
    known = {
        **{(f"courses:{page}", target): args for page in ("course", "contact") for target, args in course_at.items()},
        **{("courses:api_course", target): (number,) for target, (_slug, number) in course_at.items()},
        ("courses:confirm", "published"): (Link(published.pk, published.provider.organisation_id).token,),
        ("courses:confirm", "unknown"): ("aucune",),
        ("courses:course", "old slug"): ("ancien-titre", published.pk),
        ("courses:provider", "published"): slug_and_id(TrainingProvider.objects.published().first()),
        ("courses:provider", "unknown"): ("rien", NOBODY),
        ("courses:centre", "published"): (ApprenticeshipCentre.objects.published().first().uai,),
        ("courses:centre", "unknown"): ("0310000Z",),
        ("jobs:profile", "published"): (JobProfile.objects.shown().first().slug,),
        ("jobs:profile", "hidden"): (hidden.slug,),
        ("jobs:profile", "unknown"): ("aucun-metier",),
        ("jobs:occupation", "one profile"): (_with_profiles(1),),
        ("jobs:occupation", "no profile"): (Occupation.objects.exclude(pk__in=linked).first().code,),
        ("jobs:occupation", "unknown"): ("A9999",),
        ("jobs:project", "kept"): (secret,),
        ("jobs:project", "unknown"): ("aucun",),
        **board_pages(day),
        ("demo:letter", "unknown"): ("aucune",),
        ("courses:claim_followed", "waiting"): (Claim.objects.get(way=ClaimWay.CODE).key,),
        ("courses:claim_followed", "unknown"): (UUID(int=0),),
        ("invitation", "waiting"): (rows.TOKEN,),
        ("invitation", "unknown"): ("aucune",),
        ("account_confirm_email", "unknown"): ("x-y",),
        ("account_reset_password_from_key", "unknown"): ("a", "b-c"),
        ("gestion:app_list", "courses"): ("courses",),
        ("organisme:app_list", "courses"): ("courses",),
        ("organisme:choose", "the body"): (rows.body().pk,),
        ("organisme:choose", "unknown"): (NOBODY,),
        **import_pages(),
        **need_pages(),
        ("courses:api_import", "the body's"): (ImportRun.objects.filter(is_by_member=True).first().pk,),
        ("courses:api_import", "unknown"): (NOBODY,),
        ("organisme:why", "row"): (own_rows()["courses_course"],),
        ("organisme:why", "unknown"): (NOBODY,),
        ("gestion:view_on_site", "course"): (ContentType.objects.get_for_model(Course).pk, published.pk),
        ("gestion:view_on_site", "unknown"): (NOBODY, NOBODY),
        ("gestion:accounts_user_change", "superuser"): (User.objects.filter(is_superuser=True).first().pk,),
        ("gestion:accounts_membership_change", "over"): (Membership.objects.filter(left_at__isnull=False).first().pk,),
    }
    screens = [model._meta for model in admin.site._registry]
    rows_shown = {f"{meta.app_label}_{meta.model_name}": shown(meta.app_label, meta.model_name).pk for meta in screens}
    return Addresses(known, rows_shown, own_rows(), own_rows(EMPLOYERS, rows.employer()))


def need_pages() -> dict[tuple[str, str], tuple]:
    """A draft that is written to its end, a need that somebody wrote without an account, the needs of the employer."""
    secret, alone = rows.draft_of_a_need(), rows.alone()
    own = own_rows(EMPLOYERS, rows.employer())["jobs_employerneed"]
    return {
        ("jobs:need_draft", "kept"): (secret,),
        ("jobs:need_draft", "unknown"): ("aucun",),
        **{("jobs:need_step", name): (secret, name) for name in STEPS},
        ("jobs:need_step", "unknown"): ("aucun", "qui"),
        ("jobs:need_state", "waiting"): (token_of(alone),),
        ("jobs:need_state", "waiting, no such verb"): (token_of(alone),),
        ("jobs:need_state", "unknown"): ("aucun",),
        ("employeur:app_list", "jobs"): ("jobs",),
        ("employeur:choose", "the employer"): (rows.employer().pk,),
        ("employeur:choose", "unknown"): (NOBODY,),
        ("employeur:need", "row"): (own,),
        ("employeur:need", "unknown"): (NOBODY,),
        ("employeur:attach_one", "written alone"): (alone.pk,),
        ("employeur:attach_one", "unknown"): (NOBODY,),
    }


def board_pages(day) -> dict[tuple[str, str], tuple]:
    """One need of each kind that the public may ask for."""
    needs = EmployerNeed.objects.all()
    found = {
        "open": needs.open_on(day).exclude(employer__contact_email="").first(),
        "filled": needs.filter(filled_on__isnull=False, published_at__isnull=False).first(),
        "withdrawn": needs.filter(status=Status.WITHDRAWN, published_at__isnull=False).first(),
        "draft": needs.filter(published_at__isnull=True).first(),
    }
    args = {target: (slug_of(need), need.pk) for target, need in found.items()}
    args["unknown"], args["old slug"] = ("rien", NOBODY), ("ancien-titre", found["open"].pk)
    pages = ("need", "need_contact")
    return {(f"jobs:{page}", target): told for page in pages for target, told in args.items()} | pool_pages()


def pool_pages() -> dict[tuple[str, str], tuple]:
    shown, asleep = Pool.objects.shown().first(), Pool.objects.filter(stage="lapsed").first()
    return {
        ("jobs:pool", "shown"): (shown.pk,),
        ("jobs:pool", "asleep"): (asleep.pk,),
        ("jobs:pool", "unknown"): (NOBODY,),
        ("jobs:pool_member", "member"): (member_token_of(PoolMember.objects.present().first()),),
        ("jobs:pool_member", "unknown"): ("aucun",),
    }


def import_pages() -> dict[tuple[str, str], tuple]:
    """The pages of the import that waits, on both sites."""
    run = ImportRun.objects.filter(is_by_member=True).first()
    pages = {
        ("model", "csv"): ("csv",),
        ("model", "unknown"): ("pdf",),
        ("row", "line"): (run.pk, 1),
        ("row", "no such line"): (run.pk, 999_999),
        ("row", "unknown"): (NOBODY, 1),
    }
    return {
        (f"{site}:courses_importrun_{page}", target): args
        for site in ("gestion", "organisme")
        for (page, target), args in pages.items()
    }


def own_rows(site=SPACE, organisation=None) -> dict[str, object]:
    """Of each model of a space, a row of the organisation of the matrix: the body, unless another is given."""
    own = {}
    organisation = organisation or rows.body()
    for model, screen in site._registry.items():
        if not isinstance(screen, PublicListScreen):
            choose = OWN.get(model._meta.label_lower, model._default_manager.all)
            row = choose().filter(**{screen.owner_path: organisation}).first()
            assert row is not None, f"no {model._meta.label} of {organisation}: add one in tests/house/rows.py"
            own[f"{model._meta.app_label}_{model._meta.model_name}"] = row.pk
    return own


def _with_profiles(count: int) -> str:
    """The code of an occupation that leads to so many profiles that are shown."""
    links: dict[str, int] = {}
    for code in ProfileOccupation.objects.filter(profile__is_shown=True).values_list("occupation__code", flat=True):
        links[code] = links.get(code, 0) + 1
    return next(code for code, found in sorted(links.items()) if found == count)


def every_path(rules: Iterable, found: Addresses) -> list[str]:
    """The paths of these rules, each once, in their order."""
    return list(dict.fromkeys(found.path(rule.name, rule.target) for rule in rules))

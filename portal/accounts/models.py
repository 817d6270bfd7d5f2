"""People, organisations and who belongs where. Agents are the members of the Région, and the only staff."""

import datetime

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import MEMBER_ROLES, OrganisationKind, Role
from portal.reference.numbers import luhn_is_right


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works with the portal; job seekers need no account."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=150, blank=True)
    is_active = models.BooleanField(_("actif"), default=True)
    # written by Membership's verbs only: an agent is staff, nobody else is
    is_staff = models.BooleanField(_("agent"), default=False, editable=False)
    date_joined = models.DateTimeField(_("inscrit le"), default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["email"]
        verbose_name = _("utilisateur")

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name or self.email

    def has_role(self, *roles: str, kind: str | None = None) -> bool:
        """Whether a present membership gives one of these roles (in an organisation of this kind)."""
        present = self.memberships.present().filter(role__in=roles)
        return (present.filter(organisation__kinds__contains=[kind]) if kind else present).exists()


def check_siret(value: str) -> None:
    if not (len(value) == 14 and value.isascii() and value.isdigit()):
        raise ValidationError(_("Écrivez les 14 chiffres du SIRET, sans espace."), code="siret")
    if not luhn_is_right(value):
        raise ValidationError(_("Ce SIRET n'existe pas : vérifiez chaque chiffre."), code="siret")


class OrganisationQuerySet(models.QuerySet):
    def with_member(self, user):
        return self.filter(memberships__in=Membership.objects.present().filter(user=user))


@pghistory.track()
class Organisation(models.Model):
    siret = models.CharField(_("SIRET"), max_length=14, unique=True, validators=[check_siret])
    name = models.CharField(_("raison sociale"), max_length=250)
    kinds = ArrayField(
        models.CharField(max_length=10, choices=OrganisationKind), default=list, verbose_name=_("natures")
    )
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(condition=models.Q(siret__regex=r"^[0-9]{14}$"), name="organisation_siret_shape")
        ]

    def __str__(self):
        return self.name

    @property
    def siren(self) -> str:
        return self.siret[:9]

    def has_member(self, user) -> bool:
        return self.memberships.present().filter(user=user).exists()

    @property
    def is_struck_off(self) -> bool:
        return self.tombstones.standing().exists()


class MembershipQuerySet(models.QuerySet):
    def present(self):
        return self.filter(left_at__isnull=True)

    def writing(self):
        """Present members that may write in the name of their organisation."""
        return self.present().filter(role__in=[Role.MANAGER, Role.EDITOR])


@pghistory.track()
class Membership(models.Model):
    """One person in one organisation; a leaver keeps the row with the day they left, and no right."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("rôle"), max_length=10, choices=Role)
    joined_at = models.DateTimeField(_("entré le"), default=timezone.now)
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user"]
        verbose_name = _("membre")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(left_at__isnull=True), name="one_present_membership"
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor withdrawn, expired or not."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def waiting(self, now: datetime.datetime):
        return self.open().filter(expires_at__gt=now)


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """Somebody asked by mail to join an organisation; the mail alone holds the token, the base its hash."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=10, choices=[(role.value, role.label) for role in MEMBER_ROLES])
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("invité par"))
    invited_at = models.DateTimeField(_("invité le"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valable jusqu'au"), editable=False)
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="invitation_has_one_end",
            ),
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("invited_at")), name="invitation_lasts"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in MEMBER_ROLES]), name="invitation_role_of_a_member"
            ),
        ]

    def __str__(self):
        return f"{self.email} – {self.organisation}"


class TombstoneQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody lifted."""
        return self.filter(lifted_at__isnull=True)


@pghistory.track()
class Tombstone(models.Model):
    """What stays of an organisation that was struck off: keyed hashes of how it could be told, and why it went.

    It outlives the organisation's own row, and holds none of its numbers, addresses or names.
    """

    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="tombstones", verbose_name=_("organisation")
    )
    # "siren:…", "nda:…", "domain:…", "phone:…", "host:…"; see tombstones.py
    marks = ArrayField(models.CharField(max_length=80), default=list, verbose_name=_("empreintes"), editable=False)
    reason = models.TextField(_("motif"))
    struck_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("radiée par"))
    struck_at = models.DateTimeField(_("radiée le"), default=timezone.now)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("radiation levée par")
    )
    lifted_at = models.DateTimeField(_("levée le"), null=True, blank=True)
    lift_reason = models.TextField(_("motif de la levée"), blank=True)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        ordering = ["-struck_at"]
        verbose_name = _("radiation")
        indexes = [GinIndex(fields=["marks"], name="tombstone_marks")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="tombstone_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="tombstone_lifted_by_somebody",
            ),
            # whoever struck off cannot lift it alone
            models.CheckConstraint(
                condition=models.Q(lifted_by__isnull=True) | ~models.Q(lifted_by=models.F("struck_by")),
                name="tombstone_lifted_by_another",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(lifted_at__isnull=True), name="one_standing_tombstone"
            ),
        ]

    def __str__(self):
        return f"{self.organisation or self.pk} ({timezone.localtime(self.struck_at):%d/%m/%Y})"

"""People, organisations and who belongs where. Agents are the members of the Région, and the only staff."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import OrganisationKind, Role
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


class MembershipQuerySet(models.QuerySet):
    def present(self):
        return self.filter(left_at__isnull=True)


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

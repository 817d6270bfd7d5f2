"""What a snapshot of the catalogue must know of the base: which base it is, and which courses changed since."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SnapshotState(models.Model):
    """One row. `forgotten` is the last transaction whose changes are told no more."""

    identity = models.UUIDField(_("identité de la base"), default=uuid.uuid4)
    forgotten = models.BigIntegerField(_("dernière transaction oubliée"), default=0)

    class Meta:
        verbose_name = _("état des instantanés")
        verbose_name_plural = _("états des instantanés")

    def __str__(self):
        return str(self.identity)


class CourseChange(models.Model):
    """Written by triggers in the transaction that changes a course; without a course, all may have changed."""

    transaction = models.BigIntegerField(_("transaction"), db_index=True)
    course_id = models.BigIntegerField(_("formation"), null=True)
    changed_at = models.DateTimeField(_("changée le"), db_default=Now())

    class Meta:
        verbose_name = _("formation changée")
        verbose_name_plural = _("formations changées")

    def __str__(self):
        return f"{self.transaction} {self.course_id or '*'}"

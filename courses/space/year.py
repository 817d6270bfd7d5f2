"""The sessions of the year of a course, whatever the offering, as one set of rows on the page of the course."""

import datetime
from operator import attrgetter

from django.contrib.admin.checks import InlineModelAdminChecks
from django.forms import BaseModelFormSet, ModelChoiceField, modelformset_factory

from courses.models import Course, Offering, Session
from courses.space.fields import SessionForm
from portal.web.clock import today
from portal.web.space import SpaceInline

MOST_SESSIONS = 200
# those that ended so long ago need no hand any more
DAYS_KEPT = 60


class YearSessionForm(SessionForm):
    class Meta(SessionForm.Meta):
        fields = ["offering", *SessionForm.Meta.fields[:-1]]


class YearSessionFormSet(BaseModelFormSet):
    """As an inline formset of the course, two keys away."""

    def __init__(self, data=None, files=None, instance=None, save_as_new=False, prefix=None, queryset=None, **kwargs):
        self.instance = instance
        rows = Session.objects.none() if instance is None or not instance.pk else queryset.of_course(instance)
        super().__init__(data, files, prefix=prefix, queryset=rows, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "sessions"

    def add_fields(self, form, index):
        super().add_fields(form, index)
        own = self.instance.offerings.select_related("commune", "course") if self.instance.pk else None
        field = form.fields["offering"]
        assert isinstance(field, ModelChoiceField)
        field.queryset = own if own is not None else Offering.objects.none()
        field.label_from_instance = attrgetter("where")  # type: ignore[method-assign, assignment]


class TwoKeysAway(InlineModelAdminChecks):
    """A session names its offering, not its course: the checks of a key to the parent do not apply."""

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []

    def _check_relation(self, obj, parent_model):
        return []


class YearSessionInline(SpaceInline):
    model = Session
    form = YearSessionForm
    fields = [*YearSessionForm.Meta.fields]
    checks_class = TwoKeysAway
    max_num = MOST_SESSIONS
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        rights = self.has_change_permission(request, obj)
        return modelformset_factory(
            Session,
            form=self.form,
            formset=YearSessionFormSet,
            fields=YearSessionForm.Meta.fields,
            extra=0,
            max_num=self.max_num if rights and isinstance(obj, Course) else 0,
            absolute_max=self.max_num + 50,
            can_delete=rights,
            formfield_callback=lambda db_field, **kw: self.formfield_for_dbfield(db_field, request, **kw),
        )

    def get_queryset(self, request):
        since = today() - datetime.timedelta(days=DAYS_KEPT)
        return Session.objects.since(since).select_related("offering").in_page_order()

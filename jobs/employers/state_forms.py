"""How a post was filled: one choice, the courses that the portal proposed for it among them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from jobs.employers.offered import offered_for
from jobs.enums import FilledHow
from jobs.models import EmployerNeed
from portal.web.clock import today


class FilledForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Qui a pris le poste ?"),
        error_messages={"required": _("Choisissez dans la liste."), "invalid_choice": _("Choisissez dans la liste.")},
    )

    def __init__(self, *args, need: EmployerNeed, **kwargs):
        super().__init__(*args, **kwargs)
        trained = [
            (str(each.course.pk), _("Une personne formée par « %(title)s »") % {"title": each.course.title})
            for each in offered_for(need, today()).near
        ]
        held = need.filled_course
        if isinstance(held, Course) and str(held.pk) not in dict(trained):
            trained.append((str(held.pk), _("Une personne formée par « %(title)s »") % {"title": held.title}))
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisissez")),
            *trained,
            (FilledHow.OTHER_COURSE.value, _("Une personne formée ailleurs")),
            (FilledHow.WITHOUT.value, _("Une personne sans formation particulière")),
        ]

    def answer(self) -> tuple[str, int | None]:
        """(way, course) of a valid form."""
        said = self.cleaned_data["how"]
        return (FilledHow.COURSE.value, int(said)) if said.isdecimal() else (said, None)

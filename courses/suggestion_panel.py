"""What a course is proposed, as the person who decides reads it: codes with their witness, skills with their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.enums import CodeKind, SkillOrigin
from courses.models import CodeSuggestion, Course


@dataclass(frozen=True)
class Line:
    """`value` names the proposal in the form: "code-12", "skill-3"."""

    value: str
    name: str
    why: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]
    empty: str


def panel_of(course: Course) -> tuple[Group, ...]:
    """The proposals that wait, by kind; three queries, and three for what the course carries."""
    rows = course.code_suggestions.waiting().in_order().select_related("occupation", "formacode", "profile")
    carried = {*course.occupations.all(), *course.formacodes.all(), *course.profiles.all()}
    waiting = [row for row in rows if row.target not in carried]
    links = course.skill_links.filter(origin=SkillOrigin.SUGGESTED).select_related("skill").order_by("pk")
    skills = tuple(
        Line(f"skill-{link.pk}", link.skill.label, _("d’après « %(words)s »") % {"words": link.evidence})
        for link in links
    )
    return (
        Group(_("Métiers visés"), _lines(waiting, CodeKind.PROFILE), _("Aucun métier n’attend.")),
        Group(_("Codes ROME"), _lines(waiting, CodeKind.ROME), _("Aucun code ROME n’attend.")),
        Group(_("Formacodes"), _lines(waiting, CodeKind.FORMACODE), _("Aucun Formacode n’attend.")),
        Group(_("Compétences"), skills, _("Aucune compétence n’attend.")),
    )


def _lines(rows: Iterable[CodeSuggestion], kind: CodeKind) -> tuple[Line, ...]:
    return tuple(Line(f"code-{row.pk}", str(row.target), why(row), note(row)) for row in rows if row.kind == kind)


def why(row: CodeSuggestion) -> str:
    """Who speaks for the code: "comme RNCP34757 Data scientist"."""
    if row.kind == CodeKind.PROFILE:
        return row.witness_title
    if row.witness:
        return _("comme %(number)s %(title)s") % {"number": row.witness, "title": row.witness_title}
    if row.kind == CodeKind.ROME:
        return _("d’après les noms et la description de ce métier")
    return _("d’après le nom de ce code")


def note(row: CodeSuggestion) -> str:
    notes = [_("Famille de métiers : un code large.")] if row.is_wide else []
    if row.is_sign:
        notes.append(_("Compte déjà dans l’orientation, aux trois quarts."))
    return " ".join(notes)

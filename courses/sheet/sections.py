"""The seven headed sections of a course page, always the same, in the same order; silence is said to be silence."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.enums import SkillOrigin
from courses.models import CourseSkill, Offering
from courses.sheet.read import Sheet
from courses.sheet.validity import validity_note, warnings_on
from portal.reference.enums import SkillLevel
from portal.reference.models import Certification
from portal.web.templatetags.camins import hours


@dataclass(frozen=True)
class Section:
    """A heading, the body's own words (plain text with "- " items), notes made from other fields, what to beware of."""

    anchor: str
    title: str
    text: str
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.notes


@dataclass(frozen=True)
class SkillLine:
    """A skill taught: from which level to which, and who says so when it is not the body."""

    label: str
    code: str
    before: str
    after: str
    origin: str


def sections_of(sheet: Sheet) -> list[Section]:
    course = sheet.course
    learn = "\n\n".join(filter(None, (course.objective, course.what_you_learn)))
    return [
        Section("pour-qui", _("Pour qui"), course.for_whom, _each(sheet, "audience_note")),
        Section("avant", _("Ce qu’il faut avant"), course.entry_requirements, _each(sheet, "admission", "conditions")),
        Section("programme", _("Ce que vous apprendrez"), learn),
        Section("comment", _("Comment vous apprendrez"), course.how_you_learn, _how(sheet)),
        _assessment(sheet),
        Section("materiel", _("Le matériel"), course.what_to_bring),
        Section("apres", _("Et après"), course.what_next),
    ]


def skills_of(sheet: Sheet) -> list[SkillLine]:
    """Skills taught, the highest levels first."""
    return [
        SkillLine(
            link.skill.label,
            link.skill.code,
            str(SkillLevel(link.level_required).label) if link.level_required else "",
            str(SkillLevel(link.level_given).label),
            _origin(link),
        )
        for link in sheet.course.skill_links.all()
    ]


def _origin(link: CourseSkill) -> str:
    if link.origin == SkillOrigin.DECLARED:
        return ""
    if link.origin == SkillOrigin.SUGGESTED and link.evidence:
        return _("proposée par une règle, d’après « %(words)s »") % {"words": link.evidence}
    return str(link.get_origin_display())


def _each(sheet: Sheet, *names: str) -> list[str]:
    """What the offerings say in these fields, each text once."""
    said = [getattr(offering, name) for name in names for offering in sheet.offerings]
    return list(dict.fromkeys(text for text in said if text))


def _how(sheet: Sheet) -> list[str]:
    notes = [_hours_split(offering) for offering in sheet.offerings]
    notes += [str(each.get_rhythm_display()).capitalize() + "." for each in sheet.offerings if each.rhythm]
    return list(dict.fromkeys(note for note in notes if note)) + _each(sheet, "rhythm_note", "duration_note")


def _hours_split(offering: Offering) -> str:
    centre, company = offering.hours_in_centre, offering.hours_in_company
    if centre and company:
        said = _("%(centre)s en centre et %(company)s en entreprise.")
        return said % {"centre": hours(centre), "company": hours(company)}
    if company:
        return _("%(company)s en entreprise.") % {"company": hours(company)}
    return ""


def _assessment(sheet: Sheet) -> Section:
    course = sheet.course
    warnings = warnings_on(course.certifications.all(), sheet.day)
    return Section("evaluation", _("Comment c’est évalué"), course.how_assessed, _certifications(sheet), warnings)


def _certifications(sheet: Sheet) -> list[str]:
    course = sheet.course
    notes = [_certification(each, sheet.day) for each in course.certifications.all()]
    if course.certification_note:
        notes.append(course.certification_note)
    if not notes:
        said = {
            True: _("Cette formation mène à une certification."),
            False: _("Cette formation ne mène pas à une certification : vous recevez une attestation."),
        }
        notes = [said[course.is_certifying]] if course.is_certifying is not None else []
    return notes


def _certification(certification: Certification, day: datetime.date) -> str:
    words = _("%(register)s : %(title)s (%(number)s)") % {
        "register": certification.get_register_display(),
        "title": certification.title,
        "number": certification.number,
    }
    if certification.level is not None:
        words += f", {certification.get_level_display()}"
    return f"{words}. {validity_note(certification, day)}".strip()

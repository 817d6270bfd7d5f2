"""A body's courses as LHEO 2.3, valid by its XSD: what was imported comes back as it came, extras included."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from lxml import etree

from courses.enums import Audience, Funding, Modality
from courses.importers.lheo_build import NAMESPACE, NOTHING_SAID, Part, day_of, euros
from courses.importers.lheo_schema import RULES, Sequence
from courses.importers.lheo_tables import audiences_of
from courses.importers.records import UNKNOWN_DATE, OfferingRecord, PartialDate, Precision
from courses.importers.rows import FUNDINGS, rhythm
from courses.models import Course, Offering, Session, TrainingProvider
from portal.reference.enums import Register
from portal.reference.models import Commune

RELATED = (
    "offerings__sessions",
    "offerings__costs",
    "offerings__commune",
    "formacodes",
    "nsf",
    "occupations",
    "certifications",
)
LEVEL_CODES = {0: "1", **{level: str(10 + level) for level in range(1, 9)}}
MODALITY_CODES = {Modality.ONSITE: "0", Modality.MIXED: "1", Modality.REMOTE: "2"}
RECRUITMENT_CODES = {"open": "1", "closed": "2", "suspended": "3"}
FUNDING_CODES = {funding: code for code, funding in reversed(FUNDINGS.items())} | {Funding.OTHER: "0"}
# registers that LHEO has an element for
NATIONAL = (Register.RNCP, Register.RS)
NOTED = re.compile(r"(RNCP|RS) (\d{1,6})")
COST_OF_ITEM = re.compile(r"(.*), " + re.escape(_("environ %(euros)d €")).replace(r"%\(euros\)d", r"(\d+)"))
SEQUENCES = {f"{{{NAMESPACE}}}{name}" for name, rule in RULES.items() if isinstance(rule, Sequence)}
TOWN_LENGTH, LINE_LENGTH, LINES = 50, 50, 4


def lheo_bytes(courses: Iterable[Course], *, exported_at: str) -> bytes:
    """The whole file. `exported_at` is an instant, as xs:dateTime writes it."""
    root = Part("lheo", None, **{"horodatage-export": exported_at})
    offers = root.part("offres")
    for course in courses:
        write_course(offers, course)
    break_lines(root.element)
    return etree.tostring(root.element, xml_declaration=True, encoding="UTF-8")


def break_lines(element: etree._Element, depth: int = 0) -> None:
    """One element a line, so that a fault has its line; the extras stay as their source wrote them."""
    children = [child for child in element if child.tag in SEQUENCES]
    if not children:
        return
    for child in element:
        child.tail = "\n" + " " * depth
        if child.tag in SEQUENCES:
            break_lines(child, depth + 1)


def write_course(offers: Part, course: Course) -> None:
    part = offers.part("formation", numero=course.external_id or f"camins-{course.pk}")
    offerings = list(course.offerings.all())
    write_domain(part.part("domaine-formation"), course)
    part.text("intitule-formation", course.title)
    part.text("objectif-formation", course.objective, is_required=True)
    part.text("resultats-attendus", course.what_next, is_required=True)
    part.text("contenu-formation", course.what_you_learn, is_required=True)
    part.truth("certifiante", course.is_certifying)
    write_contact(part.part("contact-formation"), course.provider)
    part.code("parcours-de-formation", None, filler="4")
    part.code("code-niveau-entree", course.entry_level_code or level_code(course.entry_level), filler="0")
    write_certifications(part, course)
    if course.exit_level is not None:
        part.text("code-niveau-sortie", level_code(course.exit_level))
    if course.website:
        part.part("url-formation").text("urlweb", course.website)
    for rank, offering in enumerate(offerings):
        write_offering(part, course, offering, is_first=rank == 0)
    if not offerings:
        part.unknown.append("action")
        write_offering(part, course, Offering(course=course), is_first=True)
    write_body(part.part("organisme-formation-responsable"), course.provider)
    part.close(course.extras)


def level_code(level: int | None) -> str | None:
    return None if level is None else LEVEL_CODES[level]


def write_domain(part: Part, course: Course) -> None:
    for name, codes, most in (
        ("code-FORMACODE", [each.pk for each in course.formacodes.all()], 5),
        ("code-NSF", [each.pk for each in course.nsf.all() if len(each.pk) == 3], 3),
        ("code-ROME", [each.code for each in course.occupations.all()], 5),
    ):
        for code in sorted(codes)[:most]:
            part.text(name, code)


def write_certifications(part: Part, course: Course) -> None:
    """Those of the two national registers; LHEO has no element for others, real or fictional."""
    known = [(each.register, each.number) for each in course.certifications.all() if each.register in NATIONAL]
    for register, number in [*known, *NOTED.findall(course.certification_note)][:5]:
        part.part("certification").text(f"code-{register}", f"{register}{number}")


def write_offering(parent: Part, course: Course, offering: Offering, *, is_first: bool) -> None:
    part = parent.part("action", numero=offering.external_id)
    pace, alternation = pace_of(offering)
    part.text("rythme-formation", pace, is_required=True)
    for code in offering.audience_codes[:10]:
        part.text("code-public-vise", code)
    if not offering.audience_codes:
        part.code("code-public-vise", None, filler="83056")
    part.text("info-public-vise", offering.audience_note)
    part.truth("niveau-entree-obligatoire", course.entry_level_is_mandatory)
    part.text("modalites-alternance", alternation, is_required=True)
    modality = MODALITY_CODES.get(Modality(offering.modality)) if offering.modality else None
    part.code("modalites-enseignement", modality, filler="0")
    part.text("conditions-specifiques", offering.conditions or course.entry_requirements, is_required=True)
    part.truth("prise-en-charge-frais-possible", offering.can_be_funded)
    if has_place(offering):
        write_place(part.path("lieu-de-formation", "coordonnees", "adresse"), offering)
    part.text("modalites-entrees-sorties", "1" if offering.entry_mode == "permanent" else "0")
    write_sessions(part, offering)
    write_practical(part, course if is_first else None, offering)
    write_money(part, offering)
    part.close(offering.extras, has_cpf=Funding.CPF in offering.fundings)


def pace_of(offering: Offering) -> tuple[str, str]:
    """The two texts that make the offering's pace: parted where they give back its kind of pace."""
    audiences = frozenset().union(*(audiences_of(code, "") for code in offering.audience_codes))
    lines = offering.rhythm_note.split("\n")
    parted = [("\n".join(lines[:at]), "\n".join(lines[at:])) for at in range(len(lines), -1, -1)]
    fitting = (
        pair for pair in parted if rhythm(OfferingRecord(0, rhythm=pair[0], audiences=audiences)) == offering.rhythm
    )
    return next(fitting, parted[0])


def has_place(offering: Offering) -> bool:
    return bool(offering.place_name or offering.address or offering.postcode or offering.commune_id or offering.town)


def write_place(part: Part, offering: Offering) -> None:
    part.text("denomination", offering.place_name)
    for line in lines_of(offering.address):
        part.text("ligne", line, is_required=True)
    town: Commune | None = offering.commune
    part.text("codepostal", offering.postcode, is_required=True)
    part.text("ville", offering.town[:TOWN_LENGTH] or (town.name if town else ""), is_required=True)
    if town is not None:
        part.text("code-INSEE-commune", town.pk)
    if offering.latitude is not None and offering.longitude is not None:
        degrees = part.part("geolocalisation")
        degrees.text("latitude", offering.latitude)
        degrees.text("longitude", offering.longitude)
    part.close()


def lines_of(address: str) -> list[str]:
    """An address on four short lines, parted at its commas, then between words."""
    lines: list[str] = []
    for piece in filter(None, address.split(", ")):
        while len(piece) > LINE_LENGTH:
            head = piece[:LINE_LENGTH].rpartition(" ")[0] or piece[:LINE_LENGTH]
            lines.append(head)
            piece = piece[len(head) :].strip()
        if lines and len(lines) >= LINES and len(lines[-1]) + len(piece) + 2 <= LINE_LENGTH:
            lines[-1] += f", {piece}"
        else:
            lines.append(piece)
    return [line for line in lines if line][:LINES] or [""]


def write_sessions(part: Part, offering: Offering) -> None:
    sessions = list(offering.sessions.all()) if offering.pk else []
    for session in sessions:
        write_session(part.part("session", numero=session.external_id), session, offering)
    if not sessions:
        part.unknown.append("session")
        write_session(part.part("session"), Session(starts_precision="unknown", ends_precision="unknown"), offering)


def write_session(part: Part, session: Session, offering: Offering) -> None:
    write_period(
        part.part("periode"),
        partial(session.starts_on, session.starts_precision),
        partial(session.ends_on, session.ends_precision),
    )
    write_place(part.path("adresse-inscription", "adresse"), offering)
    part.text("modalites-inscription", session.note)
    opens, closes = session.registration_opens_on, session.registration_closes_on
    if opens or closes:
        write_period(part.path("periode-inscription", "periode"), partial(opens, "day"), partial(closes, "day"))
    part.text("etat-recrutement", RECRUITMENT_CODES.get(session.recruitment, ""))
    if session.seats is not None:
        cycle = part.part("cycle")
        cycle.text("type-cycle", "0")
        cycle.text("capacite-cumulee", min(session.seats, 99_999))
    part.close(session.extras)


def partial(day: date | None, precision: str) -> PartialDate:
    return PartialDate(day, cast(Precision, precision)) if day else UNKNOWN_DATE


def write_period(part: Part, starts: PartialDate, ends: PartialDate) -> None:
    part.text("debut", day_of(starts))
    part.text("fin", day_of(ends))


def write_practical(part: Part, course: Course | None, offering: Offering) -> None:
    """What makes it possible to come; what the course says for all its offerings goes with the first one."""
    transport, catering, *lodging = [*offering.transport_note.split("\n"), ""]
    part.text("restauration", catering)
    part.text("hebergement", "\n".join(filter(None, lodging)))
    part.text("transport", transport)
    accessible = {True: _("oui"), False: _("non"), None: ""}[offering.is_accessible]
    part.text("acces-handicapes", offering.accessibility_note or accessible)
    part.text("modalites-recrutement", offering.admission)
    if course is not None:
        part.text("modalites-pedagogiques", course.how_you_learn)
        for text, cost in items_of(course.what_to_bring):
            item = part.part("equipement")
            item.text("type-equipement", "0")
            item.text("cout-indicatif-equipement", cost)
            item.text("commentaire", text)
            item.close()


def items_of(text: str) -> Iterator[tuple[str, str]]:
    """(what, euros) of each line of what to bring."""
    for line in filter(None, text.split("\n")):
        found = COST_OF_ITEM.fullmatch(line)
        what, cost = (found[1], found[2]) if found else (line, "")
        yield what.removeprefix("- "), cost


def write_money(part: Part, offering: Offering) -> None:
    note, left = left_of(offering.funding_note)
    part.text("frais-restants", left or left_cost(offering))
    part.text("prix-horaire-TTC", euros(offering.hourly_price_cents))
    part.text("prix-total-TTC", euros(offering.price_cents))
    part.text("duree-indicative", offering.duration_note)
    for name in ("centre", "entreprise", "total"):
        hours = {"centre": offering.hours_in_centre, "entreprise": offering.hours_in_company}.get(
            name, offering.duration_hours
        )
        part.text(f"nombre-heures-{name}", hours)
    part.text("detail-conditions-prise-en-charge", note)
    for funding in [each for each in offering.fundings if each != Funding.CPF][:8]:
        part.part("organisme-financeur").text("code-financeur", FUNDING_CODES[Funding(funding)])


def left_of(note: str) -> tuple[str, str]:
    """The words about funding, and what they say is left to pay: the import wrote it as the last line."""
    before, mark, after = note.rpartition(_("Reste à charge annoncé : %(text)s") % {"text": ""})
    return (before.rstrip("\n"), after) if mark else (note, "")


def left_cost(offering: Offering) -> str:
    """What a member said is left to pay for those who are funded, where all of them pay the same."""
    costs = offering.costs.all() if offering.pk else ()
    told = {each.left_to_pay_cents for each in costs if each.audience != Audience.SELF_FUNDED}
    return f"{euros(told.pop())} €" if len(told) == 1 and None not in told else ""


def write_body(part: Part, body: TrainingProvider) -> None:
    part.text("numero-activite", body.nda or "0" * 11)
    part.part("SIRET-organisme-formation").text("SIRET", body.organisation.siret)
    part.text("nom-organisme", body.name)
    part.text("raison-sociale", body.organisation.name)
    write_contact(part.part("coordonnees-organisme"), body)
    write_contact(part.part("contact-organisme"), body)
    part.text("renseignements-specifiques", body.presentation)


def write_contact(part: Part, body: TrainingProvider) -> None:
    """How to reach the body; its address that receives messages is never told."""
    inside = part.part("coordonnees")
    inside.text("nom", body.name[:50].strip() or NOTHING_SAID)
    if body.postcode and body.commune_id:
        place = inside.part("adresse")
        for line in lines_of(body.address):
            place.text("ligne", line, is_required=True)
        place.text("codepostal", body.postcode)
        place.text("ville", body.commune.name[:TOWN_LENGTH])  # type: ignore[union-attr]
        place.text("code-INSEE-commune", body.commune_id)
    if body.phone:
        inside.part("telfixe").text("numtel", body.phone)
    if body.website:
        inside.part("web").text("urlweb", body.website)


def exported(courses: QuerySet[Course]) -> Iterator[Course]:
    """Courses of a queryset with all that an export reads, by batches."""
    related = courses.select_related("provider__organisation", "provider__commune").prefetch_related(*RELATED)
    return related.order_by("pk").iterator(chunk_size=200)

"""A valid LHEO formation as a CourseRecord; what its values break is left in the notes of its node."""

import re
from typing import Any

from django.utils.translation import gettext as _

from courses.importers.faults import ERROR, WARNING
from courses.importers.lheo_nodes import (
    Node,
    address,
    contacts,
    coordinates_record,
    period,
    refuse,
    siret_in,
    site,
    uai_in,
)
from courses.importers.lheo_own import CPF_MARK
from courses.importers.lheo_tables import (
    ALTERNATIONS,
    ENTRY_MODES,
    EUROPEAN_LEVELS,
    MODALITIES,
    RECRUITMENT_STATES,
    TABLES,
    audiences_of,
)
from courses.importers.records import (
    CertificationRecord,
    CodeKind,
    CourseRecord,
    CycleRecord,
    EquipmentRecord,
    FunderRecord,
    MeetingRecord,
    OfferingRecord,
    ProviderRecord,
    SessionRecord,
    SkillBlockRecord,
    TrainerRecord,
)
from courses.importers.values import day_of_stamp, nda_number

STAMPS = ("horodatage-modification", "datemaj", "horodatage-export", "horodatage-creation", "datecrea")
NUMBERED = re.compile(r"(?:RNCP|RS|CPF|ELU)?\s*(\d+)", re.IGNORECASE | re.ASCII)
CODE_KINDS: dict[str, CodeKind] = {"code-ROME": "rome", "code-FORMACODE": "formacode", "code-NSF": "nsf"}


def course(node: Node) -> CourseRecord:
    """A `formation`, whole."""
    domain = node.one("domaine-formation")
    return CourseRecord(
        line=node.line,
        number=node.attribute("numero"),
        title=node.line_of("intitule-formation"),
        provider=provider(node.one("organisme-formation-responsable")),
        objective=node.text_of("objectif-formation"),
        expected_results=node.text_of("resultats-attendus"),
        content=node.text_of("contenu-formation"),
        is_certifying=node.truth_of("certifiante"),
        formacodes=domain.codes_of("code-FORMACODE") if domain else (),
        nsf_codes=codes(domain, "code-NSF"),
        rome_codes=codes(domain, "code-ROME"),
        pathway=node.label_of("parcours-de-formation", "pathway"),
        aim=node.label_of("objectif-general-formation", "aim"),
        positioning=node.label_of("positionnement", "positioning"),
        entry_level_code=node.raw_of("code-niveau-entree"),
        entry_level=EUROPEAN_LEVELS.get(node.raw_of("code-niveau-entree")),
        exit_level_code=node.raw_of("code-niveau-sortie"),
        exit_level=EUROPEAN_LEVELS.get(node.raw_of("code-niveau-sortie")),
        certifications=tuple(filter(None, map(certification, node.all("certification")))),
        type_codes=tuple(
            filter(
                None,
                (child.raw_of(name) for child in node.all("code-type-formation") for name in ("code-CPF", "code-ELU")),
            )
        ),
        urls=node.urls_of("url-formation"),
        contacts=contacts(node, "contact-formation"),
        offerings=tuple(offering(child) for child in numbered(node, "action")),
        module=node.line_of("identifiant-module"),
        changed_on=next(filter(None, (day_of_stamp(node.attribute(name)) for name in STAMPS)), None),
        extras=node.extras(),
    )


def codes(domain: Node | None, name: str) -> tuple[str, ...]:
    return tuple(ref.code.upper() for ref in domain.codes_of(name)) if domain else ()


def check_codes(node: Node) -> None:
    """Warn of each code of the domain that the base does not know."""
    domain = node.one("domaine-formation")
    for name, kind in CODE_KINDS.items():
        for child in domain.all(name) if domain else []:
            code = child.raw.strip().upper()
            if node.notes.known.lacks(kind, code):
                message = _("Ce code est inconnu ici : vérifiez-le, ou importez la nomenclature à jour.")
                node.notes.add(child, "unknown-code", message, code)


def numbered(node: Node, name: str) -> list[Node]:
    """Children `name`, after refusing a number used twice among them."""
    children, seen = node.all(name), set()
    for child in children:
        number = child.attribute("numero")
        if number and number in seen:
            message = _("Ce numéro sert deux fois : donnez un numéro à chaque « %(name)s ».") % {"name": name}
            refuse(child, "number-twice", message, number)
        seen.add(number)
    return children


def certification(node: Node) -> CertificationRecord | None:
    def digits(name: str) -> str:
        raw = node.line_of(name)
        found = NUMBERED.fullmatch(raw)
        return found[1] if found else raw

    found = CertificationRecord(
        rncp=digits("code-RNCP"),
        certif_info=digits("code-CERTIFINFO"),
        rs=digits("code-RS"),
        cpf=digits("code-CPF"),
        formacode=node.raw_of("reference-code-FORMACODE"),
    )
    return None if found == CertificationRecord() else found


def provider(node: Node | None) -> ProviderRecord:
    if node is None:
        return ProviderRecord("", "", "")
    has_nda = node.one("numero-activite") is not None  # EDOF has none
    nda, doubt = nda_number(node.raw_of("numero-activite")) if has_nda else ("", None)
    if doubt:
        node.notes.add(node, doubt.code, str(doubt), node.raw_of("numero-activite"))
    outer = node.one("coordonnees-organisme")
    return ProviderRecord(
        nda=nda,
        siret=siret_in(node.one("SIRET-organisme-formation")),
        name=node.line_of("nom-organisme") or node.line_of("raison-sociale"),
        legal_name=node.line_of("raison-sociale"),
        uai=uai_in(node.one("code-UAI-organisme-formation")),
        number=node.attribute("numero"),
        presentation=node.text_of("renseignements-specifiques"),
        coordinates=coordinates_record(outer.one("coordonnees") if outer else None),
        contacts=contacts(node, "contact-organisme"),
        line=node.line,
    )


def offering(node: Node) -> OfferingRecord:
    """An `action`, with its sessions."""
    publics = node.codes_of("code-public-vise")
    information = node.one("adresse-information")
    return OfferingRecord(
        line=node.line,
        number=node.attribute("numero"),
        rhythm=node.text_of("rythme-formation"),
        alternation=node.text_of("modalites-alternance"),
        modality=MODALITIES.get(node.raw_of("modalites-enseignement")),
        entry_mode=ENTRY_MODES.get(node.raw_of("modalites-entrees-sorties")),
        cycle_years=node.number_of("duree-cycle"),
        public_codes=publics,
        audiences=frozenset().union(*(audiences_of(ref.code, ref.version) for ref in publics)),
        public_text=node.line_of("info-public-vise"),
        is_entry_level_mandatory=node.truth_of("niveau-entree-obligatoire"),
        conditions=node.text_of("conditions-specifiques"),
        admission=node.text_of("modalites-recrutement"),
        recruitment_area=area(node),
        places=tuple(filter(None, map(site, node.all("lieu-de-formation")))),
        information_place=address(information.one("adresse")) if information else None,
        information_days=tuple(child.date_of("date") for child in node.all("date-information")),
        urls=node.urls_of("url-action"),
        catering=node.line_of("restauration"),
        lodging=node.line_of("hebergement"),
        transport=node.line_of("transport"),
        accessibility=node.line_of("acces-handicapes"),
        languages=tuple(code.lower() for code in node.lines_of("langue-formation")),
        teaching=node.text_of("modalites-pedagogiques"),
        teaching_codes=node.codes_of("code-modalite-pedagogique"),
        equipment=tuple(equipment(child) for child in node.all("equipement")),
        extras=node.extras(),
        has_cpf=node.attribute(CPF_MARK) == "1",
        **costs(node),
        **durations(node),
        trainers=tuple(trainer(child) for child in node.all("organisme-formateur")),
        funders=tuple(funder(child) for child in node.all("organisme-financeur")),
        sessions=tuple(session(child) for child in numbered(node, "session")),
    )


def costs(node: Node) -> dict[str, Any]:
    return {
        "price_cents": node.price_of("prix-total-TTC"),
        "hourly_price_cents": node.price_of("prix-horaire-TTC"),
        "left_to_pay": node.line_of("frais-restants"),
        "is_funding_possible": node.truth_of("prise-en-charge-frais-possible"),
        "funding": node.text_of("detail-conditions-prise-en-charge"),
        "is_agreed": node.truth_of("conventionnement"),
        "agreed_hours": node.number_of("duree-conventionnee"),
    }


def durations(node: Node) -> dict[str, Any]:
    return {
        "hours_in_centre": node.number_of("nombre-heures-centre"),
        "hours_in_company": node.number_of("nombre-heures-entreprise"),
        "hours_total": node.number_of("nombre-heures-total"),
        "duration_text": node.line_of("duree-indicative"),
    }


def area(node: Node) -> str:
    parts = (node.label_of("code-perimetre-recrutement", "perimeter"), node.line_of("infos-perimetre-recrutement"))
    return ", ".join(filter(None, parts))


def equipment(node: Node) -> EquipmentRecord:
    cost = node.number_of("cout-indicatif-equipement")
    return EquipmentRecord(node.label_of("type-equipement", "equipment"), cost, node.line_of("commentaire"))


def trainer(node: Node) -> TrainerRecord:
    return TrainerRecord(
        siret=siret_in(node.one("SIRET-formateur")),
        name=node.line_of("raison-sociale-formateur"),
        uai=uai_in(node.one("code-UAI-formateur")),
        contacts=contacts(node, "contact-formateur"),
    )


def funder(node: Node) -> FunderRecord:
    code = node.raw_of("code-financeur")
    return FunderRecord(code, TABLES["funders"][code], node.number_of("nb-places-financees"))


def session(node: Node) -> SessionRecord:
    starts, ends = period(node.one("periode"), ERROR)
    registration = node.one("periode-inscription")
    opens, closes = period(registration.one("periode") if registration else None, WARNING)
    place = node.one("adresse-inscription")
    meetings, cycles = tuple(map(meeting, node.all("recrutement"))), tuple(map(cycle, node.all("cycle")))
    blocks = [block for holder in node.all("blocs-competences") for block in holder.all("bloc-competences")]
    return SessionRecord(
        line=node.line,
        number=node.attribute("numero"),
        starts=starts,
        ends=ends,
        registration_opens=opens,
        registration_closes=closes,
        registration_place=address(place.one("adresse")) if place else None,
        registration_text=node.line_of("modalites-inscription"),
        recruitment=RECRUITMENT_STATES.get(node.raw_of("etat-recrutement"), "unknown"),
        meetings=meetings,
        seats=seats(cycles, meetings),
        cycles=cycles,
        skill_blocks=tuple(
            SkillBlockRecord(block.line_of("code-bloc"), block.line_of("libelle-bloc")) for block in blocks
        ),
        urls=node.urls_of("url-session"),
        contacts=contacts(node, "contact-session"),
        extras=node.extras(),
    )


def seats(cycles: tuple[CycleRecord, ...], meetings: tuple[MeetingRecord, ...]) -> int | None:
    """Seats of a session: those of its only cycle, else the one figure its recruitment steps agree on."""
    told = [cycle.seats_in_all if cycle.seats_in_all is not None else cycle.seats_at_once for cycle in cycles]
    if len(told) == 1 and told[0] is not None:
        return told[0]
    agreed = {meeting.seats for meeting in meetings if meeting.seats is not None}
    return agreed.pop() if not cycles and len(agreed) == 1 else None


def meeting(node: Node) -> MeetingRecord:
    starts, ends = period(node.one("periode"), WARNING)
    return MeetingRecord(
        kind=node.label_of("modalite-recrutement", "selection"),
        is_remote=node.truth_of("a-distance"),
        starts=starts,
        ends=ends,
        hours=" - ".join(filter(None, (node.line_of("heure-debut"), node.line_of("heure-fin")))),
        place=address(node.one("adresse")),
        url=next(iter(node.urls()), ""),
        seats=node.number_of("nb-places"),
        text=node.line_of("commentaire"),
    )


def cycle(node: Node) -> CycleRecord:
    alternation = node.one("alternance")
    rhythm = alternation.one("rythme-alternance") if alternation else None
    return CycleRecord(
        kind=node.label_of("type-cycle", "cycle"),
        years=tuple(int(child.raw) for child in node.all("annee-cycle")),
        least_seats=node.number_of("effectif-minimal"),
        seats_at_once=node.number_of("capacite-simultanee"),
        seats_in_all=node.number_of("capacite-cumulee"),
        alternation=ALTERNATIONS.get(alternation.raw_of("type-alternance"), "") if alternation else "",
        alternation_unit=rhythm.label_of("unite-rythme-alternance", "rhythm") if rhythm else "",
        units_in_company=rhythm.number_of("unites-entreprise") if rhythm else None,
        units_in_centre=rhythm.number_of("unites-centre") if rhythm else None,
    )

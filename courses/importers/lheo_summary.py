"""A line of an LHEO index (`resume-offre`) as a CourseRecord: what it says, marked as a summary."""

from django.utils.translation import gettext as _

from courses.importers import lheo_records
from courses.importers.faults import WARNING, Fault
from courses.importers.lheo_nodes import Node, insee_code
from courses.importers.lheo_tables import EUROPEAN_LEVELS, MODALITIES, audiences_of
from courses.importers.records import (
    ContactRecord,
    CourseRecord,
    OfferingRecord,
    PlaceRecord,
    ProviderRecord,
)
from courses.importers.values import BadValue, coordinates, mail_address, siret_number, web_address

LINKS = ("href", "uri", "file")


def summary(node: Node) -> CourseRecord:
    """A `resume-offre`; an index says nothing of the aim, the content, the price and the way in."""
    domain = node.one("domaine-formation")
    return CourseRecord(
        line=node.line,
        number=node.attribute("numero"),
        title=node.line_of("intitule-formation"),
        provider=_provider(node),
        is_certifying=node.truth_of("certifiante"),
        formacodes=domain.codes_of("code-FORMACODE") if domain else (),
        nsf_codes=lheo_records.codes(domain, "code-NSF"),
        rome_codes=lheo_records.codes(domain, "code-ROME"),
        entry_level_code=node.raw_of("code-niveau-entree"),
        entry_level=EUROPEAN_LEVELS.get(node.raw_of("code-niveau-entree")),
        certifications=tuple(filter(None, map(lheo_records.certification, node.all("certification")))),
        urls=_links(node),
        contacts=tuple(map(_contact, node.all("contact-formation-resume"))),
        offerings=(_offering(node),),
        extras=node.extras(),
        is_summary=True,
    )


def what_to_complete(record: CourseRecord) -> Fault:
    """What the reader of the import is told of each line."""
    missing = [_("l'objectif, le programme, le prix, l'admission, les contacts")]
    missing += [] if record.urls else [_("l'adresse de la page")]
    missing += [] if record.offerings[0].sessions else [_("les dates")]
    message = _("Ce résumé devient un brouillon, non visible du public. À compléter avant de le soumettre : %(what)s.")
    return Fault(record.line, "resume-offre", "index-entry", message % {"what": ", ".join(missing)}, "", WARNING)


def _provider(node: Node) -> ProviderRecord:
    siret, doubt = siret_number(node.raw_of("SIRET"))
    if doubt:
        node.notes.add(node, doubt.code, str(doubt), node.raw_of("SIRET"))
    name = node.one("nom-organisme")
    return ProviderRecord(
        nda="",
        siret=siret,
        name=node.line_of("nom-organisme"),
        number=name.attribute("numero") if name else "",
        line=node.line,
    )


def _contact(node: Node) -> ContactRecord:
    mail, phone = node.one("courriel"), node.one("telfixe")
    return ContactRecord(
        kind_code=node.raw_of("type-contact"),
        name=node.line_of("nom"),
        phones=phone.lines_of("numtel") if phone else (),
        mail=mail.read(mail_address, "") if mail else "",
    )


def _offering(node: Node) -> OfferingRecord:
    publics = node.codes_of("code-public-vise")
    latitude, longitude = _position(node)
    place = PlaceRecord(
        postcode=node.line_of("codepostal"),
        town=node.line_of("ville"),
        department=node.line_of("departement"),
        insee=insee_code(node),
        region=node.line_of("region"),
        latitude=latitude,
        longitude=longitude,
    )
    return OfferingRecord(
        line=node.line,
        number="",
        modality=MODALITIES.get(node.raw_of("modalites-enseignement")),
        public_codes=publics,
        audiences=frozenset().union(*(audiences_of(ref.code, ref.version) for ref in publics)),
        places=(place,),
        is_funding_possible=node.truth_of("prise-en-charge-frais-possible"),
        hours_total=node.number_of("nombre-heures-total"),
        sessions=tuple(lheo_records.session(child) for child in lheo_records.numbered(node, "session")),
    )


def _links(node: Node) -> tuple[str, ...]:
    """The page of the course: an attribute of the line, where it is an address."""
    for name in LINKS:
        try:
            if node.attribute(name) and (link := web_address(node.attribute(name))):
                return (link,)
        except BadValue as bad:
            node.notes.add(node, bad.code, str(bad), node.attribute(name))
    return ()


def _position(node: Node) -> tuple[float | None, float | None]:
    for bag in node.all("extras"):
        told = {extra.attribute("info"): extra.raw for extra in bag.all("extra")}
        if "latitude" in told and "longitude" in told:
            try:
                return coordinates(told["latitude"], told["longitude"])
            except BadValue as bad:
                node.notes.add(node, bad.code, str(bad), f"{told['latitude']} {told['longitude']}")
    return None, None

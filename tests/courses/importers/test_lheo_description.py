"""Our description of LHEO 2.3 against the published XSD: rule by rule, then verdict by verdict on thousands of mutants.

Documented differences, and nothing else: the definition bounds whole numbers and the XSD does not (BEYOND_XSD); the
`uri` attribute is not parsed, since XML Schema lets almost any text be one and no reader follows it.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from courses.importers.lheo_schema import RULES, Anything, Bag, Code, Day, Part, Sequence, Text, Whole
from courses.importers.lheo_stream import LheoStream
from courses.importers.lheo_validate import BEYOND_XSD
from tests.courses.importers.lheo_mutants import NAMESPACE, full_document, mutant

XS = "{http://www.w3.org/2001/XMLSchema}"
MUTANTS = 1_000  # of each document
OURS = Path(__file__).parents[2] / "data" / "lheo-camins.xml"
DOCUMENTS = ["onisep 2.3", "onisep 2.2", "carif-oref index", "minimal", "ours", "every element", "every index element"]


@pytest.fixture(scope="session")
def lheo_files(shared_data: Path) -> Path:
    return shared_data / "lheo"


@pytest.fixture(scope="session")
def xsd(lheo_files: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(lheo_files / "lheo-2.3.xsd"))


@pytest.fixture(scope="session")
def types(lheo_files: Path) -> dict[str, etree._Element]:
    """Element name → the XSD type that holds its facets or its sequence."""
    root = etree.parse(lheo_files / "lheo-2.3.xsd").getroot()
    named = {str(child.get("name")): child for child in root if child.tag != f"{XS}attributeGroup"}
    return {name: named[f"{name}-subtype"] for name in RULES if f"{name}-subtype" in named}


def document(name: str, files: Path) -> etree._Element:
    """A valid LHEO 2.3 document; 2.2 files are read after the namespace swap."""
    paths = {
        "onisep 2.3": files / "exemple-bts-onisep-2.3.xml",
        "onisep 2.2": files / "exemple-bts-onisep-2.2.xml",
        "carif-oref index": files / "exemple-lheo-index-2.2.xml",
        "minimal": files / "minimal-2.3.xml",
        "ours": OURS,
    }
    if name in paths:
        return etree.fromstring(paths[name].read_bytes().replace(b"http://www.lheo.org/2.2", NAMESPACE.encode()))
    return full_document("lheo" if name == "every element" else "lheo-index")


def verdict(content: bytes) -> tuple[bool, list[str]]:
    """Whether our description finds the structure valid, and what it says."""
    faults = [fault for unit in LheoStream(io.BytesIO(content)) for fault in unit.faults]
    return not [fault for fault in faults if fault.code not in BEYOND_XSD], [str(fault) for fault in faults]


def facets(element: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for facet in element[0]:
        found.setdefault(str(facet.tag).removeprefix(XS), []).append(str(facet.get("value")))
    return found


def parts(element: etree._Element) -> Iterator[Part]:
    for child in element.iter(f"{XS}element"):
        most = child.get("maxOccurs", "1")
        least = int(child.get("minOccurs", "1"))
        yield Part(str(child.get("ref")).removeprefix("lheo:"), least, None if most == "unbounded" else int(most))


def test_it_names_every_element_of_the_xsd_and_no_other(lheo_files):
    root = etree.parse(lheo_files / "lheo-2.3.xsd").getroot()
    assert {element.get("name") for element in root.findall(f"{XS}element")} == set(RULES)


def test_each_rule_says_what_the_xsd_says(types):
    for name, rule in RULES.items():
        match rule:
            case Sequence():
                assert list(parts(types[name])) == list(rule.parts), name
            case Text():
                told = facets(types[name])
                assert (int(told.get("minLength", ["0"])[0]), int(told["maxLength"][0])) == (rule.least, rule.most), (
                    name
                )
            case Code():
                assert set(facets(types[name])["enumeration"]) == set(rule.table), name
            case Day() | Whole():
                assert types[name][0].get("base") == ("xs:long" if isinstance(rule, Whole) else "xs:token"), name
            case Bag() | Anything():
                assert name in ("extras", "extra")


def test_whole_numbers_have_the_bounds_of_the_definition(lheo_files):
    with (lheo_files / "lheo-2.3-elements.csv").open(newline="", encoding="utf-8") as rows:
        told = {row["element"]: row["type"] for row in csv.DictReader(rows) if row["type"].startswith("entier")}
    ours = {name: f"entier({rule.least},{rule.most})" for name, rule in RULES.items() if isinstance(rule, Whole)}
    assert ours == told


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_find_the_samples_valid(name, lheo_files, xsd):
    content = etree.tostring(document(name, lheo_files))
    assert (xsd.validate(etree.fromstring(content)), verdict(content)) == (True, (True, []))


def test_the_full_documents_hold_every_element():
    seen = {etree.QName(element).localname for root in ("lheo", "lheo-index") for element in full_document(root).iter()}
    assert seen == set(RULES) - {"lheo-plus"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_give_the_same_verdict_on_mutants(name, lheo_files, xsd, share_of, record_count):
    source, disagreements, valid = document(name, lheo_files), [], 0
    count = share_of(MUTANTS)
    for seed in range(count):
        content, changes = mutant(source, seed)
        official = xsd.validate(etree.fromstring(content))
        ours, faults = verdict(content)
        valid += official
        if ours != official:
            disagreements.append((seed, changes, official, faults))
    record_count("LHEO mutants held against the XSD", count)
    record_count("LHEO mutants that stay valid", valid)
    assert disagreements == []
    assert 0 < valid < count

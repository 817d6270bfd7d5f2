"""LHEO files from the real world and from enemies, read into records and faults."""

import io
import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from courses.importers.lheo import LheoReading, Reading, read_lheo
from courses.importers.records import CertificationRecord, CourseRecord, KnownCodes, PartialDate

OURS = Path(__file__).parents[2] / "data" / "lheo-camins.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="http://lheo.gouv.fr/2.3"><offres>\n'
TAIL = b"</offres></lheo>"


@pytest.fixture(scope="session")
def lheo_files(shared_data) -> Path:
    return shared_data / "lheo"


@pytest.fixture(scope="session")
def hostile_files(shared_data) -> Path:
    return shared_data / "badinput" / "files"


@pytest.fixture(scope="session")
def minimal(lheo_files) -> bytes:
    return (lheo_files / "minimal-2.3.xml").read_bytes()


def read(content: bytes, **options: object) -> LheoReading:
    return read_lheo(io.BytesIO(content), **options)


def only(content: bytes, **options: object) -> Reading:
    [reading] = read(content, **options)
    return reading


def codes(reading: Reading) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.severity, fault.code) for fault in reading.faults]


def course(content: bytes, **options: object) -> CourseRecord:
    record = only(content, **options).record
    assert isinstance(record, CourseRecord)
    return record


class TestRealFiles:
    def test_the_onisep_sample_is_read_whole(self, lheo_files):
        [reading] = found = list(stream := read_lheo(lheo_files / "exemple-bts-onisep-2.3.xml"))
        record = reading.record
        assert (stream.dialect, len(found), reading.faults) == ("lheo 2.3", 1, ())
        assert (record.title, record.number, record.line) == ("BTS négociation et relation client", "9436_18706", 4)
        assert record.certifications == (CertificationRecord(rncp="474", certif_info="19004"),)
        assert record.rome_codes == ("D1402", "D1403", "D1408")
        assert (record.provider.siret, record.provider.nda) == ("19290076900014", ""), "99999999999 is a filler"
        assert '<extra info="FOR_ID ONISEP">9436</extra>' in record.extras

    def test_its_levels_are_european_ones(self, lheo_files):
        [reading] = read_lheo(lheo_files / "exemple-bts-onisep-2.3.xml")
        assert (reading.record.exit_level_code, reading.record.exit_level) == ("6", 5), "code 6 is bac + 2"
        assert (reading.record.entry_level_code, reading.record.entry_level) == ("0", None), "0 is not told"

    def test_its_html_becomes_paragraphs_and_items(self, lheo_files):
        [reading] = read_lheo(lheo_files / "exemple-bts-onisep-2.3.xml")
        content = reading.record.content
        assert content.startswith("En plus des enseignements généraux")
        assert content.count("\n- ") == 4
        assert not {"<", ">", "&"} & set(content)

    def test_its_place_and_session_are_read(self, lheo_files):
        [reading] = read_lheo(lheo_files / "exemple-bts-onisep-2.3.xml")
        [offering] = reading.record.offerings
        [place], [session] = offering.places, offering.sessions
        assert (place.name, place.insee, place.town) == ("Lycée Kerneuzec", "29233", "QUIMPERLÉ")
        assert (place.latitude, place.longitude) == (47.882108, -3.5526545)
        assert (session.starts, session.ends) == (
            PartialDate(date(2015, 9, 1), "day"),
            PartialDate(date(2017, 8, 31), "day"),
        )
        assert (offering.price_cents, session.seats, offering.alternation) == (None, None, "")

    def test_the_same_file_in_2_2_gives_the_same_record(self, lheo_files):
        [new] = read_lheo(lheo_files / "exemple-bts-onisep-2.3.xml")
        [old] = stream = read_lheo(lheo_files / "exemple-bts-onisep-2.2.xml")
        assert stream is not None
        assert old.faults == ()
        assert replace(old.record, line=0) == replace(new.record, line=0)

    def test_the_lines_of_an_index_are_summaries(self, lheo_files):
        readings = list(stream := read_lheo(lheo_files / "exemple-lheo-index-2.2.xml"))
        entries = [reading.record for reading in readings]
        assert (stream.dialect, len(entries)) == ("lheo-index 2.2", 8)
        assert all(entry.is_summary for entry in entries)
        first, second = entries[:2]
        assert (first.title, first.provider.siret) == ("Licence pro guide conférencier", "19750707200027")
        assert (first.urls, first.certifications[0].rncp) == (("http://www.intercariforef.org/",), "25730")
        [offering] = first.offerings
        assert (offering.places[0].latitude, offering.places[0].insee) == (48.897144, "75117")
        assert (offering.hours_total, offering.price_cents, first.objective) == (482, None, "")
        assert second.offerings[0].sessions[0].starts == PartialDate(date(2017, 9, 1), "month")
        assert second.title == "Titre professionnel d'accompagnateur(trice) de tourisme"

    def test_each_summary_says_what_to_complete(self, lheo_files):
        for reading in read_lheo(lheo_files / "exemple-lheo-index-2.2.xml"):
            [told] = [fault for fault in reading.faults if fault.code == "index-entry"]
            assert "À compléter avant de le soumettre : l'objectif" in told.message
            assert not reading.is_refused

    def test_the_smallest_file_is_read(self, minimal):
        record = course(minimal)
        assert (record.rome_codes, record.provider.siret, record.provider.nda) == (("M1889",), "", "")
        assert record.offerings[0].sessions[0].ends == PartialDate(None, "unknown")

    def test_1_3_is_refused_in_one_sentence(self, lheo_files):
        [reading] = read_lheo(lheo_files / "ancien-1.3-photographe.xml")
        assert (reading.scope, codes(reading)) == ("file", [(5, "error", "old-version")])
        assert "LHEO 2.3" in reading.faults[0].message


class TestOurFile:
    @pytest.fixture(scope="class")
    @staticmethod
    def records() -> dict[str, CourseRecord]:
        readings = list(read_lheo(OURS))
        assert [fault for reading in readings for fault in reading.faults] == []
        return {reading.record.number: reading.record for reading in readings}

    def test_it_says_when_it_was_made(self):
        next(iter(stream := read_lheo(OURS)))
        assert stream.exported_on == date(2027, 1, 11)

    def test_offerings_keep_money_hours_and_funders(self, records):
        toulouse, rodez = records["CAMINS-01"].offerings
        assert (toulouse.price_cents, toulouse.hourly_price_cents) == (875_000, 1_250)
        assert (toulouse.hours_in_centre, toulouse.hours_in_company, toulouse.hours_total) == (700, 280, 980)
        assert [funder.code for funder in toulouse.funders] == ["16", "10"]
        assert (rodez.price_cents, rodez.is_agreed, rodez.modality) == (None, True, "mixed")

    def test_a_course_told_free_costs_nothing_and_one_untold_is_unknown(self, records):
        assert records["CAMINS-04"].offerings[0].price_cents == 0
        assert records["CAMINS-02"].offerings[0].price_cents is None

    def test_partial_dates_stay_partial(self, records):
        sessions = {s.number: s for record in records.values() for o in record.offerings for s in o.sessions}
        assert sessions["CAMINS-01-TLS-B"].starts == PartialDate(date(2027, 9, 1), "month")
        assert sessions["CAMINS-03-DIST-P"].starts == PartialDate(None, "unknown")
        year = sessions["CAMINS-05-TRB-27"].starts
        assert (year, year.last_day) == (PartialDate(date(2027, 1, 1), "year"), date(2027, 12, 31))

    def test_seats_come_from_the_only_cycle(self, records):
        assert [s.seats for s in records["CAMINS-01"].offerings[0].sessions] == [16, None]
        assert records["CAMINS-02"].offerings[0].sessions[0].seats == 24

    def test_nothing_executable_survives(self, records):
        content = records["CAMINS-03"].content
        assert (
            content
            == "Programme :\n\n- Ingénierie de prompt\n- Recherche augmentée (RAG)\n- Évaluation, coûts, sécurité"
        )

    def test_audiences_come_from_the_codes_of_public(self, records):
        assert records["CAMINS-01"].offerings[0].audiences == {"jobseeker", "employee"}
        assert records["CAMINS-02"].offerings[0].audiences == {"apprentice"}
        assert records["CAMINS-04"].entry_level == 0

    def test_contacts_have_their_kind(self, records):
        [contact] = records["CAMINS-01"].provider.contacts
        assert (contact.kind, contact.mail) == ("référent handicap", "handicap@atelier-des-courbes.example")


class TestFaults:
    def test_a_faulty_formation_is_refused_and_the_others_kept(self, minimal):
        one = minimal[minimal.index(b"<formation") : minimal.index(b"</offres>")]
        bad = one.replace(b"EX-0001", b"EX-0002").replace(b"20270115", b"20270230")
        other = one.replace(b"EX-0001", b"EX-0003")
        first, second, third = read(HEAD + one + bad + other + TAIL)
        assert (first.is_refused, second.is_refused, third.is_refused) == (False, True, False)
        assert second.record is None
        line = 1 + (HEAD + one + bad[: bad.index(b"20270230")]).count(b"\n")
        assert codes(second) == [(line, "error", "impossible-date")]

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            (b"<fin>99999999", b"<fin>20270114", "end-before-start"),
            (b"<debut>20270115", b"<debut>20271315", "impossible-date"),
            (b"<debut>20270115", b"<debut>20270015", "impossible-date"),
            (b"<debut>20270115", b"<debut>00010101", "impossible-date"),
            (b"<debut>20270115", b"<debut>2027-1-5", "bad-date"),
            (b"<certifiante>0", b"<certifiante>oui", "not-in-table"),
            (b"M1889", b"M18890", "too-long"),
            (b"<ville>Toulouse</ville>", b"", "missing"),
            (b"<session ", b"<sessions/><session ", "unknown-element"),
            (b"<certifiante>0</certifiante>", b"<certifiante>0</certifiante>" * 2, "too-many"),
            (b"<lheo ", b'<lheo lang="fr" ', "unknown-attribute"),
        ],
    )
    def test_each_departure_has_its_code(self, minimal, old, new, code):
        faults = [fault for reading in read(minimal.replace(old, new, 1)) for fault in reading.faults]
        assert code in [fault.code for fault in faults if fault.severity == "error"]
        assert all(fault.line > 0 and len(fault.message) > 20 for fault in faults)

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            (b"<SIRET>00000000000000", b"<SIRET>73282932000075", "siret-check"),
            (b"<SIRET>00000000000000", b"<SIRET>7328293200007A", "siret-shape"),
            (b"<numero-activite>00000000000", b"<numero-activite>763100000AB", "nda-shape"),
            (b"<nom>Accueil</nom>", b"<courriel>pas une adresse</courriel>", "mail-shape"),
            (b"<nom>Accueil</nom>", b"<web><urlweb>javascript:alert(1)</urlweb></web>", "web-shape"),
        ],
    )
    def test_a_doubtful_value_only_warns(self, minimal, old, new, code):
        reading = only(minimal.replace(old, new, 1))
        assert (reading.record is not None, [fault.code for fault in reading.faults]) == (True, [code])

    def test_la_poste_has_its_own_siret_check(self, minimal):
        assert only(minimal.replace(b"<SIRET>00000000000000", b"<SIRET>35600000000001")).faults == ()

    def test_a_number_used_twice_refuses_the_second(self, minimal):
        one = minimal[minimal.index(b"<formation") : minimal.index(b"</offres>")]
        first, second = read(HEAD + one + one + TAIL)
        assert (first.is_refused, [fault.code for fault in second.faults]) == (False, ["number-twice"])

    def test_unknown_codes_warn_only_when_lists_are_given(self, minimal):
        assert only(minimal).faults == ()
        known = KnownCodes(rome=frozenset({"M1405"}), formacode=frozenset({"31028"}), nsf=frozenset())
        reading = only(minimal, known=known)
        assert [(fault.code, fault.value) for fault in reading.faults] == [
            ("unknown-code", "M1889"),
            ("unknown-code", "326"),
        ][::-1]
        assert reading.record.rome_codes == ("M1889",)

    def test_a_title_without_a_word_is_refused(self, minimal):
        start, end = minimal.index(b"<intitule-formation>") + 20, minimal.index(b"</intitule-formation>")
        assert [fault.code for fault in only(minimal[:start] + b"-" + minimal[end:]).faults] == ["no-title"]


class TestHostileFiles:
    """Nothing but faults comes out, quickly."""

    EXPECTED = {
        "control-ok.xml": ["course"],
        "enc-bom-utf8.xml": ["course"],
        "date-unknown.xml": ["course"],
        "field-mail-bad.xml": ["course"],
        "html-01.xml": ["course"],
        "html-06.xml": ["course"],
        "dup-numero.xml": ["course", "number-twice"],
        "date-feb30.xml": ["impossible-date"],
        "hours-neg.xml": ["out-of-bounds"],
        "field-ns-wrong.xml": ["unknown-namespace"],
        "bomb-laughs-small.xml": ["doctype"],
        "xxe-passwd.xml": ["doctype"],
        "deep-300.xml": ["not-xml"],
        "syntax-cut.xml": ["not-xml"],
        "syntax-ctrl.xml": ["not-xml"],
        "bad-xml.xlsx": ["not-xml"],
        "is-txt.xlsx": ["not-xml"],
        "trunc.jpg": ["not-xml"],
    }

    @pytest.mark.parametrize("name", EXPECTED)
    def test_only_records_and_faults_come_out(self, name, hostile_files):
        began = time.monotonic()
        readings = list(read_lheo(hostile_files / name))
        assert time.monotonic() - began < 1
        seen = []
        for reading in readings:
            errors = [fault.code for fault in reading.faults if fault.severity == "error"]
            seen += errors or [reading.scope]
            assert (reading.record is None) == bool(errors)
        assert seen == self.EXPECTED[name]

    def test_every_xml_case_is_expected(self, hostile_files):
        assert {path.name for path in hostile_files.glob("*.xml")} <= set(self.EXPECTED)

    def test_an_ordinary_handler_does_not_survive(self, hostile_files):
        [reading] = read_lheo(hostile_files / "html-01.xml")
        assert (reading.record.title, reading.record.objective) == ("IA IA", "IA")

    def test_nothing_outside_the_file_is_read(self, minimal):
        entity = b'<!DOCTYPE lheo [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<lheo '
        assert [fault.code for fault in only(minimal.replace(b"<lheo ", entity, 1)).faults] == ["doctype"]

    def test_a_doctype_behind_a_long_comment_is_still_refused(self, minimal):
        comment = b"<!--" + b"x" * 70_000 + b"-->"
        for before in (comment, b"<!-- a --><?pi b?>\n<!-- c -->"):
            content = minimal.replace(b"<lheo ", before + b"<!DOCTYPE lheo><lheo ", 1)
            assert {fault.code for fault in only(content).faults} <= {"doctype", "not-xml"}

    @pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
    def test_a_cut_file_is_one_fault_of_the_file(self, share, minimal):
        reading = only(minimal[: int(len(minimal) * share)])
        assert (reading.scope, len(reading.faults), reading.record) == ("file", 1, None)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b"\x00\x01\x02", "encoding"),
            ("<lheo/>".encode("utf-16"), "encoding"),
            (b'<?xml version="1.0" encoding="utf-7"?><lheo/>', "encoding"),
            (b"\x89PNG\r\n\x1a\n", "not-xml"),
            (b"intitule;ville\nIA;Rodez\n", "not-xml"),
            (b"<html><body/></html>", "unknown-namespace"),
            (b'<lheo-plus xmlns="http://lheo.gouv.fr/2.3"/>', "unknown-root"),
            (b'<lheo xmlns="https://www.of.moncompteformation.gouv.fr/v2"/>', "unknown-namespace"),
            (b"<lheo>" + b"<a>" * 100_000, "unknown-namespace"),
            (b"<lheo:lheo/>", "unknown-namespace"),
            (b"<:>", "unknown-namespace"),
            (b'<lheo xmlns="http://lheo.gouv.fr/2.3"><:/></lheo>', "not-xml"),
            (b'<lheo xmlns="http://lheo.gouv.fr/2.3">' + b"<offres>" * 100_000, "not-xml"),
        ],
    )
    def test_what_is_not_lheo_is_one_fault_of_the_file(self, content, code):
        *_before, last = read(content)
        assert (last.scope, [fault.code for fault in last.faults]) == ("file", [code])

    def test_random_bytes_never_raise(self):
        for size in (1, 10, 1_000, 100_000):
            assert all(reading.record is None for reading in read(b"<" + os.urandom(size)))


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "iso-8859-15", "windows-1252"])
    def test_the_prologue_says_how_to_read(self, minimal, encoding):
        text = minimal.decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
        assert course(text.encode(encoding)) == course(minimal)

    def test_bytes_that_are_not_what_they_say_are_one_fault(self, minimal):
        [reading] = read(minimal.decode().encode("iso-8859-1"))
        assert [fault.code for fault in reading.faults] == ["encoding"]
        assert "UTF-8" in reading.faults[0].message


class Endless(io.RawIOBase):
    """A valid file of `count` formations, made as it is read."""

    def __init__(self, one: bytes, count: int):
        self.pieces = iter([HEAD, *(one.replace(b"EX-0001", b"EX-%d" % n) for n in range(count)), TAIL])
        self.left = b""

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size and (piece := next(self.pieces, None)) is not None:
            self.left += piece
        out, self.left = self.left[:size], self.left[size:]
        return out


class TestSize:
    def test_memory_stays_that_of_one_formation(self, minimal, share_of):
        one = minimal[minimal.index(b"<formation") : minimal.index(b"</offres>")]
        kept = {True: 0, False: 0}
        before = 0
        for reading in read_lheo(Endless(one, count := share_of(20_000))):
            kept[reading.record is not None] += 1
            if kept[True] == count // 10:
                before = resident_bytes()
        assert kept == {True: count, False: 0}
        assert resident_bytes() - before < 20_000_000

    def test_a_file_beyond_the_limit_is_refused(self, minimal):
        one = minimal[minimal.index(b"<formation") : minimal.index(b"</offres>")]
        *_kept, last = read_lheo(Endless(one, 1_000), max_bytes=500_000)
        assert (last.scope, [fault.code for fault in last.faults]) == ("file", ["too-big"])

    def test_a_formation_beyond_measure_is_refused(self, minimal):
        flood = b"<extras>" + b"<extra/>" * 200_001 + b"</extras>"
        *_before, last = read(minimal.replace(b"</formation>", flood + b"</formation>"))
        assert [fault.code for fault in last.faults] == ["too-big"]

    def test_a_file_full_of_faults_is_cut_short(self):
        *_before, last = read(HEAD + b"<formation/>" * 20_000 + TAIL)
        assert [fault.code for fault in last.faults] == ["too-many-faults"]


def resident_bytes() -> int:
    """What the process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

"""The import of the benchmark: a table that the portal reads without a fault, and visitors at a steady pace."""

import csv
import http.server
import threading

from courses.bench.catalogue import Catalogue
from courses.bench.imported import COLUMNS, write_table
from courses.bench.visitors import Visits
from courses.importers.records import KnownCodes
from courses.importers.table_records import table_record
from courses.importers.values import luhn_is_right


def test_every_line_of_the_table_is_a_course(tmp_path):
    write_table(Catalogue(257), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    assert tuple(lines[0]) == COLUMNS
    assert len({line["numero"] for line in lines}) == len(lines) == 259
    assert all(luhn_is_right(line["siret"]) for line in lines)
    for number, line in enumerate(lines, 2):
        record, faults = table_record({name: cell for name, cell in line.items() if cell}, number, KnownCodes())
        assert (record.title, faults) == (line["titre"], [])


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


def test_visitors_keep_their_pace_and_tell_what_failed():
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    visits = Visits(site.server_port, ["/", "/", "/", "/absente/"], seconds=60, clients=4, rate=20)
    threading.Timer(1, visits.is_over.set).start()
    told = visits.all()
    site.shutdown()
    site.server_close()
    assert 0 < told["pages"] <= 18
    assert 0 < told["errors"] <= 7
    assert told["first_errors"][0] == "404 /absente/"

"""Reading an address from outside: public ones only, checked once, capped in time and size, never inside."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from portal.web import outside
from portal.web.outside import OutsideRefused, fetch

INSIDE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "255.255.255.255",
]  # fmt: skip


def says(*addresses: str):
    return lambda host, port: list(addresses)


@pytest.mark.parametrize("address", INSIDE)
def test_no_name_leads_inside_whatever_else_it_says(address):
    for answers in ((address,), ("93.184.216.34", address)):
        with pytest.raises(OutsideRefused, match="public"):
            fetch("https://exemple.example/", most_bytes=10, seconds=1, resolver=says(*answers))


@pytest.mark.parametrize(
    "url",
    [
        "http://exemple.example/", "file:///etc/passwd", "ftp://exemple.example/", "gopher://x/", "https://",
        "https://a:b@exemple.example/", "https://exemple.example:22/", "https://exemple.example/a b",
        "https://[::1", "https://exemple.example/\r\nHost: x", "https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/",
        "", "x", "https://exemple.example:99999/",
    ],
)  # fmt: skip
def test_other_addresses_are_refused_in_words(url):
    with pytest.raises(OutsideRefused) as refused:
        fetch(url, most_bytes=10, seconds=2)
    assert str(refused.value).endswith(".")


@contextmanager
def served(monkeypatch, answers: list[bytes]) -> Iterator[list[bytes]]:
    """A site on this machine that gives one answer per call; what it was asked. Its address passes for a public one."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def serve():
            for answer in answers:
                try:
                    line, _from = server.accept()
                except OSError:
                    return
                with line:
                    asked.append(line.recv(65_536))
                    with suppress(OSError):
                        line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        monkeypatch.setitem(outside.PORTS, "http", port)
        monkeypatch.setattr(outside, "_is_public", lambda address: True)
        yield asked
    thread.join(5)


def ask(url="http://exemple.example/flux.xml?x=1", most_bytes=1_000_000, seconds=5.0):
    return fetch(url, most_bytes=most_bytes, seconds=seconds, schemes=("http",), resolver=says("127.0.0.1"))


def test_a_file_is_read_from_the_address_that_was_checked(monkeypatch):
    with served(monkeypatch, [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde"]) as asked:
        found = ask()
    assert (found.status, found.body) == (200, b"abcde")
    assert asked[0].startswith(b"GET /flux.xml?x=1 HTTP/1.1\r\nHost: exemple.example")
    assert b"Cookie" not in asked[0]


def test_a_file_too_big_is_cut(monkeypatch):
    answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000
    with served(monkeypatch, [answer]), pytest.raises(OutsideRefused, match="dépasse"):
        ask(most_bytes=100_000)


def test_a_site_that_drips_is_left(monkeypatch):
    with served(monkeypatch, [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"]), pytest.raises(OutsideRefused):
        ask(seconds=0.5)


def test_a_redirection_stays_at_home(monkeypatch):
    elsewhere = b"HTTP/1.1 302 Found\r\nLocation: http://autre.example/\r\nContent-Length: 0\r\n\r\n"
    with served(monkeypatch, [elsewhere]), pytest.raises(OutsideRefused, match="autre site"):
        ask()
    here = b"HTTP/1.1 302 Found\r\nLocation: /autre\r\nContent-Length: 0\r\n\r\n"
    with served(monkeypatch, [here, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]) as asked:
        assert ask().body == b"ok"
    assert asked[1].startswith(b"GET /autre ")
    with served(monkeypatch, [here] * 5), pytest.raises(OutsideRefused, match="trop de fois"):
        ask()

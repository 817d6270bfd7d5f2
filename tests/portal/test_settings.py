"""Production's settings: an odd value stops the start, and nothing of the demonstration is left."""

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"


def production() -> dict[str, Any]:
    return runpy.run_module("portal.settings.prod")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("CAMINS_SECRET_KEY", SECRET)


def test_it_is_closed_and_holds_no_page_of_the_demonstration():
    told = production()
    assert (told["DEBUG"], told["CAMINS_DEMO"]) == (False, False)
    assert "portal.demo" not in told["INSTALLED_APPS"]
    assert told["SECRET_KEY"] == SECRET


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_secret_is_needed(monkeypatch, secret):
    monkeypatch.setenv("CAMINS_SECRET_KEY", secret)
    with pytest.raises(ImproperlyConfigured, match="CAMINS_SECRET_KEY"):
        production()


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}-in-a-file\n")
    monkeypatch.setenv("CAMINS_SECRET_KEY_FILE", str(path))
    assert production()["SECRET_KEY"] == f"{SECRET}-in-a-file"


@pytest.mark.parametrize(("written", "meant"), [("True", True), ("False", False)])
def test_the_mail_relay_is_spoken_to_as_asked(monkeypatch, written, meant):
    monkeypatch.setenv("CAMINS_SMTP_TLS", written)
    assert production()["MAILERS"]["default"]["OPTIONS"]["use_tls"] is meant


@pytest.mark.parametrize("written", ["true", "1", "yes", "on"])
def test_a_doubtful_yes_never_sends_mail_in_clear(monkeypatch, written):
    monkeypatch.setenv("CAMINS_SMTP_TLS", written)
    with pytest.raises(ImproperlyConfigured, match="CAMINS_SMTP_TLS"):
        production()

"""Settings: a secret has no default in production, an odd value stops the start, and what is deployed is hardened."""

import datetime
import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env
from tests.house.sources import ROOT

SECRET = "k" * 20 + "0123456789" + "Z" * 30
PRODUCTION = {
    "CAMINS_SECRET_KEY": SECRET,
    "DATABASE_URL": "postgres://camins@db.example/camins",
    "REDIS_URL": "redis://cache.example:6379",
    "CAMINS_HOSTS": "camins.example",
}


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python in an environment that holds these variables and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings.prod", **variables}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("secret", ["", "short", "x" * 39])
def test_production_does_not_start_without_its_secret(secret):
    variables = {**PRODUCTION, "CAMINS_SECRET_KEY": secret}
    ran = run("import portal.settings.prod", **variables)
    assert ran.returncode != 0
    assert "CAMINS_SECRET_KEY" in ran.stderr


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "secret").write_text(SECRET + "\n")
    variables = {name: value for name, value in PRODUCTION.items() if name != "CAMINS_SECRET_KEY"}
    code = "import portal.settings.prod as prod; print(prod.SECRET_KEY)"
    ran = run(code, CAMINS_SECRET_KEY_FILE=str(tmp_path / "secret"), **variables)
    assert ran.stdout.strip() == SECRET


def test_what_is_deployed_passes_djangos_own_check():
    code = (
        "import django as d; d.setup(); from django.core.management import call_command as c; c('check', deploy=True)"
    )
    # some checks ask which PostgreSQL it is
    ran = run(code, **{**PRODUCTION, "DATABASE_URL": os.environ["DATABASE_URL"]})
    assert ran.returncode == 0, ran.stderr
    # W021: preloading a domain into browsers is its owner's decision
    assert set(re.findall(r"\(([\w.]+)\)", ran.stderr)) - {"0 silenced"} == {"security.W021"}


def test_production_shows_no_demonstration():
    code = (
        "from portal.settings.prod import *; print(CAMINS_DEMO, DEBUG, 'portal.demo' in INSTALLED_APPS, CAMINS_TODAY)"
    )
    assert run(code, **PRODUCTION).stdout.split() == ["False", "False", "False", "None"]


def test_the_policy_allows_nothing_unsafe():
    code = "import portal.settings.prod as p; print(p.SECURE_CSP)"
    policy = run(code, **PRODUCTION).stdout
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "'default-src': [" in policy


@pytest.mark.parametrize("value", ["yes", "1", "true", "TRUE", " True"])
def test_an_odd_truth_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("CAMINS_ODD", value)
    with pytest.raises(ImproperlyConfigured, match="CAMINS_ODD"):
        env.env_bool("CAMINS_ODD", default=False)


def test_a_truth_is_read(monkeypatch):
    assert env.env_bool("CAMINS_ODD", default=True) is True
    monkeypatch.setenv("CAMINS_ODD", "False")
    assert env.env_bool("CAMINS_ODD", default=True) is False


def test_a_day_is_read_or_refused(monkeypatch):
    assert env.env_day("CAMINS_ODD") is None
    monkeypatch.setenv("CAMINS_ODD", "2027-01-15")
    assert env.env_day("CAMINS_ODD") == datetime.date(2027, 1, 15)
    monkeypatch.setenv("CAMINS_ODD", "15/01/2027")
    with pytest.raises(ImproperlyConfigured, match="YYYY-MM-DD"):
        env.env_day("CAMINS_ODD")


def test_only_postgresql_will_do():
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        env.database_from("sqlite:///base.db")
    assert env.database_from("postgres://a@/b?host=/folder")["HOST"] == "/folder"


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("redis://h:6379", "redis://h:6379/0", "redis://h:6379/1"),
        ("redis://h:6379/5", "redis://h:6379/0", "redis://h:6379/1"),
        ("unix:///run/v.sock", "redis+socket:///run/v.sock?virtual_host=0", "unix:///run/v.sock?db=1"),
    ],
)
def test_queue_and_cache_lie_in_two_databases(url, broker, cache):
    assert env.redis_urls(url) == (broker, cache)

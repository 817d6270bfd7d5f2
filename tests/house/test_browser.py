"""Chromium is really driven; where it is missing, tests are skipped with a reason, and fail where CI=true."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.browser
def test_chromium_opens_a_page(page: Page) -> None:
    page.set_content("<h1>Métiers de l’IA</h1>")
    assert page.inner_text("h1") == "Métiers de l’IA"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Paris"
    assert page.evaluate("navigator.language") == "fr-FR"


@pytest.mark.parametrize(("ci", "status", "outcome"), [("true", 1, "error"), ("", 0, "skipped")])
def test_a_missing_chromium_is_never_passed_over_in_silence(tmp_path: Path, ci: str, status: int, outcome: str) -> None:
    removed = ("PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "CAMINS_CHROMIUM", "CI")
    environment = {name: value for name, value in os.environ.items() if name not in removed}
    environment |= {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "CI": ci}
    words = [sys.executable, "-m", "pytest", "-rs", "-q", "-k", "opens_a_page", str(Path(__file__))]
    ran = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == status, ran.stdout
    assert f"1 {outcome}" in ran.stdout
    assert "no Chromium" in ran.stdout

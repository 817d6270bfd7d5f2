"""Long tests run a seeded share of their counts; full counts, and the file that tells them, are for `make test-all`."""

import json
import math
import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

DEFAULT_SHARE = "0.05"
DEFAULT_SEED = "20270115"
COUNTS = pytest.StashKey[Counter[str]]()
BEGAN = pytest.StashKey[float]()
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def share(text: str) -> float:
    """A share in ]0, 1], as the option writes it."""
    value = float(text)
    if not 0 < value <= 1:
        raise ValueError(text)
    return value


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("camins")
    group.addoption(
        "--share",
        type=share,
        default=share(os.environ.get("CAMINS_TEST_SHARE") or DEFAULT_SHARE),
        help="part of their counts that long tests run, above 0 and up to 1 (or CAMINS_TEST_SHARE)",
    )
    group.addoption(
        "--share-seed",
        default=os.environ.get("CAMINS_TEST_SEED") or DEFAULT_SEED,
        help="seed of the samples that shares draw (or CAMINS_TEST_SEED)",
    )
    group.addoption("--counts-report", type=Path, help="JSON file that receives outcomes and recorded counts")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = Counter()
    config.stash[BEGAN] = time.monotonic()


def pytest_report_header(config: pytest.Config) -> str:
    return f"camins: share {config.getoption('share'):g} of long tests, seed {config.getoption('share_seed')}"


@pytest.fixture(scope="session")
def share_of(pytestconfig: pytest.Config) -> Callable[[int], int]:
    """`share_of(count)`: how many of `count` cases this run does, at least one."""
    part: float = pytestconfig.getoption("share")
    return lambda count: max(1, math.ceil(count * part))


@pytest.fixture
def sample_of[T](request: pytest.FixtureRequest) -> Callable[[Sequence[T]], list[T]]:
    """`sample_of(cases)`: this run's share of the cases, drawn from seed and test, in their order."""
    config = request.config
    draw = random.Random(f"{config.getoption('share_seed')}:{request.node.nodeid}")
    part: float = config.getoption("share")

    def sample(cases: Sequence[T]) -> list[T]:
        count = min(len(cases), max(1, math.ceil(len(cases) * part)))
        return [cases[index] for index in sorted(draw.sample(range(len(cases)), count))]

    return sample


@pytest.fixture
def record_count(request: pytest.FixtureRequest) -> Callable[[str, int], None]:
    """`record_count(name, n)`: add n to what the run's report says under `name`."""
    counts = request.config.stash[COUNTS]

    def record(name: str, n: int) -> None:
        counts[name] += n

    return record


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An xdist worker hands its counts to the run that started it."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["camins_counts"] = dict(session.config.stash[COUNTS])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    handed = getattr(node, "workeroutput", {})
    node.config.stash[COUNTS].update(handed.get("camins_counts", {}))  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts = config.stash[COUNTS]
    if counts:
        terminalreporter.section("counts")
        for name, count in sorted(counts.items()):
            terminalreporter.write_line(f"{count:>9,}  {name}")
    path: Path | None = config.getoption("counts_report")
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report(terminalreporter, config), indent=2, ensure_ascii=False) + "\n")
        terminalreporter.write_line(f"counts written to {path}")


def report(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> dict[str, object]:
    """What the counts report holds."""
    git = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False, cwd=config.rootpath)
    return {
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": git.stdout.strip() or None,
        "share": config.getoption("share"),
        "seed": config.getoption("share_seed"),
        "seconds": round(time.monotonic() - config.stash[BEGAN], 1),
        "outcomes": {name: len(terminalreporter.stats.get(name, [])) for name in OUTCOMES},
        "counts": dict(sorted(config.stash[COUNTS].items())),
    }

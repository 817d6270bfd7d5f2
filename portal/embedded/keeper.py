"""Runs one command and outlives whoever asked for it, so that nothing is left behind, whatever dies first.

Started as a script by `kept.py`, as `python -I -S keeper.py [options] -- command...`, with a pipe as standard input
whose other end the starter holds. The pipe closes when the starter stops the command or dies, even by SIGKILL: the
keeper then sends the stop signal, waits, and kills what remains of the command's whole family. It imports nothing of
the project: it must start in milliseconds and stay single-threaded, since it forks and enters a user namespace.
"""

import argparse
import contextlib
import ctypes
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
COMMAND_NOT_STARTED = 127
# What a command may be told to stop by.
ORDERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def prctl(option: int, value: int) -> None:
    """Linux's prctl(2) with one argument; nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def enter_user_namespace() -> None:
    """Become uid and gid 1000 in a namespace of our own; outside, files stay those of root. Raises OSError."""
    uid, gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {uid} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {gid} 1")


def become(account: str) -> None:
    """Drop root for `account`, written uid:gid."""
    uid, gid = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def start(options: argparse.Namespace) -> int:
    """Fork and execute the command in a session of its own; return its process id."""
    keeper = os.getpid()
    # Held back until the child has given up the keeper's handlers: an order sent in between would be lost in them.
    signal.pthread_sigmask(signal.SIG_BLOCK, ORDERS)
    child = os.fork()
    if child:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ORDERS)
        return child
    try:
        os.setsid()
        for number in (*ORDERS, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ORDERS)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        if options.namespace:
            enter_user_namespace()
        elif options.account:
            become(options.account)
        # After the change of identity, which clears it: the keeper itself killed takes the command with it.
        prctl(PR_SET_PDEATHSIG, options.stop_signal)
        if os.getppid() != keeper:
            os._exit(COMMAND_NOT_STARTED)
        os.execvp(options.command[0], options.command)  # noqa: S606 - running it is what a keeper is for
    except BaseException as failed:  # the forked child must never return into the keeper
        os.write(2, f"{options.command[0]}: {failed}\n".encode())
        os._exit(COMMAND_NOT_STARTED)


class Keeper:
    """Waits for the command's end or for the order to stop it."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.status: int | None = None
        self.kill_at: float | None = None
        self.wake_in, self.wake_out = os.pipe()
        for end in (self.wake_in, self.wake_out):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.wake_out)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self.ask_to_stop())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        self.child = start(options)

    def ask_to_stop(self) -> None:
        """Send the stop signal; asked a second time, kill at once."""
        if self.kill_at is not None:
            self.kill_at = 0.0
            return
        self.kill_at = time.monotonic() + self.options.grace
        self.send(self.options.stop_signal)

    def send(self, number: int) -> None:
        if self.status is None:
            os.kill(self.child, number)

    def reap(self) -> bool:
        """Collect the dead; False once there is no child left at all, adopted ones included."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self.child:
                self.status = os.waitstatus_to_exitcode(status)

    def wait(self) -> None:
        """Return when the command has ended, by itself or because it was told to."""
        watched = [sys.stdin.fileno(), self.wake_in]
        while self.reap() and self.status is None:
            if self.kill_at is not None and time.monotonic() > self.kill_at:
                self.send(signal.SIGKILL)
            # Half a second bounds what a lost wake-up can cost.
            ready, _, _ = select.select(watched, [], [], 0.5)
            if self.wake_in in ready:
                os.read(self.wake_in, 512)
            if sys.stdin.fileno() in ready and not os.read(sys.stdin.fileno(), 512):
                watched = [self.wake_in]
                self.ask_to_stop()

    def clear(self) -> None:
        """Kill what the command left: its group, then every orphan that came to us, until none is left."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child, signal.SIGKILL)
        while self.reap():
            for pid in family(os.getpid(), self.child):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)
        for folder in self.options.remove:
            shutil.rmtree(folder, ignore_errors=True)


def family(keeper: int, group: int) -> list[int]:
    """Ids of living processes that are children of `keeper` or members of the process group `group`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in parentheses, may hold anything: the fields wanted come after it.
            state, parent, process_group = entry.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if state != "Z" and (int(parent) == keeper or int(process_group) == group):
            found.append(int(entry.parent.name))
    return found


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stop-signal", type=int, default=int(signal.SIGTERM))
    parser.add_argument("--grace", type=float, default=8.0)
    parser.add_argument("--namespace", action="store_true")
    parser.add_argument("--account", default="")
    parser.add_argument("--remove", action="append", default=[])
    parser.add_argument("command", nargs="+")
    return parser.parse_args(arguments)


def main() -> int:
    keeper = Keeper(parse(sys.argv[1:]))
    keeper.wait()
    keeper.clear()
    status = keeper.status or 0
    return 128 - status if status < 0 else status


if __name__ == "__main__":
    sys.exit(main())

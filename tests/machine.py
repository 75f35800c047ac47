"""A machine of its own for docs/operation.md: what the guide makes and changes, only it sees.

It is this machine with other folders in the places that the guide writes in (a mount namespace),
so that users, rights and programs are real. Only root can have one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from documented import ROOT

_EMPTY = ("/opt", "/srv", "/usr/local/sbin", "/var/backups", "/var/log")
_NEEDED = (ROOT, Path(sys.base_prefix))


def absent() -> str:
    """Return why there can be no such machine here; '' where there can."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return "needs root and unshare (util-linux)"
    tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return "root may not unshare here" if tried.returncode else ""


class Machine:
    """A running machine: `run` gives a script to its root."""

    def __init__(self, process: int) -> None:
        self._process = process

    def run(self, script: str) -> "subprocess.CompletedProcess[str]":
        """Run a script as root logs in: with nothing of whoever runs the tests."""
        return subprocess.run(
            ["nsenter", "--mount", f"--target={self._process}", "bash", "-euc", script],
            env={
                "HOME": "/root",
                "LANG": "C.UTF-8",
                "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            },
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Make a machine with the checkout as `/opt/praatplaat`; gone when the block ends."""
    script = f"{_prepared(folder)}\necho ready; exec sleep infinity"
    with subprocess.Popen(
        ["unshare", "--mount", "bash", "-euc", script], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield Machine(process.pid)
        finally:
            process.kill()


def _prepared(folder: Path) -> str:
    """Return the script that puts other folders in place, and opens the way to the programs.

    What lies in a folder that is closed to other users, such as root's own, is held apart while an
    open folder takes its place.
    """
    held = {path: folder / str(number) for number, path in enumerate(_NEEDED)}
    closed = {top for path in held for top in path.parents if not top.stat().st_mode & 0o001}
    outermost = [top for top in sorted(closed) if closed.isdisjoint(top.parents)]
    lines = [f"umask 022; mount -t tmpfs none {folder}"]  # nothing of it outlives the machine
    lines += [f"cp -a /etc {folder}/etc", f"mount --bind {folder}/etc /etc"]
    for path, kept in held.items():
        lines += [f"mkdir {kept}", f"mount --bind {quote(str(path))} {kept}"]
    for place in (*_EMPTY, *outermost):
        lines.append(f"mount -t tmpfs -o mode=755 none {quote(str(place))}")
    for path, kept in (*held.items(), (Path("/opt/praatplaat"), held[ROOT])):
        lines += [f"mkdir -p {quote(str(path))}", f"mount --bind {kept} {quote(str(path))}"]
    return "\n".join(lines)

"""A PostgreSQL cluster of its own, as its own user, at a socket that only this machine sees."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
"""Where Debian's newest PostgreSQL keeps its programs; None where the package is absent."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: the folder of its socket."""

    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs on it, as its owner, and return what it printed."""
        assert PROGRAMS is not None
        done = subprocess.run(
            [PROGRAMS / program, *arguments],
            env={"PGHOST": str(self.folder), "PGUSER": "postgres", "LANG": "C.UTF-8"},
            cwd=self.folder,
            user=_owner(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Make a cluster, run it for as long as the block lasts, and leave nothing of it.

    Its folder lies directly in that for temporary files: the name of a socket must be short.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        shutil.chown(folder, user=_owner())
        one, data = Cluster(folder), str(folder / "data")
        one.run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        quiet = f"-k {folder} -c listen_addresses= -c fsync=off"
        log = str(folder / "log")
        one.run("pg_ctl", "-D", data, "-l", log, "-o", quiet, "-w", "start")
        try:
            yield one
        finally:
            one.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _owner() -> int:
    """Return whose cluster it is: PostgreSQL refuses to run as root."""
    return pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else os.geteuid()

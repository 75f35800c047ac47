"""Two faults of what stands beside us: a print that is killed, and a Prefect server that goes away.

Both are made by the clock: a browser and a server have no lines of ours to stop at.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows.settings import EXAMPLE

PRINT = """
import os, pathlib, sys
from benchmarks import killing
from flows.steps.print import print_edition
town = killing.town_in(pathlib.Path(sys.argv[1]))
print_edition(town.settings, killing.QUARTER, environment=os.environ, tell=lambda _: None)
"""
RECEIVE = "from flows.receive import receive; receive()"


def printing(home: Path, points: int) -> tuple[int, int]:
    """Kill the print of an edition at moments spread over it; return how often, how often wrong.

    Wrong is a print that is not whole when it is there, or another end after printing again.
    """
    begin = time.perf_counter()
    _run(PRINT, home)
    seconds, expected, wrong = time.perf_counter() - begin, _prints(home), 0
    for number in range(points):
        for path in home.rglob("*.pdf"):
            path.unlink()
        with _started(PRINT, home) as process:
            time.sleep(seconds * (number + 1) / (points + 1))
            process.kill()
        half = any(expected[name] != found for name, found in _prints(home).items())
        _run(PRINT, home)
        wrong += half or _prints(home) != expected or any(home.rglob("*.part"))
    return points, wrong


def server(home: Path, folder: Path) -> bool:
    """Take Prefect's server away while a round receives, and come again; return whether it is well.

    Well is: the round ends, with or without success, and the next one, with a server again, leaves
    every delivery once, an empty inbox and a log in which nothing was changed.
    """
    environment = environment_of(home, folder)
    with (
        serving(environment, folder) as gone,
        _started(RECEIVE, home, environment=environment) as round_,
    ):
        _until(lambda: (home / "store.duckdb").exists() or round_.poll() is not None)
        gone.kill()
        round_.wait(timeout=600)
    with serving(environment, folder):
        again = subprocess.run([sys.executable, "-c", RECEIVE], env=environment, check=False)
    verify = [_program("praatplaat"), "verify-log"]
    checked = subprocess.run(verify, env=environment, stdout=subprocess.DEVNULL, check=False)
    left = [path for path in (home / "inbox").rglob("*") if path.is_file()]
    kept = len(list((home / "raw").iterdir()))
    answers = len(list((home / "feedback").rglob("terugkoppeling.html")))
    return (again.returncode, checked.returncode, left) == (0, 0, []) and kept == answers > 0


def _prints(home: Path) -> dict[str, str]:
    found = sorted(home.rglob("*.pdf"))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _run(code: str, home: Path) -> None:
    subprocess.run([sys.executable, "-c", code, str(home)], check=True)


@contextmanager
def _started(
    code: str, home: Path, *, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", code, str(home)], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Prefect server on loopback for as long as the block lasts."""
    command = [_program("prefect"), "server", "start"]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _until(lambda: _answers(environment["PREFECT_API_URL"]))
        yield process
    finally:
        process.kill()
        process.wait()


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _answers(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(f"{address}/health") as answer:
        return json.load(answer) is True
    return False


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(1_800):
        if holds():
            return
        time.sleep(0.1)
    raise TimeoutError("waited three minutes")


def environment_of(home: Path, folder: Path) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "PRAATPLAAT_AGREEMENT": str(EXAMPLE),
        "PRAATPLAAT_HOME": str(home),
        "PRAATPLAAT_KEY": str(home.with_name("sleutel")),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }

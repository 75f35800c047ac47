"""The scheduled whole, for real: the steps of docs/operation.md on a server of its own."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from mailbox import SENDER, TEAM, Mailbox, free_port, listening
from pathlib import Path
from typing import Any

import pytest

from flows.settings import Town

ROOT = Path(__file__).parent.parent
SECTION = "## Op de klok, met Prefect"
RUNS_ON = ("prefect server start", "prefect worker start --pool praatplaat")
FLOWS = {"receive", "observe", "publish", "quarterly", "remind", "retain", "backup"}

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def documented() -> list[str]:
    """Return the commands of the section about Prefect, in order."""
    text = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    section = text.split(SECTION)[1].split("\n## ")[0]
    blocks = re.findall(r"```bash\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@dataclass(frozen=True, slots=True)
class Prefect:
    """A server on loopback, and the environment in which its commands run."""

    address: str
    environment: dict[str, str]
    logs: Path
    backups: Path

    def ask(self, path: str, **filters: Any) -> Any:
        """Return what the server's interface says."""
        request = urllib.request.Request(
            f"{self.address}/{path}",
            data=json.dumps(filters).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def run(self, command: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            self.words(command),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def running(self, command: str) -> Iterator[None]:
        """Run a command for as long as the block lasts, with everything that it starts."""
        log = self.logs / f"{command.split()[1]}.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                self.words(command),
                cwd=ROOT,
                env=self.environment,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        try:
            yield
        finally:
            stop(process)

    @staticmethod
    def words(command: str) -> list[str]:
        """Return a command with the program of this environment."""
        program, *rest = shlex.split(command)
        return [str(Path(sys.executable).with_name(program)), *rest]


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process as its user would, and all of its group if it does not go."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with listening() as box:
        yield box


@pytest.fixture
def prefect(town: Town, box: Mailbox, tmp_path: Path) -> Prefect:
    """The environment of docs/operation.md, at a port of its own, with a mail server."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    chosen = {
        "PREFECT_HOME": str(town.settings.home / "prefect"),
        "PREFECT_API_URL": address,
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    exported = {line.split("=")[0].split()[1] for line in documented() if "export " in line}
    assert exported == set(chosen)
    backups = tmp_path / "reservekopie"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PRAATPLAAT_HOME": str(town.settings.home),
        "PRAATPLAAT_KEY": str(town.settings.key),
        "PREFECT_SERVER_API_PORT": str(port),
        "PRAATPLAAT_SMTP": f"localhost:{box.port}",
        "PRAATPLAAT_SMTP_FROM": SENDER,
        "PRAATPLAAT_TEAM": TEAM,
        "PRAATPLAAT_BACKUP": str(backups),
        **chosen,
    }
    return Prefect(address, environment, tmp_path, backups)


def wait_for(prefect: Prefect, seconds: int = 90) -> None:
    """Wait until the server answers."""
    for _ in range(seconds * 2):
        try:
            with urllib.request.urlopen(f"{prefect.address}/health"):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail((prefect.logs / "server.log").read_text())


def run_all(prefect: Prefect, flows: dict[str, dict[str, str]]) -> dict[str, str]:
    """Run some flows with their parameters, as their schedule would, and return how they ended."""
    runs = {}
    for name, parameters in flows.items():
        (deployment,) = prefect.ask("deployments/filter", flows={"name": {"any_": [name]}})
        start = f"deployments/{deployment['id']}/create_flow_run"
        runs[prefect.ask(start, parameters=parameters)["id"]] = name
    for _ in range(240):
        found = prefect.ask("flow_runs/filter", flow_runs={"id": {"any_": list(runs)}})
        if all(run["state_type"] in ("COMPLETED", "FAILED", "CRASHED") for run in found):
            break
        time.sleep(1)
    return {runs[run["id"]]: run["state_type"] for run in found}


def test_the_whole_round_runs_on_a_worker_and_leaves_its_artifacts_and_messages(
    prefect: Prefect, town: Town, box: Mailbox, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_cbs_L12?_2026_v1.csv")
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    start_server, *once, start_worker, run_round = (
        line for line in documented() if line.startswith("prefect ")
    )
    assert (start_server, start_worker) == RUNS_ON

    with prefect.running(start_server):
        wait_for(prefect)
        for command in once:
            prefect.run(command)
        with prefect.running(start_worker):
            watched = prefect.run(run_round)
            reminded = prefect.run("prefect deployment run remind/gemeente --watch")
            others = {"retain": {}, "backup": {}, "observe": {"quarter": "ooit"}}
            became = run_all(prefect, others)
        runs = prefect.ask("flow_runs/filter", flows={"name": {"any_": ["quarterly", "remind"]}})
        artifacts = {one["key"]: one["data"] for one in prefect.ask("artifacts/filter")}
        deployments = prefect.ask("deployments/filter")

    assert "Completed" in watched and "Completed" in reminded
    assert [run["state_name"] for run in runs if run["start_time"]] == ["Completed"] * 2
    assert {one["entrypoint"].split(".")[1] for one in deployments} == FLOWS
    assert "GM9901_welzijn_L06_2026K2_v1.csv: GOEDGEKEURD" in artifacts["received"]
    rows = json.loads(artifacts["deliveries"])
    told = {(row["partner"], row["contract"]): row["outcome"] for row in rows}
    assert told["welzijn", "partner_activiteiten"] == "GOEDGEKEURD"
    assert told["gemeente", "wmo_meldingen"] == "niet geleverd"
    late = {(row["partner"], row["period"]) for row in json.loads(artifacts["reminders"])}
    assert ("gemeente", "2026K2") in late
    index = town.settings.editions / "2026K2" / "openbaar" / "index.html"
    assert index.is_file()
    assert index.as_uri() in artifacts["edition"]
    assert became == {"retain": "COMPLETED", "backup": "COMPLETED", "observe": "FAILED"}
    assert artifacts["retained"] == "- Er is niets dat langer is bewaard dan is afgesproken."
    subjects = {to: one["Subject"] for to, one in zip(box.to, box.messages, strict=True)}
    assert subjects["kwaliteit@debrug.voorbeeldstad.example"].startswith("Uw levering is goed")
    assert subjects[TEAM] == "Ronde niet afgemaakt: observe"
    (copy,) = prefect.backups.iterdir()
    assert (copy / "manifest.json").is_file()

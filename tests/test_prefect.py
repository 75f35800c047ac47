"""The scheduled whole, for real: the steps of docs/operation.md on a server of its own."""

import base64
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from mailbox import SENDER, TEAM, Mailbox, free_port, listening
from pathlib import Path
from typing import Any

import postgresql
import pytest
from conftest import town_in
from documented import DOCS, ROOT, blocks
from units import command_of, environment

from flows.settings import EXAMPLE, Settings

GUIDE = DOCS / "operation.md"
SECTION = "Op de klok, met Prefect"
PASSWORD = "praatplaat:geheim"
DROPPED = ("GM9901_cbs_L12?_2026_v1.csv", "GM9901_welzijn_L06_2026K2_v1.csv")
FLOWS = {"receive", "observe", "publish", "quarterly", "remind", "retain", "backup"}

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def documented(program: str, section: str = SECTION) -> list[str]:
    """Return the commands of a section that begin with a program, in order."""
    lines = [line for block in blocks(GUIDE, section) for line in block.splitlines()]
    return [line for line in lines if line.startswith(program)]


_SIGNED = base64.b64encode(PASSWORD.encode()).decode()


@dataclass(frozen=True, slots=True)
class Prefect:
    """A server on loopback, and the environment in which its commands run."""

    address: str
    environment: dict[str, str]
    logs: Path

    def ask(self, path: str, **filters: Any) -> Any:
        """Return what the server's interface says."""
        request = urllib.request.Request(
            f"{self.address}/{path}",
            data=json.dumps(filters).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Basic {_SIGNED}"},
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
        return [str(Path(sys.executable).with_name(Path(program).name)), *rest]


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process as its user would, and all of its group if it does not go."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The database of docs/operation.md; '' where PostgreSQL is absent: then Prefect has SQLite."""
    if postgresql.PROGRAMS is None:
        yield ""
        return
    with postgresql.cluster() as cluster:
        for line in documented("runuser -u postgres -- "):
            cluster.run(*shlex.split(line)[4:])
        yield f"postgresql+asyncpg://praatplaat-server@/prefect?host={cluster.folder}"


@dataclass(frozen=True, slots=True)
class Round:
    """What a round on a worker left: what was printed, what the server knows, and the home."""

    watched: str
    reminded: str
    runs: list[dict[str, Any]]
    artifacts: dict[str, str]
    deployments: list[dict[str, Any]]
    moved: tuple[list[str], str, list[str]]
    without_password: int
    home: Path
    became: dict[str, str]
    own_files: list[str]
    subjects: dict[str, str]


def services(
    folder: Path, places: Settings, database: str, box: Mailbox
) -> tuple[Prefect, Prefect]:
    """Return where the server runs, and where the work is done: docs/systemd/, at other places."""
    server, port = folder / "server", str(free_port())
    elsewhere = {
        "/etc/praatplaat/overeenkomst": str(EXAMPLE),
        "/etc/praatplaat/sleutel/keys": str(places.key),
        "/srv/praatplaat": str(places.home),
        "/var/backups/praatplaat": str(folder / "reservekopie"),
        "/var/lib/praatplaat-server": str(server),
        "4200": port,
        "postgresql+asyncpg:///prefect?host=/var/run/postgresql": database
        or f"sqlite+aiosqlite:///{server}/prefect.db",
    }
    machine = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    clock = {
        **environment("server.env", elsewhere),
        "PREFECT_SERVER_API_AUTH_STRING": PASSWORD,
        "PREFECT_SERVER_API_PORT": port,
    }
    work = {
        **environment("praatplaat.env", elsewhere),
        "PREFECT_API_AUTH_STRING": PASSWORD,
        "PRAATPLAAT_SMTP": f"localhost:{box.port}",
        "PRAATPLAAT_SMTP_FROM": SENDER,
        "PRAATPLAAT_TEAM": TEAM,
    }
    address = f"http://127.0.0.1:{port}/api"
    return Prefect(address, machine | clock, folder), Prefect(address, machine | work, folder)


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """The mail server of the municipality."""
    with listening() as box:
        yield box


@pytest.fixture(scope="module")
def told(
    made: Path, database: str, box: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Round:
    """The services and the commands of docs/operation.md, once, at a port of their own."""
    folder = tmp_path_factory.mktemp("klok")
    (home := folder / "home").mkdir()
    places = town_in(home).settings
    for path in (one for pattern in DROPPED for one in made.rglob(pattern)):
        (places.inbox / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, places.inbox / path.parent.name / path.name)
    clock, work = services(folder, places, database, box)
    *once, run_round = documented("prefect ")
    with clock.running(command_of("praatplaat-server")):
        wait_for(work)
        for command in once:
            work.run(command)
        with work.running(command_of("praatplaat-worker")):
            watched = work.run(run_round)
            reminded = work.run("prefect deployment run remind/gemeente --watch")
            became = run_all(work, {"retain": {}, "backup": {}, "observe": {"quarter": "ooit"}})
            deployments = work.ask("deployments/filter")
            own_day, runs, back = documented("prefect ", "De kalender")
            work.run(own_day.replace("$straks", "7 9 * * *"))
            moved = schedule(work)
            listed = work.run(runs)
            work.run(back)
            return Round(
                watched=watched,
                reminded=reminded,
                runs=work.ask(
                    "flow_runs/filter", flows={"name": {"any_": ["quarterly", "remind"]}}
                ),
                artifacts=artifacts(work),
                deployments=deployments,
                moved=(moved, listed, schedule(work)),
                without_password=_status(f"{work.address}/deployments/filter"),
                home=home,
                became=became,
                own_files=sorted(path.name for path in (folder / "server").iterdir()),
                subjects={to: one["Subject"] for to, one in zip(box.to, box.messages, strict=True)},
            )


def artifacts(prefect: Prefect) -> dict[str, str]:
    """Return what the runs left, without the safety net of each quarter of an hour."""
    found = prefect.ask("artifacts/filter", flows={"name": {"any_": sorted(FLOWS - {"receive"})}})
    return {one["key"]: one["data"] for one in found}


def schedule(prefect: Prefect) -> list[str]:
    """Return when the whole round runs."""
    (deployment,) = prefect.ask("deployments/filter", flows={"name": {"any_": ["quarterly"]}})
    return [one["schedule"]["cron"] for one in deployment["schedules"]]


def _status(address: str) -> int:
    """Return what a stranger on this machine is answered."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=b"{}")) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


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


def wait_for(prefect: Prefect, seconds: int = 90) -> None:
    """Wait until the server answers."""
    for _ in range(seconds * 2):
        try:
            with urllib.request.urlopen(f"{prefect.address}/health"):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail((prefect.logs / "server.log").read_text())


def test_a_day_of_ones_own_replaces_that_of_the_program_until_it_is_put_back(told: Round) -> None:
    moved, listed, back = told.moved
    assert (moved, back) == (["7 9 * * *"], ["0 6 1 2,5,8,11 *"])
    assert "COMP" in listed


def test_the_whole_round_runs_on_a_worker_and_leaves_its_artifacts(told: Round) -> None:
    assert "Completed" in told.watched and "Completed" in told.reminded
    assert [run["state_name"] for run in told.runs if run["start_time"]] == ["Completed"] * 2
    assert {one["entrypoint"].split(".")[1] for one in told.deployments} == FLOWS
    assert "GM9901_welzijn_L06_2026K2_v1.csv: GOEDGEKEURD" in told.artifacts["received"]
    rows = json.loads(told.artifacts["deliveries"])
    came = {(row["partner"], row["contract"]): row["outcome"] for row in rows}
    assert came["welzijn", "partner_activiteiten"] == "GOEDGEKEURD"
    assert came["gemeente", "wmo_meldingen"] == "niet geleverd"
    late = {(row["partner"], row["period"]) for row in json.loads(told.artifacts["reminders"])}
    assert ("gemeente", "2026K2") in late
    index = told.home / "editions" / "2026K2" / "openbaar" / "index.html"
    assert index.is_file()
    assert index.as_uri() in told.artifacts["edition"]
    assert told.artifacts["retained"] == "- Er is niets dat langer is bewaard dan is afgesproken."
    assert "te laat sinds" in told.artifacts["waits-for"]
    owed = {row["partner"] for row in json.loads(told.artifacts["owed"])}
    assert owed >= {"welzijn", "gemeente"}
    assert [row["edition"] for row in json.loads(told.artifacts["rounds"])] == ["2026K2"]
    assert "refusals" in told.artifacts
    assert (told.home / "hoe-het-gaat.html").as_uri() in told.artifacts["progress"]


def test_retention_and_backup_run_too_and_a_round_that_cannot_fails(told: Round) -> None:
    assert told.became == {"retain": "COMPLETED", "backup": "COMPLETED", "observe": "FAILED"}
    (copy,) = (told.home.parent / "reservekopie").iterdir()
    assert (copy / "manifest.json").is_file()


def test_a_partner_and_the_data_team_get_mail_of_what_the_flows_did(told: Round) -> None:
    to_partner = told.subjects["kwaliteit@debrug.voorbeeldstad.example"]
    assert to_partner.startswith("Uw levering is goed")
    assert told.subjects[TEAM] == "Ronde niet afgemaakt: observe"


def test_who_does_not_know_the_password_starts_no_round(told: Round) -> None:
    assert told.without_password == 401


def test_prefect_keeps_its_rounds_in_postgresql(told: Round, database: str) -> None:
    if not database:
        pytest.skip("needs PostgreSQL (apt-get install postgresql); the round ran on SQLite")
    assert told.runs
    assert [name for name in told.own_files if name.endswith(".db")] == []

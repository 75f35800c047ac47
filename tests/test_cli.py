"""The commands: what they say, with which exit code, and what they must not do."""

import http.client
import json
import re
import shutil
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import PRAATPLAAT, Command, Demonstration, Ran
from documented import DOCS, blocks
from typer.testing import CliRunner

from flows.cli import agreement, app, keys, stories
from flows.settings import EXAMPLE, Town
from flows.steps.serve import server
from sources.example.maker import FAULTS
from sources.store import Store

pytestmark = pytest.mark.slow

COMMANDS = sorted(
    each.name or each.callback.__name__ for each in app.registered_commands if each.callback
) + [
    f"{group} {(each.name or each.callback.__name__)}"
    for group, app_ in (("agreement", agreement.app), ("key", keys.app), ("story", stories.app))
    for each in app_.registered_commands
    if each.callback
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    told = CliRunner().invoke(app, [*command.split(), "--help"])
    assert told.exit_code == 0
    assert re.search(r"[A-Z][a-z]+ .*\.", told.output), "a sentence that says what it does"


def test_the_list_of_commands_is_the_one_tested(praatplaat: Command) -> None:
    listed = set(re.findall(r"│ ([a-z][a-z-]*) ", praatplaat("--help").out))
    assert listed == {command.split()[0] for command in COMMANDS}


def test_starting_a_command_imports_nothing_heavy() -> None:
    heavy = ("prefect", "great_expectations", "altair", "polars", "duckdb", "pandas", "sqlalchemy")
    code = f"import sys, flows.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_that_a_flow_imports_speaks_to_others() -> None:
    names = ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED", "GX_ANALYTICS_ENABLED")
    code = f"import os, flows; print([os.environ[name] for name in {names!r}])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={}
    )
    assert done.stdout.strip() == "['1', 'false', 'false']"


def test_a_good_agreement_is_told_to_be_good(praatplaat: Command) -> None:
    told = praatplaat("validate")
    assert told.code == 0
    assert told.out.startswith("De overeenkomst van Voorbeeldstad klopt: ")
    assert told.err == (
        "Geen overeenkomst aangewezen (--agreement): dit is Voorbeeldstad, een verzonnen stad.\n"
    )


def test_all_faults_of_an_agreement_are_told_at_once(praatplaat: Command, tmp_path: Path) -> None:
    folder = tmp_path / "overeenkomst"
    shutil.copytree(EXAMPLE, folder)
    (folder / "goals" / "los.yaml").write_text("level: goal\nlevel: goal\n")
    (folder / "rainbow.yaml").write_text("arcs: nergens\n")

    told = praatplaat("validate", "--agreement", folder)

    assert told.code == 10
    assert re.search(r"^goals/los\.yaml:2: ", told.err, re.MULTILINE)
    assert re.search(r"^rainbow\.yaml:1: ", told.err, re.MULTILINE)
    assert "Traceback" not in told.err


def test_the_self_check_says_what_the_municipality_would_say(
    praatplaat: Command, demonstration: Demonstration, made: Path
) -> None:
    """For each faulty delivery of the maker, before the store and with it."""
    for fault in FAULTS:
        (file,) = made.rglob(fault.name)
        if fault.outcome == "AL ONTVANGEN":
            continue
        period = next(p for p in fault.name.split("_") if re.fullmatch(r"\d{4}K\d", p))
        code = fault.name.split("_")[-3]
        contract = ("--contract", code, "--period", period)
        told = praatplaat("check", file, *contract, "--home", demonstration.home, "--json")
        said = json.loads(told.out)
        assert said["outcome"] in (fault.outcome, "IN WACHT"), fault.name
        assert told.code == (11 if fault.outcome == "AFGEKEURD" else 0), fault.name
        assert any(
            found["code"].startswith(fault.code) for found in said["findings"] or [{"code": ""}]
        )


def test_the_self_check_works_without_a_store(
    praatplaat: Command, made: Path, tmp_path: Path
) -> None:
    (good,) = made.rglob("GM9901_welzijn_L06_2026K1_v1.csv")
    told = praatplaat("check", good, "--contract", "partner_activiteiten", "--home", tmp_path)
    assert told.code == 0
    assert told.out.startswith("GOEDGEKEURD: ")
    assert list(tmp_path.iterdir()) == []


def test_the_self_check_as_json_has_its_agreed_parts(
    praatplaat: Command, made: Path, tmp_path: Path
) -> None:
    (bad,) = made.rglob("GM9901_sociaal_team_L06_2026K3_v1.csv")
    told = praatplaat("check", bad, "--contract", "L06", "--home", tmp_path, "--json")
    said = json.loads(told.out)

    assert told.code == 11
    assert set(said) == {"outcome", "records", "findings"}
    assert set(said["records"]) == {
        *("physical", "header", "preamble", "blank", "excluded", "accepted", "quarantined"),
        "repaired",
    }
    assert all(
        set(found) == {"row", "sheet", "column", "code", "level", "message", "how_to_mend"}
        for found in said["findings"]
    )
    assert "Traceback" not in told.err


def test_a_new_key_is_for_its_owner_only_and_never_overwritten(
    praatplaat: Command, tmp_path: Path
) -> None:
    path = tmp_path / "kluis" / "sleutel"
    first = praatplaat("key", "new", "--out", path)
    content = path.read_bytes()
    second = praatplaat("key", "new", "--out", path)

    assert first.code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert second.code == 2
    assert "Er is al een sleutel" in second.err
    assert path.read_bytes() == content


@pytest.fixture
def home(tmp_path: Path, praatplaat: Command) -> Path:
    """An empty home with a key beside it."""
    folder = tmp_path / "home"
    folder.mkdir()
    assert praatplaat("key", "new", "--out", tmp_path / "sleutel").code == 0
    return folder


def one_line(text: str) -> str:
    """Return the one line that was said, beside that this is Voorbeeldstad."""
    (line,) = (line for line in text.splitlines() if "verzonnen stad" not in line)
    return line


def test_a_missing_home_is_told_in_one_line(praatplaat: Command, home: Path) -> None:
    key = {"PRAATPLAAT_KEY": str(home.with_name("sleutel"))}
    told = praatplaat("receive", "--home", home / "weg", **key)
    assert told.code == 2
    assert re.search(r"De map .*/weg bestaat niet\. Maak hem", one_line(told.err))


def test_a_missing_key_is_told_in_one_line(praatplaat: Command, home: Path) -> None:
    told = praatplaat("receive", "--home", home, PRAATPLAAT_KEY=str(home / "geen"))
    assert told.code == 2
    assert "praatplaat key new" in one_line(told.err)


def test_a_store_in_use_is_told_in_one_line(praatplaat: Command, home: Path) -> None:
    key = {"PRAATPLAAT_KEY": str(home.with_name("sleutel"))}
    with Store.open(home / "store.duckdb", holder="praatplaat run"):
        told = praatplaat("receive", "--home", home, **key)
    assert told.code == 2
    assert re.search(r"in gebruik door praatplaat run \(proces \d+\)", one_line(told.err))


def test_what_is_no_quarter_is_told_in_one_line(praatplaat: Command, home: Path) -> None:
    told = praatplaat("observe", "--quarter", "2026-3", "--home", home)
    assert told.code == 2
    assert "2026K3" in one_line(told.err)


def test_an_edition_without_figures_is_told_in_one_line(praatplaat: Command, home: Path) -> None:
    told = praatplaat("publish", "--quarter", "2026K2", "--home", home)
    assert told.code == 2
    assert "praatplaat observe --quarter 2026K2" in one_line(told.err)


def with_room_for(size: int, town: Town) -> Ran:
    """Receive where no file can become larger than a size: a disk that is full."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
        "import sys; sys.argv[0] = 'praatplaat'; from flows.cli import main; main()"
    )
    places = town.settings
    done = subprocess.run(
        [sys.executable, "-c", code, "receive", "--home", str(places.home)],
        # Compiled modules would be cut off too.
        env={"PRAATPLAAT_KEY": str(places.key), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_full_disk_is_told_in_one_line_and_what_was_begun_is_done_later(
    town: Town, drop: Callable[..., list[Path]]
) -> None:
    """First there is no room for a store, then for one but not for the file as it came in."""
    (file,) = drop("GM9901_cbs_L12a_2026_v1.csv")
    plenty = 100_000_000
    for size in (8_000, file.stat().st_size // 2, plenty):
        if size == file.stat().st_size // 2:
            with Store.open(town.settings.store, holder="de test"):
                pass
        told = with_room_for(size, town)
        if size != plenty:
            assert told.code == 2
            assert re.search("schijf", one_line(told.err))
            assert file.exists(), "the file waits in the inbox"
    assert told.code == 0, told.err
    assert "GOEDGEKEURD" in told.err
    assert not file.exists()


def test_receive_answers_and_says_by_its_exit_code_that_a_file_was_refused(
    praatplaat: Command, town: Town, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_sociaal_team_L06_2026K3_v1.csv")
    places = town.settings
    told = praatplaat("receive", "--home", places.home, PRAATPLAAT_KEY=str(places.key))

    assert told.code == 11
    assert "GM9901_cbs_L12a_2026_v1.csv: GOEDGEKEURD" in told.err
    answer = places.feedback / "sociaal_team/partner_activiteiten/2026K3/1"
    assert f"AFGEKEURD (niets overgenomen); antwoord in {answer}" in told.err
    assert {path.name for path in answer.iterdir()} >= {"terugkoppeling.html", "bevindingen.csv"}


def test_status_tells_what_waits_what_came_and_which_editions_there_are(
    praatplaat: Command, demonstration: Demonstration
) -> None:
    told = praatplaat("status", "--home", demonstration.home, "--json")
    said = json.loads(told.out)

    assert told.code == 0
    assert said["editions"] == ["2026K2", "2026K3"]
    assert (said["inbox"], said["on_hold"]) == ([], [])
    (lacking,) = (
        row
        for row in said["deliveries"]
        if row["period"] == "2026K3" and row["outcome"] == "niet geleverd"
    )
    assert (lacking["partner"], lacking["contract"]) == (
        "vluchtelingenwerk",
        "partner_activiteiten",
    )
    plain = praatplaat("status", "--home", demonstration.home)
    assert "vluchtelingenwerk" in plain.out


def test_confirm_lets_a_waiting_delivery_count(
    praatplaat: Command, town: Town, drop: Callable[..., list[Path]]
) -> None:
    """The second file lacks a row under the number of the first: it waits."""
    places = town.settings
    run = {"PRAATPLAAT_KEY": str(places.key)}
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_welzijn_L06_2026K3_v1.csv")
    assert praatplaat("receive", "--home", places.home, **run).code == 0
    (file,) = drop("GM9901_welzijn_L06_2026K3_v1.csv")
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert praatplaat("receive", "--home", places.home, **run).code == 0
    assert not file.exists()

    told = json.loads(praatplaat("status", "--home", places.home, "--json").out)
    assert told["on_hold"] == [{"id": 3, "file_name": file.name}]
    answered = praatplaat("confirm", "3", "--home", places.home, "--reason", "klopt")
    again = praatplaat("confirm", "3", "--home", places.home)
    other = praatplaat("confirm", "3", "--no", "--home", places.home)

    assert answered.out == "Levering 3 (GM9901_welzijn_L06_2026K3_v1.csv) is vastgesteld.\n"
    assert (again.code, again.out) == (0, answered.out), "the same said again changes nothing"
    assert other.code == 2
    assert "wacht niet op een antwoord" in one_line(other.err)


def test_a_delivery_is_taken_back_and_an_alias_and_the_term_are_told(
    praatplaat: Command, town: Town, drop: Callable[..., list[Path]]
) -> None:
    places = town.settings
    home = ("--home", places.home)
    drop("GM9901_cbs_L12a_2026_v1.csv")
    assert praatplaat("receive", *home, PRAATPLAAT_KEY=str(places.key)).code == 0

    withdrawn = praatplaat("withdraw", "1", "--reason", "verkeerd jaar", *home)
    without_reason = praatplaat("withdraw", "1", *home)
    said = ("alias", "welzijn", "L06", "aantal contacten", "contacten", "--by", "team data")
    taken = praatplaat(*said, *home)
    kept = praatplaat("retain", *home)

    assert withdrawn.out == "Levering 1 (GM9901_cbs_L12a_2026_v1.csv) is ingetrokken.\n"
    assert without_reason.code == 2
    assert taken.out == "Van welzijn lezen wij `aantal_contacten` voortaan als `contacten`.\n"
    assert kept.out == "Er is niets dat langer is bewaard dan is afgesproken.\n"


def test_the_commands_by_hand_in_the_manual_do_what_they_say(
    town: Town, drop: Callable[..., list[Path]]
) -> None:
    by_hand = blocks(DOCS / "operation.md", "De eerste ronde")[-1]
    (release,) = blocks(DOCS / "operation.md", "Vaststellen")
    drop("GM9901_cbs_L12?_2026_v1.csv")
    done = subprocess.run(
        ["/bin/bash", "-euc", by_hand + release],
        env={
            "PATH": f"{PRAATPLAAT.parent}:/usr/bin:/bin",
            "PRAATPLAAT_HOME": str(town.settings.home),
            "PRAATPLAAT_KEY": str(town.settings.key),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (town.settings.editions / "2026K2" / "openbaar" / "index.html").is_file()
    assert "Wacht op: vaststellen van editie 2026K2 (`praatplaat release 2026K2 " in done.stdout
    assert "Zo komt het bij I07 op de plaat van welzijn:\nOns buurthuis was dicht." in done.stdout
    sheet = town.settings.editions / "2026K2" / "openbaar" / "partner" / "welzijn" / "index.html"
    assert "Ons buurthuis was dicht." in sheet.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def window(demonstration: Demonstration) -> Iterator[str]:
    """The address of the public editions of the demonstration."""
    with server(demonstration.home / "editions", 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def fetched(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


@pytest.mark.parametrize(
    ("path", "code", "holds"),
    [
        ("/", 200, "2026K3"),
        ("/2026K2/", 200, "Voorbeeldstad"),
        ("/2026K3/wijk/WK990101/", 200, "Oude Stad"),
        ("/2026K3/partner/welzijn/", 200, "De Brug"),
        ("/2026K3/data/figures.csv", 200, "edition;indicator;version"),
        ("/2026K3/wijk/", 404, ""),
        ("/2026K3/openbaar/", 404, ""),
        ("/2026K3/../../store.duckdb", 404, ""),
        ("/2026K3/%2e%2e/%2e%2e/%2e%2e/store.duckdb", 404, ""),
        ("/2026K3/..%2f..%2f..%2fstore.duckdb", 404, ""),
        ("/store.duckdb", 404, ""),
        ("/2099K1/", 404, ""),
    ],
)
def test_the_window_shows_the_public_editions_and_nothing_else(
    window: str, path: str, code: int, holds: str
) -> None:
    found, text = fetched(window + path)
    assert found == code
    assert holds in text


@pytest.mark.parametrize(("path", "code"), [("/", 302), ("/2026K2/", 200), ("/2099K1/", 404)])
def test_the_window_answers_who_only_asks_whether_a_page_is_there(
    window: str, path: str, code: int
) -> None:
    """As a web server before it does, to see that it is up."""
    asking = http.client.HTTPConnection(window.removeprefix("http://"))
    asking.request("HEAD", path)
    answer = asking.getresponse()
    assert (answer.status, answer.read()) == (code, b"")
    asking.close()

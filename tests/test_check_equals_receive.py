"""The self-check says what the municipality says: outcome, record account and every finding."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pollution_files import sheet
from test_pollutions import CASES

from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps.check import check
from sources.example.maker import FAULTS
from sources.store import Store
from sources.verdict import Outcome, Verdict

Drop = Callable[..., list[Path]]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("areas")]

AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
GOOD = "GM9901_welzijn_L06_2026K2_v1.csv"
SENDERS = {"partner_activiteiten": "welzijn", "sociaal_team_trajecten": "sociaal_team"}


def both(town: Town, path: Path, code: str, at: datetime = AT) -> tuple[Verdict, Verdict]:
    """Return what the self-check says of a file in the inbox, and then what receiving says."""
    checked = check(town, path, contract=code, at=at)
    received = rounds.receive_waiting(town, at=at, tell=lambda _: None)
    assert not path.exists()
    (delivery,) = (one.delivery for one in received)
    with Store.open(town.settings.store, holder="de test") as store:
        found = store.findings(delivery.id)
    return checked, Verdict(delivery.outcome, delivery.records, found)


def test_the_self_check_is_the_verdict_for_every_pollution_of_the_corpus(town: Town) -> None:
    """One file after the other in one town, so that most are held against what came before."""
    outcomes = set()
    for number, case in enumerate(CASES, start=1):
        carrier = case.carriers[0]
        polluted, code = case.pollute(sheet(carrier)), town.contracts[carrier.contract].code
        sender = SENDERS.get(carrier.contract, "gemeente")
        name = f"GM9901_{sender}_{code}_2026K3_v{number}.{polluted.ending}"
        path = town.settings.inbox / sender / name
        path.write_bytes(polluted.content)
        checked, received = both(town, path, code)
        assert checked == received, f"{case.number} {case.what}"
        outcomes.add(received.outcome)
    assert outcomes >= set(Outcome) - {Outcome.ALREADY_RECEIVED}


@pytest.mark.parametrize("fault", [fault.name for fault in FAULTS])
def test_the_self_check_is_the_verdict_for_every_faulty_file_of_the_example(
    town: Town, made: Path, fault: str
) -> None:
    (source,) = made.rglob(fault)
    path = town.settings.inbox / source.parent.name / fault
    shutil.copyfile(source, path)
    checked, received = both(town, path, fault.split("_")[-3])
    assert checked == received


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rows": 3}, "B135"),
        ({"partner": "bibliotheek"}, "B134"),
        ({"period": "2025K2"}, "B134"),
        ({"totals": {"contacten": 1}}, "B136"),
        ({"delta": True}, "B138"),
        ({"rows": "drie"}, "B133"),
    ],
)
def test_the_self_check_reads_the_manifest_beside_a_file(
    town: Town, drop: Drop, said: dict[str, object], code: str
) -> None:
    (path,) = drop(GOOD)
    beside = path.with_name(f"{path.stem}.datapackage.json")
    beside.write_text(json.dumps({"praatplaat": said}))
    checked, received = both(town, path, "L06")
    assert checked == received
    assert [f.code for f in received.findings] == [code]
    assert not beside.exists()


@pytest.mark.parametrize(
    ("cover", "rows", "outcome", "codes"),
    [
        ({"Partner": "welzijn", "Nulopgave": "ja"}, 0, "GOEDGEKEURD", ["B170"]),
        ({"Nulopgave": "nee"}, 0, "AFGEKEURD", ["B108"]),
        ({"Periode": "2026K2", "Volgnummer": 1, "Aantal rijen": 3}, 3, "GOEDGEKEURD", []),
        ({"Aantal rijen": 4}, 3, "AFGEKEURD", ["B135"]),
        ({"Periode": "2026K1"}, 3, "AFGEKEURD", ["B134"]),
        ({"Nulopgave": "ja"}, 3, "AFGEKEURD", ["B139"]),
    ],
)
def test_the_self_check_reads_the_voorblad(
    town: Town,
    made: Path,
    cover: dict[str, str | int],
    rows: int,
    outcome: str,
    codes: list[str],
) -> None:
    (source,) = made.rglob(GOOD)
    lines = source.read_text("utf-8-sig").splitlines()[: rows + 1]
    book = openpyxl.Workbook()
    for label in cover.items():
        book.active.append(label)
    book.active.title = "Voorblad"
    sheet = book.create_sheet("Levering")
    for line in lines:
        sheet.append(line.split(";"))
    path = town.settings.inbox / source.parent.name / f"{source.stem}.xlsx"
    path.parent.mkdir(exist_ok=True)
    book.save(path)

    checked, received = both(town, path, "L06")

    assert checked == received
    said = [f.code for f in received.findings if f.code.startswith("B1")]
    assert (received.outcome.value, said) == (outcome, codes)


def test_a_forbidden_column_on_a_sheet_that_is_not_read_leaves_nothing_of_the_file(
    town: Town, made: Path
) -> None:
    (source,) = made.rglob(GOOD)
    book = openpyxl.Workbook()
    for line in source.read_text("utf-8-sig").splitlines()[:4]:
        book.active.append(line.split(";"))
    people = book.create_sheet("Wie")
    for cells in (("nr", "naam", "plaats"), ("1", "Qxjzwv", "Voorbeeldstad")):
        people.append(cells)
    path = town.settings.inbox / source.parent.name / f"{source.stem}.xlsx"
    book.save(path)
    before = set(town.settings.raw.iterdir())

    checked, received = both(town, path, "L06")

    assert checked == received
    assert [f.code for f in received.findings] == ["S901"]
    assert set(town.settings.raw.iterdir()) == before


def test_the_self_check_knows_partner_and_number_by_the_name_and_what_came_before(
    town: Town, drop: Drop
) -> None:
    """The first counts; another under its number waits; as a correction it does not."""
    (path,) = drop(GOOD)
    both(town, path, "L06")
    for name, codes in ((GOOD, ["B130"]), (GOOD.replace("v1", "v2"), [])):
        (path,) = drop("GM9901_welzijn_L06_2026K2_v2.csv", name=name)
        checked, received = both(town, path, "L06")
        assert checked == received
        assert [f.code for f in received.findings] == codes

    (again,) = drop(GOOD)
    checked = check(town, again, contract="L06", at=AT)
    assert [f.code for f in checked.findings] == ["B173"]
    assert checked.outcome == "GOEDGEKEURD"

"""The self-check says what the municipality says: outcome, record account and every finding."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps.check import check
from sources.example.maker import FAULTS
from sources.store import Store
from sources.verdict import Verdict

Drop = Callable[..., list[Path]]
Lines = list[bytes]

AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
CARRIERS = {
    "L06": "GM9901_welzijn_L06_2026K2_v1.csv",
    "L01": "GM9901_gemeente_L01_2026K2_v1.csv",
    "L10": "GM9901_vluchtelingenwerk_L10_2026K2_v1.csv",
}

WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "nothing in it": lambda _: b"",
    "only blanks": lambda _: b" \r\n\r\n",
    "a web page": lambda data: b"<html><table>" + data,
    "a PDF": lambda data: b"%PDF-1.7\n" + data,
    "a BOM": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "cp1252": lambda data: data.replace(b"e", "é".encode("cp1252"), 3),
    "an undefined byte": lambda data: data.replace(b"a", b"\x81", 1),
    "UTF-16": lambda data: data.decode("utf-8-sig").encode("utf-16"),
    "a zero byte": lambda data: data[:-20] + b"\0" + data[-20:],
    "Unix line ends": lambda data: data.replace(b"\r\n", b"\n"),
    "Windows line ends": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "old Mac line ends": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "mixed line ends": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n", 3),
    "commas": lambda data: data.replace(b";", b","),
    "tabs": lambda data: data.replace(b";", b"\t"),
    "no last line end": lambda data: data.rstrip(),
    "a closing ^Z": lambda data: data + b"\x1a",
}
BY_LINE: dict[str, Callable[[Lines], Lines]] = {
    "only a header": lambda lines: lines[:1],
    "no header": lambda lines: lines[1:],
    "sep=": lambda lines: [b"sep=;\n", *lines],
    "a title above": lambda lines: [b"Overzicht tweede kwartaal\n", b"\n", *lines],
    "blank lines": lambda lines: [*lines[:2], b"\n", b"\n", *lines[2:]],
    "a total below": lambda lines: [*lines, b"Totaal" + b";" * lines[0].count(b";") + b"\n"],
    "a footnote": lambda lines: [*lines, b"Bron: eigen telling\n"],
    "a second table": lambda lines: [*lines, b"\n", *lines],
    "empty columns behind": lambda lines: [line.rstrip() + b";;;\n" for line in lines],
    "an unknown column": lambda lines: [line.rstrip() + b";kleur\n" for line in lines],
    "a forbidden column": lambda lines: [
        lines[0].rstrip() + b";naam\n",
        *(line.rstrip() + b";Test van Voorbeeld\n" for line in lines[1:]),
    ],
    "a header twice": lambda lines: [line.rstrip() + b";" + line for line in lines],
    "an upper case header": lambda lines: [lines[0].upper(), *lines[1:]],
    "a header with spaces": lambda lines: [lines[0].replace(b"_", b" "), *lines[1:]],
    "a header nearly right": lambda lines: [lines[0].replace(b"e", b"", 2), *lines[1:]],
    "too many fields": lambda lines: [*lines[:2], lines[2].rstrip() + b";x\n", *lines[3:]],
    "too few fields": lambda lines: [*lines[:2], lines[2].rsplit(b";", 3)[0] + b"\n", *lines[3:]],
    "an unclosed quote": lambda lines: [*lines[:2], b'"' + lines[2], *lines[3:]],
    "a quote inside": lambda lines: [*lines[:2], lines[2].replace(b";", b';a"b', 1), *lines[3:]],
    "another delimiter once": lambda lines: [
        *lines[:2],
        lines[2].replace(b";", b","),
        *lines[3:],
    ],
    "a double row": lambda lines: [*lines, lines[-1]],
    "spaces around": lambda lines: [lines[0], *(b" " + line for line in lines[1:])],
    "another period": lambda lines: [line.replace(b"2026K2", b"2025K2") for line in lines],
    "half of the rows": lambda lines: lines[: len(lines) // 2],
    "no values": lambda lines: [lines[0], *(b";" * line.count(b";") + b"\n" for line in lines[1:])],
    "onbekend": lambda lines: [lines[0], *(line.replace(b";", b";onbekend;", 1) for line in lines)],
    "a day that is none": lambda lines: [
        line.replace(b"2026-04", b"2026-44").replace(b"-04-2026", b"-44-2026") for line in lines
    ],
    "words for numbers": lambda lines: [lines[0], *(line.replace(b"1", b"een") for line in lines)],
    "an Excel error": lambda lines: [
        lines[0],
        lines[1].replace(b";", b";#WAARDE!", 1),
        *lines[2:],
    ],
}
POLLUTIONS = {
    **WHOLE,
    **{
        name: lambda data, change=change: b"".join(change(data.splitlines(keepends=True)))  # type: ignore[misc]
        for name, change in BY_LINE.items()
    },
}


@pytest.fixture
def areas(town: Town, drop: Drop) -> None:
    """The areas were delivered: other deliveries name them."""
    drop("GM9901_cbs_L12[abc]_2026_v1.csv")
    rounds.receive_waiting(town, at=AT, tell=lambda _: None)


def both(town: Town, path: Path, code: str, at: datetime = AT) -> tuple[Verdict, Verdict]:
    """Return what the self-check says of a file in the inbox, and then what receiving says."""
    checked = check(town, path, contract=code, at=at)
    received = rounds.receive_waiting(town, at=at, tell=lambda _: None)
    assert not path.exists()
    (delivery,) = (one.delivery for one in received)
    with Store.open(town.settings.store, holder="de test") as store:
        found = store.findings(delivery.id)
    return checked, Verdict(delivery.outcome, delivery.records, found)


@pytest.mark.slow
@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("code", CARRIERS)
def test_the_self_check_is_the_verdict_for_every_polluted_file(
    town: Town, made: Path, code: str
) -> None:
    """One file after the other in one town, so that most are held against what came before."""
    (source,) = made.rglob(CARRIERS[code])
    folder = town.settings.inbox / source.parent.name
    outcomes, sent = set(), set()
    for number, (name, polluted) in enumerate(POLLUTIONS.items(), start=1):
        content = polluted(source.read_bytes())
        if content in sent:
            continue  # this carrier is written so already
        sent.add(content)
        path = folder / source.name.replace("_v1", f"_v{number}")
        path.write_bytes(content)
        checked, received = both(town, path, code)
        assert checked == received, name
        outcomes.add(received.outcome.value)
    assert len(sent) >= 40
    assert {"GOEDGEKEURD", "AFGEKEURD"} <= outcomes


@pytest.mark.slow
@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize("fault", [fault.name for fault in FAULTS])
def test_the_self_check_is_the_verdict_for_every_faulty_file_of_the_example(
    town: Town, made: Path, fault: str
) -> None:
    (source,) = made.rglob(fault)
    path = town.settings.inbox / source.parent.name / fault
    shutil.copyfile(source, path)
    checked, received = both(town, path, fault.split("_")[-3])
    assert checked == received


@pytest.mark.usefixtures("areas")
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
    (path,) = drop(CARRIERS["L06"])
    beside = path.with_name(f"{path.stem}.datapackage.json")
    beside.write_text(json.dumps({"praatplaat": said}))
    checked, received = both(town, path, "L06")
    assert checked == received
    assert [f.code for f in received.findings] == [code]
    assert not beside.exists()


@pytest.mark.usefixtures("areas")
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
    (source,) = made.rglob(CARRIERS["L06"])
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


@pytest.mark.usefixtures("areas")
def test_the_self_check_knows_partner_and_number_by_the_name_and_what_came_before(
    town: Town, drop: Drop
) -> None:
    """The first counts; another under its number waits; as a correction it does not."""
    (path,) = drop(CARRIERS["L06"])
    both(town, path, "L06")
    for name, codes in ((CARRIERS["L06"], ["B130"]), (CARRIERS["L06"].replace("v1", "v2"), [])):
        (path,) = drop("GM9901_welzijn_L06_2026K2_v2.csv", name=name)
        checked, received = both(town, path, "L06")
        assert checked == received
        assert [f.code for f in received.findings] == codes

    (again,) = drop(CARRIERS["L06"])
    checked = check(town, again, contract="L06", at=AT)
    assert [f.code for f in checked.findings] == ["B173"]
    assert checked.outcome == "GOEDGEKEURD"

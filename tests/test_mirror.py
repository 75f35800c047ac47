"""The spiegelrapport says what we counted from a delivery, beside the one before it."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import town_in

from flows.settings import Town
from flows.steps import mirror
from flows.steps.receive import Received
from flows.steps.round import receive_file, receive_waiting
from reports.feedback import Line, Mirror, Table
from reports.feedback.mirror import mirror_json, mirror_page
from sources.contracts.derived import contracts_of

AT = datetime(2026, 10, 14, 9, tzinfo=UTC)
SENT = {"partner": "welzijn", "contract": "L06"}
AREAS = {"partner": "cbs", "contract": "L12a", "period": "2026"}
ABOUT = {
    **{"partner": "Welzijn", "title": "Bezoeken", "code": "L99", "period": "3e kwartaal 2026"},
    "over": "het 3e kwartaal 2026",
    **{"number": "1", "file": "b.csv", "received": "14 oktober 2026", "name": "bezoeken v1"},
    **{"outcome": "GOEDGEKEURD", "whom": "Team gegevens", "waits": "", "next": ""},
}


@pytest.fixture(scope="module")
def sent(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The files of two quarters of one partner, and the folder of the answer to the second."""
    home = tmp_path_factory.mktemp("mirror") / "home"
    home.mkdir()
    town = town_in(home)
    receive_file(town, next(made.rglob("GM9901_cbs_L12a_2026_v1.csv")), **AREAS, number=1, at=AT)
    files = [next(made.rglob(f"GM9901_welzijn_L06_2026K{n}_v1.csv")) for n in (1, 2)]
    answers = [
        receive_file(town, path, **SENT, period=f"2026K{n}", number=1, at=AT)
        for n, path in zip((1, 2), files, strict=True)
    ]
    return files[0], files[1], answers[1].feedback


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file of the maker as a stranger would."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def told(folder: Path) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return the lines of every table by their label."""
    said = json.loads((folder / "spiegelrapport.json").read_text())
    tables = {"totals": said["totals"], **{t["title"]: t["lines"] for t in said["tables"]}}
    return {title: {line["label"]: line for line in lines} for title, lines in tables.items()}


def test_the_totals_are_those_of_the_file_and_of_the_file_before(
    sent: tuple[Path, Path, Path],
) -> None:
    before, now, folder = sent
    lines = told(folder)["totals"]

    assert (lines["Rijen"]["now"], lines["Rijen"]["before"]) == (len(rows(now)), len(rows(before)))
    for label, column in (("Contacten", "contacten"), ("Bijeenkomsten", "bijeenkomsten")):
        sums = [sum(int(row[column] or 0) for row in rows(path)) for path in (now, before)]
        assert [lines[label]["now"], lines[label]["before"]] == sums
    assert "Boog van de regenboog" not in lines  # the sum of a number on a scale says nothing


def test_the_rows_are_told_by_period_by_wijk_and_by_code_and_each_adds_up(
    sent: tuple[Path, Path, Path],
) -> None:
    tables = told(sent[2])
    whole = tables.pop("totals")["Rijen"]

    assert any(title.startswith("Per kwartaal: ") for title in tables)
    assert any(title.startswith("Per wijk: ") for title in tables)
    for title, lines in tables.items():
        assert sum(line["now"] or 0 for line in lines.values()) == whole["now"], title
        assert sum(line["before"] or 0 for line in lines.values()) == whole["before"], title


def test_a_code_is_told_by_its_label_with_its_own_count(sent: tuple[Path, Path, Path]) -> None:
    _, now, folder = sent
    counted = Counter(row["telwijze"] for row in rows(now))
    (lines,) = (lines for lines in told(folder).values() if "Alleen contacten" in lines)

    assert sorted(line["now"] for line in lines.values() if line["now"]) == sorted(counted.values())
    assert not set(lines) & set(counted), "labels, not codes"


def test_the_page_says_which_figures_are_made_of_it(sent: tuple[Path, Path, Path]) -> None:
    html = (sent[2] / "spiegelrapport.html").read_text()

    assert "Is dit uw cijfer?" in html
    assert "Op de praatplaat van" in html
    assert "uw levering over 1e kwartaal 2026" in html


def test_the_page_is_confidential_and_says_how_to_answer(sent: tuple[Path, Path, Path]) -> None:
    html = (sent[2] / "spiegelrapport.html").read_text()

    assert "VERTROUWELIJK" in html and "Stuur haar niet door" in html
    assert "Klopt het niet? Verbeter het bestand" in html
    assert "Vraag het aan: Team gegevens" in html


def test_dates_are_told_by_quarter_and_postcodes_by_wijk(made: Path, town: Town) -> None:
    receive_file(town, next(made.rglob("GM9901_cbs_L12a_2026_v1.csv")), **AREAS, number=1, at=AT)
    path = next(made.rglob("GM9901_gemeente_L01_2026K2_v1.csv"))
    about = {"partner": "gemeente", "contract": "L01", "period": "2026K2"}
    tables = told(receive_file(town, path, **about, number=1, at=AT).feedback)
    closed = Counter(quarter(row["datum_onderzoek_klaar"]) for row in rows(path))

    lines = {
        label: line["now"] for label, line in tables["Per kwartaal: Onderzoek klaar op"].items()
    }
    assert lines == closed
    assert list(lines)[-1] == "(leeg)"
    # Without the file of postcodes no postcode has a wijk, and none is shown as it is.
    places = {label: line["now"] for label, line in tables["Per wijk: Postcode"].items()}
    assert places == {"Wijk niet bekend": len(rows(path))}
    assert not [title for title in tables if "bsn" in title.lower() or "jaar" in title.lower()]


def quarter(day: str) -> str:
    """Return the quarter of a Dutch date in words."""
    if not day:
        return "(leeg)"
    _, month, year = day.split("-")
    return f"{(int(month) + 2) // 3}e kwartaal {year}"


def test_only_indicators_that_read_the_contract_use_it(town: Town) -> None:
    def used(contract: str) -> set[str]:
        return {use.name for use in mirror.uses(town.agreement, town.contracts[contract])}

    every = town.agreement.indicators.values()
    names = {i.name for i in every if "wmo_meldingen" in contracts_of(i.delivery)}
    plain = {i.name for i in every if i.delivery == "wmo_meldingen"}
    assert used("wmo_meldingen") == names > plain != set()  # and those over a table made of it
    assert used("pc6_buurt") == set()
    assert used("gebied_kerncijfers")  # only as a denominator


def test_a_refused_delivery_has_no_spiegelrapport_and_one_that_waits_has(
    town: Town, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_welzijn_L06_2026K3_v1.csv")
    receive_waiting(town, at=AT, tell=lambda _: None)
    (path,) = drop("GM9901_welzijn_L06_2026K2_v1.csv", name="GM9901_welzijn_L06_2026K1_v1.csv")
    refused = one(receive_waiting(town, at=AT, tell=lambda _: None))
    (path,) = drop("GM9901_welzijn_L06_2026K3_v1.csv")
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    waits = one(receive_waiting(town, at=AT, tell=lambda _: None))

    assert (str(refused.delivery.outcome), str(waits.delivery.outcome)) == ("AFGEKEURD", "IN WACHT")
    assert not (refused.feedback / "spiegelrapport.html").exists()
    assert "Uw levering wacht nog" in (waits.feedback / "spiegelrapport.html").read_text()


def one(received: list[Received]) -> Received:
    (only,) = received
    return only


LINES = [
    ("more than before", Line("Rijen", 12, 10), ["12", "10", "+2"]),
    ("less than before", Line("Rijen", 1000, 1200), ["1.000", "1.200", "−200"]),
    ("the same", Line("Rijen", 12.5, 12.5), ["12,5", "12,5", "gelijk"]),
    ("nothing before", Line("Rijen", 3, None), ["3", "", ""]),
]


@pytest.mark.parametrize(("case", "line", "cells"), LINES, ids=[case for case, *_ in LINES])
def test_a_line_shows_now_before_and_the_difference(
    case: str, line: Line, cells: list[str]
) -> None:
    html = mirror_page(Mirror((line,), (), (), "2e kwartaal 2026"), ABOUT).decode()

    assert re.findall(r"<td>([^<]*)</td>", html) == cells


def test_the_first_delivery_stands_alone_and_control_totals_stand_beside_it() -> None:
    mirrored = Mirror((Line("Rijen", 7, None, 7.0),), (Table("Soort", (Line("a", 7),)),), ())
    html = mirror_page(mirrored, ABOUT).decode()

    assert "dit is uw eerste levering" in html and "Vorige" not in html
    assert "Volgens u" in html
    assert "Nog geen cijfer op een praatplaat" in html


def test_what_a_program_reads_is_what_the_page_shows() -> None:
    mirrored = Mirror((Line("Rijen", 7, 6, 7.0),), (), ())

    assert json.loads(mirror_json(mirrored, "bezoeken v1")) == {
        "delivery": "bezoeken v1",
        "totals": [{"label": "Rijen", "now": 7, "before": 6, "said": 7.0}],
        "tables": [],
        "uses": [],
        "before": "",
    }

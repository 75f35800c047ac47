"""The harvest of a talk as a delivery: what comes through, what is kept safe, and what returns."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from flows.settings import ZONE, Town
from flows.steps import harvest
from flows.steps.check import check
from flows.steps.round import receive_file
from sources.example.maker.harvests import bank
from sources.store import Store
from sources.verdict import Outcome, Verdict
from transforms.harvest import HARVEST, harvested

HEADER = (
    "oogst_id;datum;soort;tekst;doel_id;gebied_code;partner_id;wie;wanneer;stand;gedaan;"
    "gelezen_door"
)
GOOD = {
    "oogst_id": "gemeente-20260917-1",
    "datum": "17-09-2026",
    "soort": "afspraak",
    "tekst": "De bibliotheek houdt elke week spreekuur.",
    "doel_id": "meedoen",
    "gebied_code": "WK990102",
    "partner_id": "bibliotheek",
    "wie": "De bibliotheek",
    "wanneer": "31-12-2026",
    "stand": "",
    "gedaan": "",
    "gelezen_door": "gespreksleider",
}
AT = datetime(2026, 10, 21, 9, tzinfo=ZONE)


def write(folder: Path, *rows: dict[str, str], name: str = "oogst.csv") -> Path:
    path = folder / name
    lines = [";".join((GOOD | row).values()) for row in rows]
    path.write_text("\r\n".join([HEADER, *lines, ""]), encoding="utf-8-sig")
    return path


def judged(town: Town, folder: Path, *rows: dict[str, str]) -> Verdict:
    return check(town, write(folder, *rows), contract="auditorium_oogst", at=AT)


def receive(town: Town, path: Path, *, period: str, at: datetime = AT) -> Outcome:
    told = {"partner": "gemeente", "contract": "L13", "period": period}
    return receive_file(town, path, **told, number=1, at=at).delivery.outcome


def kept(town: Town, *, at: datetime = AT) -> pl.DataFrame:
    with Store.open(town.settings.store, holder="test", read_only=True) as store:
        return harvest.shown(town, store, known_at=at)


# what is written in the text, what is kept of it (None: the row is refused), code
WRITTEN = {
    "nothing of anybody": (GOOD["tekst"], GOOD["tekst"], None),
    "a name": (
        "Mevrouw Jansen belt elke week wie er wacht.",
        "[naam weggehaald] belt elke week wie er wacht.",
        "S909",
    ),
    "a mail address": (
        "Meld het bij a.b@voorbeeld.nl als het niet lukt.",
        "Meld het bij [e-mailadres weggehaald] als het niet lukt.",
        "S903",
    ),
    "a phone number": (
        "Bel 06-12345678 als het niet lukt.",
        "Bel [telefoonnummer weggehaald] als het niet lukt.",
        "S904",
    ),
    "a number of people": ("Wij bellen de 4 gezinnen die wachten.", None, "S951"),
    "a share": ("De helft, dus 50%, komt terug.", None, "S951"),
}


@pytest.mark.usefixtures("areas")
@pytest.mark.parametrize(("text", "left", "code"), WRITTEN.values(), ids=WRITTEN)
def test_what_gives_somebody_away_is_taken_out_and_a_loose_number_is_refused(
    town: Town, tmp_path: Path, text: str, left: str | None, code: str | None
) -> None:
    path = write(tmp_path, {"tekst": text}, GOOD | {"oogst_id": "gemeente-20260917-2"})
    found = {one.code for one in check(town, path, contract="L13", at=AT).findings}
    receive(town, path, period="2026K3")

    assert (code in found) if code else not found
    assert kept(town)["text"].to_list() == [*([left] if left else []), GOOD["tekst"]]


@pytest.mark.parametrize("column", ["wie", "gedaan", "gelezen_door"])
@pytest.mark.usefixtures("areas")
def test_no_cell_with_free_text_keeps_a_name(town: Town, tmp_path: Path, column: str) -> None:
    path = write(tmp_path, {column: "Mevrouw Jansen"})
    receive(town, path, period="2026K3")
    with Store.open(town.settings.store, holder="test", read_only=True) as store:
        rows = store.accepted(town.contracts["auditorium_oogst"], known_at=AT)
    assert rows[column].to_list() == ["[naam weggehaald]"]


def test_a_file_with_a_column_for_names_is_stopped(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "oogst.csv"
    path.write_text(f"{HEADER};naam\n{';'.join(GOOD.values())};Jansen\n", encoding="utf-8")
    verdict = check(town, path, contract="L13", at=AT)
    assert verdict.outcome is Outcome.REFUSED
    assert "S901" in {one.code for one in verdict.findings}


def test_nobody_read_it_then_it_stays_behind(town: Town, tmp_path: Path) -> None:
    verdict = judged(town, tmp_path, {"gelezen_door": ""}, GOOD | {"oogst_id": "b"})
    assert [one.code for one in verdict.findings] == ["V401"]
    assert (verdict.records.accepted, verdict.records.quarantined) == (1, 1)


@pytest.mark.usefixtures("areas")
def test_the_same_number_in_a_later_harvest_tells_what_became_of_it(
    town: Town, tmp_path: Path
) -> None:
    january = datetime(2027, 1, 20, 9, tzinfo=ZONE)
    other = GOOD | {"oogst_id": "gemeente-20260917-2", "tekst": "De school doet mee."}
    done = {"stand": "gedaan", "gedaan": "Het spreekuur is er."}
    first = receive(town, write(tmp_path, GOOD, other), period="2026K3")
    later = receive(town, write(tmp_path, done, name="b.csv"), period="2026K4", at=january)
    assert (first, later) == (Outcome.ACCEPTED, Outcome.ACCEPTED)

    columns = ("harvest_id", "status", "done")
    assert kept(town).select(columns).rows() == [
        ("gemeente-20260917-1", "nog niet", ""),
        ("gemeente-20260917-2", "nog niet", ""),
    ]
    assert kept(town, at=january).select(columns).rows() == [
        ("gemeente-20260917-1", "gedaan", "Het spreekuur is er."),
        ("gemeente-20260917-2", "nog niet", ""),
    ]


# soort, stand, gedaan; status, done
STANDS = [
    ("afspraak", None, None, "nog niet", ""),
    ("afspraak", "loopt", "Half klaar.", "loopt", "Half klaar."),
    ("afspraak", "anders_afgesproken", None, "anders afgesproken", ""),
    ("sterk_punt", "gedaan", "Klaar.", "", ""),
]


@pytest.mark.parametrize(("kind", "stand", "done", "status", "told"), STANDS)
def test_only_of_an_afspraak_it_is_told_how_it_stands(
    kind: str, stand: str | None, done: str | None, status: str, told: str
) -> None:
    row = (
        bank()
        .head(1)
        .with_columns(
            soort=pl.lit(kind),
            stand=pl.lit(stand, pl.String),
            gedaan=pl.lit(done, pl.String),
        )
    )
    found = harvested(row, known_on=date(2026, 9, 17))
    assert found.schema == pl.Schema(HARVEST)
    assert found.select("status", "done").row(0) == (status, told)


@pytest.mark.parametrize(("known", "rows"), [(date(2026, 9, 16), 0), (date(2026, 9, 17), 7)])
def test_a_talk_is_told_of_from_its_own_day_on(known: date, rows: int) -> None:
    assert harvested(bank(), known_on=known).height == rows

"""After a round in which people left burgerservicenummers everywhere, none is left in the home."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from conftest import Demonstration

from flows.settings import ZONE, Town
from flows.steps.round import receive_waiting
from sources.privacy import numbers
from sources.verdict import Outcome

BSNS = ("999900006", "999900018", "9999.00.031", "999 900 043")
HEADER = (
    "verhaal_id;datum;soort;verteller_rol;titel;tekst;belangrijkste_verandering;thema;"
    "gebied_code;partner_id;boog;toestemming;toestemming_datum;herkenbaar_gecheckt_door;schuurt"
)
GOOD = (
    "V{n};14-05-2026;signaal;professional;Titel {n};Tekst {n};;meedoen;"
    "WK990101;welzijn;2;nee;;Redactie;nee"
)
FIELDS = HEADER.split(";")


def places(home: Path) -> list[str]:
    """Return where a number is left: in any file but the sealed raw, in any row of the store."""
    found = [
        f"{path.relative_to(home)} {place}"
        for path in sorted(home.rglob("*"))
        # The store packs its texts without anything between them: its tables are read instead.
        if path.is_file() and path.parent.name != "raw" and path.name != "store.duckdb"
        for place in numbers(path.read_bytes())
    ]
    with duckdb.connect(home / "store.duckdb", read_only=True) as con:
        tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema, table in tables:
            rows = con.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
            found += [f"{schema}.{table} {row}" for row in rows if numbers(repr(row).encode())]
    return found


@pytest.mark.slow
def test_a_round_with_numbers_in_every_column_leaves_none(
    town: Town, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_cbs_L12?_2026_v1.csv")  # the areas that a story names
    good = [GOOD.format(n=number) for number in range(2_000)]
    bad = []
    for number in range(len(FIELDS)):
        cells = GOOD.format(n=f"X{number}").split(";")
        cells[number] = BSNS[number % len(BSNS)]
        bad.append(";".join(cells))
    inbox = town.settings.inbox / "welzijn"
    inbox.mkdir(parents=True, exist_ok=True)
    name = "GM9901_welzijn_L10_2026K2_v1.csv"
    (inbox / name).write_text("\n".join([HEADER, *good, *bad, ""]), encoding="utf-8")
    at = datetime(2026, 8, 3, 9, tzinfo=ZONE)

    *_, received = receive_waiting(town, at=at, tell=lambda _: None)

    assert received.delivery.outcome is Outcome.ACCEPTED_WITH_REFUSALS, received.told()
    assert received.delivery.records.quarantined == 10
    assert received.delivery.records.accepted == 2_005
    assert places(town.settings.home) == []


@pytest.mark.slow
def test_the_demonstration_leaves_no_number(demonstration: Demonstration) -> None:
    assert places(demonstration.home) == []

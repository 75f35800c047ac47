"""The smallest agreement in which a figure can exist; each test adds what it is about."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from benchmarks.plain import PLAIN
from sources.agreement.model import (
    Agreement,
    Areas,
    Counts,
    General,
    Goal,
    GoalLevel,
    Grain,
    Indicator,
    Municipality,
    Partner,
    Quantity,
    Rainbow,
)
from transforms.areas import Hierarchy, hierarchy

EVENTS = Quantity(counts=Counts.EVENTS)

DIVISION = pl.DataFrame(
    [
        (2026, "GM9901", "Voorbeeldstad", None),
        (2026, "WK990101", "Noord", "GM9901"),
        (2026, "WK990102", "Zuid", "GM9901"),
        (2026, "BU99010101", "Noordhoek", "WK990101"),
        (2026, "BU99010102", "Noordeind", "WK990101"),
        (2026, "BU99010201", "Zuidhoek", "WK990102"),
    ],
    schema=["jaar", "code", "naam", "ouder"],
    orient="row",
)

POSTCODES = pl.DataFrame(
    [
        (2026, "9901AA", "BU99010101", 1.0),
        (2026, "9901AB", "BU99010101", 0.4),
        (2026, "9901AB", "BU99010102", 0.6),
        (2026, "9902AA", "BU99010201", 1.0),
    ],
    schema=["jaar", "pc6", "buurt_code", "aandeel"],
    orient="row",
)


TYPED: dict[str, Callable[[pl.Series], pl.Series]] = {
    "yes|no": lambda text: text == "yes",
    r"\d{4}-\d\d-\d\d": lambda text: text.str.to_date(),
    r"-?\d+": lambda text: text.cast(pl.Int64),
    r"-?\d+\.\d+": lambda text: text.cast(pl.Float64),
}


def areas() -> Hierarchy:
    """Two wijken, three buurten, three postcodes."""
    return hierarchy(DIVISION, POSTCODES, municipality="GM9901", year=2026)


def indicator(**changes: Any) -> Indicator:
    """A count of events per municipality and quarter, unless changed."""
    given: dict[str, Any] = {
        "delivery": "meldingen",
        "way": "count",
        "numerator": EVENTS,
        "levels": {Areas.MUNICIPALITY: Grain.QUARTER},
    }
    return Indicator(**(PLAIN | given | changes))


def partner(**changes: Any) -> Partner:
    """A partner of whom nothing is asked, unless changed."""
    given: dict[str, Any] = {
        "name": "Een partner",
        "description": "Voorbeeld.",
        "relation": "initiatief",
    }
    return Partner(**(given | changes))


def agreement(**changes: Any) -> Agreement:
    """One goal, one indicator (`I01`), two partners (`welzijn`, `bieb`), unless changed."""
    given: dict[str, Any] = {
        "general": General(
            municipality=Municipality(code="GM9901", name="Voorbeeldstad", fictional=True),
            begin=date(2025, 1, 1),
            end=date(2028, 12, 31),
            area_year=2026,
            blocks={},
        ),
        "goals": {"doel": Goal(level=GoalLevel.MAIN, name="Doel", statement="Iedereen doet mee.")},
        "indicators": {"I01": indicator()},
        "partners": {"welzijn": partner(), "bieb": partner()},
        "rainbow": Rainbow(arcs=()),
    }
    return Agreement(**(given | changes))


def table(text: str) -> pl.DataFrame:
    """Read a table drawn with `|`; `-` is null, and dates, numbers and yes/no get their type."""
    lines = [line for line in text.splitlines() if line.strip()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    columns = list(zip(*rows, strict=True)) or [() for _ in header]
    return pl.DataFrame([_typed(name, cells) for name, cells in zip(header, columns, strict=True)])


def deliveries(*came: tuple[str, str, str, bool]) -> pl.DataFrame:
    """Partner, contract, period, accepted."""
    return pl.DataFrame(came, schema=["partner", "contract", "period", "accepted"], orient="row")


def _typed(name: str, cells: tuple[str, ...]) -> pl.Series:
    text = pl.Series(name, [None if cell == "-" else cell for cell in cells], dtype=pl.String)
    known = text.drop_nulls()
    if known.is_empty():
        return text
    for pattern, typed in TYPED.items():
        if known.str.contains(f"^(?:{pattern})$").all():
            return typed(text)
    return text

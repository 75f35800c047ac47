"""The figures of a quarter and the seven before it against the same figures in hand-written SQL.

Four indicators over two big contracts: I28 and I29 (shares within a legal term, by postcode) and
I07 and I09 (rates per 1,000 inhabitants), with their variants, at every level of the agreement.
Both read the accepted rows from the store, and give the same numbers: that is checked first.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.histories import files
from benchmarks.pairs import Ratio, compare, spent
from benchmarks.place import AT, QUARTER, Place
from flows.settings import Town
from flows.steps.observe import observe
from flows.steps.receive import Received
from sources.agreement.model import Grain
from sources.store import Store
from sources.verdict import Outcome
from transforms.periods import parse

TO_REACH = 2.0
INDICATORS = ("I07", "I09", "I28", "I29")

_BY_HAND = Path(__file__).with_name("figures.sql")
_KEYS = ["indicator", "breakdown", "period", "area", "partner"]
_NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]


def prepare(folder: Path, rows: int) -> None:
    """Receive eight quarters, with about so many rows of each of the two contracts."""
    place = Place.at(folder / "observe")
    place.drop_areas(folder / "areas")
    for contract, period, path in files(folder / "histories", rows):
        place.drop_delivery(path, contract, period)
    _confirm(place, place.receive())


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the one ratio, after holding the two sets of figures against each other."""
    place = Place.at(folder / "observe")
    town = _with_indicators(place.town)
    must_agree(_observed(town), _by_hand(town))
    ratio = compare(
        f"observe: {rows:,} meldingen, {rows:,} activities",
        lambda: spent(lambda: _observed(town)),
        lambda: spent(lambda: _computed(town)),
        repeat=repeat,
        to_reach=TO_REACH,
    )
    return [ratio]


def _confirm(place: Place, received: list[Received]) -> None:
    """Say of what waits that it is right: in the summer many cells are filled that else are not."""
    with Store.open(place.town.settings.store, holder="bench") as store:
        for one in received:
            assert one.delivery.records.quarantined == 0, one.told()
            if one.delivery.outcome is Outcome.ON_HOLD:
                store.answer(one.delivery.id, correct=True, at=AT)


def _with_indicators(town: Town) -> Town:
    known = town.agreement.indicators
    few = town.agreement.model_copy(update={"indicators": {i: known[i] for i in INDICATORS}})
    return replace(town, agreement=few)


def _observed(town: Town) -> pl.DataFrame:
    with Store.open(town.settings.store, holder="bench") as store:
        return observe(town, store, QUARTER, known_at=AT, tell=lambda _: None)


def _computed(town: Town) -> None:
    last = parse(QUARTER)
    parameters = {
        "known_at": AT.astimezone(UTC).replace(tzinfo=None),
        "reference": min(last.end, date(AT.year, AT.month, AT.day)),
        "first": last.last - 7,
        "last": last.last,
        "area_year": town.agreement.general.area_year,
        "levels": list(_levels(town)),
    }
    with duckdb.connect(town.settings.store) as con:
        con.execute(_BY_HAND.read_text(encoding="utf-8"), parameters)


def _levels(town: Town) -> Iterator[dict[str, str | bool]]:
    for name, indicator in town.agreement.indicators.items():
        for level, grain in indicator.levels.items():
            assert grain is not Grain.YEAR, f"{name}: the floor knows no years"
            four = grain is Grain.FOUR_QUARTERS
            yield {"indicator": name, "level": level.value, "four_quarters": four}


def _by_hand(town: Town) -> pl.DataFrame:
    _computed(town)
    with duckdb.connect(town.settings.store, read_only=True) as con:
        figures: pl.DataFrame = con.sql("FROM figures").pl()
        return figures


def must_agree(ours: pl.DataFrame, by_hand: pl.DataFrame) -> None:
    """Every figure that was counted is in both, with the same numbers."""
    counted = ours.filter(pl.col("numerator") > 0).select(*_KEYS, *_NUMBERS)
    expected = by_hand.filter(pl.col("numerator") > 0)
    assert counted.height > 0 and counted.height == expected.height, (counted, expected)
    both = counted.join(expected, on=_KEYS, how="inner", validate="1:1", suffix="_by_hand")
    assert both.height == counted.height, "other figures"
    for name in _NUMBERS:
        other = pl.col(f"{name}_by_hand")
        apart = (pl.col(name) - other).abs() > 1e-9 * other.abs()
        wrong = both.filter(other.is_not_null() & apart.fill_null(True))
        assert wrong.is_empty(), (name, wrong)

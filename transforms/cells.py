"""Accepted rows → cells: the smallest sums from which every figure of a reading is added up.

One pass over the rows, without Python per row. A cell is a quarter, a place and, where the
indicator asks for them, a partner, a class of its breakdown and a person. Persons stay apart,
because people do not add up: they are counted once per period, in `sums`.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sources.agreement.model import Areas, Indicator, Quantity, Way
from transforms.conditions import EVERY_ROW, all_hold, holds
from transforms.measures import ORDERED, measure
from transforms.measures.mean import EXACT
from transforms.periods import Period, quarter_of, quarter_of_id
from transforms.readings import MAIN, Reading
from transforms.terms import ended, waited, with_term

KNOWN = ("filled", "blank")
"""Of the rows that should hold an amount: how many do, and how many leave it empty."""


def cells(rows: pl.LazyFrame, reading: Reading, *, reference: date) -> pl.LazyFrame:
    """Return the cells of a reading.

    Columns: quarter (index), place (as delivered), partner and class where the indicator asks for
    them; then the sums of its measure, `filled` and `blank`. Where persons are counted: also
    person and day (of the latest row), with numerator and denominator 1 or 0. Where amounts stay
    apart (`ORDERED`): also amount. `reference` is the date on which a case that is still open is
    judged.
    """
    indicator = reading.indicator
    keys = _keys(indicator, main=reading.variant == MAIN)
    known = with_term(rows, reading.term, reference=reference).filter(all_hold(reading.filters))
    if reading.numerator.distinct is not None:
        return _persons(known, reading, keys)
    if not indicator.date:
        keys["quarter"] = _period(indicator)
    schema = rows.collect_schema()
    amounts = _amounts(reading, schema)
    if indicator.way in ORDERED:
        keys["amount"], amounts = _apart(reading, schema, reference=reference)
    prepared = known.select(**keys, **amounts)
    sums = [*measure(indicator.way).tally(), *(pl.col(name).sum() for name in KNOWN)]
    summed = prepared.group_by(*keys).agg(sums)
    # A period is text, and reading a million of them costs more than adding up their rows.
    return summed if indicator.date else summed.with_columns(quarter_of_id(pl.col("quarter")))


def no_cells(reading: Reading) -> pl.DataFrame:
    """Return the cells of a reading of which no row was ever delivered."""
    names = ["numerator", *KNOWN]
    if reading.elsewhere is None:
        names += ["denominator", "squares"]
    if reading.indicator.way in ORDERED:
        names.append("amount")
    text = {"place": pl.String(), "partner": pl.String()}
    return pl.DataFrame(schema={"quarter": pl.Int32(), **text, **dict.fromkeys(names, pl.Int64())})


def sums(
    cells_: pl.DataFrame, periods: Sequence[Period], *, by: Sequence[str], rolling: bool = False
) -> pl.DataFrame:
    """Add cells up to periods and places: period, `by` (partner, class), place, the sums.

    A period has the cells of its quarters; where cells are `rolling`, about four quarters each,
    those of its last.
    """
    spread = cells_.join(_quarters(periods, rolling=rolling), on="quarter", validate="m:m")
    if "person" in cells_.columns:
        spread = _once_per_person(spread, by)
    numbers = [c for c in spread.columns if c not in ("quarter", "period", *_NAMES)]
    return spread.group_by("period", *by, "place").agg(pl.col(numbers).sum())


_PLACES = 1 << 32
"""More places than there can be, so that day and place fit in one number."""

_NAMES = ("place", "partner", "class", "person", "day", "amount")


def _keys(indicator: Indicator, *, main: bool) -> dict[str, pl.Expr]:
    keys = {"quarter": _quarter(indicator), "place": _text(indicator.area_column)}
    if Areas.PARTNER in indicator.levels:
        keys["partner"] = _text(indicator.partner_column or "_partner")
    if indicator.breakdown and main:
        keys["class"] = _text(indicator.breakdown)
    return keys


def _quarter(indicator: Indicator) -> pl.Expr:
    if indicator.date:
        return quarter_of(pl.col(indicator.date))
    return quarter_of_id(_period(indicator))


def _period(indicator: Indicator) -> pl.Expr:
    return pl.col(indicator.period_column or "_period").cast(pl.String)


def _text(column: str | None) -> pl.Expr:
    return pl.col(column).cast(pl.String) if column else pl.lit(None, dtype=pl.String)


def _in_denominator(reading: Reading) -> pl.Expr:
    """Return whether a row is in a denominator that is counted from the same rows."""
    below = reading.denominator
    return EVERY_ROW if below is None or reading.elsewhere else holds(below.where)


def _amounts(reading: Reading, schema: pl.Schema) -> dict[str, pl.Expr]:
    """Return what one row adds to numerator and denominator, and whether it tells."""
    below, above = reading.denominator, reading.numerator
    within = _in_denominator(reading)
    counted = within & holds(above.where)
    given = reading.indicator.way is Way.GIVEN
    amounts = {"numerator": _amount(above, counted, schema, exact=not given)}
    tells = _tells(above)
    if reading.indicator.way in (Way.SHARE, Way.RATE) and reading.elsewhere is None:
        tells = tells & _tells(below)
        amounts["denominator"] = _amount(below, within, schema, exact=True)
        amounts = {name: pl.when(tells).then(amount) for name, amount in amounts.items()}
    asked = within if above.sum_of is None else counted
    return amounts | {
        "filled": (asked & tells).cast(pl.Int64),
        "blank": (asked & ~tells).cast(pl.Int64),
    }


def _apart(
    reading: Reading, schema: pl.Schema, *, reference: date
) -> tuple[pl.Expr, dict[str, pl.Expr]]:
    """Return the amount of a row, or the days of a wait; and what it adds to the sums."""
    within = _in_denominator(reading)
    counted = within & holds(reading.numerator.where)
    if reading.indicator.way is Way.WAIT and reading.term is not None:
        amount: pl.Expr = pl.when(within).then(waited(reading.term, reference=reference))
        counted = counted & ended(reading.term, reference=reference)
    else:
        amount = _amount(reading.numerator, counted, schema, exact=True)
        within = counted
    tells = amount.is_not_null()
    sums = {"numerator": counted, "denominator": within, "filled": within, "blank": within}
    told = {name: flag & (~tells if name == "blank" else tells) for name, flag in sums.items()}
    return amount, {name: flag.cast(pl.Int64) for name, flag in told.items()}


def _amount(
    quantity: Quantity | None, counted: pl.Expr, schema: pl.Schema, *, exact: bool
) -> pl.Expr:
    """Return 1 or 0, or the amount of the row; sums of floats differ between runs, so decimals."""
    if quantity is None or quantity.sum_of is None:
        return counted.cast(pl.Int64)
    column = pl.col(quantity.sum_of)
    is_float = schema[quantity.sum_of].is_float()
    return pl.when(counted).then(column.cast(EXACT) if exact and is_float else column)


def _tells(quantity: Quantity | None) -> pl.Expr:
    if quantity is None or quantity.sum_of is None:
        return EVERY_ROW
    return pl.col(quantity.sum_of).is_not_null()


def _persons(known: pl.LazyFrame, reading: Reading, keys: dict[str, pl.Expr]) -> pl.LazyFrame:
    """Return one row per person, quarter and place: whether they count, and when last seen."""
    indicator = reading.indicator
    share = indicator.way is Way.SHARE
    counted = holds(reading.numerator.where)
    eligible = _in_denominator(reading) if share else counted
    day = pl.col(indicator.date) if indicator.date else _quarter(indicator)
    names = {"person": pl.col(str(reading.numerator.distinct)), "day": day}
    flags = {"numerator": counted.cast(pl.Int64)}
    if share:
        flags["denominator"] = pl.lit(1, dtype=pl.Int64)
    rows = known.filter(eligible).select(**keys, **names, **flags)
    return (
        rows.filter(pl.col("person").is_not_null())
        .group_by(*keys, "person")
        .agg(pl.col("day", *flags).max())
        .with_columns(pl.lit(1, dtype=pl.Int64).alias("filled"), blank=pl.lit(0, dtype=pl.Int64))
    )


def _once_per_person(spread: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Keep a person once per period and class, at the place where they were seen last.

    Day and place are packed in one number, of which the largest is wanted: sorting the rows of
    each person takes three times as long. On one day the last place by name counts.
    """
    numbers = [c for c in spread.columns if c not in ("quarter", "period", *_NAMES)]
    places = spread.select(pl.col("place").unique().sort()).with_row_index("rank")
    packed = pl.col("day").cast(pl.Int64) * _PLACES + pl.col("rank")
    seen = spread.join(places, on="place", nulls_equal=True, validate="m:1").with_columns(
        packed.alias("last")
    )
    people = seen.group_by("period", *by, "person").agg(pl.col("last", *numbers).max())
    rank = (pl.col("last") % _PLACES).cast(places.schema["rank"]).alias("rank")
    return (
        people.with_columns(rank)
        .join(places, on="rank", validate="m:1")
        .drop("person", "last", "rank")
    )


def _quarters(periods: Sequence[Period], *, rolling: bool) -> pl.DataFrame:
    """Return which quarters (index) each period has, or its last only."""
    pairs = [
        (str(p), q) for p in periods for q in range(p.last if rolling else p.first, p.last + 1)
    ]
    schema = {"period": pl.String(), "quarter": pl.Int32()}
    return pl.DataFrame(pairs, schema=schema, orient="row")

"""What is shown of a wait: whole weeks from rounded counts, with limits that cover the rounding."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, areas, deliveries, indicator, table

from sources.agreement.model import Areas, Edition, Grain, Internal, Term
from transforms.disclosure import publish
from transforms.disclosure.internal import confidential
from transforms.disclosure.internal.cells import MEMORY
from transforms.disclosure.shown import days
from transforms.disclosure.waits import internal, public
from transforms.indicators import observe
from transforms.measures.wait import read

RULES = Edition()
TERM = Term(start="dag", end="hulp", days=56)
WAIT = indicator(way="wait", term=TERM.model_copy(update={"days": 42}))
NO_CELLS = pl.DataFrame(schema=MEMORY)
PLACE = {"indicator": "I30", "version": 1, "period": "2026K3", "area": "GM9901", "partner": ""}


def placed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        *(pl.lit(v).alias(k) for k, v in PLACE.items() if k not in rows.columns)
    )


def check(found: pl.DataFrame, drawn: str) -> None:
    expected = table(drawn)
    typed = expected.cast({name: found.schema[name] for name in expected.columns})
    assert_frame_equal(found.select(expected.columns), typed, abs_tol=1e-9)


def test_half_are_helped_within_so_many_whole_weeks() -> None:
    rounded = table("""
        breakdown | numerator | denominator
                  | 150       | 200
        w00       | 0         | 0
        w01       | 40        | 40
        w02       | 90        | 90
        w03       | 120       | 140
        w04       | 150       | 200
        """)
    # Of 200, 110 wait longer than 2 weeks; 110 are at risk and 30 of them are helped in week 3:
    # 0.55 x 80/110 = 0.4. In week 4 all others are helped, or not yet.
    # Within the norm of 3 weeks: 120 of 180, as of 20 it is not known yet.
    found = public(placed(rounded), RULES, norm=21, least=50)
    check(
        found,
        """
        breakdown | numerator | denominator | value | held
                  | -         | 200         | 21    | no
        p90       | -         | -           | -     | yes
        norm      | -         | -           | 0.67  | no
        open      | -         | -           | 50    | no
        """,
    )


@pytest.mark.parametrize(("asked", "told"), [(45, []), (50, [""]), (95, [""]), (100, ["", "p90"])])
def test_a_median_needs_fifty_and_nine_in_ten_a_hundred(asked: int, told: list[str]) -> None:
    rounded = table(f"""
        breakdown | numerator   | denominator
                  | {asked - 5} | {asked}
        w00       | 5           | 5
        w01       | {asked - 5} | {asked - 5}
        """)
    found = public(placed(rounded), RULES, norm=0, least=50)
    assert found.filter(~pl.col("held"))["breakdown"].to_list() == told


@pytest.mark.parametrize(
    ("ended", "asked", "held"), [(95, 100, True), (90, 100, False), (5, 100, True)]
)
def test_who_still_waits_is_told_from_ten_on_either_side(
    ended: int, asked: int, held: bool
) -> None:
    rounded = table(f"breakdown | numerator | denominator\n | {ended} | {asked}\nw00 | 0 | 0")
    found = public(placed(rounded), RULES, norm=7, least=50).filter(pl.col("breakdown") == "open")
    assert found["held"].to_list() == [held]


def test_what_is_held_back_has_no_number_at_all() -> None:
    rounded = table("breakdown | numerator | denominator\n | 5 | 40\nw00 | 0 | 0\nw01 | 5 | 10")
    found = public(placed(rounded), RULES, norm=7, least=50)
    assert found["held"].all()
    numbers = found.select("numerator", "denominator", "value", "lower", "upper")
    assert numbers.null_count().row(0) == (4, 4, 4, 4, 4)


def test_inside_days_are_told_from_ten_waits_and_counts_of_both_sides_from_three() -> None:
    exact = table("""
        area     | breakdown | numerator | denominator | value
        WK990101 |           | 16        | 20          | 17.0
        WK990101 | p90       | -         | -           | 40.0
        WK990101 | norm      | -         | -           | 0.85
        WK990101 | open      | -         | -           | 4.0
        WK990101 | w00       | 0         | 0           | -
        WK990101 | w01       | 14        | 14          | -
        WK990102 |           | 7         | 9           | 17.0
        WK990102 | p90       | -         | -           | -
        WK990102 | norm      | -         | -           | 0.5
        WK990102 | open      | -         | -           | 2.0
        WK990102 | w01       | 4         | 5           | -
        """).with_columns(availability=pl.lit("observed"))
    check(
        internal(placed(exact), Internal(), norm=7),
        """
        area     | breakdown | value | held
        WK990101 |           | 17.0  | no
        WK990101 | p90       | 40.0  | no
        WK990101 | norm      | 0.85  | no
        WK990101 | open      | 4.0   | no
        WK990102 |           | 17.0  | yes
        WK990102 | p90       | -     | yes
        WK990102 | norm      | 0.5   | yes
        WK990102 | open      | 2.0   | yes
        """,
    )


TOWNS = 400
"""Made-up towns, each with its own number of waits, speed, and share that still waits."""


def made_up(seed: int) -> pl.DataFrame:
    """Return amount, numerator, denominator per town and day."""
    chance = np.random.default_rng(seed)
    asked = chance.integers(60, 400, TOWNS)
    town = np.repeat(np.arange(TOWNS), asked)
    days = chance.gamma(2.0, chance.uniform(5, 40, TOWNS)[town]).astype(np.int64)
    known = chance.integers(1, 200, len(town))
    over = days <= known
    rows = {"area": town, "amount": np.minimum(days, known), "numerator": over.astype(int)}
    each = pl.DataFrame(rows).with_columns(pl.col("area").cast(pl.String), denominator=1)
    return placed(each.group_by("area", "amount").agg(pl.all().sum()))


def loosely_rounded(counted: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Round every count to either neighbouring multiple of the base, by chance."""
    chance = np.random.default_rng(seed)
    base, told = RULES.base, counted.select("numerator", "denominator").to_numpy()
    below = told - told % base
    helped, asked = (below + base * ((told > below) & chance.integers(0, 2, told.shape))).T
    both = {"numerator": np.minimum(helped, asked), "denominator": asked}
    return counted.with_columns(pl.Series(name, counts) for name, counts in both.items())


@pytest.mark.parametrize("seed", range(5))
def test_value_and_limits_cover_the_exact_ones_however_the_counts_were_rounded(seed: int) -> None:
    exact = placed(read(made_up(seed), WAIT))
    counted = exact.drop_nulls("denominator")
    found = public(loosely_rounded(counted, seed + 100), RULES, norm=42, least=50)
    both = found.filter(~pl.col("held") & (pl.col("breakdown") != "open")).join(
        exact, on=["area", "breakdown"], suffix="_exact", validate="1:1"
    )
    low, high = pl.col("lower"), pl.col("upper")
    weeks = pl.col("breakdown") != "norm"
    lower = pl.when(weeks).then((pl.col("lower_exact") / 7).ceil() * 7).otherwise("lower_exact")
    assert both.height > TOWNS
    assert both.filter(low > lower).is_empty()
    assert both.filter(high < pl.col("upper_exact")).is_empty()
    assert both.filter(high.is_not_null() & pl.col("upper_exact").is_null()).is_empty()


def test_rounding_moves_half_of_the_medians_by_nothing_and_most_by_a_week_at_most() -> None:
    exact = placed(read(made_up(7), WAIT))
    found = public(loosely_rounded(exact.drop_nulls("denominator"), 8), RULES, norm=42, least=50)
    both = found.filter(~pl.col("held") & (pl.col("breakdown") == "")).join(
        exact, on=["area", "breakdown"], suffix="_exact", validate="1:1"
    )
    apart = both.select(((pl.col("value") / 7) - (pl.col("value_exact") / 7).ceil()).abs())
    shares = apart.select(none=(pl.col("value") == 0).mean(), one=(pl.col("value") <= 1).mean())
    assert shares.row(0) > (0.5, 0.95)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0 weken"), (7, "1 week"), (56, "8 weken"), (1, "1 dag"), (55, "55 dagen")],
)
def test_whole_weeks_are_written_as_weeks_and_all_else_in_days(value: float, text: str) -> None:
    assert days(value) == text


def asked_in(area: str, days: list[int], *, known: int) -> pl.DataFrame:
    """Return waits of one area that all began on one day, and are known for so many days."""
    begin = date(2026, 7, 1)
    ends = [begin + timedelta(one) if one <= known else None for one in days]
    rows = {"plaats": [area] * len(days), "dag": [begin] * len(days), "hulp": ends}
    return pl.DataFrame(rows, schema_overrides={"hulp": pl.Date})


def test_an_edition_shows_whole_weeks_and_inside_days_and_neither_shows_the_weeks_apart() -> None:
    rows = pl.concat(
        [
            asked_in("9901AA", [10, 20, 30, 40, 50, 60] * 10 + [200] * 5, known=91),
            asked_in("9902AA", [10, 20] * 10 + [200] * 5, known=91),
        ]
    )
    both = {"numerator": EVENTS, "denominator": EVENTS, "term": TERM, "additive_over": ("area",)}
    levels = {Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.QUARTER}
    town = agreement(indicators={"I01": indicator(way="wait", levels=levels, **both)})
    seen = observe(
        town,
        {"meldingen": rows.with_columns(_partner=pl.lit("gemeente"))},
        areas(),
        quarters=("2026K3",),
        known_at=date(2026, 10, 28),
        deliveries=deliveries(("gemeente", "meldingen", "2026K3", True)),
    )
    parents = {"WK990101": "GM9901", "WK990102": "GM9901", "onbekend": "GM9901"}
    public_ = publish(seen, town, "2026K3", parents=parents)
    inside = confidential(
        seen, town, "2026K3", parents=parents, rounded=public_.rounded, earlier=NO_CELLS
    )

    # Every count is a multiple of 5, and stays. Of 65 in wijk 01 half were helped after 40 days, so
    # within 6 weeks; of 90 in town after 30. Within 8 weeks 50 of 65 were, and 70 of 90.
    held = "afgeschermd"
    assert told(public_.figures) == {
        "GM9901": ["5 weken", held, "78 %", "10"],
        "WK990101": ["6 weken", held, "77 %", held],
        "WK990102": [held] * 4,
        "onbekend": [held] * 4,
    }
    # Nobody waits in the rest area, which is held back; and so that it stays so, one wijk with it.
    assert told(inside.figures) == {
        "GM9901": ["30 dagen", held, "78 %", "10"],
        "WK990101": ["40 dagen", "60 dagen", "77 %", "5"],
        "WK990102": [held, held, "80 %", held],
        "onbekend": [held] * 4,
    }


def told(figures: pl.DataFrame) -> dict[str, list[str]]:
    """Return what is shown per area, of the figure itself, p90, norm and open."""
    order = pl.col("breakdown").replace_strict({"": 0, "p90": 1, "norm": 2, "open": 3})
    shown = figures.sort("area_code", order).group_by("area_code", maintain_order=True)
    return dict(shown.agg("shown").iter_rows())

"""What partners register in a simulated municipality: rows by chance, many places with few of them.

Every row has the day on which it was registered, which may be long after it happened, and some are
taken back: so every edition knows a little more, and here and there less, than the one before.
"""

from datetime import date

import numpy as np
import polars as pl

from benchmarks.disclosure.municipality import CODE, Municipality
from transforms.periods import last_quarters, parse

LAST = "2026K3"
QUARTERS = tuple(last_quarters(LAST, 11))
"""Registered are eleven quarters, so that the first of eight editions has four."""

_LATE, _TAKEN_BACK = 0.12, 0.02
_NO_BUURT, _NO_WIJK = 0.03, 0.05

Rows = dict[str, pl.DataFrame]


def registrations(place: Municipality, chance: np.random.Generator) -> Rows:
    """Draw the rows of every contract: the columns that the agreement looks at, and when known.

    `geregistreerd` and `ingetrokken` (date, null where never) say from when until when a row is
    known; a contract without them is known from the beginning.
    """
    people = place.inhabitants
    reports = _happened(place, people // 90, chance, skew=1.0)
    help_ = _happened(place, people // 60, chance, skew=0.8)
    answers = _happened(place, people // 120, chance, skew=0.6)
    activities = _happened(place, people // 150, chance, skew=1.0)
    late = chance.random(reports.height) < _per_wijk(place, reports, chance, least=0.1, most=0.5)
    waited = late & (chance.random(reports.height) < 0.6)
    mean = _per_wijk(place, answers, chance, least=6.3, most=7.8)
    marks = chance.normal(mean, 1.4).round().clip(1, 10).astype(int)
    helped = _people(place, help_, chance)
    reached = _per_wijk(place, helped, chance, least=0.4, most=0.9)
    return {
        "meldingen": reports.with_columns(
            op_tijd=pl.Series(~late),
            zonder_uitstel=pl.Series(~late & ~waited),
            soort=_classes(reports.height, ("wmo", "jeugd", "geld", "anders"), chance),
        ),
        "hulp": helped.with_columns(
            vorm=_classes(help_.height, ("thuis", "dagbesteding", "begeleiding"), chance),
            doel_bereikt=pl.Series(chance.random(help_.height) < reached),
            schuld=pl.Series(chance.random(help_.height) < 0.25),
            opgelost=pl.Series(chance.random(help_.height) < 0.4),
        ),
        "enquete": answers.with_columns(ja=pl.Series(marks > 6), cijfer=pl.Series(marks)),
        "activiteiten": activities.with_columns(
            deelnemers=pl.Series(chance.geometric(0.12, activities.height))
        ),
        "kerncijfers": place.key_figures(),
        "cbs": _given(place, chance),
        "contracten": _contracts(place, chance),
    }


def known(rows: Rows, at: date) -> Rows:
    """Return what was known of the rows at the end of a day."""
    gone = (pl.col("ingetrokken") <= at).fill_null(False)
    seen = (pl.col("geregistreerd") <= at) & ~gone
    return {
        contract: frame.filter(seen) if registered(frame) else frame
        for contract, frame in rows.items()
    }


def registered(frame: pl.DataFrame) -> bool:
    """Return whether rows were registered over time, and not known from the beginning."""
    return "geregistreerd" in frame.columns


def _happened(
    place: Municipality, per_quarter: int, chance: np.random.Generator, *, skew: float
) -> pl.DataFrame:
    """Draw rows: dag, plaats, partner, geregistreerd, ingetrokken."""
    days = np.concatenate([_days(quarter, per_quarter, chance) for quarter in QUARTERS])
    height = days.size
    delay = np.where(chance.random(height) < _LATE, chance.exponential(70, height), 0).astype(int)
    known_on = days + delay
    gone = known_on + chance.integers(30, 200, height)
    back = chance.random(height) < _TAKEN_BACK
    weight = chance.dirichlet(np.full(len(place.partners), 1.5))
    return pl.DataFrame(
        {
            "dag": days,
            "plaats": _places(place, height, chance, skew=skew),
            "partner": chance.choice(np.array(place.partners), height, p=weight),
            "geregistreerd": known_on,
            "ingetrokken": gone,
        }
    ).with_columns(ingetrokken=pl.when(pl.Series(back)).then("ingetrokken"))


def _days(quarter: str, count: int, chance: np.random.Generator) -> np.ndarray:
    span = parse(quarter)
    begin = np.datetime64(span.begin, "D")
    return begin + chance.integers(0, (span.end - span.begin).days + 1, count)


def _places(
    place: Municipality, height: int, chance: np.random.Generator, *, skew: float
) -> np.ndarray:
    """Draw where: mostly a buurt, by who lives there and how much is going on; else less exact."""
    lives = place.buurten["inhabitants"].to_numpy()
    weight = lives * chance.lognormal(0, skew, lives.size)
    drawn = chance.choice(lives.size, height, p=weight / weight.sum())
    buurt = place.buurten["code"].to_numpy()[drawn]
    wijk = place.buurten["district"].to_numpy()[drawn]
    told = chance.random(height)
    return np.where(told < _NO_WIJK, CODE, np.where(told < _NO_WIJK + _NO_BUURT, wijk, buurt))


def _people(place: Municipality, rows: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Say of each row whose it is: people come back, and some live elsewhere by then."""
    drawn = chance.integers(0, max(rows.height // 3, 1), rows.height)
    named = rows.with_columns(persoon=pl.Series(drawn).cast(pl.String))
    first = pl.col("plaats").first().over("persoon", order_by="dag")
    moved = pl.Series(chance.random(rows.height) < 0.1)
    return named.with_columns(plaats=pl.when(moved).then("plaats").otherwise(first))


def _per_wijk(
    place: Municipality,
    rows: pl.DataFrame,
    chance: np.random.Generator,
    *,
    least: float,
    most: float,
) -> np.ndarray:
    """Return a number for each row that is drawn once per wijk: wijken differ."""
    wijken = place.buurten["district"].unique().sort()
    drawn = pl.Series(chance.uniform(least, most, wijken.len()))
    wijk = "WK" + rows["plaats"].str.slice(2, 6)
    return wijk.replace_strict(wijken, drawn, default=(least + most) / 2).to_numpy()


def _classes(height: int, names: tuple[str, ...], chance: np.random.Generator) -> pl.Series:
    """Draw a class for each row; each next one is about half as common."""
    weight = 0.5 ** np.arange(len(names))
    return pl.Series(chance.choice(np.array(names), height, p=weight / weight.sum()))


def _given(place: Municipality, chance: np.random.Generator) -> pl.DataFrame:
    """Draw what a statistics office gives per wijk and year: a share, here and there held back."""
    areas = [CODE, *place.buurten["district"].unique().sort()]
    rows = [(str(year), area) for year in (2024, 2025) for area in areas]
    share = chance.integers(4, 18, len(rows)) / 100
    values = [None if chance.random() < 0.1 else float(one) for one in share]
    given = pl.DataFrame(rows, schema=["periode", "plaats"], orient="row")
    return given.with_columns(waarde=pl.Series(values, dtype=pl.Float64))


def _contracts(place: Municipality, chance: np.random.Generator) -> pl.DataFrame:
    """Draw what the municipality pays each partner in a year; that is public."""
    rows = [(date(year, 1, 1), CODE, one) for year in (2024, 2025) for one in place.partners]
    paid = pl.DataFrame(rows, schema=["dag", "plaats", "partner"], orient="row")
    return paid.with_columns(bedrag=pl.Series(chance.integers(20, 900, len(rows)) * 1_000.0))

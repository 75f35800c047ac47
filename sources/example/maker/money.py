"""Money per agreement (L11): what was budgeted, granted, paid in advance and spent.

The agreements with the partners of Voorbeeldstad come first, then those with other providers, as
many as a municipality of that size has. Amounts count from 1 January, so they only grow in a year.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker.chance import stream
from sources.example.maker.quarters import Quarter

# Agreement, resultaatblad, boog, and euros granted per inhabitant in a year.
_PARTNERS: Final = (
    ("welzijn", "meedoen", 2, 25.4),
    ("welzijn", "zich_redden", 2, 3.6),
    ("bibliotheek", "meedoen", 2, 6.2),
    ("bibliotheek", "zich_redden", 1, 1.4),
    ("vluchtelingenwerk", "meedoen", 2, 4.1),
    ("vluchtelingenwerk", "zich_redden", 2, 2.2),
    ("sociaal_team", "snelle_hulp", 1, 9.5),
    ("sociaal_team", "zich_redden", 2, 21.0),
)
_SHEETS = (("begeleiding", 4), ("dagbesteding", 3), ("vervoer", 3))  # of another provider
_PER_INHABITANT = 18.0  # euros for one provider and sheet, in a municipality of 1,000
_ROWS_PER_1000 = 2.4

_KEY = ["overeenkomst_id", "resultaatblad_id", "boog"]
_AMOUNTS = ["begroot", "toegekend", "bevoorschot", "besteed", "prognose"]


def delivery(quarter: Quarter, *, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return the rows of L11 of a quarter: per agreement the whole, and then its parts."""
    parts = _spent(_granted(quarter.year, inhabitants, seed), quarter, seed)
    nothing = pl.lit(None, dtype=pl.String)
    whole = (
        parts.group_by("overeenkomst_id", maintain_order=True)
        .agg(pl.col(_AMOUNTS).sum().round(2))
        .with_columns(resultaatblad_id=nothing, boog=pl.lit(None, dtype=pl.Int64))
    )
    rows = pl.concat([whole, parts], how="diagonal").sort(
        _KEY, nulls_last=False, maintain_order=True
    )
    return rows.select(
        "overeenkomst_id",
        "resultaatblad_id",
        pl.lit(str(quarter)).alias("periode"),
        "boog",
        *_AMOUNTS,
        pl.lit("administratie").alias("bron"),
    )


def _granted(year: int, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return what each part of each agreement was granted for a year, in whole thousands."""
    rows = [(*part[:3], part[3] * inhabitants) for part in _PARTNERS]
    partners = len({part[0] for part in _PARTNERS})
    wanted = round(_ROWS_PER_1000 * inhabitants / 1000) - len(_PARTNERS) - partners
    for number in range(1, max(round(wanted / (len(_SHEETS) + 1)), 0) + 1):
        name = f"inkoop-{number:04d}"
        rows += [(name, sheet, boog, _PER_INHABITANT * 1000) for sheet, boog in _SHEETS]
    parts = pl.DataFrame(rows, schema=[*_KEY, "usual"], orient="row")
    chance = stream(seed, "begroting", year)
    size = np.exp(chance.normal(0, 0.25, parts.height)) * 1.03 ** (year - 2026)
    granted = np.maximum(np.round(parts["usual"].to_numpy() * size / 1000), 1) * 1000
    room = np.round(granted * chance.uniform(1.0, 1.05, parts.height) / 100) * 100
    return parts.select(_KEY, begroot=pl.Series(room), toegekend=pl.Series(granted))


def _spent(parts: pl.DataFrame, quarter: Quarter, seed: int) -> pl.DataFrame:
    """Add what was paid and spent until the end of the quarter, and what is expected."""
    chance = stream(seed, "besteding", quarter.year)
    count = parts.height
    granted = parts["toegekend"].to_numpy()
    final = granted * chance.uniform(0.9, 1.08, count)
    pace = chance.dirichlet([40.0] * 4, count).cumsum(axis=1)[:, quarter.number - 1]
    spent = np.round(final * pace, 2)
    expected = np.round(final * chance.uniform(0.98, 1.02, count) / 100) * 100
    return parts.with_columns(
        bevoorschot=pl.Series(np.round(granted * quarter.number / 4, 2)),
        besteed=pl.Series(spent),
        prognose=pl.Series(np.maximum(expected, np.ceil(spent))),
    )

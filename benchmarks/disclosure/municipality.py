"""A simulated municipality: its wijken and buurten, who lives there, and who works there."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.areas import Hierarchy, hierarchy

CODE = "GM9902"
YEAR = 2026

DISTRICTS = {25_000: 5, 60_000: 12, 160_000: 40}
"""How many wijken a municipality of so many inhabitants has; of another size, one per 5,000."""

_PARTNERS = {25_000: 3, 60_000: 7, 160_000: 12}
_SKEW = 0.9
"""Of the logarithm of a buurt's inhabitants: many small buurten, a few large ones."""

_EMPTY = 0.06
"""The share of buurten in which (nearly) nobody lives, such as a business park."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """Where people live: `buurten` has code, district and inhabitants, sorted by code."""

    buurten: pl.DataFrame
    partners: tuple[str, ...]

    @property
    def inhabitants(self) -> int:
        """How many people live there."""
        return int(self.buurten["inhabitants"].sum())

    @property
    def areas(self) -> Hierarchy:
        """The areas as the program knows them."""
        districts = self.buurten["district"].unique().sort()
        rows: list[tuple[int, str, str, str | None]] = [(YEAR, CODE, "Simulatiestad", None)]
        rows += [(YEAR, code, f"Wijk {code[-2:]}", CODE) for code in districts]
        rows += [
            (YEAR, code, f"Buurt {code[-4:]}", district)
            for code, district in self.buurten.select("code", "district").iter_rows()
        ]
        division = pl.DataFrame(rows, schema=["jaar", "code", "naam", "ouder"], orient="row")
        return hierarchy(division, municipality=CODE, year=YEAR)

    def key_figures(self) -> pl.DataFrame:
        """Return the public number of inhabitants of every area: jaar, code, inwoners."""
        whole = pl.DataFrame({"code": [CODE], "inwoners": [self.inhabitants]})
        number = pl.col("inhabitants").alias("inwoners")
        districts = self.buurten.group_by(pl.col("district").alias("code")).agg(number.sum())
        every = pl.concat([whole, districts, self.buurten.select("code", number)])
        return every.sort("code").select(pl.lit(YEAR - 3).alias("jaar"), "code", "inwoners")


def municipality(inhabitants: int, chance: np.random.Generator) -> Municipality:
    """Draw a municipality of so many inhabitants."""
    districts = DISTRICTS.get(inhabitants, max(2, inhabitants // 5_000))
    per_district = chance.integers(3, 6, districts, endpoint=True)
    district = np.repeat(np.arange(1, districts + 1), per_district)
    number = np.concatenate([np.arange(1, n + 1) for n in per_district])
    size = chance.lognormal(0, _SKEW, district.size)
    size[chance.random(district.size) < _EMPTY] /= 200
    lives = chance.multinomial(inhabitants, size / size.sum())
    codes = [f"WK9902{wijk:02d}" for wijk in district]
    buurten = pl.DataFrame(
        {
            "code": [f"BU{wijk[2:]}{n:02d}" for wijk, n in zip(codes, number, strict=True)],
            "district": codes,
            "inhabitants": lives,
        }
    )
    count = _PARTNERS.get(inhabitants, 3)
    return Municipality(buurten, tuple(f"partner_{n:02d}" for n in range(1, count + 1)))

"""Scores on the Zelfredzaamheid-Matrix (ZRM), at the start and at the end of a traject.

Thirteen domains, each from 1 (acute problems) to 5 (fully self-reliant). Few trajecten are scored
twice: in practice about three in ten (domain.md, section 2.4).
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker.people import NEVER, Integers
from sources.example.maker.quarters import Quarter
from sources.example.maker.residents import Chance, Flags
from sources.example.maker.terms import dates

DOMAINS: Final = (
    "financien",
    "werk_opleiding",
    "tijdsbesteding",
    "huisvesting",
    "huiselijke_relaties",
    "geestelijke_gezondheid",
    "lichamelijke_gezondheid",
    "middelengebruik",
    "basale_adl",
    "instrumentele_adl",
    "sociaal_netwerk",
    "participatie",
    "justitie",
)
_BEGIN = ("zrm_begin_datum", *(f"zrm_begin_{name}" for name in DOMAINS))
_END = ("zrm_eind_datum", *(f"zrm_eind_{name}" for name in DOMAINS))
COLUMNS: Final = ("zrm_versie", *_BEGIN, *_END)

_SCORED, _SCORED_AGAIN = 0.6, 0.5
_APART = 30  # days; the ZRM looks back a month
_STEPS, _STEP_SHARES = [-1, 0, 1, 2], [0.10, 0.50, 0.32, 0.08]


def scores(planned: Flags, start: Integers, end: Integers, chance: Chance) -> pl.DataFrame:
    """Return the columns of the ZRM; where nothing is scored, on a day that never comes."""
    count = len(planned)
    scored = planned & (chance.random(count) < _SCORED)
    first = start + chance.integers(0, 8, count)
    again = scored & (end - first > _APART) & (chance.random(count) < _SCORED_AGAIN)
    before = np.clip(np.round(chance.normal(3.2, 0.9, (len(DOMAINS), count))), 1, 5)
    step = chance.choice(_STEPS, (len(DOMAINS), count), p=_STEP_SHARES)
    after = np.clip(before + step, 1, 5)
    return pl.DataFrame(
        {
            "zrm_versie": np.full(count, "zrm_13"),
            "zrm_begin_datum": dates(np.where(scored, first, NEVER)),
            "zrm_eind_datum": dates(np.where(again, end, NEVER)),
            **dict(zip(_BEGIN[1:], before.astype(np.int64), strict=True)),
            **dict(zip(_END[1:], after.astype(np.int64), strict=True)),
        }
    )


def known(quarter: Quarter) -> list[pl.Expr]:
    """Return the columns as known on the last day of a quarter: empty before they are scored."""
    begun = pl.col("zrm_begin_datum") <= quarter.last
    again = pl.col("zrm_eind_datum") <= quarter.last
    return [
        *(pl.when(begun).then(name).alias(name) for name in ("zrm_versie", *_BEGIN)),
        *(pl.when(again).then(name).alias(name) for name in _END),
    ]

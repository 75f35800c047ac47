"""Change on the Zelfredzaamheid-Matrix (ZRM) between the start and the end of a traject.

Only domains that belong to what the help was about count, and only those scored at both moments: a
score on money says nothing of help with raising children. Domain, 2.4 and indicator I02.
"""

from functools import reduce
from operator import or_
from typing import Final

import polars as pl

from sources.contracts.derived.team_afgerond import ZRM_DOMAINS

# Per leefgebied of the traject the domains of the matrix that it is about. Ours, and [design].
_ABOUT: Final = {
    "wonen": ("huisvesting",),
    "huishouden": ("basale_adl", "instrumentele_adl"),
    "geld": ("financien",),
    "werk_en_dag": ("werk_opleiding", "tijdsbesteding"),
    "gezondheid": ("geestelijke_gezondheid", "lichamelijke_gezondheid", "middelengebruik"),
    "sociaal_netwerk": ("sociaal_netwerk", "participatie"),
    "opvoeden": ("huiselijke_relaties",),
    "zelfzorg": ("basale_adl",),
    "mantelzorg": ("sociaal_netwerk",),
    "vervoer": ("participatie",),
}

_APART = 30
"""Days between two measurements: the matrix looks back over about a month."""


def change() -> pl.Expr:
    """Return how many points a traject went forward (or back, below zero), over its domains.

    Null where it was not measured twice: no domain of its own scored at both moments, or the
    moments less than 30 days apart. Where no known leefgebied is named, all domains count.
    """
    named = {area: _names(area) for area in _ABOUT}
    unnamed = ~pl.any_horizontal(named.values())
    steps = []
    for domain in ZRM_DOMAINS:
        areas = [named[area] for area, domains in _ABOUT.items() if domain in domains]
        counts = reduce(or_, areas, unnamed)
        step = pl.col(f"zrm_eind_{domain}") - pl.col(f"zrm_begin_{domain}")
        steps.append(pl.when(counts).then(step))
    days = (pl.col("zrm_eind_datum") - pl.col("zrm_begin_datum")).dt.total_days()
    scored = pl.any_horizontal(step.is_not_null() for step in steps)
    return pl.when(scored & (days >= _APART)).then(pl.sum_horizontal(steps))


def _names(area: str) -> pl.Expr:
    """Return whether a traject names a leefgebied; the list is one text with commas."""
    listed = pl.format(",{},", pl.col("leefgebieden").str.replace_all(" ", ""))
    return listed.str.contains(f",{area},", literal=True).fill_null(False)

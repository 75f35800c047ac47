"""One big delivery at once, for benchmarks: the same makers, another size."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from sources.example.maker import (
    activities,
    benefits,
    care,
    conversions,
    debts,
    integration,
    money,
    registrations,
    teams,
    youth,
)
from sources.example.maker.files import csv_bytes
from sources.example.maker.quarters import Quarter

_QUARTER = Quarter(2026, 3)
_ORIGIN = Quarter(2026, 1)
_INHABITANTS_PER_MELDING = 82  # of which 75 suffice on average
_SPARE_INHABITANTS = 20_000  # a small delivery varies more
_PARTNER = "welzijn"  # a delivery is of one partner
_LAST_YEAR = 2100
_PLACES_AT_LEAST = 190  # rows that its activities give; mostly 220


def one_delivery(contract_id: str, *, rows: int, path: Path, seed: int = 9901) -> Path:
    """Write a faultless delivery over 2026K3 of exactly `rows` rows as CSV; return its path.

    `contract_id` is one of `_TABLES`; KeyError for any other. `partner_activiteiten` is of one
    partner with more activities than a city could hold; its area codes are those of Voorbeeldstad.
    """
    table = _TABLES[contract_id]
    path.write_bytes(csv_bytes(table(rows, seed)))
    return path


def _meldingen(rows: int, seed: int) -> pl.DataFrame:
    inhabitants = rows * _INHABITANTS_PER_MELDING + _SPARE_INHABITANTS
    histories = registrations.histories(
        inhabitants=inhabitants, last=_QUARTER, seed=seed, origin=_ORIGIN
    )
    return registrations.delivery(histories, _QUARTER).head(rows)


def _activities(rows: int, seed: int) -> pl.DataFrame:
    catalogue = activities.catalogue().filter(pl.col("partner") == _PARTNER)
    copies = rows // _PLACES_AT_LEAST + 1
    numbers = pl.DataFrame({"copy": range(copies)})
    wide = catalogue.join(numbers, how="cross").with_columns(
        id=pl.format("{}-{}", "id", pl.col("copy").cast(pl.String).str.zfill(5))
    )
    spots = activities.places(wide.drop("copy"), seed=seed)
    return activities.delivery(spots, _QUARTER, inhabitants=60_000, seed=seed).head(rows)


def _toewijzingen(rows: int, seed: int) -> pl.DataFrame:
    people = _city(rows, 100)
    meldingen = registrations.histories(
        inhabitants=people, last=_QUARTER, seed=seed, origin=_ORIGIN
    )
    granted = care.histories(meldingen, inhabitants=people, last=_QUARTER, seed=seed)
    return care.delivery(granted, _QUARTER).head(rows)


def _youngsters(rows: int, seed: int) -> pl.DataFrame:
    trajecten = youth.histories(inhabitants=_city(rows, 29), last=_QUARTER, seed=seed)
    return youth.delivery(trajecten, _QUARTER).head(rows)


def _newcomers(rows: int, seed: int) -> pl.DataFrame:
    came = integration.histories(inhabitants=_city(rows, 3.9), last=_QUARTER, seed=seed)
    return integration.delivery(came, _QUARTER).head(rows)


def _benefits(rows: int, seed: int) -> pl.DataFrame:
    spells = benefits.histories(inhabitants=_city(rows, 26), last=_QUARTER, seed=seed)
    return benefits.delivery(spells, _QUARTER).head(rows)


def _trajects(rows: int, seed: int) -> pl.DataFrame:
    people = _city(rows, 17)
    meldingen = registrations.histories(
        inhabitants=people, last=_QUARTER, seed=seed, origin=_ORIGIN
    )
    trajects = teams.histories(meldingen, inhabitants=people, last=_QUARTER, seed=seed)
    return teams.delivery(trajects, _QUARTER).head(rows)


def _signals(rows: int, seed: int) -> pl.DataFrame:
    return debts.signals(_QUARTER, inhabitants=_city(rows, 9), seed=seed).head(rows)


def _debtors(rows: int, seed: int) -> pl.DataFrame:
    people = _city(rows, 3.5)
    trajects = debts.histories(inhabitants=people, last=_QUARTER, seed=seed)
    return debts.trajects(trajects, _QUARTER).head(rows)


def _amounts(rows: int, seed: int) -> pl.DataFrame:
    return money.delivery(_QUARTER, inhabitants=_city(rows, 2.3), seed=seed).head(rows)


def _conversions(rows: int, _: int) -> pl.DataFrame:
    """Return areas that stay as they are, to 2026 and on to later years; no chance in it."""
    parts: list[pl.DataFrame] = []
    for year in range(_QUARTER.year, _LAST_YEAR + 1):
        parts.append(conversions.conversions(year).filter(pl.col("reden") == "gelijk"))
        if sum(part.height for part in parts) >= rows:
            break
    return pl.concat(parts).head(rows)


def _city(rows: int, per_1000: float) -> int:
    """Return the inhabitants that give at least so many rows."""
    return round(rows * 1000 / per_1000) + _SPARE_INHABITANTS


_TABLES: Final[dict[str, Callable[[int, int], pl.DataFrame]]] = {
    "wmo_meldingen": _meldingen,
    "wmo_toewijzingen": _toewijzingen,
    "jeugd_trajecten": _youngsters,
    "inburgering_trajecten": _newcomers,
    "gebied_omrekening": _conversions,
    "partner_activiteiten": _activities,
    "pwet_uitkeringen": _benefits,
    "sociaal_team_trajecten": _trajects,
    "schuldhulp_signalen": _signals,
    "schuldhulp_trajecten": _debtors,
    "financien": _amounts,
}

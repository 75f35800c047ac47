"""One big delivery at once, for benchmarks: the same makers, another size."""

from pathlib import Path

import polars as pl

from sources.example.maker import activities, registrations
from sources.example.maker.files import csv_bytes
from sources.example.maker.quarters import Quarter

_QUARTER = Quarter(2026, 3)
_ORIGIN = Quarter(2026, 1)
_INHABITANTS_PER_MELDING = 82  # of which 75 suffice on average
_SPARE_INHABITANTS = 20_000  # a small delivery varies more
_PARTNER = "welzijn"  # a delivery is of one partner
_PLACES_AT_LEAST = 190  # rows that its activities give; mostly 220


def one_delivery(contract_id: str, *, rows: int, path: Path, seed: int = 9901) -> Path:
    """Write a faultless delivery over 2026K3 of exactly `rows` rows as CSV; return its path.

    `contract_id` is `wmo_meldingen` or `partner_activiteiten`; KeyError for any other. The second
    is of one partner with more activities than a city could hold; its area codes are those of
    Voorbeeldstad.
    """
    table = {"wmo_meldingen": _meldingen, "partner_activiteiten": _activities}[contract_id]
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

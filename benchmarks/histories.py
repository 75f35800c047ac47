"""Eight quarters of big deliveries: meldingen with a history, and activities counted."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from sources.example import maker
from sources.example.maker import activities, registrations
from sources.example.maker.files import csv_bytes
from sources.example.maker.quarters import Quarter

_INHABITANTS_PER_ROW = 8.7  # of meldingen, over eight quarters


def files(folder: Path, rows: int) -> Iterator[tuple[str, str, Path]]:
    """Yield contract, period and file of each quarter; about `rows` rows of each contract."""
    folder.mkdir()
    quarters = [Quarter.of(name) for name in maker.QUARTERS]
    histories = registrations.histories(
        inhabitants=int(rows * _INHABITANTS_PER_ROW), last=quarters[-1], seed=maker.SEED
    )
    spots = _spots(rows // len(quarters))
    for quarter in quarters:
        meldingen = registrations.delivery(histories, quarter)
        yield "wmo_meldingen", str(quarter), _written(folder, f"L01_{quarter}", meldingen)
        counted = activities.delivery(
            spots, quarter, inhabitants=maker.INHABITANTS, seed=maker.SEED
        )
        yield "partner_activiteiten", str(quarter), _written(folder, f"L06_{quarter}", counted)


def _spots(rows: int) -> pl.DataFrame:
    """Return about so many activities at a place, numbered apart; all of one partner."""
    own = activities.catalogue().filter(pl.col("partner") == "welzijn")
    copies = max(rows // activities.places(own, seed=maker.SEED).height, 1)
    wide = own.join(pl.DataFrame({"copy": range(copies)}), how="cross")
    named = wide.with_columns(id=pl.format("{}-{}", "id", "copy")).drop("copy")
    return activities.places(named, seed=maker.SEED)


def _written(folder: Path, name: str, table: pl.DataFrame) -> Path:
    path = folder / f"{name}.csv"
    path.write_bytes(csv_bytes(table))
    return path

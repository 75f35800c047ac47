"""What the auditorium harvested, as far as an edition may know it."""

from datetime import datetime

import polars as pl

from flows.settings import ZONE, Town
from sources.store import Store
from transforms.harvest import harvested

CONTRACT = "auditorium_oogst"


def shown(town: Town, store: Store, *, known_at: datetime) -> pl.DataFrame:
    """Return the harvest of every talk up to a moment; columns `transforms.harvest.HARVEST`."""
    rows = store.accepted(town.contracts[CONTRACT], known_at=known_at)
    return harvested(rows, known_on=known_at.astimezone(ZONE).date())

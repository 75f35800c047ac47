"""The only room that opens DuckDB: received, accepted, observed and published."""

from sources.store.connection import Connection, staging
from sources.store.deliveries import Delivery
from sources.store.figures import EditionRecord
from sources.store.states import IllegalTransition, State
from sources.store.store import Store

__all__ = [
    "Connection",
    "Delivery",
    "EditionRecord",
    "IllegalTransition",
    "State",
    "Store",
    "staging",
]

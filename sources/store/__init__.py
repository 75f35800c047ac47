"""The only room that opens DuckDB: received, accepted, observed and published."""

from sources.store.aliases import Alias
from sources.store.connection import Connection, staging
from sources.store.copy import copied
from sources.store.deliveries import Delivery
from sources.store.figures import EditionRecord
from sources.store.life import Event
from sources.store.lock import StoreInUse
from sources.store.log import Action, Deed, Line, broken
from sources.store.opening import at_rest
from sources.store.states import IllegalTransition, State
from sources.store.store import Store
from sources.store.stories import Said, StoryEvent
from sources.store.tombstones import RETENTION, Tombstone, forbidden

__all__ = [
    "RETENTION",
    "Action",
    "Alias",
    "Connection",
    "Deed",
    "Delivery",
    "EditionRecord",
    "Event",
    "IllegalTransition",
    "Line",
    "Said",
    "State",
    "Store",
    "StoreInUse",
    "StoryEvent",
    "Tombstone",
    "at_rest",
    "broken",
    "copied",
    "forbidden",
    "staging",
]

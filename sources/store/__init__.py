"""The only room that opens DuckDB: received, accepted, observed and published."""

from sources.store.aliases import Alias
from sources.store.connection import Connection, staging
from sources.store.copy import copied
from sources.store.deliveries import Delivery
from sources.store.figures import EditionRecord, Established
from sources.store.life import Event
from sources.store.lock import StoreInUse
from sources.store.log import Action, Deed, Line, broken
from sources.store.opening import at_rest
from sources.store.responses import Response
from sources.store.states import IllegalTransition, State
from sources.store.store import Store
from sources.store.stories import Said, StoryEvent
from sources.store.tables import AT_ONCE
from sources.store.tombstones import RETENTION, Tombstone, forbidden

__all__ = [
    "AT_ONCE",
    "RETENTION",
    "Action",
    "Alias",
    "Connection",
    "Deed",
    "Delivery",
    "EditionRecord",
    "Established",
    "Event",
    "IllegalTransition",
    "Line",
    "Response",
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

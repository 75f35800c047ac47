"""What there is to say of one file: the same for the self-check as for the real thing."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.settings import Town
from sources import conform, gate, manifest, pseudonyms, readers, scope
from sources.contracts.model import Contract
from sources.inbox import Parcel
from sources.keys import Keys
from sources.store import Connection, Store
from sources.verdict import Verdict

WORKBENCH = Path(tempfile.gettempdir())
"""Where a reader puts its private copy of a file that DuckDB cannot read as it is."""

NOT_YET = "X501"
"""The code of what cannot be judged before another delivery came: nobody's fault."""


def judge(
    town: Town, parcel: Parcel, *, keys: Keys, staged: Connection, store: Store, at: datetime
) -> Verdict:
    """Read and judge a file, against what the store knew at a moment.

    Leaves in `staged` the tables that `Store.keep` takes. Person columns are pseudonyms before
    anything else looks at them.
    """
    contract = town.contracts[parcel.contract]
    store.references(contract, town.contracts, staged=staged, known_at=at)
    previous = _previous(store, parcel, contract, staged=staged, at=at)
    return _verdict(town, parcel, contract, keys=keys, staged=staged, previous=previous)


def judge_alone(town: Town, parcel: Parcel, *, keys: Keys, staged: Connection) -> Verdict:
    """Read and judge a file by itself: without the rules that look into other deliveries."""
    contract = town.contracts[parcel.contract]
    tables = [f"ref_{name}" for name in contract.references]
    own = [rule for rule in contract.rules if not any(t in rule.broken for t in tables)]
    alone = replace(contract, references=(), rules=tuple(own))
    return _verdict(town, parcel, alone, keys=keys, staged=staged, previous=None)


def _verdict(
    town: Town,
    parcel: Parcel,
    contract: Contract,
    *,
    keys: Keys,
    staged: Connection,
    previous: gate.Previous | None,
) -> Verdict:
    municipality = town.agreement.general.municipality
    reading = readers.read(contract, parcel.path, staged)
    if not reading.refused:
        scope.derive(contract, staged, period=parcel.period)
        reading = scope.narrow(contract, staged, reading, municipality=municipality.code)
    if not reading.refused:
        pseudonyms.replace(contract, staged, keys, municipality=municipality)
        conform.conform(contract, staged)
        reading = manifest.compare(contract, staged, reading, parcel)
    return gate.judge(contract, staged, reading, previous)


def _previous(
    store: Store, parcel: Parcel, contract: Contract, *, staged: Connection, at: datetime
) -> gate.Previous | None:
    """Return the accepted delivery to compare with: of the same period, else the latest before."""
    found = store.to_compare(parcel, known_at=at)
    if found is None:
        return None
    same_period = found.period == parcel.period
    if same_period:
        store.stage_rows(contract, found.id, staged=staged, table="previous_rows")
    rows, missing = store.profile(contract, found.id)
    return gate.Previous(
        period=found.period,
        profile=gate.Profile(rows, missing),
        same_period=same_period,
        announced=parcel.correction,
    )

"""What there is to say of one file: the same for the self-check as for the real thing."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flows.settings import ZONE, Town
from flows.steps.holding import held
from sources import conform, gate, manifest, pseudonyms, readers, scope
from sources.contracts.model import Contract
from sources.inbox import Parcel
from sources.keys import Keys
from sources.manifest import Manifest
from sources.privacy.staged import take_out
from sources.readers.reading import Reading, quoted
from sources.store import Alias, Connection, Store
from sources.verdict import Outcome, Verdict

DIVISION = "gebied_indeling"

NOT_YET = "X501"
"""The code of what cannot be judged before another delivery came: nobody's fault."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a file, and what a Voorblad in it says."""

    verdict: Verdict
    cover: Manifest


def judge(
    town: Town, parcel: Parcel, *, keys: Keys, staged: Connection, store: Store | None, at: datetime
) -> Judged:
    """Read and judge a file, against what the store knew at a moment.

    Without a store the rules that look into other deliveries are left out. Leaves in `staged` the
    tables that `Store.keep` takes. Person columns are pseudonyms before anything looks at them.
    """
    contract = _contract(town, parcel, store)
    if store:
        store.references(contract, town.contracts, staged=staged, known_at=at)
    reading = readers.read(contract, parcel.path, staged)
    said = (parcel.said, manifest.from_cover(reading.cover))
    parcel = manifest.completed(parcel, said)
    names = {name: partner.name for name, partner in town.agreement.partners.items()}
    reading = manifest.announced(contract, reading, parcel, said, partners=names)
    received_on = at.astimezone(ZONE).date()
    reading = manifest.begun(reading, parcel, received_on=received_on)
    if not reading.refused and not _rows(reading):
        return Judged(_nothing_to_tell(contract, staged, reading), said[1])
    reading = _conformed(
        town, parcel, contract, reading, said, keys=keys, staged=staged, received_on=received_on
    )
    previous = _previous(store, parcel, contract, staged=staged, at=at) if store else None
    verdict = gate.judge(contract, staged, reading, previous)
    return Judged(held(town, store, parcel, verdict, at=at) if store else verdict, said[1])


def with_aliases(contract: Contract, aliases: list[Alias]) -> Contract:
    """Return the contract as one partner may fill it: with the headers taken for its columns."""
    columns = []
    for column in contract.columns:
        own = tuple(each.header for each in aliases if each.column == column.name)
        columns.append(replace(column, aliases=(*column.aliases, *own)) if own else column)
    return replace(contract, columns=tuple(columns))


def _contract(town: Town, parcel: Parcel, store: Store | None) -> Contract:
    """Return the contract to judge by; without a store, without its looks into other deliveries."""
    contract = town.contracts[parcel.contract]
    if store:
        return with_aliases(contract, store.aliases(parcel.partner, contract.id))
    alone = contract.without(contract.looks_into)
    return replace(alone, references=(), consults=())


def _rows(reading: Reading) -> int:
    return reading.records.accepted + reading.records.quarantined


def _conformed(
    town: Town,
    parcel: Parcel,
    contract: Contract,
    reading: Reading,
    said: tuple[Manifest, ...],
    *,
    keys: Keys,
    staged: Connection,
    received_on: date,
) -> Reading:
    """Make `typed` of what was read, unless the file is refused on the way."""
    general = town.agreement.general
    municipality = general.municipality
    if not reading.refused:
        scope.derive(contract, staged, period=parcel.period)
        reading = scope.narrow(contract, staged, reading, municipality=municipality.code)
    if not reading.refused:
        pseudonyms.replace(
            contract, staged, keys, municipality=municipality, linking=general.linking
        )
        if contract.own_words:
            take_out(contract, staged, known=_names(town, contract, staged))
        conform.conform(contract, staged, period=parcel.period, received_on=received_on)
        reading = manifest.compare(contract, staged, reading, parcel, said)
    return reading


def _names(town: Town, contract: Contract, staged: Connection) -> set[str]:
    """Return the names that are of no person: of partners, and of areas where known."""
    general = town.agreement.general
    names = {general.municipality.name, *(one.name for one in town.agreement.partners.values())}
    names |= {one.name for one in town.agreement.areas.groupings.values()}
    if DIVISION in contract.references:
        names |= {name for (name,) in staged.sql(f"SELECT naam FROM ref_{DIVISION}").fetchall()}
    return names


def _nothing_to_tell(contract: Contract, staged: Connection, reading: Reading) -> Verdict:
    """Accept a delivery without rows, of which its sender said that there was nothing to tell."""
    columns = ", ".join(f"NULL::{c.type.stored} AS {quoted(c.name)}" for c in contract.columns)
    empty = f"SELECT NULL::BIGINT AS _row, {columns} WHERE false"
    staged.execute(f"CREATE OR REPLACE TABLE typed AS SELECT *, false AS _altered FROM ({empty})")
    for view in ("text", "accepted"):
        staged.execute(f"CREATE OR REPLACE VIEW {view} AS FROM typed")
    staged.execute("CREATE OR REPLACE TABLE quarantine (_row BIGINT, codes VARCHAR[])")
    return Verdict(Outcome.ACCEPTED, reading.records, reading.findings)


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

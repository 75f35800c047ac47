"""The store: everything received, accepted, observed and published, in one DuckDB file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import polars as pl

from sources.contracts.model import Column, Contract
from sources.inbox import Parcel
from sources.manifest.said import Manifest
from sources.store import (
    aliases,
    deliveries,
    figures,
    findings,
    intake,
    life,
    opening,
    protocol,
    rows,
    tombstones,
)
from sources.store.aliases import Alias
from sources.store.connection import Connection
from sources.store.deliveries import Delivery
from sources.store.figures import EditionRecord, Established
from sources.store.life import Event
from sources.store.log import Log
from sources.store.responses import Responses
from sources.store.stories import Stories
from sources.store.tombstones import Tombstone
from sources.verdict import Finding, Verdict


class Store:
    """An open store. Moments (`at`, `known_at`) carry a zone; the store keeps them in UTC."""

    def __init__(self, con: Connection) -> None:
        self._con = con

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, *, holder: str, actor: str = "", read_only: bool = False
    ) -> Iterator["Store"]:
        """Open the store for as long as the block lasts; one writer, or several readers.

        `holder` is what another process reads when it finds the store in use, and with `actor`
        what the log tells. A store that does not exist is made, in an existing folder.

        Raises:
            UsageError: in use, absent, of another version, or the disk is full.
            NotIntact: the store is damaged.
        """
        with opening.opened(path, holder=holder, actor=actor, read_only=read_only) as con:
            yield cls(con)

    def keep(
        self,
        parcel: Parcel,
        verdict: Verdict,
        *,
        contract: Contract,
        staged: Connection,
        at: datetime,
        said: Sequence[Manifest] = (),
    ) -> Delivery:
        """Write everything of one delivery in one transaction; see `intake.keep`.

        `staged` holds the tables `text`, `accepted` and `quarantine` of the delivery; `said` is
        what it says of itself (a Voorblad), beside what the parcel says.
        """
        delivery = intake.keep(
            self._con, parcel, verdict, contract=contract, staged=staged, said=said, at=at
        )
        return self.delivery(delivery)

    def delivery(self, delivery: int) -> Delivery:
        """Return a delivery by its id; KeyError where there is none."""
        found = deliveries.find(self._con, "d.id = $id", {"id": delivery})
        if not found:
            raise KeyError(delivery)
        return found[0]

    def received(self, parcel: Parcel) -> Delivery | None:
        """Return the delivery of the same file for the same period, if it stands.

        It does not where it was withdrawn; where it was refused and something changed since (an
        alias, the manifest beside it); or where it waits and is now announced as a correction.
        """
        same = [d for d in self.same_period(parcel) if d.sha256 == parcel.sha256]
        return same[-1] if same and protocol.stands(self._con, same[-1], parcel) else None

    def same_period(self, parcel: Parcel | Delivery) -> list[Delivery]:
        """Return the deliveries of a partner and contract for the parcel's period, as received."""
        return deliveries.same_period(self._con, parcel)

    def events(self, delivery: int) -> list[Event]:
        """Return the life of a delivery so far, step by step."""
        return life.events(self._con, delivery)

    def findings(self, delivery: int) -> tuple[Finding, ...]:
        """Return what was found in a delivery, in its order."""
        return findings.of(self._con, delivery)

    def refusals(self, known_at: datetime) -> pl.DataFrame:
        """Return for what was refused until a moment, also of deliveries that were mended since.

        Columns: partner, contract, period, code, files (refused whole), rows (refused one by one;
        a row that was refused for two codes counts under both).
        """
        return findings.refusals(self._con, known_at)

    def text_as_sent(self, contract: Contract, delivery: int) -> pl.DataFrame:
        """Return the rows of a delivery that were refused or repaired, as their sender wrote them.

        Columns: `_row`, `codes` (why it was refused; null for a repaired row), then the contract's
        as text. Person columns hold pseudonyms.
        """
        return rows.text_as_sent(self._con, contract, delivery)

    def answer(self, delivery: int, *, correct: bool, at: datetime, reason: str = "") -> Delivery:
        """Let a delivery that waits count from now on, or refuse it; see `protocol.answer`."""
        protocol.answer(self._con, delivery, correct=correct, at=at, reason=reason)
        return self.delivery(delivery)

    def withdraw(self, delivery: int, *, at: datetime, reason: str) -> Delivery:
        """Let a delivery count no longer; see `protocol.withdraw`."""
        protocol.withdraw(self._con, delivery, at=at, reason=reason)
        return self.delivery(delivery)

    def add_alias(self, alias: Alias) -> None:
        """Take a header of a partner for a column from now on."""
        aliases.add(self._con, alias)

    def aliases(self, partner: str, contract: str) -> list[Alias]:
        """Return the aliases that hold for a partner and contract."""
        return aliases.of(self._con, partner, contract)

    def read_through(self) -> None:
        """Read all there is, so that damage is found at once; see `opening.read_through`."""
        opening.read_through(self._con)

    @property
    def log(self) -> Log:
        """What was done, for the auditor."""
        return Log(self._con)

    @property
    def stories(self) -> Stories:
        """What people said of stories, and what is kept of them."""
        return Stories(self._con)

    @property
    def responses(self) -> Responses:
        """What partners said beside their figures."""
        return Responses(self._con)

    def forget(self, past_term: list[Delivery], *, at: datetime) -> None:
        """Delete the texts of deliveries past their term; see `tombstones.forget`."""
        tombstones.forget(self._con, past_term, at=at)

    def tombstones(self) -> list[Tombstone]:
        """Return which deliveries lost their raw file, and by which rule."""
        return tombstones.every(self._con)

    def all_deliveries(self) -> list[Delivery]:
        """Return every delivery ever received, in order of arrival."""
        return deliveries.find(self._con, "true", {})

    def deliveries(self, known_at: datetime) -> pl.DataFrame:
        """Return the deliveries received at or before a moment, with their state at that moment.

        Columns: id, partner, contract, contract_version, period, number, correction, file_name,
        sha256, received_at (UTC), outcome, state, accepted_rows, refused_rows, counts (whether
        its rows count).
        """
        return deliveries.known(self._con, known_at)

    def accepted(
        self, contract: Contract, *, known_at: datetime, columns: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Return the rows of a contract that count, as known at a moment.

        Of a period the accepted delivery with the highest number; of a state contract also one
        row per partner and key, as the latest period has it. Columns: `_delivery`, `_partner`,
        `_period`, `_row`, then the contract's, in order of arrival; or those in `columns` (of
        either kind), in no order.
        """
        return rows.accepted(self._con, contract, known_at=known_at, columns=columns)

    def references(
        self,
        contract: Contract,
        contracts: Mapping[str, Contract],
        *,
        staged: Connection,
        known_at: datetime,
    ) -> None:
        """Make a table `ref_<id>` in the staging database for each contract this one looks into."""
        for name in contract.looks_into:
            rows.reference(self._con, contracts[name], staged=staged, at=known_at)

    def counting(self, contracts: Sequence[str], *, known_at: datetime) -> list[int]:
        """Return the ids of the deliveries of some contracts that count at a moment."""
        return deliveries.counting(self._con, contracts, known_at)

    def before(self, delivery: Delivery) -> Delivery | None:
        """Return what a partner gave before it, as known when it came; see `deliveries.before`."""
        return deliveries.before(self._con, delivery)

    def to_compare(self, parcel: Parcel, *, known_at: datetime) -> Delivery | None:
        """Return the counting delivery of a parcel's period, else of the last one before it."""
        return deliveries.to_compare(self._con, parcel, known_at)

    def profile(self, contract: Contract, delivery: int) -> tuple[int, dict[str, float]]:
        """Return how many accepted rows a delivery has, and which share of a column is missing."""
        return rows.profile(self._con, contract, delivery)

    def refused_rows(
        self, contract: Contract, delivery: int
    ) -> Iterator[tuple[int, list[str], tuple[str | None, ...]]]:
        """Yield of each refused row its number, its codes and its cells as text; see `rows`."""
        return rows.refused(self._con, contract, delivery)

    def tally(
        self,
        contract: Contract,
        deliveries: Sequence[int],
        *,
        by: Sequence[Column] = (),
        sums: Sequence[Column] = (),
    ) -> pl.DataFrame:
        """Return the kept rows of deliveries, with sums, and per value of columns: `rows.tally`."""
        return rows.tally(self._con, contract, deliveries, by=by, sums=sums)

    def stage_rows(
        self, contract: Contract, delivery: int, *, staged: Connection, table: str
    ) -> None:
        """Make a table in the staging database of the accepted rows of one delivery."""
        rows.stage(self._con, contract, delivery, staged=staged, table=table)

    def save_observations(
        self, quarter: str, observations: pl.DataFrame, *, known_at: datetime, at: datetime
    ) -> bool:
        """Keep the observations of a quarter; False where the same were kept already."""
        return figures.save_observations(self._con, quarter, observations, known_at=known_at, at=at)

    def observations(self, quarter: str, *, known_at: datetime) -> pl.DataFrame | None:
        """Return the last observations of a quarter at or before a moment, if there are any."""
        return figures.observations(self._con, quarter, known_at=known_at)

    def save_edition(
        self,
        edition: EditionRecord,
        published: pl.DataFrame,
        *,
        rounded: pl.DataFrame,
        internal: pl.DataFrame,
    ) -> None:
        """Record a concept, its figures and what the next one must know, in one transaction.

        `rounded` and `internal`: the counts of the public and of the internal edition, as
        `Store.rounded` and `Store.internal` give them back.
        """
        figures.save_edition(self._con, edition, published, rounded=rounded, internal=internal)

    def release(self, edition: EditionRecord, established: Established) -> None:
        """Record that a concept was established: it is public from now on."""
        figures.release(self._con, edition, established)

    def editions(self) -> list[EditionRecord]:
        """Return the editions in the order in which they became known."""
        return figures.editions(self._con)

    def figures(self, edition: str) -> pl.DataFrame:
        """Return the figures of an edition, in the form of `transforms.observations.FIGURES`."""
        return figures.figures(self._con, edition)

    def rounded(self, edition: str) -> pl.DataFrame:
        """Return the rounded counts of an edition: what the next one must know of it."""
        return figures.rounded(self._con, edition)

    def internal(self, edition: str) -> pl.DataFrame:
        """Return the counts of an internal edition, told and hidden ones."""
        return figures.internal(self._con, edition)

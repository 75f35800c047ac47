"""The store: everything received, accepted, observed and published, in one DuckDB file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from sources.contracts.model import Contract
from sources.errors import UsageError
from sources.inbox import Parcel
from sources.store import deliveries, figures, intake, lock, rows, schema
from sources.store.connection import Connection, open_file, transaction
from sources.store.deliveries import Delivery
from sources.store.figures import EditionRecord
from sources.store.states import State
from sources.verdict import Finding, Verdict


class Store:
    """An open store. Moments (`at`, `known_at`) carry a zone; the store keeps them in UTC."""

    def __init__(self, con: Connection) -> None:
        self._con = con

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, holder: str, read_only: bool = False) -> Iterator["Store"]:
        """Open the store for as long as the block lasts; one writer, or several readers.

        `holder` is what another process reads when it finds the store in use. A store that does
        not exist is made, in an existing folder.

        Raises:
            UsageError: in use, absent, damaged, of another version, or the disk is full.
        """
        _require(path, read_only=read_only)
        with lock.held(path, holder=holder, shared=read_only), _explained(path):
            if not path.exists():
                _make(path)
            with closing(open_file(path, read_only=read_only)) as con:
                schema.require_version(con)
                yield cls(con)

    def keep(
        self,
        parcel: Parcel,
        verdict: Verdict,
        *,
        contract: Contract,
        staged: Connection,
        at: datetime,
    ) -> Delivery:
        """Write everything of one delivery in one transaction; see `intake.keep`.

        `staged` holds the tables `text`, `accepted` and `quarantine` of the delivery.
        """
        delivery = intake.keep(self._con, parcel, verdict, contract=contract, staged=staged, at=at)
        return self.delivery(delivery)

    def delivery(self, delivery: int) -> Delivery:
        """Return a delivery by its id; KeyError where there is none."""
        found = deliveries.find(self._con, "d.id = $id", {"id": delivery})
        if not found:
            raise KeyError(delivery)
        return found[0]

    def received(self, parcel: Parcel) -> Delivery | None:
        """Return the delivery of the same file for the same period, if it was received before."""
        found = deliveries.find(
            self._con,
            "d.partner = $partner AND d.contract = $contract AND d.period = $period "
            "AND d.sha256 = $sha256",
            {
                "partner": parcel.partner,
                "contract": parcel.contract,
                "period": parcel.period,
                "sha256": parcel.sha256,
            },
        )
        return found[0] if found else None

    def same_period(self, parcel: Parcel | Delivery) -> list[Delivery]:
        """Return the deliveries of a partner and contract for the parcel's period, as received."""
        return deliveries.find(
            self._con,
            "d.partner = $partner AND d.contract = $contract AND d.period = $period",
            {"partner": parcel.partner, "contract": parcel.contract, "period": parcel.period},
        )

    def findings(self, delivery: int) -> tuple[Finding, ...]:
        """Return what was found in a delivery, in its order."""
        return deliveries.findings(self._con, delivery)

    def text_as_sent(self, contract: Contract, delivery: int) -> pl.DataFrame:
        """Return the rows of a delivery that were refused or repaired, as their sender wrote them.

        Columns: `_row`, `codes` (why it was refused; null for a repaired row), then the contract's
        as text. Person columns hold pseudonyms.
        """
        return rows.text_as_sent(self._con, contract, delivery)

    def answer(self, delivery: int, *, correct: bool, at: datetime, reason: str = "") -> Delivery:
        """Let a delivery that waits count from now on, or refuse it after all.

        Raises:
            UsageError: there is no such delivery, or it does not wait.
        """
        found = deliveries.find(self._con, "d.id = $id", {"id": delivery})
        if not found or found[0].state is not State.ON_HOLD:
            state = f"zij is {found[0].state}" if found else "zij bestaat niet"
            raise UsageError(
                f"Levering {delivery} wacht niet op een antwoord: {state}. "
                "Kijk met `praatplaat status` welke leveringen wachten."
            )
        to = State.ESTABLISHED if correct else State.REFUSED
        with transaction(self._con):
            deliveries.move(self._con, delivery, to, at=at, reason=reason)
            deliveries.replace_older(self._con, found[0], at)
        return self.delivery(delivery)

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
        """Make a table `ref_<id>` in the staging database for each contract this one refers to."""
        for name in contract.references:
            rows.reference(self._con, contracts[name], staged=staged, at=known_at)

    def to_compare(self, parcel: Parcel, *, known_at: datetime) -> Delivery | None:
        """Return the counting delivery to hold a parcel against: of its period, else the latest.

        The latest is that of the last period before, of the same partner and contract.
        """
        return deliveries.to_compare(self._con, parcel, known_at)

    def profile(self, contract: Contract, delivery: int) -> tuple[int, dict[str, float]]:
        """Return how many accepted rows a delivery has, and which share of a column is missing."""
        return rows.profile(self._con, contract, delivery)

    def stage_rows(
        self, contract: Contract, delivery: int, *, staged: Connection, table: str
    ) -> None:
        """Make a table in the staging database of the accepted rows of one delivery."""
        rows.stage(self._con, contract, delivery, staged=staged, table=table)

    def save_observations(
        self, quarter: str, observations: pl.DataFrame, *, known_at: datetime
    ) -> bool:
        """Keep the observations of a quarter; False where the same were kept already."""
        return figures.save_observations(self._con, quarter, observations, known_at=known_at)

    def observations(self, quarter: str, *, known_at: datetime) -> pl.DataFrame | None:
        """Return the last observations of a quarter at or before a moment, if there are any."""
        return figures.observations(self._con, quarter, known_at=known_at)

    def save_edition(self, edition: EditionRecord, published: pl.DataFrame) -> None:
        """Record an edition with its figures, in one transaction."""
        figures.save_edition(self._con, edition, published)

    def editions(self) -> list[EditionRecord]:
        """Return the editions in the order in which they became known."""
        return figures.editions(self._con)

    def figures(self, edition: str) -> pl.DataFrame:
        """Return the figures of an edition, in the form of `transforms.observations.FIGURES`."""
        return figures.figures(self._con, edition)


def _require(path: Path, *, read_only: bool) -> None:
    if read_only and not path.exists():
        raise UsageError(
            f"Er is nog geen opslag {path}. Ontvang eerst een levering (praatplaat receive) "
            "of wijs met --home de goede map aan."
        )
    if not path.parent.is_dir():
        raise UsageError(
            f"De map {path.parent} bestaat niet. Maak hem, of wijs met --home een andere aan."
        )


def _make(path: Path) -> None:
    """Make an empty store: there as a whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with closing(open_file(part, read_only=False)) as con:
        schema.make(con)
    part.rename(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say of what DuckDB cannot do with its file what the person at the keyboard can do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise UsageError(_TOO_LARGE) from error
    except (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException) as error:
        full = any(word in str(error).casefold() for word in _FULL)
        raise UsageError((_UNWRITABLE if full else _UNREADABLE).format(path=path)) from error


# What DuckDB, and the operating system through it, call a disk that takes no more.
_FULL = ("no space left", "file too large", "quota exceeded", "could not write", "read-only file")

_TOO_LARGE = (
    "Dit past niet in het geheugen van deze computer. "
    "Sluit andere programma's, of neem een computer met meer geheugen."
)


_UNWRITABLE = (
    "De opslag {path} kan niet worden geschreven: de schijf is vol of niet beschrijfbaar. "
    "Maak ruimte en begin opnieuw; er is niets half bewaard."
)
_UNREADABLE = (
    "De opslag {path} is niet te openen: het bestand is beschadigd, van een andere versie "
    "of niet leesbaar. Controleer de rechten, of zet een reservekopie terug."
)

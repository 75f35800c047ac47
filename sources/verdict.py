"""What was found in a delivery, and what became of it: the words every room shares."""

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How serious a finding is; the value is the word a partner reads."""

    REFUSE_FILE = "AFKEUR"
    REFUSE_ROW = "UITVAL"
    WARNING = "SIGNAAL"
    NOTE = "MELDING"


class Outcome(StrEnum):
    """What became of a delivery as a whole."""

    ACCEPTED = "GOEDGEKEURD"
    ACCEPTED_WITH_REFUSALS = "GOEDGEKEURD MET UITVAL"
    ON_HOLD = "IN WACHT"
    REFUSED = "AFGEKEURD"
    ALREADY_RECEIVED = "AL ONTVANGEN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken at one place, or in one way at many places.

    `code` is a protocol code (`B1xx` file, `K2xx` column, `R3xx` row, `V4xx` field, `X5xx`
    cohesion, `P6xx` plausibility, `S9xx` privacy). `row` is the physical line (CSV) or sheet row
    (Excel), None where the finding concerns the file. `message` and `how_to_mend` are Dutch and
    hold no value from a personal column.
    """

    code: str
    level: Level
    message: str
    how_to_mend: str
    row: int | None = None
    column: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Every physical record of a file, by what became of it; `balances` must hold.

    `repaired` counts records among the accepted ones in which a cell was altered (trimmed,
    re-formatted, labelled to its code); it is not a part of the sum.
    """

    physical: int = 0
    header: int = 0
    preamble: int = 0
    blank: int = 0
    excluded: int = 0
    accepted: int = 0
    quarantined: int = 0
    repaired: int = 0

    def balances(self) -> bool:
        """Return whether header, preamble, blank, excluded, accepted and quarantined add up."""
        parts = self.header + self.preamble + self.blank + self.excluded
        return self.physical == parts + self.accepted + self.quarantined


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one delivery: its outcome, the record account, and all findings."""

    outcome: Outcome
    records: Records
    findings: tuple[Finding, ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """Whether the rows may enter the accepted part of the store."""
        return self.outcome in {Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_REFUSALS}

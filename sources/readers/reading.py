"""What a reader hands on, and how it says no."""

from dataclasses import dataclass, field

from sources.verdict import Finding, Level, Records

MAX_BYTES = 1_000_000_000
MAX_COLUMNS = 500
MAX_CELL = 1_048_576  # bytes in one cell, and in one line of a CSV file


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a file could be read: its record account, and what was found on the way.

    Not refused: `con` holds a view `text` with `_row` (BIGINT, the line of the file or the row of
    the sheet, as the partner's own program shows it) and every column of the contract as VARCHAR,
    an empty cell as null. `records.accepted` counts its rows; the gate judges them. `cover` holds
    what a Voorblad in the file says: its labels with their values, as text.
    """

    records: Records
    findings: tuple[Finding, ...] = field(default=())
    refused: bool = False
    sheet: str | None = None
    cover: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.records.balances():
            raise RuntimeError(f"records do not balance: {self.records}")


class Refused(Exception):
    """Stops the reading of a file; `findings` say why, and `records` what was counted by then."""

    def __init__(self, *findings: Finding, records: Records | None = None) -> None:
        super().__init__(", ".join(each.code for each in findings))
        self.findings = findings
        self.records = records or Records()


def refuse(code: str, message: str, how_to_mend: str, *, row: int | None = None) -> Refused:
    """Return the refusal of a whole file; raise it."""
    return Refused(Finding(code, Level.REFUSE_FILE, message, how_to_mend, row=row))


def note(
    code: str,
    message: str,
    how_to_mend: str,
    column: str | None = None,
    *,
    row: int | None = None,
) -> Finding:
    """Return a MELDING about the file, or about one row of it."""
    return Finding(code, Level.NOTE, message, how_to_mend, row=row, column=column)


def quoted(name: str) -> str:
    """Return a name from a contract as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'

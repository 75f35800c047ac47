"""Small contracts and files for the tests of the intake rooms; everything in them is invented."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from sources import conform, gate, pseudonyms, readers
from sources.agreement.model import Municipality
from sources.contracts.model import Column, Contract, FieldType, Rule
from sources.keys import Keys
from sources.readers import Reading
from sources.store import Connection, staging
from sources.verdict import Level, Verdict

TOWN = Municipality(code="GM9901", name="Voorbeeldstad", fictional=True)
REAL_TOWN = Municipality(code="GM9902", name="Geen Voorbeeld")
KEYS = Keys(raw=bytes(range(64)), pseudonym=bytes(range(32)), id="k01234567")

KINDS = {"balie": "Aan de balie", "telefoon": "Per telefoon", "digitaal": "Via de website"}

VISITS = Contract(
    id="bezoeken",
    code="L99",
    version="1.0.0",
    title="Bezoeken",
    purpose="Laten zien wie er komt",
    columns=(
        Column("nr", "nr", FieldType.TEXT, "Uw nummer", required=True),
        Column("datum", "datum", FieldType.DATE, "", required=True, aliases=("dag",)),
        Column("kanaal", "kanaal", FieldType.TEXT, "", codes=KINDS),
        Column("aantal", "aantal", FieldType.INTEGER, "", minimum=0),
        Column("gebied", "gebied", FieldType.AREA, ""),
    ),
    key=("nr",),
    rules=(
        Rule("X550", Level.REFUSE_ROW, "aantal > 100 AND kanaal = 'balie'", "Te druk.", "Tel na."),
        Rule("P650", Level.WARNING, "aantal = 0", "Niemand kwam.", "Klopt dat?", column="aantal"),
    ),
    forbidden=("naam", "bsn"),
    refuse_above=0.2,
)

HEADER = "nr;datum;kanaal;aantal;gebied"


def bench(*places: Path) -> Connection:
    """Return a staging connection that can read these places, and a reader's own copy."""
    return staging(*places, Path(tempfile.gettempdir()))


def write(folder: Path, content: str | bytes, name: str = "levering.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, con: Connection, contract: Contract = VISITS) -> Reading:
    return readers.read(contract, path, con)


def judged(
    path: Path,
    con: Connection,
    contract: Contract = VISITS,
    *,
    town: Municipality = TOWN,
    previous: gate.Previous | None = None,
) -> Verdict:
    """Take a file through every room as `receive` does."""
    reading = readers.read(contract, path, con)
    if not reading.refused:
        pseudonyms.replace(contract, con, KEYS, municipality=town)
        conform.conform(contract, con)
    return gate.judge(contract, con, reading, previous)


def rows(con: Connection, query: str) -> list[tuple[object, ...]]:
    return list(con.execute(query).fetchall())


def visits(count: int, *extra: str) -> str:
    """Return a delivery of `count` good rows (lines 2 and on), and the extra lines after them."""
    good = [f"N{n};14-08-2026;balie;3;WK990101" for n in range(count)]
    return "\n".join([HEADER, *good, *extra]) + "\n"


def codes(findings: Sequence[object]) -> list[str]:
    return [getattr(finding, "code", "") for finding in findings]

"""Faultless deliveries to damage: of several contracts, written in the ways that partners write.

In the columns about persons stands a text that may come back in no finding and no answer.
"""

import codecs
import csv
import io
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Literal

from sources.contracts import load
from sources.contracts.model import Contract, FieldType
from sources.example import maker

PLANTED = "Qxjzwv"
"""Stands in personal columns, and nowhere else."""

ROWS = 12
CONTRACTS = ("partner_activiteiten", "wmo_meldingen", "financien", "schuldhulp_signalen")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text file is written; every field between quotes, or only where it must be."""

    encoding: str = "utf-8"
    delimiter: str = ";"
    newline: str = "\r\n"
    quoted: bool = False


STYLES = tuple(
    Style(encoding, delimiter, newline, quoted)
    for (encoding, newline), delimiter, quoted in product(
        (
            ("utf-8", "\n"),
            ("utf-8-sig", "\r\n"),
            ("cp1252", "\r\n"),
            ("utf-16", "\r\n"),
            ("utf-8", "\r"),
        ),
        (";", ",", "\t"),
        (False, True),
    )
)


@dataclass(frozen=True, eq=False)
class Delivery:
    """A faultless delivery as rows of text, the header first.

    `secrets` are texts from personal columns that no finding may hold.
    """

    contract: Contract
    rows: tuple[tuple[str, ...], ...]
    secrets: tuple[str, ...]

    def lines(self, style: Style) -> list[bytes]:
        """Return the lines of the file in its style; of UTF-16 as UTF-8, to be encoded later."""
        quoting: Literal[0, 1] = csv.QUOTE_ALL if style.quoted else csv.QUOTE_MINIMAL
        encoding = "utf-8" if style.encoding == "utf-16" else style.encoding.removesuffix("-sig")
        lines = []
        for cells in self.rows:
            text = io.StringIO()
            csv.writer(
                text, delimiter=style.delimiter, quoting=quoting, lineterminator=style.newline
            ).writerow(cells)
            lines.append(text.getvalue().encode(encoding))
        if style.encoding == "utf-8-sig":
            lines[0] = codecs.BOM_UTF8 + lines[0]
        return lines


@lru_cache
def delivery(contract: str, *, planted: bool) -> Delivery:
    """Return a delivery; with `planted` also where that makes a cell one that is refused."""
    agreed = load.standard()[contract]
    with tempfile.TemporaryDirectory() as folder:
        path = maker.one_delivery(contract, rows=ROWS, path=Path(folder) / "levering.csv")
        text = path.read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    secrets = {PLANTED}
    for column in agreed.columns:
        if column.personal and column.header in header:
            place = header.index(column.header)
            if column.type is FieldType.PERSON:
                secrets.update(row[place] for row in rows if len(row[place]) > 6)
            if planted or (column.type is FieldType.TEXT and not column.codes):
                for at, row in enumerate(rows[1::4]):
                    row[place] = f"{PLANTED} één, {at}"
    return Delivery(agreed, tuple(map(tuple, [header, *rows])), tuple(sorted(secrets)))

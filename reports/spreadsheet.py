"""The one writer of what a spreadsheet opens: CSV and workbooks in which no text is a formula.

OWASP ASVS 5, 1.2.10: fields are quoted as RFC 4180 says, and a text that starts with a sign of a
formula gets a single quote before it, in a workbook too: who saves that as CSV is safe as well.
Numbers stay numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

Value = str | int | float | None

MAX_TEXT = 32_767  # characters in a cell of Excel

# Excel reads full-width signs as the plain ones; other programs skip what is invisible.
_SIGNS = "=+@\uff1d\uff0b\uff20\ufe66\ufe62\ufe6b\\-\uff0d\ufe63"
_UNSEEN = "\\s\\x00-\\x1f\\x7f\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"
_FORMULA = re.compile(f'[{_UNSEEN}"]*[{_SIGNS}]|[\t\r\n\0]')
# A program that expects another separator begins a new cell inside ours.
_INNER = re.compile(f"([,;|\t\r\n])([{_UNSEEN}\"']*)([{_SIGNS}])")
# What begins with a letter or a digit, and in which nothing can begin anew: nearly every cell.
_PLAIN = re.compile("[0-9A-Za-z][^,;|\x00-\x1f\x7f]*")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)*")
_LINE_END = re.compile("\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, at its start or after a separator.

    A plain number, such as `-3,5`, stays as it is. Line ends become one kind, and control signs a
    visible mark: neither CSV nor a workbook can hold them.
    """
    if _PLAIN.fullmatch(text) or _NUMBER.fullmatch(text):
        return text
    marked = "'" if _FORMULA.match(text) else ""
    inner = _INNER.sub(lambda found: f"{found[1]}{found[2]}'{found[3]}", text)
    return marked + _CONTROL.sub("\ufffd", _LINE_END.sub("\n", inner))


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]], *, bom: bool) -> bytes:
    """Return a table as CSV: UTF-8, semicolons, CRLF; with a BOM Excel sees that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(column) for column in columns])
    for row in rows:
        writer.writerow([safe(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")

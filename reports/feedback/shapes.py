"""What of a refused row may come back to its sender: nothing that says of whom the row is.

Columns about persons stay out. But one delimiter too many moves every cell behind it a column on,
and a row of another file has columns of its own: then a name stands where a number belongs. So a
cell is shown where it has the shape of its column, and a row in which more than one has not is
taken for one that moved: of that none is shown.
"""

import difflib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from sources.contracts.model import Column, Contract, FieldType

_Fits = Callable[[str], bool]

_ODD = 2  # cells without the shape of their column that say that the row moved
_NEAR = 0.6  # of a code or label: as near as what is suggested for it
_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[. -]?[0-9]){7,8}(?![0-9])")
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,253}\.[^\s@]")  # bounded: a cell may be long
_DATE = re.compile(r"[0-3]?[0-9]([-/.])[01]?[0-9]\1(19|20)[0-9]{2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_OF_NOBODY = frozenset(
    (
        *("ja", "nee", "waar", "onwaar", "true", "false", "onbekend", "niet bekend", "geen"),
        *("n.v.t.", "nvt", "niet van toepassing", "leeg", "null", "none", "nan", "nat"),
    )
)
_MONTHS = frozenset(
    (
        *("jan", "feb", "mrt", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "sept"),
        *("okt", "oct", "nov", "dec", "januari", "februari", "maart", "april", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    )
)


class Shown:
    """What may be shown of the rows of a contract; `columns` with their places in a row."""

    def __init__(self, contract: Contract) -> None:
        self.columns = [
            (place, column)
            for place, column in enumerate(contract.columns)
            if not (column.personal or column.bsn or column.derived)
            and column.type is not FieldType.PERSON
        ]
        self._shapes = [
            _shape(column) if column.type is not FieldType.PERSON else _any
            for column in contract.columns
        ]

    def moved(self, cells: Sequence[str | None]) -> bool:
        """Return whether the cells of a row seem to stand in columns that are not theirs."""
        pairs = zip(self._shapes, cells, strict=True)
        return sum(not fits(text) for fits, text in pairs if text) >= _ODD

    def hides(self, place: int, column: Column, text: str) -> bool:
        """Return whether to hide a cell: it holds a number of a person, or is not of its column.

        The digits of one date in eleven would pass for a BSN.
        """
        if not self._shapes[place](text):
            return True
        is_date = column.type is FieldType.DATE and _DATE.fullmatch(text.strip())
        return not is_date and of_person(text)


@lru_cache(maxsize=4096)
def of_person(text: str) -> bool:
    """Return whether a text seems to hold a BSN, perhaps without its first zero, or an address."""
    numbers = (re.sub("[^0-9]", "", found) for found in _DIGITS.findall(text))
    return bool(_MAIL.search(text)) or any(map(_is_bsn, numbers))


def _is_bsn(digits: str) -> bool:
    """The 11-proef: weights 9 to 2, and -1 for the last digit; a lost zero in front is put back."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(d) * w for d, w in zip(digits.zfill(9), weights, strict=True))
    return total > 0 and total % 11 == 0


def _shape(column: Column) -> _Fits:
    """Return what tells whether a text can have been meant for a column."""
    fits = _fits(column)
    words = _OF_NOBODY | {text.casefold() for text in column.missing}
    return lru_cache(maxsize=4096)(lambda text: text.strip().casefold() in words or fits(text))


def _fits(column: Column) -> _Fits:
    if column.type is FieldType.DATE:
        return _among(_MONTHS)
    if column.type is not FieldType.TEXT:
        return _among(frozenset())
    if column.codes:
        return _listed(column)
    if column.pattern:
        pattern = re.compile(column.pattern)
        return lambda text: bool(pattern.fullmatch(text.strip())) or not _WORD.search(text)
    return _like(column.example)


def _any(_: str) -> bool:
    return True


def _among(words: frozenset[str]) -> _Fits:
    """Return the shape of a cell without words, but for these."""
    return lambda text: all(word.casefold() in words for word in _WORD.findall(text))


def _listed(column: Column) -> _Fits:
    """Return the shape of a code: one of the list or its label, or what resembles one of them."""
    known = sorted({said.casefold() for pair in column.codes.items() for said in pair})

    def fits(text: str) -> bool:
        near = difflib.get_close_matches(text.strip().casefold(), known, n=1, cutoff=_NEAR)
        return bool(near) or not _WORD.search(text)

    return fits


def _like(example: str) -> _Fits:
    """Return the shape of a text: where the example is one word, one word, with a digit if it has.

    What has an example of more words, or none, is free text.
    """
    if not example or len(example.split()) > 1:
        return _any
    digits = any(map(str.isdigit, example))

    def fits(text: str) -> bool:
        return len(text.split()) == 1 and (not digits or any(map(str.isdigit, text)))

    return fits

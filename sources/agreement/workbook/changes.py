"""What a workbook changes in an agreement: every change told, and every fault at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from sources.agreement.workbook import surgery, writing
from sources.agreement.workbook.comparing import Found, Spot
from sources.agreement.workbook.folder import Shelf
from sources.agreement.workbook.reading import Book
from sources.agreement.workbook.sheets import SHEETS
from sources.errors import AgreementError
from sources.strict_yaml import Place


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes: each change in words, the new bytes of files (None: it goes), and the spots.

    `spots` tell of places in the files, after the change, in which cell they were filled in.
    """

    told: tuple[str, ...]
    files: Mapping[str, bytes | None]
    spots: Mapping[tuple[str, Place], Spot]


def changes(shelf: Shelf, book: Book, *, remove: bool) -> Changes:
    """Return what a workbook changes; `remove` says whether rows that are no longer there may go.

    Raises AgreementError with every fault of every sheet, one per line: `Blad Doelen, cel D7: what.
    What to do.`
    """
    found = Found(shelf, book, list(book.faults))
    for sheet in SHEETS if not book.faults else ():
        found.compare(sheet)
    found.check_removals(allowed=remove)
    found.check_files()
    if found.faults:
        number = "1 fout" if len(found.faults) == 1 else f"{len(found.faults)} fouten"
        told = f"{number} in de werkmap. Verbeter ze en lees opnieuw in."
        raise AgreementError("\n".join([*found.faults, told]))
    return Changes(tuple(found.told), _files(found), found.spots())


def _files(found: Found) -> dict[str, bytes | None]:
    """Return the new bytes of every file that is no longer what it was."""
    made: dict[str, bytes | None] = dict.fromkeys(found.gone)
    for file, operations in found.operations().items():
        if file not in found.gone:
            made[file] = surgery.changed(found.shelf.files[file], operations)
    return made | {file: writing.document(tree).encode() for file, tree in found.new.items()}

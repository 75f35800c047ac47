"""The agreement to a workbook and back: all that it changes, or nothing."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.settings import Settings
from sources.agreement.workbook import export, faults, folder, reading
from sources.agreement.workbook.changes import Changes, changes
from sources.errors import AgreementError


def to_workbook(settings: Settings) -> bytes:
    """Return the agreement as an .xlsx.

    Raises:
        AgreementError: the agreement has faults.
        UsageError: a text is too long for a cell.
    """
    settings.open()
    return export.workbook(folder.read(settings.agreement))


def from_workbook(settings: Settings, path: Path, *, remove: bool, write: bool) -> tuple[str, ...]:
    """Return what a workbook changes, in words; with `write` the files are changed too.

    Nothing is written unless the whole agreement is without faults afterwards. `remove`: rows that
    are no longer in the workbook may go.

    Raises:
        AgreementError: every fault, by sheet and cell.
        UsageError: this is no workbook that can be read.
    """
    settings.open()
    shelf = folder.read(settings.agreement)
    found = changes(shelf, reading.read(path), remove=remove)
    with _beside(settings.agreement) as draft:
        _put(draft, found.files)
        _must_hold(settings, draft, found)
        if write:
            replace_files(settings.agreement, draft, shelf, found)
    return found.told


@contextmanager
def _beside(agreement: Path) -> Iterator[Path]:
    """Yield a copy on the same disk, so that its files can take their place in one go."""
    with TemporaryDirectory(dir=agreement, prefix=".inlezen_") as place:
        draft = Path(place) / "overeenkomst"
        shutil.copytree(agreement, draft, ignore=shutil.ignore_patterns(".*"))
        yield draft


def _put(draft: Path, files: Mapping[str, bytes | None]) -> None:
    for name, data in files.items():
        path = draft / name
        if data is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


def replace_files(agreement: Path, draft: Path, shelf: folder.Shelf, found: Changes) -> None:
    """Move the files to their place; where that fails halfway, all is as it was."""
    try:
        for name, data in found.files.items():
            if data is None:
                (agreement / name).unlink()
            else:
                (agreement / name).parent.mkdir(exist_ok=True)
                (draft / name).replace(agreement / name)
    except OSError:
        for name in found.files:
            if name in shelf.files:
                (agreement / name).write_bytes(shelf.files[name])
            else:
                (agreement / name).unlink(missing_ok=True)
        raise


def _must_hold(settings: Settings, draft: Path, found: Changes) -> None:
    """Raise AgreementError where the changed agreement has faults: by sheet and cell."""
    try:
        replace(settings, agreement=draft).open()
    except AgreementError as error:
        raise AgreementError(faults.by_cell(str(error), draft, found.spots)) from error

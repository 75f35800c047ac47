"""Whether the store can be opened, and if not, what the person at the keyboard can do."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from sources.errors import UsageError
from sources.store import schema
from sources.store.connection import open_file


def require(path: Path, *, read_only: bool) -> None:
    """Raise UsageError where there is no store to read, or no folder to make one in."""
    if read_only and not path.exists():
        raise UsageError(
            f"Er is nog geen opslag {path}. Ontvang eerst een levering (praatplaat receive) "
            "of wijs met --home de goede map aan."
        )
    if not path.parent.is_dir():
        raise UsageError(
            f"De map {path.parent} bestaat niet. Maak hem, of wijs met --home een andere aan."
        )


def make(path: Path) -> None:
    """Make an empty store: there as a whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with closing(open_file(part, read_only=False)) as con:
        schema.make(con)
    part.rename(path)


@contextmanager
def explained(path: Path) -> Iterator[None]:
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

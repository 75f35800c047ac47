"""Opening the store; and where it cannot be opened, what the person at the keyboard can do."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from sources.errors import NotIntact, UsageError
from sources.store import copy, growing, lock, log, schema
from sources.store.connection import Connection, open_file
from sources.store.names import quoted


@contextmanager
def opened(path: Path, *, holder: str, actor: str, read_only: bool) -> Iterator[Connection]:
    """Yield a connection to a store of the present version; see `Store.open`.

    When all went well, the copy of the log gets the lines that were added. After a fault it gets
    them the next time: the store itself has them.
    """
    require(path, read_only=read_only)
    with lock.held(path, holder=holder, shared=read_only), explained(path):
        if not path.exists():
            make(path)
        with closing(open_file(path, read_only=read_only)) as con:
            if not read_only:
                growing.bring_up(con)
            schema.require_version(con)
            log.acting(con, origin=holder, actor=actor)
            yield con
            if not read_only:
                copy.bring_up(con, copy.beside(path))


@contextmanager
def at_rest(path: Path, *, holder: str) -> Iterator[tuple[int, str]]:
    """Keep everybody from a store that was read through and closed; yield the head of its log.

    For as long as the block lasts its file may be copied.

    Raises:
        UsageError: in use, absent or of another version.
        NotIntact: the store is damaged.
    """
    require(path, read_only=True)
    with lock.held(path, holder=holder):
        with explained(path), closing(open_file(path, read_only=False)) as con:
            growing.bring_up(con)
            schema.require_version(con)
            read_through(con)
            copy.bring_up(con, copy.beside(path))
            head = log.head(con)
        yield head


def read_through(con: Connection) -> None:
    """Read every block of every table: a damaged one fails by its checksum (`explained`)."""
    tables = "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
    for place, table in con.execute(tables).fetchall():
        con.execute(f"SELECT max(hash(t)) FROM {place}.{quoted(table)} AS t").fetchall()


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
    except duckdb.Error as error:
        said = str(error).casefold()
        # Of a block with a wrong checksum DuckDB raises no class of its own.
        if not isinstance(error, _OF_THE_FILE) and "corrupt" not in said:
            raise
        if any(word in said for word in _FULL):
            raise UsageError(_UNWRITABLE.format(path=path)) from error
        if "permission denied" in said:
            raise UsageError(_FORBIDDEN.format(path=path)) from error
        raise NotIntact(_DAMAGED.format(path=path)) from error


_OF_THE_FILE = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException)

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
_FORBIDDEN = "De opslag {path} is niet te lezen: u mag er niet bij. Vraag om rechten."
_DAMAGED = (
    "De opslag {path} is niet te openen: het bestand is beschadigd of van een andere versie. "
    "Zet een reservekopie terug (praatplaat restore), of maak alles opnieuw uit de ruwe "
    "bestanden (praatplaat rebuild --out MAP)."
)

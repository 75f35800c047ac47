"""The copy of the log beside the store: what an auditor holds against it, and rebuilding reads.

Whoever cuts off the end of the log in the store leaves its lines here. Whoever changes both can
still be found by a checksum that was noted elsewhere: a back-up has one, and `praatplaat log` ends
with it.
"""

import os
from pathlib import Path

from sources.errors import NotIntact
from sources.store import log
from sources.store.connection import Connection
from sources.store.log import BEGIN, Line


def beside(store: Path) -> Path:
    """Return where the copy of a store's log is."""
    return store.with_name("log.jsonl")


def bring_up(con: Connection, copy: Path) -> None:
    """Add the lines that the copy lacks; a copy that holds anything else is left as it is.

    A line that was half written when its process was killed is written anew.
    """
    end, position, digest = _end(copy)
    if position and log.digest_at(con, position) != digest:
        return
    new = log.lines(con, after=position)
    if not new and (not copy.exists() or copy.stat().st_size == end):
        return
    descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.truncate(end)
        file.seek(end)
        file.write("".join(f"{line.as_json()}\n" for line in new).encode())
        file.flush()
        os.fsync(descriptor)


def copied(store: Path) -> list[Line]:
    """Return the lines in the copy beside a store, which follow each other.

    Raises:
        NotIntact: there is no copy, or a line was changed, deleted or moved.
    """
    copy = beside(store)
    if not copy.is_file():
        raise NotIntact(f"{copy}: de kopie van het logboek is er niet. Zet haar terug.")
    text = copy.read_bytes().decode("utf-8", "replace")
    try:
        found = list(log.read(one for one in text.split("\n")[:-1]))
    except ValueError:
        raise NotIntact(f"{copy}: hier staat een regel in die geen regel is.") from None
    if wrong := log.broken(found):
        raise NotIntact(f"{copy}: {wrong}")
    return found


def _end(copy: Path) -> tuple[int, int, str]:
    """Return how far whole lines reach (bytes), and position and digest of the last of them."""
    if not copy.is_file():
        return 0, 0, BEGIN
    content = copy.read_bytes()
    whole = content.rpartition(b"\n")[0]
    if not whole:
        return 0, 0, BEGIN
    try:
        (last,) = log.read([whole.rpartition(b"\n")[2].decode("utf-8", "replace")])
    except ValueError:
        return len(content), -1, ""
    return len(whole) + 1, last.position, last.digest

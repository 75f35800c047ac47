"""A store of an earlier version of this program grows into the present one, without loss."""

from sources.store import past
from sources.store.connection import Connection, transaction
from sources.store.schema import version_of
from sources.store.tables import ADDED, VERSION

_LOGGED = 5
"""The first version with a log."""


def bring_up(con: Connection) -> None:
    """Give a store of an earlier version what was added since, whole or not at all.

    Of what happened before there was a log, the log then says what the store knows of it. A store
    that is too old, or newer than this program, stays as it is (`schema.require_version`).
    """
    version = version_of(con)
    since = [one for one in ADDED if version is not None and version < one]
    if version is None or version + len(since) != VERSION:
        return
    with transaction(con):
        for one in since:
            con.execute(ADDED[one])
        if _LOGGED in since:
            past.log_what_was(con, version=version)
        con.execute("UPDATE main.schema_version SET version = $version", {"version": VERSION})

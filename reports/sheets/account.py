"""The account: how people are protected, and where every figure comes from; one per edition."""

from reports.block import Sheet
from reports.edition import Audited
from reports.shelf import Shelf

BLOCKS = ("attack", "rules", "loss", "ask", "changes", "origins", "received")
"""No agreement chooses among these: what we owe an account of is not for us to leave out."""


def sheet(shelf: Shelf, audited: Audited) -> Sheet:
    """Return the account of an edition that was attacked."""
    whole = shelf.areas[shelf.municipality]
    path = "verantwoording/index.html"
    name = shelf.words("account.name")
    return Sheet("account", whole.code, name, path, "../", shelf, whole, audited=audited)

"""The errors that a user can mend, each with the exit code that tells a program which kind it is.

Every message says where, what, and what to do. Anything else that is raised is our own bug and
keeps its traceback. A refused *row* is data (see `sources.verdict`), never an exception.
"""

from typing import ClassVar


class FactsheetError(Exception):
    """A failure that the person at the keyboard can mend; shown as one text, without traceback."""

    exit_code: ClassVar[int] = 1


class UsageError(FactsheetError):
    """The call itself cannot be carried out: a missing home, key or file, a store in use."""

    exit_code: ClassVar[int] = 2


class AgreementError(FactsheetError):
    """The agreement contradicts itself or cannot be read; holds every fault with file and line."""

    exit_code: ClassVar[int] = 10


class DeliveryRefused(FactsheetError):
    """A delivery as a whole was refused (AFKEUR); nothing was changed."""

    exit_code: ClassVar[int] = 11


class SourceUnavailable(FactsheetError):
    """A source outside the municipality did not answer."""

    exit_code: ClassVar[int] = 12


class DisclosureRisk(FactsheetError):
    """Publishing would let a person be found."""

    exit_code: ClassVar[int] = 13


class Inaccessible(FactsheetError):
    """A page cannot be read by everybody: a fault of ours, or of the words in an agreement."""


class NotIntact(FactsheetError):
    """What is kept is not what was written: a damaged store, a changed log, a broken back-up."""

    exit_code: ClassVar[int] = 14

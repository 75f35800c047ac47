"""Every sentence of the sheets in English: it proves that no sentence is wired into the code."""

from reports.words.en import (
    accessible,
    account,
    auditorium,
    council,
    downloads,
    evidence,
    explain,
    pages,
    steering,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
THOUSANDS, DECIMAL, PERCENT = ",", ".", "{}%"

SENTENCES = (
    evidence.SENTENCES
    | pages.SENTENCES
    | accessible.SENTENCES
    | account.SENTENCES
    | auditorium.SENTENCES
    | council.SENTENCES
    | downloads.SENTENCES
    | explain.SENTENCES
    | steering.SENTENCES
)

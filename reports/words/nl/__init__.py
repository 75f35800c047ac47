"""Alle zinnen van de platen in gewoon Nederlands: een zin heeft hooguit vijftien woorden."""

from reports.words.nl import (
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
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = (
    "jan.", "feb.", "mrt.", "apr.", "mei", "juni",
    "juli", "aug.", "sept.", "okt.", "nov.", "dec.",
)  # fmt: skip
THOUSANDS, DECIMAL, PERCENT = ".", ",", "{}\u00a0%"

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

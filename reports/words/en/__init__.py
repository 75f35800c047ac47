"""Every sentence of the sheets in English: it proves that no sentence is wired into the code."""

from reports.words.en import account, evidence, explain, pages

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
THOUSANDS, DECIMAL, PERCENT = ",", ".", "{}%"

SENTENCES = evidence.SENTENCES | pages.SENTENCES | account.SENTENCES | explain.SENTENCES

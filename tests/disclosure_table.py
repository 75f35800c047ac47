"""Write the table of mutations in `docs/disclosure.md`.

Run it when a mutation is added: `PYTHONPATH=. python tests/disclosure_table.py`.
"""

from pathlib import Path

from disclosure_amounts import OF_AN_AMOUNT
from disclosure_files import IN_A_FOLDER, ON_A_PAGE
from disclosure_mutations import IN_THE_FIGURES

DOCUMENTED = Path(__file__).resolve().parents[1] / "docs" / "disclosure.md"
BEGIN, END = "<!-- mutations -->\n", "<!-- end of mutations -->\n"


def table() -> str:
    """Return the table: every mutation, where it is planted, and what catches it."""
    places = {
        "the figures": (*IN_THE_FIGURES, *OF_AN_AMOUNT),
        "a page": ON_A_PAGE,
        "a folder": IN_A_FOLDER,
    }
    rows = [
        f"| {planted.what} | {place} | `{planted.caught_by}` |\n"
        for place, every in places.items()
        for planted in every
    ]
    return "| mutation | in | caught by |\n|---|---|---|\n" + "".join(rows)


def parts() -> tuple[str, str, str]:
    """Return the documentation before the table, the table, and what comes after it."""
    before, rest = DOCUMENTED.read_text(encoding="utf-8").split(BEGIN)
    written, after = rest.split(END)
    return before + BEGIN, written, END + after


if __name__ == "__main__":
    before, _, after = parts()
    DOCUMENTED.write_text(before + table() + after, encoding="utf-8")

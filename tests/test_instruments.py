"""docs/instruments.md: a row for every concept that is built, and nothing that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/instruments.md").read_text(encoding="utf-8")
LAST = {0: 12, 1: 12, 2: 7, 3: 31, 4: 12}
CONCEPTS = [f"{seed}.{n}" for seed, last in LAST.items() for n in range(1, last + 1)]
NAMED = sorted(set(re.findall(r"`([\w/]+/[\w.]+\.(?:py|yaml|md))`", TEXT)))
PLACES = (ROOT, ROOT / "sources/agreement", ROOT / "sources/example/voorbeeldstad")


@pytest.mark.parametrize("number", CONCEPTS)
def test_a_concept_has_one_row_that_says_where_it_lives(number: str) -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| {number} |")]
    (cells,) = [row.strip("| ").split(" | ") for row in rows]
    assert len(cells) == 3
    assert "`" in cells[2]


@pytest.mark.parametrize("file", NAMED)
def test_a_file_that_it_names_is_there(file: str) -> None:
    assert any((place / file).is_file() for place in PLACES)


def test_a_block_that_it_names_is_there() -> None:
    lists = re.findall(r"[Bb]locks? ((?:`\w+`(?:, | and )?)+)", TEXT)
    named = {name for found in lists for name in re.findall(r"\w+", found.replace(" and ", " "))}
    assert len(named) > 8
    assert {name for name in named if not (ROOT / f"reports/blocks/{name}.py").is_file()} == set()

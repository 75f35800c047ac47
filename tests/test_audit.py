"""`praatplaat audit`: an edition on disk, its gate, and its memory."""

import json
from pathlib import Path

import polars as pl
import pytest
from attacked import edition, table

from flows.steps.audit import MEMORY, attacked, audited, gate, memory
from reports.attacker import PUBLIC, Knowledge
from sources.errors import DisclosureRisk


def written(folder: Path, drawn: str) -> Path:
    told = edition(table("area_code numerator", drawn))
    data = folder / PUBLIC / "data"
    data.mkdir(parents=True)
    (data / "edition.json").write_text(json.dumps(told.about), "utf-8")
    (data / "figures.json").write_text(told.figures.write_json(), "utf-8")
    told.figures.write_csv(data / "figures.csv", separator=";", decimal_comma=True)
    return folder


SAFE = "GM1 40\nWK1 20\nWK2 15\nWK3 -\nonbekend -"


def test_an_edition_that_gives_nobody_away_passes(tmp_path: Path) -> None:
    found = attacked([written(tmp_path, SAFE)], Knowledge())
    gate(found)
    told = audited(found)
    assert (told.tables, told.figures, told.editions, told.width) == (1, 5, 1, 4)


def test_the_gate_says_which_figure_and_how_and_never_the_value(tmp_path: Path) -> None:
    found = attacked([written(tmp_path, SAFE.replace("15", "17"))], Knowledge())
    with pytest.raises(DisclosureRisk) as refused:
        gate(found)
    assert refused.value.exit_code == 13
    assert "A.numerator|2026K3|WK2||: het aantal is precies te vinden" in str(refused.value)
    assert "17" not in str(refused.value)


def test_an_audit_remembers_what_was_safe_and_looks_again_when_asked(tmp_path: Path) -> None:
    folder = written(tmp_path, SAFE)
    first = attacked([folder], Knowledge())
    remembered = dict.fromkeys(first.settled, 99.0)
    (folder / MEMORY).write_text(json.dumps(remembered), "utf-8")
    assert json.loads(memory(first)) == first.settled
    assert attacked([folder], Knowledge()).tables["narrowest"].item() == 99.0
    full = attacked([folder], Knowledge(), full=True)
    assert full.tables["narrowest"].item() < 99.0


def test_two_audits_of_one_edition_are_equal(tmp_path: Path) -> None:
    folder = written(tmp_path, SAFE)
    one, two = (attacked([folder], Knowledge(), full=True) for _ in range(2))
    assert one.findings == two.findings
    assert one.settled == two.settled
    assert one.tables.drop("seconds").equals(two.tables.drop("seconds"))
    assert one.tables.schema["seconds"] == pl.Float64()

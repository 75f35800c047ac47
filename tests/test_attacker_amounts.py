"""What the attacker makes of figures that are not one count."""

import pytest
from disclosure_amounts import DRAWN, OF_AN_AMOUNT, WAIT, PlantedInTable, drawn_edition

from reports.attacker import Knowledge, attack_frames, intervals


@pytest.mark.parametrize("way", sorted(DRAWN))
def test_amounts_as_they_should_be_have_no_finding(way: str) -> None:
    found = attack_frames([drawn_edition(way, DRAWN[way])], Knowledge()).findings
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("planted", OF_AN_AMOUNT, ids=lambda one: one.what)
def test_an_amount_that_is_too_precise_is_caught(planted: PlantedInTable) -> None:
    found = attack_frames([planted.damaged], Knowledge()).findings
    assert planted.caught_by in {one.kind for one in found}, found


def test_who_still_wait_tell_how_many_were_helped() -> None:
    """Of 165 who asked 25 still wait: 140 were helped, each within the rounding."""
    found = intervals([drawn_edition("wait", WAIT)], Knowledge()).filter(breakdown="")
    bounds = {row["count"]: (row["lower"], row["upper"]) for row in found.to_dicts()}
    assert bounds["A.denominator"] == (161, 169)
    assert bounds["A.numerator"] == (136, 144)
    assert bounds["A.complement"] == (17, 33)

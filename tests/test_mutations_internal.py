"""The attacker catches what an internal package leaves open when only small counts are hidden."""

from dataclasses import dataclass, replace

import polars as pl
import pytest
from disclosure_damage import Published, changed, exact, village
from rendered import confidentially

from benchmarks.disclosure.released import knowledge, released
from reports.attacker import Kind, Knowledge, Release, attack_frames
from reports.attacker.reading.release import MUNICIPALITY
from transforms.observations import FIGURES

THRESHOLD = 3


@dataclass(frozen=True, slots=True)
class Inside:
    """The public edition, and the package of the municipality as `published`."""

    public: Release
    published: Published
    known: Knowledge


@pytest.fixture(scope="module")
def inside() -> Inside:
    place = village()
    *_, last = released(place, 1)
    made = confidentially(place, last)
    rules = {"audience": MUNICIPALITY, "rules": place.agreement.general.internal.model_dump()}
    package = replace(
        last.told,
        reader=MUNICIPALITY,
        about={**last.told.about, **rules},
        figures=made.figures.select(list(FIGURES)),
        more=made.figures,
    )
    return Inside(last.told, Published((package,), (exact(last),)), knowledge(place))


def test_nothing_is_recovered_from_a_package_as_it_should_be(inside: Inside) -> None:
    audit = attack_frames([inside.public, inside.published.last], inside.known)
    assert (inside.published.last.figures["status"] == "protected").any()
    recovered = [one for one in audit.findings if one.kind in (Kind.EXACT, Kind.NARROW)]
    assert [str(finding) for finding in recovered] == []


def test_without_the_secondary_step_small_counts_are_recovered(inside: Inside) -> None:
    """Only counts under three are hidden: what is left of a sum gives them back."""
    counted = pl.col("numerator_exact")
    secondary = inside.published.beside.filter(
        pl.col("indicator") == "S01", pl.col("status") == "protected", counted >= THRESHOLD
    )
    assert secondary.height > 0
    text = counted.cast(pl.Int64).cast(pl.String)
    values = {"numerator": counted, "value": counted, "shown": text, "status": "published"}
    damaged = changed(inside.published.last, secondary, values)
    audit = attack_frames([inside.public, damaged], inside.known)
    found = {finding.kind for finding in audit.findings if finding.player == MUNICIPALITY}
    assert Kind.EXACT in found

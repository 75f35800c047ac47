"""The attacker catches every leak that is planted, and finds nothing where none is."""

from dataclasses import dataclass

import pytest
from disclosure_damage import Planted, Published, exact, village
from disclosure_mutations import IN_THE_FIGURES
from disclosure_table import parts, table

from benchmarks.disclosure.released import knowledge, released
from reports.attacker import Aids, Audit, Finding, Knowledge, attack_frames

EDITIONS = 2


@dataclass(frozen=True, slots=True)
class Correct:
    """Editions as they should be, and what the attacker made of them."""

    published: Published
    known: Knowledge
    audit: Audit


@pytest.fixture(scope="module")
def correct() -> Correct:
    place = village()
    editions = list(released(place, EDITIONS))
    published = Published(tuple(one.told for one in editions), tuple(map(exact, editions)))
    known = knowledge(place)
    return Correct(published, known, attack_frames(published.editions, known))


def test_editions_as_they_should_be_have_no_finding(correct: Correct) -> None:
    assert correct.published.last.figures["status"].value_counts().height > 1
    assert [str(finding) for finding in correct.audit.findings] == []


@pytest.mark.parametrize("planted", IN_THE_FIGURES, ids=lambda one: one.what)
def test_a_leak_that_is_planted_is_caught(correct: Correct, planted: Planted) -> None:
    damaged = planted.damage(correct.published)
    audit = attack_frames(damaged, correct.known, Aids(settled=correct.audit.settled))
    new = set(audit.findings)
    assert planted.caught_by in {finding.kind for finding in new}, told(new)


def test_the_documentation_tells_of_every_mutation_and_what_caught_it() -> None:
    assert parts()[1] == table()


def told(findings: set[Finding]) -> str:
    return "\n".join(sorted(f"{finding}" for finding in findings)[:20]) or "nothing found"

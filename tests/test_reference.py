"""Every indicator of Voorbeeldstad agrees with a slow reference that was written apart from it.

`python -m benchmarks.reference` does the same for a thousand histories of each group.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.reference.compare import disagreements
from benchmarks.reference.groups import GROUPS, histories
from flows.settings import EXAMPLE
from sources.agreement.load import load

HISTORIES = 20


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_figures_of_a_group_are_those_of_the_reference(name: str) -> None:
    group = GROUPS[name]

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        assert disagreements(group, data.draw(histories(group))) == []

    agree()


def test_every_indicator_is_compared_but_those_in_development() -> None:
    compared = {name for group in GROUPS.values() for name in group.indicators}
    counted = {name for name, one in load(EXAMPLE).indicators.items() if one.status == "active"}
    assert compared == counted

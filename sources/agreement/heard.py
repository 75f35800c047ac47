"""Which goal is heard by which input instrument, and where nobody listens.

Source: *Maatwerk in regie*: monitoring is one of many ways to be informed.
"""

from collections.abc import Iterable, Iterator

from sources.agreement.model import Actor, Agreement, Campaign
from sources.contracts.derived import contracts_of


def heard(agreement: Agreement) -> dict[tuple[str, str], int]:
    """Return the matrix of doel and input instrument: how many pieces of evidence came by it.

    Each active indicator counts by the deliveries that it is counted from, each conversation by
    the instrument that it names, actors and campaigns by theirs. What is not there is a blind spot.
    The doelenboom has no faults.
    """
    matrix: dict[tuple[str, str], int] = {}
    for found in (_by_figures(agreement), _by_talks(agreement), _by_registers(agreement)):
        for pair in found:
            matrix[pair] = matrix.get(pair, 0) + 1
    return matrix


def _by_figures(agreement: Agreement) -> Iterator[tuple[str, str]]:
    active = {key: one for key, one in agreement.indicators.items() if one.status == "active"}
    for key, one in active.items():
        counted = {contract for table in one.tables for contract in contracts_of(table)}
        for name, instrument in agreement.instruments.input.items():
            if counted & set(instrument.deliveries):
                yield agreement.goal_of(key), name


def _by_talks(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for talk in agreement.conversations.values():
        for goal in talk.goals:
            if talk.input:
                yield goal, talk.input


def _by_registers(agreement: Agreement) -> Iterator[tuple[str, str]]:
    filled: dict[str, Iterable[Actor | Campaign]] = {
        "krachtenveld": agreement.forces.actors.values(),
        "campaigns": agreement.calendar.campaigns,
    }
    for name, instrument in agreement.instruments.input.items():
        for one in filled[instrument.fills] if instrument.fills else ():
            yield from ((goal, name) for goal in one.goals)

"""Against measuring for its own sake: nothing is counted that nobody balances or ends.

Source: one indicator more, and a whole field works for the accountability. So each figure that can
be polished names another that would show it, and each has a day on which it must prove itself.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Kind
from sources.strict_yaml import Fault

_CAN_BE_POLISHED = {Kind.OUTPUT, Kind.OUTCOME, Kind.EXPERIENCE}


def faults(known: Known) -> Iterator[Fault]:
    """Yield the figures that can be made to look better without any other figure telling."""
    for key, one in known.alive().items():
        alone = not one.counter_indicators and not one.motivation
        if one.kind in _CAN_BE_POLISHED and alone:
            what = "Geen ander cijfer verraadt dat dit cijfer mooier lijkt dan het is"
            to_do = "Noem het bij `counter_indicators`, of schrijf `motivation`."
            yield known.fault(
                f"indicators/{key}.yaml", "counter_indicators", what=what, to_do=to_do
            )


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the indicators whose day has passed: no batch stops at midnight for that."""
    for key, one in known.alive().items():
        if one.expires < today:
            what = f"Deze indicator is op {one.expires} vervallen"
            to_do = "Spreek af waarom hij blijft en kies een nieuwe dag, of zet hem op `stopped`."
            yield known.fault(_file(key), "expires", what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"

"""The pass over sense: what contradicts itself between the files of an agreement.

Structure was judged by `sources.agreement.load`, and conditions are tried by
`transforms.conditions`. The rules stand in `sources.agreement.checks`, one file per part.
"""

from collections.abc import Mapping

from sources.agreement.checks import (
    agreements,
    codes,
    counting,
    declarations,
    general,
    goals,
    indicators,
    partners,
    periods,
    places,
    rainbow,
)
from sources.agreement.known import Known
from sources.agreement.lines import Lines
from sources.agreement.model import Agreement
from sources.contracts.model import Contract

_NO_LINES = Lines()


def faults(
    agreement: Agreement, contracts: Mapping[str, Contract], *, lines: Lines = _NO_LINES
) -> list[str]:
    """Return every contradiction, as `goals/meedoen.yaml:12: what. What to do`, in order.

    `contracts`: every delivery type by id. `lines`: from `load_with_lines`; without them a fault
    names its file only.
    """
    known = Known(agreement, contracts, lines)
    parts = (
        *(agreements, codes, counting, declarations, general, goals),
        *(indicators, partners, periods, places, rainbow),
    )
    return [str(fault) for fault in sorted(one for part in parts for one in part.faults(known))]

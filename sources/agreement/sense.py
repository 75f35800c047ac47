"""The pass over sense: what contradicts itself between the files of an agreement.

Structure was judged by `sources.agreement.load`, and conditions are tried by
`transforms.conditions`. The rules stand in `sources.agreement.checks`, one file per part. Beside
faults there are remarks: what is allowed, and what somebody should talk about.
"""

from collections.abc import Mapping
from datetime import date

from sources.agreement.checks import (
    agreements,
    baselines,
    burden,
    calendar,
    codes,
    coherence,
    conversations,
    council,
    counting,
    declarations,
    derived,
    efforts,
    figures,
    forces,
    general,
    goals,
    indicators,
    instruments,
    knowledge,
    measuring,
    money,
    openings,
    partners,
    periods,
    places,
    promises,
    rainbow,
    regie,
    risks,
    sheets,
    strategies,
    trust,
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
        *(agreements, baselines, burden, calendar, codes, coherence, conversations, council),
        *(counting, declarations, derived, efforts, figures, forces, general, goals, indicators),
        *(instruments, measuring, money, openings, partners, periods, places, promises, rainbow),
        *(regie, risks, sheets, strategies, trust),
    )
    return [str(fault) for fault in sorted(one for part in parts for one in part.faults(known))]


def remarks(
    agreement: Agreement,
    contracts: Mapping[str, Contract],
    *,
    today: date,
    lines: Lines = _NO_LINES,
) -> list[str]:
    """Return what no rule forbids and somebody should look at, written and ordered as faults.

    `today` decides what has expired or is overdue; nothing stops for a remark.
    """
    known = Known(agreement, contracts, lines)
    parts = (
        *(baselines, calendar, coherence, conversations, council, derived, efforts, goals),
        *(instruments, knowledge, measuring, partners, promises, regie, risks, strategies, trust),
    )
    return [str(one) for one in sorted(one for p in parts for one in p.remarks(known, today))]

"""The lastenmeter: what delivering costs each partner in its busiest quarter.

Source: leefwereld first, *systeemwereld zo klein en ondersteunend mogelijk*: whoever asks for one
thing more drops another, or says why. Fields and files follow from the contracts; minutes are an
estimate by people, of the agreement (`burden`) or else of the contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sources.agreement.model import Agreement, OwedDelivery
from sources.contracts.model import Contract


@dataclass(frozen=True, slots=True)
class Load:
    """What one partner must deliver in a quarter; a file once a year counts for a quarter of one.

    `most` is the budget in minutes; None where none was agreed.
    """

    files: float
    fields: float
    minutes: float
    most: int | None

    @property
    def over(self) -> bool:
        """Whether it costs more than was agreed."""
        return self.most is not None and self.minutes > self.most


def loads(agreement: Agreement, contracts: Mapping[str, Contract]) -> dict[str, Load]:
    """Return what each partner (not the suppliers of registrations) must deliver, by id.

    Of all quarters of the agreement the one that costs most counts. What is optional costs nothing.
    """
    begin, end = agreement.general.begin.year, agreement.general.end.year
    quarters = [f"{year}K{k}" for year in range(begin, max(begin, end) + 1) for k in range(1, 5)]
    return {
        key: max(
            (_load(agreement, contracts, key, quarter) for quarter in quarters),
            key=lambda load: (load.minutes, load.fields, load.files),
        )
        for key, partner in sorted(agreement.partners.items())
        if partner.kind == "partner"
    }


def _load(
    agreement: Agreement, contracts: Mapping[str, Contract], partner: str, quarter: str
) -> Load:
    asked, budget = agreement.partners[partner], agreement.general.burden
    stated = budget.minutes if budget else {}
    due = [
        (contracts[one.contract], _share(one, quarter))
        for one in asked.deliveries
        if not one.optional and one.contract in contracts
    ]
    return Load(
        files=sum(share for _, share in due),
        fields=sum(share * _fields(contract) for contract, share in due),
        minutes=sum(share * stated.get(one.id, one.minutes) for one, share in due),
        most=budget.most_minutes if budget and asked.most_minutes is None else asked.most_minutes,
    )


def _share(owed: OwedDelivery, quarter: str) -> float:
    """Return how much of a file is asked in a quarter: all, a quarter of a year's, or nothing."""
    yearly = len(owed.since) == 4
    period = quarter[:4] if yearly else quarter
    due = owed.since <= period <= (owed.until or period)
    return (0.25 if yearly else 1.0) if due else 0.0


def _fields(contract: Contract) -> int:
    """Return how many columns the partner fills in; what no file holds costs nobody anything."""
    return sum(not column.derived for column in contract.columns)

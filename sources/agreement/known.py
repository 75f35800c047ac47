"""All that a check may look at, and how it says what is wrong."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sources.agreement.lines import Lines
from sources.agreement.model import Agreement, GoalLevel, Indicator
from sources.contracts.derived import Derived, tables
from sources.contracts.model import Column, Contract
from sources.strict_yaml import Fault


@dataclass(frozen=True, slots=True)
class Known:
    """An agreement, the contracts of its deliveries, and the lines of its files."""

    agreement: Agreement
    contracts: Mapping[str, Contract]
    lines: Lines

    def fault(self, file: str, *place: str | int, what: str, to_do: str) -> Fault:
        """Return a fault at a place in a file; the place is its keys and list positions."""
        return Fault(file, self.lines.line(file, place), what, to_do)

    def unknown(
        self, file: str, *place: str | int, name: str, among: Iterable[str], kind: str
    ) -> Fault:
        """Return the fault of a name that does not exist, with the nearest one that does."""
        known = sorted(set(among))
        close = difflib.get_close_matches(name, known, n=1)
        to_do = f"Bedoelt u `{close[0]}`?" if close else f"Kies uit: {', '.join(known) or 'niets'}."
        return self.fault(file, *place, what=f"{kind} `{name}` bestaat niet", to_do=to_do)

    def strangers(
        self, file: str, *place: str | int, names: Iterable[str], among: Iterable[str], kind: str
    ) -> Iterator[Fault]:
        """Yield a fault for each name of a list in a file that does not exist."""
        known = set(among)
        for number, name in enumerate(names):
            if name not in known:
                yield self.unknown(file, *place, number, name=name, among=known, kind=kind)

    @property
    def tables(self) -> Mapping[str, Contract | Derived]:
        """All that an indicator can count, by name: contracts and derived tables."""
        return {**tables(), **self.contracts}

    def column(self, delivery: str, name: str) -> Column | None:
        """Return a column of a contract or derived table; None where one of both is not there.

        A column of a derived table has the codes of the one that it was taken from, by name.
        """
        there = self.tables.get(delivery)
        found = next((c for c in there.columns if c.name == name), None) if there else None
        if found is None or found.codes or not isinstance(there, Derived):
            return found
        taken = (self.column(contract, name) for contract, c in there.made_of.items() if name in c)
        return next((replace(found, codes=one.codes) for one in taken if one), found)

    def alive(self) -> dict[str, Indicator]:
        """Return the indicators that have not stopped."""
        indicators = self.agreement.indicators.items()
        return {key: one for key, one in indicators if one.status != "stopped"}

    def doel_of(self, indicator: str) -> str | None:
        """Return the doel above an indicator; None where the doelenboom is broken there."""
        goals = self.agreement.goals
        node = goals.get(self.agreement.indicators[indicator].goal)
        above = node.parent if node and node.level is GoalLevel.RESULT else None
        return above if above in goals else None

    def is_ours(self, area: str) -> bool:
        """Whether an area code lies in the municipality of the agreement."""
        return area[2:6] == self.agreement.general.municipality.code[2:6]

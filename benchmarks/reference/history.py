"""What is known of a small municipality, and where its places lie."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.reference.days import Period, quarter

Row = dict[str, Any]
"""A row of a contract by column; what is not there is empty."""

MUNICIPALITY = "GM9901"
REST = "onbekend"
DISTRICTS = ("WK990101", "WK990102")
BUURTEN = {"BU99010101": "WK990101", "BU99010102": "WK990101", "BU99010201": "WK990102"}
POSTCODES = {"9901AA": "BU99010101", "9901AB": "BU99010102", "9902AA": "BU99010201"}
PARTNERS = ("sociaal_team", "welzijn", "bibliotheek", "initiatief", "vluchtelingenwerk")


@dataclass(frozen=True, slots=True)
class History:
    """The accepted rows per contract, the quarters asked for and the day on which they are."""

    rows: dict[str, list[Row]]
    quarters: tuple[str, ...]
    known_at: date
    arcs: tuple[tuple[str, str, int, date], ...]
    """(contract, code, arc, since), in order of date."""

    @property
    def reference(self) -> date:
        """The day by which open cases are judged."""
        year, number = max(self.quarters).split("K")
        return min(self.known_at, quarter(date(int(year), 3 * int(number), 1)).last)

    def of(self, contract: str) -> list[Row]:
        """Return the rows of a contract."""
        return self.rows.get(contract, [])

    def arc(self, contract: str, code: str, day: date) -> int | None:
        """Return the arc of a code on a day; None where it has none then."""
        found = None
        for about, one, arc, since in self.arcs:
            if (about, one) == (contract, code) and since <= day:
                found = arc
        return found

    def inhabitants(self, column: str, period: Period, area: str) -> float | None:
        """Return the constant of an area: of the latest year not after the period, or the first."""
        of_area = {
            row["jaar"]: row[column]
            for row in self.of("gebied_kerncijfers")
            if row["code"] == area and row[column] is not None
        }
        until = [year for year in of_area if year <= period.last.year]
        if until:
            return float(of_area[max(until)])
        return float(of_area[min(of_area)]) if of_area else None


def lies_in(place: str | None, area: str) -> bool:
    """Return whether a place (a code or postcode) lies in an area, or in a rest area."""
    if area == MUNICIPALITY:
        return True
    buurt = POSTCODES.get(place or "", place)
    wijk = BUURTEN.get(buurt or "", buurt if buurt in DISTRICTS else REST)
    if area == REST or area in DISTRICTS:
        return area == wijk
    if area.startswith(REST):
        return buurt not in BUURTEN and area == f"{REST}_{wijk}"
    return area == buurt


def district_of(row: Row) -> str | None:
    """Return the district of a row that tells it, or only the digits of a postcode (pc4)."""
    if row.get("gebied_code") or not row.get("pc4"):
        return row.get("gebied_code")
    there = {BUURTEN[buurt] for pc6, buurt in POSTCODES.items() if pc6[:4] == row["pc4"]}
    return there.pop() if len(there) == 1 else None

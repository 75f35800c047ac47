"""Eight figures of every wijk, counted one row at a time from what the maker tells.

It shares no line with ours, nor with the notebook: so that a figure on the page of another wijk
shows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sources.example.maker.deliveries import Delivery

FIGURES = ("I01", "I07", "I08", "I09", "I15", "I28", "I31", "I32")
RATES = ("I07", "I09", "I15")

_ASKED = {"CEO-9": "I01", "CEO-2": "I31", "CEO-1": "I32", "ACT-1": "I08"}
_YES = ("ja", "eens", "helemaal_eens")
_SAID = (*_YES, "nee", "neutraal", "oneens", "helemaal_oneens")
_GONE = ("ingetrokken", "overleden", "verhuisd")


@dataclass(slots=True)
class Count:
    """What is counted (`x`) of how many (`n`)."""

    x: float = 0
    n: float = 0

    @property
    def value(self) -> float:
        """The share, or what there is per inhabitant."""
        return self.x / self.n


def truth(
    told: Iterable[Delivery], wijk_of: Mapping[str, str], quarter: str
) -> dict[tuple[str, str], Count]:
    """Return per figure and wijk the newest count, as known when a quarter ended.

    `wijk_of` is the wijk of every postcode.
    """
    last = _index(quarter)
    counts: dict[tuple[str, str], Count] = defaultdict(Count)
    questions: dict[str, dict[str, Any]] = {}
    for one in told:
        for row in one.rows.iter_rows(named=True):
            if one.code == "L01":
                questions[row["melding_id"]] = row
            elif one.code == "L06" and row["periode"] == quarter:
                _activity(row, counts)
            elif one.code == "L09":
                _answer(row, last, counts)
            elif one.code == "L12c" and row["jaar"] == last // 4:
                for figure in RATES:
                    counts[figure, row["code"]].n = row["inwoners"]
    for row in questions.values():
        _question(row, wijk_of[row["pc6"]], last, counts)
    return {key: one for key, one in counts.items() if (key[1] or "").startswith("WK") and one.n}


def _activity(row: dict[str, Any], counts: dict[tuple[str, str], Count]) -> None:
    wijk = f"WK{row['gebied_code'][2:8]}"
    counts["I09", wijk].x += row["vrijwilligers"]
    if row["telwijze"] == "uniek_geregistreerd":
        counts["I07", wijk].x += row["unieke_deelnemers"]
    if row["activiteit_id"] == "B02":
        counts["I15", wijk].x += row["contacten"]


def _answer(row: dict[str, Any], last: int, counts: dict[tuple[str, str], Count]) -> None:
    figure, quarter = _ASKED.get(row["vraag_id"]), _quarter(row["datum"])
    this_year = quarter // 4 == last // 4
    recent = this_year if figure != "I08" else last - 4 < quarter <= last
    if figure and recent and row["antwoord_code"] in _SAID:
        one = counts[figure, row["gebied_code"]]
        one.x, one.n = one.x + (row["antwoord_code"] in _YES), one.n + 1


def _question(
    row: dict[str, Any], wijk: str, last: int, counts: dict[tuple[str, str], Count]
) -> None:
    agreed = row["opschorting_akkoord"] in (True, "ja")
    days = 42 + (row["opschorting_dagen"] or 0) * agreed
    due, ready = row["datum_melding"] + timedelta(days), row["datum_onderzoek_klaar"]
    judged = ready is not None or _quarter(due) <= last
    if row["uitkomst"] not in _GONE and judged and last - 4 < _quarter(due) <= last:
        one = counts["I28", wijk]
        one.x, one.n = one.x + (ready is not None and ready <= due), one.n + 1


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _index(quarter: str) -> int:
    return int(quarter[:4]) * 4 + int(quarter[-1]) - 1

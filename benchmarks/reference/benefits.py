"""Benefits: I14 and I20."""

from dataclasses import dataclass
from datetime import date

from benchmarks.reference.days import Period, months_later
from benchmarks.reference.definition import Definition, Facts, rates, shares
from benchmarks.reference.figures import Fact, of_these, once
from benchmarks.reference.history import History, Row

WORK = ("werk_loondienst", "zelfstandig")
SAME_SPELL = 30
"""What begins fewer days after an end goes on with the same spell."""


@dataclass(slots=True)
class Spell:
    """Benefit without a break: its first and last day (None runs on), and its last dossier."""

    client: str
    begin: date
    end: date | None
    row: Row

    def runs(self, first: date, last: date) -> bool:
        """Return whether there was a benefit on any of these days."""
        return self.begin <= last and (self.end is None or self.end >= first)


def spells(history: History) -> list[Spell]:
    """Return the spells of every client."""
    dossiers = history.of("pwet_uitkeringen")
    found: list[Spell] = []
    for row in sorted(dossiers, key=lambda row: (row["client_pseudo"], row["begindatum"])):
        last = found[-1] if found else None
        begin, end = row["begindatum"], row.get("einddatum")
        same = (
            last
            and last.client == row["client_pseudo"]
            and (last.end is None or (begin - last.end).days < SAME_SPELL)
        )
        if not (last and same):
            found.append(Spell(row["client_pseudo"], begin, end, row))
        elif _later(row, last.row):
            last.end, last.row = end, row
    return found


def _later(one: Row, other: Row) -> bool:
    def order(row: Row) -> tuple[date, date, str]:
        return row.get("einddatum") or date.max, row["begindatum"], row["dossier_id"]

    return order(one) > order(other)


def found_work(every: list[Spell], spell: Spell) -> date | None:
    """Return the day a month after a spell that ended by work, if there was no benefit that day."""
    if spell.end is None or spell.row["reden_beeindiging"] not in WORK:
        return None
    month_on = months_later(spell.end, 1)
    back = any(one.client == spell.client and one.runs(month_on, month_on) for one in every)
    return None if back else month_on


def _to_work(history: History, period: Period) -> Facts:
    """Of who had a benefit on the first day: whose ended by work, and was still gone a month on."""
    every = spells(history)
    flags = []
    for one in every:
        if one.runs(period.first, period.first):
            gone = found_work(every, one) if one.end in period else None
            flags.append((gone is not None and gone <= history.reference, Fact(one.row["pc6"])))
    return {"": of_these(flags), "na_een_jaar": _a_year_on(history, period)}


def _a_year_on(history: History, period: Period) -> list[Fact]:
    """Who found work 12 to 24 months before the end: was there a benefit again within a year?"""
    every = spells(history)
    first, last = months_later(period.last, -24), months_later(period.last, -12)
    left: dict[str, tuple[date, Row]] = {}
    for one in every:
        if one.end is None or not first < one.end <= last:
            continue
        if months_later(one.end, 12) <= history.reference and found_work(every, one):
            left[one.client] = one.end, one.row
    return of_these(
        (
            not any(
                other.client == client and end < other.begin <= months_later(end, 12)
                for other in every
            ),
            Fact(row["pc6"]),
        )
        for client, (end, row) in left.items()
    )


def _households(history: History, period: Period) -> Facts:
    """Households with a benefit on the last day."""
    return {
        "": once(
            Fact(one.row["pc6"], 1, who=one.row["huishouden_pseudo"])
            for one in spells(history)
            if one.runs(period.last, period.last)
        )
    }


BENEFITS = {
    "I14": Definition(_to_work, shares),
    "I20": Definition(_households, rates("huishoudens", 1000)),
}

"""Periods as they are written: a quarter, four quarters in a row, or a year."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import OwedDelivery
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield every period that cannot be, and every delivery that ends before it begins."""
    for key, indicator in known.agreement.indicators.items():
        file = f"indicators/{key}.yaml"
        if indicator.baseline:
            yield from _period(known, file, "baseline", "period", period=indicator.baseline.period)
        for number, one in enumerate(indicator.breaks):
            yield from _period(known, file, "breaks", number, "period", period=one.period)
    for key, partner in known.agreement.partners.items():
        for number, owed in enumerate(partner.deliveries):
            yield from _owed(known, f"partners/{key}.yaml", number, owed)


def _period(known: Known, file: str, *place: str | int, period: str) -> Iterator[Fault]:
    first, _, last = period.partition("/")
    if last and ("K" not in first or quarter(last) - quarter(first) != 3):
        what = f"`{period}` is geen rij van vier kwartalen"
        yield known.fault(file, *place, what=what, to_do="Schrijf bijvoorbeeld 2025K4/2026K3.")


def _owed(known: Known, file: str, number: int, owed: OwedDelivery) -> Iterator[Fault]:
    place, since, until = ("deliveries", number), owed.since, owed.until
    if "/" in since or "/" in (until or ""):
        what = "Een levering gaat over een kwartaal of een jaar"
        yield known.fault(file, *place, what=what, to_do="Schrijf 2026K3 of 2026.")
    elif until and ("K" in since) != ("K" in until):
        what = f"`since: {since}` en `until: {until}` zijn van een andere soort"
        yield known.fault(file, *place, what=what, to_do="Kies twee keer een kwartaal of een jaar.")
    elif until and until < since:
        what = f"Deze levering stopt ({until}) voordat zij begint ({since})"
        yield known.fault(file, *place, what=what, to_do="Kies een latere `until`.")


def quarter(text: str) -> int:
    """Return the number of a quarter; of a calendar year that of its last one."""
    return int(text[:4]) * 4 + int(text[5:] or 4)

"""The financieel deel: of which sheet the money is, and amounts that can be."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import Finance
from sources.strict_yaml import Fault

_OVER = {"advanced": "bevoorschot", "spent": "besteed", "forecast": "verwacht"}


def faults(known: Known) -> Iterator[Fault]:
    """Yield lines that belong to no sheet, come twice, or pass what was granted without a word."""
    for key, one in known.agreement.agreements.items():
        sheets = [sheet.key for sheet in one.result_sheets]
        seen: set[tuple[int, str, str | None]] = set()
        for number, line in enumerate(one.finance):
            place = ("finance", number)
            if line.result_sheet and line.result_sheet not in sheets:
                where, name = (*place, "result_sheet"), line.result_sheet
                yield known.unknown(
                    _file(key), *where, name=name, among=sheets, kind="Resultaatblad"
                )
            if (line.year, line.purpose, line.result_sheet) in seen:
                what = f"Voor {line.year} staat dit er al"
                yield known.fault(_file(key), *place, what=what, to_do="Haal een van beide weg.")
            seen.add((line.year, line.purpose, line.result_sheet))
            yield from _amounts(known, key, number, line)


def _amounts(known: Known, key: str, number: int, line: Finance) -> Iterator[Fault]:
    for name, dutch in _OVER.items():
        amount = getattr(line, name)
        if amount is not None and amount > line.granted and not line.note:
            what = f"Er is meer {dutch} ({amount}) dan toegekend ({line.granted})"
            to_do = "Kijk het bedrag na, of schrijf bij `note` hoe dat komt."
            yield known.fault(_file(key), "finance", number, name, what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"

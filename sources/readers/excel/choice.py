"""Which sheet of a workbook is the delivery, and what the others are."""

from dataclasses import replace
from itertools import pairwise

from sources.contracts import cover
from sources.contracts.model import Contract
from sources.readers.excel.book import Sheet
from sources.readers.excel.cells import texts
from sources.readers.excel.labels import label
from sources.readers.header import forbidden, resembles
from sources.readers.reading import Refused, note, refuse
from sources.readers.rows import MAX_HEADER_ROW, Top, filled, find_header, has_required
from sources.verdict import Finding

_OURS = frozenset({"uitleg", "lijsten"})  # the sheets of our own template, beside the Voorblad
_TABLE = 3  # names in a row that make it the head of a table
_ONE = "Zet de levering op een blad, en haal de andere bladen weg."


def is_cover(sheet: Sheet) -> bool:
    """Return whether this is the Voorblad."""
    return sheet.name.strip().casefold() == cover.SHEET.casefold()


def said_on_cover(sheets: list[Sheet], decimal: str) -> tuple[tuple[str, str], ...]:
    """Return the labels and values of the Voorblad, without what has no value."""
    rows = [row for sheet in sheets if is_cover(sheet) for row in sheet.rows()]
    pairs = [[text.strip() for text in texts(row[:2], decimal)] for row in rows]
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2 and all(pair))


def choose(contract: Contract, sheets: list[Sheet]) -> tuple[Sheet, Top | None, list[Finding]]:
    """Return the sheet that has the contract's columns, where they stand, and what to say of it.

    Raises Refused: B101 where no sheet holds anything (B108: none but the Voorblad), B151 where two
    sheets have the columns, B158 where it cannot be told which sheet is meant, S901 where a sheet
    that is not read has a column that may not come in.
    """
    tops = {}
    for sheet in sheets:
        cells = sheet.top(MAX_HEADER_ROW) if _may_be_delivery(sheet) else []
        if any(map(filled, cells)):
            tops[sheet.name] = (sheet, find_header(contract, cells))
    if not tops:
        code = "B108" if any(map(is_cover, sheets)) else "B101"
        message = "Op geen enkel blad staan rijen."
        raise refuse(code, message, "Kijk of u het goede bestand stuurde.")
    try:
        sheet, top = tops.pop(_chosen(contract, tops))
    except Refused as refusal:  # then none is read
        raise Refused(*_personal(contract, sheets), *refusal.findings) from None
    if personal := _personal(contract, [each for each in sheets if each is not sheet]):
        raise Refused(*personal)
    others = [other for other, _ in tops.values()]
    return sheet, top, [*_others(contract, sheet, others), *_hidden(contract, sheet)]


def _chosen(contract: Contract, tops: dict[str, tuple[Sheet, Top | None]]) -> str:
    """Return the name of the sheet that is the delivery. Raises Refused (B151, B158)."""
    whole = [name for name, (_, top) in tops.items() if top and has_required(contract, top.cells)]
    if len(whole) > 1:
        shown = ", ".join(f"`{label(contract, tops[name][0])}`" for name in whole[:5])
        raise refuse("B151", f"Meer dan een blad heeft de kolommen van de levering: {shown}.", _ONE)
    return whole[0] if whole else _nearest(contract, tops)


def _personal(contract: Contract, unread: list[Sheet]) -> list[Finding]:
    """Return what says (S901) of sheets that are not read that a column may not come in.

    A table is a row of three names or more, with something under the name: on a sheet about the
    file itself a mail address may well be asked for.
    """
    found = []
    for sheet in unread:
        for names, below in pairwise(sheet.top(MAX_HEADER_ROW)):
            if len(filled(names)) >= _TABLE:
                asked = [
                    name if cell.strip() else "" for name, cell in zip(names, below, strict=False)
                ]
                called = label(contract, sheet)
                found += [replace(each, sheet=called) for each in forbidden(contract, asked)]
                break
    return found


def _may_be_delivery(sheet: Sheet) -> bool:
    return not is_cover(sheet) and sheet.name.strip().casefold() not in _OURS


def _nearest(contract: Contract, tops: dict[str, tuple[Sheet, Top | None]]) -> str:
    """Return the sheet that most likely is meant, to tell what its header lacks."""
    if len(tops) == 1:
        return next(iter(tops))
    fits = {name: resembles(contract, top.cells) for name, (_, top) in tops.items() if top}
    best = [name for name in fits if fits[name] == max(fits.values())]
    if len(best) == 1:
        return best[0]
    message = "Op geen van de bladen staan de kolomnamen van deze levering."
    required = ", ".join(column.header for column in contract.columns if column.required)
    raise refuse("B158", message, f"Zet boven de kolommen minstens: {required}.")


def _others(contract: Contract, chosen: Sheet, others: list[Sheet]) -> list[Finding]:
    if not others:
        return []
    names = [f"`{label(contract, each)}`" + " (verborgen)" * each.hidden for each in others]
    shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    message = f"Wij lezen alleen het blad `{label(contract, chosen)}`. Niet gelezen: {shown}."
    return [note("B152", message, "Staat de levering op een ander blad? Haal dit blad dan weg.")]


def _hidden(contract: Contract, sheet: Sheet) -> list[Finding]:
    if not sheet.hidden:
        return []
    message = f"Het blad `{label(contract, sheet)}` is verborgen. Wij lezen het wel."
    return [note("B153", message, "Rechtsklik op een blad en kies Zichtbaar maken.")]

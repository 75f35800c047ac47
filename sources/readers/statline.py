"""A table of CBS's StatLine as a file that CBS delivers: areas of a municipality and their figures.

What is fetched is written as the contract describes it and then goes the way of every delivery:
sealed, judged, kept.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from sources.contracts.model import Column, Contract, FieldType
from sources.errors import SourceUnavailable
from sources.readers.cbs import Fetch, Row
from sources.readers.header import normal

_KINDS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
_UNKNOWN = "."  # as CBS writes what is not published; it is never 0


def delivery(
    fetch: Fetch,
    contract: Contract,
    table: str,
    *,
    municipality: str,
    period: str,
    fixed: Mapping[str, str],
) -> bytes:
    """Return the areas of a municipality with their figures as a CSV of the contract.

    A column of the contract gets: the code of the area (the area column of its key), `naam`,
    `soort`, `ouder` and `jaar` by these names; what `fixed` says for it (by name); or the measure
    with its header or one of its aliases as identifier or title. What the table does not have is
    left out, for the gate to tell. What CBS does not publish is `.`, what cannot be is empty.

    Raises:
        SourceUnavailable: CBS does not answer, has no such table, or answers something else.
    """
    place = _dimension(fetch, table)
    areas = _areas(fetch, table, place, municipality=municipality)
    measures = _measures(fetch, table, contract)
    figures = _figures(fetch, table, place, measures.values(), municipality=municipality)
    columns = [c for c in contract.columns if not c.derived]
    told = {
        column.header: teller
        for column in columns
        if (teller := _teller(column, contract, measures, fixed, period)) is not None
    }
    rows = ([tell(area, figures) for tell in told.values()] for area in areas)
    return _written(contract, list(told), rows)


def codes(fetch: Fetch, table: str, dimension: str) -> dict[str, str]:
    """Return the codes of a dimension with their labels. Raises SourceUnavailable."""
    found = fetch(f"{table}/{dimension}Codes", {})
    return {str(row["Identifier"]).strip(): str(row["Title"]).strip() for row in found}


Tell = Callable[[Row, Mapping[tuple[str, str], str]], str]


def _teller(
    column: Column,
    contract: Contract,
    measures: Mapping[str, str],
    fixed: Mapping[str, str],
    period: str,
) -> Tell | None:
    """Return what fills a column for one area; None where CBS has nothing for it."""
    if column.name in fixed:
        return lambda area, figures: fixed[column.name]
    if column.name == "jaar":
        return lambda area, figures: period[:4]
    if column.type is FieldType.AREA and column.name in contract.key:
        return lambda area, figures: str(area["code"])
    if column.name in ("naam", "soort", "ouder"):
        return lambda area, figures: str(area[column.name])
    if measure := measures.get(column.name):
        return lambda area, figures: figures.get((area["code"], measure), "")
    return None


def _written(contract: Contract, header: list[str], rows: Iterable[list[str]]) -> bytes:
    sign = contract.dialect.decimal
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=contract.dialect.delimiter,
        quotechar=contract.dialect.quote,
        lineterminator="\r\n",
    )
    writer.writerow(header)
    writer.writerows([_decimal(cell, sign) for cell in row] for row in rows)
    return text.getvalue().encode()


def _decimal(cell: str, sign: str) -> str:
    return cell.replace(".", sign) if cell != _UNKNOWN and _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def _dimension(fetch: Fetch, table: str) -> str:
    """Return the dimension of the areas; refuse a table that is spread over others as well."""
    found = {row["Identifier"]: row.get("Kind") for row in fetch(f"{table}/Dimensions", {})}
    places = [name for name, kind in found.items() if kind == "GeoDimension"]
    if len(places) == 1 and len(found) == 1:
        return str(places[0])
    raise SourceUnavailable(
        f"Tabel {table} van het CBS is uitgesplitst naar {', '.join(found) or 'niets'}. "
        "Wij lezen tabellen met alleen wijken en buurten. Kies zo'n tabel."
    )


def _areas(fetch: Fetch, table: str, place: str, *, municipality: str) -> list[Row]:
    """Return the areas of a municipality by code: code, naam, soort, ouder."""
    query = {"$filter": _within("Identifier", municipality)}
    found = {}
    for row in fetch(f"{table}/{place}Codes", query):
        code = str(row["Identifier"]).strip()
        if code[:2] in _KINDS and code[2:6] == municipality[2:]:
            name = str(row["Title"]).strip()
            kind, parent = _KINDS[code[:2]], _parent(code)
            found[code] = {"code": code, "naam": name, "soort": kind, "ouder": parent}
    if not found:
        raise SourceUnavailable(
            f"Tabel {table} van het CBS kent {municipality} niet. Kijk of het jaar goed is: "
            "een gemeente die is opgegaan in een andere, staat er niet meer in."
        )
    return [found[code] for code in sorted(found)]


def _parent(code: str) -> str:
    """Return the area that an area lies in: its code is the beginning of the other's."""
    above = {"BU": f"WK{code[2:8]}", "WK": f"GM{code[2:6]}"}
    return above.get(code[:2], "")


def _measures(fetch: Fetch, table: str, contract: Contract) -> dict[str, str]:
    """Return the identifier of the measure of each column that has one."""
    by_name: dict[str, str] = {}
    for row in fetch(f"{table}/MeasureCodes", {}):
        for name in (row["Title"], row["Identifier"]):
            by_name[normal(str(name))] = str(row["Identifier"])
    found = {}
    for column in contract.columns:
        names = (normal(name) for name in (column.header, *column.aliases))
        if measure := next((by_name[name] for name in names if name in by_name), None):
            found[column.name] = measure
    return found


def _figures(
    fetch: Fetch,
    table: str,
    place: str,
    measures: Iterable[str],
    *,
    municipality: str,
) -> dict[tuple[str, str], str]:
    """Return per area and measure the value as text; `.` where CBS does not publish it."""
    asked = sorted(measures)
    if not asked:
        return {}
    either = " or ".join(f"Measure eq '{measure}'" for measure in asked)
    query = {"$filter": f"({_within(place, municipality)}) and ({either})"}
    return {
        (str(row[place]).strip(), str(row["Measure"]).strip()): _value(row)
        for row in fetch(f"{table}/Observations", query)
    }


def _value(row: Row) -> str:
    value = row.get("Value")
    if value is None:
        impossible = row.get("ValueAttribute") == "Impossible"
        return str(row.get("StringValue") or "").strip() or ("" if impossible else _UNKNOWN)
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _within(field: str, municipality: str) -> str:
    digits = municipality[2:]
    return " or ".join(f"startswith({field},'{kind}{digits}')" for kind in _KINDS)

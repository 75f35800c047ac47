"""Read delivery contracts: Open Data Contract Standard v3.1 (Bitol) in strict YAML → `Contract`.

What ODCS has no word for stands under its `customProperties`. All faults of all files come at
once, each with file and line. Whether a contract's SQL runs is for the gate: nothing here runs SQL.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from sources.contracts import code_lists
from sources.contracts.code_lists import CodeList
from sources.contracts.model import Column, Contract, Dialect, FieldType, Snapshot
from sources.contracts.part import Part, custom, top
from sources.contracts.table import check_dates, check_headers, column, key, rules
from sources.errors import AgreementError
from sources.strict_yaml import Fault, scan

SUFFIX = ".odcs.yaml"

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FREQUENCIES = ("month", "quarter", "halfyear", "year")

_FILE_KEYS = {
    *("apiVersion", "kind", "id", "name", "version", "status", "description", "schema", "team"),
    *("slaProperties", "customProperties", "tags", "authoritativeDefinitions", "domain", "tenant"),
}
_FILE_CUSTOM = {
    *("code", "law", "snapshot", "delimiter", "quote", "decimal", "reader", "references"),
    *("consults", "forbidden", "refuse_above", "minutes", "source_note", "scope"),
    *("overflow", "positional", "own_words"),
}


@cache
def standard() -> Mapping[str, Contract]:
    """Return the contracts that come with the program, by id; they are read once.

    Raises AgreementError where one of them cannot be read.
    """
    faults: list[Fault] = []
    contracts = _standard(code_lists.standard(faults), faults)
    _raise(faults)
    return MappingProxyType(contracts)


def load(agreement: Path) -> dict[str, Contract]:
    """Return the standard contracts and those in the agreement's `deliveries/`, by id.

    Of two with one id the agreement's own holds; so of the code lists in its `deliveries/lists/`.
    Raises AgreementError with every fault of every file, one per line: `file:line: what. What to
    do.`
    """
    faults: list[Fault] = []
    own = agreement / "deliveries"
    known = code_lists.standard(faults) | code_lists.load(own / "lists", faults)
    contracts = _standard(known, faults) | _load(own, known, faults)
    _raise(faults)
    _raise([*_wrong_references(contracts), *_equal_codes(contracts)])
    return contracts


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise AgreementError("\n".join(map(str, sorted(faults))))


def _standard(known: dict[str, CodeList], faults: list[Fault]) -> dict[str, Contract]:
    with resources.as_file(resources.files("sources.contracts") / "standard") as folder:
        return _load(folder, known, faults)


def _wrong_references(contracts: dict[str, Contract]) -> list[Fault]:
    """Return a fault for each reference to no contract, or that leads round through another.

    A contract may refer to itself: then it sees what it delivered before.
    """
    faults = []
    for name, contract in contracts.items():
        for reference in contract.looks_into:
            if reference not in contracts:
                what = f"Een contract `{reference}` bestaat niet"
                mend = "Verbeter of verwijder references of consults."
                faults.append(Fault(name + SUFFIX, 1, what, mend))
            elif name != reference and name in _below(reference, contracts, frozenset()):
                what = f"`{reference}` verwijst weer naar dit contract"
                faults.append(Fault(name + SUFFIX, 1, what, "Haal een van beide weg."))
    return faults


def _below(name: str, contracts: dict[str, Contract], seen: frozenset[str]) -> frozenset[str]:
    """Return a contract with everything that it refers to, directly or through another."""
    found = seen | {name}
    for reference in contracts[name].looks_into if name in contracts else ():
        if reference not in found:
            found |= _below(reference, contracts, found)
    return found


def _equal_codes(contracts: dict[str, Contract]) -> list[Fault]:
    """Return a fault for each contract with the code of another: file names tell them apart."""
    faults = []
    owners: dict[str, str] = {}
    for name, contract in contracts.items():
        owner = owners.setdefault(contract.code.casefold(), name)
        if owner != name:
            what = f"De code {contract.code} is ook van `{owner}`"
            faults.append(Fault(name + SUFFIX, 1, what, "Geef elk contract een eigen code."))
    return faults


def _load(folder: Path, known: dict[str, CodeList], faults: list[Fault]) -> dict[str, Contract]:
    found = [_contract(path, known, faults) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return {contract.id: contract for contract in found}


def _contract(path: Path, known: dict[str, CodeList], faults: list[Fault]) -> Contract:
    document = scan(path)
    faults.extend(document.faults)
    part = top(document, faults)
    part.only(_FILE_KEYS)
    _identity(part, path)
    own = custom(part, _FILE_CUSTOM)
    table = _table(part)
    properties = table.parts("properties")
    law = own.text("law", "") or None
    columns = tuple(column(each, known, law) for each in properties)
    check_headers(properties, columns)
    check_dates(properties, columns)
    _check_law(own, columns)
    promises = {each.text("property"): each for each in part.parts("slaProperties")}
    return Contract(
        id=part.text("id"),
        code=own.text("code"),
        version=part.text("version"),
        title=part.text("name"),
        purpose=part.below("description").text("purpose"),
        usage=part.below("description").text("usage", ""),
        columns=columns,
        key=key(table, properties),
        rules=rules(table, columns),
        snapshot=Snapshot(own.choice("snapshot", tuple(Snapshot), Snapshot.PERIOD)),
        dialect=_dialect(own),
        reader=own.choice("reader", ("csv", "geojson"), "csv"),
        references=own.texts("references"),
        consults=own.texts("consults"),
        forbidden=own.texts("forbidden"),
        law=law,
        refuse_above=own.number("refuse_above", 0.05),
        retention_months=_months(promises["retention"]) if "retention" in promises else 24,
        frequency=_frequency(promises["frequency"]) if "frequency" in promises else "quarter",
        due_days=_days(promises["latency"]) if "latency" in promises else 28,
        minutes=int(own.number("minutes", 0.0)),
        source_note=own.text("source_note", ""),
        scope=_scope(own, columns),
        overflow=own.flag("overflow"),
        positional=own.flag("positional"),
        own_words=own.flag("own_words"),
    )


def _table(part: Part) -> Part:
    tables = part.parts("schema")
    if len(tables) == 1:
        return tables[0]
    part.fault("schema", "Er hoort precies een tabel in het schema", "Beschrijf er een.")
    return part.below("description")


def _check_law(own: Part, columns: tuple[Column, ...]) -> None:
    """Note a fault where persons are told of, but not for which law."""
    if "law" not in own.tree and any(column.type is FieldType.PERSON for column in columns):
        what = "Er is een kolom met personen, maar geen wet"
        own.fault("law", what, "Noem de wet waarvoor u het nummer gebruikt, zoals law: Wmo.")


def _scope(own: Part, columns: tuple[Column, ...]) -> str | None:
    scope = own.text("scope", "") or None
    if scope and scope not in {c.name for c in columns if c.type is FieldType.AREA}:
        what = f"`{scope}` is geen kolom met een gebiedscode"
        own.fault("scope", what, "Noem bij scope een kolom met type: area.")
    return scope


def _identity(part: Part, path: Path) -> None:
    if not part.text("apiVersion").startswith("v3."):
        part.fault("apiVersion", "Dit is geen ODCS v3", "Schrijf apiVersion: v3.1.0.")
    part.choice("kind", ("DataContract",))
    identifier = part.text("id")
    if not _NAME.fullmatch(identifier):
        part.fault("id", "Een id is kleine letters, cijfers en _", "Kies een ander id.")
    if path.name != identifier + SUFFIX:
        what = f"Het id `{identifier}` past niet bij de bestandsnaam"
        part.fault("id", what, f"Noem het bestand {identifier}{SUFFIX}.")


def _dialect(own: Part) -> Dialect:
    usual = Dialect()
    delimiter = own.text("delimiter", usual.delimiter).replace("\\t", "\t")
    quote = own.text("quote", usual.quote)
    for place, value in (("delimiter", delimiter), ("quote", quote)):
        if len(value) != 1:
            own.fault(place, f"`{value}` is niet precies een teken", "Schrijf een teken.")
    return Dialect(delimiter, quote, own.choice("decimal", (",", "."), usual.decimal))


def _frequency(part: Part) -> str:
    return part.choice("unit", _FREQUENCIES, "quarter")


def _months(part: Part) -> int:
    unit = part.choice("unit", ("m", "y"), "m")
    return int(part.number("value", 24.0)) * (12 if unit == "y" else 1)


def _days(part: Part) -> int:
    part.choice("unit", ("d",), "d")
    return int(part.number("value", 28.0))

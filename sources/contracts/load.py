"""Read delivery contracts: Open Data Contract Standard v3.1 (Bitol) in strict YAML → `Contract`.

What ODCS has no word for stands under its `customProperties`. All faults of all files come at
once, each with file and line. Whether a contract's SQL runs is for the gate: nothing here runs SQL.
"""

import re
from importlib import resources
from pathlib import Path

from sources.contracts.model import Column, Contract, Dialect, FieldType, Rule, Snapshot
from sources.contracts.part import Part, custom, top
from sources.errors import AgreementError
from sources.strict_yaml import Fault, scan
from sources.verdict import Level

SUFFIX = ".odcs.yaml"

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[BKRVXPS]\d{3}")
_QUERY = re.compile(r"SELECT COUNT\(\*\) FROM \$\{object\} WHERE (?P<predicate>.+)", re.DOTALL)
_BSN_HEADERS = {"bsn", "burgerservicenummer"}
_FREQUENCIES = ("month", "quarter", "halfyear", "year")

_FILE_KEYS = {
    *("apiVersion", "kind", "id", "name", "version", "status", "description", "schema", "team"),
    *("slaProperties", "customProperties", "tags", "authoritativeDefinitions", "domain", "tenant"),
}
_FILE_CUSTOM = {
    *("code", "law", "snapshot", "delimiter", "quote", "decimal", "reader", "references"),
    *("forbidden", "refuse_above", "minutes", "source_note", "scope"),
}
_COLUMN_KEYS = {
    *("name", "businessName", "logicalType", "physicalType", "required", "primaryKey", "unique"),
    *("primaryKeyPosition", "description", "examples", "logicalTypeOptions", "customProperties"),
    *("classification", "transformLogic"),
}
_COLUMN_CUSTOM = {"type", "aliases", "codes", "missing", "personal", "header"}
_RULE_KEYS = {
    *("id", "name", "type", "query", "mustBe", "severity", "dimension", "description"),
    *("businessImpact", "customProperties"),
}


def standard() -> dict[str, Contract]:
    """Return the contracts that come with the program, by id.

    Raises AgreementError where one of them cannot be read.
    """
    with resources.as_file(resources.files("sources.contracts") / "standard") as folder:
        return _load(sorted(folder.glob(f"*{SUFFIX}")))


def load(agreement: Path) -> dict[str, Contract]:
    """Return the standard contracts and those in the agreement's `deliveries/`, by id.

    Of two with one id the agreement's own holds. Raises AgreementError with every fault of every
    file, one per line: `file:line: what. What to do.`
    """
    return standard() | _load(sorted((agreement / "deliveries").glob(f"*{SUFFIX}")))


def _load(paths: list[Path]) -> dict[str, Contract]:
    faults: list[Fault] = []
    contracts = {}
    for path in paths:
        contract = _contract(path, faults)
        contracts[contract.id] = contract
    if faults:
        raise AgreementError("\n".join(map(str, sorted(faults))))
    return contracts


def _contract(path: Path, faults: list[Fault]) -> Contract:
    document = scan(path)
    faults.extend(document.faults)
    part = top(document, faults)
    part.only(_FILE_KEYS)
    _identity(part, path)
    own = custom(part, _FILE_CUSTOM)
    table = _table(part)
    properties = table.parts("properties")
    columns = tuple(_column(each) for each in properties)
    _columns_differ(properties, columns)
    promises = {each.text("property"): each for each in part.parts("slaProperties")}
    return Contract(
        id=part.text("id"),
        code=own.text("code"),
        version=part.text("version"),
        title=part.text("name"),
        purpose=part.below("description").text("purpose"),
        usage=part.below("description").text("usage", ""),
        columns=columns,
        key=_key(table, properties),
        rules=_rules(table, columns),
        snapshot=Snapshot(own.choice("snapshot", tuple(Snapshot), Snapshot.PERIOD)),
        dialect=_dialect(own),
        reader=own.choice("reader", ("csv", "geojson"), "csv"),
        references=own.texts("references"),
        forbidden=own.texts("forbidden"),
        law=_law(own, columns),
        refuse_above=own.number("refuse_above", 0.05),
        retention_months=_months(promises["retention"]) if "retention" in promises else 24,
        frequency=_frequency(promises["frequency"]) if "frequency" in promises else "quarter",
        due_days=_days(promises["latency"]) if "latency" in promises else 28,
        minutes=int(own.number("minutes", 0.0)),
        source_note=own.text("source_note", ""),
        scope=_scope(own, columns),
    )


def _table(part: Part) -> Part:
    tables = part.parts("schema")
    if len(tables) == 1:
        return tables[0]
    part.fault("schema", "Er hoort precies een tabel in het schema", "Beschrijf er een.")
    return part.below("description")


def _law(own: Part, columns: tuple[Column, ...]) -> str | None:
    law = own.text("law", "") or None
    if law is None and any(column.type is FieldType.PERSON for column in columns):
        what = "Er is een kolom met personen, maar geen wet"
        own.fault("law", what, "Noem de wet waarvoor u het nummer gebruikt, zoals law: Wmo.")
    return law


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


def _column(part: Part) -> Column:
    part.only(_COLUMN_KEYS)
    own = custom(part, _COLUMN_CUSTOM)
    options = part.below("logicalTypeOptions")
    options.only({"minimum", "maximum", "maxLength", "minLength", "pattern", "format"})
    name = part.text("name")
    if not _NAME.fullmatch(name):
        what = f"`{name}` kan geen kolomnaam zijn"
        part.fault("name", what, "Gebruik kleine letters, cijfers en _.")
    types = tuple(FieldType)
    header = own.text("header", name)
    aliases = own.texts("aliases")
    field_type = FieldType(
        own.choice("type", types, "") or part.choice("logicalType", types[:5], FieldType.TEXT)
    )
    is_bsn = bool(_BSN_HEADERS & {header.casefold(), *(a.casefold() for a in aliases)})
    return Column(
        name=name,
        header=header,
        type=field_type,
        description=part.text("description", ""),
        required=part.flag("required"),
        aliases=aliases,
        codes=own.mapping("codes"),
        missing=own.texts("missing"),
        minimum=options.number("minimum", None),
        maximum=options.number("maximum", None),
        max_length=_whole(options.number("maxLength", None)),
        personal=own.flag("personal") or field_type is FieldType.PERSON,
        example=next(iter(part.texts("examples")), ""),
        label=part.text("businessName", name),
        pattern=_pattern(options),
        bsn=field_type is FieldType.PERSON and is_bsn,
        derived=part.text("transformLogic", ""),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _pattern(options: Part) -> str:
    pattern = options.text("pattern", "")
    try:
        re.compile(pattern)
    except re.error:
        options.fault("pattern", "Dit patroon is geen reguliere uitdrukking", "Verbeter het.")
    return pattern


def _columns_differ(properties: list[Part], columns: tuple[Column, ...]) -> None:
    seen: set[str] = set()
    for part, column in zip(properties, columns, strict=True):
        for name in sorted({column.name, column.header, *column.aliases}):
            if name in seen:
                part.fault("name", f"De naam `{name}` hoort bij twee kolommen", "Kies er een.")
        seen |= {column.name, column.header, *column.aliases}


def _key(table: Part, properties: list[Part]) -> tuple[str, ...]:
    placed = sorted(
        (part.number("primaryKeyPosition", 1.0), part.text("name"))
        for part in properties
        if part.flag("primaryKey")
    )
    if not placed:
        what = "Geen enkele kolom is een sleutel"
        table.fault("properties", what, "Zet primaryKey: true bij wat rijen uit elkaar houdt.")
    return tuple(name for _, name in placed)


def _rules(table: Part, columns: tuple[Column, ...]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for part in table.parts("quality"):
        rule = _rule(part, columns)
        if rule.code in found:
            part.fault("id", f"De code `{rule.code}` staat er twee keer", "Geef elk een nummer.")
        found[rule.code] = rule
    return tuple(found.values())


def _rule(part: Part, columns: tuple[Column, ...]) -> Rule:
    part.only(_RULE_KEYS)
    own = custom(part, {"how_to_mend", "column"})
    part.choice("type", ("sql",))
    if part.text("mustBe") != "0":
        part.fault("mustBe", "Hier hoort 0: de vraag telt foute rijen", "Schrijf mustBe: 0.")
    code = part.text("id")
    if not _CODE.fullmatch(code):
        what = f"`{code}` is geen code"
        part.fault("id", what, "Een code is een letter (B K R V X P S) en drie cijfers.")
    elif int(code[2:]) < 50:
        part.fault("id", f"`{code}` is een code van het programma", "Begin bij 50, zoals V450.")
    column = own.text("column", "") or None
    if column and column not in {each.name for each in columns}:
        part.fault("customProperties", f"Kolom `{column}` bestaat niet", "Verbeter de naam.")
    return Rule(
        code=code,
        level=Level(part.choice("severity", tuple(Level), Level.REFUSE_ROW)),
        broken=_predicate(part),
        message=part.text("description"),
        how_to_mend=own.text("how_to_mend"),
        column=column,
        title=part.text("name", ""),
        why=part.text("businessImpact", ""),
        dimension=part.text("dimension", ""),
    )


def _predicate(part: Part) -> str:
    query = part.text("query").strip()
    if found := _QUERY.fullmatch(query):
        return found["predicate"].strip()
    what = "Deze vraag heeft een andere vorm dan wij lezen"
    part.fault("query", what, "Schrijf SELECT COUNT(*) FROM ${object} WHERE en dan de voorwaarde.")
    return "false"


def _dialect(own: Part) -> Dialect:
    usual = Dialect()
    delimiter = own.text("delimiter", usual.delimiter).replace("\\t", "\t")
    for key, value in (("delimiter", delimiter), ("quote", own.text("quote", usual.quote))):
        if len(value) != 1:
            own.fault(key, f"`{value}` is niet precies een teken", "Schrijf een teken.")
    decimal = own.choice("decimal", (",", "."), usual.decimal)
    return Dialect(delimiter, own.text("quote", usual.quote), decimal)


def _frequency(part: Part) -> str:
    return part.choice("unit", _FREQUENCIES, "quarter")


def _months(part: Part) -> int:
    unit = part.choice("unit", ("m", "y"), "m")
    return int(part.number("value", 24.0)) * (12 if unit == "y" else 1)


def _days(part: Part) -> int:
    part.choice("unit", ("d",), "d")
    return int(part.number("value", 28.0))

"""The table of a contract file: its columns, its key and its rules."""

import re

from sources.contracts.code_lists import CodeList, named
from sources.contracts.model import Column, FieldType, Rule
from sources.contracts.part import Part, custom
from sources.verdict import Level

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[BKRVXPS]\d{3}")
_QUERY = re.compile(r"SELECT COUNT\(\*\) FROM \$\{object\} WHERE (?P<predicate>.+)", re.DOTALL)
_EXPIRED = (Level.WARNING, Level.REFUSE_ROW)
_BSN_HEADERS = {"bsn", "burgerservicenummer"}

_COLUMN_KEYS = {
    *("name", "businessName", "logicalType", "physicalType", "required", "primaryKey", "unique"),
    *("primaryKeyPosition", "description", "examples", "logicalTypeOptions", "customProperties"),
    *("classification", "transformLogic"),
}
_COLUMN_CUSTOM = {
    *("type", "aliases", "codes", "missing", "personal", "header"),
    *("decimals", "pad", "pc4", "fill_down", "past", "code_list", "valid_on", "expired"),
}
_RULE_KEYS = {
    *("id", "name", "type", "query", "mustBe", "severity", "dimension", "description"),
    *("businessImpact", "customProperties"),
}


def column(part: Part, lists: dict[str, CodeList], law: str | None) -> Column:
    """Return a property as a column of a contract under that law; its faults are noted."""
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
    listed = named(own, lists, law)
    return Column(
        name=name,
        header=header,
        type=field_type,
        description=part.text("description", ""),
        required=part.flag("required"),
        aliases=aliases,
        codes=dict(listed.codes) if listed else own.mapping("codes"),
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
        decimals=_whole(own.number("decimals", None)),
        pad=int(own.number("pad", 0.0)),
        pc4=own.flag("pc4"),
        fill_down=own.flag("fill_down"),
        past=own.flag("past"),
        validity=dict(listed.validity) if listed else {},
        valid_on=own.text("valid_on", ""),
        expired=Level(own.choice("expired", _EXPIRED, Level.REFUSE_ROW)),
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


def check_headers(properties: list[Part], columns: tuple[Column, ...]) -> None:
    """Note a fault where one header can be two columns."""
    seen: set[str] = set()
    for part, each in zip(properties, columns, strict=True):
        headers = {each.name, each.header, *each.aliases}
        for name in sorted(headers):
            if name in seen:
                part.fault("name", f"De naam `{name}` hoort bij twee kolommen", "Kies er een.")
        seen |= headers


def check_dates(properties: list[Part], columns: tuple[Column, ...]) -> None:
    """Note a fault where what decides whether a code holds, or has happened, is not a date."""
    dates = {each.name for each in columns if each.type is FieldType.DATE}
    for part, each in zip(properties, columns, strict=True):
        if each.valid_on and each.valid_on not in dates:
            what = f"`{each.valid_on}` is geen kolom met een datum"
            part.fault("customProperties", what, "Noem bij valid_on een kolom met een datum.")
        if each.past and each.name not in dates:
            what = f"`{each.name}` is geen datum, en kan dus niet voorbij zijn"
            part.fault("customProperties", what, "Haal past weg, of maak er een datum van.")


def key(table: Part, properties: list[Part]) -> tuple[str, ...]:
    """Return the names of the columns that tell rows apart, in their order."""
    placed = sorted(
        (part.number("primaryKeyPosition", 1.0), part.text("name"))
        for part in properties
        if part.flag("primaryKey")
    )
    if not placed:
        what = "Geen enkele kolom is een sleutel"
        table.fault("properties", what, "Zet primaryKey: true bij wat rijen uit elkaar houdt.")
    return tuple(name for _, name in placed)


def rules(table: Part, columns: tuple[Column, ...]) -> tuple[Rule, ...]:
    """Return the quality rules; each code once, from 50 up, with its predicate."""
    found: dict[str, Rule] = {}
    for part in table.parts("quality"):
        rule = _rule(part, columns)
        if rule.code in found:
            part.fault("id", f"De code `{rule.code}` staat er twee keer", "Geef elk een nummer.")
        found[rule.code] = rule
    return tuple(found.values())


def _rule(part: Part, columns: tuple[Column, ...]) -> Rule:
    part.only(_RULE_KEYS)
    own = custom(part, {"how_to_mend", "column", "wrong", "right"})
    part.choice("type", ("sql",))
    if part.text("mustBe") != "0":
        part.fault("mustBe", "Hier hoort 0: de vraag telt foute rijen", "Schrijf mustBe: 0.")
    code = part.text("id")
    if not _CODE.fullmatch(code):
        what = f"`{code}` is geen code"
        part.fault("id", what, "Een code is een letter (B K R V X P S) en drie cijfers.")
    elif int(code[2:]) < 50:
        part.fault("id", f"`{code}` is een code van het programma", "Begin bij 50, zoals V450.")
    named = own.text("column", "") or None
    if named and named not in {each.name for each in columns}:
        part.fault("customProperties", f"Kolom `{named}` bestaat niet", "Verbeter de naam.")
    return Rule(
        code=code,
        level=Level(part.choice("severity", tuple(Level), Level.REFUSE_ROW)),
        broken=_predicate(part),
        message=part.text("description"),
        how_to_mend=own.text("how_to_mend"),
        column=named,
        title=part.text("name", ""),
        why=part.text("businessImpact", ""),
        dimension=part.text("dimension", ""),
        wrong=own.text("wrong", ""),
        right=own.text("right", ""),
    )


def _predicate(part: Part) -> str:
    query = part.text("query").strip()
    if found := _QUERY.fullmatch(query):
        return found["predicate"].strip().replace("${object}", "typed")
    what = "Deze vraag heeft een andere vorm dan wij lezen"
    part.fault("query", what, "Schrijf SELECT COUNT(*) FROM ${object} WHERE en dan de voorwaarde.")
    return "false"

"""A delivery contract as this project uses it: the part of ODCS v3.1 that says what a file holds.

A contract is written as an Open Data Contract Standard file (`<id>.odcs.yaml`) and read by
`sources.contracts.load`. These types hold what the other rooms need of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sources.verdict import Level


class FieldType(StrEnum):
    """The types a cell can have after conforming.

    The values are what ODCS calls logicalType, and those that the Dutch social domain adds to it.
    """

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    PERSON = "person"  # BSN or client number: leaves `received` only as a pseudonym
    PC6 = "postcode6"
    AREA = "area"  # a GM, WK or BU code
    PERIOD = "period"  # 2026K3, 2026

    @property
    def stored(self) -> str:
        """The type in DuckDB of a cell after conforming."""
        return _STORED.get(self.value, "VARCHAR")


_STORED = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}


class Snapshot(StrEnum):
    """What one delivery holds, and so how several deliveries combine.

    PERIOD: the rows of that period only. STATE: every row still open plus those that changed, so
    of one key the row in the latest period's delivery counts.
    """

    PERIOD = "period"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract.

    `name` is the name in the store; `header` the name in a partner's file; `aliases` other headers
    that are accepted with a MELDING; `label` its name for readers. `codes` maps each allowed code
    to its Dutch label. `missing` lists texts that mean "not known" here (`.` of CBS, `n.v.t.`),
    mapped to null. `pattern` is a regular expression (RE2) that a whole text must match. `bsn` says
    that a person column holds a burgerservicenummer, which must pass the 11-proef. `derived` is a
    SQL expression over the texts of the other columns and `_period` (the delivery's own), for a
    column that no file holds. `decimals` is how many a number has, which tells a point of thousands
    from a decimal one. `pad` is the width of codes of which a program may have eaten the zeros in
    front. `pc4` accepts four digits for a postcode. `fill_down` says that an empty cell under a
    merged one repeats it. `past` says that a date tells of what has happened, so that it is not
    after the day on which the delivery came. `validity` gives the first and last day (ISO, '' is
    open) of each code that did not hold always; `valid_on` is the date column that decides, '' the
    delivery's period; `expired` is what a code outside its days is: WARNING or REFUSE_ROW.
    """

    name: str
    header: str
    type: FieldType
    description: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    personal: bool = False
    example: str = ""
    label: str = ""
    pattern: str = ""
    bsn: bool = False
    derived: str = ""
    decimals: int | None = None
    pad: int = 0
    pc4: bool = False
    fill_down: bool = False
    past: bool = False
    validity: dict[str, tuple[str, str]] = field(default_factory=dict)
    valid_on: str = ""
    expired: Level = Level.REFUSE_ROW


@dataclass(frozen=True, slots=True)
class Rule:
    """A row rule: `broken` is a SQL predicate over the typed columns that is true of a bad row.

    The predicate may name reference tables `ref_<contract>` for each contract in
    `Contract.references` and `Contract.consults`. It judges inside the gate and fills the
    quarantine: one text, two uses. `why` is what goes wrong in a figure when the row stays as it
    is; `wrong` and `right` are a fictional example of a cell or row before and after mending.
    """

    code: str
    level: Level
    broken: str
    message: str
    how_to_mend: str
    column: str | None = None
    title: str = ""
    why: str = ""
    dimension: str = ""
    wrong: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a conformant CSV of this contract is written; candidates are tried by the reader."""

    delimiter: str = ";"
    quote: str = '"'
    decimal: str = ","


@dataclass(frozen=True, slots=True)
class Contract:
    """A delivery type in one major version.

    `key` are the columns that tell rows apart within one delivery. `references` are contracts of
    which the accepted rows are visible to rules as `ref_<contract>`; of itself, what came before.
    `consults` are contracts of which that is so once something of them came: until then the rules
    that look into them are left out.
    `reader` is the name of a module in `sources.readers` (csv and excel are chosen by the bytes of
    the file; `geojson` is for outlines). `refuse_above` is the share of refused rows above which
    the file is refused.
    `forbidden` are headers that stop the file and purge its raw. `law` is the purpose in whose
    pseudonyms the person columns are written (Wmo, Jeugd, P-wet). `retention_months` is how long
    raw is kept. `minutes` is what a delivery costs a partner (lastenmeter). `usage` tells a partner
    how to fill it. `scope` is the column with the area of a row, in a file that tells of more
    municipalities than one: rows of others are left out. `overflow` says that fields too many
    belong to the text of the last column. `positional` accepts a file without column names.
    `own_words`: its personal texts are what people say; what gives people away is taken out first.
    `bare` is a list of column names and no more: nothing is known of types or persons
    (`praatplaat clean`).
    """

    id: str
    code: str
    version: str
    title: str
    purpose: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rules: tuple[Rule, ...]
    snapshot: Snapshot = Snapshot.PERIOD
    dialect: Dialect = Dialect()
    reader: str = "csv"
    references: tuple[str, ...] = ()
    consults: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    law: str | None = None
    refuse_above: float = 0.05
    retention_months: int = 24
    frequency: str = "quarter"
    due_days: int = 28
    minutes: int = 0
    source_note: str = ""
    usage: str = ""
    scope: str | None = None
    overflow: bool = False
    positional: bool = False
    own_words: bool = False
    bare: bool = False

    def column(self, name: str) -> Column:
        """Return the column with that store name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def looks_into(self) -> tuple[str, ...]:
        """The contracts of which its rules see the rows, whether those must have come or not."""
        return (*self.references, *self.consults)

    def without(self, others: Iterable[str]) -> "Contract":
        """Return the contract without the rules that look into the rows of other contracts."""
        tables = [re.compile(rf"\bref_{name}\b") for name in others]
        rules = (rule for rule in self.rules if not any(t.search(rule.broken) for t in tables))
        return replace(self, rules=tuple(rules))

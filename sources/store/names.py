"""SQL text made from names that a contract gives: quoted identifiers and column types."""

from collections.abc import Iterable

from sources.contracts.model import Column, FieldType

# NUMBER is a DOUBLE: it is what a partner wrote. Sums are made of integers or rounded at the end.
_SQL_TYPES = {
    FieldType.TEXT: "VARCHAR",
    FieldType.INTEGER: "BIGINT",
    FieldType.NUMBER: "DOUBLE",
    FieldType.DATE: "DATE",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.PERSON: "VARCHAR",
    FieldType.PC6: "VARCHAR",
    FieldType.AREA: "VARCHAR",
    FieldType.PERIOD: "VARCHAR",
}


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Return names as a comma-separated list of quoted SQL identifiers."""
    return ", ".join(quoted(name) for name in names)


def sql_type(column: Column) -> str:
    """Return the DuckDB type of a column in `accepted`."""
    return _SQL_TYPES[column.type]

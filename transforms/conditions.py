"""A condition of the agreement, written as SQL text, as a polars expression.

SQL knows three answers: true, false and unknown (a null was compared). An unknown never counts:
`holds` fills it with false, so a row with nulls is not in a numerator, and a filter that answers
"unknown" drops the row, as SQL's WHERE does. Whoever wants the unknown rows says `x is null`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from sources.agreement.lines import Lines, Place
from sources.agreement.model import Agreement, Indicator, Term, Variant
from sources.contracts.derived import Derived, tables
from sources.contracts.model import Contract, FieldType

TYPES: dict[FieldType, pl.DataType] = {
    FieldType.TEXT: pl.String(),
    FieldType.INTEGER: pl.Int64(),
    FieldType.NUMBER: pl.Float64(),
    FieldType.DATE: pl.Date(),
    FieldType.BOOLEAN: pl.Boolean(),
    FieldType.PERSON: pl.String(),
    FieldType.PC6: pl.String(),
    FieldType.AREA: pl.String(),
    FieldType.PERIOD: pl.String(),
}

TERM_COLUMNS: dict[str, pl.DataType] = {"due": pl.Date(), "in_time": pl.Boolean()}

EVERY_ROW = pl.lit(True)
NO_LINES = Lines()

_SUBQUERY = "_POLARS_TMP_SQL"
"""How polars names the column that would hold the outcome of a subquery."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its text, where it stands, and the columns it may name."""

    text: str
    indicator: str
    place: Place
    contract: str
    term: bool

    def told(self, reason: str, lines: Lines) -> str:
        """Return a fault with the file and the line of the condition."""
        file = f"indicators/{self.indicator}.yaml"
        where = ".".join(str(part) for part in self.place)
        return f"{file}:{lines.line(file, self.place)}: {where}: {reason}"


def holds(text: str) -> pl.Expr:
    """Return the condition as a Boolean expression without nulls; an empty text holds always."""
    return pl.sql_expr(text).fill_null(False) if text else EVERY_ROW


def all_hold(texts: tuple[str, ...]) -> pl.Expr:
    """Return whether all conditions hold."""
    return pl.all_horizontal([holds(text) for text in texts]) if texts else EVERY_ROW


def rehearse(
    agreement: Agreement, contracts: Mapping[str, Contract], *, lines: Lines = NO_LINES
) -> list[str]:
    """Try every condition of the agreement before data arrive; return what is wrong, in order.

    A condition must give two Booleans on two rows of nulls with the contract's types, and name at
    least one column: `sum(x) > 3`, a subquery or a constant does not. A contract that is not there
    is the business of `sources.agreement.sense`. `lines` tells where each condition stands.
    """
    faults = []
    for condition in _conditions(agreement):
        contract = contracts.get(condition.contract) or tables().get(condition.contract)
        reason = contract and _fault(condition, contract)
        if reason:
            faults.append(condition.told(reason, lines))
    return faults


def _fault(condition: Condition, contract: Contract | Derived) -> str | None:
    """Return why a condition cannot be used, and what to do; None where it can."""
    rows = _two_rows_of_nulls(contract, term=condition.term)
    text = f"`{condition.text}`"
    try:
        expression = pl.sql_expr(condition.text)
        named = set(expression.meta.root_names())
        if missing := sorted(named - set(rows.columns)):
            if missing[0].startswith(_SUBQUERY):
                return f"{text} kijkt in een andere tabel. Schrijf een voorwaarde per rij."
            return (
                f"de levering `{contract.id}` heeft geen kolom `{missing[0]}`. "
                "Noem een kolom van die levering."
            )
        answer = rows.select(expression.alias("answer"))
    except Exception as error:  # polars raises many kinds, which all mean the same here
        said = str(error).strip().splitlines()[0]
        return f"{text} is niet uit te rekenen ({said}). Schrijf een SQL-voorwaarde per rij."
    if not named:
        return f"{text} noemt geen kolom. Noem een kolom van `{contract.id}`."
    if answer.schema != {"answer": pl.Boolean()} or answer.height != rows.height:
        return f"{text} is niet per rij waar of onwaar. Schrijf een vergelijking."
    return None


def _two_rows_of_nulls(contract: Contract | Derived, *, term: bool) -> pl.DataFrame:
    schema = {column.name: TYPES[column.type] for column in contract.columns}
    schema |= {"_partner": pl.String(), "_period": pl.String()}
    if term:
        schema |= TERM_COLUMNS
    return pl.DataFrame({name: [None, None] for name in schema}, schema=schema)


def _conditions(agreement: Agreement) -> Iterator[Condition]:
    """Yield every condition that is written, in the order of the files."""
    for name, indicator in sorted(agreement.indicators.items()):
        yield from _written(name, indicator, indicator, place=(), term=indicator.term)
        for key, variant in indicator.variants.items():
            term = variant.term or indicator.term
            yield from _written(name, indicator, variant, place=("variants", key), term=term)
            if variant.delivery is not None:  # the indicator's filters hold there too
                for number, text in enumerate(indicator.filters):
                    place = ("filters", number)
                    yield Condition(text, name, place, variant.delivery, term is not None)


def _written(
    name: str, indicator: Indicator, holder: Indicator | Variant, *, place: Place, term: Term | None
) -> Iterator[Condition]:
    """Yield the filters of an indicator or variant, and those of its numerator and denominator."""
    own, has_term = holder.delivery or indicator.delivery, term is not None
    for number, text in enumerate(holder.filters):
        yield Condition(text, name, (*place, "filters", number), own, has_term)
    for part, quantity in (("numerator", holder.numerator), ("denominator", holder.denominator)):
        if quantity is not None and quantity.where:
            contract = quantity.delivery or own
            where = (*place, part, "where")
            yield Condition(quantity.where, name, where, contract, has_term and contract == own)

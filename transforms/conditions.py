"""A condition of the agreement, written as SQL text, as a polars expression.

SQL knows three answers: true, false and unknown (a null was compared). An unknown never counts:
`holds` fills it with false, so a row with nulls is not in a numerator, and a filter that answers
"unknown" drops the row, as SQL's WHERE does. Whoever wants the unknown rows says `x is null`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Agreement, Indicator, Quantity, Term
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

_SUBQUERY = "_POLARS_TMP_SQL"
"""How polars names the column that would hold the outcome of a subquery."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its text, where it stands, and the columns it may name."""

    text: str
    place: str
    contract: str
    term: bool


def holds(text: str) -> pl.Expr:
    """Return the condition as a Boolean expression without nulls; an empty text holds always."""
    return pl.sql_expr(text).fill_null(False) if text else EVERY_ROW


def all_hold(texts: tuple[str, ...]) -> pl.Expr:
    """Return whether all conditions hold."""
    return pl.all_horizontal([holds(text) for text in texts]) if texts else EVERY_ROW


def rehearse(agreement: Agreement, contracts: Mapping[str, Contract]) -> list[str]:
    """Try every condition of the agreement before data arrive; return what is wrong, in order.

    A condition must give two Booleans on two rows of nulls with the contract's types, and name at
    least one column: `sum(x) > 3`, a subquery or a constant does not. A contract that is not there
    is the business of `sources.agreement.sense`.
    """
    faults = []
    for condition in _conditions(agreement):
        contract = contracts.get(condition.contract)
        reason = contract and _fault(condition, contract)
        if reason:
            faults.append(f"{condition.place}: {reason}")
    return faults


def _fault(condition: Condition, contract: Contract) -> str | None:
    """Return why a condition cannot be used, and what to do; None where it can."""
    rows = _two_rows_of_nulls(contract, term=condition.term)
    try:
        expression = pl.sql_expr(condition.text)
        named = set(expression.meta.root_names())
        if missing := sorted(named - set(rows.columns)):
            if missing[0].startswith(_SUBQUERY):
                return f"{condition.text!r} looks in another table. Write one condition per row."
            return f"delivery {contract.id!r} has no column {missing[0]!r}. Use one of its columns."
        answer = rows.select(expression.alias("answer"))
    except Exception as error:  # polars raises many kinds, which all mean the same here
        said = str(error).strip().splitlines()[0]
        return f"{condition.text!r} cannot be worked out ({said}). Write one SQL condition per row."
    if not named:
        return f"{condition.text!r} names no column. Name a column of {contract.id!r}."
    if answer.schema != {"answer": pl.Boolean()} or answer.height != rows.height:
        return f"{condition.text!r} is not true or false for each row. Write a comparison."
    return None


def _two_rows_of_nulls(contract: Contract, *, term: bool) -> pl.DataFrame:
    schema = {column.name: TYPES[column.type] for column in contract.columns}
    schema |= {"_partner": pl.String(), "_period": pl.String()}
    if term:
        schema |= TERM_COLUMNS
    return pl.DataFrame({name: [None, None] for name in schema}, schema=schema)


def _conditions(agreement: Agreement) -> Iterator[Condition]:
    """Yield every condition that is written, in the order of the files."""
    for name, indicator in sorted(agreement.indicators.items()):
        place = f"indicators/{name}.yaml"
        has_term = indicator.term is not None
        for number, text in enumerate(indicator.filters):
            yield Condition(text, f"{place}: filters[{number}]", indicator.delivery, has_term)
        yield from _quantities(indicator, indicator, place=place, term=indicator.term)
        for key, variant in indicator.variants.items():
            inside = f"{place}: variants.{key}"
            term = variant.term or indicator.term
            for number, text in enumerate(variant.filters):
                where = f"{inside}.filters[{number}]"
                yield Condition(text, where, indicator.delivery, term is not None)
            yield from _quantities(indicator, variant, place=inside, term=term)


def _quantities(
    indicator: Indicator, holder: object, *, place: str, term: Term | None
) -> Iterator[Condition]:
    separator = "." if "variants" in place else ": "
    for name in ("numerator", "denominator"):
        quantity: Quantity | None = getattr(holder, name)
        if quantity is not None and quantity.where:
            where = f"{place}{separator}{name}.where"
            elsewhere = quantity.delivery not in (None, indicator.delivery)
            contract = quantity.delivery or indicator.delivery
            has_term = term is not None and not elsewhere
            yield Condition(quantity.where, where, contract, has_term)

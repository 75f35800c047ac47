"""Which columns of which deliveries the figures look at: nothing else need leave the store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import polars as pl

from sources.agreement.model import Agreement, Areas, Quantity, Term
from transforms.conditions import TERM_COLUMNS
from transforms.constants import PER_AREA
from transforms.readings import Reading, readings


def needs(agreement: Agreement) -> dict[str, list[str]]:
    """Return per contract the columns that the active indicators look at, by name.

    `_partner` and `_period` are among them where rows do not say themselves whose they are or of
    when. Those that a term adds (`due`, `in_time`) are not. Of a derived table they are those that
    it is made of: only there a pseudonym is needed, to tell people apart.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for reading in readings(agreement):
        if reading.table is None:
            found[reading.indicator.delivery].update(_of_rows(reading))
        else:
            for contract, columns in reading.table.made_of.items():
                found[contract].update(columns)
        if (below := reading.elsewhere) is not None:
            found[str(below.delivery)].update(PER_AREA, _of_quantities([below]))
    return {name: sorted(columns - set(TERM_COLUMNS)) for name, columns in sorted(found.items())}


def _of_rows(reading: Reading) -> Iterator[str]:
    """Yield the columns of a reading's own delivery."""
    one = reading.indicator
    yield one.date or one.period_column or "_period"
    if Areas.PARTNER in one.levels:
        yield one.partner_column or "_partner"
    yield from (column for column in (one.area_column, one.breakdown) if column)
    yield from _of_conditions(reading.filters)
    own = None if reading.elsewhere else reading.denominator
    yield from _of_quantities([reading.numerator, own])
    if reading.term is not None:
        yield from _of_term(reading.term)


def _of_quantities(quantities: Iterable[Quantity | None]) -> Iterator[str]:
    for quantity in quantities:
        if quantity is not None:
            yield from (column for column in (quantity.sum_of, quantity.distinct) if column)
            yield from _of_conditions([quantity.where])


def _of_term(term: Term) -> Iterator[str]:
    yield from (term.start, term.end)
    others = (term.suspension, term.suspension_agreed, term.extended_until)
    yield from (column for column in others if column)


def _of_conditions(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text:
            yield from pl.sql_expr(text).meta.root_names()

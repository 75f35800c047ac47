"""A legal term: until when an event had to be ready, and whether it was.

Someone who still waits when the term is over was not helped in time. Leaving them out until they
are helped would reward a long wait, so they count as soon as the term has passed.
"""

from datetime import date

import polars as pl

from sources.agreement.model import Term


def with_term(rows: pl.LazyFrame, term: Term | None, *, reference: date) -> pl.LazyFrame:
    """Add `due` (Date) and `in_time` (Boolean) to rows; unchanged without a term.

    `due`: start + days + the suspension that counts, or `extended_until` where that is filled.
    `in_time`: ended on or before due. Still open (no end) at the reference date: false once due,
    null while the term runs. A row belongs to the period in which `due` falls.
    """
    if term is None:
        return rows
    end, due = pl.col(term.end), pl.col("due")
    overdue = pl.when(due <= reference).then(False)
    in_time = pl.when(end.is_not_null()).then(end <= due).otherwise(overdue)
    return rows.with_columns(_due(term).alias("due")).with_columns(in_time.alias("in_time"))


def ended(term: Term, *, reference: date) -> pl.Expr:
    """Return whether a wait was over at the reference date."""
    return (pl.col(term.end) <= reference).fill_null(False)


def waited(term: Term, *, reference: date) -> pl.Expr:
    """Return the days of a wait, until its end or the reference date; null where none began.

    The suspension that counts is not waiting. No wait is shorter than no time at all.
    """
    until = pl.when(ended(term, reference=reference)).then(term.end).otherwise(pl.lit(reference))
    days = (until - pl.col(term.start)).dt.total_days().cast(pl.Int32) - _suspension(term)
    return days.clip(lower_bound=0)


def _due(term: Term) -> pl.Expr:
    days = pl.lit(term.days, dtype=pl.Int32) + _suspension(term)
    due = pl.col(term.start) + pl.duration(days=days)
    return pl.coalesce(term.extended_until, due) if term.extended_until else due


def _suspension(term: Term) -> pl.Expr:
    """Return the days of suspension that count: only with the inhabitant's recorded consent."""
    if term.suspension is None:
        return pl.lit(0, dtype=pl.Int32)
    days = pl.col(term.suspension).cast(pl.Int32).fill_null(0)
    if term.suspension_agreed is None:
        return days
    return pl.when(pl.col(term.suspension_agreed).fill_null(False)).then(days).otherwise(0)

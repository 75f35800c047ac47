"""What is counted: every numerator and denominator of the agreement by a name of its own.

Two readings that count the same things share a name, so that a count is protected once, wherever it
is shown. They count the same where they take the same rows of one delivery, at the same moment and
place, in the same unit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from sources.agreement.model import Agreement, Areas, Counts, Quantity, Term, Way
from transforms.disclosure.rules import Kind, kind_of
from transforms.readings import MAIN, Reading, readings

COMPLEMENT = "complement"
"""Of a share: who is in the denominator and not in the numerator. Never shown, easily derived."""

_AMOUNTS = {Kind.MEAN, Kind.MEDIAN, Kind.PASSED, Kind.CLOSED}
"""The kinds of figure of which the numerator is no count."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows are counted; `partner` and `classes` only say how the count is told apart."""

    delivery: str
    counts: Counts
    conditions: frozenset[bytes]
    amounts: frozenset[str]
    person: str | None = None
    term: Term | None = None
    moment: str | None = None
    place: str | None = None
    partner: str | None = field(default=None, compare=False)
    classes: str | None = field(default=None, compare=False)

    def same(self, other: "Rows") -> bool:
        """Whether both count the same, also where both tell it apart."""
        ways = ((self.partner, other.partner), (self.classes, other.classes))
        return self == other and all(None in pair or pair[0] == pair[1] for pair in ways)

    def within(self, other: "Rows") -> bool:
        """Whether every row counted here is counted there.

        Not of persons: on other rows a person may have another last address.
        """
        narrower = self.conditions > other.conditions and self.person is None
        return narrower and replace(self, conditions=other.conditions).same(other)


@dataclass(frozen=True, slots=True)
class Counted:
    """A reading with the names of its counts: `I28.numerator`; None where it has none.

    `complement` is what is left of the denominator, where that can be told.
    """

    reading: Reading
    numerator: str | None = None
    denominator: str | None = None
    complement: str | None = None

    @property
    def constant(self) -> bool:
        """Whether the denominator is known to all."""
        below = self.reading.denominator
        return below is not None and below.counts is Counts.PUBLIC


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All counts of an agreement.

    `readings`: in the order of their ids. `counts`: what each count counts (its unit).
    `additive`: over which dimensions it is declared to add up. `within`: pairs of which the first
    is part of the second, row by row.
    """

    readings: tuple[Counted, ...]
    counts: dict[str, Counts]
    additive: dict[str, frozenset[str]]
    within: tuple[tuple[str, str], ...]

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The pairs of `within` that are no inhabitants: who is left over can be told apart."""
        return tuple(pair for pair in self.within if self.counts[pair[1]] is not Counts.PUBLIC)


def catalogue(agreement: Agreement) -> Catalogue:
    """Name every count of the active indicators."""
    rows: dict[str, Rows] = {}
    told = [_counted(reading, rows) for reading in readings(agreement)]
    additive: dict[str, frozenset[str]] = {name: frozenset() for name in rows}
    counts = {name: one.counts for name, one in rows.items()}
    for one in told:
        dimensions = frozenset(d.value for d in one.reading.indicator.additive_over)
        for name in (one.numerator, one.denominator, one.complement):
            if name is not None and not (name == one.denominator and one.reading.elsewhere):
                additive[name] = additive.get(name, frozenset()) | dimensions
        if one.complement is not None:
            counts[one.complement] = rows[str(one.denominator)].counts
    return Catalogue(tuple(told), counts, additive, tuple(sorted({*_within(told, rows)})))


def rows_of(observations: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the observations of a reading; classes of a breakdown are the indicator's own."""
    breakdown = pl.col("breakdown")
    variants = list(reading.indicator.variants)
    own = ~breakdown.is_in(variants) if reading.variant == MAIN else breakdown == reading.variant
    return observations.filter((pl.col("indicator") == reading.id) & own)


def _counted(reading: Reading, rows: dict[str, Rows]) -> Counted:
    """Name the counts of one reading; new ones are added to `rows`."""
    kind = kind_of(reading)
    above = None if kind in _AMOUNTS else _named(reading, "numerator", _above(reading), rows)
    below = None
    if reading.elsewhere is not None and above is not None:
        below = _named(reading, "denominator", _elsewhere(reading.elsewhere), rows)
    elif kind in (Kind.MEAN, Kind.MEDIAN) or (
        above is not None and reading.denominator is not None
    ):
        below = _named(reading, "denominator", _below(reading), rows)
    complement = _name(reading, COMPLEMENT) if _leaves(reading, kind) else None
    return Counted(reading, above, below, complement)


def _leaves(reading: Reading, kind: Kind) -> bool:
    """Whether a reading tells what is not in its numerator, by a denominator of the same rows."""
    if reading.elsewhere is not None or reading.denominator is None:
        return False
    summed = (reading.numerator.sum_of, reading.denominator.sum_of)
    return kind in (Kind.SHARE, Kind.SURVEY, Kind.WAIT) or (
        kind is Kind.RATE and summed == (None, None)
    )


def _name(reading: Reading, part: str) -> str:
    variant = f".{reading.variant}" if reading.variant else ""
    return f"{reading.id}{variant}.{part}"


def _named(reading: Reading, part: str, what: Rows, rows: dict[str, Rows]) -> str:
    """Return the name of a count: that of the first reading that counts the same."""
    for name, known in rows.items():
        if what.same(known):
            return name
    name = _name(reading, part)
    rows[name] = what
    return name


def _above(reading: Reading) -> Rows:
    texts = [*reading.filters, reading.numerator.where]
    if reading.denominator is not None and reading.elsewhere is None:
        texts.append(reading.denominator.where)
    rows = _own(reading, reading.numerator, texts)
    if reading.denominator is None or reading.elsewhere is not None or rows != _below(reading):
        return rows
    # Numerator and denominator written down alike: still two counts.
    return replace(rows, conditions=rows.conditions | {_name(reading, "numerator").encode()})


def _below(reading: Reading) -> Rows:
    """Return the rows of an own denominator; of a mean those of which the amount is known."""
    if reading.denominator is None:
        return _own(reading, reading.numerator, [*reading.filters, reading.numerator.where])
    return _own(reading, reading.denominator, [*reading.filters, reading.denominator.where])


def _elsewhere(quantity: Quantity) -> Rows:
    amounts = frozenset([quantity.sum_of] if quantity.sum_of else [])
    return Rows(str(quantity.delivery), quantity.counts, _conditions([quantity.where]), amounts)


def _own(reading: Reading, quantity: Quantity, texts: Iterable[str]) -> Rows:
    one = reading.indicator
    beside = reading.denominator if one.way in (Way.SHARE, Way.RATE) else None
    told = [quantity.sum_of, beside.sum_of if beside and reading.elsewhere is None else None]
    return Rows(
        delivery=one.delivery,
        counts=quantity.counts,
        conditions=_conditions(texts),
        amounts=frozenset(name for name in told if name),
        person=reading.numerator.distinct,
        term=reading.term,
        moment=one.date or one.period_column,
        place=one.area_column,
        partner=(one.partner_column or "_partner") if Areas.PARTNER in one.levels else None,
        classes=one.breakdown if reading.variant == MAIN else None,
    )


def _conditions(texts: Iterable[str]) -> frozenset[bytes]:
    """Return the conditions that must all hold, each by itself, however they are written down."""
    parts = (part for text in texts if text for part in _parts(pl.sql_expr(text)))
    return frozenset(part.meta.serialize() for part in parts)


def _parts(condition: pl.Expr) -> Iterator[pl.Expr]:
    """Yield the conditions that `and` joins."""
    sides = condition.meta.pop()
    if len(sides) == 2 and (sides[1] & sides[0]).meta.eq(condition):
        for side in reversed(sides):
            yield from _parts(side)
    else:
        yield condition


def _within(told: Iterable[Counted], rows: dict[str, Rows]) -> Iterator[tuple[str, str]]:
    for one in told:
        if one.complement is not None:
            yield str(one.numerator), str(one.denominator)
    for small, narrow in rows.items():
        for large, wide in rows.items():
            if narrow.within(wide):
                yield small, large
    yield from _inhabitants(told)


def _inhabitants(told: Iterable[Counted]) -> Iterator[tuple[str, str]]:
    """Yield who lives among the inhabitants: people are, events and answers need not be."""
    people = (Counts.PERSONS, Counts.HOUSEHOLDS)
    for one in told:
        below = one.reading.elsewhere
        if one.numerator is None or below is None or one.reading.numerator.counts not in people:
            continue
        yield one.numerator, str(one.denominator)

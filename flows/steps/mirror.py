"""The numbers of the spiegelrapport: what a delivery holds, beside the one before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from flows.settings import Town
from flows.steps.observe import areas
from reports.feedback import Line, Mirror, Table, Use
from reports.words.catalogue import words
from sources.agreement.model import Agreement, Areas, Indicator, Quantity
from sources.contracts.derived import contracts_of
from sources.contracts.model import Column, Contract, FieldType
from sources.store import Delivery, Store
from transforms.areas import REST

_PERIODS = (FieldType.PERIOD, FieldType.DATE)
_PLACES = (FieldType.AREA, FieldType.PC6)
_MOST = 40  # lines in one table; the rest is one line
_EMPTY = "(leeg)"
_ELSEWHERE = "Wijk niet bekend"
_LAST = (_EMPTY, _ELSEWHERE)
_SHEETS = {
    Areas.MUNICIPALITY: "de hele gemeente",
    Areas.DISTRICT: "elke wijk",
    Areas.NEIGHBOURHOOD: "elke buurt",
    Areas.PARTNER: "elke partner",
}


def mirror(town: Town, store: Store, delivery: Delivery) -> Mirror:
    """Count a delivery of which rows were kept, and the one that the sender gave before it."""
    contract = town.contracts[delivery.contract]
    before = store.before(delivery)
    counted = _Counted.of(town, store, delivery, before=before.id if before else None)
    return Mirror(
        totals=tuple(counted.totals()),
        tables=tuple(counted.tables()),
        uses=tuple(uses(town.agreement, contract)),
        before="" if before is None else words("nl").period(before.period),
    )


def uses(agreement: Agreement, contract: Contract) -> Iterator[Use]:
    """Yield the active indicators that read rows of this contract, and where they are shown."""
    for one in agreement.indicators.values():
        if one.status == "active" and contract.id in _read(one):
            levels = [_SHEETS[level] for level in one.levels if level in _SHEETS]
            yield Use(one.name, one.question, words("nl").listed(levels))


def _read(one: Indicator) -> set[str]:
    quantities: list[Quantity | None] = [one.numerator, one.denominator]
    for variant in one.variants.values():
        quantities += [variant.numerator, variant.denominator]
    named = [one.delivery, *(each.delivery for each in quantities if each and each.delivery)]
    named += [variant.delivery for variant in one.variants.values() if variant.delivery]
    return {contract for delivery in named for contract in contracts_of(delivery)}


@dataclass(frozen=True, slots=True)
class _Counted:
    """Both deliveries, counted in the same way."""

    town: Town
    store: Store
    delivery: Delivery
    before: int | None
    contract: Contract
    tally: pl.DataFrame

    @classmethod
    def of(cls, town: Town, store: Store, delivery: Delivery, *, before: int | None) -> "_Counted":
        """Count what there is to tell of, at once."""
        contract = town.contracts[delivery.contract]
        ids = [one for one in (delivery.id, before) if one is not None]
        told = [column for column in contract.columns if _is_told(column)]
        sums = [column for column in contract.columns if _adds_up(column, contract)]
        tally = store.tally(contract, ids, by=told, sums=sums)
        return cls(town, store, delivery, before, contract, tally)

    def totals(self) -> Iterator[Line]:
        """Yield the number of rows, and the sum of every column that adds up."""
        columns = [column for column in self.contract.columns if _adds_up(column, self.contract)]
        now, before = self._both(None)
        said = _said(self.delivery)
        rows = None if self.before is None else _of(before, "rows") or 0
        yield Line("Rijen", _of(now, "rows") or 0, rows, said.get(""))
        for column in columns:
            sums = _of(now, column.name) or 0, _of(before, column.name)
            yield Line(_named(column), *sums, said.get(column.header))

    def tables(self) -> Iterator[Table]:
        """Yield the rows per period, per wijk, and per code of each column that has codes."""
        for column in filter(_is_told, self.contract.columns):
            if column.type in _PERIODS:
                yield self._table(column, f"Per kwartaal: {_named(column)}", {})
            elif column.type in _PLACES:
                yield self._table(column, f"Per wijk: {_named(column)}", self._districts())
            else:
                yield self._table(column, _named(column), column.codes)

    def _table(self, column: Column, title: str, names: Mapping[str, str]) -> Table:
        now, before = (self._parts(frame, column, names) for frame in self._both(column))
        there = {*now, *before}
        order = [name for name in dict.fromkeys(names.values()) if name in there]
        order += sorted(there - {*order}, key=lambda name: (name in _LAST, name))
        first = self.before is None
        lines = [
            Line(_told(column, name), now.get(name, 0), None if first else before.get(name, 0))
            for name in order
        ]
        return Table(title, tuple(_shortened(lines)))

    def _parts(
        self, frame: pl.DataFrame, column: Column, names: Mapping[str, str]
    ) -> dict[str, float]:
        """Return the rows per name; what a place does not tell is its own line."""
        parts: dict[str, float] = {}
        unknown = _ELSEWHERE if column.type in _PLACES else None
        for part, rows in frame.select("part", "rows").iter_rows():
            name = _EMPTY if part is None else names.get(part, unknown or part)
            parts[name] = parts.get(name, 0) + rows
        return parts

    def _both(self, by: Column | None) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the counts per value of a column, or of all rows: of this one, and of before."""
        of_it = self.tally.filter(pl.col("column_name").eq_missing(pl.lit(by and by.name)))
        this = pl.col("delivery") == self.delivery.id
        return of_it.filter(this), of_it.filter(~this)

    def _districts(self) -> dict[str, str]:
        """Return of every place (area code, postcode) the name of its wijk."""
        known = areas(self.town, self.store, known_at=self.delivery.received_at)
        names = dict(known.names.select("code", "name").iter_rows())
        placed = known.places.filter(pl.col("district") != REST).select("place", "district")
        return {place: names[district] for place, district in placed.sort("district").iter_rows()}


def _is_told(column: Column) -> bool:
    """Return whether rows are counted per value: of a moment, a place, or what has codes."""
    place = column.type in _PLACES
    return place or (not column.personal and (column.type in _PERIODS or bool(column.codes)))


def _adds_up(column: Column, contract: Contract) -> bool:
    """Return whether the sum of a column says something: counts from 0 up without a ceiling."""
    numeric = column.type in (FieldType.INTEGER, FieldType.NUMBER)
    plain = not (column.personal or column.codes or column.name in contract.key)
    return numeric and plain and column.minimum == 0 and column.maximum is None


def _named(column: Column) -> str:
    return (column.label or column.header).replace("_", " ")


def _told(column: Column, name: str) -> str:
    """Return the name of a part in words: a quarter is written out."""
    return words("nl").period(name) if column.type in _PERIODS and name != _EMPTY else name


def _of(frame: pl.DataFrame, name: str) -> float | None:
    """Return the one number of that name; None where there are no rows or no such column."""
    return None if frame.is_empty() or name not in frame else frame[name][0]


def _said(delivery: Delivery) -> dict[str, float]:
    """Return the control totals of the sender by header; under '' how many rows there should be."""
    said: dict[str, float] = {}
    for manifest in delivery.said:
        said |= {header: float(total) for header, total in manifest.totals}
        said |= {} if manifest.rows is None else {"": manifest.rows}
    return said


def _shortened(lines: list[Line]) -> list[Line]:
    """Return the lines; from the fortieth on as one."""
    if len(lines) <= _MOST:
        return lines
    rest = lines[_MOST - 1 :]
    before = None if rest[0].before is None else sum(line.before or 0 for line in rest)
    other = Line(f"Alle andere ({len(rest)})", sum(line.now for line in rest), before)
    return [*lines[: _MOST - 1], other]

"""The rows of a workbook beside what the agreement says: what differs, and what is wrong."""

import re
from dataclasses import dataclass, field
from typing import Any

from sources.agreement.model import IDENTIFIER
from sources.agreement.workbook import adding
from sources.agreement.workbook.adding import Added
from sources.agreement.workbook.columns import Column, Misread, Value
from sources.agreement.workbook.folder import Shelf
from sources.agreement.workbook.operations import Drop, Operation, Put
from sources.agreement.workbook.places import Entry, stem
from sources.agreement.workbook.reading import Book, Row
from sources.agreement.workbook.sheets import MARK, Sheet
from sources.strict_yaml import Place

Spot = tuple[Row, Sheet, str]
"""A row on its sheet, and the key of the column; without a key the row as a whole."""

_AGAIN = "Exporteer opnieuw en neem uw wijzigingen over."
_SHORT = 60


@dataclass
class Found:
    """Everything that differs so far, and every fault."""

    shelf: Shelf
    book: Book
    faults: list[str]
    told: list[str] = field(default_factory=list)
    puts: dict[str, list[Put]] = field(default_factory=dict)
    added: list[tuple[Added, Row, Sheet]] = field(default_factory=list)
    dropped: list[tuple[Sheet, Entry]] = field(default_factory=list)
    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    _kept: list[tuple[Row, Sheet, Entry]] = field(default_factory=list)
    _filed: list[tuple[Row, Sheet, Entry]] = field(default_factory=list)

    @property
    def gone(self) -> list[str]:
        """The files of rows that are no longer there."""
        return [entry.file for _, entry in self.dropped if not entry.place]

    def compare(self, sheet: Sheet) -> None:
        """Set the rows of one sheet beside the agreement."""
        entries = {entry.mark: entry for entry in sheet.entries(self.shelf.trees)}
        seen: dict[str, Row] = {}
        for row in self.book.rows[sheet.title]:
            if row.mark in seen:
                to_do = f"Maak {MARK} leeg: dan is dit een nieuwe rij."
                what = f"“{row.mark}” staat ook op rij {seen[row.mark].number}"
                self._fault(row, MARK, what, to_do)
            elif row.mark in entries:
                seen[row.mark] = row
                self._change(sheet, row, entries[row.mark])
            elif not row.mark or self._names(sheet, row.mark):
                self._add(sheet, row)
            else:
                self._fault(row, MARK, f"“{row.mark}” staat niet in de overeenkomst", _AGAIN)
        for mark, entry in entries.items():
            if mark not in seen and entry.file in self.book.checksums and not self._lost(entry):
                self.dropped.append((sheet, entry))
                self.told.append(f"Blad {sheet.title}: “{mark}” gaat weg.")

    def _names(self, sheet: Sheet, mark: str) -> bool:
        """Whether somebody gave a new row, that becomes a file, this name."""
        if not sheet.named_by or not re.fullmatch(IDENTIFIER, mark):
            return False
        return f"{sheet.home({}, {}).file}/{mark}.yaml" not in self.book.checksums

    def _lost(self, one: Entry | Added) -> bool:
        """Whether a row goes by itself, because it lies within one that goes."""
        above = (e.place for _, e in self.dropped if e.file == one.file and e.place != one.place)
        return any(one.place[: len(place)] == place for place in above)

    def _change(self, sheet: Sheet, row: Row, entry: Entry) -> None:
        values = self._values(sheet, row)
        self._kept.append((row, sheet, entry))
        for column in sheet.columns:
            if column.key not in values:
                continue
            old, new = entry.values.get(column.key), values[column.key]
            if column.equal(old, new):
                continue
            if column.place:
                to_do = "Zet het terug. Of haal de rij weg en maak een nieuwe."
                self._fault(row, column.key, f"{column.heading} kan niet veranderen", to_do)
                continue
            put = Put((*entry.place, column.key), new, tuple(sheet.part.model_fields))
            self.puts.setdefault(entry.file, []).append(put)
            change = f"wordt {_quoted(column, new)}, was {_quoted(column, old)}"
            self.told.append(f"{row.where(column.key)}: {column.heading} {change}.")

    def _add(self, sheet: Sheet, row: Row) -> None:
        before = len(self.faults)
        values = self._values(sheet, row)
        if len(self.faults) > before:
            return
        try:
            home = sheet.home({**self.shelf.trees, **self.new}, values)
        except Misread as wrong:
            self._fault(row, wrong.key, wrong.what, wrong.to_do)
            return
        there = {c.key for c in sheet.columns if not c.place and values[c.key] is not None}
        item = {key: values[key] for key in sheet.part.model_fields if key in there}
        file = home.file
        if not home.place:
            file = self._new_file(sheet, home.file, row, str(values[sheet.named_by]))
            self.new[file] = item
            self._filed.append((row, sheet, Entry("", file, (), item)))
        elif file in self.new:
            items = self.new[file].setdefault(str(home.place[0]), [])
            self._filed.append((row, sheet, Entry("", file, (*home.place, len(items)), item)))
            items.append(item)
        else:
            self.added.append((Added(file, home.place, item), row, sheet))
        self.told.append(f"{row.where()}: nieuw, in {file}.")

    def _new_file(self, sheet: Sheet, folder: str, row: Row, called: str) -> str:
        """Return the name of a new file: as somebody said, or after what it is called."""
        taken = {*self.shelf.names(folder), *map(stem, self.new)}
        if row.mark in taken:
            self._fault(row, MARK, f"“{row.mark}” staat er al", "Kies een ander kenmerk.")
        key = row.mark or adding.proposed(called, taken, otherwise=sheet.title.lower())
        return f"{folder}/{key}.yaml"

    def _values(self, sheet: Sheet, row: Row) -> dict[str, Value]:
        """Return what can be read of a row, by key; with a fault for the rest."""
        values: dict[str, Value] = {}
        for column in sheet.columns:
            try:
                values[column.key] = column.read(row.cells[column.key])
            except Misread as wrong:
                self._fault(row, column.key, wrong.what, wrong.to_do)
                continue
            if column.needed and values[column.key] is None:
                self._fault(row, column.key, f"{column.heading} is leeg", "Vul het in.")
        return values

    def check_removals(self, *, allowed: bool) -> None:
        """Fault the rows that went, unless they may; and new ones under a row that goes."""
        for one, row, _ in self.added:
            if self._lost(one):
                self._fault(row, "", "Dit hangt onder een rij die weggaat", "Haal het weg.")
        for sheet, entry in self.dropped if not allowed else ():
            self.faults.append(
                f"Blad {sheet.title}: “{entry.mark}” is weg. "
                "Zet de rij terug, of haal haar echt weg met --remove."
            )

    def check_files(self) -> None:
        """Fault the files that somebody changed since the export, where the workbook does too."""
        touched = {*self.puts, *(one.file for one, _, _ in self.added)}
        touched |= {entry.file for _, entry in self.dropped}
        for file in sorted(touched):
            if self.book.checksums.get(file) != self.shelf.checksum(file):
                self.faults.append(f"{file} is veranderd na de export. {_AGAIN}")

    def operations(self) -> dict[str, list[Operation]]:
        """Return per file what changes in it."""
        made: dict[str, list[Operation]] = {file: [*puts] for file, puts in self.puts.items()}
        for file, operation in adding.operations(self.shelf.trees, [a for a, _, _ in self.added]):
            made.setdefault(file, []).append(operation)
        for _, entry in self.dropped:
            if entry.place:
                made.setdefault(entry.file, []).append(Drop(entry.place))
        return made

    def spots(self) -> dict[tuple[str, Place], Spot]:
        """Return in which cell every place was filled in, as the places are after the change."""
        made: dict[tuple[str, Place], Spot] = {}
        for row, sheet, entry in self._kept:
            _mark(made, entry.file, self._moved(entry.file, entry.place), row, sheet)
        for row, sheet, entry in self._filed:
            _mark(made, entry.file, entry.place, row, sheet)
        count: dict[tuple[str, Place], int] = {}
        for one, row, sheet in self.added:
            number = count.setdefault((one.file, one.place), self._left(one))
            count[one.file, one.place] += 1
            place = (*self._moved(one.file, one.place), number)
            _mark(made, one.file, place, row, sheet)
        return made

    def _left(self, one: Added) -> int:
        """Return how many items of a list stay."""
        depth, tree = adding.there(self.shelf.trees[one.file], one.place)
        gone = (e for _, e in self.dropped if (e.file, e.place[:-1]) == (one.file, one.place))
        return len(tree) - len(list(gone)) if depth == len(one.place) else 0

    def _moved(self, file: str, place: Place) -> Place:
        """Return where a place comes to be, when items of lists before it go."""
        made = list(place)
        for away in (e.place for _, e in self.dropped if e.file == file and e.place):
            *above, number = away
            at = len(above)
            if list(place[:at]) == above and len(place) > at and int(place[at]) > int(number):
                made[at] = int(made[at]) - 1
        return tuple(made)

    def _fault(self, row: Row, key: str, what: str, to_do: str) -> None:
        self.faults.append(f"{row.where(key)}: {what}. {to_do}")


def _mark(
    spots: dict[tuple[str, Place], Spot], file: str, place: Place, row: Row, sheet: Sheet
) -> None:
    spots[file, place] = row, sheet, ""
    for column in sheet.columns:
        if not column.place:
            spots[file, (*place, column.key)] = row, sheet, column.key


def _quoted(column: Column, value: Any) -> str:
    shown = column.shown(value)
    if shown is None:
        return "leeg"
    text = f"{shown:g}".replace(".", ",") if isinstance(shown, float) else str(shown)
    text = " ".join(text.split())
    return f"“{text if len(text) <= _SHORT else text[: _SHORT - 1] + '…'}”"

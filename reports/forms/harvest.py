"""The form of the auditorium: it works from disk and saves a delivery of `auditorium_oogst`.

Everybody in the room sees what is written. The form keeps nothing and sends nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.block import Sheet
from reports.forms import filled
from reports.harvest import APPOINTMENT, IMPROVEMENT, STRENGTH, Heard
from sources.agreement.model import Agreement
from sources.contracts.model import Contract

PROGRAMS = (*filled.PROGRAMS, "harvest_form.js")

_SAID = (
    *("change", "count.more", "count.one", "digits", "future", "listed", "mail", "opened"),
    *("remove", "removed", "saved", "strange", "too_early"),
)
_EMPTY = ("datum", "soort", "tekst", "doel_id", "gebied_code", "wie", "gelezen_door")


@dataclass(frozen=True, slots=True)
class HarvestForm:
    """What the form offers: kinds, goals, areas and partners, each code with what a person reads.

    `standing` are the afspraken of earlier harvests of which somebody must still say what came of
    them; `partner` is who delivers the file.
    """

    contract: Contract
    sheet: Sheet
    partner: str
    standing: Sequence[Heard]

    @property
    def kinds(self) -> Sequence[str]:
        """What can be harvested."""
        return STRENGTH, IMPROVEMENT, APPOINTMENT

    @property
    def goals(self) -> Mapping[str, str]:
        """The doelen, in the agreement's order."""
        return {name: goal.name for name, goal in self.sheet.shelf.agreement.goals_in_order()}

    @property
    def areas(self) -> Mapping[str, str]:
        """The whole municipality and its wijken; never a buurt."""
        wijken = {area.code: area.name for area in self.sheet.shelf.districts()}
        return {self.sheet.shelf.municipality: self.sheet.everywhere, **wijken}

    @property
    def partners(self) -> Mapping[str, str]:
        """The partners that have a sheet, by name."""
        named = {name: one.name for name, one in self.sheet.shelf.partners().items()}
        return dict(sorted(named.items(), key=lambda pair: pair[1]))

    def most(self, column: str) -> int | None:
        """Return how many signs a cell may hold."""
        return self.contract.column(column).max_length

    @property
    def data(self) -> Markup:
        """What the program knows: how the file is called and written, and what it says itself."""
        words, names = self.sheet.words, _EMPTY
        columns = [
            {
                **filled.asked(one),
                "empty": words(f"harvest.empty.{one.name}") if one.name in names else "",
            }
            for one in self.contract.columns
        ]
        code = self.sheet.shelf.municipality
        said = {name: words.sentences[f"harvest.{name}"] for name in _SAID}
        known = filled.written(self.contract, code, self.partner)
        told = json.dumps({**known, "columns": columns, "said": said}, ensure_ascii=False)
        return Markup(told.replace("<", "\\u003c"))  # noqa: S704

    def row(self, one: Heard) -> str:
        """Return an afspraak as it was delivered, without its number, as JSON."""
        told = {
            "datum": one.day.isoformat(),
            "soort": one.kind,
            "tekst": one.text,
            "doel_id": one.goals[0],
            "gebied_code": one.area,
            "partner_id": one.partner,
            "wie": one.who,
            "wanneer": one.by.isoformat() if one.by else "",
            "stand": one.status.replace(" ", "_"),
            "gedaan": one.done,
        }
        return json.dumps(told, ensure_ascii=False)


def form(sheet: Sheet) -> HarvestForm | None:
    """Return the form of a sheet; None where nobody delivers what is harvested."""
    contract = sheet.shelf.edition.form
    partner = _who_delivers(sheet.shelf.agreement, contract) if contract else None
    if contract is None or partner is None:
        return None
    standing = [one for one in sheet.shelf.heard() if one.id and one.open]
    return HarvestForm(contract, sheet, partner, standing)


def _who_delivers(agreement: Agreement, contract: Contract) -> str | None:
    """Return the first whose delivery it is, by id."""
    owing = (
        name
        for name, one in sorted(agreement.partners.items())
        if any(owed.contract == contract.id for owed in one.deliveries)
    )
    return next(owing, None)

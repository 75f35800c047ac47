"""A story without a CSV: a page that works from disk and saves a delivery of L10.

For those of whom nothing else is asked. The page keeps nothing and sends nothing; what it saves is
the file that the contract describes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from reports.forms.filled import PROGRAMS, asked, written
from reports.sealed import sealed
from sources.contracts.model import Contract

_FREE = ("titel", "tekst", "belangrijkste_verandering", "herkenbaar_gecheckt_door")
_EMPTY = {
    "datum": "Kies de dag.",
    "soort": "Kies wat het is.",
    "verteller_rol": "Kies wie het vertelt.",
    "titel": "Schrijf een titel.",
    "tekst": "Schrijf het verhaal.",
    "thema": "Kies een doel.",
    "gebied_code": "Kies een wijk.",
    "toestemming": "Kies ja of nee bij de toestemming.",
    "schuurt": "Kies of het laat zien wat niet goed gaat.",
}


@dataclass(frozen=True, slots=True)
class StoryForm:
    """The form of one partner.

    `goals`, `areas` and `arcs` map what stands in the file to what a person reads. `nothing` are
    the texts that our reader takes for an empty cell.
    """

    contract: Contract
    municipality: str
    municipality_name: str
    partner: str
    partner_name: str
    goals: Mapping[str, str]
    areas: Mapping[str, str]
    arcs: Mapping[str, str]
    nothing: Sequence[str]
    words: ClassVar[int] = 120  # rule V450 of the contract

    def codes(self, column: str) -> Mapping[str, str]:
        """Return the codes of a column with what they mean."""
        return self.contract.column(column).codes

    def most(self, column: str) -> int | None:
        """Return how many signs a cell may hold."""
        return self.contract.column(column).max_length

    @property
    def data(self) -> Mapping[str, Any]:
        """What the script knows: how a file is called and written, and what must be in it."""
        return {
            **written(self.contract, self.municipality, self.partner),
            "words": self.words,
            "free": _FREE,
            "nothing": sorted({text.lower() for text in self.nothing}),
            "columns": [
                {
                    **asked(column),
                    "max": column.max_length,
                    "empty": _EMPTY.get(column.name, ""),
                }
                for column in self.contract.columns
            ],
        }


def page(form: StoryForm) -> bytes:
    """Return the form as one page: it opens from disk, fetches nothing and sends nothing."""
    return sealed(
        "story_form.html.j2",
        styles=("partner.css", "story_form.css"),
        scripts=(*PROGRAMS, "story_rules.js", "story_form.js"),
        form=form,
    )

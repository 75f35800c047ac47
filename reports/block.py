"""What a sheet is made of: blocks, with a finding as title, or left out with a reason."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from reports.edition import Audited
from reports.figures import Figure
from reports.harvest import Heard
from reports.indexed import Area
from reports.shelf import Shelf
from reports.words.catalogue import Words
from sources.agreement.model import Indicator, Partner, PartnerAgreement
from transforms.periods import parse

TEMPLATES = Path(__file__).parent / "templates"

ARC_COLUMN = "boog"
"""The breakdown of a figure that is told per arc of the regenboog."""

FLOW_COLUMN = "stroom"
"""The breakdown of a figure that tells who went from one arc to another."""

MACROS = '{% import "macros.html.j2" as m %}'

Zone = Literal["head", "left", "main", "right", "foot", "back"]


def in_rainbow(told: Indicator) -> bool:
    """Whether the rainbow tells an indicator, by the classes in which it is counted."""
    return told.breakdown in (ARC_COLUMN, FLOW_COLUMN)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Of whom or what a sheet is: an area, a partner, the council, a room, or the whole edition.

    `path` is the file within the edition; `root` leads from there back to the edition's folder.
    `audited` is there on the account only.
    """

    kind: Literal["district", "partner", "council", "auditorium", "index", "account"]
    id: str
    name: str
    path: str
    root: str
    shelf: Shelf
    area: Area
    partner: Partner | None = None
    audited: Audited | None = None

    @property
    def agreed(self) -> PartnerAgreement | None:
        """What was agreed with this partner, and in force when the edition's period ended."""
        day = parse(self.shelf.edition.period).end
        return self.shelf.agreement.agreed_with(self.id, day) if self.partner else None

    @property
    def promises(self) -> bool:
        """Whether results were agreed with this partner: they then take the middle of its sheet."""
        return bool(self.agreed and self.agreed.result_sheets)

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators that this sheet may tell, in the order that was agreed."""
        known = self.shelf.agreement.indicators
        chosen = getattr(self.shelf.agreement.general.figures, self.kind, ())
        return {name: known[name] for name in chosen or known}

    @property
    def words(self) -> Words:
        """The catalogue of the edition's language."""
        return self.shelf.words

    @property
    def when(self) -> str:
        """Of when its figures are: the edition's quarter, or the years where all are of years."""
        years = self.shelf.years()
        if not years:
            return self.words.period(self.shelf.edition.period)
        first, last = years
        key = "page.year" if first == last else "page.years"
        return self.words(key, year=last, first=first, last=last)

    @property
    def heard(self) -> list[Heard]:
        """What was said and agreed of this area or partner, the newest first; of neither all."""
        area, partner = self.place
        return self.shelf.heard(area=area if self.kind == "district" else "", partner=partner)

    @property
    def place(self) -> tuple[str, str]:
        """Area code and partner id under which this sheet's own figures are found."""
        return self.area.code, self.id if self.partner else ""

    def latest(self, indicator: str) -> Figure | None:
        """Return this sheet's own newest figure of an indicator."""
        area, partner = self.place
        return self.shelf.latest(indicator, area, partner=partner)

    def nearest(self, indicator: str) -> Figure | None:
        """Return this sheet's own newest figure, or else the whole municipality's."""
        own = self.latest(indicator)
        return own or self.shelf.latest(indicator, self.shelf.municipality)

    def whole(self, figure: Figure) -> str:
        """Return the municipality's name where a figure is of the whole of it, else nothing."""
        foreign = figure.area_code == self.shelf.municipality != self.area.code
        return self.everywhere if foreign else ""

    def beside(self, figure: Figure) -> str:
        """Return the whole municipality's figure of the same period, to put beside an area's."""
        value = self._whole_of(figure)
        place = {"municipality": self.municipality}
        return self.words("figure.beside", value=value, **place) if value else ""

    def compared(self, figure: Figure) -> str:
        """Return what a figure is compared with, in few words: de gemeente (82 %)."""
        value = self._whole_of(figure)
        key = "figure.compared" if value else "figure.compared.bare"
        return self.words(key, value=value)

    def _whole_of(self, figure: Figure) -> str:
        town, part = self.shelf.municipality, figure.breakdown
        whole = self.shelf.at(figure.indicator, town, figure.period, breakdown=part)
        foreign = figure.area_code != self.shelf.municipality and not figure.partner
        both = whole is not None and whole.published and figure.published
        return whole.headline if whole is not None and foreign and both else ""

    def part(self, figure: Figure) -> str:
        """Return which part or reading of an indicator a figure tells; empty for the whole."""
        variants = figure.definition.variants
        return variants[figure.breakdown].name if figure.breakdown in variants else figure.breakdown

    def of_arc(self, figure: Figure) -> bool:
        """Whether a figure is of one arc, or of a way between two: the rainbow tells it whole."""
        return bool(figure.breakdown) and in_rainbow(figure.definition)

    def response(self, figure: Figure) -> str:
        """Return what this sheet's partner says beside a figure, if it does."""
        if self.partner is None or figure.breakdown:
            return ""
        return self.shelf.responses(self.id).get(figure.indicator, "")

    @property
    def everywhere(self) -> str:
        """The municipality as a whole, in words: heel Voorbeeldstad."""
        return self.words("figure.whole", municipality=self.municipality)

    @property
    def municipality(self) -> str:
        """The municipality's name."""
        return self.shelf.agreement.general.municipality.name

    def series(self, indicator: str) -> list[Figure]:
        """Return this sheet's own figures of an indicator, oldest first."""
        area, partner = self.place
        return self.shelf.series(indicator, area, partner=partner)


@dataclass(frozen=True, slots=True)
class Block:
    """A block to show: a sentence that holds the finding, its body, and where it stands.

    `topic` is the small line above the title. `figures` are all figures that the body shows; the
    back of the sheet defines them. `scripts` are the programs (files in `templates/`) for who wants
    to write on the page; it reads well without.
    """

    topic: str
    title: str
    body: Markup
    zone: Zone
    figures: tuple[Figure, ...] = field(default=())
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Omitted:
    """A block that is left out, with the reason in the reader's words."""

    reason: str


def fill(template: str, sheet: Sheet, **values: object) -> Markup:
    """Return a block's own template filled in; `sheet`, `words` and the macros `m` are at hand."""
    text = _compiled(template).render(sheet=sheet, words=sheet.words, **values)
    return Markup(text)  # noqa: S704


@lru_cache
def environment() -> Environment:
    """Return the one Jinja environment: escaping on, unknown names refused."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=256)
def _compiled(template: str) -> Template:
    return environment().from_string(MACROS + template)

"""The published figures, stories, areas and deliveries of one edition, by what a sheet asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from reports.edition import Edition
from reports.figures import Figure
from reports.harvest import Heard, heard, overdue
from reports.indexed import Area, Fact, areas, below, by_place, deserted, facts, years
from reports.mapped import Mapped
from reports.placed import Placed
from reports.words.catalogue import Words, words
from sources.agreement.model import Agreement, Indicator, Kind, Partner

REPLY = "reactie_uitvoerder"
NOT_DELIVERED = "niet geleverd"


@dataclass(frozen=True, slots=True)
class Story:
    """A story, statement, signal or reply, with consent and review behind it."""

    id: str
    date: date | None
    kind: str
    role: str
    title: str
    text: str
    change: str
    theme: str
    area: str
    partner: str
    rubs: bool

    @property
    def quarter(self) -> str:
        """The quarter of its day: that enough people fit a story is known of a whole quarter."""
        return f"{self.date.year}K{(self.date.month + 2) // 3}" if self.date else ""


class Shelf:
    """One edition, indexed once, so that each block finds its figures without searching."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.agreement: Agreement = edition.agreement
        self.words: Words = words(edition.agreement.general.language)
        self.municipality = edition.agreement.general.municipality.code
        self.areas = areas(edition.areas)
        self.stories = [_story(row) for row in edition.stories.iter_rows(named=True)]
        self.deliveries = [_named(row) for row in edition.deliveries.iter_rows(named=True)]
        self._goals = {one: self.agreement.goal_of(one) for one in self.agreement.indicators}
        self.map = Mapped(self.districts())
        self._placed = Placed(edition, self.words)
        self._below = below(edition.areas)
        self._facts = facts(edition.context)
        self._deserted = deserted(edition.context)
        self._changes = by_place(edition.changes)
        self._years = years(edition.figures)
        self._heard = heard(edition)

    def indicator(self, name: str) -> Indicator:
        """Return the definition of an indicator; KeyError where the agreement has none."""
        return self.agreement.indicators[name]

    def series(
        self, indicator: str, area: str, *, partner: str = "", breakdown: str = ""
    ) -> list[Figure]:
        """Return one figure over time, oldest first, at most as long as the agreement shows."""
        found = self._placed.series((indicator, area, partner, breakdown))
        return found[-self.agreement.general.trend_periods :]

    def at(
        self, indicator: str, area: str, period: str, *, partner: str = "", breakdown: str = ""
    ) -> Figure | None:
        """Return the figure of one period, however long ago."""
        found = self._placed.series((indicator, area, partner, breakdown))
        return next((figure for figure in found if figure.period == period), None)

    def latest(
        self, indicator: str, area: str, *, partner: str = "", breakdown: str = ""
    ) -> Figure | None:
        """Return the newest figure, published or not; None where there never was one."""
        found = self.series(indicator, area, partner=partner, breakdown=breakdown)
        return found[-1] if found else None

    def near(self, areas: Iterable[str]) -> None:
        """Work out the figures of these areas first: the sheets that follow are theirs."""
        self._placed.near(areas)

    def standing(self, indicators: Iterable[str], *, area: str, partner: str) -> pl.DataFrame:
        """Return the figures of an area together, or else of a partner, beside all they stand for.

        Columns of `transforms.standing.standing`; no variants and no classes.
        """
        rows = self._placed.standing(area, partner)
        return rows.filter(pl.col("indicator").is_in(list(indicators)))

    def longest(self, indicator: str, level: str) -> int:
        """Return the most published periods that any area of a level has of an indicator."""
        return self._placed.longest(indicator, level)

    def of_kind(self, kinds: set[Kind], *, goal: str) -> list[str]:
        """Return the indicators of those kinds under a goal, in the agreement's order."""
        named = self.agreement.indicators
        return [i for i, above in self._goals.items() if above == goal and named[i].kind in kinds]

    def children(self, code: str, level: str) -> list[Area]:
        """Return the areas of a level directly or indirectly within an area, by code."""
        below = (self.areas[one] for one in self._below.get(code, ()))
        return [area for area in below if area.level == level]

    def facts(self, area: str) -> list[Fact]:
        """Return the public figures of an area, newest year of each, in their own order."""
        return [Fact(*told) for told in self._facts.get(area, ())]

    def years(self) -> list[str]:
        """Return the first and last year of the newest figures; empty where one is of a quarter."""
        return self._years

    def inhabited(self, area: str) -> bool:
        """Whether anybody lives in an area, as far as is known."""
        return area not in self._deserted

    def has(self, kind: Literal["council", "auditorium"]) -> bool:
        """Whether there is the one sheet of this kind; the package of a partner has none."""
        return kind in self.agreement.general.blocks and not self.edition.own_partner

    def districts(self) -> list[Area]:
        """Return the wijken that have a sheet, by code; the package of a partner holds none."""
        every = [area for area in self.areas.values() if area.level == "district"]
        return [] if self.edition.own_partner else every

    def partners(self) -> dict[str, Partner]:
        """Return the partners that have a sheet; in the package of a partner that one only."""
        named = {i: p for i, p in self.agreement.partners.items() if p.kind == "partner"}
        own = self.edition.own_partner
        return {own: named[own]} if own else named

    def told(self, *, area: str, partner: str) -> list[Story]:
        """Return the stories of a partner; or else those of an area and of the whole municipality.

        A sheet needs no others: what people tell stays with their own place. Of no area: of all.
        """
        if partner:
            return [story for story in self.stories if story.partner == partner]
        within = {area, self.municipality, ""}
        return [story for story in self.stories if not area or story.area in within]

    def heard(self, *, area: str = "", partner: str = "") -> list[Heard]:
        """Return what was said and agreed of an area or a partner, newest first; of neither all."""
        every = (one for one in self._heard if area in ("", one.area))
        return [one for one in every if partner in ("", one.partner)]

    def overdue(self, partner: str) -> frozenset[str]:
        """Return what was agreed with a partner on working together, and is later than agreed."""
        mine = [one for one in self.agreement.agreements.values() if one.partner == partner]
        every, day = (page for one in mine for page in one.process_sheets), self.edition.known_at
        return frozenset(one.agreement for one in every if overdue(one.status, one.by, day))

    def held(self) -> list[str]:
        """Return the talks of the agreement that were held when the edition was known."""
        talks = self.agreement.conversations
        return [name for name, talk in talks.items() if talk.date <= self.edition.known_at]

    def changes(self, *, area: str, partner: str) -> list[dict[str, Any]]:
        """Return what reads differently of an area and partner since the edition before."""
        return self._changes.get((area, partner), [])

    def responses(self, partner: str) -> dict[str, str]:
        """Return what a partner says beside figures, by indicator."""
        said = self.edition.responses.filter(pl.col("partner") == partner)
        return dict(said.select("indicator", "text").iter_rows())

    def partner_name(self, partner: str) -> str:
        """Return a partner's or supplier's name; its id where the agreement has none."""
        known = self.agreement.partners.get(partner)
        return known.name if known else partner

    def story_area(self, story: Story) -> str:
        """Return the name of the area that a story is told from."""
        area = self.areas.get(story.area or self.municipality)
        return area.name if area else self.agreement.general.municipality.name

    def owed(self, partner: str | None = None) -> list[dict[str, Any]]:
        """Return the deliveries of this edition's period, of one partner or of all."""
        current = [d for d in self.deliveries if d["period"] == self.edition.period]
        rows = current or self.deliveries
        return [d for d in rows if partner is None or d["partner"] == partner]

    def absent(self, partner: str | None = None) -> list[str]:
        """Return whose deliveries of this edition's period did not come, once for each delivery."""
        return [d["partner"] for d in self.owed(partner) if d["outcome"] == NOT_DELIVERED]

    def refused(self, contract: str) -> int:
        """Return how many rows of a contract's deliveries could not be taken over."""
        rows = [d["refused_rows"] for d in self.deliveries if d["contract"] == contract]
        return sum(count or 0 for count in rows)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "title": row.get("title") or row["contract"]}


def _story(row: dict[str, Any]) -> Story:
    return Story(
        id=row["story_id"],
        rubs=bool(row["rubs"]),
        **{n: row[n] for n in Story.__dataclass_fields__ if n not in {"id", "rubs"}},
    )

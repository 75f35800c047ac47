"""Voorbeeldstad's sheets, one per wijk, against nothing but the drawing of their charts.

Ours: the edition indexed and compared, every block worked out and filled in, and its charts. The
floor: the same charts with their data already swapped in, from Vega to SVG; tidying is ours.
"""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import vl_convert

from benchmarks.pairs import Ratio, compare, spent
from benchmarks.place import AT, QUARTER, Place
from flows.steps.edition import edition
from flows.steps.observe import observe
from flows.steps.publish import protect
from reports.edition import Edition
from reports.render import page
from reports.sheets import district
from reports.shelf import Shelf
from sources.example import maker
from sources.store import Store

TO_REACH = 2.0
_FEW = 100_000  # rows below which a run is only to see that everything works
_SHORT = 5  # a run takes so little that it needs this many times more pairs

Chart = tuple[dict[str, Any], dict[str, Any]]


def prepare(folder: Path, rows: int) -> None:
    """Receive and observe Voorbeeldstad, which has a size of its own; of few rows one quarter."""
    place = Place.at(folder / "sheet")
    quarters = maker.QUARTERS[-1:] if rows < _FEW else maker.QUARTERS
    for path in maker.make(folder / "voorbeeldstad", quarters=quarters):
        place.drop(path, partner=path.parent.name, name=path.name)
    place.receive()
    with Store.open(place.town.settings.store, holder="bench") as store:
        observe(place.town, store, QUARTER, known_at=AT, tell=lambda _: None)


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the one ratio, per sheet."""
    place = Place.at(folder / "sheet")
    with Store.open(place.town.settings.store, holder="bench", read_only=True) as store:
        protected, _ = protect(place.town, store, QUARTER, known_at=AT)
        told = edition(place.town, store, QUARTER, protected, known_at=AT)
    pages, charts = _recorded(told)
    assert sum(one.count(b'class="chart"') for one in pages) == len(charts) > 0
    ratio = compare(
        f"sheet: {len(pages)} wijken, {len(charts)} charts, each",
        lambda: spent(lambda: _pages(told)),
        lambda: spent(lambda: [vl_convert.vega_to_svg(v, **options) for v, options in charts]),
        repeat=repeat * _SHORT,
        to_reach=TO_REACH,
        each=len(pages),
    )
    return [ratio]


def _pages(told: Edition) -> list[bytes]:
    return [page(sheet) for sheet in district.sheets(Shelf(told))]


def _recorded(told: Edition) -> tuple[list[bytes], list[Chart]]:
    """Return the pages, and what their charts were drawn from."""
    charts: list[Chart] = []
    draw = vl_convert.vega_to_svg

    def noted(vega: dict[str, Any], **options: Any) -> str:
        charts.append((vega, options))
        return draw(vega, **options)

    with patch.object(vl_convert, "vega_to_svg", noted):
        return _pages(told), charts

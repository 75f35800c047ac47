"""A thousand sheets with eight charts each, and the same edition again after a few changed.

Ours: a rendering as `publish` does it, in as many processes as there are cores. The floor: the same
charts with their data swapped in and nothing else, from Vega to SVG, in as many processes. The
naive way builds every chart anew, as a notebook does; it is measured on a few sheets.
"""

import math
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl

from benchmarks import sheet
from benchmarks.pairs import Ratio, Spent, compare
from benchmarks.place import AT, QUARTER, Place
from flows.steps.edition import edition
from flows.steps.publish import protect
from flows.steps.spread import spread
from reports.charts import dotline, trend
from reports.charts.compiled import Compiled
from reports.edition import Edition
from reports.outlines import rings
from reports.render import drawn, pages
from reports.reuse.kept import Kept, remembered
from reports.shelf import Shelf
from sources.store import Store

SHEETS, FEW = 1_000, 8
CHARTS = 8
_TRENDS = 5  # the other charts are those that every sheet has
TO_REACH, TO_REACH_AGAIN = 1.7, 0.05
_CHANGES = 50  # one wijk in so many
WIDE = 1_000  # units of a map
_SMALL = 100_000  # rows below which a run is only to see that everything works
_RUN = 100  # charts at a time

_kinds: list[Compiled]

prepare = sheet.prepare


@dataclass(frozen=True, slots=True)
class Chart:
    """What one chart is drawn from: the number of its kind, and what is swapped in."""

    kind: int
    data: Mapping[str, Sequence[Mapping[str, object]]]
    signals: Mapping[str, object]


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return ours beside the charts alone, after a change beside it all, and the naive way."""
    place = Place.at(folder / "sheet")
    with Store.open(place.town.settings.store, holder="bench", read_only=True) as store:
        protected, _ = protect(place.town, store, QUARTER, known_at=AT)
        told = edition(place.town, store, QUARTER, protected, known_at=AT)
    return ratios(multiplied(told, FEW if rows < _SMALL else SHEETS), repeat)


def ratios(many: Edition, repeat: int) -> list[Ratio]:
    """Return the three ratios of an edition with many wijken."""
    paths = [f"wijk/{code}/index.html" for code in _districts(many)]
    return [_charts_alone(many, paths, repeat), _again(many, repeat), _naively(many, paths, repeat)]


def multiplied(told: Edition, wanted: int) -> Edition:
    """Return an edition with so many wijken: those that there are, over and over, as new ones."""
    own = _districts(told)
    copies = range(-(-wanted // len(own)))
    asked = told.agreement.general.model_copy(update={"trends": _TRENDS})
    return replace(
        told,
        agreement=told.agreement.model_copy(update={"general": asked}),
        figures=_over_and_over(told.figures, "area_code", copies),
        areas=_tiled(told.areas, copies),
        context=_over_and_over(told.context, "area", copies),
        changes=told.changes.clear(),
    )


def _over_and_over(rows: pl.DataFrame, code: str, copies: range, beside: str = "") -> pl.DataFrame:
    """Return the rows, and for each copy once more those of wijken and buurten."""
    within = rows.filter(pl.col(code).str.contains("^(WK|BU)"))
    names = [code, beside] if beside else [code]
    new = (
        within.with_columns(
            pl.col(one).str.replace("^(WK|BU)", f"${{1}}{copy:03d}") for one in names
        )
        for copy in copies[1:]
    )
    return pl.concat([rows, *new])


def _tiled(areas: pl.DataFrame, copies: range) -> pl.DataFrame:
    """Return the areas over and over, the map of each copy on a square of its own."""
    every = _over_and_over(areas, "code", copies, beside="parent")
    again = (every.height - areas.height) // len(copies[1:]) if len(copies) > 1 else 0
    turns = [0] * areas.height + [copy for copy in copies[1:] for _ in range(again)]
    side = math.ceil(math.sqrt(len(copies)))
    drawn = [
        _small(outline, divmod(turn, side), side)
        for outline, turn in zip(every["outline"], turns, strict=True)
    ]
    return every.with_columns(outline=pl.Series(drawn))


def _small(outline: str, place: tuple[int, int], side: int) -> str:
    """Return an outline so many times smaller, on its place among as many squares each way."""
    down, across = place
    corners = [
        [((x + across * WIDE) / side, (y + down * WIDE) / side) for x, y in one]
        for one in rings(outline)
    ]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in one) + "Z" for one in corners)


def _districts(told: Edition) -> list[str]:
    return told.areas.filter(level="district")["code"].to_list()


def _charts_alone(many: Edition, paths: list[str], repeat: int) -> Ratio:
    kinds, charts = _recorded(many, paths)
    assert len(charts) >= CHARTS * len(paths) or len(paths) < SHEETS
    return compare(
        f"sheets: {len(paths)} wijken, {len(charts)} charts, each",
        lambda: _with_children(lambda: [*spread(Shelf(many), paths)]),
        lambda: _with_children(lambda: _swapped(kinds, charts)),
        repeat=repeat,
        to_reach=TO_REACH,
        each=len(paths),
    )


def _recorded(many: Edition, paths: Sequence[str]) -> tuple[list[Compiled], list[Chart]]:
    """Return the kinds of charts, and of which kind and from what each chart is drawn.

    Drawn are a few sheets: the others are the same wijken over and over.
    """
    kinds: list[Compiled] = []
    charts: list[list[Chart]] = []
    draw, shelf = Compiled.svg, Shelf(many)

    def noted(kind: Compiled, name: str, *, data: Any, signals: Any) -> Any:
        if not any(one is kind for one in kinds):
            kinds.append(kind)
        number = next(number for number, one in enumerate(kinds) if one is kind)
        charts[-1].append(Chart(number, data, signals))
        return draw(kind, name, data=data, signals=signals)

    with patch.object(Compiled, "svg", noted):
        for path in paths[:FEW]:
            charts.append([])
            assert len(list(drawn(shelf, [path]))) == 1
    return kinds, [one for number in range(len(paths)) for one in charts[number % len(charts)]]


def _swapped(kinds: list[Compiled], charts: list[Chart]) -> list[int]:
    """Draw charts in as many processes as there are cores; the drawings are not sent back."""
    runs = [charts[first : first + _RUN] for first in range(0, len(charts), _RUN)]
    cores, fresh = len(os.sched_getaffinity(0)), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, fresh, initializer=_keep, initargs=(kinds,)) as processes:
        return list(processes.map(_draw, runs))


def _keep(kinds: list[Compiled]) -> None:
    global _kinds  # noqa: PLW0603
    _kinds = kinds


def _draw(charts: list[Chart]) -> int:
    return sum(len(_kinds[one.kind].drawing(one.data, one.signals)) for one in charts)


def _again(many: Edition, repeat: int) -> Ratio:
    """Compare making the edition again after a change with making it from nothing."""
    first = list(pages(many, draw=spread))
    contents = {page.path: page.content for page in first}
    kept = Kept.read(remembered({page.path: page.made_of for page in first}), contents.get)
    other = _changed(many)
    made = {page.path: page.content for page in pages(other, kept=kept, draw=spread)}
    differing = [path for path, content in made.items() if content != contents[path]]
    assert made == {page.path: page.content for page in pages(other, draw=spread)}
    return compare(
        f"sheets: again, {len(differing)} of {len(made)} pages changed",
        lambda: _with_children(lambda: [*pages(other, kept=kept, draw=spread)]),
        lambda: _with_children(lambda: [*pages(other, draw=spread)]),
        repeat=repeat,
        to_reach=TO_REACH_AGAIN,
    )


def _changed(many: Edition) -> Edition:
    """Return the edition with another number in some wijken."""
    some = _districts(many)[:: min(_CHANGES, len(_districts(many)) // 2)]
    there = pl.col("area_code").is_in(some) & pl.col("value").is_not_null()
    other = pl.when(there).then(pl.col("value") * 0.9).otherwise(pl.col("value")).alias("value")
    return replace(many, figures=many.figures.with_columns(other))


def _naively(many: Edition, paths: list[str], repeat: int) -> Ratio:
    """Compare ours with the same sheets of which every chart is built anew, here."""
    few = paths[: FEW // 4]
    return compare(
        f"sheets: {len(few)} of them, beside each chart built anew, each",
        lambda: _with_children(lambda: [*drawn(Shelf(many), few)]),
        lambda: _with_children(lambda: _built_anew(many, few)),
        repeat=repeat,
        to_reach=1.0,
        each=len(few),
    )


def _built_anew(many: Edition, few: list[str]) -> None:
    with (
        patch.object(dotline, "_kind", dotline._kind.__wrapped__),
        patch.object(trend, "_kind", trend._kind.__wrapped__),
    ):
        assert len(list(drawn(Shelf(many), few))) == len(few)


def _with_children(action: Callable[[], object]) -> Spent:
    """Return what an action takes, with the work of the processes that it started and ended."""
    before, wall = os.times(), time.perf_counter()
    action()
    after = os.times()
    return Spent(time.perf_counter() - wall, sum(after[:4]) - sum(before[:4]))

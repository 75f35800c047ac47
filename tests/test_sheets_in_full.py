"""What every figure says of itself on a sheet, and figures over time: there, or with a reason."""

import re

import polars as pl
import pytest
from sample_edition import sample
from sheet_reader import Page

from reports.block import Block, Sheet
from reports.edition import Edition
from reports.render import block, page
from reports.sheets import district
from reports.shelf import Shelf
from sources.agreement.model import Agreement, SeriesBreak

EDITION = sample()
WIJK = "WK990106"


def sheet(edition: Edition) -> Sheet:
    return next(one for one in district.sheets(Shelf(edition)) if one.id == WIJK)


def covered(share: float | None) -> Edition:
    return sample(figures=EDITION.figures.with_columns(coverage=pl.lit(share, dtype=pl.Float64)))


@pytest.mark.parametrize(
    ("coverage", "told"),
    [(0.8, True), (0.0, True), (1.0, False), (None, False)],
    ids=["four of five", "none", "all", "nothing owed"],
)
def test_a_figure_says_so_where_not_all_deliveries_came(coverage: float, told: bool) -> None:
    read = Page(page(sheet(covered(coverage))).decode())
    said = f"{coverage or 0:.0%}".replace("%", "\N{NO-BREAK SPACE}%") + " van de leveringen is"
    assert (said in read.text()) is told


def converted(share: float, *, kept: bool = False) -> Edition:
    """Every figure before 2026 was converted for this share; `kept`: its source protected it."""
    early = pl.col("period").str.slice(-6) < "2026K1"
    told = pl.when(early).then(share).otherwise(0.0)
    known = {
        name: one.model_copy(update={"protected_at_source": kept})
        for name, one in EDITION.agreement.indicators.items()
    }
    return sample(
        agreement=EDITION.agreement.model_copy(update={"indicators": known}),
        figures=EDITION.figures.with_columns(told.alias("converted")),
    )


@pytest.mark.parametrize(
    ("share", "kept", "beside", "broken"),
    [
        (0.0, False, "", False),
        (0.15, False, "omgerekend naar de wijken van 2026", False),
        (0.2, False, "omgerekend naar de wijken van 2026", True),
        (1.0, True, "binnen de grenzen van toen", True),
    ],
)
def test_a_converted_figure_says_so_and_above_15_percent_the_line_breaks(
    share: float, *, kept: bool, beside: str, broken: bool
) -> None:
    edition = converted(share, kept=kept)
    made = shown("trend", edition)
    series = sheet(edition).series(made.figures[0].indicator)
    before = [figure for figure in series if figure.period[-6:] < "2026K1"]
    first, newest = series[len(before)], series[-1]

    assert {figure.moved for figure in before} == {beside}
    assert newest.moved == ""
    assert before[0].standing.endswith(beside or "definitief")
    assert (f"Vóór {first.when} lagen de grenzen anders." in made.body) is broken
    since = first if broken else before[0]
    assert f"van {since.headline} naar {newest.headline}" in made.body


def test_a_break_that_the_agreement_names_breaks_the_line_and_is_named() -> None:
    broken = (SeriesBreak(period="2025K4", reason="Een nieuw systeem."),)
    known = {
        name: one.model_copy(update={"breaks": broken})
        for name, one in EDITION.agreement.indicators.items()
    }
    made = shown(
        "trend", sample(agreement=EDITION.agreement.model_copy(update={"indicators": known}))
    )
    assert "is dit anders geteld: Een nieuw systeem." in made.body


def test_every_figure_tells_the_version_of_its_definition_and_how_settled_it_is() -> None:
    read = Page(page(sheet(EDITION)).decode())
    rows = [row for row in read.all("tr") if re.search(r"versie \d+ · ", row.text)]
    told = {f.indicator for name in ("goals", "trend") for f in shown(name, EDITION).figures}
    assert len(rows) >= len(told)


def shown(name: str, edition: Edition) -> Block:
    made = block(name, sheet(edition))
    assert isinstance(made, Block)
    return made


def three_trends() -> Agreement:
    general = EDITION.agreement.general.model_copy(update={"trends": 3})
    return EDITION.agreement.model_copy(update={"general": general})


@pytest.mark.parametrize(
    ("status", "refused", "reason"),
    [
        ("protected", 0, "Te veel perioden zijn afgeschermd."),
        ("not_delivered", 0, "Het is van dit gebied niet geleverd."),
        ("not_delivered", 3, "Regels ontbreken, of kwamen niet door de controle."),
    ],
    ids=["protected", "not delivered", "refused"],
)
def test_a_figure_over_time_that_is_not_there_says_why(
    status: str, refused: int, reason: str
) -> None:
    agreement = three_trends()
    here = pl.col("area_code") == WIJK
    kept = pl.col("indicator") == "I07"
    lost = here & ~kept
    edition = sample(
        agreement=agreement,
        figures=EDITION.figures.with_columns(
            status=pl.when(lost).then(pl.lit(status)).otherwise("status"),
            value=pl.when(~lost).then("value"),
        ),
        deliveries=EDITION.deliveries.with_columns(refused_rows=pl.lit(refused)),
    )
    made = shown("trend", edition)
    assert made.zone == "main"
    assert [figure.indicator for figure in made.figures] == ["I07"]
    assert str(made.body).count(reason) == 2


def test_three_figures_over_time_stand_side_by_side_and_one_stands_beside_the_rest() -> None:
    one, three = shown("trend", EDITION), shown("trend", sample(agreement=three_trends()))
    assert (one.zone, len(one.figures)) == ("left", 1)
    assert (three.zone, len(three.figures)) == ("main", 3)

"""What every figure says of itself on a sheet, and figures over time: there, or with a reason."""

import polars as pl
import pytest
from sample_edition import sample
from sheet_reader import Page

from reports.block import Block, Sheet
from reports.edition import Edition
from reports.render import block, page
from reports.sheets import district
from reports.shelf import Shelf
from sources.agreement.model import Agreement

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


def test_every_figure_tells_the_version_of_its_definition_and_how_settled_it_is() -> None:
    read = Page(page(sheet(EDITION)).decode())
    rows = [row for row in read.all("tr") if "versie 1 · " in row.text]
    figures = [made.figures for name in ("goals", "trend") if (made := shown(name, EDITION))]
    assert len(rows) >= len({f.indicator for every in figures for f in every})


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

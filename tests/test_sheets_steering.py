"""Draagkracht beside draaglast, what was heard, campaigns, and what only insiders read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from sample_edition import AUDITED, RUBS, STORY, sample
from sheet_reader import Page

from flows.steps.packages import packages, shared
from reports.block import Block, Omitted, Sheet
from reports.edition import MUNICIPALITY, Edition
from reports.judged import CELL, MARGIN, SIZE, arrow, path, spot
from reports.render import block, page, render
from reports.sheets import account as accounts
from reports.sheets import district, index, partner
from reports.shelf import Shelf
from sources.agreement.model import Calendar, Campaign, Coherence
from transforms.changes import CHANGES

EDITION = sample()
KINDS: dict[str, Callable[[Shelf], Iterator[Sheet]]] = {
    "district": district.sheets,
    "partner": partner.sheets,
    "index": index.sheets,
}


def sheet(kind: str, name: str, edition: Edition = EDITION) -> Sheet:
    return next(one for one in KINDS[kind](Shelf(edition)) if one.id == name)


def shown(name: str, of: Sheet) -> tuple[Block, Page]:
    made = block(name, of)
    assert isinstance(made, Block), made
    return made, Page(f"<body>{made.body}</body>")


def agreeing(**changes: Any) -> Edition:
    return sample(agreement=EDITION.agreement.model_copy(update=changes))


WIJK = sheet("district", "WK990106")


# --- draagkracht and draaglast --------------------------------------------------------------------


def test_both_sides_stand_beside_each_other_with_their_own_figures_only() -> None:
    made, read = shown("capacity", WIJK)
    agreed = EDITION.agreement.coherence
    sides = [one.text for one in read.of_class("side")]
    assert [figure.indicator for figure in made.figures] == ["I01", "I09", "I20", "I21"]
    named = EDITION.agreement.indicators
    for text, mine, other in zip(
        sides, (agreed.strength, agreed.load), (agreed.load, agreed.strength), strict=True
    ):
        assert any(named[name].name in text for name in mine)
        assert not any(named[name].name in text for name in other)


def test_every_number_of_either_side_is_that_of_one_figure_and_none_is_of_two() -> None:
    """Nothing that adds, subtracts or divides the two can be written: each number has one key."""
    made, read = shown("capacity", WIJK)
    printed = {one.attributes["data-figure"] for one in read.of_class("number")}
    assert printed == {figure.key for figure in made.figures}
    outside = re.sub(r"<[^>]*data-figure.*?</p>", "", str(made.body), flags=re.DOTALL)
    visible = Page(f"<body>{outside}</body>").text()
    units = [figure.unit for figure in made.figures]
    assert not re.search(r"\d", re.sub("|".join(map(re.escape, filter(None, units))), "", visible))


@pytest.mark.parametrize("coherence", [Coherence(), Coherence(strength=("I01",))])
def test_one_side_without_the_other_is_not_shown(coherence: Coherence) -> None:
    made = block("capacity", sheet("district", "WK990106", agreeing(coherence=coherence)))
    assert isinstance(made, Omitted)


# --- lighter and heavier --------------------------------------------------------------------------


def with_flow() -> Edition:
    whole = EDITION.figures.filter(indicator="I37")
    ways = {"lichter": 40.0, "gelijk": 300.0, "zwaarder": 25.0}
    rows = [
        whole.with_columns(breakdown=pl.lit(way), numerator=pl.lit(count), value=pl.lit(count))
        for way, count in ways.items()
    ]
    return sample(figures=pl.concat([EDITION.figures, *rows]))


def test_the_rainbow_tells_who_went_to_lighter_and_who_to_heavier_help_of_the_municipality() -> (
    None
):
    of = sheet("district", "WK990106", with_flow())
    made, read = shown("rainbow", of)
    (flow,) = read.of_class("flow")
    told = " ".join(flow.text.split())
    assert "25 naar zwaardere hulp" in told
    assert "300 bleef gelijk" in told
    assert "40 naar lichtere hulp" in told
    assert "heel Voorbeeldstad" in told
    assert [f.breakdown for f in made.figures if f.indicator == "I37"][-1] == ""
    assert not shown("rainbow", WIJK)[1].of_class("flow")


# --- panels and signals ---------------------------------------------------------------------------

SIGNAL = STORY | {"story_id": "P1", "kind": "paneluitspraak", "title": "Zeg wanneer u belt"}
LATE = SIGNAL | {"story_id": "P2", "title": "De bel doet het niet", "date": date(2026, 9, 20)}


def heard(*stories: dict[str, Any], name: str = "WK990106") -> tuple[Block, Page]:
    return shown(
        "signals", sheet("district", name, sample(stories=pl.DataFrame([STORY, *stories])))
    )


def test_a_signal_stands_with_what_was_agreed_after_it_and_says_so_where_nothing_was() -> None:
    early = SIGNAL | {"date": date(2026, 6, 1)}
    made, read = heard(early, LATE)
    late, first = (one.text for one in read.of_class("signal"))
    assert "De bel doet het niet" in late
    assert "Wat hiermee is gedaan, is nog niet bekend." in late
    assert "De Participatieraad vraagt bij de voedselbank wat daar nodig is." in first
    assert made.title == "Op een deel van wat wij hoorden, volgde een afspraak."


def test_what_the_participatieraad_said_to_all_is_told_where_nothing_of_the_wijk_was() -> None:
    _, read = heard()
    (one,) = read.of_class("signal")
    assert "Over geld horen wij alleen mensen die al hulp hebben." in one.text
    assert "Loopt" in one.text


def test_stories_and_signals_do_not_tell_the_same_thing_twice() -> None:
    edition = sample(stories=pl.DataFrame([STORY, RUBS, SIGNAL]))
    of = sheet("district", "WK990106", edition)
    assert "Zeg wanneer u belt" not in shown("stories", of)[0].body
    assert "Zeg wanneer u belt" in shown("signals", of)[0].body


# --- campaigns ------------------------------------------------------------------------------------


def campaign(**changes: Any) -> tuple[Block, Page]:
    given: dict[str, Any] = {"name": "Wie eet er mee?", "begin": date(2025, 9, 15)}
    one = Campaign(**(given | changes))
    edition = agreeing(calendar=Calendar(campaigns=(one,)))
    return shown("trend", sheet("district", "WK990106", edition))


def test_a_campaign_is_a_dashed_stroke_in_its_quarter_and_proves_nothing() -> None:
    made, read = campaign()
    (told,) = read.of_class("campaign")
    assert (
        "okt. 2024 t/m sept. 2025: campagne ‘Wie eet er mee?’. Wat die deed, is niet te zeggen."
        in (told.text)
    )
    assert str(made.body).count('stroke-dasharray="3,3"') == 1
    assert 'stroke-dasharray="3,3"' not in str(shown("trend", WIJK)[0].body)


@pytest.mark.parametrize(
    "changes",
    [
        {"goals": ("geld",)},
        {"areas": ("WK990101",)},
        {"begin": date(2019, 1, 1)},
        {"begin": date(2027, 1, 1)},
    ],
    ids=["another goal", "another wijk", "before the line", "after it"],
)
def test_a_campaign_elsewhere_or_at_another_time_leaves_no_mark(changes: dict[str, Any]) -> None:
    assert campaign(**changes)[1].of_class("campaign") == []


# --- what matters and is not measured -------------------------------------------------------------


def test_what_matters_and_nobody_measures_is_named_of_the_goals_of_this_sheet() -> None:
    goals = EDITION.agreement.goals
    every = {name: one.unmeasured[0] for name, one in goals.items() if one.unmeasured}
    wijk = shown("unknown", WIJK)[1].text()
    of_partner = sheet("partner", "bibliotheek")
    assert of_partner.partner
    theirs = shown("unknown", of_partner)[1].text()
    assert [name for name, text in every.items() if text not in wijk] == []
    mine = set(of_partner.partner.goals)
    assert {name for name, text in every.items() if text in theirs} == mine & set(every)
    assert mine & set(every) < set(every)


# --- what people judged: only inside --------------------------------------------------------------

INSIDE = sheet("partner", "welzijn", replace(EDITION, audience=MUNICIPALITY))
HERE = ["GM9901", "WK990101"]
ONE_WIJK = sample(
    areas=EDITION.areas.filter(pl.col("code").is_in(HERE)),
    figures=EDITION.figures.filter(pl.col("area_code").is_in(HERE)),
)
FILES = {
    path: content.decode()
    for path, content in packages(ONE_WIJK, ONE_WIJK.figures)
    if path.endswith(".html")
}


def test_the_two_matrices_are_drawn_with_trail_arrow_and_reasons_for_the_municipality() -> None:
    made, read = shown("matrices", INSIDE)
    strategy = EDITION.agreement.partners["welzijn"].strategy
    assert strategy
    assert made.title == "Aan Stichting Welzijn De Brug willen wij ons voor jaren verbinden."
    drawn = [one for one in read.of_class("lattice")]
    assert len(drawn) == 2
    assert [one.has("circle") for one in drawn] == [True, True]
    trail = [
        e for e in read.of_class("then") if any("lattice" in str(p.attributes) for p in e.parents)
    ]
    assert len(trail) == len(strategy.placements) - 1
    assert len(read.of_class("trail")) == len(read.of_class("arrow")) == 1
    for placement in strategy.placements:
        assert placement.influence.reason in read.text()
        assert placement.judged_by in read.text()


@pytest.mark.parametrize("name", ["matrices", "forces"])
@pytest.mark.parametrize("audience", ["", "welzijn"])
def test_what_people_judged_is_left_out_for_all_others_whatever_there_is(
    name: str, audience: str
) -> None:
    of = sheet("partner", "welzijn", replace(EDITION, audience=audience))
    assert isinstance(block(name, of), Omitted)


def test_only_the_package_of_the_municipality_holds_the_drawings() -> None:
    drawn = re.compile(r'class="(?:lattice|rings|weighed)"')
    holding = {path for path, html in FILES.items() if drawn.search(html)}
    partners = [name for name, one in EDITION.agreement.partners.items() if one.kind == "partner"]
    inside = {f"intern/{MUNICIPALITY}/partner/{name}/index.html" for name in partners}
    assert holding == inside | {f"intern/{MUNICIPALITY}/index.html"}
    public = (content.decode() for path, content in render(ONE_WIJK) if path.endswith(".html"))
    assert not any(drawn.search(html) for html in public)


@pytest.mark.parametrize(
    ("name", "agreed"), [("welzijn", True), ("vluchtelingenwerk", False), ("initiatief", False)]
)
def test_a_direction_is_in_a_partners_own_package_once_it_was_agreed(
    name: str, agreed: bool
) -> None:
    html = FILES[f"intern/{name}/partner/{name}/index.html"]
    assert ("block block-direction" in html) is agreed
    assert ("Er is nog geen richting afgesproken." in html) is not agreed


def test_a_partner_gets_no_judgement_at_all_into_its_package() -> None:
    """Not only is none printed: the edition that its pages are made of holds none."""
    for name in ("welzijn", "vluchtelingenwerk", "initiatief"):
        mine = shared(EDITION.agreement.partners[name])
        assert mine.governance is None
        assert mine.strategy is None or not (mine.strategy.placements or mine.strategy.actions)


def test_every_actor_is_drawn_in_its_ring_under_its_own_letter() -> None:
    _, read = shown("forces", sheet("index", "GM9901", replace(EDITION, audience=MUNICIPALITY)))
    actors = EDITION.agreement.forces.actors.values()
    letters = [one.text for one in read.all("text")]
    rows = [one.text for one in read.all("th", within="tbody")]
    assert len(set(letters)) == len(letters) == len(actors)
    assert [row.split()[0] for row in rows] == letters
    assert all(any(actor.name in row for row in rows) for actor in actors)


def test_a_place_in_the_square_is_that_of_its_two_values() -> None:
    low, high = spot(right=1, up=1, kind="then"), spot(right=5, up=5, kind="now")
    assert low == (MARGIN + CELL // 2, SIZE - MARGIN - CELL // 2, "then")
    assert high == (SIZE - MARGIN - CELL // 2, MARGIN + CELL // 2, "now")
    assert path([low, low]) == ""
    assert path([low, high]) == f"M{low[0]} {low[1]}L{high[0]} {high[1]}"


@pytest.mark.parametrize(
    ("direction", "moved"),
    [("up", (0, -1)), ("down", (0, 1)), ("left", (-1, 0)), ("right", (1, 0))],
)
def test_an_arrow_leaves_its_spot_in_its_direction(direction: str, moved: tuple[int, int]) -> None:
    start = spot(right=3, up=3, kind="now")
    xs = [int(one) for one in re.findall(r"-?\d+", arrow(start, direction))]
    begin, tip = xs[:2], xs[2:4]
    signs = [(after > before) - (after < before) for before, after in zip(begin, tip, strict=True)]
    assert tuple(signs) == moved


# --- what changed ---------------------------------------------------------------------------------


def changed(*rows: tuple[str, str, str, str, str, str]) -> pl.DataFrame:
    names = ("indicator", "area", "partner", "was", "now", "reason")
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return pl.DataFrame(
        [row | {"period": "2026K2", "breakdown": ""} for row in told], schema=CHANGES
    )


SEVERAL = changed(
    ("I07", "WK990106", "", "54", "58", "revision"),
    ("I28", "WK990106", "", "80 %", "92 %", "real"),
    ("I28", "GM9901", "welzijn", "80 %", "afgeschermd", "newly_protected"),
    ("I01", "WK990102", "", "", "70 %", "boundary"),
)


def test_a_sheet_tells_what_changed_here_the_world_before_the_counting() -> None:
    edition = sample(changes=SEVERAL, previous="2026K2")
    told = re.sub(r"\s+", " ", Page(page(sheet("district", "WK990106", edition)).decode()).text())
    real = "Echt anders dan een jaar eerder. Onderzoek binnen zes weken, 2e kwartaal 2026: 92 %."
    assert f"{real} Een jaar eerder was dat 80 %." in told
    assert told.index(real) < told.index("Verbeterd of aangevuld. ")
    assert "Nu afgeschermd" not in told


def test_a_sheet_on_which_nothing_changed_says_so_and_a_first_edition_does_not() -> None:
    quiet = sample(changes=pl.DataFrame(schema=CHANGES), previous="2026K2")
    none = "Sinds editie 2026K2 veranderde hier geen enkel cijfer."
    assert none in Page(page(sheet("district", "WK990106", quiet)).decode()).text()
    assert none not in Page(page(WIJK).decode()).text()


def test_the_account_lists_every_change_of_the_edition_by_its_reason() -> None:
    edition = sample(changes=SEVERAL, previous="2026K2")
    made, read = shown("changes", accounts.sheet(Shelf(edition), AUDITED))
    assert made.title == "Sommige cijfers zijn echt anders dan een jaar eerder."
    rows = [" ".join(cell.text for cell in row.children) for row in read.all("tr", within="tbody")]
    assert len(rows) == SEVERAL.height
    assert rows[0].startswith("Onderzoek binnen zes weken Zuiderhof 2e kwartaal 2026 80 % 92 %")
    assert any("Stichting Welzijn De Brug" in row and "afgeschermd" in row for row in rows)
    figure = Shelf(edition).at("I28", "WK990106", "2026K2")
    keys = {cell.attributes.get("data-figure") for cell in read.all("td")}
    assert figure is None or figure.key in keys


def test_a_first_edition_has_nothing_to_compare_with() -> None:
    made = block("changes", accounts.sheet(Shelf(EDITION), AUDITED))
    assert isinstance(made, Omitted)

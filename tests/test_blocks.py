"""Each block: what it shows when there is something, and why it is left out when there is not."""

import re
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sample_edition import in_arcs, sample
from sheet_reader import Page

import reports.blocks
from reports import mapped
from reports.aims import agreed
from reports.block import Block, Omitted, Sheet
from reports.edition import MUNICIPALITY, Edition
from reports.evidence import elsewhere, leading
from reports.render import block, built, page
from reports.sheets import account, district, partner
from reports.shelf import Shelf
from sources.agreement.model import Appointment, Conversation, Figures, Kind, Questions, Way
from transforms.observations import PUBLISHED

EDITION = sample()
SHELF = Shelf(EDITION)
KINDS: dict[str, Any] = {
    kind: import_module(f"reports.sheets.{kind}") for kind in EDITION.agreement.general.blocks
}
MOST_FIGURES = {"district": 12, "partner": 10, "index": 0}


def sheet(kind: str, name: str, edition: Edition = EDITION) -> Sheet:
    shelf = SHELF if edition is EDITION else Shelf(edition)
    made: list[Sheet] = list(KINDS[kind].sheets(shelf))
    return next(one for one in made if one.id == name)


@dataclass(frozen=True)
class Told:
    """An indicator's name, and all that is told with it."""

    of_name: str
    told: str


def aims(read: Page) -> list[Told]:
    names = [e for e in read.of_class("indicator")]
    return [
        Told(e.text, next(p.text for p in e.parents if p.attributes.get("class") == "aim"))
        for e in names
    ]


WIJK = sheet("district", "WK990106")
PARTNER = sheet("partner", "welzijn")
INDEX = sheet("index", "GM9901")
TELLER = sheet("partner", "initiatief")


def shown(name: str, of: Sheet) -> tuple[Block, Page]:
    made = block(name, of)
    assert isinstance(made, Block), made
    return made, Page(f"<body>{made.body}</body>")


def with_agreement(**changes: Any) -> Edition:
    return sample(agreement=EDITION.agreement.model_copy(update=changes))


def bare() -> Edition:
    """An edition of which nothing is known but one wijk and one partner, both without a figure."""
    agreement = EDITION.agreement.model_copy(
        update={
            "goals": {name: g for name, g in EDITION.agreement.goals.items() if g.level == "main"},
            "indicators": {},
            "general": EDITION.agreement.general.model_copy(update={"figures": Figures()}),
            "agreements": {},
            "conversations": {},
            "questions": Questions(),
            "partners": {"welzijn": EDITION.agreement.partners["welzijn"]},
            "rainbow": EDITION.agreement.rainbow.model_copy(update={"arcs": ()}),
        }
    )
    areas = EDITION.areas.filter(pl.col("code").is_in(["GM9901", "WK990106"]))
    return sample(
        agreement=agreement,
        figures=pl.DataFrame(schema=PUBLISHED),
        stories=EDITION.stories.clear(),
        deliveries=EDITION.deliveries.clear(),
        areas=areas.with_columns(pl.lit("").alias("outline")),
        context=EDITION.context.clear(),
        harvest=EDITION.harvest.clear(),
    )


BARE = bare()


def telling(*names: str) -> Sheet:
    """The sheet of a wijk on which these figures were agreed."""
    general = EDITION.agreement.general.model_copy(update={"figures": Figures(district=names)})
    return sheet("district", "WK990106", with_agreement(general=general))


CHOSEN = telling("I31", "I28", "I29")

NAMED = [(kind, name) for kind, names in EDITION.agreement.general.blocks.items() for name in names]

ALWAYS = {
    ("district", "goal"),
    ("district", "partners"),
    ("district", "questions"),
    ("district", "appointments"),
    ("district", "unknown"),
    ("partner", "partner"),
    ("partner", "stories"),
    ("partner", "questions"),
    ("partner", "unknown"),
    ("auditorium", "harvest"),
    ("council", "asked"),
    ("council", "risks"),
    ("council", "dilemmas"),
    ("council", "unknown"),
    ("index", "goal"),
    ("index", "sheets"),
    ("index", "reading"),
}


# Blocks that show nothing on the usual sheet of their kind, and a sheet on which they do.
ELSEWHERE = {
    ("partner", "stories"): TELLER,
    ("partner", "direction"): sheet("partner", "welzijn", replace(EDITION, audience="welzijn")),
    ("partner", "matrices"): sheet("partner", "welzijn", replace(EDITION, audience=MUNICIPALITY)),
    ("council", "shift"): sheet("council", "GM9901", sample(figures=in_arcs(EDITION.figures))),
    ("index", "forces"): sheet("index", "GM9901", replace(EDITION, audience=MUNICIPALITY)),
}
USUAL = {"district": "WK990106", "partner": "welzijn"}


@pytest.mark.parametrize(("kind", "name"), NAMED)
def test_a_block_with_something_to_show_has_a_finding_as_its_title(kind: str, name: str) -> None:
    usual = sheet(kind, USUAL.get(kind, "GM9901"))
    made, _ = shown(name, ELSEWHERE.get((kind, name), usual))
    assert len(made.title.split()) >= 3
    assert made.topic != made.title
    assert made.body.strip()


@pytest.mark.parametrize(("kind", "name"), NAMED)
def test_a_block_without_anything_to_show_says_why_in_a_sentence(kind: str, name: str) -> None:
    made = block(name, sheet(kind, USUAL.get(kind, "GM9901"), BARE))
    if (kind, name) in ALWAYS:
        assert isinstance(made, Block)
    else:
        assert isinstance(made, Omitted)
        assert made.reason.endswith(".")


def test_the_sheet_of_a_wijk_tells_the_chosen_figures_only() -> None:
    made, _ = built(CHOSEN)
    assert {f.indicator for one in made.values() for f in one.figures} == {"I28", "I29", "I31"}
    assert list(CHOSEN.indicators) == ["I31", "I28", "I29"]
    assert set(PARTNER.indicators) == set(EDITION.agreement.indicators)


def test_every_block_of_the_folder_is_named_in_the_agreement_or_by_the_account() -> None:
    files = {file.stem for file in Path(reports.blocks.__file__).parent.glob("*.py")}
    assert files - {"__init__"} == {name for _, name in NAMED} | set(account.BLOCKS)


def test_a_new_block_is_one_file_and_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "greeting.py").write_text(
        "from reports.block import Block, fill\n"
        "def render(sheet):\n"
        "    body = fill('<p>{{ sheet.name }}, dag allemaal.</p>', sheet)\n"
        "    return Block('Groet', 'Wij beginnen met een groet.', body, 'main')\n"
    )
    monkeypatch.setattr(reports.blocks, "__path__", [*reports.blocks.__path__, str(tmp_path)])
    general = EDITION.agreement.general
    order = {**general.blocks, "district": ("greeting",)}
    edition = with_agreement(general=general.model_copy(update={"blocks": order}))
    html = page(sheet("district", "WK990106", edition)).decode()
    assert "<p>Zuiderhof, dag allemaal.</p>" in html
    assert "Wij beginnen met een groet." in html


@pytest.mark.parametrize("kind", ["district", "partner"])
def test_a_sheet_keeps_within_its_budget_of_figures(kind: str) -> None:
    for one in KINDS[kind].sheets(SHELF):
        blocks, _ = built(one)
        figures = {(f.indicator, f.area_code) for b in blocks.values() for f in b.figures}
        assert len(figures) <= MOST_FIGURES[kind]


def test_goal_tells_what_was_agreed_here_last_time_and_what_became_of_it() -> None:
    spoken = Appointment(
        agreed="Het spreekuur komt in het buurthuis.",
        who="Het sociaal team",
        done="Er komen acht mensen per keer.",
        status="gedaan",
    )
    told = Conversation(
        date=EDITION.known_at.replace(month=5),
        place="Buurthuis",
        area="WK990106",
        appointments=(spoken,),
    )
    other, coming = (
        (spoken.model_copy(update={"agreed": words}),)
        for words in ("Iets anders.", "Dat moet nog komen.")
    )
    elsewhere = told.model_copy(update={"area": "WK990101", "appointments": other})
    later = told.model_copy(
        update={"date": EDITION.known_at.replace(year=2027), "appointments": coming}
    )
    talks = {"a": told, "b": elsewhere, "c": later}
    _, read = shown("goal", sheet("district", "WK990106", with_agreement(conversations=talks)))
    (agreed,) = read.of_class("agreed")
    assert "Het spreekuur komt in het buurthuis." in agreed.text
    assert "Gedaan: Er komen acht mensen per keer." in " ".join(agreed.text.split())
    assert "Iets anders" not in agreed.text
    assert "nog komen" not in agreed.text


def test_context_tells_public_figures_with_their_year_and_skips_what_is_not_known() -> None:
    made, read = shown("context", WIJK)
    assert made.title == "Zuiderhof telt 7.480 inwoners."
    assert [e.text for e in read.all("dd")] == ["3.610", "21 %", "38 %", "9,4 %"]
    assert "2025" in read.of_class("source")[0].text
    unknown = EDITION.context.with_columns(
        pl.when(pl.col("characteristic") == "alleen").then(None).otherwise("value").alias("value")
    )
    _, read = shown("context", sheet("district", "WK990106", sample(context=unknown)))
    assert [e.text for e in read.all("dd")] == ["3.610", "21 %", "9,4 %"]


def test_the_rainbow_has_every_arc_from_heavy_to_light_and_says_what_is_not_counted() -> None:
    made, read = shown("rainbow", WIJK)
    arcs = EDITION.agreement.rainbow.arcs
    assert [e.attributes["value"] for e in read.all("li")] == [str(a.id) for a in arcs[::-1]]
    known = [one.text.strip() for one in read.of_class("known")]
    assert known[1] == "nog niet geteld"
    figures = {f.indicator: f for f in made.figures}
    assert f"{int(figures['I28'].denominator or 0)} keer" in " ".join(known[3].split())
    assert f"{int(figures['I07'].numerator or 0)} bezoekers" in " ".join(known[2].split())


def test_a_goal_tile_has_counting_experience_and_story_side_by_side() -> None:
    _, read = shown("goals", WIJK)
    goals = [one for one in read.of_class("goal") if "brief" not in one.attributes["class"]]
    assert [one.children[0].text for one in goals] == [
        "Meer inwoners doen mee",
        "Hulp komt snel, past, en niemand doet dubbel werk",
        "Meer inwoners redden zich, met de mensen om hen heen",
    ]
    for goal in goals:
        (three,) = [child for child in goal.children if child.name == "div"]
        assert [c.attributes["class"] for c in three.children] == [
            "side counted",
            "side lived",
            "side told",
        ]


def test_a_share_is_told_with_its_count_its_range_and_its_period() -> None:
    _, read = shown("goals", WIJK)
    figure = WIJK.latest("I28")
    assert figure is not None
    (side,) = [s for s in read.of_class("counted") if figure.definition.name in s.text]
    told = " ".join(side.text.split())
    for part in (figure.headline, figure.counted, figure.between, figure.when):
        assert part
        assert " ".join(part.split()) in told


@pytest.mark.parametrize(("share", "width"), [(0.5, "120.0"), (1.0, "240.0"), (0.85, "204.0")])
def test_the_row_of_ten_is_filled_as_far_as_the_share(share: float, width: str) -> None:
    mine = (pl.col("indicator") == "I28") & (pl.col("area_code") == "WK990106")
    figures = EDITION.figures.with_columns(
        pl.when(mine).then(share).otherwise("value").alias("value")
    )
    _, read = shown("goals", sheet("district", "WK990106", sample(figures=figures)))
    (side,) = [s for s in read.of_class("counted") if "zes weken" in s.text]
    widths = [e.attributes["width"] for e in read.of_class("full") if side in e.parents]
    assert widths == [width]


def test_a_protected_figure_is_told_as_such_and_never_as_a_number() -> None:
    _, read = shown("goals", sheet("district", "WK990108"))
    assert {number.text.strip() for number in read.of_class("protected")} == {"minder dan 10"}
    drawn = [
        e for e in read.of_class("full") if "side" in e.parents[-3].attributes.get("class", "")
    ]
    assert drawn == []


@pytest.mark.parametrize(
    ("status", "words"),
    [("not_delivered", "niet geleverd"), ("in_development", "in ontwikkeling")],
)
def test_a_figure_that_is_missing_says_why(status: str, words: str) -> None:
    mine = pl.col("indicator") == "I31"
    numbers = ["numerator", "denominator", "value", "lower", "upper"]
    figures = EDITION.figures.with_columns(
        *(pl.when(mine).then(None).otherwise(name).alias(name) for name in numbers),
        pl.when(mine).then(pl.lit(status)).otherwise("status").alias("status"),
    )
    _, read = shown("council", sheet("district", "WK990106", sample(figures=figures)))
    assert [e.text.strip() for e in read.of_class(status)] == [words]


def test_the_map_marks_this_wijk_and_only_its_own_buurten() -> None:
    _, read = shown("map", WIJK)
    assert len(read.of_class("district")) == 8
    assert len(read.of_class("here")) == 1
    assert len(read.of_class("neighbourhood")) == 4


def test_where_wijken_are_many_the_others_are_one_line_that_stays_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, each = shown("map", WIJK)
    monkeypatch.setattr(mapped, "CROWDED", 3)
    _, read = shown("map", WIJK)
    rest, here = (one.attributes["d"] for one in read.of_class("district"))
    assert [here] == [one.attributes["d"] for one in each.of_class("here")]
    others = [one.attributes["d"] for one in each.of_class("district")]
    assert rest == "".join(one for one in others if one != here)
    monkeypatch.setattr(mapped, "MOST_BYTES", len(rest) // 2)
    _, small = shown("map", sheet("district", "WK990106", sample()))
    coarse = small.of_class("district")[0].attributes["d"]
    assert coarse.count("M") == rest.count("M")
    assert all(int(one) % mapped.STEPS[-1] == 0 for one in re.findall(r"\d+", coarse))


def test_the_map_of_the_index_leads_to_every_wijk() -> None:
    _, read = shown("map", INDEX)
    links = [e.attributes for e in read.all("a")]
    assert [link["href"] for link in links] == [f"wijk/WK99010{n}/index.html" for n in range(1, 9)]
    assert all(link["aria-label"] for link in links)


def test_the_trend_has_all_its_points_in_a_table() -> None:
    made, read = shown("trend", WIJK)
    (figure,) = made.figures
    series = WIJK.series(figure.indicator)
    rows = [cell.text for cell in read.all("td")]
    assert rows == [text for one in series for text in (one.told, one.between)]
    assert "Zuiderhof" in read.all("figcaption")[0].text
    assert figure.headline in read.all("figcaption")[0].text
    now = next(one for one in reversed(series) if not one.provisional)
    then = series[series.index(now) - 4]
    compared = f"{now.headline}, ongeveer gelijk aan een jaar eerder ({then.headline})."
    assert made.title.endswith(compared)
    assert {now.headline, then.headline} <= {one.text for one in read.all("text")}


def test_the_council_sees_what_has_a_term_and_the_experience_beside_it() -> None:
    made, read = shown("council", WIJK)
    assert [figure.indicator for figure in made.figures] == ["I28", "I30", "I31"]
    assert "Dat telt de gemeente als geheel." in read.of_class("unmeasured")[0].text
    known = dict(EDITION.agreement.indicators)
    known["I34"] = known["I34"].model_copy(update={"kind": Kind.CONTEXT})
    _, read = shown("council", sheet("district", "WK990106", with_agreement(indicators=known)))
    assert "Dat meten wij nog niet." in read.of_class("unmeasured")[0].text


def test_a_goal_says_whether_nobody_counts_or_this_sheet_does_not_tell() -> None:
    _, read = shown("goals", telling("I31", "I28"))
    tiles = [one.text for one in read.of_class("goal")]
    (joining,) = [text for text in tiles if "Meer inwoners doen mee" in text]
    (untold,) = [one.text for one in read.of_class("missing") if "niets over" in one.text]
    assert "Niet op deze plaat, wel bij ‘Alle platen’" in joining
    assert "Minder mensen lopen vast door geld" in untold


def test_an_aim_tells_baseline_now_and_target_in_words() -> None:
    _, read = shown("council", WIJK)
    definition = EDITION.agreement.indicators["I28"]
    assert definition.baseline
    legend = read.of_class("legend")[0].text
    start = WIJK.words.share(definition.baseline.value or 0)
    assert f"nulmeting 2024, gemeente: {start}" in legend
    own = next(t for t in definition.targets if t.year == 2026 and t.area is None)
    assert f"streef 2026, gemeente: {WIJK.words.share(own.value)} of meer" in legend


def test_a_figure_is_told_in_full_once_on_the_sheet_of_a_wijk() -> None:
    found = {name: shown(name, WIJK)[1] for name in ("goals", "council")}
    full, beside = leading(WIJK), elsewhere(WIJK)

    def figures(name: str, part: str) -> set[str]:
        told = found[name].of_class(part)
        return {one.attributes["data-figure"].partition("|")[0] for one in told}

    assert {"I28", "I31"} <= full & beside
    assert figures("goals", "remark") & figures("council", "remark") == set()
    assert {"I28", "I31"} <= figures("council", "number") & figures("goals", "remark")
    # What belongs with the first figure of a tile stands in it, unless it has a place of its own.
    seconds = [e for e in found["goals"].all("b") if "data-figure" in e.attributes]
    assert not {e.attributes["data-figure"].partition("|")[0] for e in seconds} & beside


def test_without_tiles_the_council_is_told_its_figures_in_full() -> None:
    known = EDITION.agreement
    blocks = {"district": tuple(b for b in known.general.blocks["district"] if b != "goals")}
    general = known.general.model_copy(update={"blocks": known.general.blocks | blocks})
    alone = sample(agreement=known.model_copy(update={"general": general}))
    _, read = shown("council", sheet("district", "WK990106", alone))
    assert len(read.of_class("remark")) > len(shown("council", WIJK)[1].of_class("remark"))
    assert leading(sheet("district", "WK990106", alone)) == set()


def test_partners_without_figures_stand_among_the_others() -> None:
    _, read = shown("partners", sheet("district", "WK990101"))
    names = [e.text for e in read.all("a")]
    assert names == sorted(names)
    assert EDITION.agreement.partners["initiatief"].name in names


def test_stories_hold_one_that_rubs_where_there_is_one() -> None:
    many = [EDITION.stories.filter(pl.col("story_id") == "S1")] * 4
    smooth = pl.concat(many).with_columns(story_id=pl.Series(["A", "B", "C", "D"]))
    old = EDITION.stories.filter(pl.col("rubs")).with_columns(
        pl.lit(EDITION.known_at).alias("date")
    )
    old = old.with_columns(pl.col("date").dt.offset_by("-3y"))
    edition = sample(stories=pl.concat([smooth, old]))
    _, read = shown("stories", sheet("district", "WK990106", edition))
    assert len(read.of_class("story")) == 2
    assert len(read.of_class("rubs")) == 1


def test_a_class_is_told_as_itself_and_compared_with_that_class_of_the_municipality() -> None:
    whole = EDITION.figures.filter(pl.col("indicator") == "I36")
    in_arc = whole.with_columns(
        breakdown=pl.lit("4"), numerator=pl.lit(25.0), value=pl.lit(3.0), shown=pl.lit("3")
    )
    known = pl.concat([EDITION.figures, in_arc.select(EDITION.figures.columns)])
    one = sheet("district", "WK990106", sample(figures=known))
    made, read = shown("rainbow", one)
    assert " ".join(read.of_class("known")[0].text.split()).startswith("25 mensen kregen hulp")
    assert "Wie hulp uit twee bogen heeft, telt in beide." in read.of_class("source")[0].text
    (figure,) = [figure for figure in made.figures if figure.breakdown == "4"]
    assert one.of_arc(figure)
    assert one.beside(figure) == "heel Voorbeeldstad: 3,0"
    assert agreed(one, figure) == ""


def test_an_arc_that_is_held_back_is_explained_once_and_by_its_name() -> None:
    whole = EDITION.figures.filter(pl.col("indicator") == "I36")
    arcs = [whole.with_columns(breakdown=pl.lit(arc), status=pl.lit("protected")) for arc in "12"]
    held = sample(figures=pl.concat([EDITION.figures, *arcs]))
    name = EDITION.agreement.indicators["I36"].name
    for of, lines in ((sheet("district", "WK990106", held), 1), (WIJK, 0)):
        _, read = shown("unknown", of)
        why = [one.text for one in read.all("li") if one.text.startswith("Afgeschermd")]
        assert [text.count(name) for text in why] == [1] * lines


def test_questions_that_people_wrote_come_first_and_there_are_three_at_most() -> None:
    written = Questions(areas={"WK990106": ("Eerste?", "Tweede?", "Derde?", "Vierde?")})
    _, read = shown("questions", sheet("district", "WK990106", with_agreement(questions=written)))
    assert [e.text for e in read.all("li")] == ["Eerste?", "Tweede?", "Derde?"]


@pytest.mark.parametrize(
    "one", [*district.sheets(SHELF), *partner.sheets(SHELF)], ids=lambda s: s.id
)
def test_every_sheet_names_a_strength_and_a_point_to_improve(one: Sheet) -> None:
    _, read = shown("questions", one)
    kinds = [e.text for e in read.all("dt")]
    # Where no figure has a better side, figures stand out, under one heading.
    assert kinds in (["Gaat goed", "Kan beter"], ["Valt op"])
    assert not [e.text for e in read.all("dd") if "ongeveer gelijk" in e.text]
    assert 1 <= len(read.all("li")) <= 3


def test_appointments_are_empty_lines_to_write_on() -> None:
    _, read = shown("appointments", WIJK)
    assert {e.text for e in read.all("td")} == {""}
    assert [e.text for e in read.all("th")] == ["Wat", "Wie", "Wanneer"]


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (WIJK, "Er ontbreekt iets van Stichting Vluchtelingenwerk Voorbeeldstad."),
        (WIJK, "Cijfers met ‘voorlopig’ kunnen nog twee kwartalen veranderen"),
        (CHOSEN, "Alleen voor de hele gemeente bekend: Besluit binnen twee weken."),
        (sheet("district", "WK990108"), "Afgeschermd, omdat het om weinig mensen gaat:"),
        (sheet("partner", "vluchtelingenwerk"), "Wij misten 1 levering van deze partner."),
    ],
)
def test_what_we_do_not_know_is_told(of: Sheet, told: str) -> None:
    _, read = shown("unknown", of)
    assert told in read.text()


def test_the_partner_explains_its_own_figures() -> None:
    _, read = shown("results", PARTNER)
    (first, *_) = read.of_class("explained")
    assert "Vaste bezoekers vulden het formulier in." in first.text


def test_results_tell_aim_promise_and_at_most_three_figures_each() -> None:
    made, read = shown("results", PARTNER)
    agreed = EDITION.agreement.agreements["welzijn"].result_sheets
    assert [e.text for e in read.all("h3")] == [one.aim for one in agreed]
    assert [e.text for e in read.of_class("promise")] == [one.result for one in agreed]
    assert {figure.partner for figure in made.figures} == {"welzijn"}
    for result in read.of_class("result"):
        assert sum(result in e.parents for e in read.of_class("aim")) <= 3


def test_what_was_agreed_of_all_partners_together_is_no_measure_of_one() -> None:
    _, read = shown("results", PARTNER)
    by_name = {e.of_name: e for e in aims(read)}
    shares = by_name[EDITION.agreement.indicators["I08"].name]
    rates = by_name[EDITION.agreement.indicators["I07"].name]
    assert "eigen streef 2026" in shares.told
    assert "geen eigen streefwaarde afgesproken" in rates.told
    assert not [one for one in (shares, rates) if "nulmeting" in one.told]


def test_a_wijk_is_not_held_against_a_count_of_the_whole_municipality() -> None:
    definition = EDITION.agreement.indicators["I28"].model_copy(update={"way": Way.COUNT})
    known = EDITION.agreement.indicators | {"I28": definition}
    counted = sample(agreement=EDITION.agreement.model_copy(update={"indicators": known}))
    for kind, place, told in (("district", "WK990106", False), ("council", "GM9901", True)):
        of = sheet(kind, place, counted)
        figure = of.latest("I28")
        assert figure
        assert ("streef 2026" in agreed(of, figure), "nulmeting 2024" in agreed(of, figure)) == (
            told,
            told,
        )


def test_a_result_that_asks_for_a_story_tells_one_or_says_that_there_is_none() -> None:
    told = EDITION.stories.filter(pl.col("story_id") == "S1").with_columns(
        partner=pl.lit("welzijn"), change=pl.lit("Ik ken nu mijn buren.")
    )
    _, with_story = shown("results", sheet("partner", "welzijn", sample(stories=told)))
    _, without = shown("results", sheet("partner", "welzijn", sample(stories=told.clear())))
    assert "Ik ken nu mijn buren." in with_story.of_class("explained")[0].text
    assert "Dat is er nog niet." in without.of_class("explained")[0].text


def test_what_changed_since_the_last_edition_is_told_with_its_reason() -> None:
    rows = [
        {"indicator": "I28", "period": "2026K2", "area": area, "partner": "", "breakdown": "",
         "was": "80 %", "now": "82 %", "reason": reason}
        for area, reason in (("WK990106", "revision"), ("WK990101", "definition"))
    ]  # fmt: skip
    edition = sample(changes=pl.DataFrame(rows), previous="2026K2")
    read = Page(page(sheet("district", "WK990106", edition)).decode())
    assert "Sinds editie 2026K2 is dit veranderd." in read.text()
    assert "Verbeterd of aangevuld. Onderzoek binnen zes weken" in read.text()
    assert "2e kwartaal 2026: was 80 %, nu 82 %." in read.text()
    assert "Anders geteld" not in read.text()


def test_finance_tells_money_and_no_price_per_result() -> None:
    _, read = shown("finance", PARTNER)
    told = read.text()
    for line in EDITION.agreement.agreements["welzijn"].finance:
        assert f"€ {PARTNER.words.number(line.granted)}" in told
    assert "Wij rekenen geen prijs per resultaat uit." in told


@pytest.mark.parametrize(
    ("name", "of", "told"),
    [
        ("inventory", sheet("partner", "vluchtelingenwerk"), "Er kwamen 1 van de 2 leveringen."),
        ("inventory", PARTNER, "Alle 3 leveringen zijn er."),
    ],
)
def test_deliveries_are_counted_in_the_title(name: str, of: Sheet, told: str) -> None:
    assert shown(name, of)[0].title == told


def test_a_partner_of_which_nothing_is_asked_has_a_sheet_with_its_story_and_a_question() -> None:
    blocks, omitted = built(sheet("partner", "initiatief"))
    assert {"partner", "general", "stories", "questions", "unknown"} <= set(blocks)
    assert {"results", "finance"} <= set(omitted)

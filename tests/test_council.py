"""The sheet of the council: what each block tells, and what it says where nothing is known."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from contradictions import Case, contradictions, copy, left_over, put
from sample_edition import in_arcs, sample
from sheet_reader import Page

from reports.aims import aim
from reports.block import Block, Sheet, fill
from reports.edition import MUNICIPALITY, Edition
from reports.render import block, built, page
from reports.sheets import council, index
from reports.shelf import Shelf
from sources.agreement.model import (
    Chain,
    Coherence,
    Council,
    CouncilQuestion,
    Direction,
    Risks,
    Signal,
)
from transforms.comparison import Comparison

EDITION = sample()
ARCS = sample(figures=in_arcs(EDITION.figures))
AGREEMENT = EDITION.agreement
DAY = EDITION.known_at


def sheet(edition: Edition = EDITION) -> Sheet:
    (made,) = council.sheets(Shelf(edition))
    return made


def having(**changes: Any) -> Sheet:
    """The sheet of an agreement of which some parts are others."""
    return sheet(sample(agreement=AGREEMENT.model_copy(update=changes)))


def shown(name: str, of: Sheet) -> tuple[Block, Page]:
    made = block(name, of)
    assert isinstance(made, Block), made
    return made, Page(f"<body>{made.body}</body>")


RAAD = sheet()


def test_it_is_there_for_everybody_and_for_the_municipality_and_in_no_package_of_a_partner() -> (
    None
):
    assert RAAD.path == "raad/index.html"
    assert len(list(council.sheets(Shelf(replace(EDITION, audience=MUNICIPALITY))))) == 1
    assert list(council.sheets(Shelf(replace(EDITION, audience="welzijn")))) == []


def test_without_blocks_there_is_no_sheet_and_the_index_does_not_name_one() -> None:
    general = AGREEMENT.general
    blocks = {kind: names for kind, names in general.blocks.items() if kind != "council"}
    less = AGREEMENT.model_copy(update={"general": general.model_copy(update={"blocks": blocks})})
    shelf = Shelf(sample(agreement=less))
    assert list(council.sheets(shelf)) == []
    links = {
        of: [a.attributes["href"] for a in Page(page(one).decode()).all("a")]
        for of, edition in (("with", EDITION), ("without", shelf.edition))
        for one in index.sheets(Shelf(edition))
    }
    assert "raad/index.html" in links["with"]
    assert "raad/index.html" not in links["without"]


def test_it_tells_the_chosen_figures_only_and_no_more_than_eight() -> None:
    made, _ = built(sheet(ARCS))
    told = {figure.indicator for one in made.values() for figure in one.figures}
    assert told == set(AGREEMENT.general.figures.council)
    assert len(told) <= AGREEMENT.general.budgets.council == 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [("  council: 8", "  council: 7")],
            "Op de raadsplaat staan 8 indicatoren, 7 is het meest",
        ),
        ([("I22, I36, I38]", "I36, I22, I36, I38]")], "I36 staat er al"),
        ([("  council: [I31, I28,", "  council: [I28,")], "I28 mag niet zonder I31 op een plaat"),
        ([("I22, I36, I38]", "I63, I36, I38]")], "Indicator `I63` bestaat niet"),
    ],
    ids=["over budget", "twice", "half of a pair", "unknown"],
)
def test_a_wrong_choice_of_figures_is_a_fault(
    tmp_path: Path, changes: list[tuple[str, str]], said: str
) -> None:
    folder = copy(tmp_path)
    put(folder, [("agreement.yaml", *change) for change in changes])
    found = contradictions(folder)
    place = "  council: [I"
    assert left_over(folder, Case([], [("agreement.yaml", place, said)]), found) == [
        one for one in found if said not in one
    ]


def test_more_figures_than_the_budget_need_a_motivation(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    why = "  council: 7\n  motivation: De raad vroeg om een cijfer meer."
    put(folder, [("agreement.yaml", "  council: 8", why)])
    assert contradictions(folder) == []


def test_the_tree_has_every_goal_with_its_results_and_what_people_say_they_know() -> None:
    made, read = shown("tree", RAAD)
    goals = AGREEMENT.goals_in_order()
    results = [goal.name for goal in AGREEMENT.goals.values() if goal.level == "result"]
    assert made.title == "Van 2 van de 6 doelen weten wij genoeg."
    assert [one.text for one in read.all("h3")] == [goal.name for _, goal in goals]
    assert sorted(e.text for one in read.of_class("leaves") for e in one.children) == sorted(
        results
    )
    levels = [one.text.strip() for one in read.of_class("level")]
    known = [goal.knowledge.level for _, goal in goals if goal.knowledge]
    words = {"solid": "Wij weten genoeg", "thin": "Wij weten een beetje"}
    assert levels == [words[level] for level in known]
    assert read.text().count("een oordeel van mensen") == 1
    assert "De gemeente, drie partners en de Participatieraad, 15 januari 2026." in read.text()


def test_a_judgement_is_told_as_it_was_given_whatever_the_figures_say() -> None:
    goals = dict(AGREEMENT.goals)
    known = goals["meedoen"].knowledge
    assert known
    other = known.model_copy(update={"level": "none", "date": date(2026, 3, 1)})
    goals["meedoen"] = goals["meedoen"].model_copy(update={"knowledge": other})
    goals["geld"] = goals["geld"].model_copy(update={"knowledge": None})
    _, read = shown("tree", having(goals=goals))
    levels = [one.text.strip() for one in read.of_class("level")]
    assert (levels[0], levels[3]) == ("Wij weten nog niet genoeg", "Nog niet besproken")
    assert read.text().count("een oordeel van mensen") == 5  # not of one day: each for itself


def test_a_row_has_baseline_now_next_target_and_horizon_in_one_mark() -> None:
    _, read = shown("asked", RAAD)
    row = next(one for one in read.of_class("row") if "Onderzoek binnen zes weken" in one.text)
    told = " ".join(row.text.split())
    for part in (
        "nulmeting 2024: 78",
        "streef 2026: 85",
        "streef 2028: 90",
        "ongeveer gelijk aan de nulmeting",
    ):
        assert part in told.replace("\N{NO-BREAK SPACE}", " ")
    found = aim(RAAD, "I28", "proef")
    assert found and found.horizon
    shapes = [one for one in Page(found.chart).all("path") if one.attributes.get("stroke-width")]
    assert len([one for one in shapes if "transform" in one.attributes]) == 4


def test_a_horizon_that_is_the_next_target_is_told_once() -> None:
    found = aim(RAAD, "I35", "proef")  # has a target of one year only
    assert found and found.target and not found.horizon


def test_each_figure_of_a_goal_stands_in_one_of_both_and_the_rest_is_said_to_be_elsewhere() -> None:
    asked, rows = block("asked", RAAD), block("rows", RAAD)
    assert isinstance(asked, Block) and isinstance(rows, Block)
    assert [f.indicator for f in asked.figures] == ["I31", "I28", "I30", "I35"]
    assert [f.indicator for f in rows.figures] == ["I01", "I22"]
    assert "wel onder ‘Cijfers ophalen’: Meer inwoners doen mee; Minder mensen" in rows.body


def test_a_question_without_a_figure_says_so() -> None:
    asked = CouncilQuestion(question="Is het hier fijn wonen?")
    made, read = shown("asked", having(council=Council(questions=(asked,))))
    assert "Hierop geeft nog geen cijfer antwoord." in read.text()
    assert made.title == "Op deze vragen geeft nog geen cijfer antwoord."


def test_the_shift_stands_beside_the_money_and_names_the_arc_with_most_of_it() -> None:
    made, read = shown("shift", sheet(ARCS))
    rows = [" ".join(one.text.split()) for one in read.all("tr")][1:]
    arcs = {arc.id: arc.name for arc in AGREEMENT.rainbow.arcs}
    assert [one for one in rows if arcs[0] in one and "nog niet geteld" in one]
    assert made.title == f"Het meeste geld gaat naar: {arcs[4]}."
    people = {f.period: f for f in RAAD.series("I36")}
    newest, before = (people[period] for period in ("2026K3", "2025K3"))
    told = [figure.written((figure.value or 0) + 40) for figure in (before, newest)]
    assert f"{arcs[4]} {told[0]} → wordt {told[1]}" in rows[0]


def test_where_an_arc_is_protected_nobody_says_which_costs_most() -> None:
    held = (pl.col("indicator") == "I38") & (pl.col("breakdown") == "1")
    hidden = ARCS.figures.with_columns(
        status=pl.when(held).then(pl.lit("protected")).otherwise("status"),
        value=pl.when(~held).then("value"),
    )
    made, _ = shown("shift", sheet(sample(figures=hidden)))
    assert made.title == "Waar het meeste geld heen gaat, is nog niet te zeggen."


def test_every_link_of_a_chain_has_a_signal_or_says_that_nothing_is_known() -> None:
    made, read = shown("coherence", RAAD)
    rows = {one.children[0].text: one.children[1:] for one in read.all("tr")[1:]}
    assert {len(cells) for cells in rows.values()} == {5}
    told = [cell.text for cell in rows["Minder mensen lopen vast door geld"]]
    assert "Contact na een vroeg signaal" in told[0]
    assert "niets bekend" in told[2] and "niets bekend" in told[4]
    assert made.title == "Van geen enkel doel kennen wij de hele keten."


def test_a_figure_that_is_not_there_and_a_story_that_was_withdrawn_are_no_signal() -> None:
    links = {"access": Signal(indicator="I04"), "plan": Signal(story="zich_redden")}
    chains = Coherence(chains={"zich_redden": Chain(**links)})
    other = AGREEMENT.model_copy(update={"coherence": chains})
    bare = {
        "stories": EDITION.stories.clear(),
        "figures": EDITION.figures.filter(pl.col("indicator") != "I04"),
    }
    _, read = shown("coherence", sheet(sample(agreement=other, **bare)))
    assert read.text().count("niets bekend") == 30
    whole = dict.fromkeys(("access", "plan", "arrangement", "help", "funding"), Signal(text="Ja."))
    full = Coherence(chains={"geld": Chain(**whole)})
    assert shown("coherence", having(coherence=full))[0].title.startswith("Bij 1 van de 6 doelen")


def test_blind_spots_are_shown_and_the_krachtenveld_stays_inside() -> None:
    made, read = shown("blind", RAAD)
    inside = shown("blind", sheet(replace(EDITION, audience=MUNICIPALITY)))[1]
    fields = AGREEMENT.instruments.input["krachtenveld"].name
    assert fields not in read.text() and fields in inside.text()
    (row,) = [one for one in read.all("tr") if "Het auditorium" in one.text]
    told = [cell.text.split()[-1] for cell in row.children[1:]]
    assert told[4] == "ja" and "niets" in told
    assert made.title.startswith("Het minst horen wij over ‘")


def test_a_risk_tells_what_is_accepted_and_what_was_seen_is_for_inside() -> None:
    made, read = shown("risks", RAAD)
    inside = shown("risks", sheet(replace(EDITION, audience=MUNICIPALITY)))[1]
    (seen,) = AGREEMENT.risks.risks["minder_formulieren"].sightings
    assert [one.text for one in read.all("h3")] == [
        risk.accepted for risk in AGREEMENT.risks.risks.values()
    ]
    assert "Gezien op 20 april 2026. Daarover is gepraat." in read.text()
    assert seen.seen not in read.text() and seen.seen in inside.text()
    assert made.title.endswith("Een signaal is gezien.")
    assert [figure.indicator for figure in made.figures] == ["I22"]


@pytest.mark.parametrize("change", [{"in_view": False}, {"decided_on": date(2027, 1, 1)}])
def test_a_risk_out_of_view_or_not_yet_decided_is_not_told(change: dict[str, Any]) -> None:
    risks = {key: one.model_copy(update=change) for key, one in AGREEMENT.risks.risks.items()}
    _, omitted = built(having(risks=Risks(risks=risks)))
    assert omitted["risks"].reason == "Er is geen risico opgeschreven dat wij bewust nemen."


def test_what_stands_comes_before_what_was_done_and_nothing_of_after_the_edition() -> None:
    quiet = EDITION.harvest.clear()
    made, read = shown("agreed", sheet(replace(EDITION, harvest=quiet)))
    status = [one.text.split(":")[0].strip() for one in read.of_class("became")]
    assert status == ["Loopt", "Loopt", "Gedaan"]
    assert made.title == "Er staan nog 2 afspraken open."
    coming = {
        key: talk.model_copy(update={"date": DAY.replace(year=DAY.year + 1)})
        for key, talk in AGREEMENT.conversations.items()
    }
    later = AGREEMENT.model_copy(update={"conversations": coming})
    _, omitted = built(sheet(sample(agreement=later, harvest=quiet)))
    assert omitted["agreed"].reason == "Er zijn nog geen afspraken uit een gesprek."


def test_more_agreements_than_fit_are_counted_with_where_the_others_are() -> None:
    _, read = shown("agreed", RAAD)
    shown_here = len(read.of_class("became"))
    every = sum(one.kind == "afspraak" for one in RAAD.heard)
    assert every > shown_here == 3
    assert f"Hier staan 3 van de {every} afspraken." in read.text()
    assert "Op de plaat voor de zaal staan er meer." in read.text()


def test_the_title_of_the_questions_is_an_answer() -> None:
    made, _ = shown("asked", RAAD)
    question, first = AGREEMENT.council.questions[0].question, made.figures[0]
    name, value = first.definition.name, first.headline
    assert made.title.startswith(f"{question} {name}: {value}. Dat is ")


@pytest.mark.parametrize(
    ("word", "direction", "told"),
    [
        ("MORE", "higher", "meer dan bij de nulmeting: beter"),
        ("LESS", "higher", "minder dan bij de nulmeting: minder goed"),
        ("LESS", "lower", "minder dan bij de nulmeting: beter"),
        ("LESS", "none", "minder dan bij de nulmeting"),
        ("ABOUT_EQUAL", "higher", "ongeveer gelijk aan de nulmeting"),
        ("NOT_YET", "lower", "nog niet te zeggen"),
    ],
)
def test_better_is_said_where_it_is_sure_and_the_indicator_has_a_better_side(
    word: str, direction: str, told: str
) -> None:
    known = AGREEMENT.indicators
    turned = known["I28"].model_copy(update={"direction": Direction(direction)})
    found = aim(having(indicators={**known, "I28": turned}), "I28", "proef")
    assert found
    stood = replace(found, figure=replace(found.figure, baseline=Comparison[word].value))
    row = Page(fill("{{ m.progress(one, sheet, 4) }}", RAAD, one=stood))
    assert [one.text.strip() for one in row.of_class("stands")] == [told]


def test_a_year_earlier_is_in_the_legend_only_where_it_is_drawn() -> None:
    newest = pl.col("period") == pl.col("period").max().over("indicator")
    bare = ARCS.figures.filter(newest)
    assert "een jaar eerder" in shown("shift", sheet(ARCS))[1].text()
    assert "een jaar eerder" not in shown("shift", sheet(sample(figures=bare)))[1].text()


def test_an_axis_says_where_it_ends() -> None:
    shares, weeks = aim(RAAD, "I28", "proef"), aim(RAAD, "I30", "proef")
    assert shares and weeks
    assert (shares.end, weeks.end) == ("100\u00a0%", "9 weken")


def test_it_says_whether_figures_changed_since_the_edition_before() -> None:
    row = {"indicator": "I28", "period": "2026K2", "area": "GM9901", "partner": "", "breakdown": "",
           "was": "80 %", "now": "82 %", "reason": "revision"}  # fmt: skip
    changed = sample(changes=pl.DataFrame([row]), previous="2026K2")
    read = Page(page(sheet(changed)).decode())
    assert "Sinds editie 2026K2 veranderden ook cijfers." in read.text()
    assert "was 80 %, nu 82 %" in read.text()
    _, same = shown("agreed", sheet(replace(changed, changes=changed.changes.clear())))
    assert "veranderde geen cijfer van deze plaat" in same.text()


def test_the_dilemmas_are_those_of_the_agreement_with_what_the_council_starts_from() -> None:
    _, read = shown("dilemmas", RAAD)
    assert [one.text for one in read.all("li")] == [
        *AGREEMENT.council.talks,
        *AGREEMENT.council.principles,
    ]

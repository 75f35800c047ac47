"""The page for a room full of people: last time, a screen per goal, and who works on what."""

import re
from datetime import date
from typing import Any

import polars as pl
import pytest
from conftest import Demonstration
from sample_edition import REPLY, STORY, sample
from sheet_reader import Page

from flows.steps.packages import packages
from reports.block import Block, Omitted, Sheet
from reports.edition import MUNICIPALITY, Edition
from reports.render import block, page, render
from reports.sealed import joined
from reports.sheets import auditorium, district, partner
from reports.shelf import Shelf
from reports.words.catalogue import words
from sources.agreement.model import Conversation, Questions
from transforms.harvest import HARVEST

EDITION = sample()
CARDS = ["Herkent u dit cijfer?", "Wat ziet u in de praktijk?", "Wat vindt u belangrijk?"]
BARE = {"harvest": pl.DataFrame(schema=HARVEST)}


def sheet(of: Edition = EDITION) -> Sheet:
    (only,) = auditorium.sheets(Shelf(of))
    return only


def shown(name: str, of: Sheet) -> Block:
    made = block(name, of)
    assert isinstance(made, Block), made
    return made


def read(name: str, of: Sheet) -> Page:
    return Page(f"<body>{shown(name, of).body}</body>")


def plain(text: str) -> str:
    return " ".join(text.split())


def changed(**parts: Any) -> Edition:
    """Return the edition without a harvest, with parts of its agreement changed."""
    return sample(**BARE, agreement=EDITION.agreement.model_copy(update=parts))


def talk(*appointments: tuple[str, str], **parts: Any) -> Conversation:
    """Return a talk of which the afspraken are told by their text and how they stand."""
    agreed = [{"agreed": text, "who": "Wij", "status": stands} for text, stands in appointments]
    return Conversation.model_validate(
        {"date": "2026-09-01", "place": "Raadzaal", "appointments": agreed, **parts}
    )


# ---- where it is ----


@pytest.mark.parametrize(("audience", "there"), [("", 1), (MUNICIPALITY, 1), ("welzijn", 0)])
def test_it_is_for_everybody_and_for_the_municipality_and_in_no_package_of_a_partner(
    audience: str, there: int
) -> None:
    paths = [path for path, _ in render(sample(audience=audience))]
    assert paths.count("auditorium/index.html") == there


def test_a_municipality_that_chose_no_blocks_for_it_has_none() -> None:
    general = EDITION.agreement.general
    blocks = {kind: names for kind, names in general.blocks.items() if kind != "auditorium"}
    without = changed(general=general.model_copy(update={"blocks": blocks}))
    assert list(auditorium.sheets(Shelf(without))) == []


# ---- a screen per goal ----


def test_every_goal_has_one_screen_with_its_picture_and_the_three_questions() -> None:
    made = read("screens", sheet())
    screens = made.of_class("screen")
    goals = EDITION.agreement.goals_in_order()
    assert [one.text for one in made.all("h3")] == [goal.name for _, goal in goals]
    for screen, (_, goal) in zip(screens, goals, strict=True):
        assert plain(goal.picture) in plain(screen.text)
    assert [one.text for one in made.all("li")] == CARDS * len(goals)


def test_a_screen_shows_one_figure_one_experience_and_one_story_and_no_more() -> None:
    screens = read("screens", sheet()).of_class("screen")
    for screen in screens:
        sides = [one for one in screen.children if "three" in one.attributes.get("class", "")]
        counted, lived, told = sides[0].children
        numbers = [re.findall("number", str(_classes(one))) for one in (counted, lived)]
        assert all(len(found) <= 1 for found in numbers)
        assert len([one for one in told.children if one.name == "article"]) <= 1


def _classes(element: Any) -> list[str]:
    own = [element.attributes.get("class", "").split(" ")[0]]
    return own + [name for child in element.children for name in _classes(child)]


# stories, of which goal, what the screen of that goal tells
STORIES = {
    "of a wijk: every place is here": ([STORY], "Op donderdag word ik gemist"),
    "the newest": (
        [STORY, STORY | {"story_id": "S9", "date": date(2026, 8, 30), "title": "Nu"}],
        "Nu",
    ),
    "a reply stands beside its figure": ([REPLY], "Er is nog geen verhaal. Wie vertelt het?"),
}


@pytest.mark.parametrize(("stories", "told"), STORIES.values(), ids=STORIES)
def test_the_story_of_a_goal_is_the_newest_from_anywhere(
    stories: list[dict[str, Any]], told: str
) -> None:
    first = read("screens", sheet(sample(stories=pl.DataFrame(stories)))).of_class("told")[0]
    assert told in first.text


def test_a_kind_of_evidence_that_is_missing_is_named_as_missing() -> None:
    none = sample(figures=EDITION.figures.clear(), stories=EDITION.stories.clear())
    made = shown("screens", sheet(none))
    missing = [one.text for one in Page(f"<body>{made.body}</body>").of_class("missing")]
    assert len(missing) == 3 * len(EDITION.agreement.goals_in_order())
    assert made.title == "Bij geen doel is er al een cijfer, een beleving en een verhaal."


# ---- what was agreed last time ----


def test_wijk_and_partner_open_with_what_was_agreed_here_in_the_harvest_and_in_talks() -> None:
    shelf = Shelf(sample())
    wijk = next(one for one in district.sheets(shelf) if one.id == "WK990105")
    welzijn = next(one for one in partner.sheets(shelf) if one.id == "welzijn")
    for one, name, told in (
        (wijk, "goal", ("School en sociaal team praten", "Op school en bij sport horen")),
        (welzijn, "last_time", ("De Huiskamer is ook", "Op school en bij sport horen")),
    ):
        assert [each in read(name, one).text() for each in told] == [True, True]
        assert shown(name, one).zone == "head"


# what stands, title
STANDS = {
    "nothing done": ([("Een", "nog niet"), ("Twee", "loopt")], "Wij spraken 2 dingen af."),
    "one of two": ([("Een", "gedaan"), ("Twee", "loopt")], "1 van de 2 afspraken is klaar."),
    "all": ([("Een", "gedaan"), ("Twee", "anders afgesproken")], "Alles wat wij afspraken, is"),
    "only said": ([], "Dit zeiden wij vorige keer."),
}


@pytest.mark.parametrize(("stands", "title"), STANDS.values(), ids=STANDS)
def test_the_title_says_how_it_stands(stands: list[tuple[str, str]], title: str) -> None:
    talks = {"een": talk(*stands, strengths=["Het loopt."])}
    assert shown("last_time", sheet(changed(conversations=talks))).title.startswith(title)


def test_what_still_has_to_be_done_comes_first_and_what_nobody_said_is_left_out() -> None:
    talks = {
        "nieuw": talk(("Klaar", "gedaan"), date="2026-10-01"),
        "oud": talk(("Loopt nog", "loopt")),
        "later": talk(("Nog niet gebeurd", "nog niet"), date="2026-12-01"),
    }
    made = read("last_time", sheet(changed(conversations=talks)))
    assert [one.text for one in made.of_class("what")] == ["Loopt nog", "Klaar"]
    nothing = block("last_time", sheet(changed(conversations={})))
    assert isinstance(nothing, Omitted)
    assert nothing.reason == "Er is nog niets afgesproken. Vandaag kunt u beginnen."


# ---- who does what ----


def test_an_effort_stands_beside_its_goals_with_a_sign_a_word_and_a_reason() -> None:
    made = read("efforts", sheet())
    (row,) = [one for one in made.all("tr") if "Hulp dicht bij huis" in one.text]
    cells = [plain(one.text) for one in row.children if one.name == "td"]
    assert cells[0] == (
        "Meer inwoners doen mee – werkt soms tegen "
        "Wie snel hulp heeft, vraagt soms minder aan de buren."
    )
    assert [cell[:0] if not cell else cell.split(" ")[-1] for cell in cells[3:5]] == ["", ""]
    assert "%" not in made.text()


def test_who_works_on_what_is_left_out_with_a_reason_where_nobody_wrote_it() -> None:
    efforts = EDITION.agreement.efforts.model_copy(update={"efforts": {}})
    made = block("efforts", sheet(changed(efforts=efforts)))
    assert made == Omitted("Wie waaraan werkt, is nog niet opgeschreven.")


# ---- two circles ----


@pytest.mark.parametrize("kind", ["auditorium", "district", "partner"])
def test_two_circles_name_blocks_of_the_sheet_and_ask_what_people_wrote(kind: str) -> None:
    shelf = Shelf(EDITION)
    sheets = {"auditorium": auditorium, "district": district, "partner": partner}
    one = next(iter(sheets[kind].sheets(shelf)))
    circles = EDITION.agreement.questions.circles[kind]  # type: ignore[index]
    made = read("circle", one)
    control, human = made.all("dl")
    for name in (*circles.plan, *circles.do, *circles.check, *circles.act):
        assert words("nl")(f"{name}.topic") in control.text
    for asked in (circles.inspire, circles.mobilise, circles.appreciate, circles.reflect):
        assert asked in human.text


def test_a_sheet_without_circles_says_so() -> None:
    made = block("circle", sheet(changed(questions=Questions())))
    assert made == Omitted("Voor deze plaat zijn geen vragen voor het rondje geschreven.")


# ---- the page ----


def test_its_program_is_the_same_whatever_it_tells_and_runs_by_its_own_checksum_alone() -> None:
    program = joined(shown("harvest", sheet()).scripts)
    for edition in (EDITION, sample(stories=EDITION.stories.clear(), **BARE)):
        markup = page(sheet(edition)).decode()
        assert re.findall(r"<script>(.*?)</script>", markup, re.DOTALL) == [program]
        assert not re.search(r"\son\w+=|\sstyle=\"|<link|<img|<iframe|https?:", markup)
    assert "script-src" not in page(next(iter(district.sheets(Shelf(EDITION))))).decode()


def test_the_demonstration_opens_with_what_its_harvest_agreed(
    demonstration: Demonstration,
) -> None:
    edition = demonstration.home / "editions" / "2026K3"
    agreed = "De Huiskamer is ook op zaterdag open."
    for folder in ("openbaar", "intern/gemeente"):
        for path in ("auditorium", "wijk/WK990102", "partner/welzijn"):
            assert agreed in (edition / folder / path / "index.html").read_text("utf-8"), path
    before = demonstration.home / "editions" / "2026K2/openbaar/auditorium/index.html"
    assert agreed not in before.read_text("utf-8")


def test_a_package_tells_a_partner_only_what_was_agreed_about_itself() -> None:
    files = dict(packages(EDITION, EDITION.figures))
    welzijn = files["intern/welzijn/partner/welzijn/index.html"].decode()
    assert "De Huiskamer is ook op zaterdag open." in welzijn
    assert "belt de huisarts terug" not in welzijn

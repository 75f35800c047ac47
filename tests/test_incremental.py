"""A page is taken over only where it would be drawn the same: an edition made again is the same.

The whole of it is held against an edition that is drawn from nothing, after all sorts of changes.
"""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sample_edition import RUBS, STORY, sample

from flows.steps import spread as spreading
from flows.steps.press import MEMORY, Press
from reports.edition import MUNICIPALITY, Edition, Established
from reports.render import drawn, pages
from reports.reuse import kept as keeping
from reports.reuse.asked import OPEN, STAMPED, Answers, Asked, of
from reports.reuse.kept import NOTHING, Kept, remembered
from reports.shelf import Shelf

PLACES = ["GM9901", "WK990101", "WK990102", "WK990103", "WK990106"]
WHOLE = sample(audience=MUNICIPALITY)
EDITION = replace(
    WHOLE,
    figures=WHOLE.figures.filter(pl.col("area_code").is_in(PLACES)),
    areas=WHOLE.areas.filter(pl.col("code").is_in(PLACES) | pl.col("parent").is_in(PLACES[1:])),
)
FULL = {page.path: page for page in pages(EDITION)}
MADE_OF = remembered({path: page.made_of for path, page in FULL.items()})
OLD = {path: page.content for path, page in FULL.items()}


def again(edition: Edition, kept: Kept | None = None) -> tuple[dict[str, bytes], list[str]]:
    """Return the pages of an edition made beside the first, and which of them were drawn."""
    asked: list[str] = []

    def noting(shelf: Shelf, paths: Any) -> Any:
        asked.extend(paths)
        return drawn(shelf, paths)

    made = pages(edition, kept=kept or Kept.read(MADE_OF, OLD.get), draw=noting)
    return {page.path: page.content for page in made}, asked


def differing(some: dict[str, bytes], others: dict[str, bytes]) -> list[str]:
    """Return the paths of which the bytes differ: to show the bytes takes all memory."""
    return [path for path in some.keys() | others.keys() if some.get(path) != others.get(path)]


def from_nothing(edition: Edition) -> dict[str, bytes]:
    return {page.path: page.content for page in pages(edition)}


def of_wijk(edition: Edition, code: str, **changed: pl.Expr) -> Edition:
    """Return the edition with other published figures of one wijk."""
    there = (pl.col("area_code") == code) & (pl.col("status") == "published")
    rows = [pl.when(there).then(to).otherwise(pl.col(name)) for name, to in changed.items()]
    return replace(edition, figures=edition.figures.with_columns(rows))


def test_an_edition_that_did_not_change_draws_nothing() -> None:
    made, asked = again(EDITION)
    assert asked == []
    assert differing(made, OLD) == []


def test_another_name_and_another_day_are_stamped_on_the_pages_that_stay() -> None:
    other = replace(EDITION, id="2026K3-2", known_at=date(2026, 11, 24))
    made, asked = again(other)
    assert {path.split("/")[0] for path in asked} & {"wijk", "partner"} == set()
    assert differing(made, from_nothing(other)) == []
    assert all(b"Editie 2026K3-2" in page and b"24 november 2026" in page for page in made.values())


def test_a_day_on_which_something_is_late_draws_the_pages_that_tell_so() -> None:
    other = replace(EDITION, known_at=date(2026, 12, 3))
    made, asked = again(other)
    assert [path for path in asked if path.startswith("partner")] == [
        "partner/bibliotheek/index.html"
    ]
    assert differing(made, from_nothing(other)) == []


def test_one_wijk_with_other_figures_is_drawn_again_and_no_other_wijk() -> None:
    other = of_wijk(EDITION, "WK990103", value=pl.col("value") * 0.9)
    made, asked = again(other)
    assert [path for path in asked if path.startswith("wijk")] == ["wijk/WK990103/index.html"]
    assert differing(made, from_nothing(other)) == []


def test_a_story_is_told_in_its_own_wijk_and_by_its_own_partner() -> None:
    told = pl.DataFrame([STORY | {"title": "Een andere titel"}, RUBS])
    before = replace(EDITION, stories=pl.DataFrame([STORY, RUBS]))
    first = {page.path: page for page in pages(before)}
    memory = remembered({path: page.made_of for path, page in first.items()})
    kept = Kept.read(memory, lambda path: first[path].content)
    other = replace(before, stories=told)
    made, asked = again(other, kept)
    wijken = [path for path in asked if path.startswith("wijk")]
    assert wijken == ["wijk/WK990106/index.html"]
    assert differing(made, from_nothing(other)) == []


def shuffled(edition: Edition, chance: random.Random) -> Edition:
    """Change one thing, somewhere in an edition."""
    codes = sorted(area for area in edition.figures["area_code"].unique() if area != "GM9901")
    indicators = sorted(edition.figures["indicator"].unique())
    row = pl.int_range(pl.len()) == chance.randrange(edition.figures.height)
    partner = chance.choice(edition.deliveries["partner"].to_list())
    theirs = pl.col("partner") == partner
    one, code = chance.choice(indicators), chance.choice(codes)

    def figures(**changed: pl.Expr) -> Edition:
        return replace(edition, figures=edition.figures.with_columns(**changed))

    def held_back(where: pl.Expr, name: str, instead: object) -> pl.Expr:
        return pl.when(where).then(pl.lit(instead)).otherwise(pl.col(name)).alias(name)

    whole = (pl.col("indicator") == one) & (pl.col("area_code") == "GM9901")
    changes: list[Callable[[], Edition]] = [
        lambda: of_wijk(edition, code, lower=pl.col("lower") * 0.98),
        lambda: figures(value=pl.when(row).then(pl.col("value") * 1.1).otherwise(pl.col("value"))),
        lambda: figures(value=pl.when(whole).then(pl.col("value") / 2).otherwise(pl.col("value"))),
        lambda: figures(status=held_back(row, "status", "not_delivered")),
        lambda: figures(coverage=held_back(pl.col("indicator") == one, "coverage", 0.5)),
        lambda: replace(edition, figures=edition.figures.filter(pl.col("area_code") != code)),
        lambda: replace(
            edition,
            deliveries=edition.deliveries.with_columns(
                held_back(theirs, "outcome", "niet geleverd"),
                held_back(theirs, "refused_rows", 40),
            ),
        ),
        lambda: replace(edition, stories=edition.stories.head(chance.randrange(3))),
        lambda: replace(edition, context=edition.context.filter(pl.col("area") != code)),
        lambda: replace(edition, known_at=date(2027, 1, chance.randint(2, 28)), id="2026K3-9"),
        lambda: replace(edition, previous=chance.choice(["2026K1", "2026K2"])),
    ]
    return chance.choice(changes)()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_changes_the_pages_are_those_of_an_edition_from_nothing(seed: int) -> None:
    chance = random.Random(seed)
    other = shuffled(shuffled(EDITION, chance), chance)
    made, _ = again(other)
    assert differing(made, from_nothing(other)) == []


def damaged(memory: bytes) -> list[bytes]:
    checksum, _, told = memory.partition(b"\n")
    return [
        b"",
        memory[: len(memory) // 2],
        told,
        checksum,
        b"\xff" + memory,
        memory.replace(b"wijk/WK990101", b"wijk/WK990102"),
    ]


@pytest.mark.parametrize("memory", damaged(MADE_OF), ids=lambda memory: str(len(memory)))
def test_of_a_list_that_is_not_whole_nothing_is_taken_over(memory: bytes) -> None:
    assert Kept.read(memory, OLD.get) == NOTHING


def test_a_page_that_was_changed_or_is_gone_is_drawn_again() -> None:
    cut, gone = "wijk/WK990101/index.html", "wijk/WK990102/index.html"
    there = OLD | {cut: OLD[cut][:5000]}
    del there[gone]
    made, asked = again(EDITION, Kept.read(MADE_OF, there.get))
    assert asked == [cut, gone]
    assert differing(made, OLD) == []


def test_another_program_takes_no_page_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "program", lambda: "another")
    _, asked = again(EDITION)
    assert asked == list(OLD)


def test_another_agreement_takes_no_page_over() -> None:
    general = EDITION.agreement.general.model_copy(update={"trend_periods": 5})
    other = replace(EDITION, agreement=EDITION.agreement.model_copy(update={"general": general}))
    made, asked = again(other)
    assert asked == list(OLD)
    assert differing(made, from_nothing(other)) == []


def test_a_page_of_the_public_is_never_one_of_a_package() -> None:
    _, asked = again(replace(EDITION, audience=""))
    assert set(OLD) <= set(asked)


def test_what_a_sheet_need_not_note_is_answered_without_what_may_change() -> None:
    bare: dict[str, Any] = {name: getattr(EDITION, name).clear() for name in OPEN}
    stamped: dict[str, Any] = {"id": "x", "known_at": date(2030, 1, 1), "previous": "2020K1"}
    stamped["established"] = Established("A. Naam", date(2030, 1, 2))
    assert set(stamped) == STAMPED
    told, empty = Shelf(EDITION), Shelf(replace(EDITION, **bare, **stamped))
    noting = Asked(told, area="WK990101", partner="")
    for shelf in (told, empty):
        assert shelf.children("WK990101", "neighbourhood")
    assert noting.children("WK990101", "neighbourhood") == empty.children(
        "WK990101", "neighbourhood"
    )
    assert noting.districts() == empty.districts()
    assert noting.partners() == empty.partners()
    assert noting.areas == empty.areas
    assert noting.noted == frozenset()


def test_what_nobody_can_ask_again_counts_as_all_that_may_change() -> None:
    asked = Asked(Shelf(EDITION), area="WK990101", partner="")
    asked.standing(("I28",), area="WK990101", partner="")
    few = asked.noted
    asked.near({"WK990101"})  # a set is no JSON
    assert few == {("figures", "I28", "WK990101", "")}
    assert asked.noted == few | {("edition", name) for name in OPEN | STAMPED}


def test_a_fingerprint_tells_answers_apart() -> None:
    answers: list[object] = [
        *(None, "", "1", 1, 1.0, True, date(2026, 1, 1), [], [""], ["", ""], {"a": 1}, {"b": 1}),
        *(["a", "b"], ["ab"], [["a"], "b"], {"a"}, {"a", "b"}),
        *(EDITION.stories, EDITION.stories.head(1), EDITION.agreement.general),
    ]
    assert len({of(one) for one in answers}) == len(answers)
    with pytest.raises(TypeError, match="object"):
        of(object())


def test_the_figures_of_the_municipality_are_part_of_what_a_figure_says() -> None:
    whole = pl.col("area_code") == "GM9901"
    other = EDITION.figures.with_columns(value=pl.when(whole).then(0.1).otherwise(pl.col("value")))
    question = [("figures", "I28", "WK990101", "")]
    before, after = (
        Answers(Shelf(one)).fingerprint(question)
        for one in (EDITION, replace(EDITION, figures=other))
    )
    assert before != after


def test_an_edition_in_a_folder_is_taken_over_from_it(tmp_path: Path) -> None:
    first = Press()
    for path, content in first.render(EDITION, "intern/gemeente"):
        target = tmp_path / "intern/gemeente" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / MEMORY).write_bytes(first.memory())
    second = Press(tmp_path)
    other = replace(EDITION, id="2026K3-2")
    made = dict(second.render(other, "intern/gemeente"))
    assert differing(made, dict(Press().render(other, "intern/gemeente"))) == []
    names = json.loads(second.memory().partition(b"\n")[2])
    assert set(names) == {f"intern/gemeente/{path}" for path in OLD}


def test_a_folder_that_remembers_nothing_is_no_obstacle(tmp_path: Path) -> None:
    made = dict(Press(tmp_path).render(EDITION, "intern/gemeente"))
    assert OLD.keys() <= made.keys()


@pytest.mark.parametrize("enough", [2, 1_000], ids=["processes", "threads"])
def test_whoever_draws_the_pages_are_the_same_in_the_same_order(
    enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "ENOUGH", enough)
    monkeypatch.setattr(spreading, "RUN", 2)
    paths = [path for path in OLD if path.startswith("wijk")][::-1]
    apart = list(spreading.spread(Shelf(EDITION), paths))
    assert [one.path for one in apart] == paths
    for there, here in zip(apart, drawn(Shelf(EDITION), paths), strict=True):
        assert there.asked == here.asked
        assert b"".join(there.open) == b"".join(here.open), there.path

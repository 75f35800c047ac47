"""The account: what it promises is true, and nothing on it helps to find anyone."""

import re
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_edition import AUDITED, protection, sample
from sheet_reader import Element, Page

from reports.block import Block, Omitted
from reports.edition import Audited, Edition
from reports.render import account, block
from reports.sheets import account as accounts
from reports.sheets import index
from reports.shelf import Shelf
from reports.words.catalogue import words
from sources.agreement.model import Edition as Rules
from sources.agreement.model import Way

EDITION = sample()
NL = words("nl")


def html(edition: Edition = EDITION, audited: Audited = AUDITED) -> str:
    ((path, content),) = account(edition, audited)
    assert path == "verantwoording/index.html"
    return content.decode()


def shown(name: str, edition: Edition = EDITION, audited: Audited = AUDITED) -> Page:
    made = block(name, accounts.sheet(Shelf(edition), audited))
    assert isinstance(made, Block), made
    return Page(f"<body><h2>{made.title}</h2>{made.body}</body>")


def under(rules: Rules) -> Edition:
    general = EDITION.agreement.general.model_copy(update={"public": rules})
    return sample(agreement=EDITION.agreement.model_copy(update={"general": general}))


def delivered(**changes: Any) -> Edition:
    """The edition with one delivery changed."""
    first, *rest = EDITION.deliveries.to_dicts()
    schema = EDITION.deliveries.schema
    return sample(deliveries=pl.DataFrame([first | changes, *rest], schema=schema))


def lines(card: Element) -> list[list[str]]:
    return [[cell.text for cell in row.children] for row in below(card, "tr") if row.children[1:]][
        1:
    ]


def below(element: Element, name: str) -> list[Element]:
    found = [child for child in element.children if child.name == name]
    return found + [one for child in element.children for one in below(child, name)]


def numbers(text: str) -> list[int]:
    return [int(found.replace(".", "")) for found in re.findall(r"\d[\d.]*", text)]


def test_the_account_has_all_its_blocks_in_order() -> None:
    page = Page(html())
    classes = [e.attributes.get("class", "") for e in page.all("section")]
    found = [name.removeprefix("block block-") for name in classes if "block-" in name]
    # Nothing changed since an edition before: there is none.
    assert found == [name for name in accounts.BLOCKS if name != "changes"]


# What was tried.


@pytest.mark.parametrize(
    ("audited", "told", "untold"),
    [
        (Audited(86, 4212, 2, 4), ["86", "4.212", "2 edities", "minstens 5 "], []),
        (Audited(1200, 40, 1, 6), ["1.200", "40", "minstens 7 "], ["edities"]),
    ],
)
def test_the_attack_is_told_in_its_numbers(
    audited: Audited, told: list[str], untold: list[str]
) -> None:
    text = shown("attack", audited=audited).text()
    assert [part for part in told if part not in text] == []
    assert [part for part in untold if part in text] == []


def test_without_an_attack_no_safety_is_told() -> None:
    (front,) = index.sheets(Shelf(EDITION))
    assert block("attack", front) == Omitted("Op deze plaat is niet gezocht.")


# The rules, each with an example that keeps it.

RULES = st.builds(
    Rules,
    base=st.integers(5, 20),
    threshold=st.integers(20, 40),
    share_denominator=st.integers(50, 120),
    survey_answers=st.integers(30, 90),
    survey_step=st.sampled_from([5, 10]),
)


@settings(max_examples=15, deadline=None)
@given(RULES)
def test_every_example_keeps_the_rule_that_it_is_of(rules: Rules) -> None:
    base = rules.base
    cards = shown("rules", under(rules)).of_class("side")
    rounding, few, share, survey, rate, wait, kept = cards

    pairs = [(numbers(row[1])[0], numbers(row[2])[0]) for row in lines(rounding)]
    *parts, (counted, told) = pairs
    assert sum(exact for exact, _ in parts) == counted
    assert sum(near for _, near in parts) == told
    assert all(near % base == 0 and abs(near - exact) < base for exact, near in pairs)

    for _, exact, text in lines(few):
        low = int(exact) // base * base
        if text == f"minder dan {rules.threshold}":
            assert low < rules.threshold
        else:
            assert int(text) in {low, low + base}
            assert int(text) >= rules.threshold

    for card, least in ((share, rules.share_denominator), (survey, rules.survey_answers)):
        (_, small, held), (_, large, _) = lines(card)
        assert numbers(small)[1] < least <= numbers(large)[1]
        assert held == "afgeschermd"
    part, total, percent = numbers(lines(share)[1][2])
    assert part % base == total % base == 0
    assert percent == int(part / total * 100 + 0.5)
    assert numbers(lines(survey)[1][2])[1] % rules.survey_step == 0

    (_, exact, near), (_, people, same), (_, _, per) = lines(rate)
    assert abs(int(exact) - int(near)) < base
    assert people == same
    assert int(per) == int(int(near) / numbers(people)[0] * 1000 + 0.5)

    (few_people, _, held), (people, days, weeks) = lines(wait)
    assert numbers(few_people)[0] < rules.share_denominator <= numbers(people)[0]
    assert held == "afgeschermd"
    assert 0 <= numbers(weeks)[0] * 7 - numbers(days)[0] < 7

    (_, before, was), (_, after, now) = lines(kept)
    assert int(after) == int(before) + 1
    assert was == now
    assert all(abs(int(x) - int(was)) < base for x in (before, after))


@pytest.mark.parametrize(
    ("way", "title"),
    [
        (Way.RATE, "Per 1.000 inwoners tonen wij hele getallen."),
        (Way.SHARE, "Percentages tonen wij vanaf een groep van 50."),
        (Way.WAIT, "Wachttijden tellen wij in weken."),
    ],
)
def test_a_rule_is_explained_only_where_a_figure_comes_under_it(way: Way, title: str) -> None:
    one = EDITION.agreement.indicators["I28"]
    for told in (way, Way.COUNT):
        indicators = {"I28": one.model_copy(update={"way": told})}
        agreement = EDITION.agreement.model_copy(update={"indicators": indicators})
        none = EDITION.figures.clear()
        titles = [
            e.text for e in shown("rules", sample(agreement=agreement, figures=none)).all("h3")
        ]
        assert (title in titles) == (told is way)


# What it cost.


def test_every_figure_is_counted_once_by_what_became_of_it() -> None:
    table = [[cell.text for cell in row.children[1:]] for row in shown("loss").all("tr")[1:]]
    *rows, whole = [numbers(" ".join(row)) for row in table]
    assert sum(whole) == EDITION.figures.height
    assert [sum(column) for column in zip(*rows, strict=True)] == whole
    states = dict(EDITION.figures["status"].value_counts().iter_rows())
    assert whole == [states["published"], states["protected"], 0]


@pytest.mark.parametrize("way", Way)
def test_every_way_to_count_has_a_name(way: Way) -> None:
    assert NL.sentences[f"loss.kind.{way}"]


@pytest.mark.parametrize(
    ("found", "told"), [(0, 4), (1, 4), (2, 4), (4, 4), (5, 9), (6, 9), (9, 9), (10, 14)]
)
def test_the_promise_is_the_rule_and_not_the_largest_that_was_found(found: int, told: int) -> None:
    text = shown("loss", sample(protection=protection(largest=found))).text()
    assert f"Geen aantal ligt meer dan {told} naast de telling." in text


@pytest.mark.parametrize(
    ("cells", "mean", "told", "untold"),
    [
        (100, 1.02, ["ongeveer 1.", "In 9 van de 10 keer scheelt het hoogstens 2."], []),
        (100, 1.62, ["ongeveer 2."], ["van de 10 keer"]),
        (100, 0.2, ["ongeveer 1."], ["ongeveer 0"]),
        (83, 1.02, [], ["Gemiddeld", "van de 10 keer"]),
    ],
)
def test_an_average_is_told_roughly_and_only_of_many(
    cells: int, mean: float, told: list[str], untold: list[str]
) -> None:
    text = shown("loss", sample(protection=protection(cells=cells, mean=mean))).text()
    assert [part for part in told if part not in text] == []
    assert [part for part in untold if part in text] == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 0.6))
def test_how_often_a_number_is_near_is_never_told_too_well(seed: int, far: float) -> None:
    """Counts rounded to a neighbour of which a part goes the far way, as sums may ask."""
    exact = pl.Series([(seed + n * 7919) * 2654435761 % 1000 for n in range(2000)])
    rest = exact % 5
    ordinary = pl.select(pl.min_horizontal(rest, 5 - rest)).to_series()
    away = pl.Series([(seed + n * 104729) * 2246822519 % 1000 < far * 1000 for n in range(2000)])
    flipped = away & (rest > 0)
    off = pl.select(pl.when(flipped).then(5 - ordinary).otherwise(ordinary)).to_series()
    told = protection(cells=2000, mean=off.mean(), ordinary=ordinary.mean()).head(1)
    text = shown("loss", sample(protection=told)).text()
    for often in re.findall(r"In (\d+) van de 10 keer", text):
        assert int(often) / 10 <= (off <= 2).sum() / 2000


@pytest.mark.parametrize(
    ("fallbacks", "told"),
    [
        ([""], "In alle 1 tabellen paste alles in elkaar."),
        (["", "margin"], "In 1 van de 2 tabellen paste niet alles in elkaar."),
    ],
)
def test_a_table_that_was_rounded_otherwise_is_owned_up_to(fallbacks: list[str], told: str) -> None:
    tables = pl.concat([protection(fallback=one).head(1) for one in fallbacks])
    assert told in shown("loss", sample(protection=tables)).text()


# Where it comes from.


def test_every_indicator_has_its_definition_version_sources_and_deliveries() -> None:
    rows = shown("origins").all("tr")[1:]
    named = {row.children[0].text: row.text for row in rows}
    assert len(named) == len(EDITION.agreement.indicators)
    for one in EDITION.agreement.indicators.values():
        (text,) = [text for name, text in named.items() if name.startswith(one.name)]
        told = [one.explanation, *one.sources, f"versie {one.version}, sinds"]
        assert [part for part in told if part not in text] == []


def test_an_indicator_without_figures_says_how_far_it_is() -> None:
    one = EDITION.agreement.indicators["I28"]
    for status, told in (("in_development", "in ontwikkeling"), ("active", "nog geen cijfer")):
        indicators = {"I28": one.model_copy(update={"status": status})}
        agreement = EDITION.agreement.model_copy(update={"indicators": indicators})
        edition = sample(agreement=agreement, figures=EDITION.figures.clear())
        assert told in shown("origins", edition).text()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "niet elke regel"),
        ({"outcome": "GOEDGEKEURD", "refused_rows": 0}, "alles"),
        ({"outcome": "IN WACHT"}, "wacht op een antwoord"),
        ({"number": 2}, "versie 2, ontvangen op 12 oktober 2026"),
        ({"late": True}, "versie 1, ontvangen op 12 oktober 2026, te laat"),
        ({"outcome": "AFGEKEURD", "accepted_rows": 0}, "afgekeurd"),
        ({"outcome": "niet geleverd", "number": None, "received_on": None}, "niet geleverd"),
    ],
)
def test_a_delivery_tells_its_version_day_and_whether_all_was_usable(
    change: dict[str, Any], told: str
) -> None:
    title = EDITION.deliveries["title"][0]
    found = [row for row in shown("received", delivered(**change)).all("tr") if title in row.text]
    assert [row for row in found if told in row.text]


def test_of_earlier_deliveries_only_those_apart_are_told_at_once() -> None:
    first = EDITION.deliveries.head(1)
    usual = {"outcome": "GOEDGEKEURD", "refused_rows": 0, "late": False, "number": 1}
    periods = {"2026K1": {}, "2026K2": {"number": 2}, "2026K3": {}}
    rows = [first.row(0, named=True) | usual | {"period": p} | c for p, c in periods.items()]
    edition = sample(deliveries=pl.DataFrame(rows, schema=first.schema))
    (row,) = shown("received", edition).all("tr")[1:]
    newest, earlier = row.children[2], row.children[4]
    assert "3e kwartaal 2026" in newest.text
    assert "2e kwartaal 2026versie 2" in earlier.text.replace("\n", "")
    assert [e.text for e in below(earlier, "li")] == [
        "2e kwartaal 2026: versie 2, ontvangen op 12 oktober 2026",
        "1e kwartaal 2026: versie 1, ontvangen op 12 oktober 2026",
    ]


# Nothing on it helps to find anyone.


@pytest.mark.parametrize(
    "change",
    [
        {"accepted_rows": 419},
        {"refused_rows": 3},
        {"accepted_rows": 417, "refused_rows": 3},
    ],
)
def test_one_row_more_or_less_in_a_delivery_changes_no_byte(change: dict[str, int]) -> None:
    assert html(delivered(**change)) == html()


def test_a_delivery_without_any_row_is_told_as_every_other() -> None:
    none, some = (shown("received", delivered(accepted_rows=rows)) for rows in (0, 418))
    assert [row.text for row in none.all("tr")] == [row.text for row in some.all("tr")]


def test_no_number_of_rows_of_a_delivery_is_told() -> None:
    assert "4186" not in html(delivered(accepted_rows=4186)).replace(".", "")
    few = sample(deliveries=EDITION.deliveries.head(2))
    assert "regels." not in shown("received", few).text()


@pytest.mark.parametrize(
    "change", [{"largest": 1}, {"mean": 1.01}, {"kept": 90, "changed": 10}, {"cells": 101}]
)
def test_what_rounding_did_to_a_table_changes_no_byte(change: dict[str, float]) -> None:
    assert html(sample(protection=protection(**change))) == html()


def test_sentences_on_the_page_are_short() -> None:
    texts = [e.text for e in Page(html()).all("li", "h2", "h3", "caption") if not e.has("table")]
    spoken = [part for text in texts for part in re.split(r"(?<=[.?!])\s+", text.strip())]
    assert [one for one in spoken if len(one.split()) > 15] == []

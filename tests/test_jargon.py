"""No page asks a reader to know the words of offices: the list of `jargon`, over all of them."""

import re
from pathlib import Path

import pytest
from conftest import Demonstration
from jargon import LETTERS, OFFICE, PLAIN, POLICY, STATISTICS, jargon

from reports.words.catalogue import words

CATALOGUE = words("nl").sentences
_UNREAD = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)


def without_gaps(sentence: str) -> str:
    """Return a sentence of the catalogue as it is read, but for what is filled in."""
    return re.sub(r"\{[^}]*\}", "…", sentence)


def read(page: Path) -> str:
    """Return the text of a page: what stands between its tags."""
    shown = _UNREAD.sub(" ", page.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De interventie had een significant effect.", ["interventie", "significant"]),
        ("Outcome, output en KPI's.", ["outcome", "output", "kpi's"]),
        ("Een best practice van onze ketenpartners", ["best practice", "ketenpartners"]),
        ("De interventies", ["interventies"]),
        ("Monitoringplan, outputs, inzetten", []),
        ("Wat merken mensen hiervan?", []),
    ],
)
def test_whole_words_of_the_list_are_found_in_any_case(text: str, found: list[str]) -> None:
    assert jargon(text) == found


def test_each_word_is_on_the_list_once_with_what_to_write_instead() -> None:
    assert len(PLAIN) == sum(map(len, (POLICY, OFFICE, STATISTICS, LETTERS))) > 120
    assert {word: jargon(plain) for word, plain in PLAIN.items() if jargon(plain)} == {}


def test_the_catalogue_holds_no_jargon() -> None:
    found = {key: jargon(without_gaps(text)) for key, text in CATALOGUE.items()}
    assert {key: said for key, said in found.items() if said} == {}


@pytest.mark.slow
def test_no_page_of_the_demonstration_holds_jargon(demonstration: Demonstration) -> None:
    pages = sorted((demonstration.home / "editions").rglob("index.html"))
    kinds = {page.relative_to(page.parents[-2]).parts[-3] for page in pages}

    found = {str(page.relative_to(demonstration.home)): jargon(read(page)) for page in pages}

    assert kinds >= {"wijk", "partner"}
    assert {page: said for page, said in found.items() if said} == {}

"""Every code has a page that a partner understands, and the pages for readers are up to date."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command

from flows.settings import EXAMPLE, Settings
from reports import handbook
from reports.handbook import Page
from reports.handbook.documents import documents
from reports.words.catalogue import sentences
from sources.contracts.model import Contract, Rule
from sources.errors import AgreementError
from sources.verdict import Level

ROOT = Path(handbook.__file__).parent.parent.parent
MADE_BY = "praatplaat handbook --out docs/handboek"
LONGEST = 15  # words in a sentence


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    places = Settings(agreement=EXAMPLE, home=ROOT, key=ROOT)
    return dict(places.open().contracts)


def emitted() -> set[str]:
    """Return the codes that the program gives; of cells and rules from 50 on a contract's own."""
    files = [path for room in ("sources", "flows") for path in (ROOT / room).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = set(re.findall(r"""["'!]([BKRVXPS][0-9]{3})["']""", text))
    return {code for code in found if code[0] in "BKR" or int(code[2:]) < 50}


def texts(page: Page) -> Iterator[str]:
    yield from (page.title, page.what, page.why, *page.mend)


def test_every_code_that_the_program_gives_has_a_page_and_every_page_a_code() -> None:
    pages, codes = set(handbook.generic()), emitted()

    assert sorted(codes - pages) == [], "without a page in reports/handbook/nl"
    assert sorted(pages - codes) == [], "a page of a code that is never given"


def test_every_page_tells_everything_in_short_sentences() -> None:
    long = [
        f"{page.code}: {sentence}"
        for page in handbook.generic().values()
        for text in texts(page)
        for sentence in sentences(text)
        if len(sentence.split()) > LONGEST
    ]

    assert long == []


def test_an_example_differs_from_what_it_should_be() -> None:
    same = [page.code for page in handbook.generic().values() if page.wrong == page.right]

    assert same == []


def test_no_page_holds_what_could_be_somebodys_number() -> None:
    found = {
        page.code: re.findall(
            r"(?<!\d)\d{9}(?!\d)", " ".join((*texts(page), page.wrong, page.right))
        )
        for page in handbook.generic().values()
    }

    numbers = [number for some in found.values() for number in some]
    assert [n for n in numbers if n not in {"123456789"}] == []  # fails the 11-proef


def test_a_code_of_a_contract_has_the_words_of_its_rule() -> None:
    rule = Rule(
        "X550",
        Level.REFUSE_ROW,
        "a > b",
        "Het einde ligt voor het begin.",
        "Draai de datums om.",
        title="Einde voor begin",
        why="De duur wordt minder dan nul.",
        wrong="02-01-2026;01-01-2026",
        right="01-01-2026;02-01-2026",
    )

    assert handbook.of_rule(rule) == Page(
        "X550",
        "Einde voor begin",
        "Het einde ligt voor het begin.",
        "De duur wordt minder dan nul.",
        "02-01-2026;01-01-2026",
        "01-01-2026;02-01-2026",
        ("Draai de datums om.",),
    )


def test_every_rule_of_every_contract_has_a_title_and_a_reason(
    contracts: dict[str, Contract],
) -> None:
    bare = [
        f"{contract.id} {rule.code}"
        for contract in contracts.values()
        for rule in contract.rules
        if not (rule.title and rule.why and rule.how_to_mend)
    ]

    assert bare == []


def test_a_code_that_nobody_knows_any_more_has_no_page(contracts: dict[str, Contract]) -> None:
    assert handbook.of_code("V999", contracts["wmo_meldingen"]) is None


BAD_PAGES = [
    ("a key is missing", "title: T\nwhat: W\nwhy: Y\nwrong: 1\nright: 2\n"),
    ("a key too many", "title: T\nwhat: W\nwhy: Y\nwrong: 1\nright: 2\nmend: [a]\nmore: x\n"),
    ("a text is empty", "title: T\nwhat:\nwhy: Y\nwrong: 1\nright: 2\nmend: [a]\n"),
    ("the steps are no list", "title: T\nwhat: W\nwhy: Y\nwrong: 1\nright: 2\nmend: a\n"),
    (
        "a key stands there twice",
        "title: T\ntitle: U\nwhat: W\nwhy: Y\nwrong: 1\nright: 2\nmend: [a]\n",
    ),
]


@pytest.mark.parametrize(("fault", "text"), BAD_PAGES, ids=[fault for fault, _ in BAD_PAGES])
def test_a_page_that_lacks_something_is_refused(
    fault: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "V401.yaml").write_text(text)
    monkeypatch.setattr(handbook, "FOLDER", tmp_path)
    handbook.generic.cache_clear()

    try:
        with pytest.raises(AgreementError, match=r"V401\.yaml"):
            handbook.generic()
    finally:
        handbook.generic.cache_clear()


def test_the_pages_in_docs_are_those_of_today(contracts: dict[str, Contract]) -> None:
    folder = ROOT / "docs" / "handboek"
    made = {name: text for name, text in documents(contracts)}
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}

    assert sorted(kept) == sorted(made), MADE_BY
    assert [name for name in made if kept[name] != made[name]] == [], MADE_BY


def test_every_link_between_the_pages_leads_somewhere(contracts: dict[str, Contract]) -> None:
    made = dict(documents(contracts))

    links = {link for text in made.values() for link in re.findall(r"\]\(([^)]+)\)", text)}
    assert links == set(made)


def test_the_command_writes_the_pages_and_leaves_other_folders_alone(
    praatplaat: Command, tmp_path: Path
) -> None:
    other = tmp_path / "mijn map"
    other.mkdir()
    (other / "brief.docx").write_text("x")

    first = praatplaat("handbook", "--out", tmp_path / "nieuw" / "handboek")
    again = praatplaat("handbook", "--out", tmp_path / "nieuw" / "handboek")
    wrong = praatplaat("handbook", "--out", other)

    assert (first.code, again.code, wrong.code) == (0, 0, 2)
    assert (tmp_path / "nieuw" / "handboek" / "V403.md").read_text().startswith("# V403 ")
    assert [path.name for path in other.iterdir()] == ["brief.docx"]

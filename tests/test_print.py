"""An edition on paper: tagged, whole, the same every time, and only beside its own page."""

import os
import re
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Once
from pypdf import PdfReader
from sample_edition import AUDITED, sample
from sheet_reader import Page

from flows.settings import Settings
from flows.steps.erase import erase
from flows.steps.print import print_edition
from reports.render import account, render
from sources.errors import SourceUnavailable, UsageError

CHROMIUM = Path("/usr/bin/chromium")
SHEET = "wijk/WK990106"
PRINTED = f"{SHEET}/2026K3-wijk-WK990106.pdf"
ALL = ["", "partner/welzijn", SHEET]

browser = pytest.mark.browser
here = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium")


def home_in(folder: Path) -> Settings:
    return Settings(agreement=folder, home=folder, key=folder)


def silent(_: str) -> None:
    """Tell nobody."""


def write(folder: Path) -> None:
    """Write an edition with a few pages, and a package of one partner."""
    edition = sample()
    for name, content in [*render(edition), *account(edition, AUDITED)]:
        page = name.removesuffix("index.html").strip("/")
        if page in ALL or name.startswith("data/"):
            for half in ("openbaar", "intern/welzijn"):
                path = folder / "editions/2026K3" / half / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                path.chmod(0o644 if half == "openbaar" else 0o600)


@pytest.fixture
def places(once: Once, tmp_path: Path) -> Settings:
    """A home with an edition, to change."""
    subprocess.run(["cp", "-r", f"{once('to print', write)}/editions", tmp_path], check=True)
    return home_in(tmp_path)


@pytest.fixture(scope="module")
def printed(once: Once) -> Path:
    """The public half of an edition with all its pages printed."""

    def make(folder: Path) -> None:
        write(folder)
        print_edition(home_in(folder), "2026K3", environment=os.environ, tell=silent)

    return once("printed", make) / "editions/2026K3/openbaar"


@here
@browser
def test_every_page_has_its_print_beside_it(printed: Path) -> None:
    found = sorted(path.relative_to(printed).as_posix() for path in printed.rglob("*.pdf"))
    assert found == ["2026K3-index.pdf", "partner/welzijn/2026K3-partner-welzijn.pdf", PRINTED]
    assert list(printed.rglob("*.part")) == []


@here
@browser
def test_a_print_is_tagged_in_its_language_with_a_title(printed: Path) -> None:
    pdf = PdfReader(printed / PRINTED)
    root: dict[str, Any] = {name: one.get_object() for name, one in pdf.root_object.items()}
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "nl"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Zuiderhof · Praatplaat van de wijk · 3e kwartaal 2026"
    kinds = set(re.findall(rb"/S /(\w+)", (printed / PRINTED).read_bytes()))
    assert kinds >= {b"H1", b"H2", b"H3", b"Table", b"TH", b"TD", b"L", b"LI", b"P"}
    assert b"file:" not in (printed / PRINTED).read_bytes()


@here
@browser
def test_the_picture_is_on_the_front_the_table_on_the_back_and_both_say_whose(
    printed: Path,
) -> None:
    pages = PdfReader(printed / PRINTED).pages
    front, *rest = (" ".join(page.extract_text().split()) for page in pages)
    back = " ".join(rest)
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [1191, 842]
    for number, text in enumerate((front, *rest), start=1):
        assert "Zuiderhof · Voorbeeldstad · Editie 2026K3-1" in text
        assert f"{number} / {len(pages)}" in text
    for one in Page((printed / SHEET / "index.html").read_text()).of_class("number"):
        assert " ".join(one.text.split()) in front
    for one in Page((printed / SHEET / "index.html").read_text()).of_class("value"):
        assert " ".join(one.text.removeprefix("Cijfer").split()) in back


@here
@browser
def test_the_same_page_gives_the_same_bytes_in_whatever_company(
    printed: Path, places: Settings
) -> None:
    print_edition(places, "2026K3", only=[SHEET], environment=os.environ, tell=silent)
    alone = places.editions / "2026K3/openbaar" / PRINTED
    assert alone.read_bytes() == (printed / PRINTED).read_bytes()


@here
@browser
def test_a_package_is_printed_for_its_owner_alone_and_says_so_in_its_name(
    places: Settings,
) -> None:
    (one,) = print_edition(
        places,
        "2026K3",
        audience="welzijn",
        only=["partner/welzijn"],
        environment=os.environ,
        tell=silent,
    )
    assert one.path.name == "2026K3-vertrouwelijk-welzijn-partner-welzijn.pdf"
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o600


def test_a_print_goes_with_the_story_that_is_taken_back(places: Settings) -> None:
    folder = places.editions / "2026K3/openbaar"
    for name in (PRINTED, "2026K3-index.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4")
    erase(places.editions, ["Drie keer hetzelfde verhaal"])
    assert not (folder / PRINTED).exists()
    assert (folder / "2026K3-index.pdf").exists()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"edition": "2026K1"}, "Er is geen editie 2026K1. Er is: 2026K3."),
        ({"edition": "../editions/2026K3"}, "Er is: 2026K3."),
        ({"audience": "brug"}, "Er is geen pakket brug. Kies uit: openbaar, welzijn."),
        ({"only": ["wijk/WK1"]}, "Er is geen blad wijk/WK1. Kies uit: index, partner, wijk."),
        ({"only": ["wij"]}, "Er is geen blad wij. Kies uit: index, partner, wijk."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    places: Settings, asked: dict[str, object], told: str
) -> None:
    chosen: dict[str, object] = {"edition": "2026K3"} | asked
    ask: Callable[..., object] = print_edition
    with pytest.raises(UsageError, match=re.escape(told)):
        ask(places, **chosen, environment={}, tell=silent)


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"PATH": ""}, "Er is hier geen Chromium."),
        ({"PRAATPLAAT_CHROMIUM": "/nergens/chromium"}, "/nergens/chromium: dit programma is er"),
        ({"PRAATPLAAT_CHROMIUM": "/bin/true"}, "Chromium stopt, of start niet."),
    ],
    ids=["none at all", "not where it was said", "something else"],
)
def test_without_chromium_the_message_says_what_to_do_and_nothing_is_written(
    places: Settings, environment: dict[str, str], told: str
) -> None:
    with pytest.raises(SourceUnavailable, match=re.escape(told)) as refused:
        print_edition(places, "2026K3", environment=environment, tell=silent)
    assert "PRAATPLAAT_CHROMIUM" in str(refused.value)
    assert refused.value.exit_code == 12
    assert list(places.editions.rglob("*.pdf")) == []


@here
@browser
def test_the_command_tells_how_far_it_is_and_names_what_it_made(
    praatplaat: Command, places: Settings
) -> None:
    ran = praatplaat("print", "2026K3", "--only", SHEET, "--home", places.home)
    told = [line for line in ran.err.splitlines() if not line.startswith(" ")]
    assert (ran.code, told) == (0, [f"1 van 1 geprint, het laatst {SHEET}"])
    assert ran.out == f"{places.editions / '2026K3/openbaar' / PRINTED}\n"

"""What docs/partners.md tells a partner is true: its commands run as they stand there.

That a correction replaces and a withdrawal restores is proven in test_protocol.py.
"""

import re
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from conftest import Command
from documented import DOCS, commands

from flows.settings import ZONE, Town
from flows.steps.round import receive_waiting
from sources.verdict import Outcome

PAGE = DOCS / "partners.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = commands(PAGE, "praatplaat")
NAME = "GM9901_welzijn_L06_2026K4_v1.xlsx"
AT = datetime(2027, 1, 11, 9, tzinfo=ZONE)


def place(word: str, folder: Path) -> str:
    """Return a word of a command, where a file is meant the one in the folder."""
    return str(folder / word) if word in (NAME, "uitleg", "verhaal.html") else word


@pytest.fixture(scope="module")
def filled(praatplaat: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a partner did what the page says: made a template, reported nothing."""
    folder = tmp_path_factory.mktemp("partner")
    for command in COMMANDS:
        if command[0] != "check":
            told = praatplaat(*(place(word, folder) for word in command))
            assert told.code == 0, told.err
    book = openpyxl.load_workbook(folder / NAME)
    (answer,) = (row[1] for row in book["Voorblad"].rows if row[0].value == "Nulopgave")
    answer.value = "ja"
    book.save(folder / NAME)
    return folder


@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] == "check"], ids=" ".join)
def test_a_check_runs_and_a_report_of_nothing_is_good(
    command: list[str], filled: Path, praatplaat: Command
) -> None:
    told = praatplaat(*(place(word, filled) for word in command))

    assert told.code == 0, told.err
    assert "GOEDGEKEURD" in told.out and "B170" in told.out
    assert "Traceback" not in told.err


def test_the_page_names_the_files_that_come_back_and_every_outcome(
    filled: Path, town: Town
) -> None:
    inbox = town.settings.inbox / "welzijn"
    inbox.mkdir(parents=True)
    shutil.copyfile(filled / NAME, inbox / NAME)

    (received,) = receive_waiting(town, at=AT, tell=lambda _: None)

    assert received.delivery.outcome is Outcome.ACCEPTED
    assert {path.name for path in received.feedback.iterdir()} <= {
        *re.findall(r"`(\w+\.\w+)`", TEXT)
    }
    assert (filled / "uitleg" / "uitleg.html").is_file()
    assert {*Outcome} - {Outcome.ALREADY_RECEIVED} <= {*re.findall(r"\| `([A-Z ]+)` \|", TEXT)}

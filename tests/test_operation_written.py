"""docs/operation.md as it is written: what it names is there, and agrees with the services.

What can be known without root and without changing a machine; test_operation.py follows the page.
"""

import re
import subprocess
from pathlib import Path

import pytest
from documented import DOCS, ROOT, blocks, commands, headings, mentioned
from typer.core import TyperGroup
from typer.main import get_command
from units import FOLDER, UNITS, command_of, unit

from flows.cli import app

PAGE = DOCS / "operation.md"
TEXT = PAGE.read_text(encoding="utf-8")
TYPED = "\n".join(blocks(PAGE))
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md"])
COPIED = {"/etc/praatplaat/overeenkomst", "/srv/oefening"}
"""The agreement and the fictional deliveries: made by a copy and by our own commands."""
PLACE = re.compile(r"(?<![\w.$\"/}>])/(?:etc|opt|srv|var)/[\w./-]*\w")


def parsed(words: list[str], *, whole: bool) -> None:
    """Raise where words are no command of ours, or (whole) not all that it asks for."""
    command, parent = get_command(app), None
    while isinstance(command, TyperGroup):
        parent = command.make_context(None, [], parent=parent, resilient_parsing=True)
        _, found, words = command.resolve_command(parent, words)
        assert found is not None
        command = found
    command.make_context(None, words, parent=parent, resilient_parsing=not whole)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_is_one_with_such_options(page: Path) -> None:
    for words in commands(page, "praatplaat"):
        parsed(words, whole=True)
    for words in mentioned(page, "praatplaat"):
        said = ["1" if word == "NUMMER" else word for word in words]
        parsed(said, whole=any(word.startswith("-") or not word.islower() for word in said))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        place = page.parent / name if name else page
        assert place.exists(), target
        assert not heading or heading in headings(place), target


def test_every_block_is_shell() -> None:
    for block in blocks(PAGE):
        done = subprocess.run(
            ["bash", "-n"], input=block, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), block


def test_the_table_of_services_is_that_of_the_units() -> None:
    rows = re.findall(r"^\| `(praatplaat-\w+)` \| `([\w-]+)` \| [^|]+ \| `([^`]+)` \|$", TEXT, re.M)
    told = {name: (user, command) for name, user, command in rows}
    assert told == {
        name: (unit(name)["Service"]["User"], command_of(name).rpartition("/.venv/bin/")[2])
        for name in UNITS
    }


def test_every_service_that_is_started_or_stopped_is_there() -> None:
    words = [line.split() for line in TYPED.splitlines() if line.startswith("systemctl ")]
    handled = {word for line in words for word in line[2:] if not word.startswith("-")}
    assert handled == set(UNITS)


def test_every_user_is_one_that_the_page_makes() -> None:
    (made,) = re.findall(r"^for naam in (.*); do$", TYPED, re.MULTILINE)
    used = set(re.findall(r"(?:-[ogu]|--owner|createuser|chown -R) ([a-z][\w-]*)", TYPED))
    assert used - {"root", "postgres"} == set(made.split())


def installed(place: str) -> bool:
    """Return whether a place is of the program as it stands in its repository."""
    inside = place.removeprefix("/opt/praatplaat").lstrip("/")
    return place.startswith("/opt/praatplaat") and (
        (ROOT / inside).exists() or inside.startswith(".venv/bin/")
    )


def known(place: str) -> bool:
    """Return whether a place is made on the page, or lies in a folder that is."""
    made = set(re.findall(r"(?<= )/[\w/.-]+", "\n".join(re.findall(r"install -d .*", TYPED))))
    return bool({place, str(Path(place).parent)} & (made | COPIED))


def test_every_place_in_the_units_is_one_that_the_page_makes() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    (own,) = {unit(name)["Service"].get("StateDirectory") for name in UNITS} - {None}
    for place in set(PLACE.findall(told)) - {"/var/run/postgresql"}:
        assert known(place) or installed(place) or place.startswith(f"/var/lib/{own}"), place


def test_every_place_that_is_typed_is_there_or_made_on_the_page() -> None:
    for place in set(PLACE.findall(TYPED)):
        assert known(place) or installed(place) or place.startswith("/etc/systemd/system"), place

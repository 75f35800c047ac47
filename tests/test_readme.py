"""What the README says is true: its commands run, and what it points at is there."""

import re
from pathlib import Path

import pytest
from conftest import Command, Demonstration
from documented import ROOT, commands

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = commands(ROOT / "README.md", "praatplaat")
GOOD_FILE = "GM9901_welzijn_L06_2026K3_v1.csv"


@pytest.mark.parametrize("command", OURS, ids=" ".join)
def test_a_command_of_the_readme_runs(
    command: list[str],
    praatplaat: Command,
    demonstration: Demonstration,
    made: Path,
    tmp_path: Path,
) -> None:
    here = demonstration.copy(tmp_path)
    (file,) = made.rglob(GOOD_FILE)
    meant = {"FILE": str(file), "ID": "partner_activiteiten", "ME": "initiatief"}
    meant |= {part: str(tmp_path / part) for part in ("OUT", "OUT.xlsx", "F.html")}
    filled = [meant.get(part, part) for part in command]
    if "serve" in filled:  # runs until it is stopped; what it serves is tested in test_cli.py
        filled.append("--help")
    places = here.town.settings
    told = praatplaat(*filled, PRAATPLAAT_HOME=str(places.home), PRAATPLAAT_KEY=str(places.key))
    assert told.code == 0, told.err
    assert "Traceback" not in told.err


def test_the_readme_names_at_least_the_commands_of_a_round() -> None:
    assert {command[0] for command in OURS} >= {"validate", "check", "run", "status", "serve"}


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert named >= {"demo", "test", "bench"}
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_and_picture_is_there(page: str) -> None:
    path = ROOT / page
    for link in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (path.parent / link).exists(), f"{page}: {link}"

"""The guides of docs/: each finds its reader, its commands run, and what it claims holds."""

import fnmatch
import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import Demonstration
from documented import DOCS, ROOT, blocks, commands, long_sentences
from typer.testing import CliRunner

from flows.cli import app
from reports.words.nl import SENTENCES
from sources.contracts.load import standard

PAGES = sorted(DOCS.glob("*.md"))
HERE = ("overeenkomst.md", "explain.md", "developers.md", "SECURITY.md")
ELSEWHERE = {
    "operation.md": ("test_operation.py", "test_prefect.py"),
    "partners.md": ("test_partners.py",),
}
DUTCH = ("lezen.md", "partners.md", "operation.md", "gegevensbescherming.md")


def test_every_page_with_something_to_type_is_in_a_test() -> None:
    assert {page.name for page in PAGES if blocks(page)} == {*HERE, *ELSEWHERE}
    for page, tests in ELSEWHERE.items():
        assert all(page in (ROOT / "tests" / name).read_text(encoding="utf-8") for name in tests)


@pytest.fixture(scope="module")
def copy(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """A demonstration in which commands may do what they do."""
    return demonstration.copy(tmp_path_factory.mktemp("gids"))


@pytest.mark.slow
@pytest.mark.parametrize("page", HERE)
def test_what_a_page_tells_to_type_runs_from_top_to_bottom(
    page: str, copy: Demonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places = copy.town.settings
    here = {"PRAATPLAAT_HOME": str(places.home), "PRAATPLAAT_KEY": str(places.key)}
    for command in commands(DOCS / page, "praatplaat"):
        told = CliRunner().invoke(app, command, env=here)
        assert told.exit_code == 0, (command, told.output, told.exception)


@pytest.mark.parametrize("page", HERE)
def test_every_target_of_make_on_a_page_is_one(page: str) -> None:
    for command in commands(DOCS / page, "make"):
        dry = ["make", "--dry-run", "-C", str(ROOT), *command]
        assert subprocess.run(dry, capture_output=True, check=False).returncode == 0, command
    programs = {line.split()[0] for block in blocks(DOCS / page) for line in block.splitlines()}
    assert programs <= {"make", "praatplaat"}, "another program needs a test of its own"


@pytest.mark.parametrize("page", DUTCH)
def test_a_page_in_plain_dutch_has_short_sentences(page: str) -> None:
    assert long_sentences(DOCS / page) == []


def test_the_index_leads_to_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(([\w.]+\.md)\)", index))
    assert named == {page.name for page in PAGES} - {"README.md"}


def test_how_to_read_explains_every_word_in_the_place_of_a_figure() -> None:
    page = (DOCS / "lezen.md").read_text(encoding="utf-8")
    keys = [key for key in SENTENCES if key.startswith(("settled.", "status."))]
    words = {SENTENCES[key] for key in [*keys, "remark.not_yet"]}
    explained = set(re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE))
    assert words - explained == {SENTENCES["status.published"]}, "that one says what it means"


def test_the_data_protection_note_names_every_column_about_persons_and_its_term() -> None:
    note = (DOCS / "gegevensbescherming.md").read_text(encoding="utf-8")
    table = note.split("<!-- contracts -->")[1].split("<!-- end of contracts -->")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.split("\n")[3:-1]]
    told = {
        code: (name.strip("`"), set(re.findall(r"`([\w*]+)`", columns)), term)
        for code, name, columns, term in rows
    }
    for contract in standard().values():
        personal = {column.name for column in contract.columns if column.personal}
        if not personal:
            assert contract.code not in told
            continue
        name, columns, term = told[contract.code]
        assert (name, term) == (contract.id, f"{contract.retention_months} maanden")
        matched = {one for one in personal for said in columns if fnmatch.fnmatch(one, said)}
        unused = [said for said in columns if not fnmatch.filter(personal, said)]
        assert (matched, unused) == (personal, []), contract.id


@pytest.mark.parametrize("page", ["SECURITY.md", "developers.md"])
def test_every_test_that_a_page_leans_on_is_there(page: str) -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", (DOCS / page).read_text(encoding="utf-8")))
    assert named
    assert [name for name in named if not (ROOT / "tests" / name).is_file()] == []


@pytest.mark.slow
def test_the_bill_of_materials_holds_every_locked_package_and_nothing_of_this_moment() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==([\w.+!]+)", lock, re.MULTILINE))
    subprocess.run(["make", "sbom"], cwd=ROOT, capture_output=True, check=True)
    bill = json.loads((ROOT / "build" / "praatplaat.cdx.json").read_text(encoding="utf-8"))
    assert {(one["name"], one["version"]) for one in bill["components"]} == locked
    assert "serialNumber" not in bill and "timestamp" not in bill["metadata"]
    assert str(ROOT) not in json.dumps(bill)

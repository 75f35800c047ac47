"""The audit catches every leak that is planted in the files of an edition, and none elsewhere."""

import json
from pathlib import Path

import pytest
from disclosure_files import IN_A_FOLDER, ON_A_PAGE, PlantedInFiles
from rendered import OnDisk, on_disk

from flows.steps.audit import MEMORY, attacked, gate, memory
from sources.errors import DisclosureRisk


@pytest.fixture(scope="module")
def correct(tmp_path_factory: pytest.TempPathFactory) -> OnDisk:
    """Editions as they should be, with what the audit remembers of them."""
    disk = on_disk(tmp_path_factory.mktemp("editions"))
    found = attacked(disk.folders, disk.known)
    assert [str(finding) for finding in found.findings] == []
    (disk.folders[-1] / MEMORY).write_bytes(memory(found))
    return disk


def test_the_pages_hold_what_can_be_damaged(correct: OnDisk) -> None:
    """Figures, words, charts and pictograms: without them nothing below proves anything."""
    pages = [page.read_text("utf-8") for page in sorted(correct.public.rglob("*.html"))]
    for part in ('class="number', 'class="remark', 'class="chart"', 'class="full"', "data-figure"):
        assert any(part in page for page in pages), part
    about = json.loads((correct.public / "data" / "edition.json").read_text("utf-8"))
    assert about["previous"] == correct.folders[0].name


@pytest.mark.parametrize("planted", ON_A_PAGE, ids=lambda one: one.what)
def test_a_leak_that_is_planted_on_a_page_is_caught(
    correct: OnDisk, tmp_path: Path, planted: PlantedInFiles
) -> None:
    check(planted, correct.copy(tmp_path, packages=False))


@pytest.mark.parametrize("planted", IN_A_FOLDER, ids=lambda one: one.what)
def test_a_leak_that_is_planted_in_a_folder_is_caught(
    correct: OnDisk, tmp_path: Path, planted: PlantedInFiles
) -> None:
    check(planted, correct.copy(tmp_path, packages=True))


def check(planted: PlantedInFiles, copy: OnDisk) -> None:
    planted.damage(copy)
    found = attacked(copy.folders, copy.known)
    assert planted.caught_by in {one.kind for one in found.findings}, found.findings
    with pytest.raises(DisclosureRisk):
        gate(found)

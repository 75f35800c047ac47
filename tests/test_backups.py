"""The back-ups of every week: the newest stay, and the last good one always."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.settings import ZONE, Town
from flows.steps import auditlog, backups
from flows.steps import backup as copies
from sources.errors import FactsheetError, NotIntact, UsageError
from sources.store import Store

SUNDAY = datetime(2026, 8, 2, 4, tzinfo=ZONE)
DAYS = ["2026-08-02", "2026-08-09", "2026-08-16", "2026-08-23"]


class Killed(BaseException):
    """The end of a process, at a moment that we choose."""


@pytest.fixture
def keeping(town: Town, areas: None, tmp_path: Path) -> Town:
    """A town that keeps two back-ups."""
    place = tmp_path / "reservekopie"
    return replace(town, settings=replace(town.settings, backups=place, backups_kept=2))


def week(town: Town, number: int) -> list[str]:
    """Make the back-up of a week, counted from 0, and return what is told."""
    told: list[str] = []
    backups.of_today(town, at=SUNDAY + timedelta(weeks=number), tell=told.append)
    return told


def there(town: Town) -> list[str]:
    assert town.settings.backups
    return sorted(path.name for path in town.settings.backups.iterdir())


def test_the_newest_stay_and_the_log_tells_which_went(keeping: Town, tmp_path: Path) -> None:
    for number in range(3):
        week(keeping, number)
    assert there(keeping) == DAYS[1:3]
    place = keeping.settings.backups
    assert place
    others = ["met-de-hand", "2026-01-01", "2026-08-10.oud"]
    for name in others:
        (place / name).mkdir()
    (place / "2026-08-11").write_text("geen map")

    told = week(keeping, 3)

    assert there(keeping) == sorted([*DAYS[2:], *others, "2026-08-11"])
    assert told[-1] == "Oude reservekopieën gewist: 2026-08-09"
    with Store.open(keeping.settings.store, holder="test", read_only=True) as store:
        lines = [
            one.object for one in store.log.lines() if one.action == "reservekopieën opgeruimd"
        ]
    assert lines == DAYS[:2]
    auditlog.verify(keeping)
    back = replace(keeping, settings=replace(keeping.settings, home=tmp_path / "terug"))
    copies.restore(back, place / DAYS[3], at=SUNDAY, tell=told.append)
    assert week(keeping, 3) == [], "the same day again changes nothing"


def damaged(town: Town) -> None:
    content = town.settings.store.read_bytes()
    town.settings.store.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("fails", ["damaged", "in use"])
def test_where_no_new_one_can_be_made_none_goes(keeping: Town, fails: str) -> None:
    for number in range(2):
        week(keeping, number)
    fewer = replace(keeping, settings=replace(keeping.settings, backups_kept=1))
    if fails == "damaged":
        damaged(keeping)
        with pytest.raises(NotIntact):
            week(fewer, 2)
    else:
        with (
            Store.open(keeping.settings.store, holder="de test"),
            pytest.raises(UsageError, match="in gebruik"),
        ):
            week(fewer, 2)
    assert [name for name in there(keeping) if not name.endswith(".part")] == DAYS[:2]


def test_what_a_kill_left_goes_the_next_time(
    keeping: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        week(keeping, number)

    delete = shutil.rmtree

    def killed(path: Path, *, ignore_errors: bool = False) -> None:
        if path.name.startswith(DAYS[0]):
            raise Killed
        delete(path, ignore_errors=ignore_errors)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Killed):
            week(keeping, 2)
    assert there(keeping) == ["2026-08-02.part", *DAYS[1:3]]
    week(keeping, 3)
    assert there(keeping) == DAYS[2:]


def test_without_a_folder_it_is_said_which_setting_lacks(town: Town) -> None:
    with pytest.raises(FactsheetError, match="PRAATPLAAT_BACKUP ontbreekt"):
        week(town, 0)

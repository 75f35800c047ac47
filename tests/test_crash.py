"""Killed at any step and run again, the result is as if nothing had happened."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks import killing
from flows.settings import ZONE, Town
from flows.steps import round as rounds

AT = datetime(2026, 8, 3, 9, tzinfo=ZONE)

Drop = Callable[..., list[Path]]


def quiet(_: str) -> None:
    """Tell nothing."""


@pytest.fixture
def start(town: Town, drop: Drop, request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """A home that is just ready for a step; for `receive` with a good file and a forbidden one."""

    def ready_for(step: str) -> Path:
        if step == "receive":
            drop("GM9901_cbs_L12a_2026_v1.csv")
            drop("GM9901_vluchtelingenwerk_L10_2026K3_v1.csv")
            return town.settings.home
        request.getfixturevalue("areas")
        drop("GM9901_welzijn_L06_2026K2_v1.csv")
        rounds.receive_waiting(town, at=AT, tell=quiet)
        if step in ("confirm", "withdraw"):
            name = f"GM9901_welzijn_L06_2026K2_v{1 if step == 'confirm' else 2}.csv"
            drop("GM9901_welzijn_L06_2026K2_v2.csv", name=name)
            rounds.receive_waiting(town, at=AT, tell=quiet)
        of_one = killing.town_in(town.settings.home)
        if step in ("publish", "release"):
            rounds.observe_quarter(of_one, "2026K2", known_at=AT, tell=quiet)
        if step == "release":
            rounds.publish_quarter(of_one, "2026K2", known_at=AT, tell=quiet)
        return town.settings.home

    return ready_for


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "at_least"),
    [
        ("receive", 14),
        ("observe", 2),
        ("publish", 6),
        ("release", 4),
        ("confirm", 6),
        ("withdraw", 6),
        ("retain", 4),
    ],
)
def test_a_step_that_is_killed_anywhere_and_run_again_ends_as_if_nothing_happened(
    start: Callable[[str], Path], tmp_path: Path, step: str, at_least: int
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, killing.__file__, step, start(step), folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert told["different"] == []
    assert len(told["places"]) >= at_least

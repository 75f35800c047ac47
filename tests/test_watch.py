"""The inbox is looked at all the time: what is new is received, strange files start nothing."""

import os
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import PRAATPLAAT

from flows.settings import Town
from flows.steps.watch import SETTLES, watch
from sources.errors import SourceUnavailable, UsageError

Drop = Callable[..., list[Path]]


LOOKS_EVERY = 30.0


class Enough(Exception):
    """Ends a watch that would never end."""


def watched(inbox: Path, looks: dict[int, Callable[[], object]], received: list[set[str]]) -> None:
    """Watch for as many looks as there are, with something done before each; the clock is ours."""
    moment = 1_000.0

    def sleep(seconds: float) -> None:
        nonlocal moment
        moment += seconds
        if moment > 1_000 + len(looks) * LOOKS_EVERY:
            raise Enough
        looks[round((moment - 1_000) / LOOKS_EVERY)]()
        for path in inbox.glob("*/*"):
            if path.stat().st_mtime > 1_000_000:
                os.utime(path, (moment - 1, moment - 1))

    def receive() -> None:
        there = {path.name for path in inbox.glob("*/*")}
        received.append(there)
        for path in inbox.glob("*/goed*"):
            path.unlink()

    with pytest.raises(Enough):
        watch(
            inbox,
            receive,
            nothing,
            every=LOOKS_EVERY,
            clock=lambda: moment,
            sleep=sleep,
            tell=lambda _: None,
        )


def nothing() -> None:
    """Drop nothing."""


def test_a_new_file_is_received_once_it_settled_and_a_strange_one_only_tried_once(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "welzijn"
    folder.mkdir()
    received: list[set[str]] = []

    def drop(name: str) -> Callable[[], object]:
        return partial((folder / name).write_text, name)

    looks = {
        1: drop("goed 1"),
        2: nothing,
        3: drop("rommel"),
        4: nothing,
        5: nothing,
        6: drop("goed 2"),
        7: nothing,
        8: drop(".verborgen"),
        9: nothing,
    }
    watched(tmp_path, looks, received)

    assert received == [{"goed 1"}, {"rommel"}, {"rommel", "goed 2"}]


def test_when_the_store_is_in_use_the_next_look_tries_again(tmp_path: Path) -> None:
    (tmp_path / "welzijn").mkdir()
    file = tmp_path / "welzijn" / "goed"
    file.write_text("")
    tried: list[float] = []
    told: list[str] = []
    moment = file.stat().st_mtime + SETTLES + 1

    def sleep(seconds: float) -> None:
        nonlocal moment
        moment += seconds
        if len(tried) == 3:
            raise Enough

    def receive() -> None:
        tried.append(moment)
        if len(tried) < 3:
            raise UsageError("in gebruik")

    with pytest.raises(Enough):
        watch(
            tmp_path,
            receive,
            nothing,
            every=LOOKS_EVERY,
            clock=lambda: moment,
            sleep=sleep,
            tell=told.append,
        )
    assert len(tried) == 3
    assert told == ["in gebruik"], "told once, not at every look"


def test_at_every_look_what_waits_is_sent_and_the_same_failure_is_told_once(tmp_path: Path) -> None:
    outcomes = ["weg", "weg", "", "weg"]
    told: list[str] = []
    looks = 0

    def send() -> None:
        nonlocal looks
        looks += 1
        if failure := outcomes[looks - 1]:
            raise SourceUnavailable(failure)

    def sleep(seconds: float) -> None:
        assert seconds == LOOKS_EVERY
        if looks == len(outcomes):
            raise Enough

    with pytest.raises(Enough):
        watch(
            tmp_path,
            nothing,
            send,
            every=LOOKS_EVERY,
            clock=time.time,
            sleep=sleep,
            tell=told.append,
        )
    assert told == ["weg", "weg"], "once, and again after it had worked"


@pytest.mark.slow
def test_a_file_that_is_dropped_is_noticed_at_the_next_look_after_it_settled(
    town: Town, drop: Drop, tmp_path: Path
) -> None:
    places = town.settings
    with subprocess.Popen(
        [PRAATPLAAT, "watch", "--every", "1", "--home", places.home],
        env={"PATH": os.environ["PATH"], "PRAATPLAAT_KEY": str(places.key), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            assert any(line.startswith("Kijkt elke") for line in process.stderr)
            (file,) = drop("GM9901_cbs_L12a_2026_v1.csv")
            dropped = time.monotonic()
            assert process.stderr.readline() == "Er ligt iets nieuws in de inbox.\n"
            assert time.monotonic() - dropped < 20
            assert "GOEDGEKEURD" in process.stderr.readline()
            assert not file.exists()
        finally:
            process.kill()

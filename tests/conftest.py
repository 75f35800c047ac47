"""What many tests share: Voorbeeldstad's files, a town with an empty home, the demonstration."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as search
from playwright.sync_api import Browser, sync_playwright
from shown_pages import CHROMIUM, PAGES, Shown, opened
from shown_pages import write as write_pages

from flows.settings import EXAMPLE, ZONE, Settings, Town
from flows.steps import demo
from flows.steps.round import receive_waiting
from sources.example import maker

search.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
search.register_profile("search", parent=search.get_profile("steady"), derandomize=False)
search.load_profile("steady")
"""The same examples at every run, however slow the machine; --hypothesis-profile=search seeks
new ones, as the benchmarks that fuzz do."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in an order in which no process waits for another.

    The first file makes the demonstration; files that need it come after others that take long.
    No process is left alone with such a file at the end.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    needy = {item.path for item in items if "demonstration" in getattr(item, "fixturenames", ())}
    first = min((path for path in needy if path.name == "test_demo.py"), default=None)
    items.sort(key=lambda item: (item.path != first, item.path not in slow, item.path in needy))


PRAATPLAAT = Path(sys.executable).with_name("praatplaat")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code, what it printed, and what it said beside that."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def praatplaat(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Run the command as a person does, with nothing of this person's own settings."""
    nowhere = tmp_path_factory.mktemp("person")
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}

    def run(*arguments: str | Path, **environment: str) -> Ran:
        done = subprocess.run(
            [PRAATPLAAT, *map(str, arguments)],
            env={**kept, "HOME": str(nowhere), **environment},
            cwd=nowhere,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Give a folder by its name that one process makes, and that all of this run only read."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own in one of all
        shared = shared.parent

    def folder_of(name: str, make: Callable[[Path], object]) -> Path:
        folder, ready = shared / name, shared / f"{name}.ready"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                ready.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def made(once: Once) -> Path:
    """The files of Voorbeeldstad: `<quarter>/<partner>/<file>`."""
    return once("made", maker.make)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Voorbeeldstad with an empty home and the demonstration's key."""
    home = tmp_path / "home"
    home.mkdir()
    return town_in(home)


def town_in(home: Path) -> Town:
    """Return Voorbeeldstad with a home; its key lies beside it."""
    places = Settings(agreement=EXAMPLE, home=home, key=home.with_name("sleutel"))
    demo.write_key(places.key)
    return replace(_voorbeeldstad(), settings=places)


@cache
def _voorbeeldstad() -> Town:
    """Open the agreement and its contracts once in a process: they do not change."""
    return Settings(agreement=EXAMPLE, home=EXAMPLE, key=EXAMPLE).open()


@pytest.fixture
def drop(made: Path, town: Town) -> Callable[..., list[Path]]:
    """Put files in the inbox by a part of their name, in their own or another name."""

    def into_inbox(pattern: str, *, name: str = "") -> list[Path]:
        dropped = []
        for path in sorted(made.rglob(pattern)):
            target = town.settings.inbox / path.parent.name / (name or path.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            dropped.append(shutil.copyfile(path, target))
        assert dropped, f"the maker makes no {pattern}"
        return dropped

    return into_inbox


AREAS_CAME = datetime(2026, 8, 1, 9, tzinfo=ZONE)


@pytest.fixture
def areas(once: Once, made: Path, town: Town) -> None:
    """The areas of 2026 were delivered: other deliveries name them."""

    def make(folder: Path) -> None:
        home = folder / "home"
        home.mkdir()
        there = town_in(home)
        for path in made.rglob("GM9901_cbs_L12[abc]_2026_v1.csv"):
            inbox = there.settings.inbox / path.parent.name
            inbox.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, inbox / path.name)
        receive_waiting(there, at=AREAS_CAME, tell=lambda _: None)

    shutil.copytree(once("areas", make) / "home", town.settings.home, dirs_exist_ok=True)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A finished `praatplaat demo`: only to be read; `copy` gives one to change."""

    home: Path
    ran: Ran

    @property
    def town(self) -> Town:
        """The town of its home."""
        return replace(_voorbeeldstad(), settings=demo.settings(self.home))

    def copy(self, folder: Path) -> "Demonstration":
        """Return the same demonstration in another folder."""
        home = folder / self.home.name
        shutil.copytree(self.home, home)
        shutil.copyfile(demo.settings(self.home).key, demo.settings(home).key)
        return Demonstration(home, self.ran)


@pytest.fixture(scope="session")
def demonstration(once: Once, praatplaat: Command) -> Demonstration:
    """`praatplaat demo` on a new home, once for all tests in all processes."""

    def make(folder: Path) -> None:
        ran = praatplaat("demo", "--home", folder / "voorbeeldstad")
        (folder / "ran.json").write_text(json.dumps(asdict(ran)))

    folder = once("demonstration", make)
    return Demonstration(
        folder / "voorbeeldstad", Ran(**json.loads((folder / "ran.json").read_text()))
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--lang=nl-NL"]
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", params=PAGES)
def shown(request: pytest.FixtureRequest, browser: Browser, once: Once) -> Iterator[Shown]:
    """Every kind of page in turn, opened once."""
    with opened(browser, once("pages", write_pages), request.param) as page:
        yield page

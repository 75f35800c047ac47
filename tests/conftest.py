"""What many tests share: Voorbeeldstad's files, a town with an empty home, the demonstration."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.settings import EXAMPLE, Settings, Town
from flows.steps import demo
from sources.example import maker

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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of Voorbeeldstad: `<quarter>/<partner>/<file>`."""
    folder = tmp_path_factory.mktemp("made")
    maker.make(folder)
    return folder


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
    return places.open()


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


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A finished `praatplaat demo`: only to be read; `copy` gives one to change."""

    home: Path
    ran: Ran

    @property
    def town(self) -> Town:
        """The town of its home."""
        return demo.settings(self.home).open()

    def copy(self, folder: Path) -> "Demonstration":
        """Return the same demonstration in another folder."""
        home = folder / self.home.name
        shutil.copytree(self.home, home)
        shutil.copyfile(demo.settings(self.home).key, demo.settings(home).key)
        return Demonstration(home, self.ran)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, praatplaat: Command) -> Demonstration:
    """`praatplaat demo` on a new home, once for all tests."""
    home = tmp_path_factory.mktemp("demo") / "voorbeeldstad"
    return Demonstration(home, praatplaat("demo", "--home", home))

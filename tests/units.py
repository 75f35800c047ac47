"""The services of docs/systemd/, as read from their files."""

import configparser
from collections.abc import Mapping

from documented import DOCS

FOLDER = DOCS / "systemd"
UNITS = sorted(path.stem for path in FOLDER.glob("*.service"))


def unit(name: str) -> configparser.ConfigParser:
    """Return a unit by its name; a key that is said twice is a fault."""
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string((FOLDER / f"{name}.service").read_text(encoding="utf-8"))
    return read


def command_of(name: str) -> str:
    """Return the one command that a service is."""
    return unit(name)["Service"]["ExecStart"]


def environment(name: str, elsewhere: Mapping[str, str]) -> dict[str, str]:
    """Return what an environment file says, with places of a test instead of those of a machine."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for meant, here in elsewhere.items():
        text = text.replace(meant, here)
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}

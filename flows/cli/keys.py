"""`praatplaat key new` and `praatplaat key rotate`."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.telling import show
from flows.settings import Settings
from sources.errors import UsageError

app = typer.Typer(help="De sleutel waarmee ruwe bestanden en pseudoniemen worden gemaakt.")


_Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="BESTAND",
        help="Waar (of PRAATPLAAT_KEY). Zonder: ~/.config/praatplaat/keys.",
    ),
]


@app.command()
def new(out: _Out = None) -> None:
    """Maak een nieuwe sleutel. Bewaar hem buiten de map met gegevens, en een kopie in een kluis."""
    path = _outside_home(Settings.choose(key=out))
    write_key(path, os.urandom)
    show(f"De sleutel staat in {path}. Bewaar een kopie in een kluis: zonder is ruw niet te lezen.")


@app.command()
def rotate(out: _Out = None) -> None:
    """Zet een nieuwe sleutel vooraan. De oude blijft erachter staan en opent wat er al is."""
    path = _outside_home(Settings.choose(key=out))
    name = rotate_key(path, os.urandom)
    show(
        f"Vanaf nu geldt sleutel {name} in {path}. Bewaar een nieuwe kopie in een kluis. "
        "Pseudoniemen van voor en na vandaag passen niet bij elkaar."
    )


def write_key(path: Path, random_bytes: Callable[[int], bytes]) -> None:
    """Write a new key file that only its owner can read.

    Raises:
        UsageError: there is a key already; overwriting it would lose every raw file.
    """
    from sources.keys import RANDOM_BYTES, new_keys

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write(path, new_keys(random_bytes(RANDOM_BYTES)))
    except FileExistsError:
        raise UsageError(
            f"Er is al een sleutel in {path}. Wijs met --out een andere plek aan."
        ) from None


def rotate_key(path: Path, random_bytes: Callable[[int], bytes]) -> str:
    """Put a new key in front of those in a key file, whole or not at all; return its name.

    Raises:
        UsageError: there is no key to rotate, or it is damaged.
    """
    from sources.keys import RANDOM_BYTES, read_keys
    from sources.keys import rotate as rotated

    text = rotated(read_keys(path), random_bytes(RANDOM_BYTES))
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    _write(partial, text)
    partial.replace(path)
    return read_keys(path).id


def _write(path: Path, text: str) -> None:
    """Write a new file for its owner only, and wait until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _outside_home(places: Settings) -> Path:
    """Return where the key is. Raises UsageError where that is among what it protects."""
    if places.key.resolve().is_relative_to(places.home.resolve()):
        raise UsageError(
            f"{places.key} ligt in de map met gegevens. Wijs met --out een andere plek aan."
        )
    return places.key

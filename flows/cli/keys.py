"""`praatplaat key new`."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.telling import show
from flows.settings import Settings
from sources.errors import UsageError

app = typer.Typer(help="De sleutel waarmee ruwe bestanden en pseudoniemen worden gemaakt.")


@app.callback()
def _group() -> None:
    """Keep `new` a command of its own."""


@app.command()
def new(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="BESTAND",
            help="Waar (of PRAATPLAAT_KEY). Zonder: ~/.config/praatplaat/keys.",
        ),
    ] = None,
) -> None:
    """Maak een nieuwe sleutel. Bewaar hem buiten de map met gegevens, en een kopie in een kluis."""
    path = Settings.choose(key=out).key
    write_key(path, os.urandom)
    show(f"De sleutel staat in {path}. Bewaar een kopie in een kluis: zonder is ruw niet te lezen.")


def write_key(path: Path, random_bytes: Callable[[int], bytes]) -> None:
    """Write a new key file that only its owner can read.

    Raises:
        UsageError: there is a key already; overwriting it would lose every raw file.
    """
    from sources.keys import RANDOM_BYTES, new_keys

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(
            f"Er is al een sleutel in {path}. Wijs met --out een andere plek aan."
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(new_keys(random_bytes(RANDOM_BYTES)))

"""`praatplaat demo`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import HomeOption
from flows.cli.telling import show, telling


def demo(
    home: HomeOption = None,
    inhabitants: Annotated[
        int, typer.Option("--inhabitants", min=2_000, help="Hoe groot Voorbeeldstad is.")
    ] = 60_000,
) -> None:
    """Laat alles zien voor Voorbeeldstad: leveringen, fouten, twee edities met praatplaten.

    Zonder --home of PRAATPLAAT_HOME komt alles in ~/.local/share/praatplaat/demo. Nog eens draaien
    op dezelfde plek verandert niets.
    """
    from flows.steps import demo as demonstration

    chosen = home or os.environ.get("PRAATPLAAT_HOME") or "~/.local/share/praatplaat/demo"
    town = demonstration.settings(Path(chosen).expanduser().absolute()).open()
    with telling("Voorbeeldstad wordt gemaakt") as tell:
        made = demonstration.demo(town, inhabitants=inhabitants, tell=tell)
    show("")
    show("Fouten die partners maakten, en wat zij terugkregen:")
    for one in made.faulty:
        show(f"  {one.told()}")
    show("")
    show("Open in een browser:")
    for edition in made.editions:
        show(f"  editie {edition.id}: {edition.index}")
    newest = made.editions[-1].folder / "openbaar"
    for page in sorted(newest.glob("wijk/*/index.html"))[:1]:
        show(f"  een wijk:       {page}")
    for page in sorted(newest.glob("partner/*/index.html"))[:1]:
        show(f"  een partner:    {page}")

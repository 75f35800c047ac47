"""`praatplaat init`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.telling import show


def init(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Waar de overeenkomst komt.")],
    code: Annotated[str, typer.Option("--code", help="De code bij het CBS, zoals GM0518.")],
    name: Annotated[str, typer.Option("--name", help="Hoe de gemeente heet.")],
) -> None:
    """Maak de overeenkomst van uw gemeente, met een eerste set cijfers en doelen.

    Er wordt nooit iets overschreven. In de map staat een README die zegt wat u eerst doet.
    """
    from flows.settings import now
    from flows.steps import init as step

    step.init(folder, code=code, name=name, today=now().date())
    show(f"De overeenkomst van {name} staat in {folder}. Lees eerst {folder / 'README.md'}.")

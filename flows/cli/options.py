"""The options that every command shares."""

from pathlib import Path
from typing import Annotated

import typer

from flows.settings import Settings

AgreementOption = Annotated[
    Path | None,
    typer.Option(
        "--agreement",
        metavar="MAP",
        help="De map met de overeenkomst (of PRAATPLAAT_AGREEMENT). Zonder: Voorbeeldstad.",
    ),
]
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="MAP",
        help="Waar alles wordt bewaard (of PRAATPLAAT_HOME). Zonder: ~/.local/share/praatplaat.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf JSON, voor een programma.")]
QuarterOption = Annotated[
    str, typer.Option("--quarter", metavar="KWARTAAL", help="Het kwartaal, zoals 2026K3.")
]


def settings(agreement: Path | None = None, home: Path | None = None) -> Settings:
    """Return the places, and say in one line when the agreement is that of Voorbeeldstad."""
    from flows.cli.telling import say

    places = Settings.choose(agreement=agreement, home=home)
    if places.example:
        say("Geen overeenkomst aangewezen (--agreement): dit is Voorbeeldstad, een verzonnen stad.")
    return places

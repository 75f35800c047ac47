"""The options that every command shares."""

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from flows.settings import ZONE, Settings, now
from sources.errors import UsageError

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

KnownAtOption = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        formats=["%Y-%m-%d"],
        metavar="DAG",
        help="Met wat er op die dag bekend was.",
    ),
]


def moment(known_at: datetime | None) -> datetime:
    """Return the end of the day that was asked for, or now; UsageError of a day to come."""
    at = now()
    if known_at is None or known_at.date() == at.date():
        return at
    if known_at.date() > at.date():
        raise UsageError(f"{known_at:%Y-%m-%d} is nog niet geweest. Kies een dag die voorbij is.")
    return datetime.combine(known_at, time.max, ZONE)


def settings(agreement: Path | None = None, home: Path | None = None) -> Settings:
    """Return the places, and say in one line when the agreement is that of Voorbeeldstad."""
    from flows.cli.telling import say

    places = Settings.choose(agreement=agreement, home=home)
    if places.example:
        say("Geen overeenkomst aangewezen (--agreement): dit is Voorbeeldstad, een verzonnen stad.")
    return places

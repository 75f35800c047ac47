"""`praatplaat print`: an edition as PDF on A3."""

import os
from typing import Annotated

import typer

from flows.cli.audit import EditionArgument
from flows.cli.options import HomeOption
from flows.cli.telling import show, telling
from flows.settings import Settings

AudienceOption = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="LEZER",
        help="Voor wie: openbaar, gemeente, of de naam van een partner.",
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="BLAD",
        help="Alleen deze bladen: een soort (wijk), of één (wijk/WK990106). Mag vaker.",
    ),
]


def print_(
    edition: EditionArgument,
    audience: AudienceOption = "openbaar",
    only: OnlyOption = None,
    home: HomeOption = None,
) -> None:
    """Maak van een editie PDF's op A3: voorop de plaat, achterop de tabel.

    Elk blad wordt één bestand. Het komt naast de bladzijde te staan, en de naam zegt wat het is:
    2026K3-wijk-WK990106.pdf. Een hulpmiddel kan de PDF voorlezen.

    Hiervoor is Chromium of Chrome nodig. Staat dat op een andere plek? Wijs het dan aan met
    PRAATPLAAT_CHROMIUM.
    """
    from flows.steps.print import print_edition

    places = Settings.choose(home=home)
    with telling(f"Editie {edition} wordt geprint") as tell:
        printed = print_edition(
            places, edition, audience=audience, only=only or (), environment=os.environ, tell=tell
        )
    for one in printed:
        show(str(one.path))

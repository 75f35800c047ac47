"""`praatplaat clean`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.telling import telling
from sources.errors import DeliveryRefused, UsageError


def clean(
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="A,B,C",
            help='De kolomnamen. Een naam met een komma erin: "naam, voluit".',
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="F.csv", help="Het schone bestand. Met --batch: de map ervoor."
        ),
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="[BESTAND]", help="Het bestand dat schoon moet.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="F.json", help="Het verslag. Met --batch: de map ervoor."),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="LIJST",
            help="Veel bestanden: per regel een bestand, en na een tab eventueel waar het heen "
            "moet.",
        ),
    ] = None,
) -> None:
    """Lees een rommelig bestand op zijn kolomnamen en schrijf het schoon weg.

    Alle kolommen zijn verplicht. Het schone bestand is UTF-8, met komma's, en met de namen zoals u
    ze gaf. Een rij die niet zeker te lezen is, blijft weg. Dat en elke verandering staat in het
    verslag.
    """
    from flows.steps import clean as cleaning

    if (file is None) == (batch is None):
        raise UsageError("Noem één bestand, of een lijst met --batch.")
    names = cleaning.columns(columns)
    if batch is not None:
        every = cleaning.jobs(batch, out=out, report=report)
    else:
        assert file is not None
        every = [cleaning.Job(file, out, report)]
    with telling("Bestanden worden schoongemaakt") as tell:
        done = list(cleaning.clean(every, names, tell=tell))
    if refused := [job.file.name for job, one in done if one.refused]:
        raise DeliveryRefused(f"Niet te lezen: {', '.join(refused)}.")

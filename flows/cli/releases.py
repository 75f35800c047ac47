"""`praatplaat respond` and `release`: from a concept to an edition that everybody may read."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.audit import EditionArgument
from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import show, telling
from flows.settings import now
from sources.errors import UsageError


def respond(
    edition: EditionArgument,
    partner: Annotated[str, typer.Option("--partner", help="Wie het zegt.")],
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="CODE", help="Bij welk cijfer, zoals I05.")
    ],
    text: Annotated[str, typer.Option("--text", metavar="WOORDEN", help="Wat erbij komt.")] = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="BESTAND", help="Een tekstbestand met wat erbij komt."),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Neem terug wat er is gezegd, ook uit edities.")
    ] = False,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Zet bij een cijfer in een concept wat de partner erbij zegt.

    De woorden komen op de plaat van de partner als de editie wordt vastgesteld. Namen van mensen
    gaan eruit. Een getal mag niet, en langer dan 400 tekens ook niet.
    """
    from flows.steps import responses
    from sources.store import Store

    if sum(map(bool, (text, file, withdraw))) != 1:
        raise UsageError("Kies een van --text, --file en --withdraw.")
    words = text or (_read(file) if file else "")
    town = settings(agreement, home).open()
    place = {"partner": partner, "indicator": indicator}
    actor = town.settings.actor
    with Store.open(town.settings.store, holder="praatplaat respond", actor=actor) as store:
        if withdraw:
            changed = responses.take_back(town, store, edition, **place, by=actor, at=now())
            show(f"De reactie is teruggenomen. Bestanden aangepast: {len(changed)}.")
        else:
            said = responses.respond(town, store, edition, **place, words=words, at=now())
            show(f"Zo komt het bij {indicator} op de plaat van {partner}:\n{said}")


def release(
    edition: EditionArgument,
    by: Annotated[str, typer.Option("--by", metavar="NAAM", help="Wie de editie vaststelt.")],
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Stel een concept vast: daarna kan iedereen het lezen, en verandert het niet meer."""
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling(f"Editie {edition} wordt vastgesteld") as tell:
        released = rounds.release_edition(town, edition, by=by, at=now(), tell=tell)
    show(str(released.index))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"{file}: dit bestand is er niet. Kijk de naam na.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: dit is geen tekstbestand. Bewaar het als UTF-8.") from None

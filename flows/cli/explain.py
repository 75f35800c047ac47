"""`praatplaat explain`."""

import json
from typing import Annotated

import typer

from flows.cli.options import (
    AgreementOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    moment,
    settings,
)
from flows.cli.telling import show, telling
from flows.settings import now
from sources.errors import UsageError


def explain(  # noqa: PLR0913, PLR0917 - of a command every option is an argument
    indicator: Annotated[str, typer.Argument(metavar="CIJFER", help="Het nummer, zoals I28.")],
    area: Annotated[
        str, typer.Option("--area", metavar="GEBIED", help="Een code, zoals WK990103.")
    ] = "",
    partner: Annotated[str, typer.Option("--partner", help="Van welke partner.")] = "",
    period: Annotated[
        str,
        typer.Option("--period", metavar="PERIODE", help="2026K3, 2025K4/2026K3 of 2026."),
    ] = "",
    breakdown: Annotated[
        str, typer.Option("--breakdown", metavar="ONDERDEEL", help="Een variant of een groep.")
    ] = "",
    edition: Annotated[
        str, typer.Option("--edition", metavar="EDITIE", help="Zoals in deze editie.")
    ] = "",
    known_at: KnownAtOption = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Leg uit hoe een cijfer tot stand kwam: van de leveringen tot teller en noemer.

    Alleen voor binnen de gemeente: de aantallen zijn precies. Zonder keuze het nieuwste cijfer van
    de hele gemeente, zoals in de nieuwste editie.
    """
    from flows.steps import asked
    from flows.steps.explain import explain as explained
    from reports.explained import as_data, as_text
    from sources.store import Store

    if edition and known_at:
        raise UsageError("Kies een editie (--edition) of een dag (--known-at), niet allebei.")
    town = settings(agreement, home).open()
    with (
        telling("De telling wordt overgedaan"),
        Store.open(town.settings.store, holder="praatplaat explain", read_only=True) as store,
    ):
        if edition:
            then = asked.of_edition(store, edition)
        elif known_at:
            then = asked.as_known(moment(known_at))
        else:
            then = asked.latest(store, at=now())
        question = asked.Question(indicator, area, partner, period, breakdown)
        told = explained(town, store, question, then)
    data = as_data(told) if as_json else None
    show(json.dumps(data, ensure_ascii=False, indent=2) if data else as_text(told))

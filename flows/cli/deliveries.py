"""`praatplaat check`, `receive`, `confirm` and `status`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import show, telling
from flows.settings import Settings, now
from sources.errors import DeliveryRefused, UsageError

PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIODE", help="Een kwartaal (2026K3) of een jaar.")
]


def check(
    file: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="Het bestand dat u wilt leveren.")
    ],
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ],
    period: PeriodOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Zeg wat de gemeente van een bestand zou zeggen. Er wordt niets bewaard of verstuurd."""
    from flows.steps import check as checking

    places = settings(agreement, home)
    town = places.open()
    with telling(f"{file.name} wordt nagekeken"):
        verdict = checking.check(town, file, contract=contract, at=now(), period=period)
    show(checking.as_json(verdict) if as_json else checking.as_text(verdict))
    if verdict.outcome == "AFGEKEURD":
        raise DeliveryRefused(
            f"{file.name} zou worden afgekeurd. Verbeter het en kijk het opnieuw na."
        )


def receive(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BESTAND]", help="Een bestand met een eigen naam; anders de inbox."
        ),
    ] = None,
    partner: Annotated[str, typer.Option("--partner", help="Van wie het bestand is.")] = "",
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ] = "",
    period: PeriodOption = "",
    number: Annotated[
        int, typer.Option("--number", min=1, help="De hoeveelste levering van de periode.")
    ] = 1,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Ontvang alles wat in de inbox wacht, of één bestand, en schrijf de partners terug."""
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling("Leveringen worden ontvangen") as tell:
        if file is None:
            received = rounds.receive_waiting(town, at=now(), tell=tell)
        elif partner and contract and period:
            said = {"partner": partner, "contract": contract, "period": period}
            received = [rounds.receive_file(town, file, **said, number=number, at=now())]
            tell(received[0].told())
        else:
            raise UsageError("Zeg bij een bestand ook --partner, --contract en --period.")
    refused = [one for one in received if one.refused]
    if refused:
        raise DeliveryRefused("\n".join(one.told() for one in refused))


def confirm(
    delivery: Annotated[int, typer.Argument(metavar="NUMMER", help="Het nummer van de levering.")],
    wrong: Annotated[bool, typer.Option("--no", help="Nee: de levering klopt niet.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Waarom; dit blijft bewaard.")] = "",
    home: HomeOption = None,
) -> None:
    """Antwoord op een levering die wacht: ja, zij klopt, of (met --no) nee."""
    from sources.store import Store

    places = Settings.choose(home=home)
    with Store.open(places.store, holder="praatplaat confirm") as store:
        answered = store.answer(delivery, correct=not wrong, at=now(), reason=reason)
    show(f"Levering {delivery} ({answered.file_name}) is {answered.state}.")


def status(
    agreement: AgreementOption = None, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Toon de leveringen, hun staat, en wie te laat is."""
    from flows.steps import status as states

    told = states.status(settings(agreement, home).open(), at=now())
    show(json.dumps(told, ensure_ascii=False, indent=2) if as_json else states.as_text(told))

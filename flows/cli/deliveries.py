"""`praatplaat check`, `receive`, `confirm` and `status`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import show, telling
from flows.settings import now
from sources.errors import DeliveryRefused


def check(
    file: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="Het bestand dat u wilt leveren.")
    ],
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ],
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Zeg wat de gemeente van een bestand zou zeggen. Er wordt niets bewaard of verstuurd."""
    from flows.steps import check as checking

    places = settings(agreement, home)
    town = places.open()
    with telling(f"{file.name} wordt nagekeken"):
        verdict = checking.check(town, file, contract=contract, at=now())
    show(checking.as_json(verdict) if as_json else checking.as_text(verdict))
    if verdict.outcome == "AFGEKEURD":
        raise DeliveryRefused(
            f"{file.name} zou worden afgekeurd. Verbeter het en kijk het opnieuw na."
        )


def receive(agreement: AgreementOption = None, home: HomeOption = None) -> None:
    """Ontvang alles wat in de inbox wacht en schrijf de partners terug."""
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling("Leveringen worden ontvangen") as tell:
        received = rounds.receive_waiting(town, at=now(), tell=tell)
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

    places = settings(home=home)
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

"""`praatplaat watch`."""

import os
import time
from collections.abc import Callable
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import say
from flows.settings import Settings, now


def watch(
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="SECONDEN", help="Zo vaak wordt er gekeken.")
    ] = 30,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Kijk steeds in de inbox, ontvang wat erin komt, en verstuur de berichten die wachten.

    Met een Prefect-server (PREFECT_API_URL) is elke ontvangst daar een ronde. Is die server weg,
    dan gaat het ontvangen zonder hem door. Stop met Ctrl-C.
    """
    from flows.post.sending import NO_SERVER
    from flows.steps.watch import watch as keep_watching

    places = settings(agreement, home)
    places.open()  # what is wrong with the agreement is told at once
    if places.mail is None:
        say(NO_SERVER)
    say(f"Kijkt elke {every} seconden in {places.inbox}.")
    answers = _server(places)
    keep_watching(
        places.inbox,
        lambda: _receive(places, answers),
        lambda: _look(places, answers),
        every=every,
        clock=time.time,
        sleep=time.sleep,
        tell=say,
    )


Answers = Callable[[], bool]
"""Says whether Prefect's server answers."""


def _server(places: Settings) -> Answers | None:
    """Return how to ask whether Prefect's server is there; None where none was chosen."""
    if "PREFECT_API_URL" not in os.environ:
        return None
    os.environ["PRAATPLAAT_AGREEMENT"] = str(places.agreement)
    os.environ["PRAATPLAAT_HOME"] = str(places.home)
    from flows.served import answering

    return answering(say)


def _receive(places: Settings, answers: Answers | None) -> None:
    say("Er ligt iets nieuws in de inbox.")
    if answers is None:
        _alone(places)
        return
    from flows.served import receive_here

    receive_here(answers, lambda: _alone(places))


def _alone(places: Settings) -> None:
    from flows.steps.round import receive_waiting
    from flows.steps.watch import SETTLES

    moment = now()
    receive_waiting(places.open(), at=moment, settled_before=moment.timestamp() - SETTLES, tell=say)


def _look(places: Settings, answers: Answers | None) -> None:
    """Send what waits; the agreement is read only when there is something, as it is by then."""
    from flows.post.sending import anything, everybody, send

    if answers:
        answers()
    if places.mail and anything(places.post):
        send(places, everybody(places.open()), at=now(), tell=say)

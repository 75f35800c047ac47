"""`praatplaat watch`."""

import os
import time
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

    Met een Prefect-server (PREFECT_API_URL) is elke ontvangst daar een ronde. Stop met Ctrl-C.
    """
    from flows.post.sending import NO_SERVER
    from flows.steps.watch import watch as keep_watching

    places = settings(agreement, home)
    places.open()  # what is wrong with the agreement is told at once
    if places.mail is None:
        say(NO_SERVER)
    say(f"Kijkt elke {every} seconden in {places.inbox}.")
    keep_watching(
        places.inbox,
        lambda: _receive(places),
        lambda: _send(places),
        every=every,
        clock=time.time,
        sleep=time.sleep,
        tell=say,
    )


def _receive(places: Settings) -> None:
    say("Er ligt iets nieuws in de inbox.")
    if "PREFECT_API_URL" in os.environ:
        os.environ["PRAATPLAAT_AGREEMENT"] = str(places.agreement)
        os.environ["PRAATPLAAT_HOME"] = str(places.home)
        from flows.receive import receive

        receive()
        return
    from flows.steps.round import receive_waiting
    from flows.steps.watch import SETTLES

    moment = now()
    receive_waiting(places.open(), at=moment, settled_before=moment.timestamp() - SETTLES, tell=say)


def _send(places: Settings) -> None:
    """Send what waits; the agreement is read only when there is something, as it is by then."""
    from flows.post.sending import anything, everybody, send

    if places.mail and anything(places.post):
        send(places, everybody(places.open()), at=now(), tell=say)

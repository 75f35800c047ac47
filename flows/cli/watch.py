"""`praatplaat watch`."""

import os
import time

from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import say
from flows.settings import Settings, now


def watch(agreement: AgreementOption = None, home: HomeOption = None) -> None:
    """Kijk steeds in de inbox, en ontvang binnen een halve minuut wat erin komt.

    Met een Prefect-server (PREFECT_API_URL) is elke ontvangst daar een ronde. Stop met Ctrl-C.
    """
    from flows.steps.watch import LOOKS_EVERY
    from flows.steps.watch import watch as keep_watching

    places = settings(agreement, home)
    places.open()  # what is wrong with the agreement is told at once
    say(f"Kijkt elke {LOOKS_EVERY:.0f} seconden in {places.inbox}.")
    keep_watching(
        places.inbox, lambda: _receive(places), clock=time.time, sleep=time.sleep, tell=say
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

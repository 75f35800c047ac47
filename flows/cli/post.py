"""`praatplaat post`."""

from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import show, telling
from flows.settings import now


def post(
    send: Annotated[
        bool, typer.Option("--now", help="Verstuur ze nu, ook wat eerder werd geweigerd.")
    ] = False,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Toon welke berichten wachten of zijn geweigerd, en verstuur ze met --now."""
    from flows.post import outbox, sending

    town = settings(agreement, home).open()
    places = town.settings
    if places.mail is None:
        show(sending.NO_SERVER)
    elif send:
        with telling("De berichten worden verstuurd") as tell:
            sending.send(places, sending.everybody(town), at=now(), tell=tell, again=True)
    lying = [
        f"{path.parent.name}  {path.stem}  {state}"
        for state in (outbox.WAITING, outbox.REFUSED)
        for path in outbox.lying(places.post, state)
    ]
    show("\n".join(lying) or "Er wacht geen bericht.")

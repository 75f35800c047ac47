"""What every flow does when it does not come to its end."""

from dataclasses import replace
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.logging.loggers import flow_run_logger

from flows.post import messages
from flows.post.outbox import TEAM
from flows.post.sending import send
from flows.settings import Settings, now


def tell_the_team(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Write to the data team that a round failed or was broken off; why stands in Prefect alone.

    The agreement may be what is wrong, and with it the addresses of partners: those wait.
    """
    settings = replace(Settings.choose(), actor="Prefect")
    if settings.mail is None:
        return
    moment, team = now(), {TEAM: settings.mail.team}
    messages.failed(settings, flow.name, flow_run.name, state.name or "", at=moment)
    send(settings, team.get, at=moment, tell=flow_run_logger(flow_run, flow).info)

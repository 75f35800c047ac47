"""The flow of the whole round, once a quarter."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import last_ended_quarter, now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def quarterly(quarter: str | None = None) -> str:
    """Receive what waits, work out the figures, and make a concept; returns its id.

    Without a quarter: the last that ended. All of it is as known at the moment of starting. A
    person establishes the concept later (`praatplaat release`).
    """
    moment = now()
    chosen = quarter or last_ended_quarter(moment)
    tasks.receive_waiting(moment)
    tasks.show_deliveries(chosen, moment)
    tasks.observe_quarter(chosen, moment)
    edition = tasks.publish_quarter(chosen, moment)
    tasks.show_progress(now())
    return edition

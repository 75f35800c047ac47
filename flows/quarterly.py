"""The flow of the whole round, once a quarter."""

from prefect import flow

from flows import tasks
from flows.settings import last_ended_quarter, now


@flow
def quarterly(quarter: str | None = None) -> str:
    """Receive what waits, work out the figures, and bring out the edition; returns its id.

    Without a quarter: the last that ended. All of it is as known at the moment of starting.
    """
    moment = now()
    chosen = quarter or last_ended_quarter(moment)
    tasks.receive_waiting(moment)
    tasks.show_deliveries(chosen, moment)
    tasks.observe_quarter(chosen, moment)
    edition = tasks.publish_quarter(chosen, moment)
    tasks.show_progress(now())
    return edition

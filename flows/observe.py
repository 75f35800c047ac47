"""The flow that works out the figures."""

from prefect import flow

from flows import tasks
from flows.settings import last_ended_quarter, now


@flow
def observe(quarter: str | None = None) -> int:
    """Work out the figures of a quarter (without one: the last that ended) with what is known."""
    moment = now()
    return tasks.observe_quarter(quarter or last_ended_quarter(moment), moment)

"""The flow that works out the figures."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import last_ended_quarter, now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def observe(quarter: str | None = None) -> int:
    """Work out the figures of a quarter (without one: the last that ended) with what is known."""
    moment = now()
    return tasks.observe_quarter(quarter or last_ended_quarter(moment), moment)

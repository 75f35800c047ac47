"""The flow that makes a concept of an edition."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import last_ended_quarter, now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def publish(quarter: str | None = None) -> str:
    """Make a concept of a quarter (without one: the last that ended); returns its id."""
    moment = now()
    return tasks.publish_quarter(quarter or last_ended_quarter(moment), moment)

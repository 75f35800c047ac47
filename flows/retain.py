"""The flow that deletes what is past its term."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def retain() -> list[str]:
    """Delete the raw files and texts of which the contract's term is over; returns which."""
    return tasks.delete_past_term(now())

"""The flow that makes a back-up."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def backup() -> str:
    """Make the back-up of today in the folder `PRAATPLAAT_BACKUP`; returns where it is."""
    return tasks.back_up(now())

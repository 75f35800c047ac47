"""The flow that says who has not delivered."""

from prefect import flow

from flows import tasks
from flows.settings import now


@flow
def remind() -> int:
    """List the deliveries that are past due, with whom to ask; returns how many."""
    moment = now()
    tasks.show_progress(moment)
    return tasks.show_reminders(moment)

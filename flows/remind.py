"""The flow that reminds partners of what is due, and says who has not delivered."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def remind() -> int:
    """Remind partners by the agreement's calendar and list what is past due; returns how many."""
    moment = now()
    tasks.show_progress(moment)
    return tasks.remind_partners(moment)

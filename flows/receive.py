"""The flow that scans the inbox."""

from prefect import flow

from flows import tasks
from flows.failed import tell_the_team
from flows.settings import now


@flow(on_failure=[tell_the_team], on_crashed=[tell_the_team])
def receive() -> int:
    """Receive everything that waits in the inbox and answer the partners; returns how many files.

    A file that is refused is an answer, not a failed run: failed means that the program broke.
    """
    return tasks.receive_waiting(now())

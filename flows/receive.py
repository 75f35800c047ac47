"""The flow that scans the inbox."""

from prefect import flow

from flows import tasks
from flows.settings import now


@flow
def receive() -> int:
    """Receive everything that waits in the inbox and answer the partners; returns how many files.

    A file that is refused is an answer, not a failed run: failed means that the program broke.
    """
    return tasks.receive_waiting(now())

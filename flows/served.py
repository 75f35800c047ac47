"""Receiving as a round of Prefect's while its server answers, and without it while that is gone."""

from collections.abc import Callable

from prefect.client.orchestration import get_client

from flows.receive import receive
from flows.settings import Tell
from sources.errors import FactsheetError

GONE = "De server van Prefect antwoordt niet. Leveringen worden zolang zonder Prefect ontvangen."
BACK = "De server van Prefect is er weer."

_PATIENCE = 5.0  # seconds: so long a server that is silent may hold up a look


def answering(tell: Tell) -> Callable[[], bool]:
    """Return a call that says whether Prefect's server answers; tells once that it went or came."""
    there = True

    def answers() -> bool:
        nonlocal there
        before, there = there, _answers()
        if there is not before:
            tell(BACK if there else GONE)
        return there

    return answers


def receive_here(answers: Callable[[], bool], alone: Callable[[], None]) -> None:
    """Receive all that waits as a round of Prefect's; `alone` does it where Prefect cannot.

    What goes wrong with a server half-way has no class of its own. So whatever it was, all is
    received once more without Prefect: what was kept already stays as it is, and a fault of ours
    is raised again.

    Raises:
        FactsheetError: the round itself says what is wrong, such as a store in use.
    """
    if answers():
        try:
            receive()
            return
        except FactsheetError:
            raise
        except Exception:
            answers()
    alone()


def _answers() -> bool:
    with get_client(httpx_settings={"timeout": _PATIENCE}, sync_client=True) as client:
        return client.api_healthcheck() is None

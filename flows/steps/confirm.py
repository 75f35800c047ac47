"""What people say of a delivery afterwards; its partner reads it in the answer, also by mail.

The store changes in one transaction and the answer is written after it. Who was interrupted says
the same again: then only what was left undone is done.
"""

from datetime import datetime

from flows.post.messages import receipt
from flows.settings import Town
from flows.steps.answer import answer
from sources.store import Delivery, Store


def confirm(town: Town, delivery: int, *, correct: bool, reason: str, at: datetime) -> Delivery:
    """Let a delivery that waits count from now on, or refuse it, and answer its partner again.

    Raises:
        UsageError: there is no such delivery, or it does not wait.
    """
    with Store.open(
        town.settings.store, holder="praatplaat confirm", actor=town.settings.actor
    ) as store:
        answered = store.answer(delivery, correct=correct, reason=reason, at=at)
        answer(town, store, answered, again=True)
        receipt(town, store, answered, news=True)
        return answered


def withdraw(town: Town, delivery: int, *, reason: str, at: datetime) -> Delivery:
    """Let a delivery count no longer, and answer its partner again.

    What it replaced counts again. Without anything before it, its period is not delivered.

    Raises:
        UsageError: there is no such delivery, or it was refused.
    """
    with Store.open(
        town.settings.store, holder="praatplaat withdraw", actor=town.settings.actor
    ) as store:
        withdrawn = store.withdraw(delivery, reason=reason, at=at)
        answer(town, store, withdrawn, again=True)
        receipt(town, store, withdrawn, news=True)
        return withdrawn

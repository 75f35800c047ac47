"""The steps as Prefect tasks, coarse: each opens the store itself and leaves an artifact.

Tasks take and give only plain values, so that Prefect has nothing to copy, hash or keep.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import polars as pl
from prefect import get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from flows.post.messages import reminders
from flows.post.sending import NO_SERVER, send_if_possible
from flows.settings import Settings, Town, now
from flows.steps import round as rounds
from flows.steps.backups import of_today
from flows.steps.owed import deliveries
from flows.steps.remind import remind
from flows.steps.retention import retain
from flows.steps.status import write_page
from flows.steps.watch import SETTLES
from sources.store import Store, StoreInUse


def _in_use(_: object, __: object, state: State[Any]) -> bool:
    """Return whether another process had the store: then a task waits and tries again."""
    return isinstance(state.result(raise_on_failure=False), StoreInUse)


_waiting_for_the_store = task(
    cache_policy=NO_CACHE, retries=20, retry_delay_seconds=15, retry_condition_fn=_in_use
)


@_waiting_for_the_store
def receive_waiting(at: datetime) -> int:
    """Receive everything in the inbox; the artifact `received` says what became of each file."""
    town = _town()
    received = rounds.receive_waiting(
        town, at=at, settled_before=at.timestamp() - SETTLES, tell=get_run_logger().info
    )
    send_if_possible(town, at=at, tell=get_run_logger().info)
    lines = [f"- {one.told()}" for one in received] or ["Er wachtte niets."]
    create_markdown_artifact(
        "\n".join(lines), key="received", description="Wat er met elk bestand gebeurde"
    )
    return len(received)


@_waiting_for_the_store
def observe_quarter(quarter: str, known_at: datetime) -> int:
    """Work out the figures of a quarter."""
    town = _town()
    return rounds.observe_quarter(
        town, quarter, known_at=known_at, tell=get_run_logger().info
    ).height


@_waiting_for_the_store
def publish_quarter(quarter: str, known_at: datetime) -> str:
    """Make a concept of the edition; the artifact `edition` leads to it."""
    town = _town()
    published = rounds.publish_quarter(
        town, quarter, known_at=known_at, tell=get_run_logger().info, clock=now
    )
    create_link_artifact(
        link=published.index.as_uri(),
        link_text=f"Editie {published.id}",
        key="edition",
        description=f"De editie {published.id}, zoals bekend op {known_at:%d-%m-%Y}. "
        f"Openbaar na `praatplaat release {published.id} --by NAAM`.",
    )
    return published.id


@_waiting_for_the_store
def show_deliveries(quarter: str, known_at: datetime) -> int:
    """Leave the artifact `deliveries`: what was owed for a quarter and what came of it."""
    town = _town()
    with Store.open(town.settings.store, holder="praatplaat", read_only=True) as store:
        known = deliveries(town, store, quarter, known_at=known_at)
    current = known.filter(pl.col("period") == quarter)
    create_table_artifact(
        _plain(current), key="deliveries", description=f"De leveringen van {quarter}"
    )
    return current.height


@_waiting_for_the_store
def remind_partners(at: datetime) -> int:
    """Write to who is to be reminded; the artifact `reminders` says what is past due, of whom."""
    town = _town()
    if town.settings.mail is None:
        get_run_logger().warning(NO_SERVER)
    with Store.open(town.settings.store, holder="praatplaat remind", read_only=True) as store:
        late = remind(town, store, at=at)
        reminders(town, store, at=at)
    send_if_possible(town, at=at, tell=get_run_logger().info)
    create_table_artifact(_plain(late), key="reminders", description="Wat te laat is, en van wie")
    return late.height


@_waiting_for_the_store
def delete_past_term(at: datetime) -> list[str]:
    """Delete what is past its term; the artifact `retained` says what, and until when it was."""
    told = retain(_town(), delete=True, at=at)
    create_markdown_artifact(
        "\n".join(f"- {line}" for line in told), key="retained", description="Wat er is gewist"
    )
    return told


@_waiting_for_the_store
def back_up(at: datetime) -> str:
    """Make a back-up in a folder named by the day, and let go of the oldest."""
    return str(of_today(_town(), at=at, tell=get_run_logger().info))


@_waiting_for_the_store
def show_progress(at: datetime) -> None:
    """Write the page of how it goes, and leave the same as artifacts.

    `waits-for`, `owed`, `refusals` and `rounds`; `progress` leads to the page.
    """
    town = _town()
    path = town.settings.progress
    going = write_page(town, path, at=at)
    waits = [f"- {one}" for one in going.waits] or ["Er wacht niets."]
    create_markdown_artifact(
        "\n".join(waits), key="waits-for", description="Waar de volgende stap op wacht"
    )
    tables = {
        "owed": (going.deliveries, "Wat elke partner per periode leverde"),
        "refusals": (going.refusals, "Waar bestanden op vastliepen"),
        "rounds": (going.rounds, "Hoe lang rondes duurden"),
    }
    for key, (frame, told) in tables.items():
        create_table_artifact(_plain(frame), key=key, description=told)
    create_link_artifact(link=path.as_uri(), link_text="Hoe het gaat", key="progress")


def _town() -> Town:
    """Return the municipality at work; the log tells that nobody was at the keyboard."""
    return replace(Settings.choose(), actor="Prefect").open()


def _plain(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return rows as an artifact can hold them: dates as text."""
    return [
        {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]

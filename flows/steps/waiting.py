"""What the next step waits for: one sentence per thing that somebody has to do first."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import polars as pl

from flows.post import outbox
from flows.settings import ZONE, Town, last_ended_quarter
from flows.steps import stories
from flows.steps.remind import remind
from reports.words.catalogue import words
from sources.store import State, Store
from transforms import periods

_SAY = words("nl")

NAMED = 92
"""Days past due on which a delivery is still named by itself: about a quarter."""


def waiting(town: Town, store: Store, *, at: datetime) -> tuple[str, ...]:
    """Return what is waited for, in the order in which a round needs it."""
    return tuple(one for look in _LOOKS for one in look(town, store, at))


def files(town: Town) -> list[str]:
    """Return what lies in the inbox, as paths within it."""
    inbox = town.settings.inbox
    return sorted(
        str(path.relative_to(inbox))
        for path in inbox.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def refused_mail(town: Town) -> list[dict[str, Any]]:
    """Return to whom messages were refused: reader, name, messages (count), since (a day)."""
    names = {key: partner.name for key, partner in town.agreement.partners.items()}
    names[outbox.TEAM] = "het datateam"
    return [
        {
            "reader": one.reader,
            "name": names.get(one.reader, one.reader),
            "messages": one.messages,
            "since": one.since.astimezone(ZONE).date().isoformat(),
        }
        for one in outbox.refused(town.settings.post)
    ]


def _files(town: Town, _: Store, __: datetime) -> Iterator[str]:
    if lying := len(files(town)):
        what = "1 bestand" if lying == 1 else f"{lying} bestanden"
        yield f"ontvangen van {what} in de inbox (`praatplaat receive`)"


def _late(town: Town, store: Store, at: datetime) -> Iterator[str]:
    late = remind(town, store, at=at)
    older = late.filter(pl.col("days") > NAMED)["due"].to_list()
    if older:
        what = "1 levering" if len(older) == 1 else f"{len(older)} leveringen"
        yield f"{what} van langer geleden, te laat sinds {_SAY.day(older[0])} of later"
    for row in late.filter(pl.col("days") <= NAMED).iter_rows(named=True):
        what = f"levering {row['title']} van {row['name']} over {_SAY.period(row['period'])}"
        yield f"{what}, te laat sinds {_SAY.day(row['due'])}"


def _answers(_: Town, store: Store, at: datetime) -> Iterator[str]:
    for row in store.deliveries(at).filter(state=State.ON_HOLD.value).iter_rows(named=True):
        what = f"{row['contract']} van {row['partner']} over {_SAY.period(row['period'])}"
        yield f"antwoord over {what} (`praatplaat confirm {row['id']}`)"


def _signatures(town: Town, store: Store, at: datetime) -> Iterator[str]:
    known = stories.stories(town, store, known_at=at)
    unsigned = sum(one.may_be_signed and not one.signed_by for one in known)
    if unsigned:
        what = "1 verhaal" if unsigned == 1 else f"{unsigned} verhalen"
        yield f"ondertekenen van {what} (`praatplaat story list`)"


def _edition(_: Town, store: Store, at: datetime) -> Iterator[str]:
    quarter = last_ended_quarter(at)
    if all(one.quarter != quarter for one in store.editions()):
        yield f"de ronde van {quarter} (`praatplaat run --quarter {quarter}`)"


def _concept(_: Town, store: Store, at: datetime) -> Iterator[str]:
    for one in store.editions()[-1:]:
        if not one.established:
            yield f"vaststellen van editie {one.id} (`praatplaat release {one.id} --by NAAM`)"
            then, now = (_counting(store, one.quarter, moment) for moment in (one.known_at, at))
            if then != now:
                why = f"sinds editie {one.id} tellen andere leveringen mee"
                yield f"een nieuw concept, want {why} (`praatplaat run --quarter {one.quarter}`)"


def _counting(store: Store, quarter: str, moment: datetime) -> set[int]:
    """Return the deliveries over a quarter and before that count at a moment."""
    over = periods.quarter_of_id(pl.col("period")) <= periods.parse(quarter).last
    return set(store.deliveries(moment).filter(pl.col("counts") & over)["id"])


def _mail(town: Town, _: Store, __: datetime) -> Iterator[str]:
    for one in refused_mail(town):
        day, count = _SAY.day(date.fromisoformat(one["since"])), one["messages"]
        oldest = f"{count} berichten geweigerd, het oudste van {day}"
        what = oldest if count > 1 else f"1 bericht geweigerd, van {day}"
        yield f"adres van {one['name']}: {what} (`praatplaat post`)"


_LOOKS: tuple[Callable[[Town, Store, datetime], Iterator[str]], ...] = (
    _files,
    _late,
    _answers,
    _signatures,
    _edition,
    _concept,
    _mail,
)

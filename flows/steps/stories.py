"""Stories: which there are, who signed them, which may be shown, and taking one back everywhere.

A story waits until a named person has read it as it will be shown and signed it. Another text under
the same number is another story: then it waits again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl

from flows.settings import Town, quarter_of
from flows.steps import frames
from flows.steps.erase import out_of_all
from flows.steps.observe import areas
from sources.errors import UsageError
from sources.privacy.stories import kinds
from sources.store import Said, Store, StoryEvent
from transforms import clients, periods
from transforms.stories import newest, widened, with_checksum

STORIES = "verhalen_signalen"

WITHDRAWN, NO_CONSENT, UNREAD = "ingetrokken", "geen toestemming", "niet gelezen door de partner"
WAITS, SIGNED = "wacht op ondertekening", "ondertekend"

_EVER = datetime(9999, 12, 31, tzinfo=UTC)
_LOOK = "Kijk met `praatplaat story list` welke verhalen er zijn."


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it stands; `found` names what was taken out of it, never the words themselves."""

    partner: str
    id: str
    day: date
    area: str
    theme: str
    status: str
    signed_by: str
    found: tuple[str, ...]
    title: str
    text: str
    change: str
    checksum: str

    @property
    def may_be_signed(self) -> bool:
        """Whether its teller and its partner did their part, and a signature is what it needs."""
        return self.status in (WAITS, SIGNED)


def stories(town: Town, store: Store, *, known_at: datetime) -> list[Story]:
    """Return every story as it stands, by who delivered it and its number there."""
    rows = with_checksum(newest(store.accepted(town.contracts[STORIES], known_at=known_at)))
    events = store.stories.events()
    gone = {(one.partner, one.story) for one in events if one.said is Said.WITHDRAWN}
    by = {
        (one.partner, one.story, one.checksum): one.by
        for one in events
        if one.said is Said.SIGNED and one.moment <= known_at
    }
    told = []
    for row in rows.sort("_partner", "verhaal_id").iter_rows(named=True):
        key = (row["_partner"], row["verhaal_id"])
        signed_by = by.get((*key, row["checksum"]), "")
        status = WITHDRAWN if key in gone or not row["tekst"] else _status(row, signed_by)
        told.append(_story(row, status, signed_by))
    return told


def _status(row: dict[str, str], signed_by: str) -> str:
    if row["toestemming"] != "ja":
        return NO_CONSENT
    if not (row["herkenbaar_gecheckt_door"] or "").strip():
        return UNREAD
    return SIGNED if signed_by else WAITS


def _story(row: dict[str, str], status: str, signed_by: str) -> Story:
    texts = [row[name] or "" for name in ("titel", "tekst", "belangrijkste_verandering")]
    return Story(
        partner=row["_partner"],
        id=row["verhaal_id"],
        day=row["datum"],  # type: ignore[arg-type]
        area=row["gebied_code"] or "",
        theme=row["thema"],
        status=status,
        signed_by=signed_by,
        found=tuple(trace[1:-1].removesuffix(" weggehaald") for trace in kinds("\n".join(texts))),
        title=texts[0],
        text=texts[1],
        change=texts[2],
        checksum=row["checksum"],
    )


def find(town: Town, store: Store, story: str, *, partner: str = "") -> Story:
    """Return one story by its number.

    Raises:
        UsageError: there is none, or several partners have one with this number.
    """
    found = [
        one
        for one in stories(town, store, known_at=_EVER)
        if one.id == story and partner in ("", one.partner)
    ]
    if not found:
        raise UsageError(f"Een verhaal {story} bestaat niet. {_LOOK}")
    if len(found) > 1:
        whose = ", ".join(one.partner for one in found)
        raise UsageError(f"Verhaal {story} is er van {whose}. Zeg met --partner welk u bedoelt.")
    return found[0]


def sign(store: Store, told: Iterable[Story], *, by: str, at: datetime) -> int:
    """Record that a person read stories and found them fit to be shown; return how many are new.

    Signed already, with the same text: then nothing is added.

    Raises:
        UsageError: nobody is named, or a story has no consent or was not read by its partner.
    """
    if not by.strip():
        raise UsageError("Zeg met --by wie dit verhaal heeft gelezen.")
    new = [one for one in told if one.status != SIGNED]
    for one in new:
        if not one.may_be_signed:
            raise UsageError(f"Verhaal {one.id} kan niet worden ondertekend: {one.status}.")
    store.stories.say(
        StoryEvent(one.partner, one.id, Said.SIGNED, one.checksum, at, by.strip()) for one in new
    )
    return len(new)


def sign_all(town: Town, store: Store, *, by: str, at: datetime) -> int:
    """Sign every story that waits for nothing else: only for stories that somebody made up."""
    waiting = [one for one in stories(town, store, known_at=_EVER) if one.may_be_signed]
    return sign(store, waiting, by=by, at=at)


def withdraw(
    town: Town, store: Store, story: Story, *, by: str, reason: str, at: datetime
) -> list[str]:
    """Take a story back for good and out of every edition; return the files that changed."""
    if story.status != WITHDRAWN:
        event = StoryEvent(story.partner, story.id, Said.WITHDRAWN, "", at, by.strip(), reason)
        store.stories.say([event])
    return forget(town, store, at=at)


def forget(town: Town, store: Store, *, at: datetime) -> list[str]:
    """Take every text that may no longer stand out of the editions, and then out of the store.

    Those are texts of stories that were taken back, that came without consent or lost it, that are
    not in the last delivery of their period any more, or that were told otherwise since. Killed in
    between, the same again does the rest: the store forgets last. Returns the files that changed.
    """
    contract = town.contracts[STORIES]
    told = store.stories.told(contract)
    if told.is_empty():
        return []
    gone = told.join(_standing(town, store), on=["_delivery", "_row"], how="anti")
    if gone.is_empty():
        return []
    standing = told.join(gone, on=["_delivery", "_row"], how="anti")
    changed = out_of_all(town, store, _texts(gone) - _texts(standing), at=at)
    store.stories.forget(contract, gone, at=at)
    return changed


def _standing(town: Town, store: Store) -> pl.DataFrame:
    """Return the rows (`_delivery`, `_row`) of stories that stand: told last, and with consent."""
    events = store.stories.events()
    gone = {(one.partner, one.story) for one in events if one.said is Said.WITHDRAWN}
    rows = newest(store.accepted(town.contracts[STORIES], known_at=_EVER))
    taken_back = pl.DataFrame(sorted(gone), schema=["_partner", "verhaal_id"], orient="row")
    return (
        rows.filter(pl.col("toestemming") == "ja")
        .join(taken_back.cast(pl.String), on=["_partner", "verhaal_id"], how="anti")
        .select("_delivery", "_row")
    )


def _texts(rows: pl.DataFrame) -> set[str]:
    columns = ("titel", "tekst", "belangrijkste_verandering")
    return {text for name in columns for text in rows[name].drop_nulls() if text.strip()}


def shown(town: Town, store: Store, quarter: str, *, known_at: datetime) -> pl.DataFrame:
    """Return the stories that the edition of a quarter may show; columns `frames.STORIES`.

    Signed, with consent, and with so much said of area, goal and partner as fits at least
    `transforms.stories.LEAST` clients in the quarter in which the story was told.
    """
    signed = {
        (one.partner, one.id)
        for one in stories(town, store, known_at=known_at)
        if one.status == SIGNED
    }
    rows = newest(store.accepted(town.contracts[STORIES], known_at=known_at))
    keys = zip(rows["_partner"], rows["verhaal_id"], strict=True)
    rows = rows.filter(pl.Series([key in signed for key in keys], dtype=pl.Boolean))
    told = frames.stories(rows, until=str(periods.parse(quarter).end))
    return placed(town, store, told, known_at=known_at).select(list(frames.STORIES))


def placed(town: Town, store: Store, told: pl.DataFrame, *, known_at: datetime) -> pl.DataFrame:
    """Widen what is told of stories until enough clients fit; adds `persons` and `widened`."""
    hierarchy = areas(town, store, known_at=known_at)
    asked = told.with_columns(
        pl.col("area").replace("", hierarchy.municipality),
        pl.col("date").map_elements(quarter_of, return_dtype=pl.String).alias("quarter"),
    )
    rows = {
        name: store.accepted(town.contracts[name], known_at=known_at, columns=columns)
        for name, columns in clients.needed().items()
        if name in town.contracts and _has(town, name, columns)
    }
    quarters = asked["quarter"].unique().sort().to_list()
    parents = dict(hierarchy.names.select("code", "parent").iter_rows())
    return widened(
        asked,
        clients.persons(rows, town.agreement, hierarchy, quarters=quarters),
        areas={area: hierarchy.municipality for area in asked["area"]} | parents,
        goals={goal: clients.above(town.agreement, goal) for goal in town.agreement.goals},
    )


def _has(town: Town, contract: str, columns: list[str]) -> bool:
    """Return whether a delivery has the columns: the agreement's own may be another one."""
    own = {column.name for column in town.contracts[contract].columns}
    return set(columns) <= own | {"_partner"}

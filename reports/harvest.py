"""What was said and agreed over earlier sheets: from the harvest and from the agreement's talks.

Side by side, because for who sits at the table it is one thing: what did we agree, and what came of
it? What is told in the harvest has a number, by which the next harvest tells how it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from reports.edition import Edition

STRENGTH, IMPROVEMENT, APPOINTMENT = "sterk_punt", "verbeterpunt", "afspraak"
OPEN = ("nog niet", "loopt")


@dataclass(frozen=True, slots=True)
class Heard:
    """One point or afspraak of one talk; `id` is its number in the harvest, '' elsewhere.

    `goals` are those that the talk was about. `status`, `done`, `who`, `by` and `late` (than
    agreed) are of an afspraak.
    """

    kind: str
    text: str
    day: date
    area: str
    partner: str
    goals: tuple[str, ...]
    who: str = ""
    by: date | None = None
    status: str = ""
    done: str = ""
    id: str = ""
    late: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to say what came of it."""
        return self.status in OPEN


def overdue(status: str, by: date | None, day: date) -> bool:
    """Whether on `day` something should have been done, and is not."""
    return status in OPEN and by is not None and by < day


def heard(edition: Edition) -> list[Heard]:
    """Return what was heard in talks held before the edition was known, the newest talk first."""
    day = edition.known_at
    known = [one for one in (*_harvested(edition), *_written(edition)) if one.day <= day]
    told = [replace(one, late=overdue(one.status, one.by, day)) for one in known]
    return sorted(told, key=lambda one: one.day, reverse=True)


def _harvested(edition: Edition) -> Iterator[Heard]:
    for row in edition.harvest.iter_rows(named=True):
        told = {name: row[name] for name in Heard.__dataclass_fields__ if name in row}
        yield Heard(**told, goals=(row["goal"],), id=row["harvest_id"])


def _written(edition: Edition) -> Iterator[Heard]:
    """Yield what stands in the agreement's `conversations/`."""
    whole = edition.agreement.general.municipality.code
    for talk in edition.agreement.conversations.values():
        place = (talk.date, talk.area or whole, talk.partner or "", talk.goals)
        for kind, texts in ((STRENGTH, talk.strengths), (IMPROVEMENT, talk.improvements)):
            for text in texts:
                yield Heard(kind, text, *place)
        for one in talk.appointments:
            stands = (one.who, one.by, one.status, one.done)
            yield Heard(APPOINTMENT, one.agreed, *place, *stands)

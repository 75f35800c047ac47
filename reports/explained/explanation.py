"""All that is told of one figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.figures import Figure
from sources.agreement.model import Agreement, Indicator
from transforms.explain import Made, Trail
from transforms.readings import Reading


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of which rows could count; without `received_on` it did not come."""

    contract: str
    partner: str
    period: str
    number: int | None
    received_on: date | None
    outcome: str
    counts: bool
    late: bool
    accepted_rows: int
    refused_rows: int


@dataclass(frozen=True, slots=True)
class Looked:
    """Of one contract: the rows that were accepted, and those of them that were looked at.

    Of a contract that tells the state of things a later delivery of the same thing goes before an
    earlier one.
    """

    contract: str
    accepted: int
    rows: int


@dataclass(frozen=True, slots=True)
class First:
    """The first established edition that told a figure: its id, day, and the figure of then.

    `late` is how many of the rows that count now came after it; null where rows do not say.
    """

    edition: str
    day: date
    numerator: float | None
    denominator: float | None
    value: float | None
    late: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """The figure of a baseline's period, as an edition published it: what can be frozen.

    Only what is published and final may be: an exact number would stand beside rounded ones, and
    a `concept` may never come out.
    """

    edition: str
    period_status: str
    status: str
    value: float | None
    denominator: float | None
    concept: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one figure came about.

    `edition` is '' where no edition was asked for. `reading` is how it is counted; null where it is
    not. `figure` is as observed, so exact; null where the indicator has none. `beside` are its
    figures of another breakdown that belong to it (a wait's p90). `way` is null where there was
    nothing to count, and `agrees` says that it ends in the figure. `compared` holds of each of
    `transforms.standing.AGAINST` the value and the word. `was` is what was observed in the edition,
    where it is another number by now. `start` is what a baseline that is only a period can be
    frozen as; null where it was, or where the edition does not tell that period. `titles` are those
    of the contracts, by their names.
    """

    name: str
    indicator: Indicator
    agreement: Agreement
    known_at: date
    edition: str
    titles: Mapping[str, str]
    reading: Reading | None = None
    figure: Figure | None = None
    area: str = ""
    partner: str = ""
    beside: Mapping[str, Figure] = field(default_factory=dict)
    deliveries: Sequence[Delivery] = ()
    looked: Sequence[Looked] = ()
    made: Sequence[Made] = ()
    way: Trail | None = None
    agrees: bool = False
    compared: Mapping[str, tuple[float, str | None]] = field(default_factory=dict)
    first: First | None = None
    was: float | None = None
    start: Start | None = None

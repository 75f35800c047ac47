"""`efforts.yaml`: which inspanningen of whom serve which goals (Doelen-Inspanningen-Netwerk)."""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import Day, Identifier, Part


class Contribution(Part):
    """How an effort works on a goal, as people see it: `-` against it, `+` for it, `++` strongly.

    An order and no amount: percentages would be false certainty. Never computed from figures.
    """

    strength: Literal["-", "+", "++"]
    reason: str


class Effort(Part):
    """An inspanning: what partners do together, and the goals that it is meant for.

    `activities` are the numbers (`activiteit_id`) by which partners deliver it.
    """

    name: str
    partners: tuple[Identifier, ...] = Field(min_length=1)
    activities: tuple[str, ...] = ()
    goals: dict[Identifier, Contribution] = Field(default_factory=dict)
    judged_by: str
    date: Day


class Efforts(Part):
    """`efforts.yaml`: every effort by its id."""

    efforts: dict[Identifier, Effort] = Field(default_factory=dict)

"""`goals/` and `rainbow.yaml`: where the municipality wants to go, and from light help to heavy."""

from enum import StrEnum
from typing import Literal

from sources.agreement.model.words import Day, Identifier, Part


class GoalLevel(StrEnum):
    """The levels of the doelenboom that are goals; indicators and sources hang below them."""

    MAIN = "main"  # hoofddoel
    GOAL = "goal"  # doel / doelstelling
    RESULT = "result"  # maatschappelijk resultaat


class EvidenceLevel(Part):
    """Weten we genoeg? How much is known of a goal, as people say it; never computed."""

    level: Literal["none", "thin", "solid"]
    reason: str
    judged_by: str
    date: Day


class Goal(Part):
    """`goals/<id>.yaml`: one node of the doelenboom.

    `statement` is the doelstelling or the maatschappelijk resultaat in its fixed opening;
    `picture` the beoogde nieuwe werkelijkheid; `horizon` the year of the promise. `motivation` says
    why more hangs under it than its budget (`budgets.branches`). `unmeasured` is what matters for
    it and what nobody measures.
    """

    level: GoalLevel
    parent: Identifier | None = None
    name: str
    statement: str
    picture: str = ""
    horizon: int | None = None
    order: int = 0
    icon: str = ""
    motivation: str = ""
    knowledge: EvidenceLevel | None = None
    unmeasured: tuple[str, ...] = ()


class Arc(Part):
    """One arc of the regenboog, from the household (0) outward to the heaviest help."""

    id: int
    name: str
    description: str
    examples: str = ""


class ArcMapping(Part):
    """From when an activity, channel or product counts as help in an arc."""

    contract: Identifier
    column: str
    value: str
    arc: int
    since: Day


class Rainbow(Part):
    """`rainbow.yaml`: the arcs and the dated mapping of what people get to an arc."""

    arcs: tuple[Arc, ...]
    mapping: tuple[ArcMapping, ...] = ()
    note: str = ""

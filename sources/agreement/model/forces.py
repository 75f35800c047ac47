"""`krachtenveld.yaml`: who matters for a goal, how near they stand, and what they think of it.

For the municipality only: it is in no edition, and in no partner's package.
"""

from typing import Literal

from pydantic import Field

from sources.agreement.model.partners import Judgement
from sources.agreement.model.words import Identifier, Part


class Actor(Part):
    """An organisation or group, never a person by name; `partner` where it is one of the partners.

    `attitude` runs from 1 (against) to 5 (in front), as people see it on a day.
    """

    name: str
    role: Literal["beslisser", "leverancier", "uitvoerder", "gebruiker"]
    ring: Literal["meebeslissen", "meedoen", "meedenken", "meeweten"]
    attitude: Judgement
    goals: tuple[Identifier, ...] = Field(min_length=1)
    partner: Identifier | None = None


class ForceField(Part):
    """`krachtenveld.yaml`: the actors by their id."""

    actors: dict[Identifier, Actor] = Field(default_factory=dict)

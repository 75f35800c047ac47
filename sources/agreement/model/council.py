"""`council.yaml`: the frames that the council set, what it asks, and what is still worked out.

Source: the council table *van productdenken naar resultaten*: the council makes democratic choices
and sets frames; it asks "worden mensen snel geholpen?" and "doen we geen dingen dubbel?".
"""

from pydantic import Field

from sources.agreement.model.agreements import DevelopmentPoint
from sources.agreement.model.words import Day, Identifier, Part


class Frame(Part):
    """A kader: what the council decided, on which day, and the goals that fall under it."""

    name: str
    decided_on: Day
    text: str
    goals: tuple[Identifier, ...] = Field(min_length=1)


class CouncilQuestion(Part):
    """A vraag van de raad, as the council put it, and the indicators that answer it."""

    question: str
    indicators: tuple[Identifier, ...] = ()


class Council(Part):
    """`council.yaml`: kaders, vragen van de raad, and the ontwikkelagenda of the municipality.

    `principles` are the uitgangspunten formulated at the table, `talks` the questions to talk over
    on the council's sheet; of both at most three.
    """

    frames: dict[Identifier, Frame] = Field(default_factory=dict)
    questions: tuple[CouncilQuestion, ...] = ()
    principles: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    development: tuple[DevelopmentPoint, ...] = ()

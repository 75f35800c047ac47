"""`risks.yaml`: what is accepted knowingly, why, and what to watch.

Source: *risicogestuurd werken* against the risicoregelreflex. So a risk has a signal and a day on
which it is looked at again, and no measure: a signal asks for a gesprek, never for a rule.
"""

from pydantic import Field

from sources.agreement.model.words import Day, Identifier, Part


class Sighting(Part):
    """A day on which people saw the signal, and the conversation that it led to, once there is."""

    date: Day
    seen: str
    conversation: Identifier | None = None


class Risk(Part):
    """A risk that is taken on purpose: what is accepted, why, and by whom that was decided.

    `indicator` is the figure in which the signal can be seen, where there is one. Of all risks at
    most three are `in_view` at a time.
    """

    accepted: str
    why: str
    decided_by: str
    decided_on: Day
    goal: Identifier | None = None
    signal: str
    indicator: Identifier | None = None
    review_by: Day
    in_view: bool = True
    sightings: tuple[Sighting, ...] = ()


class Risks(Part):
    """`risks.yaml`: the risks by their id."""

    risks: dict[Identifier, Risk] = Field(default_factory=dict)

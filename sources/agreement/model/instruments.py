"""`instruments.yaml`: by what a municipality is informed, by what it steers, and how it works.

Source: *Maatwerk in regie*: input instruments and steering instruments ("niet uitputtend", so both
lists are open), five werkwijzen, and a form of regie that is made to measure per partner.
"""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import Day, Identifier, Part, WorkingWay


class InputInstrument(Part):
    """By what people learn how things are; monitoring is only one of many.

    `deliveries` are the contracts whose figures and stories come by it; `fills` the file of the
    agreement that it fills. What is heard in a gesprek names its instrument itself.
    """

    name: str
    deliveries: tuple[Identifier, ...] = ()
    fills: Literal["krachtenveld", "campaigns"] | None = None


class SteeringInstrument(Part):
    """An instrument that the municipality steers with, and the indicators that tell of its working.

    `state`: in use, or still to develop. One without indicators is told of by what is agreed.
    """

    name: str
    state: Literal["in_use", "to_develop"]
    indicators: tuple[Identifier, ...] = ()


class RegieForm(Part):
    """A regievorm, and the most that it asks of a partner: deliveries, how often, and figures.

    `every` is how often a delivery may be asked at most; `most_figures` how many indicators the
    resultaatbladen may hold together (the depth of the sheet; 0 is a story only).
    """

    name: str
    meaning: str
    deliveries: tuple[Identifier, ...] = ()
    every: Literal["never", "year", "quarter"]
    most_figures: int = Field(ge=0)


class SelfCheck(Part):
    """A yearly look at the five werkwijzen: when, by whom, and what was seen."""

    date: Day
    judged_by: str
    seen: str


class Instruments(Part):
    """`instruments.yaml`: registries by id, the werkwijze of each block, and the yearly look.

    `scope` says what regie is about here, and what is left to others. `forms` are the regievormen,
    `criteria` those of inkoop op visie, which an agreement turns into procesbladen.
    """

    scope: str = ""
    input: dict[Identifier, InputInstrument] = Field(default_factory=dict)
    steering: dict[Identifier, SteeringInstrument] = Field(default_factory=dict)
    forms: dict[Identifier, RegieForm] = Field(default_factory=dict)
    criteria: dict[Identifier, str] = Field(default_factory=dict)
    blocks: dict[Identifier, WorkingWay] = Field(default_factory=dict)
    self_checks: tuple[SelfCheck, ...] = ()

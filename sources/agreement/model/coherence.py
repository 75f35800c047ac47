"""`coherence.yaml`: whether what steers hangs together.

Source: BMC, *Stuur op samenhang*: not only the draaglast of people but their draagkracht, and a
good toegang with a plan, an arrangement that carries it out, and money that fits its goals.
"""

from pydantic import Field

from sources.agreement.model.words import Identifier, Part


class Signal(Part):
    """What is known of one link: an indicator, the newest story on a goal, or a text; one of these.

    A story is named by the goal that it is about, so that one that is withdrawn is gone here too.
    """

    indicator: Identifier | None = None
    story: Identifier | None = None
    text: str = ""


class Chain(Part):
    """The five links of a doel, each with one signal; what is left out is "niets bekend".

    Toegang, plan, arrangement, inzet van de aanbieder, and bekostiging with verantwoording.
    """

    access: Signal | None = None
    plan: Signal | None = None
    arrangement: Signal | None = None
    help: Signal | None = None
    funding: Signal | None = None


class Coherence(Part):
    """`coherence.yaml`: draagkracht beside draaglast, and the chain of each doel.

    `strength` and `load` are the indicators on either side: shown side by side, never netted.
    """

    strength: tuple[Identifier, ...] = ()
    load: tuple[Identifier, ...] = ()
    chains: dict[Identifier, Chain] = Field(default_factory=dict)

"""The municipality's agreement as closed, frozen types: one type per file of the agreement folder.

Keys are English, every text that people read is Dutch. The file name is the id of what it holds.
The types say what a file may hold; `sources.agreement.sense` says what must hold between them.
"""

from pydantic import Field

from sources.agreement.model.general import (
    AreaGrouping,
    Budgets,
    Conversation,
    Edition,
    General,
    Internal,
    Municipality,
    OwnAreas,
    Questions,
)
from sources.agreement.model.goals import Arc, ArcMapping, Goal, GoalLevel, Rainbow
from sources.agreement.model.indicators import (
    Baseline,
    Indicator,
    Quantity,
    SeriesBreak,
    Target,
    Term,
    Variant,
)
from sources.agreement.model.partners import (
    DevelopmentPoint,
    Finance,
    Governance,
    Judgement,
    OwedDelivery,
    Partner,
    PartnerAgreement,
    PartnerStrategy,
    ProcessSheet,
    ResultSheet,
)
from sources.agreement.model.words import (
    AREA_CODE,
    IDENTIFIER,
    PERIOD_ID,
    AreaCode,
    Areas,
    Counts,
    Day,
    Dimension,
    Direction,
    Grain,
    Identifier,
    Kind,
    Part,
    PeriodId,
    Way,
)

__all__ = [
    "AREA_CODE",
    "IDENTIFIER",
    "PERIOD_ID",
    "Agreement",
    "Arc",
    "ArcMapping",
    "AreaCode",
    "AreaGrouping",
    "Areas",
    "Baseline",
    "Budgets",
    "Conversation",
    "Counts",
    "Day",
    "DevelopmentPoint",
    "Dimension",
    "Direction",
    "Edition",
    "Finance",
    "General",
    "Goal",
    "GoalLevel",
    "Governance",
    "Grain",
    "Identifier",
    "Indicator",
    "Internal",
    "Judgement",
    "Kind",
    "Municipality",
    "OwedDelivery",
    "OwnAreas",
    "Part",
    "Partner",
    "PartnerAgreement",
    "PartnerStrategy",
    "PeriodId",
    "ProcessSheet",
    "Quantity",
    "Questions",
    "Rainbow",
    "ResultSheet",
    "SeriesBreak",
    "Target",
    "Term",
    "Variant",
    "Way",
]


class Agreement(Part):
    """A municipality's whole agreement, as loaded; mappings are keyed by file name."""

    general: General
    goals: dict[str, Goal]
    indicators: dict[str, Indicator]
    partners: dict[str, Partner]
    agreements: dict[str, PartnerAgreement] = Field(default_factory=dict)
    rainbow: Rainbow
    areas: OwnAreas = OwnAreas()
    conversations: dict[str, Conversation] = Field(default_factory=dict)
    questions: Questions = Questions()

    def main_goal(self) -> tuple[str, Goal]:
        """Return the id and the hoofddoel; the agreement has exactly one."""
        return next((i, g) for i, g in self.goals.items() if g.level is GoalLevel.MAIN)

    def goals_in_order(self) -> list[tuple[str, Goal]]:
        """Return the doelen (not hoofddoel or results), in their order on a sheet."""
        goals = [(i, g) for i, g in self.goals.items() if g.level is GoalLevel.GOAL]
        return sorted(goals, key=lambda pair: (pair[1].order, pair[0]))

    def goal_of(self, indicator: str) -> str:
        """Return the id of the doel above an indicator, through its maatschappelijk resultaat."""
        node = self.indicators[indicator].goal
        while self.goals[node].level is GoalLevel.RESULT:
            parent = self.goals[node].parent
            if parent is None:
                break
            node = parent
        return node

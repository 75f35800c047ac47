"""The agreement as a whole, and what follows from its parts together."""

from datetime import date

from pydantic import Field

from sources.agreement.model.agreements import PartnerAgreement, Promise
from sources.agreement.model.calendar import Calendar
from sources.agreement.model.coherence import Coherence
from sources.agreement.model.conversations import Conversation
from sources.agreement.model.council import Council
from sources.agreement.model.efforts import Efforts
from sources.agreement.model.forces import ForceField
from sources.agreement.model.general import General, OwnAreas, Questions
from sources.agreement.model.goals import Goal, GoalLevel, Rainbow
from sources.agreement.model.indicators import Baseline, Indicator, Target
from sources.agreement.model.instruments import Instruments
from sources.agreement.model.partners import Partner
from sources.agreement.model.risks import Risks
from sources.agreement.model.theme import Theme
from sources.agreement.model.words import Part


class Agreement(Part):
    """A municipality's whole agreement, as loaded; mappings are keyed by file name."""

    general: General
    goals: dict[str, Goal]
    indicators: dict[str, Indicator]
    partners: dict[str, Partner]
    agreements: dict[str, PartnerAgreement] = Field(default_factory=dict)
    rainbow: Rainbow
    areas: OwnAreas = OwnAreas()
    efforts: Efforts = Efforts()
    instruments: Instruments = Instruments()
    coherence: Coherence = Coherence()
    risks: Risks = Risks()
    calendar: Calendar = Calendar()
    forces: ForceField = ForceField()
    council: Council = Council()
    conversations: dict[str, Conversation] = Field(default_factory=dict)
    questions: Questions = Questions()
    theme: Theme = Theme()

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

    def agreed_with(self, partner: str, day: date) -> PartnerAgreement | None:
        """Return the agreement in force with a partner on a day; there is never more than one."""
        mine = (one for one in self.agreements.values() if one.partner == partner)
        return next((one for one in mine if one.holds_on(day)), None)

    def targets_of(
        self, indicator: str, *, area: str, partner: str, day: date
    ) -> tuple[Target, ...]:
        """Return the targets that a figure may be held against.

        A partner answers for what its own agreement names, and for nothing that all reach together.
        An area has its own, and of a share, a rate or a mean those of the municipality. None where
        the partner's agreement, or the area, puts a question in their place.
        """
        if partner:
            own = self.promised(indicator, partner, day)
            return own.targets if own else ()
        known = self.indicators[indicator]
        if area in known.questions:
            return ()
        whole = area == self.general.municipality.code or known.comparable
        return tuple(t for t in known.targets if t.area == area or (whole and t.area is None))

    def target_of(self, indicator: str, *, area: str, partner: str, day: date) -> Target | None:
        """Return the target that a figure of a day is held against: the next, else the last."""
        fitting = self.targets_of(indicator, area=area, partner=partner, day=day)

        def nearest(one: Target) -> tuple[bool, int, bool]:
            return one.year < day.year, abs(one.year - day.year), one.area is None

        return min(fitting, key=nearest, default=None)

    def baseline_of(self, indicator: str, *, partner: str, day: date) -> Baseline | None:
        """Return the nulmeting that holds for a figure: the partner's own, else the indicator's.

        That of the indicator tells a partner in which period to look for its own figure.
        """
        own = self.promised(indicator, partner, day)
        return (own and own.baseline) or self.indicators[indicator].baseline

    def asked_instead(self, indicator: str, *, area: str, partner: str, day: date) -> str:
        """Return the gespreksvraag in the place of targets; empty where there is none."""
        if partner:
            own = self.promised(indicator, partner, day)
            return own.question if own else ""
        return self.indicators[indicator].questions.get(area, "")

    def promised(self, indicator: str, partner: str, day: date) -> Promise | None:
        """Return what a partner's agreement says of an indicator on a day, if it says anything."""
        agreed = self.agreed_with(partner, day)
        sheets = agreed.result_sheets if agreed else ()
        return next((s.promises[indicator] for s in sheets if indicator in s.promises), None)

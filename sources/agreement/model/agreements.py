"""`agreements/`: what was agreed with one partner, in three parts, with an agenda and a history."""

from datetime import date
from typing import Literal

from pydantic import Field

from sources.agreement.model.indicators import Baseline, Target
from sources.agreement.model.words import AreaCode, Day, Identifier, Part, Progress


class Promise(Part):
    """What a resultaatblad says of one indicator: where the partner began, and where it will be.

    A target of the municipality holds for no partner: without `targets` nobody judges its figure.
    Without `baseline` it is compared with its own figure of then. `question` (gespreksvraag) stands
    in the place of targets: what is good is then found by talking.
    """

    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    question: str = ""


class ResultSheet(Part):
    """A resultaatblad: doelstelling, maatschappelijk resultaat, and at most a few indicators.

    `id` tells two sheets with the same goal apart; deliveries name a sheet by it. `areas`: where it
    is about, everywhere if empty. `motivation` says why the sheet has more figures than its budget,
    or only output.
    """

    id: Identifier | None = None
    goal: Identifier
    aim: str
    result: str
    horizon: int
    indicators: tuple[Identifier, ...]
    promises: dict[Identifier, Promise] = Field(default_factory=dict)
    target_group: str
    areas: tuple[AreaCode, ...] = ()
    evidence: tuple[Literal["tellen", "beleving", "verhaal"], ...]
    explanation: str = ""
    motivation: str = ""

    @property
    def key(self) -> str:
        """The name of the sheet within its agreement: its own id, else its goal."""
        return self.id or self.goal


class ProcessSheet(Part):
    """A procesblad: one agreement on how parties work together, and where it stands.

    `when` tells it in words; `by` is the day on which it should be done, where one was agreed.
    `criteria` are those of inkoop op visie (`instruments.yaml`) that became this agreement; what is
    seen of them is its `status` and `note`.
    """

    agreement: str
    who: str
    when: str
    by: Day | None = None
    status: Progress
    note: str = ""
    criteria: tuple[Identifier, ...] = ()


class Finance(Part):
    """A line of the financieel deel: toegekend, bevoorschot, besteed, prognose; euros of one year.

    `result_sheet` is the key of the resultaatblad that it pays for; empty is the whole agreement.
    `note` says why more was advanced or spent than was granted.
    """

    year: int
    granted: int = Field(ge=0)
    advanced: int | None = Field(default=None, ge=0)
    spent: int | None = Field(default=None, ge=0)
    forecast: int | None = Field(default=None, ge=0)
    purpose: str
    result_sheet: Identifier | None = None
    note: str = ""


class DevelopmentPoint(Part):
    """An ontwikkelpunt: what is not yet measurable, who works on it, by when.

    `result_sheet` is the key of the resultaatblad that it is about. `indicator` is the indicator in
    development that will answer it, once there is one.
    """

    question: str
    who: str
    by: Day
    result_sheet: Identifier | None = None
    indicator: Identifier | None = None


class Session(Part):
    """A line of the changelog: when, in which session and with whom a version was agreed."""

    version: int = Field(ge=1)
    date: Day
    session: str
    parties: tuple[str, ...] = Field(min_length=1)
    change: str


class Answer(Part):
    """What was said in answer to a question at an evaluation, on a day and by whom."""

    date: Day
    who: str
    answer: str


class AgreedQuestion(Part):
    """A question agreed beforehand; an evaluation answers this one, and no other."""

    question: str
    answers: tuple[Answer, ...] = ()


class Trust(Part):
    """Vertrouwen en controle in balans: how close the municipality looks, and why so.

    `questions` are agreed beforehand (vooraf afgesproken) and answered together afterwards.
    """

    level: Literal["vertrouwen", "gesprek", "verslag", "controle"]
    reason: str
    agreed_on: Day
    questions: tuple[AgreedQuestion, ...] = Field(min_length=1)


class PartnerAgreement(Part):
    """`agreements/<id>.yaml`: what was agreed with one partner, in three parts and an agenda.

    `history` is the changelog, oldest first; its last session made the present `version`.
    `motivation` says why its sheets together hold more figures than the budget, or why one of the
    three parts is missing. `trust` holds the controleniveau. On `criteria` of inkoop op visie the
    work was awarded.
    """

    partner: Identifier
    kind: Literal["budgetovereenkomst", "resultaatovereenkomst", "subsidie", "inkoop", "geen"]
    version: int = Field(default=1, ge=1)
    begin: Day
    end: Day | None = None
    general: str
    history: tuple[Session, ...] = ()
    result_sheets: tuple[ResultSheet, ...] = ()
    process_sheets: tuple[ProcessSheet, ...] = ()
    finance: tuple[Finance, ...] = ()
    development: tuple[DevelopmentPoint, ...] = ()
    trust: Trust | None = None
    criteria: tuple[Identifier, ...] = ()
    motivation: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this agreement is in force on a day."""
        return self.begin <= day and (self.end is None or day <= self.end)

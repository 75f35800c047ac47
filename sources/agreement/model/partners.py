"""`partners/` and `agreements/`: who takes part, and what was agreed with them."""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import AreaCode, Day, Identifier, Part, PeriodId


class Judgement(Part):
    """A human estimate with its date and its judge; never computed from figures."""

    value: int = Field(ge=1, le=5)
    reason: str
    judged_by: str
    date: Day


class PartnerStrategy(Part):
    """The partnerstrategie matrix: influence on goals against dependence, and the direction."""

    influence: Judgement
    dependence: Judgement
    direction: Literal["up", "down", "left", "right"] | None = None
    actions: tuple[str, ...] = ()


class Governance(Part):
    """The regie matrix: the municipality's influence against the public interest, and the form."""

    influence: Judgement
    interest: Judgement
    form: str


class OwedDelivery(Part):
    """A delivery that a partner owes: contract, and from which period on.

    `since` also says the rhythm: `2024K4` is a file every quarter, `2025` one every year.
    """

    contract: Identifier
    since: PeriodId
    until: PeriodId | None = None
    optional: bool = False


class Partner(Part):
    """`partners/<id>.yaml`: who, in which roles, how related, and what is asked of it.

    `kind` tells a partner (has a sheet) from a supplier of registrations or public statistics.
    `relation` is the relatievorm. `goals` links to goals with the partner's part in them.
    """

    kind: Literal["partner", "supplier"] = "partner"
    name: str
    description: str
    roles: tuple[str, ...] = ()
    relation: Literal[
        "strategisch_partner", "aanbieder", "initiatief", "verbonden_partij", "registratie"
    ]
    goals: dict[Identifier, Literal["draagt bij", "voert uit", "signaleert"]] = Field(
        default_factory=dict
    )
    areas: tuple[AreaCode, ...] = ()
    strategy: PartnerStrategy | None = None
    governance: Governance | None = None
    deliveries: tuple[OwedDelivery, ...] = ()
    contact: str = ""


class ResultSheet(Part):
    """A resultaatblad: doelstelling, maatschappelijk resultaat, and at most a few indicators.

    `motivation` says why the sheet has more figures than its budget, or only output.
    """

    goal: Identifier
    aim: str
    result: str
    horizon: int
    indicators: tuple[Identifier, ...]
    target_group: str
    evidence: tuple[Literal["tellen", "beleving", "verhaal"], ...]
    explanation: str = ""
    motivation: str = ""


class ProcessSheet(Part):
    """A procesblad: one agreement on how parties work together, and where it stands."""

    agreement: str
    who: str
    when: str
    status: Literal["nog niet", "loopt", "gedaan", "anders afgesproken"]
    note: str = ""


class Finance(Part):
    """A line of the financieel deel, in euros: granted and spent in a year."""

    year: int
    granted: int
    spent: int | None = None
    purpose: str


class DevelopmentPoint(Part):
    """A point of the ontwikkelagenda: what is not yet measurable, who works on it, by when."""

    question: str
    who: str
    by: str


class PartnerAgreement(Part):
    """`agreements/<id>.yaml`: what was agreed with one partner, in three parts and an agenda.

    `motivation` says why its sheets together hold more figures than the budget.
    """

    partner: Identifier
    kind: Literal["resultaatovereenkomst", "subsidie", "inkoop", "geen"]
    version: int = 1
    begin: Day
    end: Day | None = None
    general: str
    agreed_on: str = ""
    result_sheets: tuple[ResultSheet, ...] = ()
    process_sheets: tuple[ProcessSheet, ...] = ()
    finance: tuple[Finance, ...] = ()
    development: tuple[DevelopmentPoint, ...] = ()
    motivation: str = ""

"""`partners/`: who takes part, in which roles, and what people think of working together."""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import (
    AreaCode,
    Day,
    Identifier,
    MailAddress,
    Part,
    PeriodId,
    Progress,
    WorkingWay,
)

Role = Literal["gemandateerde", "ketenpartner", "opdrachtnemer", "co-creëerder", "gefaciliteerde"]
"""The five roles in which a municipality and a partner meet; one partner may have them all."""


class Estimate(Part):
    """How much, from 1 to 5, as people see it, and why; never computed from figures."""

    value: int = Field(ge=1, le=5)
    reason: str


class Judgement(Estimate):
    """A human estimate with its date and its judge; never computed from figures."""

    judged_by: str
    date: Day


class Placement(Part):
    """Where people placed a partner in the partnerstrategie-matrix, on one day.

    `influence`: what the partner does now for reaching the goals. `dependence`: how hard it would
    be to do without ("stel dat de partner wegvalt, heb je dan een alternatief?").
    """

    date: Day
    judged_by: str
    influence: Estimate
    dependence: Estimate


class PartnerAction(Part):
    """A partneractie: what is done to move that way.

    `instrument` is one of `instruments.yaml`, `working_way` the werkwijze that it serves.
    """

    action: str
    owner: str
    by: Day
    status: Progress
    instrument: Identifier | None = None
    working_way: WorkingWay | None = None


class PartnerStrategy(Part):
    """The partnerstrategie: influence on goals against dependence, through time.

    `placements` come in order of their dates: the last one holds, the others are the trail. The
    direction is up (more effect), down (wind down), left (less dependent) or right (committed for
    years). It is the municipality's own until `agreed_on`, the day it was agreed with the partner.
    """

    placements: tuple[Placement, ...] = Field(min_length=1)
    direction: Literal["up", "down", "left", "right"] | None = None
    motivation: str = ""
    agreed_on: Day | None = None
    actions: tuple[PartnerAction, ...] = ()


class Influence(Judgement):
    """What the municipality can do about a partner's work: as a whole, and by which of two roads.

    `extrinsic`: by law, policy and money. `intrinsic`: by motivating, inviting, a good relation.
    The whole is a judgement of its own and no sum of the two.
    """

    extrinsic: Estimate
    intrinsic: Estimate


class Governance(Part):
    """The regie matrix: the municipality's influence against the public interest, and the form.

    Another matrix than the partnerstrategie. `form` is one of `instruments.yaml`, chosen by people.
    """

    influence: Influence
    interest: Judgement
    form: Identifier


class OwedDelivery(Part):
    """A delivery that a partner owes: contract, and from which period on.

    `since` also says the rhythm: `2024K4` is a file every quarter, `2025` one every year. `role`
    is the partner's role in which it is asked, where that matters.
    """

    contract: Identifier
    since: PeriodId
    until: PeriodId | None = None
    optional: bool = False
    role: Role | None = None


class Partner(Part):
    """`partners/<id>.yaml`: who, in which roles, how related, and what is asked of it.

    `kind` tells a partner (has a sheet) from a supplier of registrations or public statistics.
    `type` is the kind of organisation, `relation` the relatievorm. `goals` links to goals with the
    partner's part in them. `questions` are asked per role. `most_minutes` is this partner's own
    budget for delivering, in minutes a quarter; `motivation` says why it is asked more. `contact`
    is whom to ask, `email` the mailbox of that team for answers and reminders: no person's own.
    """

    kind: Literal["partner", "supplier"] = "partner"
    type: Literal[
        "sociaal_team",
        "welzijnsorganisatie",
        "maatschappelijk_werk",
        "jongerenwerk",
        "bibliotheek",
        "vluchtelingenwerk",
        "schuldhulp",
        "zorgaanbieder",
        "bewonersinitiatief",
        "registratie",
        "overig",
    ] = "overig"
    name: str
    description: str
    roles: tuple[Role, ...] = ()
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
    questions: dict[Role, tuple[str, ...]] = Field(default_factory=dict)
    most_minutes: int | None = Field(default=None, ge=0)
    motivation: str = ""
    contact: str = ""
    email: MailAddress = ""

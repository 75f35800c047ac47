"""`conversations/`: who talked over which sheet, what they learned, and what was agreed.

Source: the auditorium and the uitvoerdersoverleg of *Maatwerk in regie*: practitioners explain the
results, strong points and points to improve are named, and what is agreed returns next time.
"""

from sources.agreement.model.words import AreaCode, Day, Identifier, Part, Progress, WorkingWay


class Appointment(Part):
    """An afspraak: what, by whom, and what became of it; it returns until somebody says so.

    `instrument` is the steering instrument of `instruments.yaml` that it uses, `working_way` the
    werkwijze that it serves. People write it; nothing in the program proposes one.
    """

    agreed: str
    who: str
    by: Day | None = None
    status: Progress
    done: str = ""
    instrument: Identifier | None = None
    working_way: WorkingWay | None = None


class Conversation(Part):
    """`conversations/<id>.yaml`: a gesprek, of one area, partner or goal, and what came of it.

    `input` is the instrument of `instruments.yaml` by which people were heard (uitvoerdersoverleg,
    Participatieraad, auditorium). `edition` names the sheet that lay on the table. `present` are
    groups and functions, never names. `learned` is the line of the learning log of its `goals`.
    """

    date: Day
    place: str
    input: Identifier | None = None
    edition: str = ""
    present: tuple[str, ...] = ()
    area: AreaCode | None = None
    partner: Identifier | None = None
    goals: tuple[Identifier, ...] = ()
    questions: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    learned: str = ""
    appointments: tuple[Appointment, ...] = ()

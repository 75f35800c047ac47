"""The sheets of the workbook: which part of the agreement each shows, and in which columns."""

from dataclasses import dataclass
from typing import get_args

from sources.agreement.model import (
    Appointment,
    Conversation,
    DevelopmentPoint,
    Goal,
    Part,
    ProcessSheet,
    Progress,
    ResultSheet,
    Target,
    WorkingWay,
)
from sources.agreement.workbook import places
from sources.agreement.workbook.columns import Column, Holds

MARK = "Kenmerk"
"""The heading of the first column: by it a row is known again. Empty is a new row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the rows that are there, and where a new row goes.

    `named_by` is the key after which the file of a new row is called.
    """

    title: str
    about: str
    part: type[Part]
    columns: tuple[Column, ...]
    entries: places.Entries
    home: places.Homes
    named_by: str = ""

    def column(self, key: str) -> Column:
        """Return the column of a key."""
        return next(column for column in self.columns if column.key == key)


_TALL = 60  # characters that are read without scrolling
_LEVELS = {"main": "hoofddoel", "goal": "doel", "result": "maatschappelijk resultaat"}
_STATUS = {word: word for word in get_args(Progress)}
_WAYS = {word: word for word in get_args(WorkingWay)}

_STAND = Column("status", "Stand", "Hoe het ervoor staat.", 20, choices=_STATUS, needed=True)
_YEAR = Column("horizon", "Jaar", "Wanneer het er moet zijn.", 8, Holds.WHOLE)
_OF = Column(
    "of",
    "Overeenkomst",
    "In welke overeenkomst dit staat. Later niet te veranderen.",
    20,
    among="agreements",
    needed=True,
    place=True,
)

_GOALS = Sheet(
    "Doelen",
    "De doelenboom: het hoofddoel, de doelen en de maatschappelijke resultaten.",
    Goal,
    (
        Column("level", "Soort", "Wat voor doel dit is.", 26, choices=_LEVELS, needed=True),
        Column("parent", "Hangt onder", "Het doel erboven.", 20, among="goals"),
        Column("name", "Naam", "Hoe het doel op de plaat heet.", 40, needed=True),
        Column("statement", "Doelstelling", "Wat wij willen, in één zin.", _TALL, needed=True),
        Column("picture", "Beeld van straks", "Wat mensen merken als het lukt.", _TALL),
        _YEAR,
        Column("order", "Volgorde", "De plek op de plaat.", 10, Holds.WHOLE),
        Column("motivation", "Waarom", "Waarom er meer onder hangt dan afgesproken.", 40),
        Column("unmeasured", "Niet gemeten", "Wat telt en niemand meet.", 40, Holds.LINES),
    ),
    places.files("goals"),
    places.home_in("goals"),
    named_by="name",
)

_RESULT_SHEETS = Sheet(
    "Resultaatbladen",
    "Per partner: waar u samen voor gaat, en waaraan u dat ziet.",
    ResultSheet,
    (
        _OF,
        Column("id", "Eigen naam", "Nodig bij twee bladen met hetzelfde doel.", 16),
        Column("goal", "Doel", "Het doel waar dit blad bij hoort.", 20, among="goals", needed=True),
        Column("aim", "Doelstelling", "Wat er meer of minder moet worden.", _TALL, needed=True),
        Column("result", "Resultaat", "Over hoeveel jaar ziet u wat?", _TALL, needed=True),
        Column("horizon", "Jaar", _YEAR.about, 8, Holds.WHOLE, needed=True),
        Column(
            *("indicators", "Indicatoren", "Hooguit een paar, met een komma ertussen.", 24),
            *(Holds.LIST,),
            among="indicators",
            needed=True,
        ),
        Column("target_group", "Doelgroep", "Om wie het gaat.", 40, needed=True),
        Column("areas", "Gebieden", "Leeg is overal.", 20, Holds.LIST, among="areas"),
        Column(
            "evidence",
            "Bewijs",
            "Kies uit: tellen, beleving, verhaal.",
            24,
            Holds.LIST,
            needed=True,
        ),
        Column("explanation", "Uitleg", "Wat erbij hoort om het te begrijpen.", _TALL),
        Column("motivation", "Waarom", "Waarom dit blad anders is dan afgesproken.", 40),
    ),
    places.listed("agreements", "result_sheets"),
    places.home_listed("agreements", "result_sheets"),
)

_PROCESS_SHEETS = Sheet(
    "Procesbladen",
    "Hoe u samenwerkt, en hoe het daarmee staat.",
    ProcessSheet,
    (
        _OF,
        Column("agreement", "Afspraak", "Wat u afsprak.", _TALL, needed=True),
        Column("who", "Wie", "Wie het doet.", 30, needed=True),
        Column("when", "Wanneer", "Vanaf of voor wanneer.", 24, needed=True),
        Column("by", "Uiterlijk", "Wanneer het klaar is.", 14, Holds.DAY),
        _STAND,
        Column("note", "Toelichting", "Wat er tot nu toe van kwam.", _TALL),
        Column(
            *("criteria", "Inkoop op visie", "Van welke criteria dit een afspraak is.", 24),
            *(Holds.LIST,),
            among="criteria",
        ),
    ),
    places.listed("agreements", "process_sheets"),
    places.home_listed("agreements", "process_sheets"),
)

_TARGETS = Sheet(
    "Streefwaarden",
    "Waar u per jaar wilt zijn. Zonder overeenkomst geldt het niet voor een partner.",
    Target,
    (
        Column(
            *("indicator", "Indicator", "Later niet te veranderen.", 16),
            among="indicators",
            needed=True,
            place=True,
        ),
        Column(
            *("of", "Overeenkomst", "Leeg is de hele gemeente.", 20),
            among="agreements",
            place=True,
        ),
        Column("sheet", "Resultaatblad", "Het blad in die overeenkomst.", 20, place=True),
        Column("year", "Jaar", "Het jaar waarvoor dit geldt.", 8, Holds.WHOLE, needed=True),
        Column(
            "value", "Waarde", "Een aandeel van 65 procent is 0,65.", 12, Holds.NUMBER, needed=True
        ),
        Column("area", "Gebied", "Leeg is overal.", 16, among="areas"),
    ),
    places.targets,
    places.home_of_target,
)

_CONVERSATIONS = Sheet(
    "Gesprekken",
    "Elk gesprek over een plaat: met wie, waarover, en wat u leerde.",
    Conversation,
    (
        Column("date", "Datum", "De dag van het gesprek.", 14, Holds.DAY, needed=True),
        Column("place", "Plaats", "Waar u elkaar sprak.", 30, needed=True),
        Column("present", "Aanwezig", "Groepen en functies, geen namen.", 30, Holds.LINES),
        Column("area", "Gebied", "De wijk waar het over ging.", 16, among="areas"),
        Column("partner", "Partner", "De partner waar het over ging.", 20, among="partners"),
        Column("goals", "Doelen", "De doelen waar het over ging.", 20, Holds.LIST, among="goals"),
        Column("questions", "Vragen", "Wat u elkaar vroeg.", 40, Holds.LINES),
        Column("strengths", "Wat gaat goed", "Wat u wilt houden.", 40, Holds.LINES),
        Column("improvements", "Wat kan beter", "Wat u wilt veranderen.", 40, Holds.LINES),
        Column("learned", "Wat u leerde", "In één zin.", 40),
        Column("input", "Hoe u het hoorde", "Door welk soort gesprek.", 20, among="input"),
        Column("edition", "Editie", "Welke plaat op tafel lag, zoals 2026K3.", 10),
    ),
    places.files("conversations"),
    places.home_in("conversations"),
    named_by="place",
)

_APPOINTMENTS = Sheet(
    "Afspraken",
    "Wat in een gesprek is afgesproken, en wat ervan kwam.",
    Appointment,
    (
        Column(
            *("of", "Gesprek", "Het kenmerk van het gesprek. Later niet te veranderen.", 24),
            among="conversations",
            needed=True,
            place=True,
        ),
        Column("agreed", "Afgesproken", "Wat u afsprak.", _TALL, needed=True),
        Column("who", "Wie", "Wie het doet.", 30, needed=True),
        Column("by", "Uiterlijk", "Wanneer het klaar is.", 14, Holds.DAY),
        _STAND,
        Column("done", "Wat ervan kwam", "Vul dit in als het is gedaan.", _TALL),
        Column("instrument", "Instrument", "Waarmee u stuurt.", 20, among="steering"),
        Column("working_way", "Werkwijze", "Welke werkwijze het helpt.", 24, choices=_WAYS),
    ),
    places.listed("conversations", "appointments"),
    places.home_listed("conversations", "appointments"),
)

_DEVELOPMENT = Sheet(
    "Ontwikkelpunten",
    "Wat u nog niet kunt zien, en wie dat uitzoekt.",
    DevelopmentPoint,
    (
        _OF,
        Column("question", "Vraag", "Wat u nog niet weet.", _TALL, needed=True),
        Column("who", "Wie", "Wie het uitzoekt.", 30, needed=True),
        Column("by", "Uiterlijk", "Wanneer het er moet zijn.", 14, Holds.DAY, needed=True),
        Column("result_sheet", "Resultaatblad", "Het blad waar het bij hoort.", 20),
        Column("indicator", "Indicator", "Als er al een is.", 16, among="indicators"),
    ),
    places.listed("agreements", "development"),
    places.home_listed("agreements", "development"),
)

SHEETS = (
    *(_GOALS, _RESULT_SHEETS, _PROCESS_SHEETS, _TARGETS),
    *(_CONVERSATIONS, _APPOINTMENTS, _DEVELOPMENT),
)
"""Every sheet that people fill in, in its order: a row comes after what it hangs under."""

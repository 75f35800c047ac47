"""What is told by mail: to a partner what it delivered or must, to the data team what went wrong.

Mail is read by many and kept for long: a letter counts and names deliveries, and never holds a
value, a file name or anybody's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.feedback.answer import Answer
from reports.feedback.said import title, whom
from reports.words.catalogue import words

_STATES = {
    "niet geleverd": "nog niet geleverd",
    "AFGEKEURD": "niet overgenomen: stuur een beter bestand",
    "IN WACHT": "wacht op uw antwoord",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, and a text with a sentence or less on each line."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that did not come yet: what, of which period, by when, and where it is now.

    `outcome` is one of the protocol, or `niet geleverd`.
    """

    title: str
    period: str
    due: date
    outcome: str
    partner: str = ""


def receipt(answer: Answer, *, whole: bool) -> Letter:
    """Tell a partner that its delivery came, and what became of it.

    `whole`: all files go along; else the list of findings is too large for mail.
    """
    findings = "In bevindingen.csv staat alles wat is gevonden, rij voor rij."
    if not whole:
        findings = "De lijst met alles wat is gevonden, is te groot voor mail. Vraag ons erom."
    lines = [
        f"{title(answer)}.",
        "",
        f"Levering: {_named(answer.contract.title, answer.period)}, nummer {answer.number}.",
        f"Ontvangen op: {words('nl').day(answer.received_on)}.",
        f"Uitkomst: {answer.verdict.outcome}.",
        "",
        "Open terugkoppeling.html: daar leest u wat u nu kunt doen.",
        findings,
        "Rijen en aantallen uit uw bestand sturen wij niet per mail: die staan bij ons klaar.",
    ]
    return Letter(
        f"{title(answer)}: {_named(answer.contract.title, answer.period)}",
        _signed(lines, whom(answer)),
    )


def reminder(deliveries: Sequence[Due], *, late: bool, contact: str) -> Letter:
    """Tell a partner what it must deliver by one day, or should have by then."""
    (day,) = {words("nl").day(one.due) for one in deliveries}
    subject, what, ask = f"Leveren voor {day}", f"Wij krijgen dit graag uiterlijk {day}:", _SOON
    if late:
        subject, what, ask = f"Nog niet geleverd: {day}", f"Dit zou er {day} zijn:", _LATE
    lines = [what, "", *(f"- {_told(one)}" for one in deliveries), "", *ask]
    return Letter(subject, _signed(lines, contact or "uw contactpersoon bij de gemeente"))


_SOON = (
    "Kijk uw bestand vooraf na met `praatplaat check`.",
    "Stuurde u het vandaag al? Dan hoeft u niets te doen.",
)
_LATE = (
    "Lukt het niet? Laat ons weten wanneer het wel kan.",
    "Zolang het er niet is, staat op de plaat: niet geleverd.",
)


def not_delivered(deliveries: Sequence[Due], *, today: date) -> Letter:
    """Tell the data team which deliveries are late, of whom, and how many days."""
    lines = [
        "Deze leveringen zijn te laat:",
        "",
        *(f"- {one.partner}: {_told(one)}, {_days(one, today)} te laat" for one in deliveries),
        "",
        "Wie een adres heeft in de overeenkomst, kreeg zelf ook bericht.",
    ]
    return Letter(f"Niet geleverd: {len(deliveries)}", "\n".join([*lines, ""]))


def failed(flow: str, run: str, state: str) -> Letter:
    """Tell the data team that a round did not come to its end; why is not for mail."""
    lines = [
        f"De ronde `{flow}` is niet afgemaakt.",
        "",
        f"In Prefect heet zij {run}, en staat zij op {state}.",
        "Daar staat ook wat er misging. Kijk daarna met `praatplaat status`.",
        "Er is niets half gedaan: dezelfde ronde nog eens draaien mag altijd.",
        "Gaat het vandaag weer mis, dan krijgt u geen nieuw bericht.",
    ]
    return Letter(f"Ronde niet afgemaakt: {flow}", "\n".join([*lines, ""]))


def _named(title: str, period: str) -> str:
    return f"{title}, {words('nl').period(period)}"


def _told(one: Due) -> str:
    return f"{_named(one.title, one.period)} ({_STATES[one.outcome]})"


def _days(one: Due, today: date) -> str:
    days = (today - one.due).days
    return "1 dag" if days == 1 else f"{words('nl').number(days)} dagen"


def _signed(lines: Sequence[str], contact: str) -> str:
    return "\n".join([*lines, "", f"Vragen? Stel ze aan {contact}.", ""])

"""What became of a delivery, in words: the outcome, what to do now, and what happens next."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reports.feedback.answer import TOO_MANY, Answer
from reports.words.catalogue import words
from sources.verdict import Level, Outcome

KEY_LIMIT = 0.01  # the gate's own, for rows refused for their key

_TITLES = {
    Outcome.ACCEPTED: "Uw levering is goed",
    Outcome.ACCEPTED_WITH_REFUSALS: "Uw levering is overgenomen, op {refused} van de {rows} na",
    Outcome.ON_HOLD: "Uw levering wacht op een antwoord",
    Outcome.REFUSED: "Uw levering is niet overgenomen",
    Outcome.ALREADY_RECEIVED: "Dit bestand kregen wij al",
}
_ADVICE = {
    Outcome.ACCEPTED: "Wij hebben alles overgenomen: {rows}. U hoeft niets te verbeteren.",
    Outcome.ACCEPTED_WITH_REFUSALS: "Verbeter de rijen hieronder en stuur het hele bestand "
    "opnieuw. Kan dat niet? Dan rekenen wij zonder deze rijen.",
    Outcome.ON_HOLD: "Er valt iets op. Wij gebruiken de cijfers pas als u zegt dat het klopt. "
    "Een beter bestand sturen kan ook.",
    Outcome.REFUSED: "Er is niets veranderd: wat wij al van u hadden, geldt nog. "
    "Verbeter het bestand en stuur het opnieuw.",
    Outcome.ALREADY_RECEIVED: "Er is niets veranderd. U hoeft niets te doen.",
}
_WITHDRAWN = "B175"  # the code by which a partner is told so
_OTHERWISE_NAMED = (
    "B131",
    "B132",
    "B134",
)  # the name and the content disagree: either may be wrong
_LOOK = "Wij hebben alles overgenomen: {rows}. Er valt ons nog iets op."
_FORBIDDEN = "In het bestand staan gegevens die wij niet mogen hebben. Wij bewaren het niet. "


class Step(NamedTuple):
    """Something to do now; `anchor` is where on the page it is explained, if anywhere."""

    text: str
    anchor: str = ""


def title(answer: Answer) -> str:
    """Return the outcome in one sentence."""
    if withdrawn(answer):
        return "Uw levering is ingetrokken"
    return _TITLES[answer.verdict.outcome].format(**_counts(answer))


def advice(answer: Answer) -> str:
    """Return what to do now, in a few sentences."""
    if withdrawn(answer):
        return "Deze levering telt niet meer mee. Stuur een nieuw bestand."
    start = _FORBIDDEN if forbidden(answer) else ""
    words_of = _LOOK if _doubted(answer) else _ADVICE[answer.verdict.outcome]
    return start + words_of.format(**_counts(answer))


def forbidden(answer: Answer) -> bool:
    """Return whether the file was refused for data that we may not have."""
    return any(
        found.code.startswith("S") and found.level is Level.REFUSE_FILE
        for found in answer.verdict.findings
    )


def withdrawn(answer: Answer) -> bool:
    """Return whether the delivery was taken back after all."""
    return any(found.code == _WITHDRAWN for found in answer.verdict.findings)


def steps(answer: Answer, first: Step | None, *, more: bool) -> Iterator[Step]:
    """Yield what a partner does now, in order.

    `first` is the message to begin with, if anything was found that counts; `more` says that
    there is something to mend after it.
    """
    outcome = answer.verdict.outcome
    if withdrawn(answer):
        return
    if outcome is Outcome.ON_HOLD:
        yield Step("Lees wat ons opvalt, en kijk of het klopt.", first.anchor if first else "")
        yield Step(f"Klopt het? Zeg dat tegen {whom(answer)}. Noem daarbij: {answer.name}.")
        yield Step(f"Klopt het niet? Verbeter het bestand en stuur het opnieuw.{_name(answer)}")
    elif outcome in (Outcome.REFUSED, Outcome.ACCEPTED_WITH_REFUSALS) and first:
        yield from _mending(answer, first, more=more)
    elif outcome is Outcome.ACCEPTED:
        if first:
            yield Step(f"Kijk na: {_sentence(first.text)}", first.anchor)
            yield Step(f"Is er iets fout? Stuur het hele bestand opnieuw.{_name(answer)}")
        yield Step("Kijk in spiegelrapport.html of wij telden wat u telde.")


def _mending(answer: Answer, first: Step, *, more: bool) -> Iterator[Step]:
    yield Step("Open uw eigen bestand, niet een kopie uit uw mail.")
    yield Step(f"Los dit {'eerst ' if more else ''}op: {_sentence(first.text)}", first.anchor)
    if more:
        yield Step("Loop daarna de rest van deze pagina af. Wat vanzelf meegaat, staat erbij.")
    if _workbook(answer):
        yield Step("Bewaar het bestand.")
    else:
        yield Step("Bewaar het. In Excel: kies Bestand, Opslaan als, Excel-werkmap (*.xlsx).")
    again = "Stuur het hele bestand opnieuw, met alle rijen, zoals de vorige keer."
    yield Step(f"{again}{_name(answer)}")


def _sentence(message: str) -> str:
    """Return the first sentence of a message, whole: what stands behind a colon belongs to it."""
    return re.split(r"(?<=[.?!])\s", message, maxsplit=1)[0]


def after(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield what happens with the delivery, each as a question and its answer."""
    outcome, contract = answer.verdict.outcome, answer.contract
    if answer.verdict.accepted and not withdrawn(answer):
        yield (
            "Waar tellen de rijen mee?",
            f"In de cijfers over {over(answer)}, bij de volgende uitgave.",
        )
    if outcome is Outcome.ACCEPTED_WITH_REFUSALS:
        yield "Waarom gaan wij door, terwijl er fouten zijn?", _going_on(answer)
    if outcome in (Outcome.ON_HOLD, Outcome.REFUSED):
        yield (
            "Wat geldt nu?",
            "Wat wij eerder van u overnamen. Hadden wij nog niets? Dan staat "
            "er bij u: niet geleverd. Nooit nul.",
        )
    if any(found.code in TOO_MANY for found in answer.verdict.findings):
        yield "Waarom nemen wij niet een deel over?", _stopping(answer)
    if outcome is not Outcome.ALREADY_RECEIVED:
        yield (
            "Stuurt u een nieuw bestand?",
            "Dat komt helemaal in de plaats van dit bestand. Stuur dus altijd alle rijen.",
        )
        yield "Hoe lang bewaren wij het bestand?", _keeping(answer, contract.retention_months)


def whom(answer: Answer) -> str:
    """Return whom to ask."""
    return answer.contact or "uw contactpersoon bij de gemeente"


def over(answer: Answer) -> str:
    """Return the period as it stands after "over": het 3e kwartaal 2026, or 2026."""
    said = words("nl").period(answer.period)
    return f"het {said}" if "kwartaal" in said else said


def _name(answer: Answer) -> str:
    """Return what to call the file that is sent again."""
    if not answer.next_name:
        return " Geef het een hoger nummer."
    cover = f" Is er een Voorblad? Zet Volgnummer daar op {answer.number + 1}."
    ends = cover if _workbook(answer) else " Een Excel-werkmap eindigt op .xlsx."
    codes = {found.code for found in answer.verdict.findings}
    named = " Was de naam fout? Verbeter die dan ook." if codes & {*_OTHERWISE_NAMED} else ""
    return f" Noem het {answer.next_name}.{ends}{named}"


def _workbook(answer: Answer) -> bool:
    return answer.file_name.casefold().endswith(".xlsx")


def _doubted(answer: Answer) -> bool:
    """Return whether all rows were kept although something is odd."""
    accepted = answer.verdict.outcome is Outcome.ACCEPTED
    return accepted and any(f.level is Level.WARNING for f in answer.verdict.findings)


def _going_on(answer: Answer) -> str:
    records = answer.verdict.records
    share = records.quarantined / max(records.accepted + records.quarantined, 1)
    now = "minder dan 1 %" if share < 0.01 else words("nl").share(share)
    limit = words("nl").share(answer.contract.refuse_above)
    return (
        f"Een foute rij houdt de goede niet tegen. Pas boven {limit} nemen wij niets over. "
        f"Nu gaat het om {now} van uw rijen."
    )


def _stopping(answer: Answer) -> str:
    limit = words("nl").share(answer.contract.refuse_above)
    return (
        f"Een deel geeft een scheef beeld. Tot {limit} foute rijen gaan wij door met de goede. "
        f"Voor rijen zonder goed nummer is dat {words('nl').share(KEY_LIMIT)}."
    )


def _keeping(answer: Answer, months: int) -> str:
    if forbidden(answer):
        return "Niet. Wij hebben het niet bewaard."
    term = f"{months} maanden" if months % 12 else f"{months // 12} jaar"
    return f"Wij bewaren het op slot, {term}. Daarna wissen wij het."


def _counts(answer: Answer) -> dict[str, str]:
    records = answer.verdict.records
    total = records.accepted + records.quarantined
    count = words("nl").number
    return {
        "refused": count(records.quarantined),
        "rows": f"{count(total)} {'rij' if total == 1 else 'rijen'}",
    }

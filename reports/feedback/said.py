"""What became of a delivery, in words: the outcome, what to do now, and what happens next."""

from collections.abc import Iterator

from reports.feedback.answer import TOO_MANY, Answer
from reports.words.catalogue import sentences, words
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
_FORBIDDEN = "In het bestand staan gegevens die wij niet mogen hebben. Wij bewaren het niet. "


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
    return start + _ADVICE[answer.verdict.outcome].format(**_counts(answer))


def forbidden(answer: Answer) -> bool:
    """Return whether the file was refused for data that we may not have."""
    return any(
        found.code.startswith("S") and found.level is Level.REFUSE_FILE
        for found in answer.verdict.findings
    )


def withdrawn(answer: Answer) -> bool:
    """Return whether the delivery was taken back after all."""
    return any(found.code == _WITHDRAWN for found in answer.verdict.findings)


def steps(answer: Answer, first: str, *, more: bool) -> Iterator[str]:
    """Yield what a partner does now, in order.

    `first` is what to mend first, if anything; `more` says that there is something after it.
    """
    outcome = answer.verdict.outcome
    if withdrawn(answer):
        return
    if outcome is Outcome.ON_HOLD:
        yield "Lees wat ons opvalt, en kijk of het klopt."
        yield f"Klopt het? Zeg dat tegen {whom(answer)}. Noem daarbij: {answer.name}."
        yield f"Klopt het niet? Verbeter het bestand en stuur het opnieuw{_as(answer)}."
    elif outcome in (Outcome.REFUSED, Outcome.ACCEPTED_WITH_REFUSALS) and first:
        yield "Open uw eigen bestand, niet een kopie uit uw mail."
        yield f"Verbeter{' eerst' if more else ''}: {sentences(first)[0]}"
        if more:
            yield "Loop daarna de rest van deze pagina af. Wat vanzelf meegaat, staat erbij."
        yield f"Stuur het hele bestand opnieuw, met alle rijen{_as(answer)}."
    elif outcome is Outcome.ACCEPTED:
        yield "Kijk in spiegelrapport.html of wij telden wat u telde."


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


def _as(answer: Answer) -> str:
    return f". Noem het {answer.next_name}" if answer.next_name else ", met een hoger nummer"


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
    return f"Wij bewaren het op slot, {months} maanden. Daarna wissen wij het."


def _counts(answer: Answer) -> dict[str, str]:
    records = answer.verdict.records
    total = records.accepted + records.quarantined
    count = words("nl").number
    return {
        "refused": count(records.quarantined),
        "rows": f"{count(total)} {'rij' if total == 1 else 'rijen'}",
    }

"""`terugkoppeling.html`: one page from which alone a partner can mend its file.

It can be passed on: it names rows, columns and rules, never a value from the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports import handbook
from reports.feedback import said
from reports.feedback.answer import TOO_MANY, Answer
from reports.feedback.groups import Group, groups
from reports.feedback.refused import any_refused, too_many
from reports.sealed import marked, sealed
from reports.words.catalogue import words
from sources.contracts.model import Column
from sources.verdict import Level, Outcome, Records

_ROWS = 12  # how many row numbers a group names
_NEARLY = 0.9  # of all rows: then something is wrong with the column as a whole

_MUST = (Level.REFUSE_FILE, Level.REFUSE_ROW)
_HEADINGS = {
    Level.REFUSE_FILE: "Hierdoor kunnen wij het bestand niet gebruiken",
    Level.REFUSE_ROW: "Deze rijen zijn niet overgenomen",
    Level.WARNING: "Kijk hier nog eens naar",
    Level.NOTE: "Dit losten wij zelf op",
}
_PARTS = {
    "header": "Regel met kolomnamen",
    "preamble": "Regels boven de kolomnamen",
    "blank": "Lege regels",
    "excluded": "Niet geteld: dubbel, een totaal, of van een ander",
    "accepted": "Overgenomen rijen",
    "quarantined": "Niet overgenomen rijen",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One group as it stands on the page: `page` of the handbook, `column` of the contract.

    `why` and `steps` are those of the handbook, where they say more than the finding itself. A
    `pair` of examples is shown where no list of codes says it better. The group `above` has the
    same code, and with it the explanation.
    """

    group: Group
    heading: str
    times: str
    where: str
    nearly_all: bool
    because: str
    page: handbook.Page | None
    column: Column | None
    why: str
    pair: bool
    steps: tuple[str, ...]
    open: bool
    above: Group | None = None


def feedback_page(answer: Answer) -> bytes:
    """Return the answer as one page that opens from disk and prints on A4."""
    verdict = answer.verdict
    levels = _levels(answer)
    every = [told for _, _, told_ones in levels for told in told_ones]
    first = _first(every)
    return sealed(
        "feedback.html.j2",
        styles=("partner.css", "feedback.css"),
        about=about(answer),
        title=said.title(answer),
        advice=said.advice(answer),
        steps=list(said.steps(answer, first, more=_more(every))),
        after=list(said.after(answer)),
        levels=levels,
        records=_account(verdict.records),
        repaired=words("nl").number(verdict.records.repaired),
        physical=words("nl").number(verdict.records.physical),
        refused=any_refused(answer),
        many=too_many(answer),
        mirror=answer.mirror is not None,
        whom=said.whom(answer),
        marked=marked,
    )


def _first(every: list[Told]) -> said.Step | None:
    """Return what to begin with: the heaviest that is no consequence and no note."""
    causes = (t for t in every if t.group.finding.level is not Level.NOTE and not t.group.cause)
    return next((said.Step(told.heading, told.group.anchor) for told in causes), None)


def _more(every: list[Told]) -> bool:
    """Return whether there is more than one thing to mend; what goes with another is none."""
    left = (t.group for t in every if t.group.finding.level in _MUST)
    return sum(g.cause is None or 0 < g.cause.rows < g.times for g in left) > 1


def about(answer: Answer) -> dict[str, str]:
    """Return the words that tell which delivery a page is about."""
    return {
        "partner": answer.partner,
        "title": answer.contract.title,
        "code": answer.contract.code,
        "period": words("nl").period(answer.period),
        "over": said.over(answer),
        "number": str(answer.number),
        "file": answer.file_name,
        "next": answer.next_name,
        "received": words("nl").day(answer.received_on),
        "outcome": answer.verdict.outcome.value,
        "name": answer.name,
        "whom": said.whom(answer),
        "waits": "ja" if answer.verdict.outcome is Outcome.ON_HOLD else "",
    }


def _levels(answer: Answer) -> list[tuple[Level, str, list[Told]]]:
    found = groups(answer.verdict.findings, answer.contract)
    heavy = [level for level in _MUST if level in found] or [Level.WARNING]
    few = sum(len(found.get(level, ())) for level in heavy) <= 2
    headings = dict(_HEADINGS)
    if answer.verdict.outcome is Outcome.REFUSED:
        headings[Level.REFUSE_ROW] = "Deze rijen zijn niet goed"
    return [
        (
            level,
            headings[level],
            _once(_told(group, answer, opened=few and level in heavy) for group in some),
        )
        for level, some in found.items()
    ]


def _once(every: Iterable[Told]) -> list[Told]:
    """Return the groups of a level; what the handbook says of a code is told at the first of it."""
    firsts: dict[str, Group] = {}
    told = []
    for one in every:
        first = firsts.setdefault(one.group.finding.code, one.group)
        again = one.page is not None and first is not one.group
        told.append(replace(one, why="", pair=False, steps=(), above=first) if again else one)
    return told


def _told(group: Group, answer: Answer, *, opened: bool) -> Told:
    one, records = group.finding, answer.verdict.records
    rows = records.accepted + records.quarantined
    page = handbook.of_code(one.code, answer.contract)
    merged = len(group.columns) > 1 and page is not None
    column = _column(group, answer)
    return Told(
        group=group,
        heading=page.title if merged and page else one.message,
        times=f"{words('nl').number(group.times)} keer" if group.rows or merged else "",
        where=_where(group),
        nearly_all=bool(group.rows) and rows >= 10 and group.times >= _NEARLY * rows,
        because=_because(group),
        page=page,
        column=column,
        why="" if page is None or page.why in one.message else page.why,
        pair=bool(page and page.wrong) and not (column and column.codes),
        steps=() if page is None or page.mend == (one.how_to_mend,) else page.mend,
        open=opened and group.cause is None,
    )


def _where(group: Group) -> str:
    sheet = f" op blad {group.finding.sheet}" if group.finding.sheet else ""
    if not group.rows:
        return f"hele {'kolom' if group.columns else 'bestand'}{sheet}"
    named = ", ".join(map(str, group.rows[:_ROWS])) + (" …" if len(group.rows) > _ROWS else "")
    return f"{'rij' if len(group.rows) == 1 else 'rijen'} {named}{sheet}"


def _because(group: Group) -> str:
    """Return what probably brings this about: mending that mends this too."""
    if group.cause is None:
        return ""
    one = group.cause.group.finding
    part = 0 < group.cause.rows < group.times
    times = f"{words('nl').number(group.cause.rows)} keer van de {words('nl').number(group.times)}"
    likely = "" if group.finding.code in TOO_MANY else " waarschijnlijk"
    return f"Komt{f' {times}' if part else likely} door {one.code}: {one.message}"


def _column(group: Group, answer: Answer) -> Column | None:
    """Return the column of a group, where there is one and what belongs in it is the matter."""
    if len(group.columns) != 1 or group.finding.level not in _MUST:
        return None
    known = (c for c in answer.contract.columns if c.header == group.columns[0])
    return next(known, None)


def _account(records: Records) -> list[tuple[str, str]]:
    """Return each part of the record account that is not nothing; they add up to the whole."""
    return [
        (label, words("nl").number(getattr(records, part)))
        for part, label in _PARTS.items()
        if getattr(records, part)
    ]

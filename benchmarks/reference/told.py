"""Told by partners, inhabitants and books: I01, I07-I09, I13, I15, I27, I31, I32, I38-I40."""

from collections.abc import Callable
from dataclasses import replace

from benchmarks.reference.days import Period
from benchmarks.reference.definition import Definition, Facts, Figures, counts, rates, shares
from benchmarks.reference.figures import Fact, Told, Where, of_these
from benchmarks.reference.history import History, Row

AGREES = ("helemaal_eens", "eens")
FIVE = (*AGREES, "neutraal", "oneens", "helemaal_oneens")


def _asked(
    question: str, yes: tuple[str, ...], every: tuple[str, ...]
) -> Callable[[History, Period], list[Fact]]:
    def facts(history: History, period: Period) -> list[Fact]:
        return of_these(
            (row["antwoord_code"] in yes, Fact(row.get("gebied_code"), partner=_partner(row)))
            for row in history.of("clientervaring")
            if row["vraag_id"] == question
            and row["antwoord_code"] in every
            and row["datum"] in period
        )

    return facts


def _partner(row: Row) -> str:
    return row.get("partner_id") or ""


def _answers(**questions: Callable[[History, Period], list[Fact]]) -> Definition:
    return Definition(
        lambda history, period: {
            name.replace("main", ""): facts(history, period) for name, facts in questions.items()
        },
        shares,
    )


def _activities(
    history: History, period: Period, column: str, holds: Callable[[Row], bool]
) -> list[Fact]:
    quarters = [quarter.id for quarter in period.quarters]
    return [
        Fact(row["gebied_code"], row.get(column), partner=row["partner_id"])
        for row in history.of("partner_activiteiten")
        if row["periode"] in quarters and holds(row)
    ]


def _registered(row: Row) -> bool:
    return bool(row["telwijze"] == "uniek_geregistreerd")


def _visitors(history: History, period: Period) -> Facts:
    return {
        "": _activities(history, period, "unieke_deelnemers", _registered),
        "contacten": _activities(history, period, "contacten", lambda row: not _registered(row)),
    }


def _volunteers(history: History, period: Period) -> Facts:
    return {"": _activities(history, period, "vrijwilligers", lambda row: True)}


def _learners(history: History, period: Period) -> Facts:
    def lessons(row: Row) -> bool:
        return bool(row["activiteit_id"] == "B01")

    measured = iter(_activities(history, period, "uitkomst_gemeten", lessons))
    return {
        "": [
            replace(further, below=next(measured).above or 0)
            for further in _activities(history, period, "uitkomst_positief", lessons)
        ]
    }


def _digital(history: History, period: Period) -> Facts:
    return {
        "": _activities(history, period, "contacten", lambda row: row["activiteit_id"] == "B02")
    }


def _youngsters(history: History, period: Period) -> Facts:
    def young(row: Row, registered: bool) -> bool:
        return row["doelgroep"] == "jongeren" and _registered(row) is registered

    return {
        "": _activities(history, period, "contacten", lambda row: young(row, False)),
        "deelnemers": _activities(
            history, period, "unieke_deelnemers", lambda row: young(row, True)
        ),
    }


def _stories(history: History, period: Period) -> Facts:
    told = [
        (row["thema"], Fact(row["gebied_code"], 1, partner=_partner(row)))
        for row in history.of("verhalen_signalen")
        if row["soort"] == "verhaal" and row["toestemming"] == "ja" and row["datum"] in period
    ]
    themes = {theme for theme, _ in told}
    by_theme = {theme: [fact for one, fact in told if one == theme] for theme in themes}
    return {"": [fact for _, fact in told], **by_theme}


def _spent(history: History, period: Period) -> Facts:
    """What was spent in these quarters: each tells what was spent since the first of January."""
    sheets = [row for row in history.of("financien") if row.get("resultaatblad_id")]
    quarters = {quarter.id for quarter in period.quarters}
    facts: Facts = {name: [] for name in ("", *map(str, range(5)))}
    for row in sheets:
        if row["periode"] in quarters:
            told = row.get("besteed")
            more = Fact(above=None if told is None else told - _spent_before(sheets, row))
            facts[""].append(more)
            facts[str(row["boog"])].append(more)
    return facts


def _spent_before(sheets: list[Row], row: Row) -> float:
    """Return what the same sheet had spent earlier in the same year, as last told."""
    earlier = [
        (one["periode"], one["besteed"])
        for one in sheets
        if one["overeenkomst_id"] == row["overeenkomst_id"]
        and one["regel"] == row["regel"]
        and one["periode"][:4] == row["periode"][:4]
        and one["periode"] < row["periode"]
        and one.get("besteed") is not None
    ]
    return float(max(earlier)[1]) if earlier else 0.0


def _used(history: History, period: Period) -> Facts:
    return {
        "": [
            Fact(
                above=row.get("besteed"),
                below=row["toegekend"],
                partner=row["overeenkomst_id"],
            )
            for row in history.of("financien")
            if row["periode"] == period.id and not row.get("resultaatblad_id")
        ]
    }


def _percent(facts: Facts, history: History, where: Where) -> Figures:
    there = where.pick(facts[""])
    spent = [fact.above for fact in there if fact.above is not None]
    # Of whom it is not known what they spent, what was granted does not count either.
    granted = sum(fact.below for fact in there if fact.above is not None)
    if there and not spent:
        return {"": None}
    return {"": Told(sum(spent), granted, sum(spent) / granted * 100 if granted else None)}


TOLD = {
    "I01": _answers(main=_asked("CEO-9", AGREES, FIVE)),
    "I07": Definition(_visitors, rates("inwoners", 1000)),
    "I08": _answers(main=_asked("ACT-1", ("ja",), ("ja", "nee"))),
    "I09": Definition(_volunteers, rates("inwoners", 1000)),
    "I13": Definition(_learners, shares),
    "I15": Definition(_digital, rates("inwoners", 1000)),
    "I27": Definition(_youngsters, counts),
    "I31": _answers(main=_asked("CEO-2", AGREES, FIVE)),
    "I32": _answers(
        main=_asked("CEO-1", AGREES, FIVE),
        onafhankelijke_hulp=_asked("CEO-5", ("ja",), ("ja", "nee")),
    ),
    "I38": Definition(_spent, rates("inwoners", 1)),
    "I39": Definition(_used, _percent),
    "I40": Definition(_stories, counts),
}

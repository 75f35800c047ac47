"""What was agreed with a partner: three parts, a history, promises, money, an agenda."""

from datetime import date
from pathlib import Path

import pytest
from contradictions import VOORBEELDSTAD, Case, contradictions, copy, left_over, put

from sources.agreement.load import load
from sources.agreement.model import Agreement, PartnerAgreement

DE_BRUG, TEAM, LIBRARY, TABLE = (
    f"agreements/{name}.yaml" for name in ("welzijn", "sociaal_team", "bibliotheek", "initiatief")
)
PROCESS = """process_sheets:
  - agreement: Wie voor taal komt, hoort ook wat er in de buurt te doen is.
    who: Het Taalhuis en De Brug
    when: vanaf september 2025
    status: gedaan
"""
OWN = "      I08:\n        targets:\n"
UNKNOWN = "baseline: {period: '2024', area_year: 2024}"
SECOND = "  - version: 2\n    date: 2024-11-19"

CASES = {
    "a resultaatovereenkomst without one of its parts": Case(
        [(LIBRARY, "kind: subsidie", "kind: resultaatovereenkomst"), (LIBRARY, PROCESS, "")],
        [(LIBRARY, "", "heeft geen procesbladen. Vul `process_sheets` in, of schrijf bij `mot")],
    ),
    "a part that is missing, with a reason": Case(
        [
            (LIBRARY, "kind: subsidie", "kind: resultaatovereenkomst\nmotivation: Zo past het."),
            (LIBRARY, PROCESS, ""),
        ],
        [],
    ),
    "a part where nothing was agreed": Case(
        [(TABLE, "kind: geen", "kind: geen\nfinance: [{year: 2026, granted: 5, purpose: Soep}]")],
        [(TABLE, "finance:", "Er is niets afgesproken, en toch is er een deel `finance`.")],
    ),
    "an agreement of which nobody knows who made it": Case(
        [(DE_BRUG, "history:\n", "history: []\nmotivation: >-\n")],
        [(DE_BRUG, "history:", "Niemand kan zien met wie dit is afgesproken")],
    ),
    "a history that stops before the present version": Case(
        [(DE_BRUG, "kind: resultaatovereenkomst\nversion: 2", "kind: subsidie\nversion: 3")],
        [(DE_BRUG, "history:", "telt versies [1, 2], en dit is versie 3")],
    ),
    "a history in which a version comes after its successor": Case(
        [(DE_BRUG, SECOND, "  - version: 2\n    date: 2024-10-01")],
        [(DE_BRUG, "date: 2024-10-01", "2024-10-01 ligt voor de sessie die hierboven staat")],
    ),
    "two resultaatbladen that share a name": Case(
        [(TEAM, "  - goal: snelle_hulp\n", "  - id: zich_redden\n    goal: snelle_hulp\n")],
        [(TEAM, "  - goal: zich_redden", "Er is al een resultaatblad `zich_redden`. Geef dit")],
    ),
    "six indicators on one resultaatblad, whatever the reason": Case(
        [
            (
                TEAM,
                "[I28, I30, I31, I32]",
                "[I28, I30, I31, I32, I35, I33]",
            ),
        ],
        [(TEAM, "[I28,", "heeft 6 indicatoren: meer dan 5 kan nooit. Maak er twee bladen van.")],
    ),
    "experience that is promised and not asked": Case(
        [(DE_BRUG, "    evidence: [verhaal]", "    evidence: [verhaal, beleving]")],
        [(DE_BRUG, "evidence: [verhaal, b", "belooft beleving, en geen van zijn indicatoren")],
    ),
    "a resultaatblad about another municipality": Case(
        [(LIBRARY, "    evidence: [tellen]", "    areas: [WK171201]\n    evidence: [tellen]")],
        [(LIBRARY, "areas:", "WK171201 ligt niet in Voorbeeldstad")],
    ),
    "a promise of an indicator that is elsewhere": Case(
        [(DE_BRUG, OWN, "      I31:\n        targets:\n")],
        [(DE_BRUG, "I31:", "Dit blad belooft iets over I31, en I31 staat er niet op")],
    ),
    "a promise that no figure can tell": Case(
        [
            (
                TEAM,
                "        question: Wat heeft het team nodig om wie wacht eerder te bellen?",
                "        targets: [{year: 2027, value: 0.9}]",
            )
        ],
        [(TEAM, "I28:", "I28 is er niet per partner: deze belofte is niet te meten")],
    ),
    "promises that cannot be": Case(
        [
            (DE_BRUG, "{year: 2028, value: 0.65}", "{year: 2031, value: 65}"),
            (DE_BRUG, OWN, f"      I08:\n        {UNKNOWN}\n        targets:\n"),
            (
                LIBRARY,
                "        question: Wanneer",
                "        targets: [{year: 2026, value: 0.5}]\n        question: Wanneer",
            ),
        ],
        [
            (DE_BRUG, "2031", "Een aandeel ligt tussen 0 en 1, en hier staat 65"),
            (DE_BRUG, "2031", "2031 valt buiten deze overeenkomst"),
            (DE_BRUG, "baseline:", "De nulmeting van een partner staat vast, en hier staat geen"),
            (LIBRARY, "question:", "Er staat een streefwaarde en een gespreksvraag"),
        ],
    ),
    "a promise on two sheets": Case(
        [
            (
                LIBRARY,
                "    indicators: [I13]\n    promises:\n      I13:\n        targets:\n"
                "          - {year: 2026, value: 0.63}",
                "    indicators: [I08, I07]\n    promises: {I08: {question: Wie niet?}}",
            ),
        ],
        [(LIBRARY, "    promises: {I08", "Over I08 belooft een blad hierboven ook iets. Kies")],
    ),
    "money of no sheet, twice, and more than there was": Case(
        [
            (LIBRARY, "    spent: 159500", "    spent: 169500"),
            (
                LIBRARY,
                "    forecast: 168000\n    purpose: Taalhuis en informatiepunt\n"
                "    result_sheet: meedoen",
                "    purpose: Taalhuis en informatiepunt\n    result_sheet: meedeon",
            ),
            (
                DE_BRUG,
                "  - year: 2026\n    granted: 1525000",
                "  - year: 2025\n    granted: 1525000",
            ),
        ],
        [
            (LIBRARY, "spent:", "Er is meer besteed (169500) dan toegekend (164000)"),
            (LIBRARY, "meedeon", "Resultaatblad `meedeon` bestaat niet. Bedoelt u `meedoen`?"),
            (DE_BRUG, "  - year: 2025\n    granted: 1525000", "Voor 2025 staat dit er al"),
        ],
    ),
    "points of the agenda that hang loose": Case(
        [
            (
                LIBRARY,
                "    by: 2026-12-31\n    result_sheet: taalhuis",
                "    by: 2026-12-31\n    result_sheet: taal\n    indicator: I99",
            )
        ],
        [
            (LIBRARY, "result_sheet: taal", "Resultaatblad `taal` bestaat niet. Bedoelt u"),
            (LIBRARY, "indicator: I99", "Indicator `I99` bestaat niet"),
        ],
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy(tmp_path)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_in_what_was_agreed_is_named_where_it_stands_and_nothing_else_is(
    folder: Path, case: Case
) -> None:
    put(folder, case.changes)
    assert left_over(folder, case, contradictions(folder)) == []


def two_terms() -> Agreement:
    """Voorbeeldstad, in which De Brug had an older agreement before this one."""
    known = load(VOORBEELDSTAD)
    now = known.agreements["welzijn"]
    old = now.model_copy(update={"begin": date(2021, 1, 1), "end": date(2024, 12, 31)})
    without = [sheet.model_copy(update={"promises": {}}) for sheet in now.result_sheets]
    older = old.model_copy(update={"result_sheets": tuple(without)})
    return known.model_copy(update={"agreements": {"welzijn_2021": older, "welzijn": now}})


# day, the agreement in force with De Brug, and its own targets of I08
IN_FORCE = [
    (date(2020, 12, 31), None, []),
    (date(2021, 1, 1), "welzijn_2021", []),
    (date(2024, 12, 31), "welzijn_2021", []),
    (date(2025, 1, 1), "welzijn", [0.6, 0.65]),
    (date(2028, 12, 31), "welzijn", [0.6, 0.65]),
    (date(2029, 1, 1), None, []),
]


@pytest.mark.parametrize(("day", "name", "targets"), IN_FORCE, ids=str)
def test_a_figure_hangs_under_the_agreement_that_is_in_force(
    day: date, name: str | None, targets: list[float]
) -> None:
    known = two_terms()

    found: PartnerAgreement | None = known.agreed_with("welzijn", day)
    own = known.targets_of("I08", area="GM9901", partner="welzijn", day=day)

    assert found == (known.agreements[name] if name else None)
    assert [one.value for one in own] == targets


def test_a_question_stands_in_the_place_of_a_target() -> None:
    known, day = load(VOORBEELDSTAD), date(2026, 9, 30)

    assert known.targets_of("I08", area="GM9901", partner="bibliotheek", day=day) == ()
    assert len(known.targets_of("I08", area="GM9901", partner="", day=day)) == 2


def test_a_partner_may_begin_elsewhere_than_everybody_together() -> None:
    known, day = load(VOORBEELDSTAD), date(2026, 9, 30)
    sheet = known.agreements["welzijn"].result_sheets[0]
    start = known.indicators["I08"].baseline
    own = start.model_copy(update={"value": 0.44}) if start else None
    promise = sheet.promises["I08"].model_copy(update={"baseline": own})
    changed = sheet.model_copy(update={"promises": {"I08": promise}})
    agreed = known.agreements["welzijn"].model_copy(update={"result_sheets": (changed,)})
    known = known.model_copy(update={"agreements": {"welzijn": agreed}})

    assert known.baseline_of("I08", partner="welzijn", day=day) == own
    assert known.baseline_of("I08", partner="bibliotheek", day=day) == start
    assert known.baseline_of("I08", partner="", day=day) == start

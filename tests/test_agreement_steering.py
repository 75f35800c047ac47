"""Partners and what steers: strategies, roles, efforts, chain, instruments, two sides, tree."""

from pathlib import Path

import pytest
from contradictions import Case, contradictions, copy, left_over, put

BRIDGE, TEAM, TABLE = (
    f"partners/{name}.yaml" for name in ("welzijn", "sociaal_team", "initiatief")
)
EFFORTS, COHERENCE, INSTRUMENTS = "efforts.yaml", "coherence.yaml", "instruments.yaml"
MAIN, TOGETHER = "goals/iedereen.yaml", "goals/meedoen.yaml"
WHY = "  motivation: Wie vier jaar zekerheid heeft, kan bouwen aan iets dat blijft.\n"

CASES = {
    "a history of judgements that runs back": Case(
        [(BRIDGE, "    - date: 2025-06-17", "    - date: 2024-10-07")],
        [(BRIDGE, "2024-10-07", "2024-10-07 ligt niet na de inschatting die hierboven staat")],
    ),
    "a direction without a reason": Case(
        [(BRIDGE, WHY, "")],
        [(BRIDGE, "direction: right", "Bij deze richting staat niet waarom")],
    ),
    "a direction that was agreed and is not there": Case(
        [(BRIDGE, "  direction: right\n", "")],
        [(BRIDGE, "agreed_on:", "Er is een richting afgesproken, maar welke staat er niet")],
    ),
    "an action with an instrument that does not exist": Case(
        [(BRIDGE, "instrument: contract", "instrument: contracten")],
        [(BRIDGE, "instrument: contracten", "Sturingsinstrument `contracten` bestaat niet. Bed")],
    ),
    "what is asked in a role that a partner does not have": Case(
        [
            (BRIDGE, "  co-creëerder:\n", "  gemandateerde:\n"),
            (TEAM, "  - gefaciliteerde\n", ""),
            (
                TEAM,
                "{contract: verhalen_signalen, since: 2024K4}",
                "{contract: verhalen_signalen, since: 2024K4, role: gefaciliteerde}",
            ),
        ],
        [
            (BRIDGE, "  gemandateerde:", "Deze partner is geen gemandateerde. Noem die rol bij"),
            (TEAM, "role: gefaciliteerde", "Deze partner is geen gefaciliteerde."),
        ],
    ),
    "a sociaal team that tells nothing of its trajecten": Case(
        [(BRIDGE, "type: welzijnsorganisatie", "type: sociaal_team")],
        [(BRIDGE, "type:", "Een sociaal team levert `sociaal_team_trajecten`, en hier ontbreekt")],
    ),
    "more asked of a partner than was agreed, by all and by itself": Case(
        [
            (TEAM, "motivation: >-\n  Het team meet", "contact: >-\n  Het team meet"),
            (TEAM, "contact: Kwaliteitsmedewerker van het team\n", ""),
            (TABLE, "since: 2024K4, optional: true", "since: 2024K4"),
        ],
        [
            (TEAM, "deliveries:", "Aanleveren kost 135 minuten per kwartaal, 120 is het meeste"),
            (TABLE, "deliveries:", "minuten per kwartaal, 0 is het meeste. Vraag een levering"),
        ],
    ),
    "efforts of nobody, for nothing, and told twice": Case(
        [
            (EFFORTS, "partners: [bibliotheek]", "partners: [bibliotek]"),
            (EFFORTS, "      geld: {", "      gelt: {"),
            (EFFORTS, "[V01, V02, V03, V04]", "[V01, W01]"),
        ],
        [
            (
                EFFORTS,
                "partners: [bibliotek]",
                "Partner `bibliotek` bestaat niet. Bedoelt u",
            ),
            (EFFORTS, "gelt:", "Doel `gelt` bestaat niet. Bedoelt u `geld`?"),
            (EFFORTS, "[V01, W01]", "Activiteit W01 hoort al bij `ontmoeten`"),
        ],
    ),
    "an effort for a goal that its partner does not name": Case(
        [(BRIDGE, "  kinderen: voert uit\n", "")],
        [(EFFORTS, "kinderen: {strength: ++", "Hier werkt Stichting Welzijn De Brug aan `kinder")],
    ),
    "signals of a chain that cannot be": Case(
        [
            (COHERENCE, "help: {indicator: I08}", "help: {indicator: I08, text: Goed}"),
            (COHERENCE, "plan: {indicator: I28}", "plan: {indicator: I07}"),
            (COHERENCE, "help: {indicator: I30}", "help: {indicator: I99}"),
            (COHERENCE, "help: {story: zich_redden}", "help: {story: redden}"),
            (COHERENCE, "  kinderen:\n", "  hulp_helpt:\n"),
            (COHERENCE, "  licht:\n", "  zwaar:\n"),
        ],
        [
            (COHERENCE, "help: {indicator: I08,", "Deze schakel heeft 2 signalen. Kies er één"),
            (COHERENCE, "plan: {indicator: I07}", "I07 hoort bij doel `meedoen`, deze keten bij"),
            (COHERENCE, "help: {indicator: I99}", "Indicator `I99` bestaat niet"),
            (COHERENCE, "help: {story: redden}", "Doel `redden` bestaat niet. Bedoelt u `zich_re"),
            (COHERENCE, "  hulp_helpt:", "`hulp_helpt` is geen doel maar een result"),
            (COHERENCE, "access: {indicator: I26}", "I26 hoort bij doel `kinderen`, deze keten"),
            (COHERENCE, "help: {indicator: I24}", "I24 hoort bij doel `kinderen`, deze keten"),
            (COHERENCE, "  zwaar:", "Doel `zwaar` bestaat niet"),
            (COHERENCE, "arrangement: {indicator: I37}", "I37 hoort bij doel `licht`, deze keten"),
            (COHERENCE, "help: {indicator: I36}", "I36 hoort bij doel `licht`, deze keten bij"),
            (COHERENCE, "funding: {indicator: I38}", "I38 hoort bij doel `licht`, deze keten bij"),
        ],
    ),
    "a figure that is strength and load, one that has no wijk, and one that is not": Case(
        [(COHERENCE, "load: [I20, I21, I33]", "load: [I20, I01, I29, I99]")],
        [
            (COHERENCE, "load:", "I01 staat bij wat mensen draagt en bij wat zij dragen"),
            (COHERENCE, "load:", "I29 is er niet per wijk, en deze twee kanten staan op een wijk"),
            (COHERENCE, "load:", "Indicator `I99` bestaat niet"),
        ],
    ),
    "load without strength": Case(
        [(COHERENCE, "strength: [I01, I03, I09]", "strength: []")],
        [(COHERENCE, "load:", "Van draagkracht en draaglast staat er maar één")],
    ),
    "an instrument with evidence that does not exist": Case(
        [(INSTRUMENTS, "[I06, I35]", "[I06, I99]")],
        [(INSTRUMENTS, "[I06, I99]", "Indicator `I99` bestaat niet")],
    ),
    "a tree with more branches than anybody oversees": Case(
        [(MAIN, "motivation: >-", "icon: >-"), (MAIN, "icon: together\n", "")],
        [(MAIN, "", "Hier hangen 6 takken onder, 5 is het meeste: geld, kinderen, licht,")],
    ),
    "a picture of the future without a year": Case(
        [(TOGETHER, "horizon: 2028\n", "horizon:\n")],
        [(TOGETHER, "horizon:", "Niemand weet voor wanneer dit beeld is: `horizon` is leeg")],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_in_what_steers_is_named_where_it_stands_and_nothing_else_is(
    tmp_path: Path, case: Case
) -> None:
    folder = copy(tmp_path)
    put(folder, case.changes)
    assert left_over(folder, case, contradictions(folder)) == []

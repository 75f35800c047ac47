"""Against measuring for its own sake: rules, remarks, the lastenmeter; judgements stay human."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from contradictions import Case, contradictions, copy, left_over, put, where
from tiny_agreement import agreement, partner

from sources.agreement import sense
from sources.agreement.burden import Load, loads
from sources.agreement.load import load_with_lines
from sources.agreement.model import Burden, OwedDelivery
from sources.contracts.load import standard
from sources.contracts.model import Column, Contract, FieldType

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 10, 15)

I08, I40 = "indicators/I08.yaml", "indicators/I40.yaml"
BRIDGE, TEAM = "partners/welzijn.yaml", "partners/sociaal_team.yaml"

CASES = {
    "a figure that nothing gives away": Case(
        [(I08, "counter_indicators: [I07]", "counter_indicators: []")],
        [(I08, "counter_indicators:", "Geen ander cijfer verraadt dat dit cijfer mooier lijkt")],
    ),
    "a figure that nothing gives away, with a reason": Case(
        [(I08, "counter_indicators: [I07]", "motivation: Er is er geen.")], []
    ),
    "an indicator that asks nothing": Case(
        [
            (
                I08,
                "question: Hoor ik er meer bij door deze activiteit?",
                "question: Meer erbij horen",
            )
        ],
        [(I08, "question:", "Deze indicator stelt geen vraag. Schrijf de vraag zoals een inwoner")],
    ),
    "a story needs no figure against it": Case(
        [(I40, "counter_indicators: [I08, I31]", "counter_indicators: []")], []
    ),
    "an estimate of a delivery that does not exist": Case(
        [("agreement.yaml", "    partner_activiteiten: 60", "    activiteiten: 60")],
        [("agreement.yaml", "    activiteiten: 60", "Levering `activiteiten` bestaat niet.")],
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy(tmp_path)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_rule_that_is_broken_is_named_where_it_stands_and_nothing_else_is(
    folder: Path, case: Case
) -> None:
    put(folder, case.changes)
    assert left_over(folder, case, contradictions(folder)) == []


def remarks(folder: Path, today: date) -> list[str]:
    known, lines = load_with_lines(folder)
    return sense.remarks(known, standard(), today=today, lines=lines)


# what changes, and the remark: file, a text on the line, a piece of what is said
REMARKED = {
    "an indicator whose day has passed": (
        [(I08, "expires: 2028-12-31", "expires: 2026-10-14")],
        (I08, "expires:", "Deze indicator is op 2026-10-14 vervallen"),
    ),
    "a doel zonder bewijs": (
        [("indicators/I32.yaml", "status: active", "status: stopped")],
        ("goals/weg_vinden.yaml", "", "Dit is een doel zonder bewijs: er hangt geen indicator"),
    ),
    "an effort that is a taak zonder doel": (
        [("efforts.yaml", "    goals:\n      geld: {", "    goals: {}\n    #  geld: {")],
        ("efforts.yaml", "  eerder_bellen:", "een taak zonder doel: waarvoor doen wij `Bellen"),
    ),
    "a doel zonder inspanning": (
        [("efforts.yaml", "    goals:\n      geld: {", "    goals: {}\n    #  geld: {")],
        ("goals/geld.yaml", "", "Dit is een doel zonder inspanning: niemand werkt eraan"),
    ),
    "an activity that is a taak zonder doel": (
        [("efforts.yaml", "[W01, W02, W04]", "[W02, W04]")],
        ("rainbow.yaml", "value: W01", "Activiteit W01 is een taak zonder doel"),
    ),
    "an agenda that is late": (
        [("agreements/bibliotheek.yaml", "    by: 2026-12-31", "    by: 2026-10-14")],
        ("agreements/bibliotheek.yaml", "by: 2026-10-14", "zou op 2026-10-14 klaar zijn"),
    ),
    "an agenda that has its answer": (
        [("agreements/welzijn.yaml", "    indicator: I10", "    indicator: I08")],
        ("agreements/welzijn.yaml", "    indicator: I08", "I08 telt al: dit ontwikkelpunt heeft"),
    ),
    "an action that is late": (
        [(TEAM, "      by: 2027-06-30", "      by: 2026-10-14")],
        (TEAM, "by: 2026-10-14", "zou op 2026-10-14 klaar zijn en staat op `loopt`"),
    ),
    "a link of a chain of which nothing is known": (
        [("coherence.yaml", "    access: {indicator: I32}\n", "")],
        ("goals/snelle_hulp.yaml", "", "niets bekend over toegang, bekostiging"),
    ),
    "a partner that hears nothing of what it delivers": (
        [(BRIDGE, "email: kwaliteit@debrug.voorbeeldstad.example\n", "")],
        (BRIDGE, "name:", "Deze partner krijgt geen antwoord en geen herinnering per mail"),
    ),
    "an instrument without evidence": (
        [("instruments.yaml", "[I06, I35]", "[I06]")],
        ("goals/snelle_hulp.yaml", "", "Geen cijfer laat zien of dit werkt: "),
    ),
}


@pytest.mark.parametrize("name", REMARKED)
def test_what_is_allowed_and_worth_a_talk_is_remarked_and_is_no_fault(
    folder: Path, name: str
) -> None:
    changes, (file, text, said) = REMARKED[name]
    before = remarks(folder, TODAY)
    put(folder, changes)
    place = where(folder, file, text)

    new = [one for one in remarks(folder, TODAY) if one not in before]

    assert any(one.startswith(f"{place}: ") and said in one for one in new), "\n".join(new)
    assert contradictions(folder) == []


def test_what_is_done_or_not_yet_due_is_no_remark(folder: Path) -> None:
    put(
        folder,
        [
            (
                TEAM,
                "      by: 2026-06-30\n      status: gedaan",
                "      by: 2020-06-30\n      status: gedaan",
            ),
            (I08, "expires: 2028-12-31", "expires: 2026-10-15"),
            ("agreements/bibliotheek.yaml", "    by: 2026-12-31", "    by: 2026-10-15"),
        ],
    )
    assert not [one for one in remarks(folder, TODAY) if "zou op" in one or "vervallen" in one]


def test_a_delivery_from_which_nothing_is_counted_is_a_taak_zonder_doel() -> None:
    asked = partner(deliveries=(OwedDelivery(contract="telling", since="2026K1"),))
    known = agreement(partners={"welzijn": asked})
    contracts = {"telling": contract("telling"), "meldingen": contract("meldingen")}

    (told,) = [one for one in sense.remarks(known, contracts, today=TODAY) if "telling" in one]

    assert told.startswith("partners/welzijn.yaml: `telling` is een taak zonder doel")


def contract(name: str, *, columns: int = 3, derived: int = 0, minutes: int = 0) -> Contract:
    text = FieldType.TEXT
    asked = [Column(f"k{n}", f"k{n}", text, "Een kolom.") for n in range(columns)]
    made = [Column(f"a{n}", f"a{n}", text, "Afgeleid.", derived="1") for n in range(derived)]
    return Contract(
        id=name,
        code=name[:3].upper(),
        version="1.0.0",
        title=name,
        purpose="Een doel.",
        columns=(*asked, *made),
        key=("k0",),
        rules=(),
        minutes=minutes,
    )


ASKED = {
    "team": contract("team", columns=10, derived=2, minutes=30),
    "jaar": contract("jaar", columns=8, minutes=40),
}


def owed(name: str, since: str, **more: Any) -> OwedDelivery:
    return OwedDelivery(contract=name, since=since, **more)


# what is owed, the agreement's own estimate, and: files, fields, minutes, over a budget of 40
LASTEN = {
    "nothing": ([], {}, (0, 0, 0, False)),
    "a file a quarter": ([owed("team", "2025K1")], {}, (1, 10, 30, False)),
    "a file a quarter, and a quarter of that of a year": (
        [owed("team", "2025K1"), owed("jaar", "2025")],
        {},
        (1.25, 12, 40, False),
    ),
    "partners say that it takes longer": (
        [owed("team", "2025K1")],
        {"team": 41},
        (1, 10, 41, True),
    ),
    "what is optional costs nothing": (
        [owed("team", "2025K1", optional=True)],
        {},
        (0, 0, 0, False),
    ),
    "one after the other is not both at once": (
        [owed("team", "2025K1", until="2025K4"), owed("jaar", "2026")],
        {},
        (1, 10, 30, False),
    ),
    "the busiest quarter counts, also when it comes late": (
        [owed("team", "2025K1"), owed("team", "2028K4")],
        {},
        (2, 20, 60, True),
    ),
    "after the agreement nothing is asked": ([owed("team", "2029K1")], {}, (0, 0, 0, False)),
}


@pytest.mark.parametrize("name", LASTEN)
def test_the_lastenmeter_counts_files_fields_and_minutes_of_the_busiest_quarter(name: str) -> None:
    deliveries, minutes, (files, fields, cost, over) = LASTEN[name]
    budget = Burden(most_minutes=40, minutes=minutes, source="Een gesprek.")
    known = agreement(partners={"welzijn": partner(deliveries=tuple(deliveries))})
    general = known.general.model_copy(update={"burden": budget})

    found = loads(known.model_copy(update={"general": general}), ASKED)["welzijn"]

    assert found == Load(files, fields, cost, 40)
    assert found.over is over


def test_a_partner_may_have_a_budget_of_its_own_and_a_supplier_has_none() -> None:
    asked = (owed("team", "2025K1"),)
    free = partner(deliveries=asked, most_minutes=0)
    known = agreement(partners={"tafel": free, "cbs": partner(kind="supplier", deliveries=asked)})

    assert loads(known, ASKED) == {"tafel": Load(1, 10, 30, 0)}


def test_validate_tells_what_is_worth_a_talk_and_what_delivering_costs(
    praatplaat: Command, folder: Path
) -> None:
    put(folder, [("agreements/bibliotheek.yaml", "    by: 2026-12-31", "    by: 2025-06-30")])

    told = praatplaat("validate", "--agreement", folder)

    assert told.code == 0
    first, talk, burden = told.out.split("\n\n")
    assert first.startswith("De overeenkomst van Voorbeeldstad klopt: ")
    assert talk.startswith("Het bespreken waard:\nagreements/bibliotheek.yaml:")
    assert "Dit ontwikkelpunt zou op 2025-06-30 klaar zijn" in talk
    assert burden.startswith("Lastenmeter, in het drukste kwartaal:\nBibliotheek Voorbeeldstad: ")
    assert "De Lange Tafel: 0 bestanden, 0 velden, naar schatting 0 minuten" in burden


# Domain, section 3: pairs that must stand together, and each way in which they are declared.
FORCED = """
I28 I30
I28 I31
I29 I30
I29 I31
I30 I31
I26 I21
I06 I35
I03 I04
I16 I17
I38 I36
I38 I01
I07 I08
"""


@pytest.mark.parametrize("pair", FORCED.split("\n")[1:-1])
def test_forced_pairs_are_data_of_voorbeeldstad(folder: Path, pair: str) -> None:
    one, other = pair.split()
    known, _ = load_with_lines(folder)
    assert other in known.indicators[one].pairs


JUDGED = {
    *("Estimate", "Judgement", "Placement", "PartnerStrategy", "Governance", "Contribution"),
    *("Influence", "EvidenceLevel", "Actor", "Risk", "Sighting", "Trust", "SelfCheck"),
    "Appointment",
}


def made_in(path: Path) -> set[str]:
    """Return the types of judgements that a module calls, and so makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        name.id if isinstance(name, ast.Name) else name.attr
        for name in called
        if isinstance(name, ast.Name | ast.Attribute)
    } & JUDGED


def test_human_judgements_are_never_computed() -> None:
    """No module of the program makes one: they can only come out of the files of the agreement."""
    modules = [
        p
        for room in ("sources", "transforms", "reports", "flows")
        for p in (ROOT / room).rglob("*.py")
    ]
    assert len(modules) > 100
    assert {str(path): found for path in modules if (found := made_in(path))} == {}


def test_no_figure_is_worked_out_with_a_judgement() -> None:
    """What people think of a partner, an effort or a goal is no input of any transform."""
    read = {"strategy", "governance", "placements", "efforts", "forces", "knowledge", "risks"}
    used = {
        f"{path.name}: {node.attr}"
        for path in (ROOT / "transforms").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in read
    }
    assert used == set()

"""The agreement is read whole: every fault of every file at once, with its file and its line."""

import shutil
from pathlib import Path

import pytest

from sources.agreement.load import load, load_with_lines
from sources.errors import AgreementError

VOORBEELDSTAD = Path(__file__).parent.parent / "sources/example/voorbeeldstad"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VOORBEELDSTAD, tmp_path / "overeenkomst"))


def put(folder: Path, file: str, now: str, then: str) -> str:
    """Change a text that stands once in a file; return `file:line` of where it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(now) == 1, f"{file} holds {now!r} {text.count(now)} times"
    path.write_text(text.replace(now, then), encoding="utf-8")
    return f"{file}:{text[: text.index(now)].count(chr(10)) + 1}"


def load_faults(folder: Path) -> list[str]:
    """Return what is said of the structure, without the last line that counts."""
    with pytest.raises(AgreementError) as refused:
        load(folder)
    return str(refused.value).splitlines()[:-1]


def said(where: str, what: str, faults: list[str]) -> bool:
    return any(fault.startswith(f"{where}: ") and what in fault for fault in faults)


I07, I08, I28, I40 = (f"indicators/{name}.yaml" for name in ("I07", "I08", "I28", "I40"))

# file, what stands there, what is put in its place, and what is said of it at that line
BROKEN = [
    ("agreement.yaml", "begin: 2025-01-01", "begin: 2025", "`begin: 2025` is geen dag"),
    ("agreement.yaml", "code: GM9901", "code: Voorbeeldstad", "is geen gebiedscode"),
    ("agreement.yaml", "  base: 5", "  base: 2", "`base: 2` is te klein. Kies minstens 5."),
    ("agreement.yaml", "  threshold: 3", "  threshold: 2", "is te klein. Kies minstens 3."),
    ("areas.yaml", "groupings:", "groupings: &alle", "`&alle` maakt een anker"),
    ("conversations/molenwijk.yaml", "status: gedaan", "status: klaar", "Kies uit: `nog niet`"),
    ("goals/meedoen.yaml", "level: goal", "level: doel", "Kies uit: `main`, `goal` of `result`."),
    ("goals/ontmoeten.yaml", "horizon: 2028", "horzion: 2028", "Bedoelt u `horizon`?"),
    (I07, "value: 148.0", "value: 148,0", "is geen getal. Schrijf cijfers met een punt"),
    (I07, "additive_over: [area, partner]", "additive_over: area", "is geen lijst"),
    (I08, "{year: 2026, value: 0.58}", "{year: 2026}", "`value` ontbreekt. Voeg de regel `value:"),
    (I28, "expires: 2028-12-31", "expires:", "`expires` is leeg. Vul een waarde in."),
    (I28, "days: 42\n  suspension:", "days: zes\n  suspension:", "is geen heel getal"),
    (I40, "counts: events", "counts: verhalen", "Kies uit: `persons`, `households`"),
    (I40, "  district: four_quarters", "  wijk: four_quarters", "`wijk` is geen keuze"),
    (I40, "valid_from: 2024-01-01", "valid_from: 2024-02-30", "is een dag die niet bestaat"),
    (
        "partners/cbs.yaml",
        "name: Centraal",
        "kind: partner\nname: Centraal",
        "`kind` staat er twee",
    ),
    ("agreements/welzijn.yaml", "  - version: 1\n", "  - version: 0\n", "Kies minstens 1."),
    ("agreements/welzijn.yaml", "parties: [De Brug, de gemeente]", "parties: []", "minstens 1."),
    ("coherence.yaml", "help: {story: zich_redden}", "hulp: {story: zich_redden}", "`help`?"),
    ("efforts.yaml", "{strength: ++, reason: Hier l", "{strength: 9, reason: H", "`-`, `+` of"),
    ("instruments.yaml", "indicators: [I06, ", "indicators: I06 # [", "is geen lijst"),
    ("partners/welzijn.yaml", "  - co-creëerder\n", "  - regisseur\n", "`gemandateerde`, `keten"),
    ("partners/welzijn.yaml", "direction: right", "direction: rechts", "`up`, `down`, `left`"),
    ("partners/cbs.yaml", 'indeling, since: "2024"', "indeling, since: 24K1", "is geen periode"),
    (
        "partners/welzijn.yaml",
        "kwaliteit@debrug.",
        "de brug, ",
        "is geen mailadres. Schrijf er één",
    ),
    ("calendar.yaml", "before: [14, 3]", "before: [14, 0]", "is te klein. Kies minstens 1."),
    (
        "partners/welzijn.yaml",
        "    value: 4\n    reason: De gemeente betaalt",
        "    value: 6\n    reason: De gemeente betaalt",
        "5.",
    ),
    ("rainbow.yaml", "examples: Een buur", "voorbeeld: Een buur", "of kies uit: id, name, desc"),
]


def test_every_fault_of_every_file_comes_at_once_with_its_file_and_line(folder: Path) -> None:
    expected = [(put(folder, file, now, then), what) for file, now, then, what in BROKEN]
    (folder / "partners/bibliotheek.yaml").write_bytes("name: Biblioth\xe8que\n".encode("cp1252"))
    (folder / "goals/eigen_kring.yaml").write_text("level: result\nname: Thuis: bij elkaar\n")
    (folder / "goals/leeg.yaml").write_text("# nog niets\n")
    expected += [
        ("partners/bibliotheek.yaml:1", "Deze regel is geen UTF-8"),
        ("goals/eigen_kring.yaml:2", "Hier staat een dubbele punt"),
        ("goals/leeg.yaml", "Dit bestand is leeg"),
    ]

    faults = load_faults(folder)

    unsaid = [place for place in expected if not said(*place, faults)]
    assert not unsaid, "\n".join(faults)
    assert len(faults) == len(expected)


def test_the_last_line_counts_the_faults(folder: Path) -> None:
    put(folder, "agreement.yaml", "language: nl", "language: fr")
    with pytest.raises(AgreementError, match=r"\n1 fout in de overeenkomst\. Verbeter ze") as one:
        load(folder)
    assert one.value.exit_code == 10

    put(folder, "agreement.yaml", "area_year: 2026", "area_year: nu")
    with pytest.raises(AgreementError, match=r"\n2 fouten in de overeenkomst\."):
        load(folder)


def test_a_file_or_folder_without_a_place_in_an_agreement_is_a_fault(folder: Path) -> None:
    for beside in ("README.md", ".gitignore", "LICENSE"):
        (folder / beside).write_text("mag er zijn")
    (folder / "deliveries").mkdir(exist_ok=True)
    for stray in ("notities.txt", "goals/meedoen.yml", "goals/2e_doel.yaml", "deliveries/l99.yaml"):
        (folder / stray).write_text("level: goal\n")
    (folder / "indicatoren").mkdir()
    (folder / "partners/oud").mkdir()

    assert [fault.split(":")[0] for fault in load_faults(folder)] == [
        "deliveries/l99.yaml",
        "goals/2e_doel.yaml",
        "goals/meedoen.yml",
        "indicatoren",
        "notities.txt",
        "partners/oud",
    ]


def test_a_folder_that_is_no_agreement_says_what_is_missing(tmp_path: Path) -> None:
    assert [fault.split(":")[0] for fault in load_faults(tmp_path / "nergens")] == [
        "agreement.yaml",
        "goals",
        "indicators",
        "partners",
        "rainbow.yaml",
    ]


def test_what_is_left_out_has_its_default(folder: Path) -> None:
    alone = ("calendar", "council", "krachtenveld", "risks")
    for name in ("areas", "coherence", "efforts", "instruments", "questions", *alone):
        (folder / f"{name}.yaml").unlink()
    shutil.rmtree(folder / "conversations")
    put(folder, "agreement.yaml", "budgets:\n  district: 12\n", "budgets:\n  district:\n")

    agreement = load(folder)

    assert agreement.general.budgets.district == 12
    assert not agreement.areas.groupings
    assert not agreement.calendar.measurements
    assert not agreement.coherence.chains
    assert not agreement.conversations
    assert not agreement.council.frames
    assert not agreement.efforts.efforts
    assert not agreement.forces.actors
    assert not agreement.instruments.steering
    assert not agreement.questions.areas
    assert not agreement.risks.risks


def test_the_line_of_every_value_is_kept_for_whoever_finds_faults_later(folder: Path) -> None:
    where = put(folder, I28, "value: 0.90", "value: 0.90")

    _, lines = load_with_lines(folder)

    assert where == f"{I28}:{lines.line(I28, ('targets', 1, 'value'))}"
    assert lines.line(I28, ("targets", 9)) == lines.line(I28, ("targets",)) > 0
    assert lines.line("indicators/I99.yaml", ("name",)) == 0

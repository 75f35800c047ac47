"""The agreement as a workbook: what somebody changes arrives, and not one byte more."""

import difflib
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cli import app
from flows.settings import EXAMPLE, Settings
from flows.steps import workbook
from sources.agreement.workbook import export, folder, reading
from sources.agreement.workbook.changes import changes
from sources.agreement.workbook.columns import Holds
from sources.agreement.workbook.operations import Append, Drop, Put
from sources.agreement.workbook.places import stem
from sources.agreement.workbook.sheets import SHEETS, Sheet
from sources.agreement.workbook.surgery import changed
from sources.errors import AgreementError, UsageError
from sources.strict_yaml import scan

EXPORTED = export.workbook(folder.read(EXAMPLE))

Edit = Callable[[Any], None]


@pytest.fixture
def town(tmp_path: Path) -> Settings:
    """Voorbeeldstad in a folder of its own."""
    place = tmp_path / "overeenkomst"
    shutil.copytree(EXAMPLE, place)
    home, key = tmp_path / "home", tmp_path / "key"
    return Settings.choose(agreement=place, home=home, key=key, environment={})


def filled_in(place: Path, edit: Edit = lambda book: None) -> Path:
    """Return the exported workbook after somebody edited it."""
    file = place / "afspraken.xlsx"
    file.write_bytes(EXPORTED)
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)
    return file


def cell(book: Any, sheet: str, mark: str, heading: str) -> Any:
    page = book[sheet]
    column = next(one for one in page[1] if one.value == heading).column
    row = next(one for one in page["A"] if one.value == mark).row
    return page.cell(row, column)


def put(sheet: str, mark: str, heading: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        cell(book, sheet, mark, heading).value = value

    return edit


def added(sheet: str, **values: Any) -> Edit:
    def edit(book: Any) -> None:
        page = book[sheet]
        page.append([values.get(one.value.replace(" ", "_")) for one in page[1]])

    return edit


def without(sheet: str, mark: str) -> Edit:
    def edit(book: Any) -> None:
        book[sheet].delete_rows(cell(book, sheet, mark, "Kenmerk").row)

    return edit


def bytes_of(place: Path) -> dict[str, bytes]:
    return {
        p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()
    }


def lines_changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Per file that differs the lines that went (-) and came (+)."""
    made = {}
    for file in before.keys() | after.keys():
        old, new = (one.get(file, b"").decode().splitlines() for one in (before, after))
        if before.get(file) != after.get(file):
            made[file] = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
    return made


def test_a_workbook_that_nobody_changed_changes_nothing(town: Settings, tmp_path: Path) -> None:
    before = bytes_of(town.agreement)

    told = workbook.from_workbook(town, filled_in(tmp_path), remove=False, write=True)

    assert told == ()
    assert bytes_of(town.agreement) == before


def test_the_same_agreement_gives_the_same_bytes() -> None:
    assert export.workbook(folder.read(EXAMPLE)) == EXPORTED


def test_every_sheet_has_its_rows_a_grey_mark_and_drop_downs(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled_in(tmp_path))

    assert book.sheetnames == ["Uitleg", *(s.title for s in SHEETS), "Lijsten", "Stand"]
    assert book["Doelen"]["A2"].fill.fgColor.rgb == "FFE0E0E0"
    assert cell(book, "Doelen", "kinderen", "Doelstelling").alignment.wrap_text
    allowed = book["Doelen"].data_validations.dataValidation
    choices = {str(one.sqref): one.formula1 for one in allowed}
    assert choices["B2:B2001"] == '"hoofddoel,doel,maatschappelijk resultaat"'
    assert choices["C2:C2001"] == "lijst_goals"
    assert book["Doelen"].max_row - 1 == len(list((EXAMPLE / "goals").glob("*.yaml")))


# Nested, or decided elsewhere: docs/overeenkomst.md says who changes these.
NOT_IN_THE_WORKBOOK = {
    "Doelen": {"icon", "knowledge"},
    "Resultaatbladen": {"promises"},  # the targets of a promise have a sheet of their own
    "Gesprekken": {"appointments"},  # so do these
}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.title)
def test_every_field_has_a_column_or_is_documented_to_have_none(sheet: Sheet) -> None:
    columns = {column.key for column in sheet.columns if not column.place}

    assert set(sheet.part.model_fields) - columns == NOT_IN_THE_WORKBOOK.get(sheet.title, set())


# what somebody does in the workbook; what changes in the files
EDITS: dict[str, tuple[Edit, dict[str, list[str]]]] = {
    "a short text": (
        put("Doelen", "kinderen", "Naam", "Kinderen groeien op"),
        {
            "goals/kinderen.yaml": [
                "- name: Kinderen groeien veilig, gezond en met kansen op",
                "+ name: Kinderen groeien op",
            ]
        },
    ),
    "a text that looks like YAML": (
        put("Doelen", "kinderen", "Naam", "Kinderen: #1 - {echt}"),
        {
            "goals/kinderen.yaml": [
                "- name: Kinderen groeien veilig, gezond en met kansen op",
                '+ name: "Kinderen: #1 - {echt}"',
            ]
        },
    ),
    "a target in one line": (
        put("Streefwaarden", "I01 1", "Waarde", "0,79"),
        {
            "indicators/I01.yaml": [
                "-   - {year: 2026, value: 0.78}",
                "+   - {year: 2026, value: 0.79}",
            ]
        },
    ),
    "a new target beside others": (
        added("Streefwaarden", Indicator="I01", Jaar=2027, Waarde=0.79),
        {"indicators/I01.yaml": ["+   - {year: 2027, value: 0.79}"]},
    ),
    "a status, whatever its capitals": (
        put("Procesbladen", "welzijn 2", "Stand", "Gedaan"),
        {"agreements/welzijn.yaml": ["-     status: loopt", "+     status: gedaan"]},
    ),
    "a note that goes": (
        put("Procesbladen", "welzijn 2", "Toelichting", None),
        {"agreements/welzijn.yaml": ["-     note: In drie wijken hangt het eerste programma."]},
    ),
    "indicators of a sheet": (
        put("Resultaatbladen", "welzijn 1", "Indicatoren", "I07, I08"),
        {
            "agreements/welzijn.yaml": [
                "-     indicators: [I07, I08, I09]",
                "+     indicators: [I07, I08]",
            ]
        },
    ),
    "a day": (
        put("Ontwikkelpunten", "welzijn 1", "Uiterlijk", "1-2-2027"),
        {"agreements/welzijn.yaml": ["-     by: 2026-12-31", "+     by: 2027-02-01"]},
    ),
    "a werkwijze that an afspraak serves": (
        put("Afspraken", "zonneveld 1", "Werkwijze", "Luisteren en kijken"),
        {
            "conversations/zonneveld.yaml": [
                "-     working_way: initiatieven helpen",
                "+     working_way: luisteren en kijken",
            ]
        },
    ),
    "a new goal, and a name made of its own": (
        added(
            "Doelen",
            Soort="maatschappelijk resultaat",
            Hangt_onder="kinderen",
            Naam="Één plek: thuis!",
            Doelstelling="Over 2 jaar willen we dat meer kinderen thuis wonen.",
            Jaar=2028,
        ),
        {
            "goals/een_plek_thuis.yaml": [
                "+ level: result",
                "+ parent: kinderen",
                '+ name: "Één plek: thuis!"',
                "+ statement: Over 2 jaar willen we dat meer kinderen thuis wonen.",
                "+ horizon: 2028",
            ]
        },
    ),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_what_somebody_changes_arrives_and_nothing_else(
    tmp_path: Path, edit: Edit, expected: dict[str, list[str]]
) -> None:
    shelf = folder.read(EXAMPLE)

    made = changes(shelf, reading.read(filled_in(tmp_path, edit)), remove=False)

    after = shelf.files | {file: data for file, data in made.files.items() if data is not None}
    assert lines_changed(shelf.files, after) == expected
    assert len(made.told) == 1


def test_a_gesprek_and_its_afspraak_come_together_under_a_name_of_their_own(
    town: Settings, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        added("Gesprekken", Kenmerk="eettafel", Datum="1-9-2026", Plaats="De Lange Tafel",
              Aanwezig="tien buren\nde gemeente", Partner="welzijn")(book)  # fmt: skip
        added("Afspraken", Gesprek="eettafel", Afgesproken="Wij eten vaker samen.", Wie="De buren",
              Stand="loopt")(book)  # fmt: skip

    workbook.from_workbook(town, filled_in(tmp_path, edit), remove=False, write=True)

    written = (town.agreement / "conversations/eettafel.yaml").read_text(encoding="utf-8")
    assert written.splitlines() == [
        "date: 2026-09-01",
        "place: De Lange Tafel",
        "present: [tien buren, de gemeente]",
        "partner: welzijn",
        "appointments:",
        "  - agreed: Wij eten vaker samen.",
        "    who: De buren",
        "    status: loopt",
    ]
    assert town.open().agreement.conversations["eettafel"].appointments[0].who == "De buren"


def test_a_target_of_a_partner_that_had_none_makes_its_own_place(
    town: Settings, tmp_path: Path
) -> None:
    new = {"Indicator": "I07", "Overeenkomst": "welzijn", "Resultaatblad": "meedoen"}

    def edit(book: Any) -> None:
        added("Streefwaarden", **new, Jaar=2027, Waarde=120)(book)
        added("Streefwaarden", **new, Jaar=2028, Waarde=130)(book)

    before = bytes_of(town.agreement)

    workbook.from_workbook(town, filled_in(tmp_path, edit), remove=False, write=True)

    assert lines_changed(before, bytes_of(town.agreement)) == {
        "agreements/welzijn.yaml": [
            "+       I07:",
            "+         targets:",
            "+           - year: 2027",
            "+             value: 120",
            "+           - year: 2028",
            "+             value: 130",
        ]
    }


def test_a_row_that_went_is_asked_about_first(town: Settings, tmp_path: Path) -> None:
    before = bytes_of(town.agreement)
    file = filled_in(tmp_path, without("Procesbladen", "welzijn 2"))

    with pytest.raises(AgreementError, match=r"Blad Procesbladen: “welzijn 2” is weg\. Zet de rij"):
        workbook.from_workbook(town, file, remove=False, write=True)
    assert bytes_of(town.agreement) == before
    workbook.from_workbook(town, file, remove=True, write=True)

    assert lines_changed(before, bytes_of(town.agreement)) == {
        "agreements/welzijn.yaml": [
            "-   - agreement: De Brug en de bibliotheek maken samen één programma per wijk.",
            "-     who: De Brug en de bibliotheek",
            "-     when: voor de zomer van 2026",
            "-     by: 2026-06-21",
            "-     status: loopt",
            "-     note: In drie wijken hangt het eerste programma.",
        ]
    }


# what is wrong in the workbook; how it is told
FAULTS: dict[str, tuple[Edit, str]] = {
    "no day": (
        put("Ontwikkelpunten", "welzijn 1", "Uiterlijk", "eind 2026"),
        "Blad Ontwikkelpunten, cel E{row}: “eind 2026” is geen dag. Schrijf dag-maand-jaar",
    ),
    "no whole year": (
        put("Doelen", "kinderen", "Jaar", 2028.5),
        "Blad Doelen, cel G{row}: “2028.5” is geen heel getal. Schrijf alleen cijfers.",
    ),
    "no choice": (
        put("Doelen", "kinderen", "Soort", "doelletje"),
        "Blad Doelen, cel B{row}: “doelletje” is geen keuze. Kies uit: hoofddoel, doel,",
    ),
    "empty": (
        put("Doelen", "kinderen", "Naam", None),
        "Blad Doelen, cel D{row}: Naam is leeg. Vul het in.",
    ),
    "moved to another agreement": (
        put("Procesbladen", "welzijn 1", "Overeenkomst", "bibliotheek"),
        "Blad Procesbladen, cel B{row}: Overeenkomst kan niet veranderen. Zet het terug.",
    ),
    "a copied row": (
        put("Procesbladen", "welzijn 2", "Kenmerk", "welzijn 1"),
        "Blad Procesbladen, cel A{row}: “welzijn 1” staat ook op rij",
    ),
    "an unknown sheet of a partner": (
        added("Streefwaarden", Indicator="I07", Overeenkomst="welzijn", Jaar=2027, Waarde=1),
        "Blad Streefwaarden, cel D{last}: Resultaatblad “” staat niet in overeenkomst “welzijn”",
    ),
    # What only the agreement as a whole can know:
    "an opening that is not the agreed one": (
        put("Doelen", "kinderen", "Doelstelling", "Kinderen."),
        "Blad Doelen, cel E{row}: Deze doelstelling zegt niet wat er meer of minder moet worden.",
    ),
    "a goal that does not exist": (
        put("Doelen", "kinderen", "Hangt onder", "iedereeen"),
        "Blad Doelen, cel C{row}: Doel `iedereeen` bestaat niet. Bedoelt u `iedereen`?",
    ),
    "a year outside the agreement": (
        put("Streefwaarden", "I01 1", "Jaar", 2040),
        "Blad Streefwaarden, rij {row}: 2040 valt buiten de overeenkomst.",
    ),
    "a goal of another": (
        put("Resultaatbladen", "welzijn 1", "Doel", "zich_redden"),
        "Blad Resultaatbladen, cel H{row}: I07 hoort bij doel `meedoen`",
    ),
}


@pytest.mark.parametrize(("edit", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_sheet_and_cell_and_nothing_is_written(
    town: Settings, tmp_path: Path, edit: Edit, expected: str
) -> None:
    before = bytes_of(town.agreement)

    with pytest.raises(AgreementError) as told:
        workbook.from_workbook(town, filled_in(tmp_path, edit), remove=True, write=True)

    rows = re.escape(expected).replace(r"\{row\}", r"\d+").replace(r"\{last\}", r"\d+")
    assert re.search(rows, str(told.value)), str(told.value)
    assert bytes_of(town.agreement) == before


def test_nothing_new_hangs_under_a_row_that_goes(town: Settings, tmp_path: Path) -> None:
    new = {"Indicator": "I07", "Overeenkomst": "welzijn", "Resultaatblad": "meedoen"}

    def edit(book: Any) -> None:
        without("Resultaatbladen", "welzijn 1")(book)
        added("Streefwaarden", **new, Jaar=2027, Waarde=120)(book)

    with pytest.raises(AgreementError, match=r"rij \d+: Dit hangt onder een rij die weggaat"):
        workbook.from_workbook(town, filled_in(tmp_path, edit), remove=True, write=True)


def test_all_faults_come_at_once(town: Settings, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put("Doelen", "kinderen", "Jaar", "ooit")(book)
        put("Procesbladen", "welzijn 1", "Stand", "af")(book)

    with pytest.raises(AgreementError, match=r"(?s)“ooit”.*“af”.*2 fouten in de werkmap"):
        workbook.from_workbook(town, filled_in(tmp_path, edit), remove=False, write=True)


def test_what_somebody_else_changed_since_is_not_undone(town: Settings, tmp_path: Path) -> None:
    goal = town.agreement / "goals/kinderen.yaml"
    goal.write_text(goal.read_text(encoding="utf-8").replace("Kinderen gaan", "Zij gaan"), "utf-8")
    file = filled_in(tmp_path, put("Doelen", "geld", "Naam", "Geld"))

    with pytest.raises(AgreementError, match=r"goals/kinderen\.yaml is veranderd na de export"):
        workbook.from_workbook(town, file, remove=False, write=True)


def test_a_file_that_cannot_be_put_in_its_place_leaves_all_as_it_was(
    town: Settings, tmp_path: Path
) -> None:
    shelf = folder.read(town.agreement)
    file = filled_in(tmp_path, put("Doelen", "kinderen", "Naam", "Anders"))
    found = changes(shelf, reading.read(file), remove=False)
    found.files["goals/zonder.yaml"] = b"level: goal\n"  # type: ignore[index]
    before = bytes_of(town.agreement)
    draft = tmp_path / "draft"
    (draft / "goals").mkdir(parents=True)
    (draft / "goals/kinderen.yaml").write_bytes(found.files["goals/kinderen.yaml"] or b"")

    with pytest.raises(FileNotFoundError):
        workbook.replace_files(town.agreement, draft, shelf, found)

    assert bytes_of(town.agreement) == before


def test_what_is_no_workbook_is_told(town: Settings, tmp_path: Path) -> None:
    text = tmp_path / "a.csv"
    text.write_text("a;b\n", encoding="utf-8")

    with pytest.raises(UsageError, match="is geen werkmap"):
        workbook.from_workbook(town, text, remove=False, write=True)
    with pytest.raises(UsageError, match="bestaat niet"):
        workbook.from_workbook(town, tmp_path / "b.xlsx", remove=False, write=True)


def test_the_commands_export_show_and_import(town: Settings, tmp_path: Path) -> None:
    def run(*args: object) -> str:
        options = ["--agreement", str(town.agreement)]
        done = CliRunner().invoke(app, ["agreement", *map(str, args), *options])
        assert done.exit_code == 0, done.output
        return done.output

    file = tmp_path / "uit.xlsx"
    assert "Het blad Uitleg zegt hoe" in run("export", file)
    assert file.read_bytes() == EXPORTED
    again = CliRunner().invoke(app, ["agreement", "export", str(file)])
    assert "bestaat al" in str(again.exception)
    assert "De werkmap verandert niets." in run("import", file)
    changed_one = filled_in(tmp_path, put("Doelen", "geld", "Naam", "Geld"))
    assert "Er is nog niets veranderd (--check)." in run("import", changed_one, "--check")
    assert "name: Geld\n" not in (town.agreement / "goals/geld.yaml").read_text(encoding="utf-8")
    assert "Overgenomen: 1." in run("import", changed_one)
    assert "name: Geld\n" in (town.agreement / "goals/geld.yaml").read_text(encoding="utf-8")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.just("\n"),
    max_size=300,
).map(str.strip)
FREE = [(s, c) for s in SHEETS for c in s.columns if c.width >= 40 and not c.place]


@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_edits_arrive_and_all_else_is_byte_for_byte_as_it_was(
    tmp_path: Path, data: st.DataObject
) -> None:
    shelf = folder.read(EXAMPLE)
    asked: dict[tuple[str, tuple[str | int, ...]], tuple[str, ...] | str | None] = {}
    edits: list[Edit] = []
    for _ in range(data.draw(st.integers(1, 5))):
        sheet, column = data.draw(st.sampled_from(FREE))
        entry = data.draw(st.sampled_from(list(sheet.entries(shelf.trees))))
        text = data.draw(TEXTS.filter(bool) if column.needed else TEXTS)
        edits.append(put(sheet.title, entry.mark, column.heading, text or None))
        asked[entry.file, (*entry.place, column.key)] = column.read(text)

    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    made = changes(shelf, reading.read(filled_in(tmp_path, edit)), remove=False)

    assert set(made.files) <= {file for file, _ in asked}
    for file, after in made.files.items():
        assert after is not None
        expected = yaml.load(shelf.files[file], yaml.CBaseLoader)
        for place in (p for f, p in asked if f == file):
            _set(expected, place, asked[file, place])
        assert yaml.load(after, yaml.CBaseLoader) == expected
        before, now = (one.decode().splitlines() for one in (shelf.files[file], after))
        assert [line for line in before if line.lstrip().startswith("#")] == [
            line for line in now if line.lstrip().startswith("#") and line in before
        ]


SHELF = folder.read(EXAMPLE)


def as_book(shelf: folder.Shelf) -> reading.Book:
    """The workbook of an agreement as it would be read back, without Excel in between."""
    rows: dict[str, list[reading.Row]] = {}
    for sheet in SHEETS:
        columns = {c.key: number for number, c in enumerate(sheet.columns, start=1)}
        rows[sheet.title] = [
            reading.Row(sheet.title, number, entry.mark, cells_of(sheet, entry.values), columns)
            for number, entry in enumerate(sheet.entries(shelf.trees), start=2)
        ]
    checksums = {file: shelf.checksum(file) for file in shelf.files}
    return reading.Book(rows, checksums, ())


def cells_of(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    shown = {c.key: c.shown(values.get(c.key)) for c in sheet.columns}
    return {key: "" if cell is None else cell for key, cell in shown.items()}


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_rows_come_go_and_change_the_agreement_then_says_what_the_workbook_said(
    data: st.DataObject,
) -> None:
    book = as_book(SHELF)
    gone, under = set(), set()
    for sheet in data.draw(st.lists(st.sampled_from(SHEETS[2:]), min_size=1, max_size=3)):
        rows = book.rows[sheet.title]
        if data.draw(st.booleans()):
            new = replace(data.draw(st.sampled_from(rows)), mark="", number=len(rows) + 2)
            rows.append(new)
            under.add(new.cells.get("of"))
        if len(rows) > 1 and data.draw(st.booleans()):
            removed = data.draw(st.sampled_from(rows))
            rows.remove(removed)
            gone.add(removed.mark)
        free = [c for c in sheet.columns if c.holds is Holds.TEXT and not c.place and not c.choices]
        for column in data.draw(st.lists(st.sampled_from(free or sheet.columns[3:4]))):
            row = data.draw(st.sampled_from(rows))
            text = data.draw(TEXTS.filter(bool) if column.needed else TEXTS)
            cells = {**row.cells, column.key: "1" if column.holds is Holds.WHOLE else text}
            rows[rows.index(row)] = replace(row, cells=cells)

    assume(not gone & under)  # what is new cannot hang under what goes: that is refused

    made = changes(SHELF, book, remove=True)

    whole: dict[str, bytes | None] = {**SHELF.files, **made.files}
    files = {file: data for file, data in whole.items() if data is not None}
    read = {file: yaml.load(files[file], yaml.CBaseLoader) for file in made.files if file in files}
    trees = {file: tree for file, tree in {**SHELF.trees, **read}.items() if file in files}
    after = as_book(folder.Shelf(trees, files))
    kept = {stem(file) for file in trees}
    for sheet in SHEETS:
        asked = [r.cells for r in book.rows[sheet.title] if r.cells.get("of") in (*kept, "", None)]
        found = [r.cells for r in after.rows[sheet.title]]
        assert sorted(map(repr, found)) == sorted(repr(cells_as_read(sheet, c)) for c in asked)


def cells_as_read(sheet: Sheet, cells: Mapping[str, Any]) -> dict[str, Any]:
    return cells_of(sheet, {c.key: c.read(cells[c.key]) for c in sheet.columns})


def _set(tree: Any, place: tuple[str | int, ...], value: Any) -> None:
    for step in place[:-1]:
        tree = tree[step]
    if value is None:
        tree.pop(place[-1], None)
    else:
        tree[place[-1]] = list(value) if isinstance(value, tuple) else value


# a file; what is changed; the file afterwards
SURGERY = {
    "comments, quotes and order stay": (
        "# kop\nb: 'x'  # waarom\na: oud # nog\n# slot\n",
        [Put(("a",), "nieuw")],
        "# kop\nb: 'x'  # waarom\na: nieuw # nog\n# slot\n",
    ),
    "line ends of Windows stay, and no line end at the end": (
        "a: 1\r\nb: 2",
        [Put(("a",), "3"), Put(("c",), "4", ("a", "b", "c"))],
        "a: 3\r\nb: 2\r\nc: 4",
    ),
    "line ends of two kinds stay": (
        "a: 1\r\n# x\nb: 2\nc: >-\n  een\r\n",
        [Put(("b",), "3"), Put(("d",), "4", ("a", "b", "c", "d"))],
        "a: 1\r\n# x\nb: 3\nc: >-\n  een\r\nd: 4\r\n",
    ),
    "a new key goes where it usually stands": (
        "a: 1\n# bij c\nc: 3\n",
        [Put(("b",), "2", ("a", "b", "c"))],
        "a: 1\nb: 2\n# bij c\nc: 3\n",
    ),
    "the first key of an item goes and another comes": (
        "l:\n  - a: 1\n    b: 2\n",
        [Put(("l", 0, "a"), None), Put(("l", 0, "c"), "3", ("a", "b", "c"))],
        "l:\n  - b: 2\n    c: 3\n",
    ),
    "within braces": (
        "l:\n- {a: 1, b: 2, c: 3}\n",
        [Put(("l", 0, "b"), None), Put(("l", 0, "c"), "x, y"), Append(("l",), {"a": "9"})],
        'l:\n- {a: 1, c: "x, y"}\n- {a: 9}\n',
    ),
    "a folded text becomes another": (
        "a: >-\n  een\n  twee\n\nb: 1\n",
        [Put(("a",), "kort")],
        "a: kort\n\nb: 1\n",
    ),
    "an empty value is filled": ("a:\nb: 1\n", [Put(("a",), "x")], "a: x\nb: 1\n"),
    "the last item goes, and its list with it": (
        "a: 1\nl:\n  - x: 1\nb: 2\n",
        [Drop(("l", 0))],
        "a: 1\nb: 2\n",
    ),
    "one goes, one changes, one comes": (
        "l:\n  # de eerste\n  - x: 1\n  - x: 2\n    y: 3\n# slot\n",
        [Drop(("l", 0)), Put(("l", 1, "x"), "5"), Append(("l",), {"x": "9"})],
        "l:\n  # de eerste\n  - x: 5\n    y: 3\n  - x: 9\n# slot\n",
    ),
}


@pytest.mark.parametrize(("before", "operations", "after"), SURGERY.values(), ids=SURGERY)
def test_a_file_is_changed_at_its_places_only(
    before: str, operations: list[Put | Append | Drop], after: str
) -> None:
    assert changed(before.encode(), operations).decode() == after


@given(st.dictionaries(st.sampled_from("abcd"), TEXTS.filter(bool), min_size=1))
@settings(max_examples=150, deadline=None)
def test_any_text_is_written_so_that_it_is_read_back(tmp_path_factory: Any, texts: Any) -> None:
    start = b"a: 1\nb: {a: 1, d: 2}\nc: |\n  x\n  y\n# slot\n"
    operations = [
        *(Put((key,), text, tuple("abcd")) for key, text in texts.items() if key != "b"),
        *(Put(("b", key), text, tuple("abcd")) for key, text in texts.items()),
    ]
    file = tmp_path_factory.mktemp("tekst") / "a.yaml"
    file.write_bytes(changed(start, operations))

    document = scan(file)

    assert document.faults == ()
    assert isinstance(document.tree, dict)
    assert {k: document.tree[k] for k in texts if k != "b"} == {
        k: text for k, text in texts.items() if k != "b"
    }
    assert document.tree["b"] == {"a": "1", "d": "2"} | texts

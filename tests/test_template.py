"""The empty workbook that a partner gets: what is filled in passes, and Excel holds its hand."""

import csv
import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Command
from intake import VISITS
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.settings import Town, now
from flows.steps.check import check
from sources.contracts import cover, template
from sources.contracts.load import standard
from sources.contracts.model import Column, Contract, FieldType
from sources.example.maker import FAULTS
from sources.verdict import Outcome

TABLES = {name: one for name, one in standard().items() if one.reader == "csv"}
LAST = 1_048_576
MOST_ROWS = 150

SAID = {"partner": "welzijn", "contract": "L99", "period": "2026K3", "number": "1", "nil": "nee"}


def book(contract: Contract, said: Mapping[str, str] = SAID) -> Any:
    return openpyxl.load_workbook(io.BytesIO(template.workbook(contract, said)))


def good_rows(made: Path, contract: Contract) -> list[dict[str, str]]:
    """Return rows of the maker without planted faults; the contract's examples if it makes none."""
    others = {fault.name for fault in FAULTS}
    found = sorted(made.rglob(f"*_{contract.code}_2026*_v1.csv"))
    for path in found:
        if path.name not in others and path.parent.name != "initiatief":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file, delimiter=contract.dialect.delimiter))[:MOST_ROWS]
    return [{column.header: column.example for column in contract.columns}]


def as_typed(column: Column, text: str) -> object:
    """Return what a person types in Excel for this text."""
    if not text or text in column.missing:
        return text or None
    match column.type:
        case FieldType.INTEGER:
            return int(text)
        case FieldType.NUMBER:
            return float(text.replace(",", "."))
        case FieldType.DATE:
            return datetime.datetime.strptime(text, "%d-%m-%Y")  # noqa: DTZ007
    return text


def fill_in(contract: Contract, rows: list[dict[str, str]], target: Path) -> None:
    """Type rows into the template, and their number on its Voorblad."""
    workbook = book(contract, {"contract": contract.code, "number": "1", "nil": "nee"})
    sheet = workbook[template.ROWS]
    headers = {column.header: column for column in contract.columns}
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(sheet[1], start=1):
            value = as_typed(headers[cell.value], row.get(cell.value, ""))
            sheet.cell(number, place).value = value
    place = list(cover.LABELS).index("rows") + 3
    workbook[cover.SHEET].cell(place, 2).value = str(len(rows))
    workbook.save(target)


@pytest.mark.parametrize("name", TABLES)
def test_a_filled_in_template_passes(name: str, made: Path, town: Town, tmp_path: Path) -> None:
    rows = good_rows(made, TABLES[name])
    target = tmp_path / "levering.xlsx"
    fill_in(TABLES[name], rows, target)

    verdict = check(town, target, contract=name, at=now())

    assert verdict.outcome is Outcome.ACCEPTED, verdict.findings[:3]
    assert verdict.records.accepted == len(rows)
    assert [found for found in verdict.findings if found.code[0] in "BKR"] == []


@pytest.mark.parametrize(("nil", "outcome"), [("ja", "GOEDGEKEURD"), ("nee", "AFGEKEURD")])
def test_an_empty_template_passes_where_its_cover_says_that_there_was_nothing_to_tell(
    nil: str, outcome: str, town: Town, tmp_path: Path
) -> None:
    contract = TABLES["partner_activiteiten"]
    said = {"partner": "welzijn", "contract": "L06", "period": "2026K3", "number": "1", "nil": nil}
    path = tmp_path / "GM9901_welzijn_L06_2026K3_v1.xlsx"
    path.write_bytes(template.workbook(contract, said))

    verdict = check(town, path, contract=contract.id, at=now())

    assert (verdict.outcome, verdict.records.accepted) == (outcome, 0)


@pytest.mark.parametrize("name", TABLES)
def test_the_same_contract_gives_the_same_bytes(name: str) -> None:
    assert template.workbook(TABLES[name], SAID) == template.workbook(TABLES[name], SAID)


@pytest.mark.parametrize("name", TABLES)
def test_nothing_in_it_is_or_looks_like_a_formula(name: str) -> None:
    cells = [cell for sheet in book(TABLES[name]) for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))] == []


@pytest.mark.parametrize("name", TABLES)
def test_the_sheet_to_fill_in_has_the_headers_and_stays_readable(name: str) -> None:
    sheet = book(TABLES[name])[template.ROWS]
    columns = [column for column in TABLES[name].columns if not column.derived]
    dark = [cell.fill.fgColor.rgb == "FF3B1D47" for cell in sheet[1]]
    assert [cell.value for cell in sheet[1]] == [column.header for column in columns]
    assert dark == [column.required for column in columns]
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 1


@pytest.mark.parametrize("name", TABLES)
def test_what_excel_would_make_a_number_of_is_text(name: str) -> None:
    sheet = book(TABLES[name])[template.ROWS]
    kinds = {
        FieldType.INTEGER: "General",
        FieldType.NUMBER: "General",
        FieldType.DATE: "dd-mm-yyyy",
    }
    columns = [column for column in TABLES[name].columns if not column.derived]
    for place, column in enumerate(columns, start=1):
        spans = sheet.column_dimensions.values()  # of columns that are alike, one
        (shape,) = (span.number_format for span in spans if span.min <= place <= span.max)
        assert shape == kinds.get(column.type, "@"), column.header


def rule(sheet: Worksheet, header: str) -> DataValidation | None:
    """Return the validation of the cells under a header."""
    place = next(cell.column_letter for cell in sheet[1] if cell.value == header)
    wanted = f"{place}2:{place}{LAST}"
    return next((v for v in sheet.data_validations.dataValidation if str(v.sqref) == wanted), None)


@pytest.mark.parametrize("name", TABLES)
def test_every_code_list_is_a_drop_down_of_all_its_codes(name: str) -> None:
    workbook = book(TABLES[name])
    for column in TABLES[name].columns:
        if not column.codes or column.derived:
            continue
        found = rule(workbook[template.ROWS], column.header)
        assert found is not None and found.type == "list"
        place = workbook.defined_names[found.formula1.removeprefix("=")].attr_text
        sheet, cells = place.split("!")
        offered = [row[0].value for row in workbook[sheet][cells.replace("$", "")]]
        assert list(map(str, offered)) == list(column.codes)


LONG = {f"{n:04d}": f"Soort hulp nummer {n}" for n in range(600)}
ODD = replace(
    VISITS,
    columns=(
        Column("product", "product", FieldType.TEXT, "", required=True, codes=LONG),
        Column("soort", "soort", FieldType.INTEGER, "", codes={"1": "Een", "2": "Twee"}),
        Column("datum", "datum", FieldType.DATE, ""),
        Column("aantal", "aantal", FieldType.INTEGER, "", minimum=0, maximum=365),
        Column("uren", "uren", FieldType.NUMBER, "", minimum=0.5),
        Column("bekend", "bekend", FieldType.INTEGER, "", missing=(".",)),
        Column("akkoord", "akkoord", FieldType.BOOLEAN, ""),
        Column("nummer", "nummer", FieldType.TEXT, "", max_length=40),
        Column("vrij", "vrij", FieldType.TEXT, ""),
        Column("jaar", "jaar", FieldType.TEXT, "", derived="_period"),
    ),
    key=("product",),
)


@pytest.mark.parametrize(
    ("header", "kind", "first", "second", "how"),
    [
        ("product", "list", "lijst_product", None, "stop"),
        ("soort", "list", "lijst_soort", None, "stop"),
        ("datum", "date", "2", "91312", "stop"),
        ("aantal", "whole", "0", "365", "stop"),
        ("uren", "decimal", "0.5", "1000000000000000", "stop"),
        ("bekend", "whole", "-1000000000000000", "1000000000000000", "warning"),
        ("akkoord", "list", '"ja,nee"', None, "stop"),
        ("nummer", "textLength", "40", None, "stop"),
    ],
)
def test_excel_holds_a_cell_to_its_contract(
    header: str, kind: str, first: str, second: str | None, how: str
) -> None:
    found = rule(book(ODD)[template.ROWS], header)
    assert found is not None
    limits = (found.formula1, found.formula2)
    assert (found.type, *limits, found.errorStyle or "stop") == (kind, first, second, how)


def test_a_long_code_list_is_whole_with_its_zeros_and_numbers_are_numbers() -> None:
    sheet = book(ODD)[template.LISTS]
    assert [cell.value for cell in sheet["A"]] == ["product", *LONG]
    assert [cell.value for cell in sheet["D"]][:3] == ["soort", 1, 2]
    assert sheet.sheet_state == "visible"


def test_free_text_is_free_and_a_derived_column_is_not_asked() -> None:
    sheet = book(ODD)[template.ROWS]
    assert rule(sheet, "vrij") is None
    assert "jaar" not in [cell.value for cell in sheet[1]]


def test_the_cover_says_what_is_known_and_leaves_the_rest_to_the_partner() -> None:
    sheet = book(VISITS)[cover.SHEET]
    said = {row[0].value: row[1].value for row in sheet["A3:B8"]}
    assert said == {
        "Partner": "welzijn",
        "Levering": "L99",
        "Periode": "2026K3",
        "Volgnummer": "1",
        "Aantal rijen": None,
        "Nulopgave": "nee",
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_within_what_excel_shows(name: str) -> None:
    workbook = book(TABLES[name])
    rows = list(workbook[template.EXPLAINED].iter_rows(min_row=2, values_only=True))
    told = {row[0]: row for row in rows}
    for column in TABLES[name].columns:
        if not column.derived:
            assert column.description in told[column.header]
            assert column.example in told[column.header]
            codes = ", ".join(column.codes) if len(column.codes) <= 12 else "Zie het blad Lijsten."
            assert codes in [text or "" for text in told[column.header]]
    for each in workbook[template.ROWS].data_validations.dataValidation:
        assert len(each.promptTitle or "") <= 32
        assert len(each.prompt or "") <= 255
        assert len(each.error or "") <= 225 + 30


@pytest.mark.parametrize("name", TABLES)
def test_its_own_sentences_are_short(name: str) -> None:
    workbook = book(TABLES[name])
    asked = [row[4] for row in workbook[template.EXPLAINED].iter_rows(min_row=2, values_only=True)]
    own = [cell.value for cell in workbook[cover.SHEET]["A"][2:] if cell.value]
    for text in [*asked, *own]:
        assert all(len(part.split()) <= 15 for part in re.split(r"(?<=[.?!])\s+", str(text))), text


def test_the_command_writes_the_workbook_with_its_cover_filled_in(
    praatplaat: Command, tmp_path: Path
) -> None:
    path = tmp_path / "leeg" / "L06.xlsx"
    asked = ("--partner", "welzijn", "--period", "2026K3")
    told = praatplaat("template", "L06", "--out", path, *asked)
    sheet = openpyxl.load_workbook(path)[cover.SHEET]
    assert (told.code, told.out) == (0, f"{path}\n")
    assert [row[0].value for row in sheet["B3:B6"]] == ["welzijn", "L06", "2026K3", "1"]

"""`praatplaat clean`: messy files by their column names alone, and all that was altered told."""

import json
from pathlib import Path

import intake
import openpyxl
import polluted
import pytest
from polluted import HEADER, Table, Variant, parsed, score, variants
from typer.testing import CliRunner

from flows.cli import app
from flows.steps import clean as cleaning
from sources.errors import DeliveryRefused, UsageError
from sources.readers import cleaned
from sources.readers.cleaned import Cleaned
from sources.store import Connection

STEP = 21  # of the wrong rows, one in so many; the whole sweep gives the same, later


def clean(path: Path, names: list[str], con: Connection) -> tuple[Cleaned, Table | None]:
    out = path.with_name("schoon.csv")
    out.unlink(missing_ok=True)
    done = cleaned.clean(names, path, out, con)
    return done, parsed(out.read_text(encoding="utf-8")) if out.exists() else None


REFUSED = {
    "no payload": "B101",
    "no header": "K206",
    "header only": "B108",
    "a second table": "B157",
    "a smaller second table": "B157",
}
LOSES_A_ROW = ("less", "with spaces")


def test_of_all_ways_to_write_a_table_wrong_each_is_read_right_or_told_of(tmp_path: Path) -> None:
    every = list(variants(step=STEP))
    scores = []
    with intake.bench(tmp_path) as con:
        for variant in every:
            path = intake.write(tmp_path, variant.content)
            done, found = clean(path, HEADER, con)
            scores.append(score(variant.expected, found))
            assert done.records.balances(), variant.name
            _no_row_is_altered_in_silence(variant, done, found)
    assert len(every) > 120
    # Five whole files are refused as they should be: the others by themselves reach 9.9 of 10.
    assert sum(scores) / (len(scores) - len(REFUSED)) > 9.9


def _no_row_is_altered_in_silence(variant: Variant, done: Cleaned, found: Table | None) -> None:
    if variant.name in REFUSED:
        assert (done.refused, found) == (True, None), variant.name
        assert REFUSED[variant.name] in intake.codes(done.findings)
        return
    assert found is not None, (variant.name, done.findings)
    assert found[0] == HEADER
    told = bool(done.findings)
    odd = [cells for cells in found[1:] if cells not in variant.expected]
    assert told or not odd, (variant.name, odd)
    lost = len(variant.expected) - len(found)
    assert lost == done.records.quarantined, variant.name
    assert lost <= (1 if any(word in variant.name for word in LOSES_A_ROW) else 0), variant.name


CELLS = {
    # what stands in the file: what comes out, and what is told of it
    "ab": ("ab", []),
    " ab\t": ("ab", ["R318"]),
    "\u00a0ab\u200b": ("ab", ["R318"]),
    '"a, b"': ("a, b", []),
    '"a ""b"""': ('a "b"', []),
    '"a "b" c"': ('a "b" c', ["R315"]),
    '" a "': ("a", ["R318"]),
    '"a\r\nb"': ("a\r\nb", []),
    "=1+1": ("=1+1", []),
    "0012": ("0012", []),
    "NULL": ("NULL", []),
}


@pytest.mark.parametrize(("cell", "outcome"), CELLS.items(), ids=map(repr, CELLS))
def test_a_cell_stays_as_it_is_but_for_the_space_around_it(
    tmp_path: Path, cell: str, outcome: tuple[str, list[str]]
) -> None:
    path = tmp_path / "vuil.csv"
    path.write_bytes(f"x,y\r\n{cell},1\r\nz,2\r\n".encode())
    with intake.bench(tmp_path) as con:
        done, _ = clean(path, ["x", "y"], con)

    text, told = outcome
    found = (tmp_path / "schoon.csv").read_bytes().decode()
    assert parsed(found.replace("\r\n", "\n"))[1][0] == text.replace("\r\n", "\n")
    assert ("\r\n" in found) == ("\r\n" in text)
    assert [(f.code, f.row, f.column) for f in done.findings] == [(c, 2, "x") for c in told]


def test_columns_come_in_the_order_and_under_the_names_that_were_asked(tmp_path: Path) -> None:
    path = intake.write(tmp_path, "B ;c;A\n1;2;3\n")
    with intake.bench(tmp_path) as con:
        done, found = clean(path, ["a", "b"], con)

    assert found == [["a", "b"], ["3", "1"]]
    assert intake.codes(done.findings) == ["K203"]
    assert done.dialect["delimiter"] == ";"


def test_a_name_that_stands_twice_may_be_asked_for_twice(tmp_path: Path) -> None:
    path = intake.write(tmp_path, "naam,som,som\nx,1,2\ny,3,4\n")
    with intake.bench(tmp_path) as con:
        _, found = clean(path, ["naam", "som", "som"], con)

    assert found == [["naam", "som", "som"], ["x", "1", "2"], ["y", "3", "4"]]


def test_a_workbook_is_cleaned_as_a_text_file_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["Titel"], ["a", "b"], ["x ", 2], ["y", None]):
        book.worksheets[0].append(line)
    book.save(tmp_path / "werk.xlsx")
    with intake.bench(tmp_path) as con:
        done, found = clean(tmp_path / "werk.xlsx", ["a", "b"], con)

    assert found == [["a", "b"], ["x", "2"], ["y", ""]]
    assert ("R318", 3, "a") in [(f.code, f.row, f.column) for f in done.findings]


def test_the_command_writes_a_file_and_a_report_without_values(tmp_path: Path) -> None:
    source = intake.write(tmp_path, "a;b\n geheim ;2\nkort\n")
    out, report = tmp_path / "uit.csv", tmp_path / "verslag.json"

    command = ["clean", str(source), "--columns", "a,b", "--out", str(out), "--report", str(report)]
    done = CliRunner().invoke(app, command, catch_exceptions=False)

    assert done.exit_code == 0
    assert out.read_text(encoding="utf-8") == "a,b\ngeheim,2\n"
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["outcome"] == "GOEDGEKEURD MET UITVAL"
    assert told["records"]["quarantined"] == 1
    assert [(f["row"], f["column"], f["code"], f["level"]) for f in told["findings"]] == [
        (3, None, "R302", "UITVAL"),
        (2, "a", "R318", "MELDING"),
    ]
    assert "geheim" not in report.read_text(encoding="utf-8")


def test_a_batch_goes_on_after_a_refused_file_and_then_says_so(tmp_path: Path) -> None:
    good = intake.write(tmp_path, "a;b\n1;2\n", "goed.csv")
    bad = intake.write(tmp_path, "c;d\n1;2\n", "fout.csv")
    listed = intake.write(tmp_path, f"{bad}\n{good}\t{tmp_path / 'elders' / 'x.csv'}\n{good}\n")
    folder = tmp_path / "uit"

    command = ["clean", "--batch", str(listed), "--columns", "a,b", "--out", str(folder)]
    done = CliRunner().invoke(app, [*command, "--report", str(folder)])

    assert isinstance(done.exception, DeliveryRefused)
    assert "fout.csv" in str(done.exception)
    assert sorted(path.name for path in folder.iterdir()) == [
        *("fout.json", "goed.csv", "goed.json", "x.json"),
    ]
    assert (tmp_path / "elders" / "x.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_two_files_of_a_batch_never_write_over_each_other(tmp_path: Path) -> None:
    listed = intake.write(tmp_path, "een/x.csv\ntwee/x.csv\n")

    with pytest.raises(UsageError, match="dezelfde naam"):
        cleaning.jobs(listed, out=tmp_path, report=None)


@pytest.mark.parametrize(
    ("text", "names"),
    [("a,b", ["a", "b"]), ('a, "b, c" ,d', ["a", "b, c", "d"]), ("a", ["a"])],
)
def test_names_are_listed_as_in_a_csv(text: str, names: list[str]) -> None:
    assert cleaning.columns(text) == names


def test_the_variants_are_as_many_as_they_say() -> None:
    assert len({variant.name for variant in variants()}) == len(list(variants())) == 2288
    assert score(polluted.table(3), polluted.table(3)) == pytest.approx(10)
    assert score(polluted.table(3), polluted.table(2)) < 9.5

"""What a text gives away of a person is masked before anything is kept, and the sender is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import intake
import pytest
from intake import judged, rows, write

from sources.contracts.model import Column, Contract, FieldType
from sources.store import Connection
from sources.verdict import Level

T = FieldType


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def column(name: str, kind: FieldType = T.TEXT, **more: Any) -> Column:
    return replace(Column(name, name, kind, ""), **more)


STORIES = Contract(
    *("verhalen", "L99", "1.0.0", "Verhalen", ""),
    columns=(
        column("nr", required=True),
        column("tekst", personal=True, max_length=40),
        column("dag", T.DATE),
        column("aantal", T.INTEGER, maximum=1000),
        column("soort", codes={"a": "A"}),
    ),
    key=("nr",),
    rules=(),
    refuse_above=1.0,
)

TEXTS = [
    ("bel 06-12345678", "bel [telefoonnummer weggehaald]", "S904"),
    ("bel (020) 624 11 11", "bel [telefoonnummer weggehaald]", "S904"),
    ("+31 6 12 34 56 78", "[telefoonnummer weggehaald]", "S904"),
    ("mail jan.b@voorbeeld.nl!", "mail [e-mailadres weggehaald]!", "S903"),
    ("bsn 999900006", "bsn [nummer weggehaald]", "S902"),
    ("BSN: 9999.00.006.", "BSN: [nummer weggehaald].", "S902"),
    ("999 900 006 en 999\u00a0900\u00a0006", "[nummer weggehaald] en [nummer weggehaald]", "S902"),
    ("NL91ABNA0417164300", "[rekeningnummer weggehaald]", "S905"),
    ("nl91 abna 0417 1643 00", "[rekeningnummer weggehaald]", "S905"),
    (
        "999900006, a@b.nl",
        "[nummer weggehaald], [e-mailadres weggehaald]",
        "S902 S903",
    ),
    ("=999900006", "=[nummer weggehaald]", "S902 V440"),
    ("zaak 999900007", "zaak 999900007", ""),  # fails the 11-proef
    ("zaak 2026-000123", "zaak 2026-000123", ""),
    ("op 01-02-2026 om 12:30", "op 01-02-2026 om 12:30", ""),
    ("NL92ABNA0417164300", "NL92ABNA0417164300", ""),  # fails its own check
    ("@thuis", "@thuis", ""),
]


@pytest.mark.parametrize(("text", "kept", "codes"), TEXTS)
def test_free_text_is_masked_and_accepted_with_a_signal(
    tmp_path: Path, con: Connection, text: str, kept: str, codes: str
) -> None:
    verdict = judged(write(tmp_path, f"{HEADER}V1;{text};;;\n"), con, STORIES)

    assert rows(con, "SELECT tekst FROM accepted") == [(kept,)]
    assert rows(con, "SELECT tekst FROM text") == [(kept,)]
    assert [found.code for found in verdict.findings] == codes.split()
    assert {found.level for found in verdict.findings} <= {Level.WARNING}
    assert rows(con, "SELECT _altered FROM typed") == [(kept != text,)]


HEADER = "nr;tekst;dag;aantal;soort\n"
BSN = "999900006"
ELSEWHERE = [
    (f"{BSN};;;;", "S906", "nr"),
    (f"V1;;{BSN};;", "V402", "dag"),
    (f"V1;;;{BSN};", "V411", "aantal"),
    (f"V1;;;;{BSN}", "V413", "soort"),
    (f"V1;;;;nr {BSN}", "V413", "soort"),
]


@pytest.mark.parametrize(("line", "code", "named"), ELSEWHERE)
def test_a_bsn_in_another_column_refuses_the_row_and_is_kept_nowhere(
    tmp_path: Path, con: Connection, line: str, code: str, named: str
) -> None:
    good = "".join(f"G{n};gewoon;01-02-2026;1;a\n" for n in range(3))

    verdict = judged(write(tmp_path, f"{HEADER}{good}{line}\n"), con, STORIES)

    of_rows = [found for found in verdict.findings if found.level is Level.REFUSE_ROW]
    assert [(found.code, found.column) for found in of_rows] == [(code, named)]
    assert rows(con, "SELECT count(*) FROM accepted") == [(3,)]
    held = [name for (name,) in rows(con, "SELECT table_name FROM information_schema.tables")]
    kept = [name for name in held if name != "typed"]  # where a refused value may still stand
    assert BSN not in "".join(str(rows(con, f'FROM "{name}"')) for name in kept)


def test_an_own_number_of_nine_digits_with_a_letter_is_no_bsn(
    tmp_path: Path, con: Connection
) -> None:
    verdict = judged(write(tmp_path, f"{HEADER}M{BSN};;;;\n"), con, STORIES)

    assert (verdict.findings, verdict.records.accepted) == ((), 1)


def test_a_mask_that_is_longer_than_the_number_does_not_make_the_text_too_long(
    tmp_path: Path, con: Connection
) -> None:
    text = f"dertig tekens en dan het BSN: {BSN}"

    verdict = judged(write(tmp_path, f"{HEADER}V1;{text};;;\n"), con, STORIES)

    assert [found.code for found in verdict.findings] == ["S902"]

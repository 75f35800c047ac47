"""What a sender says of a file must be what stands in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from intake import VISITS, bench, read, write

from sources import conform, manifest
from sources.contracts.model import Column, FieldType
from sources.inbox import parcel

PERIOD = Column("periode", "periode", FieldType.PERIOD, "", required=True)
SENDER = Column("partner_id", "partner_id", FieldType.TEXT, "", required=True)
COUNTED = replace(VISITS, columns=(VISITS.columns[0], PERIOD, SENDER), key=("nr",), rules=())


@pytest.mark.parametrize(
    ("rows", "codes", "first_row"),
    [
        (["1;2026K3;welzijn", "2;2026K3;welzijn"], [], None),
        (["1;K3 2026;welzijn", "2;2026-Q3;welzijn"], [], None),
        (["1;2026K3;welzijn", "2;2025K3;welzijn"], ["B131"], 3),
        (["1;2026K3;bibliotheek", "2;2026K3;welzijn"], ["B132"], 2),
        (["1;2025K3;bibliotheek"], ["B131", "B132"], 2),
    ],
)
def test_rows_of_another_period_or_partner_refuse_the_file(
    tmp_path: Path, rows: list[str], codes: list[str], first_row: int | None
) -> None:
    path = write(tmp_path, "\n".join(["nr;periode;partner_id", *rows]) + "\n")
    with bench(path) as con:
        reading = read(path, con, COUNTED)
        conform.conform(COUNTED, con)
        sent = parcel(path, partner="welzijn", contract="bezoeken", period="2026K3")
        judged = manifest.compare(COUNTED, con, reading, sent)
    found = [f for f in judged.findings if f.code.startswith("B13")]
    assert [f.code for f in found] == codes
    assert judged.refused == bool(codes)
    assert {f.row for f in found} <= {first_row}

"""What a sender says of a file must be what stands in it."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from intake import VISITS, bench, read, write

from sources import conform, manifest
from sources.contracts.model import Column, FieldType
from sources.inbox import checksum, cleared, parcel
from sources.manifest import Manifest, from_cover, package
from sources.readers import Reading
from sources.verdict import Level, Records

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


PEOPLE = Column("kosten", "Kosten", FieldType.NUMBER, "", personal=True)
SUMS = replace(
    VISITS,
    columns=(VISITS.columns[0], VISITS.columns[3], PEOPLE, VISITS.columns[2]),
    key=("nr",),
    rules=(),
)
PARTNERS = {"welzijn": "Stichting De Brug"}
TEN = "\n".join(["nr;aantal;Kosten;kanaal", *(f"N{n};{n};0,1;balie" for n in range(10))]) + "\n"
WITH_A_BAD_NUMBER = TEN.replace("N3;3;", "N3;drie;")


def beside(path: Path, said: dict[str, Any], **resource: str) -> Path:
    """Put a manifest beside a file."""
    tree = {"resources": [{"path": path.name, **resource}], "praatplaat": said}
    own = path.with_name(f"{path.stem}.datapackage.json")
    own.write_text(json.dumps(tree))
    return own


@pytest.mark.parametrize(
    ("period", "codes"),
    [
        ("2026K3", []),
        ("2026K4", []),  # of a quarter that runs one may tell already
        ("2027K1", ["B143"]),
        ("2027", []),  # the areas of a year are known before it
    ],
)
def test_of_a_quarter_that_has_not_begun_there_is_nothing_to_tell(
    tmp_path: Path, period: str, codes: list[str]
) -> None:
    sent = parcel(write(tmp_path, "x"), partner="welzijn", contract="bezoeken", period=period)

    reading = manifest.begun(Reading(Records()), sent, received_on=date(2026, 12, 31))

    assert [found.code for found in reading.findings] == codes
    assert reading.refused is bool(codes)


def held_together(path: Path, cover: tuple[tuple[str, str], ...] = ()) -> Reading:
    """Read a file of welzijn over 2026K3, with what its manifests say."""
    with bench(path) as con:
        reading = replace(read(path, con, SUMS), cover=cover)
        sent = parcel(path, partner="welzijn", contract="bezoeken", period="2026K3")
        said = (sent.said, from_cover(reading.cover))
        reading = manifest.announced(SUMS, reading, sent, said, partners=PARTNERS)
        if not reading.refused:
            conform.conform(SUMS, con)
            reading = manifest.compare(SUMS, con, reading, sent, said)
        return reading


def told(reading: Reading) -> list[str]:
    return [f.code for f in reading.findings if f.code.startswith(("B13", "B17", "B108"))]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, []),
        ({"partner": "welzijn", "contract": "L99", "period": "2026-K3", "number": 1}, []),
        ({"partner": "stichting de brug", "contract": "bezoeken", "period": "2026Q3"}, []),
        ({"rows": 10, "totals": {"aantal": 45, "Kosten": 1}, "delta": False}, []),
        ({"rows": "10", "totals": {"AANTAL ": "45,00"}, "sha256": ""}, []),
        ({"partner": "bibliotheek"}, ["B134"]),
        ({"contract": "L06"}, ["B134"]),
        ({"period": "2026K2"}, ["B134"]),
        ({"number": 2}, ["B134"]),
        ({"partner": "x", "contract": "x", "period": "2025", "number": 3}, ["B134"] * 4),
        ({"rows": 11}, ["B135"]),
        ({"rows": 0}, ["B135"]),
        ({"totals": {"aantal": 44}}, ["B136"]),
        ({"totals": {"Kosten": 1.01}}, ["B136"]),
        ({"totals": {"kanaal": 3, "geheim": 4}}, ["B177", "B177"]),
        ({"sha256": "0" * 64}, ["B137"]),
        ({"delta": True}, ["B138"]),
        ({"nil": True}, ["B139"]),
        ({"nil": "misschien"}, ["B133"]),
        ({"rows": "veel", "period": "herfst"}, ["B133", "B133"]),
        ({"rijen": 10}, ["B178"]),
    ],
)
def test_name_manifest_and_content_must_agree(
    tmp_path: Path, said: dict[str, Any], codes: list[str]
) -> None:
    path = write(tmp_path, TEN)
    beside(path, said)
    reading = held_together(path)
    assert told(reading) == codes
    harmless = {"B177", "B178"}
    assert reading.refused == bool(set(codes) - harmless)


@pytest.mark.parametrize(
    ("cover", "codes"),
    [
        ((("Partner", "Stichting De Brug"), ("Levering", "L99"), ("Toelichting", "mooi")), []),
        ((("Periode:", "2026K3"), ("Volgnummer", "1"), ("Aantal rijen", "10")), []),
        ((("Controletotaal aantal", "45"), ("controletotaal KOSTEN", "1,0")), []),
        ((("Periode", "2026K2"),), ["B134"]),
        ((("Aantal rijen", "1.204"),), ["B135"]),
        ((("Controletotaal aantal", "1.045,5"),), ["B136"]),
        ((("Nulopgave", "nee"), ("Aantal rijen", "tien")), ["B133"]),
    ],
)
def test_a_voorblad_says_the_same_things(
    tmp_path: Path, cover: tuple[tuple[str, str], ...], codes: list[str]
) -> None:
    reading = held_together(write(tmp_path, TEN), cover)
    assert told(reading) == codes
    assert all(
        f.sheet == "Voorblad" for f in reading.findings if f.code != "B136" and f.code in codes
    )


def test_both_numbers_are_told_unless_the_column_is_personal(tmp_path: Path) -> None:
    path = write(tmp_path, TEN)
    beside(path, {"totals": {"aantal": 1234.5, "Kosten": 7}})
    amount, personal = held_together(path).findings
    assert "samen 1.234,50 is. Wij tellen 45." in amount.message
    assert not any(sign.isdigit() for sign in personal.message)


def test_a_total_is_not_held_against_rows_of_which_one_was_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_A_BAD_NUMBER)
    beside(path, {"totals": {"aantal": 45}})
    assert told(held_together(path)) == ["B177"]


@pytest.mark.parametrize(
    ("said", "codes", "refused"),
    [({}, ["B108"], True), ({"nil": True}, ["B170"], False), ({"rows": 0}, ["B108"], True)],
)
def test_no_rows_is_right_only_for_who_says_that_there_is_nothing_to_tell(
    tmp_path: Path, said: dict[str, Any], codes: list[str], refused: bool
) -> None:
    path = write(tmp_path, TEN.splitlines()[0] + "\n")
    beside(path, said)
    with bench(path) as con:
        reading = read(path, con, SUMS)
        sent = parcel(path, partner="welzijn", contract="bezoeken", period="2026K3")
        reading = manifest.announced(SUMS, reading, sent, [sent.said], partners=PARTNERS)
    assert (told(reading), reading.refused) == (codes, refused)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"resources": 3}',
        '{"praatplaat": []}',
        '{"praatplaat": {"rows": [1]}}',
        '{"praatplaat": {"totals": 4}}',
        "[" * 100_000,
        b"\xff\xfe",
        '{"praatplaat": {"x": "' + "a" * 1_100_000 + '"}}',
    ],
)
def test_a_manifest_that_cannot_be_read_refuses_the_file(tmp_path: Path, text: str | bytes) -> None:
    path = write(tmp_path, TEN)
    write(tmp_path, text, "levering.datapackage.json")
    assert told(held_together(path)) == ["B133"]


def test_a_checksum_as_the_standard_writes_it_is_held_against_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, TEN)
    beside(path, {}, hash=f"sha256:{checksum(path)}")
    assert told(held_together(path)) == []
    beside(path, {}, hash=f"sha256:{checksum(path)[::-1]}")
    assert told(held_together(path)) == ["B137"]


def test_one_package_is_about_the_files_that_it_names_and_leaves_with_the_last(
    tmp_path: Path,
) -> None:
    first, second, other = (write(tmp_path, TEN, f"{name}.csv") for name in "abc")
    tree = {
        "praatplaat": {"partner": "welzijn"},
        "resources": [
            {"path": "a.csv", "praatplaat": {"rows": 10}},
            {"path": "b.csv", "praatplaat": {"partner": "bibliotheek"}},
        ],
    }
    shared = write(tmp_path, json.dumps(tree), "datapackage.json")

    said = {path.name: parcel(path, contract="bezoeken").said for path in (first, second, other)}
    assert (said["a.csv"].partner, said["a.csv"].rows) == ("welzijn", 10)
    assert (said["b.csv"].partner, said["b.csv"].rows) == ("bibliotheek", None)
    assert said["c.csv"] == Manifest()

    parcels = [parcel(path, contract="bezoeken") for path in (first, second)]
    for one, left in zip(parcels, (True, False), strict=True):
        cleared(one)
        assert shared.exists() == left
    assert other.exists()


def test_the_numbers_of_a_manifest_are_exact() -> None:
    said = from_cover([("Controletotaal Kosten", "0,1")])
    assert said.totals == (("Kosten", Decimal("0.1")),)
    assert [f.level for f in from_cover([("Volgnummer", "een")]).findings] == [Level.REFUSE_FILE]
    assert package.is_package(Path("a.datapackage.json"))
    assert not package.is_package(Path("a.csv"))

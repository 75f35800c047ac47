"""A number that passes the 11-proef is found wherever it stands, and never told."""

import io
import zipfile

import pytest
import xlsxwriter

from sources.privacy import Place, masked, numbers, passes

BSN = b"999900006"

FOUND = {
    "alone": BSN,
    "in json": b'{"bsn": "' + BSN + b'"}',
    "as a number in json": b'{"bsn":' + BSN + b"}",
    "in a cell": b"a;" + BSN + b";b",
    "with dots": b"nr 9999.00.006.",
    "with spaces": b"999 900 006",
    "with hard spaces": "999\u00a0900\u00a0006".encode(),
    "behind its name": b"BSN" + BSN,
    "as a broken number": BSN + b".0",
    "among other bytes": b"\x00\xff" + BSN + b"\x00",
}
NOTHING = {
    "fails the 11-proef": b"999900007",
    "ten digits": b"9999000061",
    "in a checksum": b"a" + BSN + b"f",
    "behind a decimal sign": b"0." + BSN,
    "noughts": b"000000000",
    "in an own number": b"M" + BSN,
}


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND.keys())
def test_a_number_is_found(data: bytes) -> None:
    assert len(numbers(data)) == 1


@pytest.mark.parametrize("data", NOTHING.values(), ids=NOTHING.keys())
def test_what_is_no_number_of_a_person_is_not(data: bytes) -> None:
    assert numbers(data) == ()


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


def test_an_archive_is_opened_and_one_within_it_too() -> None:
    inner = archive("b.csv", b"bsn;" + BSN)

    assert numbers(inner) == (Place("b.csv", 4),)
    assert numbers(archive("a.zip", inner)) == (Place("a.zip/b.csv", 4),)


def test_a_workbook_is_read_as_text_and_as_numbers() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, BSN.decode())
        sheet.write_number(1, 0, int(BSN))

    assert [place.member for place in numbers(out.getvalue())] == [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
    ]


def test_the_11_proef_is_that_of_the_burgerservicenummer() -> None:
    """Weights 9 to 2 and -1 (Besluit burgerservicenummer): of ten in a row at most one passes."""
    passing = [number for number in range(999900000, 999900100) if passes(str(number))]

    assert passing[:3] == [999900006, 999900018, 999900031]
    assert not passes("000000000")


def test_masking_twice_changes_nothing_more() -> None:
    once = masked("999900006, 06-12345678, a@b.nl, NL91ABNA0417164300")

    assert masked(once) == once

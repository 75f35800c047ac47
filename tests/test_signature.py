"""What a file is, its bytes say: the name it goes by makes no difference."""

from collections.abc import Callable
from pathlib import Path

import pytest
from binary_workbooks import compound, ods, xls, xlsb, zipped

from sources.readers.reading import Refused
from sources.readers.signature import Kind, kind

ODF = "application/vnd.oasis.opendocument."


def _xlsx(path: Path) -> Path:
    return zipped(path, {"xl/workbook.xml": "<workbook/>"})


def _text(path: Path) -> Path:
    path.write_bytes("nr;naam\n".encode("utf-16"))
    return path


def _json(path: Path) -> Path:
    path.write_bytes(b'\xef\xbb\xbf[\n {"nr": "N1"}]')
    return path


Make = Callable[[Path], Path]

KINDS: dict[Kind, Make] = {
    Kind.TEXT: _text,
    Kind.XLSX: _xlsx,
    Kind.XLSB: lambda path: xlsb(path, [["nr"]]),
    Kind.XLS: lambda path: xls(path, [["nr"]]),
    Kind.ODS: lambda path: ods(path, [["nr"]]),
    Kind.JSON: _json,
}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a"])
@pytest.mark.parametrize("known", KINDS)
def test_a_table_is_known_by_its_bytes(tmp_path: Path, known: Kind, name: str) -> None:  # 3
    assert kind(KINDS[known](tmp_path / name)) is known


NO_TABLE: dict[str, tuple[bytes, str]] = {
    "a PDF": (b"%PDF-1.7", "een PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "een plaatje"),
    "a photograph": (b"\xff\xd8\xff\xe0", "een plaatje"),
    "a photograph of a telephone": (b"\0\0\0\x18ftypheic", "een plaatje"),
    "a bitmap": (b"BM\x36\0\0\0\0\0\0\0", "een plaatje"),
    "RTF": (b"{\\rtf1", "een Word-document"),
    "a web page": (b"\r\n <HTML><body>", "een webpagina"),
    "a web page in UTF-16": ("<html><table>".encode("utf-16"), "een webpagina"),
    "a web page of Excel": (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "een webpagina"),
    "XML": (b"\xef\xbb\xbf<?xml version='1.0'?>", "een webpagina"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c", "een ingepakt bestand"),
    "Parquet": (b"PAR1", "een Parquet-bestand"),
    "SPSS": (b"$FL2@(#) SPSS DATA FILE", "een SPSS-bestand"),
    "Stata": (b"<stata_dta><header>", "een Stata-bestand"),
    "Access": (b"\0\1\0\0Standard ACE DB\0", "een database"),
    "what Outlook packs": (b"\x78\x9f\x3e\x22\1\0", "een bijlage zoals Outlook die inpakt"),
    "a mail": (b"From: a\r\nSubject: b\r\nContent-Type: text/csv\r\n\r\nbnI=", "een e-mail"),
    "a way to a page": (b"[InternetShortcut]\r\nURL=https://", "een snelkoppeling"),
    "SQL": (b"INSERT INTO meldingen VALUES ('1');", "een bestand met SQL"),
}


@pytest.mark.parametrize(("content", "name"), NO_TABLE.values(), ids=NO_TABLE.keys())
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / "levering.xls"
    path.write_bytes(content)

    assert _refusal(path) == ("B102", f"Dit is {name}")


def _refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        kind(path)
    (finding,) = caught.value.findings
    assert finding.how_to_mend
    return finding.code, finding.message.split(",")[0].split(" (")[0]


def _zip(*names: str) -> Make:
    return lambda path: zipped(path, dict.fromkeys(names, "<x/>"))


def _old(*names: str) -> Make:
    return lambda path: compound(path, dict.fromkeys(names, b"x"))


def _open_document(kind: str, manifest: str, *names: str) -> Make:
    parts = {"mimetype": ODF + kind, "META-INF/manifest.xml": manifest, "content.xml": "<x/>"}
    return lambda path: zipped(path, parts | dict.fromkeys(names, "<x/>"))


PASSWORD = "Op dit bestand zit een wachtwoord. Daardoor kunnen wij het niet lezen."
MACROS = "In deze werkmap zitten macro's."

CONTAINERS: dict[str, tuple[Make, str, str]] = {
    "Word": (_zip("word/document.xml"), "B102", "Dit is een Word-document"),
    "a presentation": (_zip("ppt/presentation.xml"), "B102", "Dit is een presentatie"),
    "Numbers": (_zip("Index/Document.iwa"), "B102", "Dit is een bestand van Apple"),
    "a zip with a table": (_zip("levering.csv"), "B102", "Dit is een ingepakt bestand"),
    "an open text": (_open_document("text", ""), "B102", "Dit is een document"),
    "an open sheet with a password": (
        _open_document("spreadsheet", "<manifest:encryption-data/>"),
        "B150",
        PASSWORD,
    ),
    "an open sheet with macros": (
        _open_document("spreadsheet", "", "Basic/Standard/Module1.xml"),
        "B106",
        MACROS,
    ),
    "66 a password": (_old("EncryptionInfo", "EncryptedPackage"), "B150", PASSWORD),
    "old Word": (_old("WordDocument"), "B102", "Dit is een Word-document"),
    "a mail": (_old("__properties_version1.0"), "B102", "Dit is een e-mail"),
    "old and unknown": (_old("Contents"), "B102", "Dit is een oud Office-bestand"),
    "an old workbook with macros": (_old("Workbook", "_VBA_PROJECT_CUR"), "B106", MACROS),
}


@pytest.mark.parametrize(("make", "code", "said"), CONTAINERS.values(), ids=CONTAINERS.keys())
def test_what_is_packed_is_told_apart_by_what_is_in_it(
    tmp_path: Path, make: Make, code: str, said: str
) -> None:
    assert _refusal(make(tmp_path / "levering.xlsx")) == (code, said)


@pytest.mark.parametrize("at", [30, 48, 60, 76, 512, 514, 1024, 1140])
def test_a_broken_old_file_is_refused_and_never_endless(tmp_path: Path, at: int) -> None:
    path = xls(tmp_path / "b.xls", [["nr"]])
    body = bytearray(path.read_bytes())
    body[at : at + 4] = b"\x01\0\0\0"
    path.write_bytes(body)

    try:
        assert kind(path) is Kind.XLS
    except Refused as refused:
        assert [each.code for each in refused.findings] in (["B103"], ["B102"])

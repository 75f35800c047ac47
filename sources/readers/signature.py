"""What a file really is, by its first bytes; its name says nothing."""

import re
import zipfile
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from sources.readers import archive, ole
from sources.readers.reading import MAX_BYTES, Refused, refuse

_SAVE_AS = "Open het bestand in Excel en bewaar het als Excel-werkmap (.xlsx) of als CSV UTF-8."
AS_TABLE = "Vraag de tabel op als Excel of CSV, en stuur die."
_ATTACHED = "Bewaar de bijlage die erin zit, en stuur die."
_UNPACK = "Pak het bestand uit en stuur alleen de tabel die erin zit."
_MAX_OLD = 200_000_000  # an .xls holds at most 65,536 rows a sheet

_STARTS = {
    b"%PDF": ("een PDF", AS_TABLE),
    b"\x89PNG": ("een plaatje", AS_TABLE),
    b"\xff\xd8\xff": ("een plaatje", AS_TABLE),
    b"GIF8": ("een plaatje", AS_TABLE),
    b"II*\0": ("een plaatje", AS_TABLE),
    b"MM\0*": ("een plaatje", AS_TABLE),
    b"{\\rtf": ("een Word-document", AS_TABLE),
    b"\x1f\x8b": ("een ingepakt bestand", _UNPACK),
    b"7z\xbc\xaf": ("een ingepakt bestand", _UNPACK),
    b"Rar!": ("een ingepakt bestand", _UNPACK),
    b"SQLite format": ("een database", AS_TABLE),
    b"PAR1": ("een Parquet-bestand", AS_TABLE),
    b"$FL": ("een SPSS-bestand", AS_TABLE),
    b"<stata_dta>": ("een Stata-bestand", AS_TABLE),
    b"\0\1\0\0Standard": ("een database", AS_TABLE),
    b"\x78\x9f\x3e\x22": ("een bijlage zoals Outlook die inpakt (winmail.dat)", _ATTACHED),
    b"[InternetShortcut]": ("een snelkoppeling", "Open de snelkoppeling. Stuur wat u dan ziet."),
}
_JSON = re.compile(rb"[\[{]\s*[\[{\"]")
_SQL = (b"insert into ", b"create table ")
_MAIL = re.compile(
    rb"(return-path|received|delivered-to|from|van|to|subject|date|x-[a-z-]+|dkim-signature): .*"
    rb"\n(mime-version|content-type|message-id): ",
    re.DOTALL,
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<svg", b"<style")
_MAIL_PAGE = b"mime-version:"  # what Excel calls a web page in one file
_OLD = {
    "WordDocument": "een Word-document",
    "PowerPoint Document": "een presentatie",
    "__properties_version1.0": "een e-mail",
}
_ZIPPED = {
    "word/document.xml": "een Word-document",
    "ppt/presentation.xml": "een presentatie",
    "Index/Document.iwa": "een bestand van Apple (Numbers of Pages)",
}
_FOREIGN = ("xl/externalLinks/", "xl/embeddings/", "xl/activeX/")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODF = b"application/vnd.oasis.opendocument."


class Kind(StrEnum):
    """The kinds of file that we read."""

    TEXT = "tekst"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    JSON = "json"


def kind(path: Path) -> Kind:
    """Return what the file is. Raises Refused where it is nothing that we read.

    Of a workbook only the table of contents is read here: nothing is unpacked.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise refuse(
            "B105",
            f"Dit bestand is {size // 1_000_000} MB. Wij lezen tot {MAX_BYTES // 1_000_000} MB.",
            "Lever de periode in delen, of overleg met de gemeente.",
        )
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refuse("B101", "Dit bestand is leeg.", "Kijk of u het goede bestand stuurde.")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if start.startswith(ole.SIGNATURE):
        return _old(path, size)
    return _plain(start)


def _plain(start: bytes) -> Kind:
    """Return what a file without an archive is. Raises Refused (B102)."""
    for begin, (name, mend) in _STARTS.items():
        if start.startswith(begin):
            raise refuse("B102", f"Dit is {name}, geen tabel.", mend)
    if _is_picture(start):
        raise refuse("B102", "Dit is een plaatje, geen tabel.", AS_TABLE)
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(_MARKUP) or text.startswith(_MAIL_PAGE):
        raise refuse("B102", "Dit is een webpagina (HTML of XML), geen tabel.", _SAVE_AS)
    if _MAIL.match(text):
        raise refuse("B102", "Dit is een e-mail, geen tabel.", _ATTACHED)
    if text.startswith(_SQL):
        raise refuse("B102", "Dit is een bestand met SQL, geen tabel.", AS_TABLE)
    return Kind.JSON if _JSON.match(text) else Kind.TEXT


def _is_picture(start: bytes) -> bool:
    bitmap = start.startswith(b"BM") and start[6:10] == bytes(4)
    return bitmap or start[4:12] in {b"ftypheic", b"ftypmif1"} or start[8:12] == b"WEBP"


def _zipped(path: Path) -> Kind:
    names = archive.entries(path)
    for name, what in _ZIPPED.items():
        if name in names:
            raise refuse("B102", f"Dit is {what}, geen tabel.", _SAVE_AS)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        _check_contents(names, _start(path, "[Content_Types].xml", names))
        return Kind.XLSX if "xl/workbook.xml" in names else Kind.XLSB
    said = _start(path, "mimetype", names)
    if said.startswith(_ODS) and "content.xml" in names:
        _check_open_document(names, _start(path, "META-INF/manifest.xml", names))
        return Kind.ODS
    if said.startswith(_ODF):
        raise refuse("B102", "Dit is een document, geen tabel.", _SAVE_AS)
    raise refuse("B102", "Dit is een ingepakt bestand, geen tabel.", _UNPACK)


def _start(path: Path, name: str, names: Collection[str]) -> bytes:
    """Return the first 64 kB of a part: enough to see what the whole is."""
    if name not in names:
        return b""
    try:
        with zipfile.ZipFile(path) as opened, opened.open(name) as part:
            return part.read(1 << 16)
    except archive.DAMAGE as error:
        raise archive.damaged() from error


def _check_contents(names: Collection[str], types: bytes) -> None:
    macros = any("vbaProject" in name or name.startswith("xl/macrosheets/") for name in names)
    if macros or b"macroEnabled" in types:
        raise _macros()
    if any(
        name.startswith(("xl/externalLinks/", "xl/embeddings/", "xl/activeX/")) for name in names
    ):
        raise refuse(
            "B106",
            "Deze werkmap verwijst naar een ander bestand, of er zit een ander bestand in.",
            "Kopieer de waarden naar een nieuwe werkmap en bewaar die als .xlsx.",
        )


def _check_open_document(names: Collection[str], manifest: bytes) -> None:
    if b"encryption-data" in manifest:
        raise archive.locked()
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise _macros()


def _old(path: Path, size: int) -> Kind:
    if size > _MAX_OLD:
        raise refuse(
            "B105", "Dit oude Excel-bestand is te groot.", "Bewaar het als Excel-werkmap (.xlsx)."
        )
    names = ole.Compound(path.read_bytes()).names
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise archive.locked()
    for name, what in _OLD.items():
        if name in names:
            raise refuse("B102", f"Dit is {what}, geen tabel.", AS_TABLE)
    if not names & {"Workbook", "Book"}:
        raise refuse("B102", "Dit is een oud Office-bestand, geen tabel.", AS_TABLE)
    if "_VBA_PROJECT_CUR" in names:
        raise _macros()
    return Kind.XLS


def _macros() -> Refused:
    return refuse("B106", "In deze werkmap zitten macro's.", "Bewaar hem zonder macro's (.xlsx).")

"""What a file really is, by its first bytes; its name says nothing."""

import zipfile
from enum import StrEnum
from pathlib import Path

from sources.readers.reading import MAX_BYTES, Refused, refuse

_SAVE_AS = "Open het bestand in Excel en bewaar het als Excel-werkmap (.xlsx) of als CSV UTF-8."
_MAX_RATIO = 200  # a sheet of zeros deflates about a hundredfold
_MAX_ENTRIES = 2_000

_STARTS = {
    b"%PDF": "een PDF",
    b"\x89PNG": "een plaatje",
    b"\xff\xd8\xff": "een plaatje",
    b"GIF8": "een plaatje",
    b"{\\rtf": "een tekstdocument",
    b"\x1f\x8b": "een ingepakt bestand",
    b"7z\xbc\xaf": "een ingepakt bestand",
    b"Rar!": "een ingepakt bestand",
    b"SQLite format": "een database",
    b"PAR1": "een Parquet-bestand",
}
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<head", b"<meta")


class Kind(StrEnum):
    """The kinds of file that we read."""

    TEXT = "tekst"
    XLSX = "xlsx"


def kind(path: Path) -> Kind:
    """Return what the file is. Raises Refused where it is nothing that we read."""
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
    if start.startswith(b"PK\x03\x04"):
        _check_zip(path)
        return Kind.XLSX
    _refuse_other(start)
    return Kind.TEXT


def _refuse_other(start: bytes) -> None:
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(
            "B103",
            "Dit is een oud Excel- of Word-bestand (.xls, .doc), of er zit een wachtwoord op.",
            "Haal het wachtwoord eraf en bewaar het als Excel-werkmap (.xlsx).",
        )
    for begin, name in _STARTS.items():
        if start.startswith(begin):
            raise refuse("B102", f"Dit is {name}, geen tabel.", _SAVE_AS)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise refuse("B102", "Dit is een webpagina (HTML of XML), geen tabel.", _SAVE_AS)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(
            "B104",
            "Dit bestand is geschreven in UTF-16 (in Excel heet dat Unicode-tekst).",
            "Bewaar het als CSV UTF-8 (gescheiden door lijstscheidingsteken).",
        )


def _check_zip(path: Path) -> None:
    """Look at the table of contents only: nothing is unpacked before this holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse("B102", "Dit bestand is beschadigd.", _SAVE_AS) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise refuse("B102", "Dit is een ingepakt bestand of een document, geen tabel.", _SAVE_AS)
    _check_limits(entries)
    if any("vbaProject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise refuse(
            "B106", "In deze werkmap zitten macro's.", "Bewaar hem zonder macro's (.xlsx)."
        )
    if any(name.startswith(("xl/externalLinks/", "xl/embeddings/")) for name in names):
        raise refuse(
            "B106",
            "Deze werkmap verwijst naar een ander bestand, of er zit een ander bestand in.",
            "Kopieer de waarden naar een nieuwe werkmap en bewaar die als .xlsx.",
        )


def _check_limits(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    odd = any(entry.filename.startswith("/") or ".." in entry.filename for entry in entries)
    if unpacked > MAX_BYTES or len(entries) > _MAX_ENTRIES or odd:
        raise _too_big()
    if unpacked > 10_000_000 and unpacked / packed > _MAX_RATIO:
        raise _too_big()


def _too_big() -> Refused:
    return refuse(
        "B105",
        "Deze werkmap wordt bij het uitpakken te groot.",
        "Kopieer alleen de gevulde rijen naar een nieuwe werkmap en bewaar die als .xlsx.",
    )

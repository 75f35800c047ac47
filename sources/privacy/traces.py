"""Traces of persons: numbers that pass the 11-proef, addresses of mail, phone and account numbers.

Two uses, one reading: free text is masked before it is kept, and a scan looks whether a number is
left anywhere. Neither ever hands on what it found, only where.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_ZIP = b"PK\x03\x04"
_DEEP = 3  # archives within archives that the scan opens

# Nine digits in one piece, or in three groups: 123456782, 1234.56.782, 123 456 782. Not within a
# longer number or a word (a checksum is full of digits), unless that word announces it.
_BEFORE = r"(?:(?<![0-9A-Za-z])(?<![0-9][.,])|(?<=[Bb][Ss][Nn])|(?<=[Nn][Rr]))"
_GAP = r"(?:[ .-]|\xa0|\xc2\xa0)"
_NINE = (
    rf"{_BEFORE}(?:[0-9]{{9}}|[0-9]{{4}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}}"
    rf"|[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}})(?![0-9A-Za-z])"
)
_BSN, _BSN_BYTES = re.compile(_NINE), re.compile(_NINE.encode("latin-1"))
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")  # RFC 5321, lengths
_ACCOUNT = re.compile(
    r"(?<![0-9A-Za-z])(?:[Nn][Ll][0-9]{2} ?[A-Za-z]{4}(?: ?[0-9]){10}"
    r"|[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?![0-9A-Za-z])"
)
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?:\+31|0031)[ .-]?(?:\(0\))?[ .-]?[1-9](?:[ .-]?[0-9]){8}"  # from abroad
    r"|06(?:[ .-]{0,3}[0-9]){8}"  # mobile
    r"|\(?0[1-578][0-9]\)?[ ./-]{0,3}[0-9](?:[ .-]?[0-9]){6}"  # 020-6241111
    r"|\(?0[1-578][0-9]{2}\)?[ ./-]{0,3}[0-9](?:[ .-]?[0-9]){5}"  # 0223-612345
    r")(?![0-9A-Za-z])"
)


class Trace(StrEnum):
    """What a text gave away of a person; the value stands in its place afterwards."""

    NUMBER = "[nummer weggehaald]"
    MAIL = "[e-mailadres weggehaald]"
    PHONE = "[telefoonnummer weggehaald]"
    ACCOUNT = "[rekeningnummer weggehaald]"
    POSTCODE = "[postcode weggehaald]"
    DATE = "[datum weggehaald]"
    NAME = "[naam weggehaald]"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the file within an archive ('' outside one), and the byte in it."""

    member: str
    offset: int


def masked(text: str) -> str:
    """Return a text with every BSN, mail address, phone and account number replaced by a `Trace`.

    A BSN is nine digits that pass the 11-proef; an account number is an IBAN that passes its own.
    """
    text = _ACCOUNT.sub(lambda found: _if(_is_account(found[0]), found, Trace.ACCOUNT), text)
    text = _MAIL.sub(Trace.MAIL, text)
    return _PHONE.sub(Trace.PHONE, without_numbers(text))


def without_numbers(text: str) -> str:
    """Return a text with every BSN in it replaced."""
    return _BSN.sub(lambda found: _if(passes(_digits(found[0])), found, Trace.NUMBER), text)


def passes(digits: str) -> bool:
    """Return whether nine digits pass the 11-proef: weighted 9 to 2 and -1 they divide by 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


def numbers(data: bytes) -> tuple[Place, ...]:
    """Return where in the bytes of a file a number stands that passes the 11-proef.

    Looks into archives too (zip, and so xlsx, docx and ods). What is encrypted gives nothing away.
    """
    return tuple(_numbers(data, "", _DEEP))


def _numbers(data: bytes, member: str, deep: int) -> Iterator[Place]:
    for found in _BSN_BYTES.finditer(data):
        if passes(_digits(found[0].decode("latin-1"))):
            yield Place(member, found.start())
    if deep and data.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from _numbers(archive.read(name), f"{member}/{name}".lstrip("/"), deep - 1)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _if(sure: bool, found: re.Match[str], trace: Trace) -> str:
    return trace if sure else found[0]


def _is_account(text: str) -> bool:
    """Return whether an IBAN is one (ISO 7064, mod 97-10)."""
    bare = text.replace(" ", "").upper()
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1

"""Damage to a text file: by the line, so that one knows which lines were left alone, or anywhere.

Everything follows from the `Random` that is given: the same one gives the same file.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.fuzz.carriers import CONTRACTS, STYLES, Delivery, Style, delivery

NASTY_CELLS = (
    *("", " ", "\u00a0", "0", "-0", "1e309", "NaN", "inf", "-", "?", "n.v.t.", "onbekend", "9999"),
    *("1.234", "1,234.5", "1.234,50", "€ 12,50", "12,50-", "(12,50)", "1,23457E+08", "9" * 400),
    *("31-02-2026", "01-01-1900", "31-12-9999", "46054", "2026-08-14", "8/14/26", "3-jan", "0001"),
    *("999900006", "99990000", "9999.00.006", "123456789", "1234 AB", "1234ab", "0123AB", "ja"),
    *("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "#WAARDE!", "#N/B", "<script>alert(1)</script>"),
    *("😀", "é", "Ã©", "Ã«", "\u202eabc", "\u200b", "مرحبا", "a\u0301" * 50, "\ufeff", "\ufffd"),
    *("totaal", "Subtotaal", "Bron: eigen", "* noot", "sep=;", "NULL", "\\N", "'", '"', '""', "`"),
    *("'; DROP TABLE text; --", "{{7*7}}", "%s%n", "../../etc/passwd", "\\", "a;b", "a,b", "a|b"),
    *("regel een\nregel twee", "a\r\nb", "\r", "\x00", "\x1a", "\x1b[31m", "x" * 3000),
)
NASTY_BYTES = (
    *(b'"', b'""', b'"""', b";", b",", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\n\n", b"'", b"\\"),
    *(b'\\"', b"\x00", b"\x01", b"\x1a", b"\x7f", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"="),
    *(
        b"\xff",
        b"\xc3",
        b"\x81",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc2\xa0",
        b"\xe2\x80\xa8",
    ),
    *(b";;;;", b'";"', b'"\n"', b'";', b';"', b"<", b"PK\x03\x04", b"#", b" ", b"\x0b", b"\x0c"),
)
_RUNS = (1, 1, 1, 300, 5_000, 70_000)
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file. `origin` says of each line (from 0) which line of the faultless one it is.

    None where it was touched. `whole` says that `origin` holds; else anything can have changed.
    """

    delivery: Delivery
    style: Style | None
    data: bytes
    done: tuple[str, ...]
    lines: int
    origin: tuple[int | None, ...]
    whole: bool


@dataclass(slots=True)
class _Line:
    text: bytes
    origin: int | None


_Lines = list[_Line]


def damaged(random: Random) -> Damaged:
    """Return a file with one to five kinds of damage."""
    found = delivery(random.choice(CONTRACTS), planted=random.random() < 0.5)
    style = random.choice(STYLES)
    lines = [_Line(text, number) for number, text in enumerate(found.lines(style))]
    names = [random.choice(tuple(_BY_LINE)) for _ in range(random.randint(1, 5))]
    for name in names:
        _BY_LINE[name](lines, style, random)
    data = b"".join(line.text for line in lines)
    wild = random.choice(tuple(_ANYWHERE)) if random.random() < 0.2 else ""
    if wild:
        data = _ANYWHERE[wild](data, random)
        names.append(wild)
    text = data
    if style.encoding == "utf-16":
        text = data.decode("utf-8", "replace").encode()
        data = text.decode().encode("utf-16")
    elif data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16", "replace").encode()
    starts = [found.span() for found in LINE.finditer(text.rstrip(b"\x00\x1a"))]
    origin = () if wild or len(text) != sum(len(line.text) for line in lines) else _origin(lines)
    return Damaged(
        found,
        style,
        data,
        tuple(names),
        len(starts),
        tuple(origin.get(span) for span in starts) if origin else (),
        whole=bool(origin),
    )


def _origin(lines: _Lines) -> dict[tuple[int, int], int | None]:
    """Return which line stands from which byte to which."""
    found, place = {}, 0
    for line in lines:
        found[place, place + len(line.text)] = line.origin
        place += len(line.text)
    return found


def _pick(lines: _Lines, random: Random) -> _Line:
    """Return a line to touch; the header no more often than another."""
    line = random.choice(lines)
    line.origin = None
    return line


def _place(text: bytes, random: Random) -> int:
    return random.randint(0, len(text))


def _flip(lines: _Lines, _: Style, random: Random) -> None:
    line = _pick(lines, random)
    at = _place(line.text, random)
    line.text = line.text[:at] + bytes([random.randrange(256)]) + line.text[at + 1 :]


def _cut(lines: _Lines, _: Style, random: Random) -> None:
    line = _pick(lines, random)
    at = _place(line.text, random)
    line.text = line.text[:at] + line.text[at + random.randint(1, 8) :]


def _insert(lines: _Lines, _: Style, random: Random) -> None:
    line = _pick(lines, random)
    at = _place(line.text, random)
    line.text = line.text[:at] + random.choice(NASTY_BYTES) + line.text[at:]


def _run(lines: _Lines, _: Style, random: Random) -> None:
    line = _pick(lines, random)
    at = _place(line.text, random)
    line.text = line.text[:at] + random.choice(NASTY_BYTES) * random.choice(_RUNS) + line.text[at:]


def _cell(lines: _Lines, style: Style, random: Random) -> None:
    """Write another cell, well-formed or not."""
    line = _pick(lines, random)
    cells = line.text.rstrip(b"\r\n").split(style.delimiter.encode())
    text = random.choice(NASTY_CELLS)
    if random.random() < 0.7:
        out = io.StringIO()
        csv.writer(out, delimiter=style.delimiter, lineterminator="").writerow([text])
        text = out.getvalue()
    cells[random.randrange(len(cells))] = _encoded(text, style)
    line.text = style.delimiter.encode().join(cells) + style.newline.encode()


def _shift(lines: _Lines, style: Style, random: Random) -> None:
    """Give a line a field more or less, or two in each other's place."""
    line = _pick(lines, random)
    cells = line.text.rstrip(b"\r\n").split(style.delimiter.encode())
    at, other = random.randrange(len(cells)), random.randrange(len(cells))
    match random.randrange(3):
        case 0:
            cells.insert(at, b"")
        case 1:
            del cells[at]
        case _:
            cells[at], cells[other] = cells[other], cells[at]
    line.text = style.delimiter.encode().join(cells) + style.newline.encode()


def _double(lines: _Lines, _: Style, random: Random) -> None:
    line = random.choice(lines)
    lines.insert(random.randint(1, len(lines)), _Line(line.text, line.origin))


def _drop(lines: _Lines, _: Style, random: Random) -> None:
    if len(lines) > 2:
        lines.remove(random.choice(lines))


def _swap(lines: _Lines, _: Style, random: Random) -> None:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _empty(lines: _Lines, style: Style, random: Random) -> None:
    text = random.choice(("", " ", style.delimiter * random.randint(1, 30), '""', "\u00a0"))
    lines.insert(_at(lines, random), _Line(_encoded(text + style.newline, style), None))


def _strange(lines: _Lines, style: Style, random: Random) -> None:
    """Put a line among the others that is a total, a title, a footnote, or nothing at all."""
    text = random.choice(NASTY_CELLS) + random.choice(("", style.delimiter, ";1;2;3", ": 2026"))
    lines.insert(_at(lines, random), _Line(_encoded(text + style.newline, style), None))


def _truncate(lines: _Lines, _: Style, random: Random) -> None:
    at = random.randrange(len(lines))
    del lines[at + 1 :]
    line = lines[at]
    line.origin, line.text = None, line.text[: _place(line.text, random)]


def _splice(lines: _Lines, style: Style, random: Random) -> None:
    """Put some lines of another delivery, perhaps written otherwise, among these."""
    other = delivery(random.choice(CONTRACTS), planted=True)
    written = other.lines(random.choice((style, random.choice(STYLES))))
    first = random.randrange(len(written))
    some = written[first : first + random.randint(1, 5)]
    at = _at(lines, random)
    lines[at:at] = [_Line(text, None) for text in some]


def _ending(lines: _Lines, _: Style, random: Random) -> None:
    line = _pick(lines, random)
    line.text = line.text.rstrip(b"\r\n") + random.choice((b"\n", b"\r", b"\r\n", b"\n\r", b""))


def _at(lines: _Lines, random: Random) -> int:
    return random.randint(0, len(lines))


def _encoded(text: str, style: Style) -> bytes:
    encoding = style.encoding if style.encoding == "cp1252" else "utf-8"
    return text.encode(encoding, "replace")


_BY_LINE: dict[str, Callable[[_Lines, Style, Random], None]] = {
    "flip a byte": _flip,
    "cut bytes out": _cut,
    "insert bytes": _insert,
    "insert a run": _run,
    "write a cell": _cell,
    "another cell": _cell,
    "move fields": _shift,
    "line twice": _double,
    "line away": _drop,
    "lines swapped": _swap,
    "empty line": _empty,
    "strange line": _strange,
    "cut off": _truncate,
    "other file among it": _splice,
    "other line end": _ending,
}


def flipped(data: bytes, random: Random) -> bytes:
    """Return bytes of which some are other ones."""
    text = bytearray(data)
    for _ in range(random.randint(1, 20) if text else 0):
        text[random.randrange(len(text))] = random.randrange(256)
    return bytes(text)


def shuffled(data: bytes, random: Random) -> bytes:
    """Return bytes of which a stretch is gone, stands there twice, or stands elsewhere."""
    one, two = sorted((_place(data, random), _place(data, random)))
    middle, at = data[one:two], _place(data, random)
    match random.randrange(3):
        case 0:
            return data[:one] + data[two:]
        case 1:
            return data[:at] + middle + data[at:]
        case _:
            rest = data[:one] + data[two:]
            return rest[:at] + middle + rest[at:]


def _everywhere(data: bytes, random: Random) -> bytes:
    """Return bytes of which one of the signs that matter is another one everywhere."""
    signs = (b'"', b";", b",", b"\t", b"\n", b"\r", b"-", b"\r\n", b"0", b"e")
    return data.replace(random.choice(signs), random.choice((*NASTY_BYTES, b"")))


def _otherwise(data: bytes, random: Random) -> bytes:
    """Return bytes that were read in one encoding and written in another."""
    text = data.decode(random.choice(("utf-8", "cp1252", "utf-16-le")), "replace")
    return text.encode(random.choice(("utf-8", "cp1252", "utf-16", "utf-16-le")), "replace")


_ANYWHERE: dict[str, Callable[[bytes, Random], bytes]] = {
    "bytes flipped anywhere": flipped,
    "stretch moved": shuffled,
    "sign replaced everywhere": _everywhere,
    "encoded otherwise": _otherwise,
}

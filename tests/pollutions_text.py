"""Pollutions 1 to 34: the file as a whole, its column names, its rows."""

from pollution_files import Sheet, on
from pollutions import (
    ACTIVITIES,
    COUNTS,
    TEAM,
    UTF8,
    YOUTH,
    Case,
    Polluted,
    above,
    below,
    free_text,
    headed,
    line,
    masked,
    middle,
    number,
    one_row,
    whole,
)


def _in_quotes(sheet: Sheet, text: str) -> bytes:
    """Write a free text of the polluted row as it stands here, quotes and all."""
    where, lines = middle(sheet), sheet.lines()
    cells = list(sheet.rows[sheet.at])
    cells[where] = text
    lines[sheet.at + 1] = ";".join(cells)
    return sheet.text(lines)


def _bytes(sheet: Sheet, mark: bytes) -> bytes:
    """Put bytes in a free text of the polluted row."""
    where = free_text(sheet)
    sheet.put(where, sheet.rows[sheet.at][where] + "@@")
    return sheet.text().replace(b"@@", mark)


def _cp1252(sheet: Sheet) -> bytes:
    where = free_text(sheet)
    sheet.put(where, "Café € 5")
    return sheet.text().decode(sheet.carrier.encoding).encode("cp1252")


def _unquoted_commas(sheet: Sheet) -> bytes:
    """Delimit by commas, with decimal commas in every number of one column."""
    where = number(sheet)
    sheet.each(where, lambda text: f"{text},5")
    return sheet.text([",".join(row) for row in (sheet.header, *sheet.rows)])


def _two_row_header(sheet: Sheet) -> bytes:
    over = ["Gegevens", *[""] * (len(sheet.header) - 1)]
    return sheet.text([";".join(over), *sheet.lines()])


def _without(sheet: Sheet, name: str) -> bytes:
    place = sheet.named(name)
    rows = [[*row[:place], *row[place + 1 :]] for row in (sheet.header, *sheet.rows)]
    return sheet.text([";".join(row) for row in rows])


def _required(sheet: Sheet) -> str:
    return next(c.header for c in sheet.contract.columns if c.required and not c.aliases)


def _optional(sheet: Sheet) -> str:
    """The name of a column that may be absent, and is empty in every row."""
    columns = (c for c in sheet.contract.columns if not c.required and c.header in sheet.header)
    name = next(columns).header
    for row in sheet.rows:
        row[sheet.named(name)] = ""
    return name


def _without_optional(sheet: Sheet) -> Polluted:
    place = sheet.named(next(c.header for c in sheet.contract.columns if not c.required))
    name = sheet.header[place]
    blank = frozenset((number, name) for number in range(len(sheet.rows)))
    return Polluted(_without(sheet, name), blank=blank)


def _extra(sheet: Sheet, name: str, value: str) -> bytes:
    sheet.header.append(name)
    for row in sheet.rows:
        row.append(value)
    return sheet.text()


def _other_order(sheet: Sheet) -> bytes:
    return sheet.text([";".join(reversed(row)) for row in (sheet.header, *sheet.rows)])


def _twice(sheet: Sheet) -> bytes:
    return _extra(sheet, sheet.header[0], "x")


def _between(sheet: Sheet, *lines: str) -> bytes:
    """Put lines after the polluted row; in front of the last row where it is the last."""
    whole_file = sheet.lines()
    at = min(sheet.at + 2, len(whole_file) - 1)
    return sheet.text([*whole_file[:at], *lines, *whole_file[at:]])


def _total(sheet: Sheet) -> str:
    where = number(sheet)
    cells = [""] * len(sheet.header)
    cells[0] = "Totaal"
    cells[where] = str(sum(int(row[where]) for row in sheet.rows))
    return ";".join(cells)


def _overfull(sheet: Sheet) -> bytes:
    return line(lambda text: f"{text};te;veel")(sheet)


def _too_few(sheet: Sheet) -> bytes:
    return line(lambda text: ";".join(text.split(";")[:2]))(sheet)


def _trailing_cells(sheet: Sheet) -> Polluted:
    """Leave the last cells of a row away, which may be empty."""
    cells = sheet.rows[sheet.at]
    columns = {c.header: c for c in sheet.contract.columns}
    kept = len(cells)
    while not columns[sheet.header[kept - 1]].required:
        kept -= 1
    blank = frozenset((sheet.at, name) for name in sheet.header[kept:])
    lines = sheet.lines()
    lines[sheet.at + 1] = ";".join(cells[:kept])
    return Polluted(sheet.text(lines), blank=blank)


def _open_quote(sheet: Sheet) -> bytes:
    return _in_quotes(sheet, '"Nooit gesloten')


def _broken_line(sheet: Sheet) -> Polluted:
    """Break a row in two in the middle of a text without quotes."""
    where, newline = middle(sheet), sheet.carrier.newline
    sheet.put(where, "@@")
    content = sheet.text().replace(b"@@", f"eerste{newline}tweede".encode())
    lines = frozenset({sheet.line})
    return Polluted(content, lost=frozenset({sheet.at}), refused=lines)


def _quoted_line(sheet: Sheet) -> Polluted:
    where = middle(sheet)
    sheet.put(where, "eerste\ntweede")
    return Polluted(sheet.text(), masked=frozenset({(sheet.at, sheet.header[where])}))


TEXT_CASES = (
    Case(1, "leeg bestand", "F", whole(lambda s: b"")),
    Case(1, "alleen witregels", "F", whole(lambda s: b" \r\n\t\r\n\r\n")),
    Case(2, "alleen kolomnamen", "F", whole(lambda s: s.text(s.lines()[:1]))),
    Case(3, "een werkmap die .csv heet", "N", whole(lambda s: s.workbook())),
    Case(
        4,
        "een webpagina die .xls heet",
        "F",
        whole(lambda s: b"<html><table><tr><td>a</td></tr></table></html>", "xls"),
    ),
    Case(4, "een PDF", "F", whole(lambda s: b"%PDF-1.7\n" + s.text())),
    Case(4, "een plaatje", "F", whole(lambda s: b"\x89PNG\r\n\x1a\n" + s.text(), "xlsx")),
    Case(
        5,
        "UTF-8 met BOM",
        "R",
        whole(lambda s: b"\xef\xbb\xbf" + s.text().removeprefix(b"\xef\xbb\xbf")),
    ),
    Case(
        6,
        "UTF-16 met BOM",
        "N",
        whole(lambda s: s.text().decode(s.carrier.encoding).encode("utf-16")),
    ),
    Case(
        7,
        "cp1252 met é en €",
        "N",
        lambda s: Polluted(_cp1252(s), masked=frozenset({(s.at, s.header[free_text(s)])})),
    ),
    Case(7, "een byte die cp1252 niet kent", "J", one_row(lambda s: _bytes(s, b"\x81"))),
    Case(8, "verminkte letters (Ã©)", "W", masked(free_text, "CafÃ© op de hoek"), UTF8),
    Case(9, "nullen aan het eind", "R", whole(lambda s: s.text() + b"\0\0\x1a")),
    Case(9, "een stuurteken in een veld", "J", one_row(lambda s: _bytes(s, b"\x07"))),
    Case(9, "een nul in een veld", "J", one_row(lambda s: _bytes(s, b"\0"))),
    Case(
        10,
        "gemengde regeleinden",
        "R",
        whole(
            lambda s: (
                b"\r\n".join(s.text(s.lines()[:9]).splitlines())
                + b"\n"
                + s.text(s.lines()[9:]).removeprefix(b"\xef\xbb\xbf")
            )
        ),
    ),
    Case(
        10,
        "regeleinden van een oude Mac",
        "R",
        whole(lambda s: s.text().replace(b"\r\n", b"\n").replace(b"\n", b"\r")),
    ),
    Case(10, "geen regeleinde aan het eind", "R", whole(lambda s: s.text().rstrip(b"\r\n"))),
    Case(10, "drie regeleinden aan het eind", "R", whole(lambda s: s.text() + b"\r\n\r\n")),
    Case(11, "sep=; op de eerste regel", "R", whole(above("sep=;"))),
    Case(12, "komma's als scheidingsteken", "N", whole(lambda s: s.text(s.lines(",")))),
    Case(12, "tabs als scheidingsteken", "N", whole(lambda s: s.text(s.lines("\t")))),
    Case(12, "strepen als scheidingsteken", "N", whole(lambda s: s.text(s.lines("|")))),
    Case(13, "komma's, en komma's in getallen", "F", whole(_unquoted_commas), COUNTS),
    Case(
        14,
        "een titel boven de kolomnamen",
        "N",
        whole(above("Levering aan de gemeente", "Organisatie: Voorbeeld", "")),
    ),
    Case(15, "geen kolomnamen", "F", whole(lambda s: s.text(s.lines()[1:]))),
    Case(16, "een tweede rij kolomnamen erboven", "N", whole(_two_row_header)),
    Case(
        17,
        "kolomnamen in hoofdletters met spaties",
        "R",
        whole(headed(lambda name: f" {name.upper().replace('_', ' ')} * ")),
    ),
    Case(
        17,
        "kolomnamen met een eenheid erachter",
        "R",
        whole(headed(lambda name: f"{name} (verplicht)")),
    ),
    Case(
        17,
        "kolomnamen met een harde spatie",
        "R",
        whole(headed(lambda name: name.replace("_", "\u00a0"))),
        UTF8,
    ),
    Case(
        18,
        "een tikfout in een kolomnaam",
        "F",
        whole(
            lambda s: s.text(
                [s.lines()[0].replace(_required(s), _required(s)[:-1]), *s.lines()[1:]]
            )
        ),
    ),
    Case(19, "een verplichte kolom ontbreekt", "F", whole(lambda s: _without(s, _required(s)))),
    Case(19, "een kolom die mag, ontbreekt", "N", _without_optional, on(ACTIVITIES, YOUTH)),
    Case(20, "een onbekende kolom erbij", "N", whole(lambda s: _extra(s, "opmerking_intern", "x"))),
    Case(21, "een kolom met namen", "F", whole(lambda s: _extra(s, "achternaam", "Voorbeeld"))),
    Case(
        21,
        "een kolom met e-mailadressen",
        "F",
        whole(lambda s: _extra(s, "E-mail", "a@voorbeeld.nl")),
    ),
    Case(22, "kolommen in een andere volgorde", "R", whole(_other_order)),
    Case(23, "een kolomnaam staat er twee keer", "F", whole(_twice)),
    Case(
        24,
        "lege kolommen aan het eind",
        "R",
        whole(lambda s: s.text([f"{text};;;;" for text in s.lines()])),
    ),
    Case(25, "lege regels ertussen", "R", whole(lambda s: _between(s, "", ";" * 3, ""))),
    Case(26, "een totaalregel", "N", whole(lambda s: below(_total(s))(s)), on(ACTIVITIES)),
    Case(
        27,
        "voetnoten en een bron eronder",
        "N",
        whole(below("", "Bron: eigen registratie", "* voorlopige cijfers")),
    ),
    Case(
        28,
        "een tweede tabel eronder",
        "F",
        whole(lambda s: s.text([*s.lines(), "", *s.lines()[:5]])),
    ),
    Case(29, "een scheidingsteken te veel", "J", one_row(_overfull)),
    Case(30, "te weinig velden", "J", one_row(_too_few)),
    Case(30, "alleen lege velden aan het eind ontbreken", "R", _trailing_cells, on(ACTIVITIES)),
    Case(
        31,
        "een aanhalingsteken midden in een veld",
        "N",
        lambda s: Polluted(
            _in_quotes(s, 'Een "open" huis'), masked=frozenset({(s.at, s.header[middle(s)])})
        ),
        on(ACTIVITIES, TEAM),
    ),
    Case(32, "een aanhalingsteken dat niet sluit", "J", one_row(_open_quote)),
    Case(33, "een regeleinde tussen aanhalingstekens", "R", _quoted_line, on(ACTIVITIES, TEAM)),
    Case(33, "een regeleinde zonder aanhalingstekens", "J", _broken_line),
    Case(
        34,
        "een rij met een ander scheidingsteken",
        "J",
        one_row(line(lambda text: text.replace(";", "|"))),
    ),
)

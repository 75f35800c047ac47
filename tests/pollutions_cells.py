"""Pollutions 35 to 55: what stands in a cell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pollution_files import Sheet, on
from pollutions import (
    ACTIVITIES,
    AMOUNTS,
    COUNTS,
    MELDINGEN,
    PEOPLE,
    UTF8,
    YOUTH,
    Case,
    Polluted,
    amount,
    blank,
    cell,
    code,
    day,
    every,
    flag,
    free_text,
    identifier,
    lost,
    masked,
    number,
    optional_day,
    padded,
    person,
    postcode,
)

DATED = on(MELDINGEN, YOUTH, MELDINGEN)
CODED = on(YOUTH)


def _parts(text: str) -> tuple[str, str, str]:
    day_, month, year = text.split("-")
    return day_, month, year


def _serial(text: str) -> str:
    d, m, y = map(int, _parts(text))
    return str((date(y, m, d) - date(1899, 12, 30)).days)


def _written(form: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        d, m, y = _parts(text)
        return form.format(d=d, m=m, y=y, dd=int(d), mm=int(m), yy=y[2:])

    return write


def _small_days(sheet: Sheet) -> Polluted:
    """Write every date with slashes, none of which can tell day from month."""
    sheet.each(day(sheet), lambda text: "03/04/" + _parts(text)[2])
    return Polluted(sheet.text())


def _lost_zero(sheet: Sheet) -> Polluted:
    """Write a BSN that begins with a zero without it: of the test range there are none, so 8 digits
    of a number that passes with the zero."""
    sheet.put(person(sheet), str(10**7 + 8))
    return Polluted(sheet.text(), masked=frozenset({(sheet.at, sheet.header[person(sheet)])}))


def _same_key(sheet: Sheet) -> Polluted:
    copy = list(sheet.rows[sheet.at])
    place = free_text(sheet)
    copy[place] = f"{copy[place]} anders"
    sheet.rows.append(copy)
    return Polluted(
        sheet.text(),
        lost=frozenset({sheet.at}),
        refused=frozenset({sheet.line, len(sheet.rows) + 1}),
    )


def _again(sheet: Sheet) -> Polluted:
    sheet.rows.append(list(sheet.rows[sheet.at]))
    return Polluted(sheet.text())


def _end_first(sheet: Sheet) -> Polluted:
    sheet.put(sheet.named("datum_onderzoek_klaar"), "01-01-2020")
    return lost(sheet, sheet.text())


CELL_CASES = (
    Case(35, "spaties om een cel", "R", cell(number, lambda text: f"  {text}\t"), COUNTS),
    Case(
        35,
        "een harde spatie en een onzichtbaar teken",
        "R",
        cell(day, lambda text: f"\u00a0{text}\u200b"),
        tuple(c for c in UTF8 if c.contract != ACTIVITIES) + on(MELDINGEN)[1:2],
    ),
    Case(36, "n.v.t.", "N", blank(optional_day, "n.v.t."), DATED),
    Case(36, "onbekend", "N", blank(optional_day, "onbekend"), DATED),
    Case(36, "#N/B", "N", blank(optional_day, "#N/B"), DATED),
    Case(37, "een foutmelding van Excel", "J", cell(number, "#WAARDE!", kept=False), COUNTS),
    Case(37, "#VERW! in een tekst", "J", cell(free_text, "#VERW!", kept=False)),
    Case(38, "d-m-jjjj", "R", cell(day, _written("{dd}-{mm}-{y}")), DATED),
    Case(38, "jjjj-mm-dd", "R", cell(day, _written("{y}-{m}-{d}")), DATED),
    Case(38, "jjjjmmdd", "R", cell(day, _written("{y}{m}{d}")), DATED),
    Case(38, "met een tijd erachter", "N", cell(day, _written("{d}-{m}-{y} 00:00:00")), DATED),
    Case(38, "een jaar van twee cijfers", "N", cell(day, _written("{d}-{m}-{yy}")), DATED),
    Case(39, "een dagnummer van Excel", "N", cell(day, _serial), DATED),
    Case(
        40,
        "maand en dag met streepjes, te beslissen",
        "N",
        every(day, _written("{m}/{d}/{y}")),
        DATED,
    ),
    Case(40, "maand of dag, niet te beslissen", "F", _small_days, DATED),
    Case(41, "31-02", "J", cell(day, "31-02-2026", kept=False), DATED),
    Case(41, "01-01-1900 waar het mag", "N", blank(optional_day, "01-01-1900"), DATED),
    Case(41, "31-12-9999 waar het mag", "N", blank(optional_day, "31-12-9999"), DATED),
    Case(
        41,
        "01-01-1900 waar het niet mag",
        "J",
        cell(lambda s: s.named("datum_melding"), "01-01-1900", kept=False),
        on(MELDINGEN),
    ),
    Case(
        42,
        "een bedrag met € en duizendpunt",
        "R",
        cell(amount, lambda text: f"€ {text}"),
        tuple(replace(c, encoding="utf-8") for c in AMOUNTS),
    ),
    Case(
        43,
        "een punt die twee dingen kan zijn",
        "J",
        cell(amount, "1.234", kept=False),
        on(ACTIVITIES),
    ),
    Case(
        44,
        "een nummer als macht van tien",
        "J",
        cell(identifier, "1,23457E+08", kept=False),
        on(MELDINGEN, ACTIVITIES),
    ),
    Case(
        44,
        "een hele kolom machten van tien",
        "F",
        every(identifier, lambda text: "1,23457E+08"),
        on(MELDINGEN, ACTIVITIES),
    ),
    Case(45, "een BSN zonder nul vooraan", "N", _lost_zero, PEOPLE),
    Case(45, "een BSN van zeven cijfers", "J", cell(person, "1234567", kept=False), PEOPLE),
    Case(
        46,
        "een BSN met punten",
        "R",
        cell(person, lambda text: f"{text[:4]}.{text[4:6]}.{text[6:]}"),
        PEOPLE,
    ),
    Case(
        46, "een BSN dat de elfproef niet haalt", "J", cell(person, "999900007", kept=False), PEOPLE
    ),
    Case(
        47,
        "een postcode met spatie en kleine letters",
        "R",
        cell(postcode, lambda text: f"{text[:4]} {text[4:].lower()}"),
        PEOPLE,
    ),
    Case(
        47,
        "een postcode van vier cijfers",
        "J",
        cell(postcode, lambda text: text[:4], kept=False),
        PEOPLE,
    ),
    Case(47, "een postcode die met 0 begint", "J", cell(postcode, "0123 AB", kept=False), PEOPLE),
    Case(47, "een postcode van drie cijfers", "J", cell(postcode, "123AB", kept=False), PEOPLE),
    Case(
        48, "een code zonder nul vooraan", "R", cell(padded, lambda text: text.lstrip("0")), CODED
    ),
    Case(49, "een code die een datum werd", "J", cell(padded, "3-jan", kept=False), CODED),
    Case(49, "een hele kolom codes die data werden", "F", every(padded, lambda t: "3-jan"), CODED),
    Case(
        50,
        "WAAR en ONWAAR",
        "R",
        cell(flag, lambda text: {"ja": "WAAR", "nee": "ONWAAR"}[text]),
        on(MELDINGEN),
    ),
    Case(50, "1 en 0", "R", every(flag, lambda text: {"ja": "1", "nee": "0"}[text]), on(MELDINGEN)),
    Case(
        51, "de omschrijving in plaats van de code", "N", lambda s: cell(code, s.label(code(s)))(s)
    ),
    Case(51, "een code die er niet is", "J", cell(code, "zonderling", kept=False)),
    Case(
        52,
        "een e-mailadres in een tekst",
        "W",
        masked(free_text, "Vraag het a.voorbeeld@voorbeeld.nl"),
        on(ACTIVITIES),
    ),
    Case(
        52,
        "een BSN in een tekst",
        "W",
        masked(free_text, "Dit gaat over 999900006."),
        on(ACTIVITIES),
    ),
    Case(53, "een cel die met = begint", "W", masked(free_text, "=1+1")),
    Case(53, "een cel die met @ begint", "R", masked(free_text, "@buurthuis")),
    Case(54, "precies dezelfde rij nog een keer", "N", _again),
    Case(54, "dezelfde sleutel met iets anders", "J", _same_key, on(MELDINGEN, ACTIVITIES)),
    Case(55, "een einde voor het begin", "J", _end_first, on(MELDINGEN)),
)

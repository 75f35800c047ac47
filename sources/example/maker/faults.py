"""The faults that real partners make, once each, and what the gate should say of them.

Every fault belongs to one delivery (partner, code, period), so deliveries of other quarters are
without fault. `FAULTS` is the list: file, expected outcome, the code of its first finding (a
prefix), and what is wrong. It is example, documentation and test at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from sources.example.maker.deliveries import Delivery, SentFile, sent
from sources.example.maker.quarters import Quarter
from sources.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not as it should be, and what becomes of it.

    `code` is the beginning of the code that must be among the findings, empty where none is.
    `refused_rows` is how many rows end in quarantine.
    """

    name: str
    outcome: Outcome
    what: str
    code: str = ""
    refused_rows: int = 0


FAULTS: Final = (
    Fault(
        "GM9901_welzijn_L06_2026K2_v1.csv",
        Outcome.ACCEPTED,
        "Oude Stad is counted twice; nobody can see that from the file",
    ),
    Fault(
        "GM9901_welzijn_L06_2026K2_v2.csv",
        Outcome.ACCEPTED,
        "the correction, delivered a quarter later: replaces the whole of 2026K2",
    ),
    Fault(
        "GM9901_gemeente_L01_2026K3_v1.csv",
        Outcome.ACCEPTED_WITH_REFUSALS,
        "31 februari, an onderzoek before its melding, a besluit before its aanvraag, a wrong BSN",
        code="V4",
        refused_rows=5,
    ),
    Fault(
        "GM9901_welzijn_L06_2026K3_v1.csv",
        Outcome.ACCEPTED_WITH_REFUSALS,
        "a buurt that does not exist, and twice more people than contacts",
        code="X555",
        refused_rows=3,
    ),
    Fault(
        "GM9901_sociaal_team_L06_2026K3_v1.csv",
        Outcome.REFUSED,
        "the header bijeenkomsten is written bijeenkomstn; v2 is good",
        code="K2",
    ),
    Fault(
        "GM9901_vluchtelingenwerk_L10_2026K3_v1.csv",
        Outcome.REFUSED,
        "a column naam, which may not be sent; v2 is without it",
        code="S9",
    ),
    Fault(
        "GM9901_bibliotheek_L09_2026K3_v1.xls",
        Outcome.REFUSED,
        "a web page that calls itself .xls; v2 is a real workbook",
        code="B1",
    ),
    Fault(
        "GM9901_initiatief_L10_2026K3_v1.csv",
        Outcome.ACCEPTED,
        "written in cp1252, with é, ’ and €: read well, and noted",
        code="B1",
    ),
    Fault(
        "GM9901_sociaal_team_L10_2026K3_v2.csv",
        Outcome.ALREADY_RECEIVED,
        "the same file as v1 once more",
    ),
)

# Not a file but the lack of one: 2026K3 is "niet geleverd" for this partner, never 0.
NOT_DELIVERED: Final = (("vluchtelingenwerk", "L06", "2026K3"),)

_ARRIVES_LATE = Quarter(2026, 3)


def as_sent(delivery: Delivery) -> Iterable[SentFile]:
    """Return the file or files in which a partner sends a delivery, with its faults if any."""
    key = (delivery.partner, delivery.code, delivery.period)
    if key in NOT_DELIVERED:
        return []
    spoil = _SPOILED.get(key)
    return spoil(delivery) if spoil else [sent(delivery)]


def _counted_twice(delivery: Delivery) -> list[SentFile]:
    """Count the buurten of Oude Stad twice; the correction comes a quarter later."""
    numbers = pl.selectors.numeric() - pl.selectors.by_name("boog")
    there = pl.col("gebied_code").str.starts_with("BU990101")
    twice = delivery.rows.with_columns(pl.when(there).then(numbers * 2).otherwise(numbers))
    return [
        sent(replace(delivery, rows=twice)),
        sent(delivery, number=2, dropped=_ARRIVES_LATE),
    ]


def _wrong_rows_of_meldingen(delivery: Delivery) -> list[SentFile]:
    """Spoil five of the rows whose onderzoek is finished and whose aanvraag is decided."""
    good = sent(delivery)
    lines = _Lines(good.content)
    first, second, third, fourth, fifth = lines.filled("datum_besluit")[:5]
    lines.put(first, "datum_melding", "31-02-2026")
    lines.put(second, "datum_onderzoek_klaar", "31-06-2026")
    lines.put(third, "datum_onderzoek_klaar", "02-01-2024")
    lines.put(fourth, "datum_besluit", "02-01-2024")
    lines.put(fifth, "bsn", "999900007")
    return [replace(good, content=lines.content())]


def _wrong_rows_of_activities(delivery: Delivery) -> list[SentFile]:
    """Name a buurt that is not there, and swap people and contacts in two rows."""
    good = sent(delivery)
    lines = _Lines(good.content)
    first, second, third = lines.filled("unieke_deelnemers")[4:19:7]
    lines.put(first, "gebied_code", "BU99010199")
    for row in (second, third):
        people, contacts = lines.get(row, "unieke_deelnemers"), lines.get(row, "contacten")
        lines.put(row, "unieke_deelnemers", contacts)
        lines.put(row, "contacten", people)
    return [replace(good, content=lines.content())]


def _misspelt_header(delivery: Delivery) -> list[SentFile]:
    good = sent(delivery)
    wrong = good.content.replace(b"bijeenkomsten", b"bijeenkomstn", 1)
    return [replace(good, content=wrong), sent(delivery, number=2)]


def _with_a_name(delivery: Delivery) -> list[SentFile]:
    """Add the column that may not be there; the names themselves are invented too."""
    first, *others = delivery.rows.columns
    named = delivery.rows.select(first, pl.lit("Voorbeeld van Test").alias("naam"), *others)
    return [sent(replace(delivery, rows=named)), sent(delivery, number=2)]


def _web_page(delivery: Delivery) -> list[SentFile]:
    """Save the first rows as an old system does: HTML under the name of a workbook."""
    good = sent(delivery)
    head = "".join(f"<th>{name}</th>" for name in delivery.rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{value or ''}</td>" for value in row) + "</tr>"
        for row in delivery.rows.head(5).iter_rows()
    )
    page = f"<html><body><table><tr>{head}</tr>{body}</table></body></html>\r\n"
    name = good.name.replace(".xlsx", ".xls")
    return [replace(good, name=name, content=page.encode()), sent(delivery, number=2)]


def _twice(delivery: Delivery) -> list[SentFile]:
    return [sent(delivery), sent(delivery, number=2)]


class _Lines:
    """The lines of a CSV whose cells hold no separator, to change cells by row and header."""

    def __init__(self, content: bytes) -> None:
        self._encoding = "utf-8-sig"
        header, *rows = content.decode(self._encoding).removesuffix("\r\n").split("\r\n")
        self._columns = header.split(";")
        self._rows = [row.split(";") for row in rows]

    def get(self, row: int, column: str) -> str:
        return self._rows[row][self._columns.index(column)]

    def put(self, row: int, column: str, value: str) -> None:
        self._rows[row][self._columns.index(column)] = value

    def filled(self, column: str) -> list[int]:
        return [row for row in range(len(self._rows)) if self.get(row, column)]

    def content(self) -> bytes:
        lines = [";".join(cells) for cells in [self._columns, *self._rows]]
        return ("\r\n".join(lines) + "\r\n").encode(self._encoding)


_SPOILED: Final[dict[tuple[str, str, str], Callable[[Delivery], list[SentFile]]]] = {
    ("welzijn", "L06", "2026K2"): _counted_twice,
    ("gemeente", "L01", "2026K3"): _wrong_rows_of_meldingen,
    ("welzijn", "L06", "2026K3"): _wrong_rows_of_activities,
    ("sociaal_team", "L06", "2026K3"): _misspelt_header,
    ("vluchtelingenwerk", "L10", "2026K3"): _with_a_name,
    ("bibliotheek", "L09", "2026K3"): _web_page,
    ("sociaal_team", "L10", "2026K3"): _twice,
}

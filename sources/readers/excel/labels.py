"""By what name a sheet goes in what we tell of it.

Many a partner has a sheet for each client, named after the client, and the answer can be passed on.
So a name is quoted where each of its words is one that sheets are called by; else the sheet goes by
its number, from the left.
"""

import re

from sources.contracts.model import Contract
from sources.readers.excel.book import Sheet

_WORD = re.compile(r"[^\W\d_]{2,}")
_USUAL = frozenset(
    (
        *("blad", "sheet", "tabel", "table", "data", "gegevens", "cijfers", "getallen", "rijen"),
        *("levering", "aanlevering", "export", "import", "invoer", "uitvoer", "resultaat", "query"),
        *("overzicht", "rapport", "rapportage", "lijst", "lijsten", "codelijst", "codes", "totaal"),
        *("totalen", "samenvatting", "draaitabel", "pivot", "grafiek", "bron", "basis", "selectie"),
        *("uitleg", "toelichting", "voorblad", "inleiding", "leeswijzer", "info", "informatie"),
        *("concept", "oud", "nieuw", "kopie", "definitief", "test", "hulp", "versie", "periode"),
        *("kwartaal", "maand", "jaar", "per", "van", "voor", "met", "en", "de", "het", "alle"),
        *("wijk", "wijken", "buurt", "buurten", "gemeente", "cliënten", "inwoners", "meldingen"),
        *("trajecten", "activiteiten"),
    )
)


def label(contract: Contract, sheet: Sheet) -> str:
    """Return the name of a sheet, or its number where that name may be of a person."""
    if contract.bare:
        return sheet.name
    own = " ".join((contract.id, contract.title, *(column.header for column in contract.columns)))
    known = _USUAL | _words(own)
    return sheet.name if _words(sheet.name) <= known else f"nummer {sheet.number}"


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text.replace("_", " ")))

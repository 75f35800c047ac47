"""A comma between the fields and a comma in the amounts: such a file cannot be read."""

import re

from sources.readers.csv.lines import Lines
from sources.readers.csv.top import Top
from sources.readers.header import Header
from sources.readers.reading import refuse

_AMOUNT = re.compile(rb"(?:^|,)-?\d+,\d{1,2}(?=,|\r|\n|$)")
_SAMPLE = 200


def refuse_decimal_commas(header: Header, top: Top, lines: Lines) -> None:
    """Raise Refused (B141) where most rows are too wide and hold amounts with a comma.

    Both readings are told by their numbers of fields; no cell is shown.
    """
    if top.grammar.delimiter != b",":
        return
    some = range(top.begin, min(top.begin + _SAMPLE, len(lines)))
    likely = [line for line in some if _AMOUNT.search(lines[line])]
    commas = [line for line in likely if len(top.grammar.split(lines[line])) > header.width]
    if not commas or len(commas) * 2 < len(some):
        return
    line = commas[0]
    fields = len(top.grammar.split(lines[line]))
    amounts = fields - header.width
    raise refuse(
        "B141",
        f"De komma scheidt hier velden en ook decimalen. Met elke komma als scheiding heeft deze "
        f"rij {fields} velden. Met {amounts} komma's in bedragen heeft zij er {header.width}. "
        "Welke komma wat is, weten wij niet.",
        "Bewaar het bestand met puntkomma's tussen de velden, of als .xlsx.",
        row=line + 1,
    )

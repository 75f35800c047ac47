"""How each rule of L13 is broken."""

from datetime import date
from typing import Final

from sources.example.maker.planted.plan import Faults, Planter, Where, clear, holds, put

_AGREED = holds("soort", "afspraak")
_POINT = holds("soort", "sterk_punt", "verbeterpunt")
_DONE = holds("stand", "gedaan")
_UNDONE = holds("stand", "nog_niet", "loopt", None)

FAULTS: Final = Faults(
    rules={
        "X550": Planter(clear("wie"), _AGREED),
        "X551": Planter(clear("wanneer"), _AGREED),
        "X552": Planter(put(wanneer=date(2025, 12, 31)), _AGREED),
        "X553": Planter(put(gebied_code="WK990199")),
        "X554": Planter(clear("gedaan"), _DONE),
        "S950": Planter(put(gebied_code="BU99010101")),
        "S951": Planter(put(tekst="Wij bellen de 4 gezinnen die wachten.")),
        "R305": Planter(put(tekst="Anders"), where=Where.BOTH),
    },
    hosts={"wie": _POINT, "wanneer": _POINT, "gedaan": _UNDONE},
    also={(column, "V440"): ("S951",) for column in ("tekst", "wie", "gedaan")},
)

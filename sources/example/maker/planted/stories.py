"""How each rule of L10 is broken."""

from typing import Final

from sources.example.maker.planted.plan import Faults, Planter, Where, clear, holds, put

_ALLOWED = holds("toestemming", "ja")
_REFUSED = holds("toestemming", "nee")
_STORY = holds("soort", "verhaal")

FAULTS: Final = Faults(
    rules={
        "V450": Planter(put(tekst="woord " * 120 + "woord")),
        "X550": Planter(clear("toestemming_datum"), _ALLOWED),
        "X551": Planter(clear("belangrijkste_verandering"), _STORY),
        "X552": Planter(put(gebied_code="WK990199")),
        "X553": Planter(clear("herkenbaar_gecheckt_door"), _ALLOWED),
        "S950": Planter(put(gebied_code="BU99010101")),
        "S951": Planter(put(tekst="Mijn pas heeft nummer 1-2-3-4-5-6-7-8.")),
        "R305": Planter(put(titel="Anders"), where=Where.BOTH),
    },
    hosts={
        "toestemming_datum": _REFUSED,
        "belangrijkste_verandering": holds("soort", "signaal", "reactie_uitvoerder"),
        "herkenbaar_gecheckt_door": _REFUSED,
    },
)

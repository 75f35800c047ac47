"""How each rule of L09 is broken, in the answers to a form at an activity."""

from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Where,
    both,
    clear,
    filled,
    holds,
    put,
)

_IN_A_WIJK = filled("gebied_code")
_YES = both(holds("antwoord_code", "ja"), filled("partner_id"))

FAULTS: Final = Faults(
    rules={
        "X550": Planter(put(vraag_id="CEO-2", doelgroep="wmo"), _YES),
        "X551": Planter(put(antwoord_code="eens"), _YES),
        "X552": Planter(put(gebied_code="WK990199"), _IN_A_WIJK),
        "S950": Planter(put(gebied_code="BU99010101"), _IN_A_WIJK),
        "X553": Planter(clear("partner_id"), _YES),
        "X554": Planter(put(doelgroep="wmo"), _YES),
        "R305": Planter(put(antwoord_code="nee"), _YES, where=Where.BOTH),
    },
    also={"partner_id": ("X553",), ("partner_id", "V435"): ()},  # which stays as it is
    never={("vraag_id", "V439"): "no question of the form has an accent in it"},
)

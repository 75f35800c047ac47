"""How each rule of L11 is broken."""

from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Where,
    both,
    clear,
    empty,
    filled,
    holds,
    put,
)

_WHOLE = empty("resultaatblad_id")
_PART = filled("resultaatblad_id")
_KEPT = ("V412", "V438", "V440", "S902", "S903", "S904", "S905")
# Agreements of which the quarter before was delivered too.
_BEFORE = ("welzijn", "bibliotheek", "vluchtelingenwerk", "sociaal_team")

FAULTS: Final = Faults(
    rules={
        "X550": Planter(put(periode="2026"), _WHOLE),
        "X551": Planter(clear("boog"), _PART),
        "X552": Planter(put(boog=2), _WHOLE),
        "X553": Planter(lambda row: {"toegekend": row["toegekend"] + 1000}, _WHOLE),
        "X554": Planter(lambda row: {"bevoorschot": row["toegekend"] + 1}, _PART),
        "X555": Planter(put(besteed=0.0), both(_PART, holds("overeenkomst_id", *_BEFORE))),
        "P650": Planter(
            lambda row: dict.fromkeys(("besteed", "prognose"), row["begroot"] * 2), _PART
        ),
        "P651": Planter(lambda row: {"prognose": row["besteed"] - 1}, _PART),
        "R305": Planter(put(bron="jaarrekening"), both(_PART, filled("boog")), where=Where.BOTH),
    },
    hosts={
        "overeenkomst_id": _WHOLE,
        "periode": _WHOLE,
        "begroot": _WHOLE,
        "toegekend": _WHOLE,
        "boog": _WHOLE,
        **{("boog", code): _PART for code in ("V410", "V411", "V422")},
        "resultaatblad_id": _WHOLE,
        **{("overeenkomst_id", code): _WHOLE for code in ("V412", "V438", "V440")},
        **{("resultaatblad_id", code): _PART for code in _KEPT},
        ("besteed", "V410"): holds("overeenkomst_id", *_BEFORE),
        **{("toegekend", code): _WHOLE for code in ("V410", "V411")},
    },
    also={
        ("begroot", "V410"): ("P650",),
        ("toegekend", "V410"): ("X553", "X554"),
        ("toegekend", "V411"): ("X553",),
        ("bevoorschot", "V411"): ("X554",),
        ("besteed", "V410"): ("X555",),
        ("besteed", "V411"): ("P650", "P651"),
        ("prognose", "V410"): ("P651",),
    },
    lost=_WHOLE,
)

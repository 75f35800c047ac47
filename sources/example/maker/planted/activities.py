"""How each rule of L06 is broken."""

from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Row,
    Where,
    both,
    clear,
    empty,
    filled,
    holds,
    put,
)

_COUNTED = holds("telwijze", "contacten")
_PEOPLE = filled("unieke_deelnemers")
_MEASURED = filled("uitkomst_gemeten")
_NOT_MEASURED = both(_PEOPLE, empty("uitkomst_gemeten"))


def _more_people(row: Row) -> Row:
    return {"unieke_deelnemers": row["contacten"] + 1}


FAULTS: Final = Faults(
    rules={
        "X550": Planter(_more_people, _NOT_MEASURED),
        "X551": Planter(lambda row: {"uitkomst_positief": row["uitkomst_gemeten"] + 1}, _MEASURED),
        "X552": Planter(lambda row: {"uitkomst_gemeten": row["unieke_deelnemers"] + 1}, _MEASURED),
        "X553": Planter(clear("uitkomst_gemeten"), _MEASURED),
        "X554": Planter(clear("unieke_deelnemers", "nieuw"), _NOT_MEASURED),
        "X555": Planter(put(gebied_code="BU99019999")),
        "X557": Planter(lambda row: {"nieuw": row["unieke_deelnemers"] + 1}, _PEOPLE),
        "X558": Planter(put(periode="2026")),
        "P650": Planter(put(contacten=0), both(_COUNTED, lambda row: row["bijeenkomsten"] > 0)),
        "P651": Planter(put(bijeenkomsten=0)),
        "R305": Planter(put(locatie="Buurthuis De Kade"), where=Where.BOTH),
    },
    hosts={
        "unieke_deelnemers": _COUNTED,
        "nieuw": _COUNTED,
        "telwijze": _COUNTED,
        ("contacten", "V410"): _COUNTED,
        ("unieke_deelnemers", "V410"): _NOT_MEASURED,
        ("nieuw", "V410"): _PEOPLE,
        ("uitkomst_positief", "V410"): _MEASURED,
        ("uitkomst_gemeten", "V410"): _MEASURED,
    },
    also={
        ("unieke_deelnemers", "V410"): ("X557",),
        ("uitkomst_gemeten", "V410"): ("X551",),
    },
    never={"X556": "every area of Voorbeeldstad is there in every year"},
)

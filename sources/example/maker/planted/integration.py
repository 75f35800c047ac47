"""How each rule of L08 is broken."""

from datetime import date
from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Where,
    both,
    clear,
    days,
    empty,
    filled,
    put,
)

_MEASURED = filled("meting_18m_datum", "datum_huisvesting")
_NOT_MEASURED = empty("meting_18m_datum")
_SETTLED = both(filled("datum_huisvesting", "datum_brede_intake", "datum_pip"), _NOT_MEASURED)
_LONG_SETTLED = both(_SETTLED, lambda row: row["datum_huisvesting"] <= date(2024, 11, 1))
_GUIDED = both(filled("start_mb", "eind_mb"), _NOT_MEASURED)
_STARTED = both(both(filled("start_mb", "datum_huisvesting"), empty("eind_mb")), _NOT_MEASURED)
_SCORES = ("wonen_zelfstandig", "geld_zelfstandig", "regelen_zelfstandig", "contacten")

FAULTS: Final = Faults(
    rules={
        "X550": Planter(days("datum_pip", "datum_brede_intake", -1), _SETTLED),
        "X551": Planter(days("eind_mb", "start_mb", -1), _GUIDED),
        "X552": Planter(clear("start_mb"), _GUIDED),
        "X553": Planter(days("start_mb", "datum_huisvesting", -91), _STARTED),
        "X554": Planter(days("datum_brede_intake", "datum_huisvesting", -366), _SETTLED),
        "X555": Planter(days("meting_18m_datum", "datum_huisvesting", 650), _MEASURED),
        "X556": Planter(clear("contacten"), _MEASURED),
        "X557": Planter(clear("datum_huisvesting"), _MEASURED),
        "X558": Planter(clear("datum_pip"), both(_SETTLED, filled("leerroute"))),
        "X559": Planter(
            lambda row: {"cohort_jaar": row["cohort_jaar"] - 1}, filled("datum_huisvesting")
        ),
        "X560": Planter(put(eigen_oordeel="ja"), _NOT_MEASURED),
        "P650": Planter(days("datum_pip", "datum_huisvesting", 731), _LONG_SETTLED),
        "R305": Planter(
            lambda row: {"groep": "gezin_overig" if row["groep"] == "asiel" else "asiel"},
            where=Where.BOTH,
        ),
    },
    hosts={
        "datum_huisvesting": _NOT_MEASURED,
        **{(name, code): filled(name) for name in _SCORES for code in ("V410", "V411")},
    },
    also={("cohort_jaar", code): ("X559",) for code in ("V410", "V411")},
)

"""How each rule of L05 is broken."""

from datetime import date
from typing import Final

from sources.example.maker import zrm
from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Where,
    both,
    clear,
    days,
    empty,
    filled,
    holds,
    put,
)

_RUNS = empty("datum_eind")
_WAITS = empty("datum_eerste_gesprek", "datum_start", "datum_eind")
_ENDED = both(filled("datum_eind"), holds("vorm", "individueel_traject"))
_JUDGED = filled("doelen_behaald")
_SCORED_TWICE = filled("zrm_eind_datum")
_TALKED = both(filled("datum_eerste_gesprek"), _RUNS)
_IN_A_WIJK = filled("gebied_code")
_NO_SCORES = empty("zrm_versie")
# What is said of a text that stays as it is: then its words are not in the list either.
_KEPT = ("V412", "V438", "V440", "S902", "S903", "S904", "S905")
_SCORES = [name for name in zrm.COLUMNS if "datum" not in name and name != "zrm_versie"]

FAULTS: Final = Faults(
    rules={
        "V450": Planter(put(datum_hulpvraag=date(2006, 8, 14)), _WAITS),
        "V451": Planter(put(leefgebieden="geld,postzegels")),
        "X550": Planter(days("datum_eerste_gesprek", "datum_hulpvraag", -1), _TALKED),
        "X551": Planter(
            days("datum_start", "datum_hulpvraag", -1), both(filled("datum_start"), _RUNS)
        ),
        "X552": Planter(days("datum_eind", "datum_start", -1), _ENDED),
        "X553": Planter(clear("uitkomst"), _ENDED),
        "X554": Planter(put(uitkomst="netwerk"), _RUNS),
        "X555": Planter(lambda row: {"doelen_behaald": row["doelen_aantal"] + 1}, _JUDGED),
        "X556": Planter(clear("doelen_aantal"), _JUDGED),
        "X557": Planter(clear("beoordeeld_door"), _JUDGED),
        "X558": Planter(put(plan=False), filled("doelen_aantal")),
        "X559": Planter(days("zrm_eind_datum", "zrm_begin_datum", 29), _SCORED_TWICE),
        "X560": Planter(clear("zrm_begin_justitie"), _SCORED_TWICE),
        "X561": Planter(clear("zrm_versie"), filled("zrm_versie")),
        "X562": Planter(put(gebied_code="WK990199"), _IN_A_WIJK),
        "X563": Planter(clear("gebied_code"), _IN_A_WIJK),
        "X564": Planter(clear("bsn"), both(filled("bsn"), holds("vorm", "individueel_traject"))),
        "S950": Planter(put(gebied_code="BU99010101"), _IN_A_WIJK),
        "P650": Planter(
            days("datum_hulpvraag", "datum_eerste_gesprek", -366),
            both(_TALKED, empty("datum_start")),
        ),
        "R305": Planter(put(team="Noord"), where=Where.BOTH),
    },
    hosts={
        "bsn": holds("vorm", "informatie_advies", "collectief"),
        "datum_hulpvraag": _WAITS,
        ("plan", "V406"): empty("doelen_aantal"),
        **{name: _NO_SCORES for name in ("zrm_versie", *_SCORES)},
        **{(name, code): filled(name) for name in _SCORES for code in ("V410", "V411", "V422")},
        "doelen_behaald": empty("doelen_behaald"),
        ("doelen_behaald", "V410"): _JUDGED,
        ("doelen_behaald", "V411"): empty("doelen_aantal"),
        ("doelen_behaald", "V422"): _JUDGED,
        ("doelen_aantal", "V411"): filled("doelen_aantal"),
    },
    also={
        ("doelen_behaald", "V411"): ("X556", "X557"),
        **{("leefgebieden", code): ("V451",) for code in _KEPT},
    },
)

"""How each rule of L03 is broken."""

from datetime import date, timedelta
from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Row,
    Where,
    both,
    clear,
    days,
    empty,
    filled,
    holds,
    put,
)

_TWICE = empty("informant")
_RUNS = both(both(filled("datum_start", "datum_aanmelding"), empty("datum_eind")), _TWICE)
_ENDED = both(
    both(filled("datum_start", "datum_aanmelding", "datum_eind"), _TWICE),
    holds("reden_beeindiging", "31"),
)
_CARE = both(_RUNS, holds("hulpvorm", "02"))


def _born(age: int) -> Planter:
    """Be so old at the start."""
    suits = _CARE if age < 23 else both(_RUNS, holds("hulpvorm", "11", "12"))
    return Planter(lambda row: {"geboortejaar": row["datum_start"].year - age}, suits)


def _later(row: Row) -> Row:
    return {"datum_start": row["datum_start"] + timedelta(days=1)}


def _soon(row: Row) -> bool:
    return bool((row["datum_start"] - row["datum_aanmelding"]).days > 14)


FAULTS: Final = Faults(
    rules={
        "V450": Planter(put(datum_eind=date(2014, 12, 31)), _ENDED, also=("X550",)),
        "X550": Planter(days("datum_eind", "datum_start", -1), _ENDED),
        "X551": Planter(clear("datum_start"), _ENDED),
        "X552": Planter(clear("reden_eind", "reden_beeindiging"), _ENDED),
        "X553": Planter(put(reden_eind="01"), _RUNS),
        "X554": Planter(put(verwijzer="02"), both(_RUNS, holds("hulpvorm", "01"))),
        "X555": Planter(days("datum_start", "datum_aanmelding", -1), _RUNS),
        "X556": _born(24),
        "X557": Planter(put(geboortejaar=2030), _RUNS),
        "X558": Planter(put(informant="ouder"), _RUNS),
        "X559": Planter(put(reden_eind="02"), _ENDED),
        "X560": Planter(put(reden_beeindiging="20"), _ENDED),
        "X561": Planter(clear("datum_start", "datum_aanmelding"), _RUNS),
        "X562": Planter(clear("pc6", "gemeentecode"), _RUNS),
        "X563": Planter(_later, _RUNS, where=Where.BOTH),
        "X564": Planter(put(informant="ouder", nut_cijfer=7), _ENDED, where=Where.BOTH),
        "X565": Planter(put(pc6="1000SA")),
        "P650": _born(20),
        "P651": Planter(
            days("datum_aanmelding", "datum_start", -731), both(_RUNS, holds("crisis", "02"))
        ),
        "P652": Planter(put(crisis="01"), both(both(_RUNS, holds("crisis", "02")), _soon)),
        "R305": Planter(
            put(geslacht="O"), both(filled("informant"), holds("geslacht", "V")), where=Where.BOTH
        ),
    },
    hosts={
        "datum_start": empty("datum_start", "datum_eind"),
        "datum_aanmelding": _RUNS,
        "reden_eind": _RUNS,
        ("nut_cijfer", "V410"): filled("nut_cijfer"),
        ("nut_cijfer", "V411"): filled("nut_cijfer"),
        **{("perspectief", code): _RUNS for code in ("V414", "V436")},
    },
    also={
        ("geboortejaar", "V410"): ("X556", "P650"),
        ("geboortejaar", "V411"): ("X557",),
        ("perspectief", "V414"): ("V436",),
    },
)

"""How each rule of L07a and L07b is broken."""

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
    holds,
    put,
)

_CALLED = both(holds("opgevolgd", "telefoon"), holds("contact", False))
_HELPED = holds("hulp_aanvaard", True)

SIGNALS: Final = Faults(
    rules={
        "V450": Planter(put(datum=date(2006, 8, 14))),
        "X550": Planter(put(contact=False), _HELPED),
        "X551": Planter(
            put(opgevolgd="geen"), both(holds("contact", True), holds("hulp_aanvaard", False))
        ),
        "X552": Planter(put(pc6="1000SA")),
        "X553": Planter(
            lambda row: {"signaal_id": row["signaal_id"] + "-2"}, filled("bsn"), where=Where.COPY
        ),
        "P650": Planter(put(opgevolgd="brief"), _HELPED),
        "P651": Planter(put(systeem="VPS")),
        "R305": Planter(put(vlp="overig"), holds("vlp", "zorg"), where=Where.BOTH),
    },
    hosts={
        "contact": _CALLED,
        "hulp_aanvaard": _CALLED,
        "opgevolgd": _CALLED,
    },
)

_RUNS = both(empty("datum_eind"), filled("datum_start"))
_ENDED = both(filled("datum_eind", "datum_start"), holds("resultaat", "regeling", "stabiel"))
_WAITS = empty("datum_eerste_gesprek", "datum_besluit", "datum_start", "datum_eind")
_TALKED = both(filled("datum_eerste_gesprek"), empty("datum_eind"))

TRAJECTS: Final = Faults(
    rules={
        "V450": Planter(put(datum_aanmelding=date(2006, 8, 14)), _WAITS),
        "X550": Planter(days("datum_eerste_gesprek", "datum_aanmelding", -1), _TALKED),
        "X551": Planter(days("datum_besluit", "datum_aanmelding", -1), _RUNS),
        "X552": Planter(days("datum_start", "datum_besluit", -1), _RUNS),
        "X553": Planter(clear("datum_besluit"), _RUNS),
        "X554": Planter(days("datum_eind", "datum_start", -1), _ENDED),
        "X555": Planter(clear("resultaat"), _ENDED),
        "X556": Planter(put(resultaat="stabiel"), _RUNS),
        "X557": Planter(clear("datum_start"), holds("resultaat", "regeling")),
        "X558": Planter(
            lambda row: {"traject_id": row["traject_id"] + "-2"}, _RUNS, where=Where.BOTH
        ),
        "P650": Planter(days("datum_aanmelding", "datum_eerste_gesprek", -366), _TALKED),
        "R305": Planter(lambda row: {"crisis": not row["crisis"]}, _RUNS, where=Where.BOTH),
    },
    hosts={
        "datum_aanmelding": _WAITS,
        "datum_besluit": _WAITS,
        "datum_start": both(empty("datum_start"), empty("datum_eind")),
    },
)

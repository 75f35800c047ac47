"""How each rule of L01 is broken."""

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

_OPEN = holds("uitkomst", "open")
_OPEN_AND_GROWN = both(_OPEN, lambda row: row["geboortejaar"] < 1990)
_DONE = both(filled("datum_onderzoek_klaar"), empty("datum_aanvraag"))
_DECIDED = both(filled("datum_besluit"), holds("bezwaar", False))
_AT_ONCE = both(_DECIDED, lambda row: row["datum_aanvraag"] == row["datum_onderzoek_klaar"])
_APPLIED = both(filled("datum_aanvraag"), empty("datum_besluit", "verlengd_tot"))
_KEPT = ("V412", "V438", "V440", "S902", "S903", "S904", "S905")

FAULTS: Final = Faults(
    rules={
        "V450": Planter(put(datum_melding=date(2014, 12, 31)), _OPEN_AND_GROWN),
        "V451": Planter(put(hulpvraag_leefgebied="vervoer,postzegels")),
        "X550": Planter(days("datum_onderzoek_klaar", "datum_melding", -1), _DONE),
        "X551": Planter(days("datum_aanvraag", "datum_melding", -1), _APPLIED),
        "X552": Planter(days("datum_besluit", "datum_aanvraag", -1), _AT_ONCE, also=("X553",)),
        "X553": Planter(
            lambda row: {
                "datum_aanvraag": row["datum_melding"],
                "datum_besluit": row["datum_melding"],
            },
            both(_DECIDED, empty("verlengd_tot")),
        ),
        "X554": Planter(clear("datum_aanvraag"), both(_DECIDED, empty("verlengd_tot"))),
        "X555": Planter(clear("datum_besluit"), _DECIDED),
        "X556": Planter(put(uitkomst="open"), _DONE),
        "X557": Planter(
            clear("datum_onderzoek_klaar"), holds("uitkomst", "netwerk", "eigen_kracht")
        ),
        "X558": Planter(put(opschorting_akkoord=None), holds("opschorting_akkoord", True)),
        "X559": Planter(days("verlengd_tot", "datum_aanvraag", -1), filled("verlengd_tot")),
        "X560": Planter(put(geboortejaar=2027), _OPEN, also=("P650",)),
        "X561": Planter(put(bezwaar=True), _OPEN),
        "X562": Planter(put(pc6="1000SA")),
        "P650": Planter(put(geboortejaar=1910), _OPEN),
        "P651": Planter(put(datum_melding=date(2026, 1, 2)), _OPEN, where=Where.EVERYWHERE),
        "R305": Planter(put(team="Noord"), where=Where.BOTH),
    },
    hosts={
        "opschorting_dagen": empty("opschorting_akkoord"),
        "opschorting_akkoord": empty("opschorting_akkoord"),
        ("opschorting_dagen", "V411"): holds("opschorting_akkoord", True),
        "datum_onderzoek_klaar": _OPEN,
        "datum_aanvraag": _OPEN,
        ("bezwaar", "V406"): empty("bezwaar"),
    },
    also={
        ("geboortejaar", "V410"): ("P650",),
        ("geboortejaar", "V411"): ("X560", "P650"),
        **{("hulpvraag_leefgebied", code): ("V451",) for code in _KEPT},
    },
)

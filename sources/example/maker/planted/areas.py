"""How each rule of L12a, L12b, L12c and L12d is broken."""

from typing import Final

from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Row,
    Where,
    both,
    clear,
    holds,
    put,
)

_OTHER_WIJK = {"WK990101": "WK990102"}
_BUURT = both(holds("soort", "buurt"), holds("ouder", *_OTHER_WIJK))

DIVISION: Final = Faults(
    rules={
        "X550": Planter(put(soort="gemeente"), holds("soort", "wijk")),
        "X551": Planter(clear("ouder"), _BUURT),
        "X552": Planter(lambda row: {"ouder": _OTHER_WIJK[row["ouder"]]}, _BUURT),
        "V450": Planter(put(omtrek="POINT (1 1)")),
        "R305": Planter(put(naam="Anders"), where=Where.BOTH),
    },
    also={("omtrek", code): ("V450",) for code in ("V438", "V440")},
)

_WHOLE = holds("aandeel", 1.0)

POSTCODES: Final = Faults(
    rules={
        "X550": Planter(put(buurt_code="BU99019999"), _WHOLE),
        "X551": Planter(put(buurt_code="WK990101"), _WHOLE),
        "X552": Planter(put(aandeel=0.5), _WHOLE),
        "R305": Planter(put(aandeel=0.0), _WHOLE, where=Where.BOTH),
    },
    hosts={
        **dict.fromkeys(("jaar", "pc6", "buurt_code", "aandeel"), _WHOLE),
        **{("jaar", code): _WHOLE for code in ("V410", "V411")},
    },
    also={("aandeel", code): ("X552",) for code in ("V410", "V411")},
    lost=_WHOLE,
)


def _more_than(column: str, other: str) -> Planter:
    return Planter(lambda row: {column: row[other] + 1})


_AGES = ("inwoners_0_17", "inwoners_18_64", "inwoners_65plus")
_KINDS = ("eenpersoons_huishoudens", "eenouder_huishoudens", "huishoudens_laag_inkomen")


def _older(row: Row) -> Row:
    return {"inwoners_65plus": row["inwoners_65plus"] + 16}


KEY_FIGURES: Final = Faults(
    rules={
        "X550": Planter(put(code="BU99019999")),
        "X551": Planter(_older),
        "X552": _more_than("eenouder_huishoudens", "huishoudens"),
        "X553": _more_than("huishoudens", "inwoners"),
        "R305": Planter(lambda row: {"huishoudens": row["huishoudens"] + 1}, where=Where.BOTH),
    },
    also={
        ("inwoners", "V410"): ("X551", "X553"),
        ("huishoudens", "V410"): ("X552",),
        **{(name, "V410"): ("X551",) for name in _AGES},
    },
    never={("status", "V414"): "the status of Voorbeeldstad's figures is called what its code is"},
)

_SAME = both(holds("reden", "gelijk"), holds("gewicht", 1.0))
_NOW = both(_SAME, lambda row: row["naar_jaar"] == 2026 and row["van_code"].startswith("WK"))

CONVERSION: Final = Faults(
    rules={
        "X550": Planter(lambda row: {"naar_jaar": row["van_jaar"]}, _SAME),
        "X551": Planter(put(naar_code="GM9901", reden="hernummerd"), _NOW),
        "X552": Planter(put(gewicht=0.5, reden="grens"), _SAME),
        "X553": Planter(put(naar_code="WK990199", reden="hernummerd"), _NOW),
        "X554": Planter(put(gewicht=0.4), _SAME, also=("X552",)),
        "X555": Planter(put(reden="hernummerd"), _SAME),
        "R305": Planter(put(gewicht=0.0, reden="grens"), _SAME, where=Where.BOTH),
    },
    hosts={
        **dict.fromkeys(("van_code", "van_jaar", "naar_code", "naar_jaar"), _SAME),
        **dict.fromkeys(("gewicht", "reden"), _SAME),
        **{
            (name, code): _SAME
            for name in ("van_jaar", "naar_jaar", "gewicht")
            for code in ("V410", "V411")
        },
    },
    also={
        ("gewicht", "V410"): ("X552", "X554"),
        ("gewicht", "V411"): ("X552",),
        ("naar_jaar", "V410"): ("X550",),
        ("van_jaar", "V411"): ("X550",),
    },
    lost=_SAME,
)

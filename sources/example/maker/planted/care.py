"""How each rule of L02 is broken; two of them by holding it against the meldingen (L01)."""

from collections.abc import Collection
from datetime import date
from typing import Final

import polars as pl

from sources.example.maker.people import person_numbers
from sources.example.maker.planted.plan import (
    Faults,
    Planter,
    Row,
    Suits,
    Where,
    both,
    clear,
    days,
    empty,
    filled,
    holds,
    put,
)

_KNOWN = both(holds("status_aanlevering", "9"), lambda row: row["reden_wijziging"] != "13")
_RUNS = both(_KNOWN, empty("stopdatum_werkelijk"))
_ENDS = both(_RUNS, filled("einddatum"))
_STARTED = both(_RUNS, filled("startdatum_werkelijk"))
_STOPPED = both(_KNOWN, filled("stopdatum_werkelijk", "startdatum_werkelijk"))
_MEASURED = both(_RUNS, filled("volume"))
_OFTEN = both(
    both(_MEASURED, holds("eenheid", "01", "04", "14", "16")), holds("frequentie", "1", "2", "4")
)
_NEW = both(empty("stopdatum_werkelijk"), lambda row: row["ingangsdatum"] >= date(2026, 9, 20))


def faults(meldingen: pl.DataFrame, reported: Collection[str]) -> Faults:
    """Return the faults of L02, for these rows of L01 and everyone who ever reported."""
    refused = meldingen.filter(pl.col("besluit") == "afgewezen")
    granted = meldingen.filter(pl.col("besluit").is_in(["toegekend", "deels"]))["bsn"]
    turned_down = refused.filter(~pl.col("bsn").is_in(granted.to_list())).row(-1, named=True)
    numbers = map(str, person_numbers(len(reported) + 1, seed=0).tolist())
    nobody = next(number for number in numbers if number not in reported)
    rules = _RULES | _held_against(turned_down, nobody)
    return Faults(rules=rules, hosts=_HOSTS, also=_ALSO)


def _held_against(turned_down: Row, nobody: str) -> dict[str, Planter]:
    granted = {"bsn": turned_down["bsn"], "toewijzing_datum": turned_down["datum_besluit"]}
    return {
        "X562": Planter(put(bsn=nobody), _NEW),
        "X563": Planter(
            lambda row: (
                granted | {"toewijzing_nr": row["toewijzing_nr"] + "-2", "status_aanlevering": "1"}
            ),
            _RUNS,
            where=Where.COPY,
        ),
    }


_RULES: Final = {
    "V450": Planter(put(ingangsdatum=date(2014, 12, 31)), both(_RUNS, empty("einddatum"))),
    "X550": Planter(days("einddatum", "ingangsdatum", -1), _ENDS),
    "X551": Planter(days("einddatum", "ingangsdatum", 0), _ENDS),
    "X552": Planter(put(reden_wijziging="13"), _ENDS),
    "X553": Planter(days("startdatum_werkelijk", "ingangsdatum", -31), _STARTED),
    "X554": Planter(clear("reden_beeindiging"), _STOPPED),
    "X555": Planter(clear("stopdatum_werkelijk"), _STOPPED),
    "X556": Planter(
        days("stopdatum_werkelijk", "startdatum_werkelijk", -1),
        both(_STOPPED, lambda row: row["reden_beeindiging"] != "20"),
    ),
    "X557": Planter(
        lambda row: {
            "reden_beeindiging": "20",
            "reden_wijziging": None,
            "einddatum": row["stopdatum_werkelijk"],
        },
        _STOPPED,
    ),
    "X558": Planter(put(productcode="99A99"), _RUNS),
    "X559": Planter(clear("eenheid"), _MEASURED),
    "X560": Planter(put(frequentie="6", einddatum=None, eenheid="01"), _MEASURED),
    "X561": Planter(put(reden_wijziging="02", reden_beeindiging="31"), _STOPPED),
    "X564": Planter(
        lambda row: {"toewijzing_nr": row["toewijzing_nr"] + "-3", "status_aanlevering": "3"},
        _RUNS,
        where=Where.COPY,
    ),
    "X565": Planter(
        put(status_aanlevering="1"),
        both(_RUNS, lambda row: row["toewijzing_datum"] < date(2026, 1, 1)),
    ),
    "X566": Planter(put(startdatum_werkelijk=date(2026, 11, 2)), _STARTED),
    "X567": Planter(put(pc6="1000SA"), _RUNS),
    "P650": Planter(put(volume=99_999), _OFTEN),
    "P651": Planter(days("einddatum", "ingangsdatum", 5501), _ENDS),
    "R305": Planter(
        put(pc6="9900SA"), both(_RUNS, lambda row: row["pc6"] != "9900SA"), where=Where.BOTH
    ),
}
_HOSTS: Final[dict[str | tuple[str, str], Suits]] = {
    **dict.fromkeys(("ingangsdatum", "einddatum"), _RUNS),
    "startdatum_werkelijk": empty("stopdatum_werkelijk"),
    ("volume", "V410"): _MEASURED,
    ("reden_wijziging", "V414"): _RUNS,
}
_ALSO: Final[dict[str | tuple[str, str], tuple[str, ...]]] = {
    **{("productcode", code): ("X558",) for code in ("V412", "V438", "V440")},
}

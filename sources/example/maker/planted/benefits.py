"""How each rule of L04 is broken."""

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

_ALONE = holds("leefvorm", "alleenstaand")
_RUNS = both(_ALONE, empty("einddatum"))
_ENDED = both(_ALONE, filled("einddatum"))


def _again(days_between: int) -> Planter:
    """Begin a second benefit so many days after the first one ended."""

    def change(row: Row) -> Row:
        begin = row["einddatum"] + timedelta(days=days_between)
        dates = dict.fromkeys(("datum_aanvraag", "datum_besluit", "begindatum"), begin)
        return dates | {"dossier_id": row["dossier_id"] + "-2", **_NO_END}

    return Planter(change, _ENDED, where=Where.COPY)


_NO_END: Final[Row] = {"einddatum": None, "reden_beeindiging": None}

FAULTS: Final = Faults(
    rules={
        "V450": Planter(put(begindatum=date(1926, 8, 3)), _RUNS, also=("X554",)),
        "X550": Planter(days("datum_besluit", "datum_aanvraag", -1), _RUNS),
        "X551": Planter(days("einddatum", "begindatum", -1), _ENDED),
        "X552": Planter(clear("reden_beeindiging"), _ENDED),
        "X553": Planter(put(reden_beeindiging="aow"), _RUNS),
        "X554": Planter(days("begindatum", "datum_aanvraag", -93), _RUNS),
        "X555": Planter(
            lambda row: {"dossier_id": row["dossier_id"] + "-2"}, _RUNS, where=Where.BOTH
        ),
        "X556": _again(20),
        "X557": Planter(put(pc6="1000SA"), _RUNS),
        "P650": Planter(
            put(reden_beeindiging="onbekend"), filled("einddatum"), where=Where.EVERYWHERE
        ),
        "P651": Planter(
            put(einddatum=date(2026, 9, 30)), filled("einddatum"), where=Where.EVERYWHERE
        ),
        "R305": Planter(
            lambda row: {"parttime_werk": not row["parttime_werk"]}, _RUNS, where=Where.BOTH
        ),
    },
    hosts={
        "reden_beeindiging": _RUNS,
        "einddatum": _RUNS,
        ("einddatum", "V423"): _ENDED,
        "begindatum": _RUNS,
    },
)

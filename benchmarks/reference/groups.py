"""Which indicators are compared together, and the histories that they are about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from benchmarks.reference import histories as make
from benchmarks.reference.benefits import BENEFITS
from benchmarks.reference.definition import Definition
from benchmarks.reference.history import BUURTEN, DISTRICTS, MUNICIPALITY, History, Row
from benchmarks.reference.laws import LAWS
from benchmarks.reference.people import PEOPLE
from benchmarks.reference.told import TOLD
from benchmarks.reference.wmo import WMO
from benchmarks.reference.youth import YOUTH

One = Callable[..., st.SearchStrategy[Any]]

ARCS = (
    ("wmo_toewijzingen", "01", 4, date(2024, 1, 1)),
    ("wmo_toewijzingen", "02", 4, date(2024, 1, 1)),
    ("wmo_toewijzingen", "02", 3, date(2026, 1, 15)),
    ("wmo_toewijzingen", "07", 3, date(2024, 1, 1)),
    ("jeugd_trajecten", "02", 4, date(2024, 1, 1)),
    ("jeugd_trajecten", "03", 3, date(2024, 1, 1)),
    ("sociaal_team_trajecten", "individueel_traject", 2, date(2024, 1, 1)),
    ("sociaal_team_trajecten", "informatie_advies", 1, date(2025, 4, 1)),
)
"""Of one kind of help the arc changes, one has its arc only later, and one never has one."""

AREAS = (MUNICIPALITY, *DISTRICTS, *BUURTEN)
KNOWN: list[Row] = [
    {"jaar": year, "code": code, "inwoners": 100 * number + year - 2000,
     "inwoners_0_17": 20 * number, "huishoudens": None if lacks else 40 * number}
    for year in (2025, 2026)
    for number, code in enumerate(AREAS, start=1)
    for lacks in [(year, code) == (2026, "WK990102")]
    if (year, code) != (2025, "BU99010201")
]  # fmt: skip
"""What is known of the areas: not of every year, nor everything."""

CHAINED = (make.meldingen, make.toewijzingen, make.trajecten, make.uitkeringen)
"""Rows that may follow the one before."""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that are counted of the same contracts, and how the rows of each are drawn."""

    indicators: dict[str, Definition]
    contracts: dict[str, One]


GROUPS = {
    "wmo": Group(
        WMO,
        {
            "wmo_meldingen": make.meldingen,
            "wmo_toewijzingen": make.toewijzingen,
            "sociaal_team_trajecten": make.teamtrajecten,
        },
    ),
    "jeugd": Group(YOUTH, {"jeugd_trajecten": make.trajecten}),
    "bijstand": Group(BENEFITS, {"pwet_uitkeringen": make.uitkeringen}),
    "mensen": Group(
        PEOPLE,
        {
            "sociaal_team_trajecten": make.teamtrajecten,
            "inburgering_trajecten": make.nieuwkomers,
            "schuldhulp_signalen": make.signalen,
            "schuldhulp_trajecten": make.schuldtrajecten,
        },
    ),
    "verteld": Group(
        TOLD,
        {
            "partner_activiteiten": make.activiteiten,
            "clientervaring": make.antwoorden,
            "verhalen_signalen": make.verhalen,
            "financien": make.boekingen,
        },
    ),
    "wetten": Group(
        LAWS,
        {
            "wmo_toewijzingen": make.toewijzingen,
            "jeugd_trajecten": make.trajecten,
            "pwet_uitkeringen": make.uitkeringen,
            "sociaal_team_trajecten": make.teamtrajecten,
            "partner_activiteiten": make.activiteiten,
        },
    ),
}


@st.composite
def histories(draw: make.Draw, group: Group) -> History:
    """Draw a history of a group of indicators."""
    rows = {name: _drawn(draw, name, one) for name, one in group.contracts.items()}
    known_at = draw(st.sampled_from(make.KNOWN_AT))
    return History(rows | {"gebied_kerncijfers": KNOWN}, make.QUARTERS, known_at, ARCS)


def _drawn(draw: make.Draw, contract: str, one: One) -> list[Row]:
    drawn: list[Row] = []
    seen: set[tuple[Any, ...]] = set()
    for number in range(draw(st.sampled_from((0, 2, 4, 6, 8)))):
        before = {"before": drawn[-1] if drawn else None} if one in CHAINED else {}
        made = draw(one(number, **before))
        rows = made if isinstance(made, list) else [made]
        keys = [_key(contract, number, row) for row in rows]
        if not seen & set(keys):
            seen |= set(keys)
            drawn += rows
    return drawn


def _key(contract: str, number: int, row: Row) -> tuple[Any, ...]:
    """Return what the store has one row of (of a traject of the young: one traject)."""
    if contract == "partner_activiteiten":
        return row["activiteit_id"], row["gebied_code"], row["periode"]
    if contract == "financien":
        return row["overeenkomst_id"], row["regel"], row["periode"]
    if contract == "jeugd_trajecten":
        form = row["client_pseudo"], row["aanbieder_agb"], row["hulpvorm"]
        return (*form, row["datum_start"] or row["_period"], row.get("informant"))
    return (number,)

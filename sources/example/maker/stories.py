"""Stories, signals, panel statements and answers of practitioners (L10), dealt from one bank.

`stories.csv` holds the bank in three rounds (`beurt`); a round serves one quarter, so a text comes
back after three quarters at the earliest, and then in another wijk. In every quarter each wijk
gets one text per goal. A text that names a wijk belongs there, and not before `vanaf`.
"""

from functools import cache
from importlib.resources import files
from itertools import cycle

import numpy as np
import polars as pl

from sources.example.maker.areas import DISTRICTS
from sources.example.maker.chance import stream
from sources.example.maker.quarters import Quarter

ROUNDS = 3
_LETTERS = {
    "welzijn": "WZ",
    "sociaal_team": "ST",
    "vluchtelingenwerk": "VW",
    "initiatief": "LT",
}
_CHECKED_BY = {
    "welzijn": "teamleider",
    "sociaal_team": "kwaliteitsmedewerker",
    "vluchtelingenwerk": "coördinator",
    "initiatief": "contactpersoon bij welzijn",
}
# The neighbours of the long table deliver when they feel like it: once so far.
_ONLY_IN = {"initiatief": "2026K3"}
_WITHDRAWN = ("welzijn", "2026K2", "04")  # told with consent, taken back before it was delivered


@cache
def bank() -> pl.DataFrame:
    """Return all texts with their round, partner, goal, and wijk where they name one."""
    with files("sources.example").joinpath("stories.csv").open("rb") as source:
        table = pl.read_csv(source, separator=";", quote_char=None)
    return table.with_columns(schuurt=pl.col("schuurt") == "ja")


def dealt(quarter: Quarter) -> pl.DataFrame:
    """Return the texts of a quarter, of all partners, each with its `gebied_code`."""
    here = bank().filter(
        (pl.col("beurt") == quarter.index % ROUNDS)
        & (pl.col("vanaf").is_null() | (pl.col("vanaf") <= str(quarter)))
        & (pl.col("partner").replace_strict(_ONLY_IN, default=str(quarter)) == str(quarter))
    )
    parts = [
        _placed(group, turn + quarter.index // ROUNDS)
        for turn, group in enumerate(here.partition_by("doel", maintain_order=True))
    ]
    return pl.concat(parts)


def _placed(texts: pl.DataFrame, turn: int) -> pl.DataFrame:
    """Give each text without a wijk of its own one of those that are left, turning round."""
    own = texts["wijk"].to_list()
    free = [code for code in DISTRICTS if code not in own]
    order = cycle(free[turn % len(free) :] + free[: turn % len(free)])
    return texts.with_columns(gebied_code=pl.Series([code or next(order) for code in own]))


def delivery(partner: str, quarter: Quarter, *, seed: int) -> pl.DataFrame:
    """Return the rows of L10 of a partner; without rows where it has nothing to tell."""
    texts = dealt(quarter).filter(pl.col("partner") == partner)
    chance = stream(seed, "verhalen", partner, quarter)
    told = np.sort(chance.integers(0, quarter.days - 14, texts.height))
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(2)
    rows = texts.with_columns(
        datum=pl.Series(np.datetime64(quarter.first, "D") + told),
        verhaal_id=pl.format(f"{_LETTERS[partner]}-{quarter}-{{}}", number),
        toestemming=_consent(number, partner, quarter),
    )
    return _as_delivered(rows, partner)


def _consent(number: pl.Expr, partner: str, quarter: Quarter) -> pl.Expr:
    """Return the consent per text: every other quarter one teller says no, one took it back."""
    turn = quarter.index + list(_LETTERS).index(partner)
    says_no = turn % 2 == 0 and partner not in _ONLY_IN
    withdrawn = _WITHDRAWN[:2] == (partner, str(quarter))
    return (
        pl.when(pl.lit(withdrawn) & (number == _WITHDRAWN[2]))
        .then(pl.lit("ingetrokken"))
        .when(pl.lit(says_no) & (number == f"{turn // 2 % 6 + 1:02d}"))
        .then(pl.lit("nee"))
        .otherwise(pl.lit("ja"))
    )


def _as_delivered(rows: pl.DataFrame, partner: str) -> pl.DataFrame:
    dated = pl.col("toestemming") != "nee"
    return rows.select(
        "verhaal_id",
        "datum",
        "soort",
        pl.col("rol").alias("verteller_rol"),
        "titel",
        "tekst",
        pl.col("verandering").alias("belangrijkste_verandering"),
        pl.col("doel").alias("thema"),
        "gebied_code",
        pl.col("partner").alias("partner_id"),
        "boog",
        "toestemming",
        pl.when(dated).then(pl.col("datum") + pl.duration(days=3)).alias("toestemming_datum"),
        pl.lit(_CHECKED_BY[partner]).alias("herkenbaar_gecheckt_door"),
        "schuurt",
    )

"""`schuld_meldingen`: early signals of arrears, merged to one melding per person and month.

A person who is behind with rent and energy gives two signals, and is called once. Counting signals
would make a team that calls once look half as good. Domain, L07.
"""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step

CONTRACT = "schuldhulp_signalen"


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per melding about someone who was seen in the BRP to live here.

    `datum` is the day of its first signal, `pc6` the postcode of its last one. `contact` and
    `hulp_aanvaard`: whether any of its signals led to it. A signal without a person is a melding
    by itself.
    """
    checked = rows[CONTRACT].filter("brp_ok")
    alone = pl.when(pl.col("client_pseudo").is_null()).then("signaal_id")
    return (
        checked.group_by(
            "client_pseudo", alone.alias("alone"), pl.col("datum").dt.truncate("1mo").alias("maand")
        )
        .agg(
            pl.col("datum").min(),
            pl.col("pc6").sort_by("datum", "signaal_id").last(),
            pl.col("contact", "hulp_aanvaard").fill_null(False).any(),
        )
        .select("datum", "pc6", "contact", "hulp_aanvaard")
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which signals are about nobody who lives here."""
    return [Step(CONTRACT, "debts_checked", rows[CONTRACT].filter("brp_ok"))]

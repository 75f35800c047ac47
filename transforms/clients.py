"""How many different people were helped: per goal, quarter, area and partner, never too many.

A client of a goal is someone in a delivery that one of its indicators counts, or in any delivery of
a partner with which a result under that goal was agreed. People are known apart by pseudonym within
one delivery; of activities only how many came to one of them is known. Nobody knows who is in two
deliveries or at two activities, so the largest number is taken and never a sum: it is the least
that there can have been.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Agreement
from sources.contracts.derived import contracts_of
from transforms import periods
from transforms.areas import Hierarchy, is_rest

PERSONS = {
    "goal": pl.String(),
    "quarter": pl.String(),
    "area": pl.String(),
    "partner": pl.String(),
    "persons": pl.Int64(),
}
"""The least number of clients; `partner` '' is whoever helped."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a delivery tells of clients.

    `begin` and `end`: the columns of which the first that is filled says from when and until when
    someone was a client; without an end still. Without `people` each row is of one person.
    """

    begin: tuple[str, ...]
    end: tuple[str, ...] = ()
    area: str = ""
    partner: str = "_partner"
    people: str = ""
    where: str = ""


_PERSON = "client_pseudo"

DELIVERIES = {
    "partner_activiteiten": Told(
        ("periode",),
        ("periode",),
        area="gebied_code",
        partner="partner_id",
        people="unieke_deelnemers",
        where="telwijze = 'uniek_geregistreerd'",
    ),
    "wmo_meldingen": Told(("datum_melding",), ("datum_besluit",), area="pc6"),
    "wmo_toewijzingen": Told(
        ("startdatum_werkelijk", "ingangsdatum"),
        ("stopdatum_werkelijk", "einddatum"),
        area="pc6",
        partner="partner_id",
    ),
    "jeugd_trajecten": Told(("datum_start",), ("datum_eind",), area="pc6"),
    "pwet_uitkeringen": Told(("begindatum",), ("einddatum",), area="pc6"),
    "sociaal_team_trajecten": Told(
        ("datum_start", "datum_hulpvraag"), ("datum_eind",), area="gebied_code"
    ),
    "schuldhulp_signalen": Told(("datum",), ("datum",), area="pc6"),
    "schuldhulp_trajecten": Told(("datum_start", "datum_aanmelding"), ("datum_eind",)),
    "inburgering_trajecten": Told(("datum_huisvesting",), ("eind_mb",)),
}
"""The standard deliveries in which clients stand. Another delivery counts nobody."""


def needed() -> dict[str, list[str]]:
    """Return per delivery the columns that are looked at."""
    return {
        name: sorted({*told.begin, *told.end, told.partner, *filter(None, _others(told))})
        for name, told in DELIVERIES.items()
    }


def _others(told: Told) -> Iterator[str]:
    yield told.area
    yield told.people or _PERSON
    yield from pl.sql_expr(told.where).meta.root_names() if told.where else ()


def persons(
    rows: Mapping[str, pl.DataFrame],
    agreement: Agreement,
    hierarchy: Hierarchy,
    *,
    quarters: Sequence[str],
) -> pl.DataFrame:
    """Return the least number of clients there were; columns `PERSONS`, sorted.

    `rows`: per delivery its accepted rows (see `needed`). `quarters`: ids. Areas are wijken,
    buurten and the municipality; who lives nowhere known counts in the municipality alone.
    """
    asked = pl.DataFrame(
        {"quarter": quarters, "index": [periods.parse(quarter).last for quarter in quarters]},
        schema={"quarter": pl.String(), "index": pl.Int32()},
    )
    frames = [
        _counted(_spells(rows[name], told, hierarchy), asked).with_columns(delivery=pl.lit(name))
        for name, told in DELIVERIES.items()
        if name in rows
    ]
    if not frames:
        return pl.DataFrame(schema=PERSONS)
    of_goals = _of_goals(pl.concat(frames), _links(agreement))
    keys = [name for name in PERSONS if name != "persons"]
    told = of_goals.group_by(keys).agg(pl.col("persons").max()).sort(keys)
    return told.select(pl.col(name).cast(dtype) for name, dtype in PERSONS.items())


def _spells(rows: pl.DataFrame, told: Told, hierarchy: Hierarchy) -> pl.DataFrame:
    """Return who was a client from when until when (indexes of quarters), where and with whom."""
    chosen = rows.filter(pl.sql_expr(told.where)) if told.where else rows
    place = pl.col(told.area) if told.area else pl.lit(None, pl.String())
    spells = chosen.select(
        _quarter(chosen, told.begin).alias("first"),
        _quarter(chosen, told.end).alias("last"),
        place.alias("place"),
        pl.col(told.partner).fill_null("").alias("partner"),
        (pl.lit(None, pl.String()) if told.people else pl.col(_PERSON)).alias("person"),
        (pl.col(told.people) if told.people else pl.lit(None)).cast(pl.Int64).alias("people"),
    )
    lying = hierarchy.places.select("place", "district", "neighbourhood")
    return spells.join(lying, on="place", how="left", validate="m:1").with_columns(
        municipality=pl.lit(hierarchy.municipality)
    )


def _quarter(rows: pl.DataFrame, columns: Sequence[str]) -> pl.Expr:
    """Return the index of the quarter of the first of the columns (dates or periods) filled in."""
    if not columns:
        return pl.lit(None, pl.Int32())
    own = pl.coalesce(columns)
    told = rows.schema[columns[0]] == pl.Date
    return periods.quarter_of(own) if told else periods.quarter_of_id(own)


def _counted(spells: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Count different people per quarter, area and partner, and of all partners together."""
    running = spells.join(asked, how="cross").filter(
        pl.col("first") <= pl.col("index"),
        pl.col("last").is_null() | (pl.col("last") >= pl.col("index")),
    )
    most = pl.max_horizontal(
        pl.col("person").drop_nulls().n_unique().cast(pl.Int64), pl.col("people").max()
    )
    return pl.concat(
        running.group_by("quarter", pl.col(level).alias("area"), partner.alias("partner")).agg(
            most.alias("persons")
        )
        for level in ("municipality", "district", "neighbourhood")
        for partner in (pl.col("partner"), pl.lit(""))
    ).filter(pl.col("area").is_not_null() & ~is_rest(pl.col("area")))


def _links(agreement: Agreement) -> pl.DataFrame:
    """Return which delivery (of which partner; '' all) tells of clients of which goal."""
    links = {
        (goal, contract, "")
        for indicator in agreement.indicators.values()
        if indicator.status == "active"
        for goal in above(agreement, indicator.goal)
        for contract in contracts_of(indicator.delivery)
    }
    links |= {
        (goal, delivery, one.partner)
        for one in agreement.agreements.values()
        for page in one.result_sheets
        for goal in above(agreement, page.goal)
        for delivery in DELIVERIES
    }
    schema = {"goal": pl.String(), "delivery": pl.String(), "only": pl.String()}
    return pl.DataFrame(sorted(links), schema=schema, orient="row")


def above(agreement: Agreement, goal: str) -> list[str]:
    """Return a goal and those above it, the main goal last; nothing where there is no such goal."""
    line: list[str] = []
    step: str | None = goal
    while step is not None and step in agreement.goals:
        line.append(step)
        step = agreement.goals[step].parent
    return line


def _of_goals(counted: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Give each goal what counts for it; what one partner did is also what someone did."""
    linked = counted.join(links, on="delivery", how="inner", validate="m:m")
    free = linked.filter(pl.col("only") == "")
    bound = linked.filter((pl.col("only") != "") & (pl.col("only") == pl.col("partner")))
    return pl.concat([free, bound, bound.with_columns(partner=pl.lit(""))]).drop("only", "delivery")

"""Voorbeeldstad cut into as many wijken, and worked in by as many partners, as is asked.

The people and what is told of them are those of the example's maker; a wijk is here a handful of
its postcodes, and each of those a buurt. What is told of a whole wijk or buurt goes to the parts of
it: answers one by one, counts in shares of their own, so that no two wijken are alike.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from flows.settings import EXAMPLE
from sources.example.maker import postcodes
from sources.example.maker.areas import DISTRICTS, MUNICIPALITY, district_of, neighbourhoods
from sources.example.maker.deliveries import Delivery
from sources.example.maker.files import csv_bytes, file_name, write

LIKE = "welzijn"
"""The partner after which others are made, and whose work they share."""

_SIDE = 400  # metres of a buurt
_UNTIL = ("2028-12-31", "2032-12-31")  # the example's agreement ends before five years are told
_COUNTS = (
    *("unieke_deelnemers", "contacten", "nieuw", "vrijwilligers", "vrijwilliger_uren"),
    *("wachtlijst", "uitkomst_positief", "uitkomst_gemeten", "bijeenkomsten"),
)


@dataclass(frozen=True, slots=True)
class Wide:
    """The town with so many wijken and partners.

    `buurten`: per postcode of the maker its `old_buurt`, `old_wijk`, and here `buurt` and `wijk`.
    """

    buurten: pl.DataFrame
    partners: tuple[str, ...]

    @classmethod
    def of(cls, *, wijken: int, partners: int = 0) -> "Wide":
        """Cut the town; `partners` come on top of those of the example."""
        names = tuple(f"{LIKE}_{number:02d}" for number in range(1, partners + 1))
        return cls(_cut(wijken), (LIKE, *names))

    def agreement(self, folder: Path, *, figures: str = "", trends: int = 0) -> Path:
        """Write the example's agreement with these partners; perhaps other figures on a sheet."""
        shutil.copytree(EXAMPLE, folder)
        for name in self.partners[1:]:
            for part in ("partners", "agreements"):
                text = (folder / part / f"{LIKE}.yaml").read_text(encoding="utf-8")
                text = text.replace(f"partner: {LIKE}", f"partner: {name}")
                text = text.replace("Welzijn De Brug", f"Welzijn {name[-2:]}")
                text = text.replace("email: kwaliteit@", f"email: {name}@")
                (folder / part / f"{name}.yaml").write_text(text, encoding="utf-8")
        for path in folder.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8").replace(*_UNTIL)
            if path.name == "agreement.yaml":
                text = _chosen(text, figures, trends)
            path.write_text(text, encoding="utf-8")
        return folder

    def deliveries(self, told: Iterator[Delivery]) -> Iterator[Delivery]:
        """Yield what partners owe here, of what they owe in the town of the maker."""
        for one in told:
            if one.code != "L12d":  # these areas were never others
                yield from self._shared(replace(one, rows=self._placed(one)))

    def _placed(self, one: Delivery) -> pl.DataFrame:
        if one.code in _AREAS:
            return _AREAS[one.code](self, one.rows)
        if "gebied_code" not in one.rows.columns:
            return one.rows
        return self._split(one.rows) if one.code == "L06" else self._dealt(one.rows)

    def _split(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Give each part of an area its share of what was counted there."""
        share = pl.col("gebied_code").hash(1).mod(100) / 100 + 0.5
        return (
            rows.join(
                self._parts(), left_on="gebied_code", right_on="old", how="left", validate="m:m"
            )
            .with_columns(gebied_code="new")
            .with_columns(
                (pl.col(name) * share / pl.col("parts")).floor().cast(rows.schema[name])
                for name in _COUNTS
                if name in rows.columns
            )
            .select(rows.columns)
        )

    def _dealt(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Give each row of an area to one of its parts, in turn."""
        parts = self._parts().group_by(gebied_code="old", maintain_order=True).agg(parts="new")
        turn = pl.int_range(pl.len()).over("gebied_code")
        own = pl.col("parts").list.get(turn % pl.col("parts").list.len())
        placed = rows.join(
            parts, on="gebied_code", how="left", validate="m:1", maintain_order="left"
        )
        return placed.with_columns(gebied_code=pl.coalesce(own, "gebied_code")).select(rows.columns)

    def _parts(self) -> pl.DataFrame:
        """Return old, new and of how many parts: of a wijk its wijken, of a buurt its buurten."""
        both = [
            self.buurten.select(old=f"old_{level}", new=level).unique(maintain_order=True)
            for level in ("wijk", "buurt")
        ]
        return pl.concat(both).with_columns(parts=pl.len().over("old"))

    def _shared(self, one: Delivery) -> Iterator[Delivery]:
        """Let the partners share what the one after which they are made tells."""
        if one.partner != LIKE or one.code == "L10" or len(self.partners) == 1:
            yield one
            return
        turn = pl.int_range(pl.len()) % len(self.partners)
        for number, name in enumerate(self.partners):
            own = one.rows.filter(turn == number).with_columns(partner_id=pl.lit(name))
            if "meting_id" in own.columns:
                own = own.with_columns(pl.col("meting_id").str.replace(LIKE, name))
            yield replace(one, partner=name, rows=own)

    def wijk_of_postcode(self) -> pl.DataFrame:
        """Return the wijk of every postcode: pc6, wijk."""
        return self.buurten.select("pc6", "wijk")


def dropped(delivery: Delivery, folder: Path) -> Path:
    """Write the file of a delivery into its partner's folder."""
    name = file_name(delivery.partner, delivery.code, delivery.period, ending="csv", number=1)
    return write(folder / delivery.partner, name, csv_bytes(delivery.rows))


def _chosen(text: str, figures: str, trends: int) -> str:
    if figures:
        text = re.sub(r"(?m)^  district: \[I.*\]$", f"  district: [{figures}]", text)
    return f"{text}trends: {trends}\n" if trends else text


def _cut(wijken: int) -> pl.DataFrame:
    """Deal the postcodes of each wijk of the maker to new wijken, as evenly as can be."""
    codes = neighbourhoods()["code"].to_list()
    old = [codes[at // postcodes.PER_NEIGHBOURHOOD] for at in range(len(postcodes.own()))]
    rows, first, below = [], 0 if wijken == 100 else 1, 0
    for number, district in enumerate(DISTRICTS):
        above = wijken * (number + 1) // len(DISTRICTS)
        own = [at for at, code in enumerate(old) if district_of(code) == district]
        for turn, at in enumerate(own):
            wijk = f"{MUNICIPALITY[2:]}{first + below + turn % (above - below):02d}"
            buurt = f"BU{wijk}{turn // (above - below) + 1:02d}"
            rows.append((postcodes.own()[at], old[at], district, f"WK{wijk}", buurt))
        below = above
    names = ["pc6", "old_buurt", "old_wijk", "wijk", "buurt"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _division(wide: Wide, rows: pl.DataFrame) -> pl.DataFrame:
    """Lay every buurt on a square of its own, a wijk in a row."""
    year, whole = rows["jaar"][0], rows.head(1)
    squares = [_square(one) for one in wide.buurten["buurt"]]
    buurten = wide.buurten.with_columns(omtrek=pl.Series(squares))
    wijken = buurten.group_by("wijk", maintain_order=True).agg(pl.col("omtrek"))
    together = [f"MULTIPOLYGON ({', '.join(own)})" for own in wijken["omtrek"]]
    told = [(year, code, f"Wijk {code[-2:]}", "wijk", MUNICIPALITY) for code in wijken["wijk"]]
    told += [
        (year, code, f"Buurt {code[-4:]}", "buurt", wijk)
        for code, wijk in buurten.select("buurt", "wijk").rows()
    ]
    drawn = pl.Series("omtrek", together + [f"POLYGON {one}" for one in squares])
    new = pl.DataFrame(told, schema=rows.columns[:-1], orient="row").with_columns(drawn)
    return pl.concat([whole, new], how="vertical_relaxed")


def _square(buurt: str) -> str:
    x, y = (int(part) * _SIDE for part in (buurt[-2:], buurt[-4:-2]))
    corners = [(0, 0), (_SIDE, 0), (_SIDE, _SIDE), (0, _SIDE), (0, 0)]
    return "((" + ", ".join(f"{x + right} {y + up}" for right, up in corners) + "))"


def _links(wide: Wide, rows: pl.DataFrame) -> pl.DataFrame:
    own = wide.buurten.select(
        pl.lit(rows["jaar"][0]).alias("jaar"), "pc6", pl.col("buurt").alias("buurt_code")
    )
    return own.with_columns(aandeel=pl.lit(1.0))


def _key_figures(wide: Wide, rows: pl.DataFrame) -> pl.DataFrame:
    """Share what is told of a buurt among its postcodes, so that all adds up to what it was."""
    counts = [name for name in rows.columns if name not in ("jaar", "code", "status")]
    at = pl.int_range(pl.len()).over("old_buurt")
    n = pl.len().over("old_buurt")
    buurten = (
        wide.buurten.join(rows, left_on="old_buurt", right_on="code", how="left")
        .with_columns(pl.col(name) // n + (at < pl.col(name) % n).cast(pl.Int64) for name in counts)
        .with_columns(code="buurt")
    )
    wijken = buurten.group_by("wijk", maintain_order=True).agg(
        pl.col("jaar", "status").first(), pl.col(counts).sum()
    )
    parts = [rows.head(1), wijken.with_columns(code="wijk"), buurten]
    return pl.concat([part.select(rows.columns) for part in parts], how="vertical_relaxed")


_AREAS = {"L12a": _division, "L12b": _links, "L12c": _key_figures}

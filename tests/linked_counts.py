"""Counts that are tied by sums, drawn as `gemeente = noord + zuid`, and what is told of them."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from hypothesis import strategies as st
from numpy.typing import NDArray

from transforms.disclosure.linked import CELLS, KEY, SUMS, WITHIN, Linked

BASE = 5


def cells(exact: Mapping[str, int], **columns: Mapping[str, object]) -> pl.DataFrame:
    """One cell per name, which is its area; `columns` says what differs from that, by name."""
    plain: dict[str, object] = {
        "count": "I01.numerator",
        "period": "2026K3",
        "partner": "",
        "breakdown": "",
    }
    plain |= {"counts": "events", "shown": True, "public": False}
    rows = [
        {"cell": number, "exact": value}
        | {key: columns.get(key, {}).get(name, usual) for key, usual in plain.items()}
        | {"area": columns.get("area", {}).get(name, name)}
        for number, (name, value) in enumerate(exact.items())
    ]
    return pl.DataFrame(rows).select(pl.col(n).cast(t) for n, t in CELLS.items())


def known(
    exact: Mapping[str, int],
    *sums: str,
    within: tuple[tuple[str, str], ...] = (),
    **columns: Mapping[str, object],
) -> Linked:
    """Link cells by sums written as `gemeente = noord + zuid`."""
    place = {name: number for number, name in enumerate(exact)}
    rows = []
    for number, text in enumerate(sums):
        total, parts = text.split(" = ")
        rows.append((number, place[total], -1))
        rows += [(number, place[part], 1) for part in parts.split(" + ")]
    inside = [(place[small], place[large]) for small, large in within]
    return Linked(
        cells(exact, **columns),
        pl.DataFrame(rows, schema=SUMS, orient="row"),
        pl.DataFrame(inside, schema=WITHIN, orient="row"),
    )


def values(found: pl.DataFrame, linked: Linked) -> dict[str, int]:
    named = linked.cells.join(found, on="cell", maintain_order="left")
    return dict(named.select("area", "rounded").iter_rows())


def memory(linked: Linked, shown: Mapping[str, int]) -> pl.DataFrame:
    told = linked.cells.filter(pl.col("area").is_in(list(shown)))
    rounded = pl.col("area").replace_strict(shown, return_dtype=pl.Int64)
    return told.select(*KEY, rounded.alias("rounded"))


def deviations(linked: Linked, found: pl.DataFrame) -> NDArray[np.int64]:
    apart: NDArray[np.int64] = np.abs(
        found["rounded"].to_numpy() - linked.cells["exact"].to_numpy()
    )
    return apart


def broken(linked: Linked, found: pl.DataFrame) -> int:
    """Count the sums that do not add up, and the parts larger than their whole."""
    value = found.select("cell", "rounded")
    sums = (
        linked.sums.join(value, on="cell")
        .group_by("sum")
        .agg((pl.col("sign") * pl.col("rounded")).sum().alias("over"))
    )
    both = linked.within.join(value, left_on="small", right_on="cell").join(
        value, left_on="large", right_on="cell", suffix="_large"
    )
    larger = both.filter(pl.col("rounded") > pl.col("rounded_large"))
    return sums.filter(pl.col("over") != 0).height + larger.height


AREAS, CLASSES = ("noord", "zuid", "oost", "onbekend"), ("geld", "wonen", "zorg")

tables = st.lists(
    st.lists(st.integers(0, 13), min_size=len(CLASSES), max_size=len(CLASSES)),
    min_size=len(AREAS),
    max_size=len(AREAS),
)


def of_classes(inside: list[list[int]]) -> Linked:
    """Return a table of areas by classes with both margins."""
    counts = np.array(inside)
    exact = {
        f"{a}/{c}": int(counts[i, j]) for i, a in enumerate(AREAS) for j, c in enumerate(CLASSES)
    }
    exact |= {f"{area}/": int(counts[i].sum()) for i, area in enumerate(AREAS)}
    exact |= {f"/{name}": int(counts[:, j].sum()) for j, name in enumerate(CLASSES)}
    exact["/"] = int(counts.sum())
    sums = [f"{a}/ = " + " + ".join(f"{a}/{c}" for c in CLASSES) for a in ("", *AREAS)]
    sums += [f"/{c} = " + " + ".join(f"{a}/{c}" for a in AREAS) for c in ("", *CLASSES)]
    return known(exact, *sums)

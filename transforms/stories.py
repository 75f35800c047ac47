"""Which stories may be told, and with how much said of where, of what and with whose help.

A story is shown with its wijk, its goal, its partner and its quarter. Somebody who knows all four
must find at least `LEAST` clients that fit; where there are fewer, less is told: a larger area, the
goal above, or no partner (statistics-and-disclosure.md, 4.5).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

LEAST = 10
"""Clients that what is told of a story must fit."""

_SIGNED = (
    *("titel", "tekst", "belangrijkste_verandering", "soort", "verteller_rol"),
    *("datum", "thema", "gebied_code", "partner_id", "schuurt"),
)
_KEY = ("_partner", "verhaal_id")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of where a story comes from, how many clients fit, and what was left out.

    `widened` names what is told less precisely than it was given: area, theme, partner.
    """

    area: str
    theme: str
    partner: str
    persons: int
    widened: tuple[str, ...]


def newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep of every story the row of its last period, and of that the last delivery.

    `rows`: accepted rows of `verhalen_signalen`. A story that is delivered again with another
    answer on consent is what it is now.
    """
    return rows.sort("_period", "_delivery", "_row").unique(_KEY, keep="last", maintain_order=True)


def with_checksum(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `checksum`: of everything that a reader of the story sees, so of what was signed."""
    texts = pl.concat_list(pl.col(name).cast(pl.String).fill_null("") for name in _SIGNED)
    checksum = texts.list.join("\x1f").map_elements(_sha256, return_dtype=pl.String)
    return rows.with_columns(checksum.alias("checksum"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def widened(
    stories: pl.DataFrame,
    persons: pl.DataFrame,
    *,
    areas: Mapping[str, str],
    goals: Mapping[str, Sequence[str]],
    least: int = LEAST,
) -> pl.DataFrame:
    """Return the stories with as much told of them as fits at least so many clients.

    `stories`: area (a code), theme (a goal), partner ('' none), quarter, and whatever else.
    `persons`: `transforms.clients.PERSONS`. `areas`: the area above each area; `goals`: the line of
    each goal, itself first. Area, theme and partner are replaced; added are `persons` (how many
    clients fit) and `widened` ('area', 'theme', 'partner', with + between; '' nothing). A story
    that fits too few even so is left out.
    """
    there = {row[:4]: row[4] for row in persons.iter_rows()}
    told = [_shown(row, there, areas, goals, least) for row in stories.iter_rows(named=True)]
    kept = stories.filter(pl.Series([one is not None for one in told], dtype=pl.Boolean))
    shown = [one for one in told if one is not None]
    return kept.with_columns(
        pl.Series("area", [one.area for one in shown], pl.String),
        pl.Series("theme", [one.theme for one in shown], pl.String),
        pl.Series("partner", [one.partner for one in shown], pl.String),
        pl.Series("persons", [one.persons for one in shown], pl.Int64),
        pl.Series("widened", ["+".join(one.widened) for one in shown], pl.String),
    )


def _shown(
    story: Mapping[str, str],
    there: Mapping[tuple[str, ...], int],
    areas: Mapping[str, str],
    goals: Mapping[str, Sequence[str]],
    least: int,
) -> Shown | None:
    """Return the most that can be told: few steps first, then the area before goal and partner."""
    lines = (
        list(_line(story["area"], areas)),
        list(goals.get(story["theme"], ())),
        [story["partner"], ""] if story["partner"] else [""],
    )
    steps = product(*(range(len(line)) for line in lines))
    for step in sorted(steps, key=lambda s: (sum(s), s[2], s[1])):
        area, theme, partner = (line[n] for line, n in zip(lines, step, strict=True))
        fits = there.get((theme, story["quarter"], area, partner), 0)
        if fits >= least:
            names = ("area", "theme", "partner")
            less = tuple(name for name, n in zip(names, step, strict=True) if n)
            return Shown(area, theme, partner, fits, less)
    return None


def _line(area: str, areas: Mapping[str, str]) -> Iterator[str]:
    step: str | None = area
    while step:
        yield step
        step = areas.get(step)

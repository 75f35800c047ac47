"""The published figures as files: the same frozen numbers as on the sheets."""

import json
from collections.abc import Iterator

import polars as pl

from reports import dcat
from reports.edition import Edition
from reports.spreadsheet import csv_bytes
from sources.agreement.model import Areas
from sources.contracts.derived import contracts_of
from sources.verdict import Outcome
from transforms.areas import REST, rest_of
from transforms.disclosure.counts import Counted, catalogue
from transforms.disclosure.numbers import SMALL_AREA
from transforms.observations import FIGURES, KEY, PUBLISHED

COLUMNS = tuple(FIGURES)
_ORDER = ["area_code" if name == "area" else name for name in KEY]


def downloads(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the figures, of what an edition says of itself, and how to find it.

    What is confidential has no entry in a catalogue.
    """
    files = {"data/figures.csv": figures_csv(edition), "data/figures.json": figures_json(edition)}
    yield from files.items()
    yield "data/edition.json", edition_json(edition)
    if not edition.confidential:
        yield dcat.PATH, dcat.entry(edition, files)


def figures_csv(edition: Edition) -> bytes:
    """Return `data/figures.csv`: UTF-8, semicolons, decimal commas, columns of `FIGURES`."""
    rows = edition.figures.select(COLUMNS).sort(_ORDER).iter_rows()
    return csv_bytes(COLUMNS, ([_cell(value) for value in row] for row in rows), bom=False)


def figures_json(edition: Edition) -> bytes:
    """Return `data/figures.json`: the same rows as objects, with coverage and conversion.

    Decimals are as JSON writes them; one object per line.
    """
    rows = edition.figures.select(list(PUBLISHED)).sort(_ORDER).iter_rows(named=True)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def edition_json(edition: Edition) -> bytes:
    """Return `data/edition.json`: what an edition says of itself, for whoever reads its figures.

    By which rules it was made, which areas and groupings there are, what every reading counts and
    which counts are part of which, where rounding had to give way, and the deliveries that came. An
    attacker may know all of it.
    """
    general = edition.agreement.general
    named = catalogue(edition.agreement)
    came = edition.deliveries.filter(pl.col("outcome") != Outcome.REFUSED).drop_nulls("number")
    about = {
        "edition": edition.id,
        "quarter": edition.period,
        "known_at": edition.known_at.isoformat(),
        "established": _established(edition),
        "previous": edition.previous,
        "municipality": general.municipality.code,
        **_rules(edition),
        "areas": list(_areas(edition)),
        "groupings": [
            {"id": key, "areas": list(one.areas)}
            for key, one in sorted(edition.agreement.areas.groupings.items())
        ],
        "counts": [{"id": i, "counts": one.value} for i, one in sorted(named.counts.items())],
        "readings": [_reading(one) for one in named.readings],
        "within": [list(pair) for pair in named.within],
        "fallbacks": (
            edition.protection.filter(pl.col("fallback") != "")
            .select("count", "period", "fallback")
            .to_dicts()
        ),
        "deliveries": came.select("partner", "contract", "period", "number")
        .sort(pl.all())
        .to_dicts(),
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _established(edition: Edition) -> dict[str, str] | None:
    known = edition.established
    return {"by": known.by, "on": known.on.isoformat()} if known else None


def _rules(edition: Edition) -> dict[str, object]:
    """Return the rules of an edition; in a partner's package also those of what is not its own."""
    general = edition.agreement.general
    public = general.public.model_dump() | {"small_area": SMALL_AREA}
    if not edition.confidential:
        return {"rules": public}
    beside = {"context": public} if edition.own_partner else {}
    return {"audience": edition.audience, "rules": general.internal.model_dump(), **beside}


def _areas(edition: Edition) -> Iterator[dict[str, str]]:
    """Yield the areas, and the rest areas that make them add up."""
    areas = edition.areas.select("code", "name", "level", "parent").sort("code").to_dicts()
    rests = {REST: (edition.agreement.general.municipality.code, Areas.DISTRICT.value)}
    for one in areas:
        yield one
        if one["level"] == Areas.DISTRICT.value:
            rests[rest_of(one["code"])] = (one["code"], Areas.NEIGHBOURHOOD.value)
    for code, (parent, level) in sorted(rests.items()):
        yield {"code": code, "name": REST, "level": level, "parent": parent}


def _reading(one: Counted) -> dict[str, object]:
    reading, indicator = one.reading, one.reading.indicator
    own = "protected_at_source" if indicator.protected_at_source else "own"
    return {
        "indicator": reading.id,
        "version": indicator.version,
        "variant": reading.variant,
        "way": indicator.way.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "complement": one.complement,
        "multiplier": indicator.multiplier,
        "levels": {level.value: grain.value for level, grain in indicator.levels.items()},
        "min_denominator": indicator.min_denominator,
        "published_as": indicator.published_as,
        "contract": " ".join(contracts_of(indicator.delivery)),
        "source": "estimate" if indicator.estimate else own,
        "unit": indicator.unit,
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    return str(value)

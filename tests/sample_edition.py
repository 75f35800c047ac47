"""A small edition of Voorbeeldstad with every kind of figure, made by arithmetic."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import sources.example
from reports.edition import Audited, Edition
from sources.agreement.load import load
from sources.agreement.model import Agreement, Areas, Grain, Indicator, Kind, Way
from sources.contracts.load import standard
from sources.example.maker.harvests import bank
from transforms.disclosure.tables import TABLES
from transforms.harvest import harvested
from transforms.observations import PUBLISHED
from transforms.periods import last_quarters, of_grain

PERIOD = "2026K3"
AUDITED = Audited(tables=86, figures=4212, editions=2, width=4)
NAMES = (
    "Oude Haven", "Noorderpark", "De Linden", "Stationswijk",
    "Molenkwartier", "Zuiderhof", "Waterland", "Buitenhof",
)  # fmt: skip
STORY = {
    "story_id": "S1",
    "date": date(2026, 8, 14),
    "kind": "verhaal",
    "role": "inwoner, 71 jaar",
    "title": "Op donderdag word ik gemist",
    "text": (
        "Na het overlijden van mijn man kwam ik weken niet buiten. Een buurvrouw nam mij mee naar "
        "de eettafel. Nu kook ik zelf mee. Als ik er niet ben, belt er iemand."
    ),
    "change": "Als ik er op donderdag niet ben, belt er iemand. Dat is nieuw voor mij.",
    "theme": "meedoen",
    "area": "WK990106",
    "partner": "initiatief",
    "arc": 2,
    "rubs": False,
}
RUBS = STORY | {
    "story_id": "S2",
    "date": date(2026, 9, 2),
    "role": "mantelzorger",
    "title": "Drie keer hetzelfde verhaal",
    "text": (
        "Ik belde voor hulp voor mijn vader. Eerst het gemeentehuis, toen het team, toen weer een "
        "ander. Iedereen was vriendelijk. Maar ik vertelde drie keer hetzelfde."
    ),
    "change": "Iedereen was vriendelijk, maar ik vertelde drie keer hetzelfde verhaal.",
    "partner": "sociaal_team",
    "rubs": True,
}
REPLY = STORY | {
    "story_id": "S3",
    "kind": "reactie_uitvoerder",
    "role": "medewerker van De Brug",
    "title": "Wat wij zelf zien",
    "text": "Vaste bezoekers vulden het formulier in. Nieuwe mensen vroegen wij te weinig.",
    "change": "",
    "area": "",
    "partner": "welzijn",
}


def sample(**changes: Any) -> Edition:
    """Return the edition; `changes` replace its parts."""
    return Edition(**(_parts() | changes))


@cache
def _parts() -> dict[str, Any]:
    """Return the parts of the edition, made once: each test only reads them."""
    agreement = load(Path(sources.example.__file__).parent / "voorbeeldstad")
    snel = agreement.goals_in_order()[1][0]
    return {
        "id": "2026K3-1",
        "period": PERIOD,
        "known_at": date(2026, 11, 21),
        "agreement": agreement,
        "figures": figures(agreement),
        "stories": pl.DataFrame([STORY, RUBS | {"theme": snel}, REPLY]),
        "deliveries": deliveries(agreement),
        "areas": areas(),
        "context": context(),
        "changes": pl.DataFrame(),
        "protection": protection(),
        "harvest": harvested(bank(), known_on=date(2026, 11, 21)),
        "form": standard()["auditorium_oogst"],
    }


def areas() -> pl.DataFrame:
    """Return a municipality of eight wijken in four columns, each with four buurten."""
    rows = [_area("GM9901", "Voorbeeldstad", "municipality", "", "")]
    for number, name in enumerate(NAMES):
        left, top = number % 4 * 240, number // 4 * 300 + number % 4 * 25
        code = f"WK99010{number + 1}"
        rows.append(_area(code, name, "district", "GM9901", _outline(left, top, 240, 300)))
        for part in range(4):
            buurt = _outline(left + part % 2 * 120, top + part // 2 * 150, 120, 150)
            buurt_code = f"BU99010{number + 1}0{part + 1}"
            rows.append(_area(buurt_code, f"{name} {part + 1}", "neighbourhood", code, buurt))
    return pl.DataFrame(rows)


def figures(agreement: Agreement) -> pl.DataFrame:
    """Return figures of every indicator, level and partner over eight quarters."""
    districts = [f"WK99010{number + 1}" for number in range(8)]
    by_level = {Areas.MUNICIPALITY: ["GM9901"], Areas.DISTRICT: districts}
    rows = []
    for name, told in agreement.indicators.items():
        if told.kind is Kind.STORY:
            continue
        for level, codes in by_level.items():
            if level in told.levels:
                for code in codes:
                    rows += _series(name, told, told.levels[level], code, "")
        if Areas.PARTNER in told.levels and told.partner_column:
            for partner in ("welzijn", "bibliotheek"):
                rows += _series(name, told, told.levels[Areas.PARTNER], "GM9901", partner)
    return pl.DataFrame(rows, schema=PUBLISHED)


def in_arcs(figures: pl.DataFrame) -> pl.DataFrame:
    """Return the figures with what the whole municipality has per arc: people and money."""
    whole = figures.filter(
        pl.col("indicator").is_in(["I36", "I38"]), pl.col("area_code") == "GM9901"
    )
    parts = [
        whole.with_columns(breakdown=pl.lit(str(arc)), value=pl.col("value") + 10.0 * arc)
        for arc in range(1, 5)
    ]
    return pl.concat([figures, *parts])


def deliveries(agreement: Agreement) -> pl.DataFrame:
    """Return one row per owed delivery; vluchtelingenwerk's activities did not come."""
    rows = []
    for name, partner in agreement.partners.items():
        for owed in partner.deliveries:
            absent = (name, owed.contract) == ("vluchtelingenwerk", "partner_activiteiten")
            rows.append(
                {
                    "partner": name,
                    "contract": owed.contract,
                    "title": owed.contract.replace("_", " ").capitalize(),
                    "period": PERIOD,
                    "number": None if absent else 1,
                    "outcome": "niet geleverd" if absent else "GOEDGEKEURD MET UITVAL",
                    "received_on": None if absent else date(2026, 10, 12),
                    "accepted_rows": 0 if absent else 418,
                    "refused_rows": 0 if absent else 2,
                    "late": False,
                }
            )
    return pl.DataFrame(rows)


def protection(**changes: Any) -> pl.DataFrame:
    """Return what rounding did to twelve tables; `changes` replace their columns."""
    row = {"fallback": "", "largest": 4, "mean": 1.02, "ordinary": 0.92, "kept": 0, "changed": 0}
    rows = [
        {"count": f"I28.{part}", "period": f"2026K{quarter}", "cells": 100, **row, **changes}
        for part in ("numerator", "denominator", "complement")
        for quarter in (1, 2, 3, 4)
    ]
    return pl.DataFrame(rows, schema=TABLES)


def context() -> pl.DataFrame:
    """Return five public figures for each wijk."""
    told = {
        "inwoners": ("inwoners", 7480, ""),
        "huishoudens": ("huishoudens", 3610, ""),
        "ouderen": ("is 65 jaar of ouder", 21, "%"),
        "alleen": ("van de huishoudens woont alleen", 38, "%"),
        "inkomen": ("van de huishoudens heeft een laag inkomen", 9.4, "%"),
    }
    rows = [
        {"area": f"WK99010{n}", "year": 2025, "characteristic": key, "value": float(value),
         "label": label, "unit": unit}
        for n in range(1, 9)
        for key, (label, value, unit) in told.items()
    ]  # fmt: skip
    return pl.DataFrame(rows)


def _area(code: str, name: str, level: str, parent: str, outline: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "level": level,
        "parent": parent,
        "outline": outline,
        "outline_year": 2026,
    }


def _outline(left: float, top: float, width: float, height: float) -> str:
    right, bottom = left + width, top + height
    return f"M{left} {top}L{right} {top + 25}L{right} {bottom + 25}L{left} {bottom}Z"


def _series(
    name: str, told: Indicator, grain: Grain, area: str, partner: str
) -> list[dict[str, Any]]:
    periods = of_grain(last_quarters(PERIOD, 8), grain)
    return [
        _figure(name, told, str(period), index, area, partner)
        for index, period in enumerate(periods)
    ]


def _figure(
    name: str, told: Indicator, period: str, index: int, area: str, partner: str
) -> dict[str, Any]:
    size = 8 if area == "GM9901" else 1
    lean = 0 if area == "GM9901" else int(area[-1]) - 4
    if told.way is Way.SHARE:
        denominator = float(5 * (24 * size + 4 * (index % 3)))
        share = 0.74 + 0.012 * index + 0.028 * lean
        numerator = float(5 * round(denominator * min(share, 0.97) / 5))
        value, spread = numerator / denominator, 0.9 / denominator**0.5
    else:
        denominator = 7480.0 * size
        numerator = float(5 * round((60 + 3 * index + 8 * lean) * size))
        value, spread = round(numerator / denominator * told.multiplier), 1.0
    protected = area == "WK990108" and told.way is Way.SHARE
    row = {
        "edition": "2026K3-1",
        "indicator": name,
        "version": told.version,
        "period": period,
        "period_status": "voorlopig" if index >= 7 else "definitief",
        "area_code": area,
        "partner": partner,
        "breakdown": "",
        "numerator_counts": told.numerator.counts,
        "denominator_counts": told.denominator.counts if told.denominator else None,
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "lower": round(value - spread, 3),
        "upper": round(min(value + spread, 1.0 if told.way is Way.SHARE else 1e9), 3),
        "unit": told.unit,
        "additive": " ".join(told.additive_over),
        "source": "own",
        "shown": "",
        "status": "published",
    }
    if protected:
        held = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
        row |= held | {"status": "protected", "shown": "minder dan 10"}
    return row

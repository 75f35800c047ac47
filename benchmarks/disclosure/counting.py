"""The agreement of a simulated municipality: readings of every kind, some of the same count."""

from datetime import date
from typing import Any

from benchmarks.disclosure.municipality import CODE, YEAR
from benchmarks.plain import PLAIN
from sources.agreement.model import (
    Agreement,
    Areas,
    Baseline,
    Counts,
    Dimension,
    General,
    Goal,
    GoalLevel,
    Grain,
    Indicator,
    Municipality,
    Partner,
    Quantity,
    Rainbow,
    Target,
    Variant,
)

_GM, _WK, _BU, _PARTNER = (
    Areas.MUNICIPALITY,
    Areas.DISTRICT,
    Areas.NEIGHBOURHOOD,
    Areas.PARTNER,
)
_Q, _K4 = Grain.QUARTER, Grain.FOUR_QUARTERS
_AREA, _BY_PARTNER, _CLASS = Dimension.AREA, Dimension.PARTNER, Dimension.BREAKDOWN

REPORTS = Quantity(counts=Counts.EVENTS)
IN_TIME = Quantity(counts=Counts.EVENTS, where="op_tijd")
WITHOUT_DELAY = Quantity(counts=Counts.EVENTS, where="zonder_uitstel")
PEOPLE = Quantity(counts=Counts.PERSONS, distinct="persoon")
REACHED = Quantity(counts=Counts.PERSONS, distinct="persoon", where="doel_bereikt")
HOUSEHOLDS = Quantity(counts=Counts.HOUSEHOLDS, distinct="persoon", where="schuld")
SOLVED = Quantity(counts=Counts.HOUSEHOLDS, distinct="persoon", where="schuld and opgelost")
ANSWERS = Quantity(counts=Counts.ANSWERS)
YES = Quantity(counts=Counts.ANSWERS, where="ja")
MARK = Quantity(counts=Counts.ANSWERS, sum_of="cijfer")
TAKING_PART = Quantity(counts=Counts.EVENTS, sum_of="deelnemers")
MONEY = Quantity(counts=Counts.MONEY, sum_of="bedrag")
INHABITANTS = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners")


def agreement(partners: tuple[str, ...], *, periods: int) -> Agreement:
    """Return the agreement: thirteen indicators over seven deliveries, and these partners."""
    return Agreement(
        general=General(
            municipality=Municipality(code=CODE, name="Simulatiestad", fictional=True),
            begin=date(2024, 1, 1),
            end=date(2028, 12, 31),
            area_year=YEAR,
            blocks={},
            trend_periods=periods,
        ),
        goals={"doel": Goal(level=GoalLevel.MAIN, name="Doel", statement="Iedereen doet mee.")},
        indicators=_indicators(),
        partners={
            name: Partner(name=name, description="Een verzonnen partner.", relation="initiatief")
            for name in partners
        },
        rainbow=Rainbow(arcs=()),
    )


def _indicators() -> dict[str, Indicator]:
    return {
        "S01": _indicator(
            "meldingen",
            "count",
            REPORTS,
            levels={_GM: _Q, _WK: _K4, _BU: _K4, _PARTNER: _Q},
            breakdown="soort",
            additive_over=(_AREA, _BY_PARTNER, _CLASS),
        ),
        "S02": _share(
            "meldingen",
            IN_TIME,
            REPORTS,
            levels={_GM: _Q, _WK: _K4},
            variants={"bruto": Variant(name="Bruto", numerator=WITHOUT_DELAY)},
            targets=(Target(year=2026, value=0.75),),
        ),
        "S03": _rate("meldingen", REPORTS, levels={_GM: _Q, _WK: _K4, _BU: _K4}),
        "S04": _indicator(
            "hulp",
            "count",
            PEOPLE,
            levels={_GM: _K4, _WK: _K4},
            breakdown="vorm",
        ),
        "S05": _share(
            "hulp",
            REACHED,
            PEOPLE,
            levels={_GM: _K4, _WK: _K4},
            baseline=Baseline(period="2023", value=0.7, denominator=900, area_year=YEAR),
        ),
        "S06": _rate("hulp", PEOPLE, levels={_GM: _K4, _WK: _K4}),
        "S07": _share(
            "enquete",
            YES,
            ANSWERS,
            levels={_GM: _K4, _WK: _K4, _PARTNER: _K4},
            additive_over=(_AREA, _BY_PARTNER),
            min_denominator=30,
            targets=(Target(year=2026, value=0.6), Target(year=2028, value=0.7)),
        ),
        "S08": _indicator("enquete", "mean", MARK, levels={_GM: _K4, _WK: _K4}),
        "S09": _indicator("hulp", "count", HOUSEHOLDS, levels={_GM: _Q, _WK: _K4}),
        "S10": _share("hulp", SOLVED, HOUSEHOLDS, levels={_GM: _Q, _WK: _K4}),
        "S11": _indicator(
            "cbs",
            "given",
            Quantity(counts=Counts.PERSONS, sum_of="waarde"),
            levels={_GM: Grain.YEAR, _WK: Grain.YEAR},
            additive_over=(),
            protected_at_source=True,
            date=None,
            period_column="periode",
            unit="%",
        ),
        "S12": _rate(
            "activiteiten",
            TAKING_PART,
            levels={_GM: _Q, _WK: _Q, _BU: _K4, _PARTNER: _Q},
            additive_over=(_AREA, _BY_PARTNER),
        ),
        "S13": _indicator(
            "contracten",
            "count",
            MONEY,
            levels={_GM: Grain.YEAR, _PARTNER: Grain.YEAR},
            additive_over=(_BY_PARTNER,),
        ),
    }


def _share(delivery: str, numerator: Quantity, denominator: Quantity, **changes: Any) -> Indicator:
    return _indicator(delivery, "share", numerator, denominator=denominator, **changes)


def _rate(delivery: str, numerator: Quantity, **changes: Any) -> Indicator:
    return _indicator(
        delivery, "rate", numerator, denominator=INHABITANTS, multiplier=1000, **changes
    )


def _indicator(delivery: str, way: str, numerator: Quantity, **changes: Any) -> Indicator:
    given: dict[str, Any] = {
        "valid_from": date(2024, 1, 1),
        "delivery": delivery,
        "way": way,
        "numerator": numerator,
        "partner_column": "partner",
        "additive_over": (_AREA,),
    }
    return Indicator(**(PLAIN | given | changes))

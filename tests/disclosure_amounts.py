"""Leaks in figures that are not one count, in small editions drawn as tables."""

from dataclasses import dataclass

from attacked import COUNT, RULES, edition, table

from reports.attacker import Kind, Release

WAIT = """
    breakdown numerator denominator value lower upper unit
    ''        -         165         42    35    49    dagen
    norm      -         -           0.89  0.77  0.98  %
    open      -         -           25    -     -     wachten
    p90       -         -           63    49    -     dagen
    """
MEAN = """
    breakdown numerator denominator value lower upper unit
    ''        -         150         6.55  6.25  6.85  punten
    """
MEDIAN = """
    breakdown numerator denominator value lower upper unit
    ''        -         150         600   400   1000  euro
    """
DISTRIBUTION = """
    breakdown numerator denominator value lower upper unit
    ''        100       -           100   -     -     mensen
    nooit     15        100         0.15  -     -     %
    vaak      85        100         0.85  -     -     %
    """
DRAWN = {"wait": WAIT, "mean": MEAN, "median": MEDIAN, "distribution": DISTRIBUTION}

_COUNTED = {"numerator": None, "denominator": None, "complement": None}
_COUNTS = {
    "wait": {role: f"A.{role}" for role in _COUNTED},
    "mean": {"denominator": "A.denominator"},
    "median": {"denominator": "A.denominator"},
    "distribution": {"numerator": "A.numerator"},
}


@dataclass(frozen=True, slots=True)
class PlantedInTable:
    """A mutation of a drawn edition: the line of a breakdown as it should not be."""

    what: str
    way: str
    old: str
    new: str
    caught_by: Kind

    @property
    def damaged(self) -> Release:
        drawn = DRAWN[self.way]
        assert self.old in drawn
        return drawn_edition(self.way, drawn.replace(self.old, self.new, 1))


def drawn_edition(way: str, drawn: str) -> Release:
    """Return an edition of one indicator that is counted in a way; only its municipality."""
    header, *lines = drawn.strip().splitlines()
    rows = "\n".join(f"GM1 events {line}" for line in lines)
    reading = COUNT | _COUNTED | _COUNTS[way] | {"way": way}
    return edition(
        table(f"area_code denominator_counts {header}", rows), readings=[reading], rules=RULES
    )


OF_AN_AMOUNT = (
    PlantedInTable("a median wait from the exact days", "wait", " 42 ", " 38 ", Kind.VALUE),
    PlantedInTable("a share within the norm from raw counts", "wait", "0.98", "0.94", Kind.VALUE),
    PlantedInTable("how many still wait, exactly", "wait", " 25 ", " 23 ", Kind.NOT_ROUNDED),
    PlantedInTable("a wait of too few", "wait", " 165 ", " 40 ", Kind.TOO_SMALL),
    PlantedInTable(
        "a mean to one digit too many", "mean", "6.55  6.25  6.85", "6.53  6.27  6.79", Kind.VALUE
    ),
    PlantedInTable("a median that is an own amount", "median", " 600 ", " 638 ", Kind.VALUE),
    PlantedInTable("a class from its raw count", "distribution", "0.15", "0.17", Kind.VALUE),
    PlantedInTable(
        "a class that is too small",
        "distribution",
        "15        100         0.15",
        "5         100         0.05",
        Kind.TOO_SMALL,
    ),
)
"""Damage to waits, means, medians and distributions."""

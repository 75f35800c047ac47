"""Whether the words on the sheets are those that the exact figures would have had."""

from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Agreement
from transforms.comparison import Comparison
from transforms.standing import AGAINST, standing

_FIGURE = ["indicator", "version", "period", "area_code", "partner", "breakdown"]
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_DEFINITE = (Comparison.MORE.value, Comparison.LESS.value)


@dataclass(frozen=True, slots=True)
class Words:
    """How many words were compared, and how many differ from those of the exact figures.

    `opposite`: more for less, or less for more. `undecided`: definite on one side only, and not
    yet to be said on the other. `levelled`: definite on one side, about equal on the other.
    """

    compared: int = 0
    opposite: int = 0
    undecided: int = 0
    levelled: int = 0

    def __add__(self, other: "Words") -> "Words":
        return Words(
            self.compared + other.compared,
            self.opposite + other.opposite,
            self.undecided + other.undecided,
            self.levelled + other.levelled,
        )


def words(figures: pl.DataFrame, observations: pl.DataFrame, agreement: Agreement) -> Words:
    """Compare the words of published figures with those of the same figures, exact.

    `figures`: columns of `PUBLISHED`. A figure that is held back has no word on either side.
    """
    exact = observations.rename({"area": "area_code"}).select(*_FIGURE, *_NUMBERS)
    truth = figures.drop(_NUMBERS).join(exact, on=_FIGURE, how="left", validate="1:1")
    said = _said(figures, agreement).join(
        _said(truth, agreement), on=[*_FIGURE, "against"], how="inner", validate="1:1"
    )
    word, meant = pl.col("word"), pl.col("word_right")
    definite = word.is_in(_DEFINITE), meant.is_in(_DEFINITE)
    one_sided = definite[0] ^ definite[1]
    not_yet = (word == Comparison.NOT_YET.value) | (meant == Comparison.NOT_YET.value)
    counts = said.select(
        compared=pl.len(),
        opposite=(definite[0] & definite[1] & (word != meant)).sum(),
        undecided=(one_sided & not_yet).sum(),
        levelled=(one_sided & ~not_yet).sum(),
    )
    return Words(*counts.row(0))


def _said(figures: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return one row per word: the figure, against what, and the word."""
    stands = standing(figures, agreement).select(*_FIGURE, pl.col(AGAINST).cast(pl.String))
    return stands.unpivot(
        AGAINST, index=_FIGURE, variable_name="against", value_name="word"
    ).drop_nulls("word")

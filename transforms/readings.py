"""The readings of the agreement: each indicator, and each variant shown beside it."""

from dataclasses import dataclass

from sources.agreement.linking import may_count
from sources.agreement.model import Agreement, Indicator, Quantity, Term, Variant
from sources.contracts.derived import Derived, tables

MAIN = ""
"""The breakdown of the indicator itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read one indicator. `variant` is its id, or `MAIN` for the indicator itself.

    What a variant leaves out is the indicator's; its filters come on top of the indicator's. Where
    it has a delivery of its own, `indicator` says so too.
    """

    id: str
    indicator: Indicator
    variant: str
    numerator: Quantity
    denominator: Quantity | None
    term: Term | None
    filters: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells this reading from all others."""
        return self.id, self.variant

    @property
    def table(self) -> Derived | None:
        """The derived table that it counts; None where it counts the rows of a delivery."""
        return tables().get(self.indicator.delivery)

    @property
    def elsewhere(self) -> Quantity | None:
        """The denominator where it comes from another delivery: a constant of each area."""
        own = self.denominator is None or self.denominator.delivery in (
            None,
            self.indicator.delivery,
        )
        return None if own else self.denominator


def readings(agreement: Agreement) -> list[Reading]:
    """Return every reading of the active indicators, in the order of their ids.

    What links laws without a legal basis is left out: an indicator with its variants, or a variant.
    """
    active = {i: one for i, one in agreement.indicators.items() if one.status == "active"}
    counted = [i for i, one in sorted(active.items()) if may_count(agreement, one.delivery)]
    every = (reading for i in counted for reading in readings_of(i, active[i]))
    return [one for one in every if may_count(agreement, one.indicator.delivery)]


def readings_of(id_: str, indicator: Indicator) -> list[Reading]:
    """Return the indicator itself and then its variants."""
    main = Reading(
        id_,
        indicator,
        MAIN,
        indicator.numerator,
        indicator.denominator,
        indicator.term,
        indicator.filters,
    )
    others = [
        Reading(
            id_,
            _counted_from(indicator, variant),
            key,
            variant.numerator,
            variant.denominator or indicator.denominator,
            variant.term or indicator.term,
            indicator.filters + variant.filters,
        )
        for key, variant in indicator.variants.items()
    ]
    return [main, *others]


def _counted_from(indicator: Indicator, variant: Variant) -> Indicator:
    if variant.delivery is None:
        return indicator
    return indicator.model_copy(update={"delivery": variant.delivery})

"""The readings of the agreement: each indicator, and each variant shown beside it."""

from dataclasses import dataclass

from sources.agreement.model import Agreement, Indicator, Quantity, Term

MAIN = ""
"""The breakdown of the indicator itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read one indicator. `variant` is its id, or `MAIN` for the indicator itself.

    What a variant leaves out is the indicator's; its filters come on top of the indicator's.
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
    def elsewhere(self) -> Quantity | None:
        """The denominator where it comes from another delivery: a constant of each area."""
        own = self.denominator is None or self.denominator.delivery in (
            None,
            self.indicator.delivery,
        )
        return None if own else self.denominator


def readings(agreement: Agreement) -> list[Reading]:
    """Return every reading of the active indicators, in the order of their ids."""
    active = [(i, one) for i, one in agreement.indicators.items() if one.status == "active"]
    return [reading for i, one in sorted(active) for reading in readings_of(i, one)]


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
            indicator,
            key,
            variant.numerator,
            variant.denominator or indicator.denominator,
            variant.term or indicator.term,
            indicator.filters + variant.filters,
        )
        for key, variant in indicator.variants.items()
    ]
    return [main, *others]

"""Linking laws: persons of two laws are joined only where the agreement records the legal basis.

The pseudonyms of a law are for that purpose only, so that a person in the Wmo and in the Jeugdwet
is two people to us. `agreement.yaml` may record under `linking` on which ground some laws are
linked for monitoring, with its purpose, the DPIA and the advice of the FG (domain.md, section 6.4).
Without it every figure that needs the link is off.
"""

import hashlib

from sources.agreement.model import Agreement, Indicator, Linking
from sources.contracts.derived import tables


def purpose(linking: Linking | None, law: str) -> str:
    """Return the purpose for which pseudonyms of a law are made.

    That is the law itself; or, where it is linked to others, all of these together.
    """
    return "+".join(sorted(linking.laws)) if linking and law in linking.laws else law


def mark(linking: Linking | None, law: str) -> str:
    """Return what pseudonyms of a shared purpose are known by; nothing of a law by itself.

    It tells nobody who somebody is, and it tells pseudonyms of two purposes apart.
    """
    shared = purpose(linking, law)
    return "" if shared == law else hashlib.sha256(shared.encode()).hexdigest()[:4]


def may_count(agreement: Agreement, delivery: str) -> bool:
    """Return whether a delivery may be counted: a derived table that links laws needs a basis."""
    table = tables().get(delivery)
    linked = agreement.general.linking.laws if agreement.general.linking else ()
    return table is None or set(table.links) <= set(linked)


def off(agreement: Agreement, indicator: Indicator) -> bool:
    """Return whether an active indicator is off because it links laws without a legal basis."""
    return indicator.status == "active" and not may_count(agreement, indicator.delivery)

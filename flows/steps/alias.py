"""A header that one partner always writes otherwise: taken for a column from now on."""

from datetime import datetime

from flows.settings import Town
from flows.steps.check import contract_named
from sources.contracts.model import Column, Contract
from sources.errors import UsageError
from sources.readers.header import normal
from sources.store import Alias, Store


def take(
    town: Town, *, partner: str, contract: str, header: str, column: str, by: str, at: datetime
) -> Alias:
    """Store that a header of a partner stands for a column, by whom and when.

    Raises:
        UsageError: no such partner, contract or column, or the header means something already.
    """
    if partner not in town.agreement.partners:
        known = ", ".join(sorted(town.agreement.partners))
        raise UsageError(f"Een partner `{partner}` kennen wij niet. Kies uit: {known}.")
    of = contract_named(town, contract)
    named = _column(of, column)
    _must_be_free(of, header)
    alias = Alias(partner, of.id, normal(header), named.name, at, by)
    with Store.open(
        town.settings.store, holder="praatplaat alias", actor=town.settings.actor
    ) as store:
        store.add_alias(alias)
    return alias


def _column(contract: Contract, column: str) -> Column:
    for each in contract.columns:
        if column in (each.name, each.header):
            return each
    names = ", ".join(each.name for each in contract.columns)
    raise UsageError(f"Een kolom `{column}` kent deze levering niet. Kies uit: {names}.")


def _must_be_free(contract: Contract, header: str) -> None:
    """Raise UsageError for a header that is a column already, or that may not be in the file."""
    columns = contract.columns
    meant = {normal(n) for c in columns for n in (c.name, c.header, *c.aliases)}
    if normal(header) in meant:
        raise UsageError(f"`{header}` is in deze levering al de naam van een kolom.")
    if normal(header) in {normal(each) for each in contract.forbidden} or not normal(header):
        raise UsageError(f"`{header}` mag in deze levering niet staan, ook niet onder een alias.")

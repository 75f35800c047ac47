"""Fetch what CBS publishes and drop it in the inbox, as if CBS had delivered it."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from flows.settings import Town
from flows.steps.check import contract_named
from sources.errors import UsageError
from sources.inbox import Parcel, parcel
from sources.readers import cbs, statline
from sources.store import Store


def fetch(
    town: Town,
    api: cbs.Api,
    table: str,
    *,
    contract: str,
    partner: str,
    period: str,
    fixed: Mapping[str, str],
) -> Path:
    """Write a table of CBS's open data in the partner's folder of the inbox; return the file.

    The number in its name is the first that was not received yet, or that of the same content.

    Raises:
        UsageError: the partner does not owe such a delivery.
        SourceUnavailable: CBS does not answer or has no such table; nothing was written.
    """
    wanted = contract_named(town, contract)
    owed = town.agreement.partners.get(partner)
    if owed is None or wanted.id not in {delivery.contract for delivery in owed.deliveries}:
        raise UsageError(
            f"Met `{partner}` is geen levering `{wanted.id}` afgesproken. "
            "Kies met --partner wie dit volgens de overeenkomst levert."
        )
    municipality = town.agreement.general.municipality.code
    with cbs.opened(api) as rows:
        content = statline.delivery(
            rows, wanted, table, municipality=municipality, period=period, fixed=fixed
        )
    folder = town.settings.inbox / partner
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{wanted.id}.part"
    part.write_bytes(content)
    number = _number(town, parcel(part, partner=partner, contract=wanted.id, period=period))
    name = f"{municipality}_{partner}_{wanted.code}_{period}_v{number}.csv"
    return part.replace(folder / name)


def _number(town: Town, this: Parcel) -> int:
    if not town.settings.store.exists():
        return 1
    with Store.open(town.settings.store, holder="praatplaat fetch", read_only=True) as store:
        received = store.same_period(this)
    same = [one.number for one in received if one.sha256 == this.sha256]
    return same[0] if same else 1 + max((one.number for one in received), default=0)


def code_list(api: cbs.Api, table: str, dimension: str, *, out: Path) -> int:
    """Write a code list of CBS as a list of contracts; return how many codes it has.

    Raises:
        SourceUnavailable: CBS does not answer or has no such list; nothing was written.
    """
    with cbs.opened(api) as rows:
        found = statline.codes(rows, table, dimension)
    listed = {
        "title": dimension,
        "source": f"CBS, tabel {table}",
        "codes": {code: {"label": label} for code, label in sorted(found.items())},
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return len(found)

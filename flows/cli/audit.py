"""`praatplaat audit`: try to find people in an edition, as a stranger would."""

import dataclasses
import json
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import show, telling
from flows.settings import now

EditionArgument = Annotated[
    str, typer.Argument(metavar="EDITIE", help="De naam van de editie, zoals 2026K3.")
]
FullOption = Annotated[
    bool, typer.Option("--full", help="Zoek alles opnieuw uit, ook wat niet veranderde.")
]


def audit(
    edition: EditionArgument,
    full: FullOption = False,
    json_: JsonOption = False,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Val een editie aan: is er iemand in te vinden?"""
    from flows.steps import audit as steps
    from sources.store import Store

    town = settings(agreement, home).open()
    with (
        telling(f"Editie {edition} wordt aangevallen"),
        Store.open(
            town.settings.store, holder="praatplaat audit", actor=town.settings.actor
        ) as store,
    ):
        found = steps.audit(town, store, edition, known_at=now(), full=full)
    if json_:
        findings = [dataclasses.asdict(one) for one in found.findings]
        show(json.dumps({"tables": found.tables.to_dicts(), "findings": findings}, indent=1))
    else:
        for line in _lines(found.tables.to_dicts()):
            show(line)
    steps.gate(found)


def _lines(tables: list[dict[str, object]]) -> list[str]:
    """Return a line per table: cells, protected, narrowest interval, seconds."""
    head = f"{'wie':12}{'editie':10}{'telling':34}{'cellen':>8}{'dicht':>8}{'smalste':>9}{'s':>8}"
    return [head] + [
        f"{one['player']:12}{one['edition']:10}{one['count']:34}{one['cells']:>8}"
        f"{one['protected']:>8}{one['narrowest']:>9.0f}{one['seconds']:>8.2f}"
        for one in tables
    ]

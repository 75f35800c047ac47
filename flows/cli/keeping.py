"""`praatplaat backup`, `restore`, `rebuild`, `log` and `verify-log`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import show, telling
from flows.settings import ZONE, now
from sources.errors import NotIntact

_MOST = 5
"""Files of an edition that are named where they differ."""


def backup(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Een map die er nog niet is.")],
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Maak een reservekopie van alles wat is bewaard. De sleutel en de inbox gaan niet mee."""
    from flows.steps import backup as copies

    town = settings(agreement, home).open()
    with telling("De reservekopie wordt gemaakt") as tell:
        digest = copies.backup(town, folder.expanduser().absolute(), at=now(), tell=tell)
    show(f"De reservekopie staat in {folder}. Controlecode: {digest}")
    show("De sleutel zit er niet in. Bewaar die apart: zonder is ruw niet te lezen.")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="De map met de reservekopie.")],
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Zet een reservekopie terug in een map zonder gegevens."""
    from flows.steps import backup as copies

    town = settings(agreement, home).open()
    with telling("De reservekopie wordt teruggezet") as tell:
        copies.restore(town, folder.expanduser().absolute(), at=now(), tell=tell)
    show(f"Alles staat weer in {town.settings.home}.")
    show("Doe opnieuw wat na de kopie is gedaan, vooral wat toen is ingetrokken of gewist.")


def rebuild(
    edition: Annotated[
        str, typer.Argument(metavar="[EDITIE]", help="Een editie, zoals 2026K3; zonder: alles.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAP", help="Bewaar het hier, als een nieuwe map."),
    ] = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Maak een editie opnieuw uit de ruwe bestanden, en zeg of elke byte gelijk is."""
    from flows.steps import rebuild as again

    town = settings(agreement, home).open()
    with tempfile.TemporaryDirectory() as place, telling("Alles wordt opnieuw gemaakt") as tell:
        chosen = out.expanduser().absolute() if out else Path(place) / "home"
        made = again.rebuild(town, chosen, edition=edition, tell=tell)
    if made.line:
        raise NotIntact(f"Niet alles komt uit zoals toen. {made.line}")
    if made.different:
        named = ", ".join(made.different[:_MOST])
        raise NotIntact(f"{len(made.different)} bestanden zijn niet gelijk, zoals {named}.")
    show(f"Gelijk tot op de byte: {made.files} bestanden.")


def log(
    agreement: AgreementOption = None, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Toon wat er is gedaan: wanneer, waarmee, door wie, waarop, en met welke uitkomst."""
    from sources.store import Store

    town = settings(agreement, home).open()
    with Store.open(town.settings.store, holder="praatplaat log", read_only=True) as store:
        lines = store.log.lines()
    for line in lines:
        when = line.moment.astimezone(ZONE).isoformat(timespec="seconds")
        told = (when, line.origin, line.actor, line.action, line.object, line.result)
        show(line.as_json() if as_json else f"{line.position}  {'  '.join(filter(None, told))}")
    if lines and not as_json:
        show(f"Controlecode: {lines[-1].digest}")


def verify_log(
    noted: Annotated[
        list[str] | None,
        typer.Option("--noted", metavar="CODE", help="Een controlecode die u eerder noteerde."),
    ] = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Kijk of er niets in het logboek is veranderd, gewist, verplaatst of afgeknipt."""
    from flows.steps import auditlog

    town = settings(agreement, home).open()
    with telling("Logboek en opslag worden gelezen"):
        last = auditlog.verify(town, noted=noted or ())
    if last is None:
        show("Het logboek is nog leeg.")
    else:
        show(f"Het logboek klopt: {last.position} regels. Controlecode: {last.digest}")

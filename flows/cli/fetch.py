"""`praatplaat fetch` and `codelist`: what CBS publishes, fetched by its open data API."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import show, telling
from sources.errors import UsageError

if TYPE_CHECKING:
    from sources.readers.cbs import Api

TableArgument = Annotated[
    str, typer.Argument(metavar="TABEL", help="Het nummer bij het CBS, zoals 85984NED.")
]
BaseOption = Annotated[
    str,
    typer.Option("--base", envvar="PRAATPLAAT_CBS", help="Een ander adres van de open data."),
]


def fetch(
    table: TableArgument,
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ],
    period: Annotated[
        str, typer.Option("--period", metavar="JAAR", help="Het jaar van de tabel, zoals 2024.")
    ],
    partner: Annotated[
        str, typer.Option("--partner", help="Wie dit volgens de overeenkomst levert.")
    ] = "cbs",
    fixed: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KOLOM=WAARDE", help="Wat de tabel niet zegt: status=definitief."
        ),
    ] = None,
    base: BaseOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Haal gebieden of kerncijfers op bij het CBS en zet ze als levering in de inbox."""
    from flows.steps import fetch as fetching

    town = settings(agreement, home).open()
    with telling(f"Tabel {table} wordt opgehaald bij het CBS"):
        file = fetching.fetch(
            town,
            _api(base),
            table,
            contract=contract,
            partner=partner,
            period=period,
            fixed=dict(map(_pair, fixed or [])),
        )
    show(f"{file}: klaar om te ontvangen (praatplaat receive).")


def codelist(
    table: TableArgument,
    dimension: Annotated[
        str, typer.Argument(metavar="DIMENSIE", help="De lijst in de tabel, zoals RegioS.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="BESTAND", help="Waar de lijst komt te staan (.yaml).")
    ],
    base: BaseOption = "",
) -> None:
    """Haal een codelijst op bij het CBS, in de vorm voor deliveries/lists van uw overeenkomst."""
    from flows.steps import fetch as fetching

    with telling(f"De lijst {dimension} wordt opgehaald bij het CBS"):
        number = fetching.code_list(_api(base), table, dimension, out=out)
    show(f"{out}: {number} codes.")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"`{text}` is geen KOLOM=WAARDE. Schrijf bijvoorbeeld status=definitief.")
    return name, value


def _api(base: str) -> "Api":
    from sources.readers.cbs import BASE, Api

    return Api(pause=time.sleep, base=base or BASE)

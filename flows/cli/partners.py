"""`praatplaat template`, `instructions` and `form`: what a partner gets before it delivers."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, settings
from flows.cli.telling import show
from flows.settings import now

Delivery = Annotated[
    str, typer.Argument(metavar="LEVERING", help="De soort levering, of de code, zoals L06.")
]
PartnerOption = Annotated[str, typer.Option("--partner", help="Voor welke partner.")]
PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIODE", help="Een kwartaal (2026K3) of een jaar.")
]


def template(
    delivery: Delivery,
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND", help="Het bestand (.xlsx).")],
    partner: PartnerOption = "",
    period: PeriodOption = "",
    agreement: AgreementOption = None,
) -> None:
    """Maak een leeg Excel-bestand dat een partner kan invullen, met keuzelijsten en uitleg."""
    from flows.steps import partners

    town = settings(agreement).open()
    asked = partners.Request.of(town, delivery, partner=partner, period=period)
    _write(out, partners.workbook(asked))


def instructions(
    delivery: Delivery,
    out: Annotated[Path, typer.Option("--out", metavar="MAP", help="Waar de uitleg komt.")],
    partner: PartnerOption = "",
    period: PeriodOption = "",
    agreement: AgreementOption = None,
) -> None:
    """Schrijf de uitleg van een levering, met een datapackage.json die een programma kan lezen."""
    from flows.steps import partners

    town = settings(agreement).open()
    asked = partners.Request.of(town, delivery, partner=partner, period=period)
    for name, content in partners.explanation(town, asked, at=now()):
        _write(out / name, content)


def form(
    partner: Annotated[str, typer.Option("--partner", help="Voor welke partner.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="BESTAND", help="De pagina. Zonder: verhalen_<partner>.html, hier."
        ),
    ] = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Maak een pagina waarin een partner verhalen opschrijft, zonder Excel en zonder server."""
    from flows.steps import partners

    town = settings(agreement, home).open()
    _write(out or Path(f"verhalen_{partner}.html"), partners.form(town, partner, at=now()))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    show(str(path))

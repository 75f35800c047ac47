"""`praatplaat check`, `receive`, `confirm`, `withdraw`, `alias`, `retain` and `status`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import say, show, telling
from flows.settings import now
from sources.errors import DeliveryRefused, UsageError

PartnerOption = Annotated[str, typer.Option("--partner", help="Van wie het bestand is.")]
PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIODE", help="Een kwartaal (2026K3) of een jaar.")
]
NumberOption = Annotated[
    int,
    typer.Option(
        "--number", min=0, help="De hoeveelste levering van de periode; 0: zie de naam, anders 1."
    ),
]
DeliveryArgument = Annotated[
    int, typer.Argument(metavar="NUMMER", help="Het nummer van de levering.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Waarom; dit blijft bewaard.")]


def check(
    file: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="Het bestand dat u wilt leveren.")
    ],
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ],
    partner: PartnerOption = "",
    period: PeriodOption = "",
    number: NumberOption = 0,
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Zeg wat de gemeente van een bestand zou zeggen. Er wordt niets bewaard of verstuurd."""
    from flows.steps import check as checking

    places = settings(agreement, home)
    town = places.open()
    with telling(f"{file.name} wordt nagekeken"):
        said = {"partner": partner, "contract": contract, "period": period}
        verdict = checking.check(town, file, **said, number=number, at=now())
    show(checking.as_json(verdict) if as_json else checking.as_text(verdict))
    if verdict.outcome == "AFGEKEURD":
        raise DeliveryRefused(
            f"{file.name} zou worden afgekeurd. Verbeter het en kijk het opnieuw na."
        )


def receive(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BESTAND]", help="Een bestand met een eigen naam; anders de inbox."
        ),
    ] = None,
    partner: PartnerOption = "",
    contract: Annotated[
        str, typer.Option("--contract", metavar="LEVERING", help="De soort levering, of de code.")
    ] = "",
    period: PeriodOption = "",
    number: NumberOption = 0,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Ontvang alles wat in de inbox wacht, of één bestand, en schrijf de partners terug."""
    from flows.post.sending import send_if_possible
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling("Leveringen worden ontvangen") as tell:
        if file is None:
            received = rounds.receive_waiting(town, at=now(), tell=tell)
        elif partner and contract and period:
            said = {"partner": partner, "contract": contract, "period": period}
            received = [rounds.receive_file(town, file, **said, number=number, at=now())]
            tell(received[0].told())
        else:
            raise UsageError("Zeg bij een bestand ook --partner, --contract en --period.")
        send_if_possible(town, at=now(), tell=tell)
    refused = [one for one in received if one.refused]
    if refused:
        raise DeliveryRefused("\n".join(one.told() for one in refused))


def confirm(
    delivery: DeliveryArgument,
    wrong: Annotated[bool, typer.Option("--no", help="Nee: de levering klopt niet.")] = False,
    reason: ReasonOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Antwoord op een levering die wacht: ja, zij klopt, of (met --no) nee."""
    from flows.post.sending import send_if_possible
    from flows.steps import confirm as answers

    town = settings(agreement, home).open()
    answered = answers.confirm(town, delivery, correct=not wrong, reason=reason, at=now())
    send_if_possible(town, at=now(), tell=say)
    show(f"Levering {delivery} ({answered.file_name}) is {answered.state}.")


def withdraw(
    delivery: DeliveryArgument,
    reason: Annotated[str, typer.Option("--reason", help="Waarom; dit blijft bewaard.")],
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Trek een levering in: zij telt niet meer mee, en wat zij verving telt weer."""
    from flows.post.sending import send_if_possible
    from flows.steps import confirm as answers

    town = settings(agreement, home).open()
    withdrawn = answers.withdraw(town, delivery, reason=reason, at=now())
    send_if_possible(town, at=now(), tell=say)
    show(f"Levering {delivery} ({withdrawn.file_name}) is {withdrawn.state}.")


def alias(
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="Van wie de bestanden zijn.")],
    contract: Annotated[str, typer.Argument(metavar="LEVERING", help="De soort, of de code.")],
    header: Annotated[str, typer.Argument(metavar="KOP", help="De kolomnaam in de bestanden.")],
    column: Annotated[str, typer.Argument(metavar="KOLOM", help="De kolom die het is.")],
    by: Annotated[str, typer.Option("--by", metavar="NAAM", help="Wie dit vaststelt.")],
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Lees een kolomnaam van één partner voortaan als een kolom van de levering."""
    from flows.steps import alias as aliases

    town = settings(agreement, home).open()
    said = {"partner": partner, "contract": contract, "header": header, "column": column}
    kept = aliases.take(town, **said, by=by, at=now())
    show(f"Van {partner} lezen wij `{kept.header}` voortaan als `{kept.column}`.")


def retain(
    delete: Annotated[bool, typer.Option("--now", help="Wis het ook echt.")] = False,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Toon wat langer is bewaard dan is afgesproken, en wis het met --now."""
    from flows.steps import retention

    told = retention.retain(settings(agreement, home).open(), delete=delete, at=now())
    show("\n".join(told))


def status(
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="BESTAND.html", help="Maak er ook een pagina van."),
    ] = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Toon hoe het gaat: de leveringen, wie te laat is, en waar de volgende stap op wacht.

    De pagina is voor het datateam. Zij vertelt ook waar bestanden op vastliepen, en hoe lang rondes
    duurden, over de kwartalen. Er staat niets over inwoners in.
    """
    from flows.steps import status as states

    town, at = settings(agreement, home).open(), now()
    with telling("De opslag wordt gelezen"):
        told = states.status(town, at=at)
    show(json.dumps(told, ensure_ascii=False, indent=2) if as_json else states.as_text(told))
    if page:
        states.write_page(town, page.expanduser().absolute(), at=at)
        say(f"De pagina staat in {page}.")

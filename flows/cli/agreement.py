"""`praatplaat validate`, and `praatplaat agreement`: to a workbook and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import AgreementOption, settings
from flows.cli.telling import show
from sources.errors import UsageError

if TYPE_CHECKING:
    from sources.agreement.burden import Load

app = typer.Typer(help="De overeenkomst als werkmap: eruit, en weer erin.", no_args_is_help=True)


def validate(agreement: AgreementOption = None) -> None:
    """Kijk de overeenkomst na en toon alle fouten tegelijk, met bestand en regel.

    Daarna volgt wat mag, maar een gesprek waard is. En wat aanleveren elke partner kost.
    """
    from flows.settings import now
    from sources.agreement import sense
    from sources.agreement.burden import loads

    town = settings(agreement).open()
    told = town.agreement
    show(
        f"De overeenkomst van {told.general.municipality.name} klopt: {len(told.goals)} doelen en "
        f"resultaten, {len(told.indicators)} indicatoren, {len(told.partners)} partners, "
        f"{len(town.contracts)} soorten leveringen."
    )
    worth = sense.remarks(told, town.contracts, today=now().date(), lines=town.lines)
    if worth:
        show("\n".join(["\nHet bespreken waard:", *worth]))
    burdens = loads(told, town.contracts)
    if burdens:
        lines = (_burden(told.partners[key].name, load) for key, load in burdens.items())
        show("\n".join(["\nLastenmeter, in het drukste kwartaal:", *lines]))


def _burden(name: str, load: "Load") -> str:
    asked = f"{name}: {_number(load.files)} bestanden, {_number(load.fields)} velden"
    most = "" if load.most is None else f" (afgesproken: hoogstens {load.most})"
    return f"{asked}, naar schatting {_number(load.minutes)} minuten{most}."


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Waar de werkmap komt.")],
    agreement: AgreementOption = None,
) -> None:
    """Maak een werkmap van doelen, bladen, streefwaarden, gesprekken en ontwikkelpunten.

    Een werkmap die er al is, blijft staan: misschien werkte er iemand in.
    """
    from flows.steps.workbook import to_workbook

    if file.exists():  # somebody may have worked in it
        raise UsageError(f"{file} bestaat al. Kies een andere naam.")
    data = to_workbook(settings(agreement))
    file.write_bytes(data)
    show(f"De afspraken staan in {file}. Het blad Uitleg zegt hoe u ze aanpast.")


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="De ingevulde werkmap.")],
    agreement: AgreementOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Toon alleen wat er zou veranderen.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Haal ook weg wat uit de werkmap is gehaald.")
    ] = False,
) -> None:
    """Neem over wat in de werkmap is veranderd, en niets anders.

    Is er een fout, dan verandert er niets. Elke fout noemt het blad en de cel.
    """
    from flows.steps.workbook import from_workbook

    told = from_workbook(settings(agreement), file, remove=remove, write=not check)
    done = "Er is nog niets veranderd (--check)." if check else f"Overgenomen: {len(told)}."
    show("\n".join([*told, done]) if told else "De werkmap verandert niets.")

"""`praatplaat example`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.telling import show, telling
from sources.errors import UsageError

_ALL_FAULTS = 150_000  # inhabitants; in a smaller town not every fault finds a row


def example(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Waar de leveringen komen.")],
    inhabitants: Annotated[
        int, typer.Option("--inhabitants", min=2_000, help="Hoe groot Voorbeeldstad is.")
    ] = 160_000,
    quarters: Annotated[
        list[str] | None,
        typer.Option("--quarters", metavar="KWARTAAL", help="Een kwartaal; mag vaker."),
    ] = None,
    faults: Annotated[
        bool, typer.Option("--faults", help="Maak ook bestanden met fouten, en een lijst ervan.")
    ] = False,
) -> None:
    """Maak de leveringen van Voorbeeldstad, een verzonnen stad.

    Met --faults komen er in met_fouten/ bestanden met van elke regel bekende fouten over 2026K3. In
    grootboek.csv staat welke fout waar zit: bestand, rij, kolom en code.
    """
    from sources.example import maker
    from sources.example.maker.planted import files

    if faults and inhabitants < _ALL_FAULTS:
        raise UsageError(
            f"Met {inhabitants} inwoners is er geen plaats voor alle fouten. "
            f"Kies minstens --inhabitants {_ALL_FAULTS}."
        )
    chosen = quarters or [str(files.QUARTER)]
    if faults and str(files.QUARTER) not in chosen:
        chosen = [*chosen, str(files.QUARTER)]
    with telling("De leveringen worden gemaakt"):
        try:
            made = maker.make(folder, inhabitants=inhabitants, quarters=chosen)
        except ValueError as error:
            raise UsageError(
                f"Een van deze kwartalen kan niet: {', '.join(chosen)}. "
                "Schrijf een kwartaal als 2026K3, vanaf 2024K4."
            ) from error
        show(f"{len(made)} leveringen in {folder}")
        if faults:
            ledger = files.write_faults(folder, inhabitants=inhabitants, seed=maker.SEED)
            show(f"Bekende fouten in {ledger.parent}, de lijst is {ledger}")

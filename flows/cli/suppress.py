"""`praatplaat suppress`."""

import json
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import JsonOption
from flows.cli.telling import say, show
from sources.errors import DisclosureRisk, UsageError

if TYPE_CHECKING:
    from transforms.disclosure.suppression import Instance, Suppression
    from transforms.disclosure.suppression.search import Watch

_PATIENCE = 2.0
"""After so many seconds without a word a person wants to know how far it is."""


def suppress(
    file: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="De tabel met haar sommen, in het formaat jj.")
    ],
    iterations: Annotated[
        int | None,
        typer.Option(
            "--iterations", metavar="N", min=0, help="Hoe vaak zoeken. Meer geeft soms goedkoper."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="F.csv", help="Welke cellen dicht gaan.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Kies welke cellen van een tabel ook dicht moeten, zo goedkoop als het kan."""
    from transforms.disclosure.suppression import ITERATIONS
    from transforms.disclosure.suppression import suppress as found

    instance = _read(file)
    limit = ITERATIONS if iterations is None else iterations
    outcome = found(instance, iterations=limit, watch=_watch(limit))
    if out is not None:
        out.write_text(_pattern(instance, outcome), encoding="utf-8")
    if as_json:
        show(json.dumps(_told(outcome)))
    else:
        _show(outcome)
    if outcome.unprotected:
        cells = ", ".join(map(str, outcome.unprotected))
        raise DisclosureRisk(
            f"Niet te beschermen, wat er ook dicht gaat: cel {cells}. "
            "Geef die cellen meer ruimte, of laat meer cellen toe."
        )


def _read(file: Path) -> "Instance":
    from transforms.disclosure.suppression import jj

    try:
        instance = jj.parse(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"{file} bestaat niet.") from None
    except IsADirectoryError:
        raise UsageError(f"{file} is een map. Wijs een bestand aan.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is geen tekst.") from None
    except UsageError as error:
        raise UsageError(f"{file} is niet te lezen. {error}") from None
    if broken := instance.broken_sums():
        say(f"Let op: som {broken[0] + 1} klopt niet ({len(broken)} in totaal).")
    return instance


def _watch(limit: int) -> "Watch":
    """Return what tells now and then how far the search is."""
    told = monotonic()

    def watch(iteration: int, cost: float, bound: float) -> None:
        nonlocal told
        if monotonic() - told > _PATIENCE:
            say(f"{iteration} van {limit}: kosten {cost:.10g}, ondergrens {bound:.10g}")
            told = monotonic()

    return watch


def _told(outcome: "Suppression") -> dict[str, object]:
    return {
        "cost": outcome.cost,
        "secondary": outcome.secondary,
        "lower_bound": outcome.lower_bound,
        "optimal": outcome.optimal,
        "iterations": outcome.iterations,
        "unprotected": list(outcome.unprotected),
    }


def _show(outcome: "Suppression") -> None:
    show(f"kosten:            {outcome.cost:.10g}")
    show(f"extra cellen:      {outcome.secondary}")
    show(f"ondergrens:        {outcome.lower_bound:.10g}")
    show(f"iteraties:         {outcome.iterations}")
    show("nagerekend:        ja, niemand rekent een geheime cel te precies uit")
    if outcome.optimal:
        show("bewezen:           ja, goedkoper kan niet")
    else:
        show("bewezen:           nee, met meer iteraties (--iterations) kan het goedkoper worden")


def _pattern(instance: "Instance", outcome: "Suppression") -> str:
    """Return the hidden cells, and whether each is primary, missing or secondary."""
    roles = {"u": "primary", "m": "missing", "s": "secondary"}
    lines = [
        f"{cell},{roles[str(instance.status[cell])]}"
        for cell in outcome.pattern.nonzero()[0].tolist()
    ]
    return "\n".join(["cell,role", *lines]) + "\n"

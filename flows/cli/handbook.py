"""`praatplaat handbook`."""

import re
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AgreementOption, settings
from flows.cli.telling import show
from sources.errors import UsageError

_PAGE = re.compile(r"(index|(L\d+[a-z]?-)?[A-Z]\d{3})\.md")


def handbook(
    out: Annotated[Path, typer.Option("--out", metavar="MAP", help="Waar de pagina's komen.")],
    agreement: AgreementOption = None,
) -> None:
    """Schrijf het handboek: per code wat er mis is en hoe een partner het verbetert."""
    from flows.steps.files import put
    from reports.handbook.documents import documents

    folder = out.absolute()
    if folder.exists() and not all(_PAGE.fullmatch(path.name) for path in folder.iterdir()):
        raise UsageError(f"In {out} staat ook iets anders. Kies een lege of een nieuwe map.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    town = settings(agreement).open()
    pages = [(name, text.encode()) for name, text in documents(town.contracts)]
    put(folder, pages)
    show(f"{len(pages)} pagina's geschreven in {out}.")

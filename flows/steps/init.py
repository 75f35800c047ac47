"""A municipality's own agreement, that validates and runs at once."""

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.settings import EXAMPLE, Settings
from sources.agreement.starter import Start, files
from sources.errors import UsageError


def init(folder: Path, *, code: str, name: str, today: date) -> None:
    """Make the agreement of a municipality: the kernset, its goals, and who delivers what.

    It begins on the first of January of this year. Nothing that is there is written over.

    Raises:
        UsageError: the folder holds something, or the code is not of a municipality.
    """
    if not re.fullmatch(r"GM\d{4}", code):
        raise UsageError(f"{code} is geen code van een gemeente. Schrijf GM en 4 cijfers.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is niet leeg. Kies een nieuwe map: hier blijft alles staan.")
    paths = sorted(EXAMPLE.rglob("*.yaml"))
    example = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths}
    made = files(example, Start(code=code, name=name, year=today.year))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".nieuw_") as place:
        draft = Path(place) / "overeenkomst"
        for file, data in made.items():
            path = draft / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        Settings.choose(agreement=draft).open()
        draft.replace(folder)

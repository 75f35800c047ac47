"""The back-ups of one folder, each named by its day: today's is made, and the oldest go."""

import re
import shutil
from datetime import datetime
from pathlib import Path

from flows.settings import ZONE, Tell, Town
from flows.steps.backup import MANIFEST, backup
from sources.errors import UsageError
from sources.store import Action, Deed, Store

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PART = ".part"


def of_today(town: Town, *, at: datetime, tell: Tell) -> Path:
    """Make the back-up of today, and let go of the oldest; one that is there already is whole.

    They go only after a new one was read back, so that there always is a good one.

    Raises:
        UsageError: no folder was chosen, or the store is in use.
        NotIntact: the store is damaged, or the copy is not what was written.
    """
    if town.settings.backups is None:
        raise UsageError(
            "PRAATPLAAT_BACKUP ontbreekt: er is geen plek voor de reservekopie. Wijs een map aan."
        )
    folder = town.settings.backups / f"{at.astimezone(ZONE):%Y-%m-%d}"
    if not folder.exists():
        backup(town, folder, at=at, tell=tell)
        _clear(town, folder, at=at, tell=tell)
    return folder


def _clear(town: Town, newest: Path, *, at: datetime, tell: Tell) -> None:
    """Delete all but the newest back-ups up to this one, and what a kill left of earlier ones.

    What is no back-up, or does not have a day as its name, stays. The log tells it first; killed on
    the way, the next time does the rest.
    """
    made = [path for path in _of_days(newest.parent) if (path / MANIFEST).is_file()]
    earlier = [path for path in made if path.name <= newest.name]
    if gone := earlier[: -town.settings.backups_kept]:
        names = [path.name for path in gone]
        deed = Deed(Action.CLEARED, ", ".join(names), f"{len(names)} gewist", {"days": names})
        holder, actor = "praatplaat backup", town.settings.actor
        with Store.open(town.settings.store, holder=holder, actor=actor) as store:
            store.log.tell(deed, at=at)
        tell(f"Oude reservekopieën gewist: {', '.join(names)}")
    for path in gone:
        path.rename(path.with_name(path.name + _PART))
    for path in _of_days(newest.parent, ending=_PART):
        if path.name < newest.name:
            shutil.rmtree(path)


def _of_days(folder: Path, *, ending: str = "") -> list[Path]:
    """Return the folders with a day as their name and an ending, the oldest first."""
    every = (path for path in folder.iterdir() if path.is_dir() and path.name.endswith(ending))
    return sorted(path for path in every if _DAY.fullmatch(path.name.removesuffix(ending)))

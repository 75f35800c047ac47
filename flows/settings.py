"""Where things live, and which agreement: from options first, then the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from flows.post.server import Server
from sources import example
from sources.agreement.lines import Lines
from sources.errors import AgreementError, UsageError

if TYPE_CHECKING:
    from sources.agreement.model import Agreement
    from sources.contracts.model import Contract

T = TypeVar("T")

ZONE = ZoneInfo("Europe/Amsterdam")

EXAMPLE = Path(example.__file__).parent / "voorbeeldstad"
"""The agreement of Voorbeeldstad, the fictional municipality."""

Tell = Callable[[str], None]
"""Takes a line for the person at the keyboard: which step is under way."""

Clock = Callable[[], datetime]
"""Says what time it is, with its zone."""


def now() -> datetime:
    """Return the moment it is, in the Netherlands."""
    return datetime.now(ZONE)


def quarter_of(day: date) -> str:
    """Return the quarter in which a day falls, such as 2026K3."""
    return f"{day.year}K{(day.month + 2) // 3}"


def last_ended_quarter(moment: datetime) -> str:
    """Return the last quarter that was over at a moment, in the Netherlands."""
    today = moment.astimezone(ZONE).date()
    first_month = (today.month - 1) // 3 * 3 + 1
    return quarter_of(today.replace(month=first_month, day=1) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Settings:
    """The places of one municipality: its agreement, its home, and its key outside that home.

    `actor` is who works with them, for the log: '' where nobody says. `mail` is the server that
    messages go through, `backups` the folder of the scheduled back-ups: None where there is none.
    Of those the newest `backups_kept` stay.
    """

    agreement: Path
    home: Path
    key: Path
    actor: str = ""
    mail: Server | None = None
    backups: Path | None = None
    backups_kept: int = 8

    @classmethod
    def choose(
        cls,
        *,
        agreement: Path | None = None,
        home: Path | None = None,
        key: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> "Settings":
        """Return the places: an option wins over the environment, and that over the default.

        `PRAATPLAAT_AGREEMENT` (without one: Voorbeeldstad), `PRAATPLAAT_HOME`
        (`~/.local/share/praatplaat`), `PRAATPLAAT_KEY` (`~/.config/praatplaat/keys`),
        `PRAATPLAAT_BACKUP` and `PRAATPLAAT_BACKUP_KEEP`. The actor is the user of this computer,
        also behind `sudo`. Raises UsageError where `Server.chosen` does, and where the number of
        back-ups to keep is none.
        """
        users = (environment.get(name) for name in ("SUDO_USER", "LOGNAME", "USER"))

        def chosen(option: Path | None, variable: str, default: Path) -> Path:
            return (option or Path(environment.get(variable) or default)).expanduser().absolute()

        return cls(
            agreement=chosen(agreement, "PRAATPLAAT_AGREEMENT", EXAMPLE),
            home=chosen(home, "PRAATPLAAT_HOME", Path("~/.local/share/praatplaat")),
            key=chosen(key, "PRAATPLAAT_KEY", Path("~/.config/praatplaat/keys")),
            actor=next(filter(None, users), ""),
            mail=Server.chosen(environment),
            backups=_folder(environment.get("PRAATPLAAT_BACKUP")),
            backups_kept=_kept(environment.get("PRAATPLAAT_BACKUP_KEEP") or "8"),
        )

    @property
    def example(self) -> bool:
        """Whether this is Voorbeeldstad."""
        return self.agreement == EXAMPLE

    @property
    def inbox(self) -> Path:
        """Where deliveries are dropped, one folder per partner."""
        return self.home / "inbox"

    @property
    def raw(self) -> Path:
        """Files as received, encrypted, named by their checksum."""
        return self.home / "raw"

    @property
    def store(self) -> Path:
        """The DuckDB file."""
        return self.home / "store.duckdb"

    @property
    def feedback(self) -> Path:
        """The answers to partners."""
        return self.home / "feedback"

    @property
    def post(self) -> Path:
        """The messages that wait to be sent."""
        return self.home / "post"

    @property
    def editions(self) -> Path:
        """What was brought out."""
        return self.home / "editions"

    @property
    def progress(self) -> Path:
        """The page for the data team that every round writes anew."""
        return self.home / "hoe-het-gaat.html"

    def open(self) -> "Town":
        """Load the agreement and its contracts, and hold them against each other.

        Raises:
            AgreementError: every fault of every file, one per line.
        """
        from reports.theme import style
        from sources.agreement import load as agreements
        from sources.agreement import sense
        from sources.contracts import load as contracts
        from transforms import conditions

        known, unread = _tried(lambda: contracts.load(self.agreement))
        read, wrong = _tried(lambda: agreements.load_with_lines(self.agreement))
        if known is None or read is None:
            raise AgreementError("\n".join(filter(None, (unread, wrong))))
        agreement, lines = read
        faults = sense.faults(agreement, known, lines=lines)
        faults += conditions.rehearse(agreement, known, lines=lines)
        faults += style.faults(agreement.theme, lines=lines)
        if faults:
            raise AgreementError(agreements.report(faults))
        return Town(settings=self, agreement=agreement, contracts=known, lines=lines)


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality at work: its places, its agreement and the contracts of its deliveries.

    `lines`: where each value of the agreement stands, for whoever has a remark about it.
    """

    settings: Settings
    agreement: "Agreement"
    contracts: "Mapping[str, Contract]"
    lines: Lines = field(default_factory=Lines)


def _folder(named: str | None) -> Path | None:
    return Path(named).expanduser().absolute() if named else None


def _kept(said: str) -> int:
    if not said.isascii() or not said.isdecimal() or int(said) < 1:
        raise UsageError(
            f"PRAATPLAAT_BACKUP_KEEP is `{said}`. Schrijf hoeveel reservekopieën er blijven: "
            "een getal van 1 of meer."
        )
    return int(said)


def _tried(load: Callable[[], T]) -> tuple[T | None, str]:
    """Return what was loaded, or the faults: so that a second fault is told with the first."""
    try:
        return load(), ""
    except AgreementError as error:
        return None, str(error)

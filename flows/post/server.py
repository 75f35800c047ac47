"""The mail server, as the environment names it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sources.errors import UsageError

_PORT = 587  # submission (RFC 6409)
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9.-]+)(:(?P<port>\d{1,5}))?")
_TLS = ("offered", "required")


@dataclass(frozen=True, slots=True)
class Server:
    """Where messages go through, who sends them, and the address of the data team.

    Encryption (STARTTLS) is used where the server offers it; `encrypted`: without it nothing is
    sent. `login` is a file with a name and a password, each on its own line.
    """

    host: str
    port: int
    sender: str
    team: str
    encrypted: bool = False
    login: Path | None = None

    @classmethod
    def chosen(cls, environment: Mapping[str, str]) -> "Server | None":
        """Return the server of `PRAATPLAAT_SMTP`; None where that is not set: no messages then.

        With it go `PRAATPLAAT_SMTP_FROM`, `PRAATPLAAT_TEAM`, and where needed
        `PRAATPLAAT_SMTP_TLS` and `PRAATPLAAT_SMTP_LOGIN`. Who logs in does so encrypted.

        Raises:
            UsageError: one of them is missing or is not what it should be.
        """
        if not environment.get("PRAATPLAAT_SMTP"):
            return None
        place = _matched(environment, "PRAATPLAAT_SMTP", _SERVER, "smtp.gemeente.nl:587")
        sender = _matched(environment, "PRAATPLAAT_SMTP_FROM", _ADDRESS, "praatplaat@gemeente.nl")
        team = _matched(environment, "PRAATPLAAT_TEAM", _ADDRESS, "gegevens@gemeente.nl")
        login = environment.get("PRAATPLAAT_SMTP_LOGIN")
        return cls(
            host=place["host"],
            port=int(place["port"] or _PORT),
            sender=sender[0],
            team=team[0],
            encrypted=_required(environment) or bool(login),
            login=Path(login).expanduser() if login else None,
        )

    @property
    def domain(self) -> str:
        """The sender's domain: what the server and its readers know us by."""
        return self.sender.partition("@")[2]


def _required(environment: Mapping[str, str]) -> bool:
    said = environment.get("PRAATPLAAT_SMTP_TLS") or "offered"
    if said not in _TLS:
        raise UsageError(f"PRAATPLAAT_SMTP_TLS is `{said}`. Kies uit: {', '.join(_TLS)}.")
    return said == "required"


def _matched(
    environment: Mapping[str, str], name: str, pattern: re.Pattern[str], example: str
) -> re.Match[str]:
    """Return what a variable says; UsageError where it is missing or says something else."""
    found = pattern.fullmatch(environment.get(name, ""))
    if found is None:
        what = "klopt niet" if environment.get(name) else "ontbreekt"
        raise UsageError(f"{name} {what}. Schrijf het zoals {example}.")
    return found

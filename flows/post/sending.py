"""Sending what waits in the outbox; the only place besides CBS's data that knows a network."""

import fcntl
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from flows.post import outbox
from flows.post.outbox import REFUSED, SENT, TEAM, WAITING
from flows.post.server import Server
from flows.settings import Settings, Tell, Town
from sources.errors import FactsheetError, SourceUnavailable, UsageError
from sources.store import Action, Deed, Store, StoreInUse

NO_SERVER = "Er is geen mailserver ingesteld (PRAATPLAAT_SMTP): er gaan geen berichten uit."

_PATIENCE = 15.0  # seconds: so long a server that is silent may hold up the next look
_TOO_LARGE = 552
_NOWHERE = 553  # as a server says it of an address that is none
_NEVER = range(500, 600)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLError, "de versleuteling lukt niet; kijk het certificaat na"),
    (smtplib.SMTPNotSupportedError, "hij biedt geen versleuteling (STARTTLS) of aanmelding"),
    (smtplib.SMTPAuthenticationError, "naam of wachtwoord klopt niet"),
    (smtplib.SMTPSenderRefused, "hij weigert de afzender"),
    (OSError, "hij antwoordt niet, of te laat"),
)


Addresses = Callable[[str], str | None]
"""Says where a reader is written to: '' where nowhere, None of whom it does not know."""


def everybody(town: Town) -> Addresses:
    """Say where partners are written to by the agreement, and the data team by the environment."""
    partners = {key: partner.email for key, partner in town.agreement.partners.items()}
    team = town.settings.mail.team if town.settings.mail else ""
    return lambda reader: team if reader == TEAM else partners.get(reader, "")


def anything(post: Path) -> bool:
    """Return whether there is something to send, or to tell in the log."""
    return any(outbox.lying(post, state) for state in (WAITING, SENT))


def send_if_possible(town: Town, *, at: datetime, tell: Tell) -> None:
    """Send what waits; what is in the way is told, and stops nothing else."""
    try:
        send(town.settings, everybody(town), at=at, tell=tell)
    except FactsheetError as error:
        tell(str(error))


def send(
    settings: Settings, addresses: Addresses, *, at: datetime, tell: Tell, again: bool = False
) -> None:
    """Send what waits, one message after the other, and tell of each in the log.

    Killed between sending and marking, a message goes twice, with one Message-ID. What is for a
    reader of whom the addresses do not know waits. `again`: also what was refused before. While
    another process sends, nothing happens.

    Raises:
        SourceUnavailable: the server does not answer, or cannot be spoken with; the rest waits.
        UsageError: there is no good file to log in with.
    """
    if settings.mail is None or not settings.post.is_dir():
        return
    with _alone(settings.post) as alone:
        if not alone:
            return
        for path in outbox.lying(settings.post, REFUSED) if again else ():
            outbox.moved(path, WAITING)
        try:
            _sent(settings.post, settings.mail, addresses, tell=tell)
        finally:
            _logged(settings, at=at)


def _sent(post: Path, server: Server, addresses: Addresses, *, tell: Tell) -> None:
    known = ((path, addresses(path.parent.name)) for path in outbox.lying(post, WAITING))
    waiting = [(path, to) for path, to in known if to is not None]
    if not waiting:
        return
    with _spoken(server):
        smtp = smtplib.SMTP(
            server.host, server.port, local_hostname=server.domain, timeout=_PATIENCE
        )
    with closing(smtp):
        with _spoken(server):
            _introduced(smtp, server)
        later = sum(_handed(smtp, server, to, path, tell=tell) for path, to in waiting)
        with suppress(OSError):
            smtp.quit()
    if later:
        raise _waits(server, f"hij neemt nog niet alles aan ({later})")


def _handed(smtp: smtplib.SMTP, server: Server, to: str, path: Path, *, tell: Tell) -> bool:
    """Hand over one message and mark what became of it; return whether it must come again later."""
    code = _refusal(smtp, server, to, path) if to else _NOWHERE
    if code and code not in _NEVER:
        return True
    outbox.moved(path, REFUSED if code else SENT)
    became = f"geweigerd (code {code}); kijk het adres na" if code else "verstuurd"
    tell(f"Bericht {path.stem}: {became}")
    return False


def _refusal(smtp: smtplib.SMTP, server: Server, to: str, path: Path) -> int:
    """Return the code with which the server refuses one message, 0 where it took it."""
    with _spoken(server):
        try:
            smtp.sendmail(server.sender, [to], f"To: {to}\r\n".encode() + path.read_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            return int(error.recipients[to][0])
        except smtplib.SMTPDataError as error:
            return error.smtp_code
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code == _TOO_LARGE:
                return _TOO_LARGE
            raise
    return 0


def _introduced(smtp: smtplib.SMTP, server: Server) -> None:
    """Begin: encrypted where the server offers it, or must be; and log in where that is asked."""
    smtp.ehlo()
    if server.encrypted or smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
    if server.login:
        smtp.login(*_login(server.login))


def _login(path: Path) -> tuple[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if len(lines) != 2:
        raise UsageError(f"{path}: zet hier een naam in en een wachtwoord, elk op een regel.")
    return lines[0], lines[1]


@contextmanager
def _spoken(server: Server) -> Iterator[None]:
    """Tell what went wrong in speaking with the server, without its words: they name addresses."""
    try:
        yield
    except OSError as error:
        reason = next(why for kind, why in _REASONS if isinstance(error, kind))
        raise _waits(server, reason) from None


def _waits(server: Server, reason: str) -> SourceUnavailable:
    place = f"{server.host}:{server.port}"
    return SourceUnavailable(f"Mailserver {place}: {reason}. De berichten wachten.")


@contextmanager
def _alone(post: Path) -> Iterator[bool]:
    """Yield whether no other process is sending; the lock goes with the process that held it."""
    with (post / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _logged(settings: Settings, *, at: datetime) -> None:
    """Tell in the log what was sent, and let go of it; while the store is in use that waits."""
    sent = outbox.lying(settings.post, SENT)
    if not sent:
        return
    holder, actor = "praatplaat post", settings.actor
    with suppress(StoreInUse):
        with Store.open(settings.store, holder=holder, actor=actor) as store:
            for path in sent:
                deed = Deed(Action.POSTED, outbox.deed_of(path.stem), SENT)
                if not store.log.tells(deed.action, deed.object):
                    store.log.tell(deed, at=at)
        for path in sent:
            path.unlink()

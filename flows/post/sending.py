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

_PATIENCE = 30.0  # seconds
_TOO_LARGE = 552
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
        for path, to in waiting:
            with _spoken(server):
                refusal = _handed(smtp, server, to, path)
            outbox.moved(path, REFUSED if refusal else SENT)
            tell(f"Bericht {path.stem}: {refusal or 'verstuurd'}")
        with suppress(OSError):
            smtp.quit()


def _handed(smtp: smtplib.SMTP, server: Server, to: str, path: Path) -> str:
    """Hand over one message; return why the server will never take it, or ''."""
    if not to:
        return "geweigerd, er is geen adres meer"
    try:
        smtp.sendmail(server.sender, [to], f"To: {to}\r\n".encode("ascii") + path.read_bytes())
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        if code not in _NEVER:
            raise
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        code = error.smtp_code
        of_message = isinstance(error, smtplib.SMTPDataError) or code == _TOO_LARGE
        if not of_message or code not in _NEVER:
            raise
    else:
        return ""
    return f"geweigerd door de mailserver (code {code}); kijk het adres na"


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
        raise SourceUnavailable(
            f"Mailserver {server.host}:{server.port}: {reason}. De berichten wachten."
        ) from None


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

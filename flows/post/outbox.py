"""The outbox: a message is a file under its key, in the folder of who is to read it.

`post/wacht/<reader>/<key>.eml` goes to `verstuurd` when the server took it, until the log tells of
it, or to `geweigerd` when the server will never take it. The key says what a message is about, so
that it is written once, whatever is done again. The address is filled in when it is sent: what
waits follows the agreement, and none is kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from mimetypes import guess_type
from pathlib import Path

from flows.post.server import Server
from flows.settings import Settings
from reports.letters import Letter
from sources.store import Action, Store

TEAM = "data-team"
"""Who reads what is for the data team; no partner can have this name."""

WAITING, SENT, REFUSED = "wacht", "verstuurd", "geweigerd"

_BODY = SMTP.clone(cte_type="7bit")  # so that every server takes it
_HEADERS = _BODY.clone(max_line_length=998)  # RFC 5322; folded, a subject can begin with a space


@dataclass(frozen=True, slots=True)
class Message:
    """A letter to one reader (a partner's id, or `TEAM`), with the files that go along by name."""

    key: str
    reader: str
    letter: Letter
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many messages to a reader the server refused, and when the first was written."""

    reader: str
    messages: int
    since: datetime


def put(settings: Settings, store: Store | None, message: Message, *, at: datetime) -> None:
    """Put a message in the outbox, unless there is no server, or it was put there before.

    Without a store, what was sent and told in the log is not known. Killed on the way there is a
    `.part`, that the next time writes over.
    """
    if settings.mail is None or _known(settings, store, message):
        return
    settings.post.mkdir(mode=0o700, exist_ok=True)
    path = _path(settings, WAITING, message)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(_written(settings.mail, message, at=at))
    part.rename(path)


def lying(post: Path, state: str) -> list[Path]:
    """Return the messages in one state, in a fixed order."""
    return sorted((post / state).glob("*/*.eml"))


def moved(path: Path, state: str) -> None:
    """Bring a message to another state."""
    target = path.parents[2] / state / path.parent.name / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)


def refused(post: Path) -> list[Refusals]:
    """Return of whom messages were refused, by the reader."""
    found: dict[str, list[datetime]] = {}
    for path in lying(post, REFUSED):
        header = BytesHeaderParser(policy=SMTP).parsebytes(path.read_bytes())
        found.setdefault(path.parent.name, []).append(header["Date"].datetime)
    return [Refusals(reader, len(moments), min(moments)) for reader, moments in found.items()]


def deed_of(key: str) -> str:
    """Return what the log calls a message."""
    return f"bericht {key}"


def _known(settings: Settings, store: Store | None, message: Message) -> bool:
    """Return whether a message lies in the outbox, or the log tells that it was sent."""
    if any(_path(settings, state, message).exists() for state in (WAITING, SENT, REFUSED)):
        return True
    return store is not None and store.log.tells(Action.POSTED, deed_of(message.key))


def _path(settings: Settings, state: str, message: Message) -> Path:
    return settings.post / state / message.reader / f"{message.key}.eml"


def _written(server: Server, message: Message, *, at: datetime) -> bytes:
    """Return a message as it is sent, but for its address; the same message is the same bytes."""
    mail = EmailMessage(policy=_BODY)
    mail["From"] = Address(display_name="Praatplaat", addr_spec=server.sender)
    mail["Reply-To"] = server.team
    mail["Subject"] = message.letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.key}@{server.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of a machine comes back
    mail.set_content(message.letter.text, cte="quoted-printable")
    for file, content in message.files.items():
        kind = (guess_type(file)[0] or "application/octet-stream").split("/")
        mail.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=file)
    if message.files:
        # No line of quoted-printable or base64 begins so, and chance has no part in it.
        mail.set_boundary(f"=_{hashlib.sha256(message.key.encode()).hexdigest()[:32]}")
    return mail.as_bytes(policy=_HEADERS)

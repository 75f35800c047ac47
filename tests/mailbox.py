"""A mail server on loopback, as real as the one it stands for, and what it was handed."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from flows.post.server import Server

TEAM = "gegevens@voorbeeldstad.example"
SENDER = "praatplaat@voorbeeldstad.example"
LOGIN = ("praatplaat", "geheim")


@dataclass
class Mailbox:
    """What came, as bytes; `refuse` answers a recipient, `full` a message, with a line of SMTP."""

    port: int
    came: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    full: str = ""

    @property
    def server(self) -> Server:
        """The server as settings name it."""
        return Server("localhost", self.port, SENDER, TEAM)

    @property
    def messages(self) -> list[EmailMessage]:
        """What came, read."""
        read = [message_from_bytes(one, policy=default) for one in self.came]
        return [one for one in read if isinstance(one, EmailMessage)]

    async def handle_RCPT(  # noqa: N802 - the name by which aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.full:
            return self.full
        assert isinstance(envelope.content, bytes)
        self.came.append(envelope.content)
        self.to += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def listening(
    *, port: int = 0, certificate: Path | None = None, login: bool = False
) -> Iterator[Mailbox]:
    """Run the server for as long as the block lasts; with a certificate it offers STARTTLS."""
    box = Mailbox(port or free_port())
    options: dict[str, Any] = {}
    if certificate:
        options["tls_context"] = context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    if login:
        options |= {"auth_required": True, "authenticator": _authenticate}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port of this computer on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def certificate(folder: Path) -> Path:
    """Write a certificate of localhost with its key, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "localhost.pem"
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, form, plain))
    return path


def _authenticate(
    _: SMTP, __: Session, ___: Envelope, ____: str, said: LoginPassword
) -> AuthResult:
    right = (said.login.decode(), said.password.decode()) == LOGIN
    return AuthResult(success=right, handled=False)

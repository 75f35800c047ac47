"""The keys outside the home, and the raw files that they seal.

Raw files are kept encrypted with AES-SIV (RFC 5297): authenticated, and deterministic, so that
the same file is the same bytes and needs no randomness. A key file holds three lines; whoever has
it can read every raw file and can make the pseudonym of every BSN: it belongs outside the home.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from sources.errors import UsageError

RANDOM_BYTES = 96  # what `new_keys` needs: 64 for AES-256-SIV and 32 for HMAC-SHA-256

_MAGIC = b"praatplaat raw 1\n"
_CHUNK = 4 * 1024 * 1024
_TAG = 16
_FILE = re.compile(
    r"key_id: (?P<id>k[0-9a-f]{8})\nraw: (?P<raw>[0-9a-f]{128})\n"
    r"pseudonym: (?P<pseudonym>[0-9a-f]{64})\n"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that seals raw files, the key that makes pseudonyms, and the latter's public name."""

    raw: bytes = field(repr=False)
    pseudonym: bytes = field(repr=False)
    id: str


def new_keys(random_bytes: bytes) -> str:
    """Return the text of a key file made from `RANDOM_BYTES` random bytes."""
    assert len(random_bytes) == RANDOM_BYTES
    raw, pseudonym = random_bytes[:64], random_bytes[64:]
    name = hashlib.sha256(b"praatplaat key id" + pseudonym).hexdigest()[:8]
    return f"key_id: k{name}\nraw: {raw.hex()}\npseudonym: {pseudonym.hex()}\n"


def read_keys(path: Path) -> Keys:
    """Return the keys in a key file. Raises UsageError where it is absent or damaged."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise UsageError(
            f"{path}: hier is geen sleutel. Maak er een met `praatplaat key new`, of wijs hem aan."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: deze sleutel is niet te lezen. Zet hem terug.") from error
    found = _FILE.fullmatch(text)
    if found is None:
        raise UsageError(f"{path}: deze sleutel is beschadigd. Zet hem terug uit uw kluis.")
    return Keys(bytes.fromhex(found["raw"]), bytes.fromhex(found["pseudonym"]), found["id"])


def seal(path: Path, folder: Path, keys: Keys) -> str:
    """Keep a file encrypted as `folder/<sha256>` and return its sha256.

    Write-once: what is there already stays as it is. What is half written has another name.
    """
    plain = path.read_bytes()
    sha256 = hashlib.sha256(plain).hexdigest()
    target = folder / sha256
    if target.exists():
        return sha256
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{sha256}.partial"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        cipher = AESSIV(keys.raw)
        out.write(_MAGIC)
        for start, label in _chunks(len(plain), sha256):
            out.write(cipher.encrypt(plain[start : start + _CHUNK], [label]))
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)
    return sha256


def unseal(sha256: str, folder: Path, keys: Keys) -> bytes:
    """Return a raw file as it was received.

    Raises UsageError where it is gone, where the key is another, or where the file was altered.
    """
    path = folder / sha256
    try:
        sealed = memoryview(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path}: dit ruwe bestand is er niet meer. Zet de kopie terug."
        ) from error
    cipher = AESSIV(keys.raw)
    body = sealed[len(_MAGIC) :]
    try:
        parts = [
            cipher.decrypt(bytes(body[start + number * _TAG :][: _CHUNK + _TAG]), [label])
            for number, (start, label) in enumerate(_chunks(_plain_size(len(body)), sha256))
        ]
    except (InvalidTag, ValueError) as error:
        raise UsageError(
            f"{path}: dit bestand past niet bij de sleutel, of het is veranderd. "
            "Gebruik de sleutel van toen."
        ) from error
    return b"".join(parts)


def _plain_size(sealed: int) -> int:
    whole, rest = divmod(sealed, _CHUNK + _TAG)
    return whole * _CHUNK + max(rest - _TAG, 0)


def _chunks(size: int, sha256: str) -> Iterator[tuple[int, bytes]]:
    """Yield where each chunk starts, and the label that ties it to its file and its place."""
    for start in range(0, size, _CHUNK):
        yield start, f"{sha256} {start} {size}".encode()

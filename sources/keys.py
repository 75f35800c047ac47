"""The keys outside the home, and the raw files that they seal.

Raw files are kept encrypted with AES-SIV (RFC 5297): authenticated, and deterministic, so that
the same file is the same bytes and needs no randomness. Whoever has a key file can read every raw
file and can make the pseudonym of every BSN: it belongs outside the home.

A key file holds the current key, three lines, and below it those of before, newest first, each
behind an empty line. A new delivery is sealed and pseudonymised with the current one only. The
earlier ones open what they sealed, for as long as they are there. A key is destroyed by taking its
three lines out of the file, and out of every copy: then the raw that only it sealed is lost, and
its pseudonyms can be linked to nothing. Pseudonyms of two keys are of two sets of people, so that
a cohort never crosses a destroyed key: only rows of which the raw is still kept can be made again
under the new one.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from sources.errors import UsageError

RANDOM_BYTES = 96  # what `new_keys` needs: 64 for AES-256-SIV and 32 for HMAC-SHA-256

_MAGIC = b"praatplaat raw 1\n"
_CHUNK = 4 * 1024 * 1024
_TAG = 16
_KEY = re.compile(
    r"key_id: (?P<id>k[0-9a-f]{8})\nraw: (?P<raw>[0-9a-f]{128})\n"
    r"pseudonym: (?P<pseudonym>[0-9a-f]{64})\n"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that seals raw files, the key that makes pseudonyms, and the latter's public name.

    `earlier` are the keys of before, newest first: they open raw files, and make nothing new.
    """

    raw: bytes = field(repr=False)
    pseudonym: bytes = field(repr=False)
    id: str
    earlier: tuple["Keys", ...] = field(default=(), repr=False)


def new_keys(random_bytes: bytes) -> str:
    """Return the text of a key file made from `RANDOM_BYTES` random bytes."""
    assert len(random_bytes) == RANDOM_BYTES
    raw, pseudonym = random_bytes[:64], random_bytes[64:]
    name = hashlib.sha256(b"praatplaat key id" + pseudonym).hexdigest()[:8]
    return _text(Keys(raw, pseudonym, f"k{name}"))


def rotate(keys: Keys, random_bytes: bytes) -> str:
    """Return the text of a key file with a new key in front of those that there were."""
    return "\n".join([new_keys(random_bytes), *map(_text, (keys, *keys.earlier))])


def _text(keys: Keys) -> str:
    return f"key_id: {keys.id}\nraw: {keys.raw.hex()}\npseudonym: {keys.pseudonym.hex()}\n"


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
    found = [_KEY.fullmatch(part) for part in re.split(r"(?<=\n)\n", text)]
    if not all(found):
        raise UsageError(f"{path}: deze sleutel is beschadigd. Zet hem terug uit uw kluis.")
    current, *earlier = [_one(each) for each in found if each]
    return replace(current, earlier=tuple(earlier))


def _one(found: re.Match[str]) -> Keys:
    return Keys(bytes.fromhex(found["raw"]), bytes.fromhex(found["pseudonym"]), found["id"])


def seal(path: Path, folder: Path, keys: Keys) -> str:
    """Keep a file encrypted as `folder/<sha256>` and return its sha256.

    Write-once: what is there already stays as it is. What is half written has another name.
    """
    plain = path.read_bytes()
    sha256 = hashlib.sha256(plain).hexdigest()
    if not (folder / sha256).exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(plain, folder / sha256, keys)
    return sha256


def reseal(sha256: str, folder: Path, keys: Keys) -> None:
    """Seal a raw file with the current key, so that the key that it had can be destroyed.

    Raises UsageError where `unseal` does; then the file stays as it was.
    """
    _write(unseal(sha256, folder, keys), folder / sha256, keys)


def _write(plain: bytes, target: Path, keys: Keys) -> None:
    partial = target.with_name(f".{target.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        cipher = AESSIV(keys.raw)
        out.write(_MAGIC)
        for start, label in _chunks(len(plain), target.name):
            out.write(cipher.encrypt(plain[start : start + _CHUNK], [label]))
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)


def unseal(sha256: str, folder: Path, keys: Keys) -> bytes:
    """Return a raw file as it was received, with whichever of the keys opens it.

    Raises UsageError where it is gone, where no key opens it, or where the file was altered.
    """
    path = folder / sha256
    try:
        sealed = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: dit ruwe bestand is er niet meer. Zet de kopie terug."
        ) from error
    for each in (keys, *keys.earlier):
        try:
            return _opened(memoryview(sealed)[len(_MAGIC) :], sha256, each)
        except (InvalidTag, ValueError):
            continue
    raise UsageError(
        f"{path}: dit bestand past niet bij de sleutel, of het is veranderd. "
        "Gebruik de sleutel van toen."
    )


def _opened(body: memoryview, sha256: str, keys: Keys) -> bytes:
    """Return what a key sealed. Raises InvalidTag or ValueError where it did not."""
    cipher = AESSIV(keys.raw)
    parts = [
        cipher.decrypt(bytes(body[start + number * _TAG :][: _CHUNK + _TAG]), [label])
        for number, (start, label) in enumerate(_chunks(_plain_size(len(body)), sha256))
    ]
    return b"".join(parts)


def _plain_size(sealed: int) -> int:
    whole, rest = divmod(sealed, _CHUNK + _TAG)
    return whole * _CHUNK + max(rest - _TAG, 0)


def _chunks(size: int, sha256: str) -> Iterator[tuple[int, bytes]]:
    """Yield where each chunk starts, and the label that ties it to its file and its place."""
    for start in range(0, size, _CHUNK):
        yield start, f"{sha256} {start} {size}".encode()

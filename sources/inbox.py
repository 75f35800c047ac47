"""What waits in the inbox: which file, whose, of which contract and period, and its checksum.

A partner drops files in its own folder, named `<gm>_<partner>_<code>_<period>_v<nr>.<ext>`, such
as `GM9901_welzijn_L06_2026K3_v1.csv`. A name is what its sender says of a file, never a path. A
file with another name is known by the `datapackage.json` beside it, which travels with its file.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sources import label
from sources.agreement.model import Agreement
from sources.contracts.model import Contract
from sources.errors import UsageError
from sources.label import Label
from sources.manifest import package
from sources.manifest.said import NOTHING_SAID, Manifest, shown
from sources.verdict import Finding, Level

_PERIOD = re.compile(r"\d{4}(K[1-4])?")
_RENAME = "Noem het bestand zoals GM9901_welzijn_L06_2026K3_v1.csv en zet het in uw eigen map."
_MEND = {
    "B124": "Haal het bestand weg, of vraag de gemeente om deze levering af te spreken.",
    "B125": "Geef wie het ontvangt het recht om het te lezen. Dan gaat het vanzelf verder.",
    "B172": "Zet het bestand erbij, met dezelfde naam. Of haal het manifest weg.",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file with what its sender says of it: `number` counts the deliveries of one period.

    `package` is the manifest that stands beside it, `said` what that says. In a self-check partner
    and period may be empty and the number 0: not said.
    """

    path: Path
    partner: str
    contract: str
    period: str
    number: int
    sha256: str
    package: Path | None = None
    said: Manifest = NOTHING_SAID

    @property
    def correction(self) -> bool:
        """Whether the sender announces that this replaces an earlier delivery of the period."""
        return self.number > 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands in the inbox: parcels in the order to receive them, and files of nobody.

    A parcel comes after the parcels of the contracts that its own refers to. `strange` pairs the
    path of a file that is not a delivery with a finding that says why and what to do.
    """

    parcels: tuple[Parcel, ...]
    strange: tuple[tuple[Path, Finding], ...]


def waiting(
    inbox: Path,
    agreement: Agreement,
    contracts: Mapping[str, Contract],
    *,
    settled_before: float,
) -> Waiting:
    """Return every file in the inbox that was last written before `settled_before` (seconds).

    A file that changed since may still be on its way: it waits for the next round.
    """
    parcels: list[Parcel] = []
    strange: list[tuple[Path, Finding]] = []
    files = list(_files(inbox))
    accompanied = {package.beside(path) for path in files}
    for path in files:
        if path in accompanied or not _settled(path, settled_before):
            continue
        found = _parcel(path, path.relative_to(inbox), agreement, contracts)
        if isinstance(found, Parcel):
            parcels.append(found)
        else:
            strange.append((path, found))
    depth = {name: _depth(name, contracts) for name in contracts}
    parcels.sort(key=lambda p: (depth[p.contract], p.period, p.contract, p.partner, p.number))
    return Waiting(tuple(parcels), tuple(strange))


def parcel(
    path: Path, *, partner: str = "", contract: str, period: str = "", number: int = 1
) -> Parcel:
    """Return the parcel of a file; what the caller does not say, its name or its manifest says.

    Raises UsageError where the file cannot be read or the period is none.
    """
    if period and not _PERIOD.fullmatch(period):
        raise UsageError(f"`{period}` is geen periode. Schrijf een kwartaal (2026K3) of een jaar.")
    told = label.read(path) or Label()
    beside = package.beside(path)
    return Parcel(
        path,
        partner=partner or told.partner,
        contract=contract,
        period=period or told.period,
        number=number or told.number,
        sha256=checksum(path),
        package=beside,
        said=package.read(beside, path) if beside else NOTHING_SAID,
    )


def private_copy(parcel: Parcel, place: Path) -> Parcel | None:
    """Copy a parcel's file to a folder; None where it is gone or is another file by now."""
    copy = place / parcel.path.name
    try:
        shutil.copyfile(parcel.path, copy)
    except FileNotFoundError:
        return None
    return replace(parcel, path=copy) if checksum(copy) == parcel.sha256 else None


def cleared(parcel: Parcel) -> None:
    """Take a parcel out of the inbox, its manifest with its last file.

    A file that was put in its place meanwhile stays: it is another delivery.
    """
    if parcel.path.exists() and checksum(parcel.path) != parcel.sha256:
        return
    parcel.path.unlink(missing_ok=True)
    beside = parcel.package
    if beside is None:
        return
    others = (beside.with_name(name) for name in package.named(beside))
    if beside.name != package.NAME or not any(each.exists() for each in others):
        beside.unlink(missing_ok=True)


def checksum(path: Path) -> str:
    """Return the sha256 of a file, as 64 hexadecimal digits. Raises UsageError if unreadable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"{path}: dit bestand is niet te lezen ({error.strerror}). Kijk of het bestaat."
        ) from error


def _files(inbox: Path) -> Iterator[Path]:
    """Yield the files, without what a file system or Excel leaves beside them."""
    for path in sorted(inbox.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(inbox).parts)
        if not hidden and (path.is_symlink() or path.is_file()):
            yield path


def _settled(path: Path, before: float) -> bool:
    """Return whether a file was last written before a moment, and so was its manifest."""
    return all(each.lstat().st_mtime < before for each in _with_manifest(path))


def _with_manifest(path: Path) -> tuple[Path, ...]:
    beside = package.beside(path)
    return (path, beside) if beside else (path,)


def _depth(name: str, contracts: Mapping[str, Contract]) -> int:
    """Return how long the chain of what a contract looks into is, and what that looks into."""
    below = [r for r in contracts[name].looks_into if r in contracts and r != name]
    return 1 + max((_depth(reference, contracts) for reference in below), default=0)


def _parcel(
    path: Path, place: Path, agreement: Agreement, contracts: Mapping[str, Contract]
) -> Parcel | Finding:
    if strange := _no_delivery(path, place):
        return strange
    folder, told = place.parts[0], label.read(path)
    if told is None:
        return _strange(
            "B120", "Aan deze naam zien wij niet van wie het bestand is en welke periode het is."
        )
    if folder not in agreement.partners or told.partner != folder:
        return _strange("B121", "De partner in de naam is niet de partner van deze map.")
    if told.municipality not in ("", agreement.general.municipality.code):
        return _strange("B122", "De code van de gemeente in de naam is niet die van ons.")
    by_code = {name.casefold(): each.id for each in contracts.values() for name in _names(each)}
    contract = by_code.get(told.contract.casefold())
    if contract is None:
        return _strange("B123", f"Een levering {shown(told.contract.upper())} kennen wij niet.")
    if contract not in {owed.contract for owed in agreement.partners[folder].deliveries}:
        return _strange("B124", "Deze levering is niet met deze partner afgesproken.")
    return parcel(
        path,
        partner=folder,
        contract=contract,
        period=told.period,
        number=told.number,
    )


def _names(contract: Contract) -> tuple[str, str]:
    return contract.id, contract.code


def _no_delivery(path: Path, place: Path) -> Finding | None:
    """Return why a file cannot be looked into at all; its place is seen from the inbox."""
    if path.is_symlink() or len(place.parts) != 2:
        return _strange("B120", "Dit bestand staat niet in de map van een partner.")
    if not all(os.access(each, os.R_OK) for each in _with_manifest(path)):
        return _strange("B125", "Dit bestand mogen wij niet lezen.")
    if package.is_package(path):
        return _strange("B172", "Bij dit manifest staat het bestand niet waar het over gaat.")
    return None


def _strange(code: str, message: str) -> Finding:
    return Finding(code, Level.REFUSE_FILE, message, _MEND.get(code, _RENAME))

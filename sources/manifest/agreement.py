"""What a sender says of a file in several places must be the same, and be what the file holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sources.contracts import cover
from sources.contracts.model import Contract
from sources.manifest.said import COVER, Manifest, shown
from sources.readers.reading import Reading, note
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from sources.inbox import Parcel

_EMPTY = {"B108"}
"""What a reader says of a table without rows: a fault, unless its sender had nothing to tell."""


def completed(parcel: "Parcel", said: Iterable[Manifest]) -> "Parcel":
    """Return a parcel with what only its manifests say of it, as a self-check may need.

    A number that nobody says is 1.
    """
    for one in said:
        parcel = replace(
            parcel,
            partner=parcel.partner or one.partner,
            period=parcel.period or one.period,
            number=parcel.number or one.number or 0,
        )
    return replace(parcel, number=parcel.number or 1)


def announced(
    contract: Contract,
    reading: Reading,
    parcel: "Parcel",
    said: Iterable[Manifest],
    *,
    partners: Mapping[str, str],
) -> Reading:
    """Refuse a file that its manifests do not agree on (B133 to B135, B137 to B139).

    `partners` maps the id of a partner to its name: a manifest may say either. A table without
    rows is no fault (B108) where a manifest says that there was nothing to tell: then the reading
    is not refused, and holds no rows.
    """
    nil = False
    for one in said:
        nil = nil or one.nil
        found = [*one.findings, *_other(contract, parcel, one, partners), *_whole(parcel, one)]
        if not reading.refused:
            found.extend(_counted(reading, one))
        reading = _with(reading, found)
    return _nothing_to_tell(reading, parcel) if nil else reading


def begun(reading: Reading, parcel: "Parcel", *, received_on: date) -> Reading:
    """Refuse a file over a quarter that has not begun on the day on which it came (B143).

    What is told of a year, such as the areas in it, is known before it begins.
    """
    now = f"{received_on.year}K{(received_on.month + 2) // 3}"
    if "K" not in parcel.period or parcel.period <= now:
        return reading
    message = f"Dit bestand gaat over {parcel.period}. Dat kwartaal moet nog beginnen."
    mend = "Kijk welk kwartaal klopt. Verbeter de naam van het bestand en de periode erin."
    return _with(reading, [Finding("B143", Level.REFUSE_FILE, message, mend)])


def _with(reading: Reading, found: list[Finding]) -> Reading:
    refused = reading.refused or any(f.level is Level.REFUSE_FILE for f in found)
    return replace(reading, findings=(*reading.findings, *found), refused=refused)


def _other(
    contract: Contract, parcel: "Parcel", one: Manifest, partners: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield what the manifest says otherwise than the name of the file, or the other manifest."""
    who = {parcel.partner, partners.get(parcel.partner, parcel.partner)}
    what = {contract.id, contract.code, contract.title}
    facts: tuple[tuple[str, object, object, set[str]], ...] = (
        ("partner", one.partner, parcel.partner, who),
        ("contract", one.contract, contract.code, what),
        ("period", one.period, parcel.period, {parcel.period}),
        ("number", one.number, parcel.number, {str(parcel.number)}),
    )
    for key, told, known, allowed in facts:
        if told and known and str(told).casefold() not in {each.casefold() for each in allowed}:
            yield Finding(
                "B134",
                Level.REFUSE_FILE,
                f"{one.where} zegt bij {cover.LABELS[key].casefold()} `{shown(told)}`. "
                f"Bij dit bestand hoort `{shown(known)}`.",
                f"Kijk welke van de twee klopt. Verbeter {_lower(one.where)} of de naam.",
                sheet=_sheet(one),
            )


def _whole(parcel: "Parcel", one: Manifest) -> Iterator[Finding]:
    """Yield what makes the file another than the manifest is about, or only a part of one."""
    if one.sha256 and one.sha256 != parcel.sha256:
        yield Finding(
            "B137",
            Level.REFUSE_FILE,
            f"{one.where} gaat over een andere inhoud: de controlecode van het bestand is anders.",
            f"Maak {_lower(one.where)} opnieuw als het bestand klaar is, en stuur ze samen.",
        )
    if one.delta:
        yield Finding(
            "B138",
            Level.REFUSE_FILE,
            f"{one.where} zegt dat dit alleen wijzigingen zijn. Wij lezen alleen hele leveringen.",
            "Stuur een bestand met alle rijen van de periode.",
        )


def _counted(reading: Reading, one: Manifest) -> Iterator[Finding]:
    found = reading.records.accepted + reading.records.quarantined
    if one.nil and found:
        yield Finding(
            "B139",
            Level.REFUSE_FILE,
            f"{one.where} zegt dat er niets te melden is. Toch staan er {found} rijen.",
            "Haal de nulopgave weg, of haal de rijen weg.",
            sheet=_sheet(one),
        )
    elif one.rows is not None and one.rows != found:
        yield Finding(
            "B135",
            Level.REFUSE_FILE,
            f"{one.where} zegt dat er {one.rows} rijen zijn. Wij tellen er {found}.",
            "Kijk of er rijen ontbreken of te veel zijn. Klopt het bestand? Verbeter dan het "
            "aantal.",
            sheet=_sheet(one),
        )


def _nothing_to_tell(reading: Reading, parcel: "Parcel") -> Reading:
    """Return the reading of a table without rows as accepted, where that was its only fault."""
    stops = {f.code for f in reading.findings if f.level is Level.REFUSE_FILE}
    if not stops or not stops <= _EMPTY:
        return reading
    message = f"U meldt dat er over {parcel.period} niets te melden is. Wij tellen dat als 0."
    kept = [found for found in reading.findings if found.code not in _EMPTY]
    told = note("B170", message, "U hoeft niets te doen.")
    return replace(reading, findings=(*kept, told), refused=False)


def _sheet(one: Manifest) -> str | None:
    return cover.SHEET if one.where == COVER else None


def _lower(where: str) -> str:
    return where[0].lower() + where[1:]

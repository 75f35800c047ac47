"""Whether the log for the auditor is whole, and is of the store that it lies in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.settings import Town
from sources.errors import NotIntact
from sources.store import AT_ONCE, Action, Line, Store, broken, copied


def verify(town: Town, *, noted: Iterable[str] = ()) -> Line | None:
    """Hold the log against itself, its copy, the store and checksums noted before; return its end.

    `noted`: digests that the log must hold, from a back-up or written down elsewhere. The store
    itself is read through too.

    Raises:
        NotIntact: a line was changed, deleted, moved or cut off, or the store does not agree.
    """
    with Store.open(town.settings.store, holder="praatplaat verify-log", read_only=True) as store:
        store.read_through()
        lines = store.log.lines()
        if wrong := broken(lines):
            raise NotIntact(f"{town.settings.store}: {wrong}")
        _same(lines, copied(town.settings.store), town.settings.store)
        _hold(lines, noted)
        _told(lines, store)
    return lines[-1] if lines else None


def _same(lines: Sequence[Line], copy: Sequence[Line], store: Path) -> None:
    """Hold the log against its copy, that may lack the last lines but has none of its own."""
    if len(copy) > len(lines):
        lost = f"regels {len(lines) + 1} tot en met {len(copy)} zijn er niet meer"
        raise NotIntact(f"{store}: het logboek is korter dan zijn kopie: {lost}.")
    if [one.digest for one in copy] != [one.digest for one in lines[: len(copy)]]:
        raise NotIntact(f"{store}: het logboek en zijn kopie zeggen iets anders.")


def _hold(lines: Iterable[Line], noted: Iterable[str]) -> None:
    known = {line.digest for line in lines}
    for digest in noted:
        if digest not in known:
            raise NotIntact(f"De controlecode {digest} staat niet in het logboek.")


def _told(lines: Iterable[Line], store: Store) -> None:
    """Hold what was received and made against what the log tells of it."""
    lines = list(lines)
    logged = {(one.facts["delivery"], one.facts["sha256"]) for one in _of(lines, Action.RECEIVED)}
    kept = {(one.id, one.sha256) for one in store.all_deliveries()}
    said = {(_where(one.facts), one.facts["sha256"]) for one in _of(lines, Action.RESPONDED)}
    responses = {(_where(asdict(one)), one.sha256) for one in store.responses.every()}
    made = {(one.facts["edition"], one.facts["sha256"]) for one in _of(lines, Action.PUBLISHED)}
    editions = {(one.id, one.digest) for one in store.editions()}
    released = {(e.id, e.established.by) for e in store.editions() if e.established}
    for what, wrong in (
        ("levering", logged ^ kept),
        ("reactie", said ^ responses),
        ("editie", made ^ editions),
        ("de vaststelling van editie", _released(lines) ^ released),
    ):
        for name, _ in sorted(wrong, key=str)[:1]:
            raise NotIntact(f"Het logboek en de opslag zeggen iets anders over {what} {name}.")


def _where(told: Mapping[str, Any]) -> str:
    """Return beside which figure something was said."""
    return ", ".join(told[name] for name in ("edition", "partner", "indicator"))


def _released(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """Return by whom editions were established; before that was asked, each was public at once."""
    told = {(one.facts["edition"], one.actor) for one in _of(lines, Action.RELEASED)}
    made = [one.facts for one in _of(lines, Action.PUBLISHED)]
    return told | {(one["edition"], AT_ONCE) for one in made if not one.get("concept")}


def _of(lines: Iterable[Line], action: Action) -> list[Line]:
    return [line for line in lines if line.action == action.value]

"""A concept that a named person establishes: attacked again with what partners said, and public."""

import re
from dataclasses import replace
from datetime import datetime

from flows.settings import Tell, Town
from flows.steps import stories
from flows.steps.edition import agreed, concept, find
from flows.steps.files import switch
from flows.steps.publish import Content, Published, content, draw, stands
from sources.errors import UsageError
from sources.store import EditionRecord, Established, Store

LONGEST = 80
"""Characters of a name."""

_NAME = re.compile(r"[^\W\d_][^\d\n<>]*")


def release(
    town: Town, store: Store, edition: str, *, by: str, at: datetime, tell: Tell
) -> Published:
    """Make a concept public, as established by a person at a moment; from then on it stays so.

    The store says so first, and then the folder is switched: killed in between, the same again
    finishes it with the moment of the first time. Said twice it is done once.

    Raises:
        UsageError: nobody is named, there is no such edition, another person established it, a
            newer one was made, or the agreement or its figures are not those of the concept.
        DisclosureRisk: with what partners said, somebody could be found in it.
    """
    record, folder, name = find(store, edition), town.settings.editions / edition, _name(by)
    stories.forget(town, store, at=at)
    if record.established is None or record.established.by != name:
        established = Established(name, at)
        return _established(town, store, concept(store, edition), established, tell=tell)
    if not stands(folder, record):
        draw(town, store, record, _content(town, store, record), tell=tell)
        switch(folder)
        return Published(edition, folder, new=True)
    tell(f"Editie {edition} was al vastgesteld")
    return Published(edition, folder, new=False)


def _established(
    town: Town, store: Store, waits: EditionRecord, established: Established, *, tell: Tell
) -> Published:
    """Attack a concept with what partners said, record that it was established, and switch."""
    folder = town.settings.editions / waits.id
    made, record = _content(town, store, waits), replace(waits, established=established)
    checksums = draw(town, store, record, made, tell=tell)
    store.release(replace(record, account={**record.account, "files": checksums}), established)
    switch(folder)
    tell(f"Editie {record.id} is vastgesteld door {established.by}")
    return Published(record.id, folder, new=True)


def _content(town: Town, store: Store, record: EditionRecord) -> Content:
    """Return what a concept was made of. Raises UsageError where that is another thing by now."""
    made = content(town, store, record.quarter, known_at=record.known_at)
    figures = store.figures(record.id)
    same = figures.equals(made.edition.figures.with_columns(edition=figures["edition"]))
    if record.account["agreement"] != agreed(town.agreement) or not same:
        raise UsageError(
            f"Sinds editie {record.id} is de overeenkomst of het programma veranderd. Wijs met "
            "--agreement de overeenkomst van toen aan, of maak een nieuw concept: "
            f"praatplaat publish --quarter {record.quarter}."
        )
    return made


def _name(by: str) -> str:
    """Return a name as it will stand on every page. Raises UsageError where it is none."""
    name = " ".join(by.split())
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        raise UsageError(
            f"Zeg met --by wie de editie vaststelt: een naam zonder cijfers, tot {LONGEST} tekens."
        )
    return name

"""Gesprekken and afspraken: heard by a known instrument, of known goals, and never lost.

Source: actions after a conversation carry a steering instrument, and the next quarter shows what
happened. An afspraak that nobody closes comes back here until somebody does.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Conversation
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield names that do not exist, and what was done without a word of what came of it."""
    for key, talk in known.agreement.conversations.items():
        yield from _names(known, key, talk)
        yield from _appointments(known, key, talk)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the afspraken whose day has passed, and those that say nothing of how they steer."""
    registered = known.agreement.instruments.steering
    for key, talk in known.agreement.conversations.items():
        for number, one in enumerate(talk.appointments):
            place = (_file(key), "appointments", number)
            if one.by and one.by < today and one.status in ("nog niet", "loopt"):
                what = f"Deze afspraak zou op {one.by} klaar zijn en staat op `{one.status}`"
                to_do = "Vraag wat ervan kwam, of spreek iets anders af."
                yield known.fault(*place, "by", what=what, to_do=to_do)
            if registered and not (one.instrument and one.working_way):
                what = "Bij deze afspraak staat niet hoe zij stuurt"
                to_do = "Vul `instrument` en `working_way` in."
                yield known.fault(*place, what=what, to_do=to_do)


def _names(known: Known, key: str, talk: Conversation) -> Iterator[Fault]:
    whole = known.agreement
    for place, name, among, kind in (
        ("partner", talk.partner, whole.partners, "Partner"),
        ("input", talk.input, whole.instruments.input, "Inputinstrument"),
    ):
        if name and name not in among:
            yield known.unknown(_file(key), place, name=name, among=among, kind=kind)
    yield from known.strangers(
        _file(key), "goals", names=talk.goals, among=whole.goals, kind="Doel"
    )


def _appointments(known: Known, key: str, talk: Conversation) -> Iterator[Fault]:
    steering = known.agreement.instruments.steering
    for number, one in enumerate(talk.appointments):
        place = ("appointments", number)
        if one.status == "gedaan" and not one.done:
            what = "Deze afspraak is gedaan, maar er staat niet wat ervan kwam"
            yield known.fault(_file(key), *place, "status", what=what, to_do="Vul `done` in.")
        if one.instrument and one.instrument not in steering:
            name, where = one.instrument, (*place, "instrument")
            kind = "Sturingsinstrument"
            yield known.unknown(_file(key), *where, name=name, among=steering, kind=kind)


def _file(key: str) -> str:
    return f"conversations/{key}.yaml"

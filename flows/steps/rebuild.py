"""Everything made again from the sealed files, by the log: in another folder, to the same bytes.

What is needed: the sealed files, the copy of the log, the key and the agreement. The store and the
editions are not read, so that they may be damaged; what is made is only held against them.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.settings import Tell, Town
from flows.steps import responses, stories
from flows.steps.answer import answer
from flows.steps.bench import workbench
from flows.steps.observe import observe
from flows.steps.publish import publish
from flows.steps.receive import receive
from flows.steps.release import release
from sources.errors import UsageError
from sources.inbox import Parcel
from sources.keys import Keys, read_keys, unseal
from sources.manifest.said import NOTHING_SAID, from_json
from sources.store import (
    AT_ONCE,
    Action,
    Alias,
    Line,
    Said,
    State,
    Store,
    StoryEvent,
    copied,
    staging,
)
from sources.verdict import Finding, Level, Outcome, Records, Verdict

_PDF = ".pdf"
_MAKES = (Action.OBSERVED, Action.PUBLISHED, Action.RESPONDED, Action.RELEASED)
_OWN = ("audit.json",)
"""What an audit rewrites in an edition: not a part of what came out."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made again, and where it is not what it was.

    `different`: files of the edition (`<edition>/<path>`) that are missing, other, or too many.
    `line`: the first thing that was done that came out otherwise; '' where all did as before.
    """

    home: Path
    files: int
    different: tuple[str, ...]
    line: str


def rebuild(town: Town, home: Path, *, edition: str = "", tell: Tell) -> Rebuilt:
    """Make an edition again in a new home, with all that came before it; without one, all of them.

    Raises:
        UsageError: the edition is not in the log, the home is not empty, or a sealed file is gone.
        NotIntact: the copy of the log is damaged.
        DisclosureRisk: in an edition somebody can be found, by what the program knows now.
    """
    lines = copied(town.settings.store)
    names = [one.facts["edition"] for one in lines if one.action == Action.PUBLISHED.value]
    if edition and edition not in names:
        raise UsageError(f"Een editie `{edition}` is er niet. Er zijn: {', '.join(names)}.")
    if home.exists() and any(home.iterdir()):
        raise UsageError(f"De map {home} is niet leeg. Kies een andere.")
    home.mkdir(parents=True, exist_ok=True)
    places = replace(town.settings, home=home, mail=None)  # who got a message got it already
    there = replace(town, settings=places)
    keys = read_keys(town.settings.key)
    with Store.open(there.settings.store, holder="praatplaat rebuild") as store:
        again = _Again(town, there, store, keys, tell)
        for line in _until(lines, edition):
            again.do(line)
        made = store.log.lines()
    chosen = [edition] if edition else names
    different = [name for one in chosen for name in _different(town, there, one)]
    files = sum(1 for one in chosen for _ in _files(there.settings.editions / one))
    return Rebuilt(home, files, tuple(different), otherwise(lines, made))


def _until(lines: Sequence[Line], edition: str) -> Iterator[Line]:
    """Yield what was done until an edition was made, and what was done with it since."""
    made = False
    for line in lines:
        own = line.facts.get("edition") == edition
        if not made or own or line.action not in _MAKES:
            yield line
        made = made or (own and line.action == Action.PUBLISHED)


class _Again:
    """Does what the log tells once more, in the home `there`, at the moments of then."""

    def __init__(self, town: Town, there: Town, store: Store, keys: Keys, tell: Tell) -> None:
        self._raw = town.settings.raw
        self._there, self._store, self._keys, self._tell = there, store, keys, tell
        self._do = {
            Action.RECEIVED: self._receive,
            Action.ANSWERED: self._answer,
            Action.WITHDRAWN: self._answer,
            Action.ALIAS: self._alias,
            Action.STORY: self._story,
            Action.FORGOTTEN: self._forget,
            Action.REWRITTEN: self._forget,
            Action.RETAINED: self._retain,
            Action.OBSERVED: self._observe,
            Action.PUBLISHED: self._publish,
            Action.RESPONDED: self._respond,
            Action.RELEASED: self._release,
        }

    def do(self, line: Line) -> None:
        """Do what one line tells; a back-up changes nothing and is passed over."""
        if act := self._do.get(Action(line.action)):
            self._store.log.acting(origin=line.origin, actor=line.actor)
            act(line)

    def _receive(self, line: Line) -> None:
        told = line.facts
        if not (self._raw / told["sha256"]).exists() and not told["codes"]:
            raise UsageError(
                f"Van {line.object} is het ruwe bestand er niet meer. "
                "Zet een reservekopie terug waar het nog in staat."
            )
        with workbench() as place:
            parcel = _parcel(line, place)
            if told["codes"]:
                self._refuse(parcel, line)
                return
            parcel.path.write_bytes(unseal(parcel.sha256, self._raw, self._keys))
            receive(self._there, self._store, parcel, keys=self._keys, at=line.moment)

    def _refuse(self, parcel: Parcel, line: Line) -> None:
        """Refuse a file for what it was refused for: what its sender said of it is not kept."""
        found = (Finding(code, Level.REFUSE_FILE, "", "") for code in line.facts["codes"])
        records = Records(**line.facts["records"])
        verdict = Verdict(Outcome.REFUSED, records, tuple(found))
        contract = self._there.contracts[parcel.contract]
        with staging() as place:
            place.execute("CREATE TABLE quarantine (_row BIGINT, codes VARCHAR[])")
            self._store.keep(parcel, verdict, contract=contract, staged=place, at=line.moment)
        if (self._raw / parcel.sha256).exists():
            self._there.settings.raw.mkdir(exist_ok=True)
            shutil.copy2(self._raw / parcel.sha256, self._there.settings.raw)

    def _answer(self, line: Line) -> None:
        number, to = line.facts["delivery"], State(line.facts["to"])
        if to is State.WITHDRAWN:
            found = self._store.withdraw(number, at=line.moment, reason="")
        else:
            correct = to is State.ESTABLISHED
            found = self._store.answer(number, correct=correct, at=line.moment)
        answer(self._there, self._store, found, again=True)

    def _alias(self, line: Line) -> None:
        self._store.add_alias(Alias(**line.facts, moment=line.moment, by=line.actor))

    def _story(self, line: Line) -> None:
        told = {**line.facts, "said": Said(line.facts["said"])}
        self._store.stories.say([StoryEvent(**told, moment=line.moment, by=line.actor)])

    def _forget(self, line: Line) -> None:
        stories.forget(self._there, self._store, at=line.moment)

    def _retain(self, line: Line) -> None:
        told, at = line.facts, line.moment
        if "responses" in told:
            self._store.responses.forget(told["responses"], shown=told["shown"], at=at)
        else:
            self._store.forget([self._store.delivery(one) for one in told["deliveries"]], at=at)

    def _observe(self, line: Line) -> None:
        known_at = datetime.fromisoformat(line.facts["known_at"])
        observe(
            self._there,
            self._store,
            line.facts["quarter"],
            known_at=known_at,
            tell=self._tell,
            at=line.moment,
        )

    def _publish(self, line: Line) -> None:
        quarter = line.facts["quarter"]
        made = publish(self._there, self._store, quarter, known_at=line.moment, tell=self._tell)
        if not line.facts.get("concept"):
            self._establish(made.id, by=AT_ONCE, at=line.moment)

    def _respond(self, line: Line) -> None:
        there, told, at = (self._there, self._store), dict(line.facts), line.moment
        if sha256 := told.pop("sha256"):
            words = responses.kept(self._raw, sha256, keys=self._keys)
            responses.keep(*there, words, keys=self._keys, by=line.actor, at=at)
        else:
            responses.take_back(*there, **told, by=line.actor, at=at)

    def _release(self, line: Line) -> None:
        self._establish(line.facts["edition"], by=line.actor, at=line.moment)

    def _establish(self, edition: str, *, by: str, at: datetime) -> None:
        release(self._there, self._store, edition, by=by, at=at, tell=self._tell)


def _parcel(line: Line, place: Path) -> Parcel:
    told = line.facts
    said = from_json(json.dumps(told["said"]))
    return Parcel(
        place / told["file"],
        partner=told["partner"],
        contract=told["contract"],
        period=told["period"],
        number=told["number"],
        sha256=told["sha256"],
        said=said[0] if said else NOTHING_SAID,
    )


def _different(town: Town, there: Town, edition: str) -> list[str]:
    """Return the files of an edition that are not the same in both homes."""
    then, now = (dict(_files(one.settings.editions / edition)) for one in (town, there))
    return sorted(f"{edition}/{n}" for n in {*then, *now} if then.get(n) != now.get(n))


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and checksum of what came out: a print is made of it, an audit is about it."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix != _PDF and name not in _OWN:
            yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def otherwise(then: Sequence[Line], now: Sequence[Line]) -> str:
    """Say of the first thing that was done which came out otherwise; '' where none did.

    What was passed over is in neither: back-ups, and the editions after the one that was asked for.
    """
    done = {_deed(one): one for one in now}
    for line in then:
        again = done.get(_deed(line))
        if again and _outcome(again) != _outcome(line):
            return f"{line.object}: toen {line.result}, nu {again.result}."
    return ""


def _deed(line: Line) -> tuple[str, str, datetime]:
    return line.action, line.object, line.moment


def _outcome(line: Line) -> tuple[str, object]:
    return line.result, line.facts.get("sha256")

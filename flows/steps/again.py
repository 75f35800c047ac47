"""What the log tells, done once more in another home, from the sealed files."""

import json
import shutil
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
from sources.keys import Keys, unseal
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
    staging,
)
from sources.verdict import Finding, Level, Outcome, Records, Verdict


class Again:
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

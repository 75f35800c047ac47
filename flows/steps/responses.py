"""What a partner says beside a figure in a concept, and taking that back."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import polars as pl

from flows.settings import Town
from flows.steps.bench import workbench
from flows.steps.edition import concept, find
from flows.steps.erase import out_of_all
from flows.steps.observe import areas
from flows.steps.public import PUBLIC
from reports.edition import RESPONSES
from sources.errors import UsageError
from sources.keys import Keys, read_keys, seal, unseal
from sources.privacy.stories import without_people
from sources.store import EditionRecord, Response, Store

LONGEST = 400
"""Characters of a response: what fits beside a figure on paper."""

INSTEAD = "Deze reactie is weggehaald."

_NUMBER = re.compile(r"[0-9%]")
_ON_SHEET = re.compile(r'data-figure="([^"|]+)\|[^"]*\|"')

Place = tuple[str, str]
"""A partner, and the indicator of the figure beside which it says something."""


def respond(
    town: Town,
    store: Store,
    edition: str,
    *,
    partner: str,
    indicator: str,
    words: str,
    at: datetime,
) -> str:
    """Keep what a partner says beside a figure on its sheet; return it as it will be shown.

    What gives a person away is taken out, as of a story. Said again, the last words hold.

    Raises:
        UsageError: the edition is no concept (any more), the figure is not on the partner's sheet,
            or the words are none, too many, or hold a number: that could tell what is protected.
    """
    record = concept(store, edition)
    _must_be_on_sheet(town, edition, partner, indicator)
    text = without_people(_fit(words), known=_names(town, store, known_at=record.known_at))
    said = _last(store, record.quarter).get((partner, indicator))
    if said is None or (said.edition, said.text) != (edition, text):
        told = {"edition": edition, "partner": partner, "indicator": indicator, "text": text}
        keep(town, store, told, keys=read_keys(town.settings.key), by=town.settings.actor, at=at)
    return text


def keep(
    town: Town, store: Store, told: Mapping[str, str], *, keys: Keys, by: str, at: datetime
) -> None:
    """Seal a response (edition, partner, indicator, text) like a delivery, and record it.

    So it can be made again with everything else: the log holds no word of it.
    """
    with workbench() as place:
        written = place / "reactie.json"
        written.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        sha256 = seal(written, town.settings.raw, keys)
    store.responses.say(Response(**told, sha256=sha256, moment=at, by=by))


def kept(raw: Path, sha256: str, *, keys: Keys) -> dict[str, str]:
    """Return a response as it was sealed. Raises UsageError where the sealed file is gone."""
    told: dict[str, str] = json.loads(unseal(sha256, raw, keys))
    return told


def take_back(
    town: Town, store: Store, edition: str, *, partner: str, indicator: str, by: str, at: datetime
) -> list[str]:
    """Take back what a partner said, out of every edition too; return the files that changed.

    Killed in between, the same again does the rest.

    Raises:
        UsageError: there is no such edition, or the partner said nothing beside that figure.
    """
    place, quarter = (partner, indicator), find(store, edition).quarter
    said = _last(store, quarter).get(place)
    if said is None:
        raise UsageError(f"{partner} heeft in {quarter} bij {indicator} niets gezegd.")
    if said.sha256:
        store.responses.say(Response(said.edition, partner, indicator, "", "", at, by))
    every = store.responses.every()
    elsewhere = {one.text for one in every if (one.partner, one.indicator) != place}
    gone = {one.text for one in _of(store, quarter) if (one.partner, one.indicator) == place}
    return out_of_all(town, store, gone - elsewhere, instead=INSTEAD, at=at)


def shown(store: Store, record: EditionRecord, figures: pl.DataFrame) -> pl.DataFrame:
    """Return what partners say beside the figures of an edition; columns `RESPONSES`.

    Said of this edition, or of one before it of the same quarter where the figure reads the same;
    of one that was established what was said by then.
    """
    found = sorted(_beside(store, record, figures).items())
    rows = [(*place, one.text) for place, one in found]
    return pl.DataFrame(rows, schema=RESPONSES, orient="row")


def public(store: Store) -> set[str]:
    """Return the checksums of the words that stand in an established edition."""
    every = (_beside(store, e, store.figures(e.id)) for e in store.editions() if e.established)
    return {one.sha256 for found in every for one in found.values()}


def _beside(store: Store, record: EditionRecord, figures: pl.DataFrame) -> dict[Place, Response]:
    return {
        place: one
        for place, one in _standing(store, record).items()
        if one.edition == record.id or _same(store.figures(one.edition), figures, place)
    }


def _standing(store: Store, record: EditionRecord) -> dict[Place, Response]:
    """Return the last words beside each figure that were in time, and not taken back since.

    Words past their term are no more, unless they stand in an established edition.
    """
    known, found = record.established, dict[Place, Response]()
    for one in _of(store, record.quarter):
        place = one.partner, one.indicator
        if not one.sha256:
            found.pop(place, None)
        elif one.text and (known is None or one.moment <= known.at):
            found[place] = one
    return found


def _same(before: pl.DataFrame, now: pl.DataFrame, place: Place) -> bool:
    """Whether all that two editions tell of a partner and an indicator is the same."""
    partner, indicator = place
    of_it = (pl.col("indicator") == indicator) & pl.col("partner").is_in(["", partner])
    was, is_now = (one.filter(of_it).drop("edition") for one in (before, now))
    return was.equals(is_now)


def _last(store: Store, quarter: str) -> dict[Place, Response]:
    """Return what each partner said last beside each figure, in the editions of a quarter."""
    return {(one.partner, one.indicator): one for one in _of(store, quarter)}


def _of(store: Store, quarter: str) -> list[Response]:
    of_quarter = {one.id for one in store.editions() if one.quarter == quarter}
    return [one for one in store.responses.every() if one.edition in of_quarter]


def _fit(words: str) -> str:
    """Return words on one line. Raises UsageError where they cannot be shown."""
    text = " ".join(words.split())
    if not text:
        raise UsageError("Er staat niets in de reactie. Schrijf wat de partner erbij zegt.")
    if len(text) > LONGEST:
        raise UsageError(
            f"De reactie heeft {len(text)} tekens. Er passen er {LONGEST}: kort haar in."
        )
    if _NUMBER.search(text):
        raise UsageError(
            "In de reactie staat een getal. Dat kan verraden wat is afgeschermd. "
            "Schrijf het zonder getal."
        )
    return text


def _must_be_on_sheet(town: Town, edition: str, partner: str, indicator: str) -> None:
    """Raise UsageError where the sheet of a partner does not show the figure of an indicator."""
    known = [name for name, one in town.agreement.partners.items() if one.kind == "partner"]
    if partner not in known:
        raise UsageError(f"Een partner `{partner}` heeft geen plaat. Kies uit: {', '.join(known)}.")
    page = town.settings.editions / edition / PUBLIC / "partner" / partner / "index.html"
    if not page.is_file():
        raise UsageError(f"{page} is er niet. Maak de platen opnieuw met praatplaat publish.")
    there = sorted(set(_ON_SHEET.findall(page.read_text(encoding="utf-8"))))
    if indicator not in there:
        raise UsageError(
            f"Op de plaat van {partner} staat geen cijfer van `{indicator}`. "
            f"Kies uit: {', '.join(there) or 'geen'}."
        )


def _names(town: Town, store: Store, *, known_at: datetime) -> set[str]:
    """Return the names that are of no person: of areas, groupings and partners."""
    known = town.agreement
    named = {known.general.municipality.name, *(one.name for one in known.partners.values())}
    named |= {one.name for one in known.areas.groupings.values()}
    return named | set(areas(town, store, known_at=known_at).names["name"])

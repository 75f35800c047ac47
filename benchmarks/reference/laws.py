"""Help of several laws together: I33, the households of I34, I36 and I37."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.reference.benefits import spells
from benchmarks.reference.days import Period
from benchmarks.reference.definition import Definition, Facts, counts, rates
from benchmarks.reference.figures import Fact, once
from benchmarks.reference.history import History, district_of
from benchmarks.reference.wmo import doubled, episodes
from benchmarks.reference.youth import chains

CLASSES: dict[tuple[str, ...], str] = {
    ("jeugd", "wmo"): "wmo_jeugd",
    ("pwet", "wmo"): "wmo_pwet",
    ("jeugd", "pwet"): "jeugd_pwet",
    ("jeugd", "pwet", "wmo"): "alle",
}
BY = ("wmo_toewijzingen", "sociaal_team_trajecten")
"""What is looked at for households without somebody who leads: the help itself."""
FLOWS = ("in", "lichter", "gelijk", "zwaarder", "uit")


@dataclass(frozen=True, slots=True)
class Help:
    """Help of a person: of which law and kind, where, from when until when (None runs on)."""

    law: str
    contract: str
    kind: str
    client: str
    place: str | None
    begin: date
    end: date | None

    def runs(self, first: date, last: date) -> bool:
        """Return whether there was help on any of these days."""
        return self.begin <= last and (self.end is None or self.end >= first)


def every_help(history: History) -> Iterator[Help]:
    """Yield help of the Wmo, of the young and of teams, of those who are known by a code."""
    for one in episodes(history):
        kind, place = one.category, one.row["pc6"]
        yield Help("wmo", "wmo_toewijzingen", kind, one.client, place, one.begin, one.end)
    for chain in chains(history):
        kind, place = chain.last["hulpvorm"], chain.last.get("pc6")
        yield Help("jeugd", "jeugd_trajecten", kind, chain.client, place, chain.begin, chain.end)
    for row in history.of("sociaal_team_trajecten"):
        begin, end = row.get("datum_start"), row.get("datum_eind")
        if row.get("client_pseudo") and begin:
            client, place = row["client_pseudo"], district_of(row)
            yield Help("team", "sociaal_team_trajecten", row["vorm"], client, place, begin, end)


def household(history: History, client: str, *, by: Sequence[str]) -> str:
    """Return the household of a person, by any row of these contracts; else the person."""
    for contract in by:
        for row in history.of(contract):
            if row.get("client_pseudo") == client and row.get("huishouden_pseudo"):
                return str(row["huishouden_pseudo"])
    return client


def _laws(history: History, period: Period) -> Facts:
    """Households with help of two or three laws on the last day."""
    day = period.last
    there = [
        (one.law, one.client, one.place)
        for one in every_help(history)
        if one.law in ("wmo", "jeugd") and one.runs(day, day)
    ]
    there += [("pwet", one.client, one.row["pc6"]) for one in spells(history) if one.runs(day, day)]
    laws: dict[str, set[str]] = {}
    places: dict[str, str | None] = {}
    for law, client, place in there:
        home = household(history, client, by=("wmo_toewijzingen", "pwet_uitkeringen"))
        laws.setdefault(home, set()).add(law)
        places[home] = max(place or "", places.get(home) or "") or None
    found: Facts = {name: [] for name in ("", *CLASSES.values())}
    for home, own in laws.items():
        if len(own) > 1:
            fact = Fact(places[home], 1)
            found[""].append(fact)
            found[CLASSES[tuple(sorted(own))]].append(fact)
    return found


def _without_director(history: History, period: Period) -> list[Fact]:
    """Households with three provisions or more on the last day, and nobody who leads them."""
    day = period.last
    provisions = Counter(
        household(history, one.client, by=BY) for one in every_help(history) if one.runs(day, day)
    )
    led = {
        household(history, row["client_pseudo"], by=BY)
        for row in history.of("sociaal_team_trajecten")
        if row.get("client_pseudo")
        and row.get("regisseur")
        and row.get("datum_start")
        and row["datum_start"] <= day
        and (row.get("datum_eind") is None or row["datum_eind"] >= day)
    }
    return [Fact(above=1) for home, many in provisions.items() if many >= 3 and home not in led]


def _double(history: History, period: Period) -> Facts:
    return {
        "": [Fact(above=1) for _ in doubled(history, period)],
        "zonder_regisseur": _without_director(history, period),
    }


def by_arc(history: History, quarter: Period) -> list[tuple[int, Help, date]]:
    """Return the help of a quarter with its arc on the last day of it: arc, help, day."""
    found = []
    for one in every_help(history):
        if one.runs(quarter.first, quarter.last):
            day = min(one.end or quarter.last, quarter.last)
            arc = history.arc(one.contract, one.kind, day)
            if arc is not None:
                found.append((arc, one, day))
    return found


def _arcs(history: History, period: Period) -> Facts:
    """Who had help, and in which arc: everybody in the place where they had help last."""
    found: Facts = {name: [] for name in ("", *map(str, range(5)))}
    for arc, one, day in by_arc(history, period):
        fact = Fact(one.place, 1, who=one.client, day=day)
        found[""].append(fact)
        found[str(arc)].append(fact)
    home = {fact.who: fact.place for fact in once(found[""])}
    facts = {
        name: [replace(fact, place=home[fact.who]) for fact in once(people)]
        for name, people in found.items()
    }
    contacts = [
        Fact(row["gebied_code"], row["contacten"])
        for row in history.of("partner_activiteiten")
        if row["periode"] == period.id
    ]
    return facts | {"contacten": contacts}


def _heaviest(history: History, period: Period) -> dict[str, int]:
    heaviest: dict[str, int] = {}
    for quarter in period.quarters:
        for arc, one, _ in by_arc(history, quarter):
            heaviest[one.client] = max(arc, heaviest.get(one.client, 0))
    return heaviest


def _flows(history: History, period: Period) -> Facts:
    """Everybody's heaviest arc in these four quarters beside that of the four before."""
    now, then = _heaviest(history, period), _heaviest(history, period.year_before)
    found: Facts = {name: [] for name in ("", *FLOWS)}
    for client in sorted(now.keys() | then.keys()):
        flow = _flow(then.get(client), now.get(client))
        found[flow].append(Fact(above=1))
        found[""].append(Fact(above=1))
    return found


def _flow(before: int | None, after: int | None) -> str:
    if before is None:
        return "in"
    if after is None:
        return "uit"
    if after == before:
        return "gelijk"
    return "lichter" if after < before else "zwaarder"


LAWS = {
    "I33": Definition(_laws, rates("huishoudens", 1000)),
    "I34": Definition(_double, counts),
    "I36": Definition(_arcs, rates("inwoners", 1000)),
    "I37": Definition(_flows, counts),
}

"""Meldingen and help of the Wmo: I06, I28, I29, I30, I35; and who of I34 may have help twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from benchmarks.reference.days import Period, days_later
from benchmarks.reference.definition import Definition, Facts, Figures, shares
from benchmarks.reference.figures import Fact, Where, of_these, wait
from benchmarks.reference.history import History, Row, district_of

ADMINISTRATIVE = {"03", "04", "08", "09", "10", "11", "14"}
ALSO_ADMINISTRATIVE = {"20", "37", "38"}
TEMPORARY = "20"
SOLVED = ("eigen_kracht", "netwerk", "algemene_voorziening", "opgelost")
NOT_CLOSED = ("ingetrokken", "overleden", "verhuisd", "open")


@dataclass(slots=True)
class Episode:
    """Help of one kind without a break: its first and last day (None runs on), its last row."""

    client: str
    category: str
    begin: date
    end: date | None
    row: Row

    def runs(self, first: date, last: date) -> bool:
        """Return whether there was help on any of these days."""
        return self.begin <= last and (self.end is None or self.end >= first)


def assignments(history: History) -> list[Row]:
    """Return the assignments that are help: none that was removed, none that begins later."""
    there = []
    for row in history.of("wmo_toewijzingen"):
        removed = row["status_aanlevering"] == "3" or row.get("reden_wijziging") == "13"
        if removed or row.get("einddatum") == row["ingangsdatum"]:
            continue
        begin = row.get("startdatum_werkelijk") or row["ingangsdatum"]
        temporary = row.get("reden_beeindiging") == TEMPORARY
        stop = None if temporary else row.get("stopdatum_werkelijk")
        end = stop or row.get("einddatum")
        if (end is None or end >= begin) and begin <= history.reference:
            there.append(row | {"begin": begin, "end": end})
    return there


def episodes(history: History) -> list[Episode]:
    """Return the episodes of every client and kind of help."""
    rows = sorted(
        assignments(history),
        key=lambda row: (row["client_pseudo"], row["productcategorie"], row["begin"]),
    )
    found: list[Episode] = []
    for row in rows:
        last = found[-1] if found else None
        same = last and (last.client, last.category) == (
            row["client_pseudo"],
            row["productcategorie"],
        )
        if last and same and _goes_on(last, row):
            if _later(row, last.row):
                last.row, last.end = row, row["end"]
        else:
            found.append(
                Episode(
                    row["client_pseudo"], row["productcategorie"], row["begin"], row["end"], row
                )
            )
    return found


def _goes_on(episode: Episode, row: Row) -> bool:
    if episode.end is None:
        return True
    administrative = (
        episode.row.get("reden_wijziging") in ADMINISTRATIVE
        or episode.row.get("reden_beeindiging") in ALSO_ADMINISTRATIVE
    )
    begin: date = row["begin"]
    return begin <= days_later(episode.end, 30 if administrative else 1)


def _later(one: Row, other: Row) -> bool:
    def order(row: Row) -> tuple[date, date, str]:
        return row["end"] or date.max, row["ingangsdatum"], row["toewijzing_nr"]

    return order(one) > order(other)


def _investigated(history: History, period: Period, *, net: bool) -> Iterator[tuple[bool, Fact]]:
    for row in history.of("wmo_meldingen"):
        agreed = row["opschorting_dagen"] if net and row.get("opschorting_akkoord") else 0
        due = days_later(row["datum_melding"], 42 + agreed)
        ready = row.get("datum_onderzoek_klaar")
        if row["uitkomst"] not in ("ingetrokken", "overleden", "verhuisd") and due in period:
            yield ready is not None and ready <= due, Fact(row["pc6"])


def _decided(history: History, period: Period, *, extended: bool) -> Iterator[tuple[bool, Fact]]:
    for row in history.of("wmo_meldingen"):
        if row.get("datum_aanvraag") is None or row.get("besluit") == "ingetrokken":
            continue
        longer = row.get("verlengd_tot") if extended else None
        due = longer or days_later(row["datum_aanvraag"], 14)
        ready = row.get("datum_besluit")
        if due in period:
            yield ready is not None and ready <= due, Fact(row["pc6"])


def _investigations(history: History, period: Period) -> Facts:
    return {
        "": of_these(_investigated(history, period, net=True)),
        "bruto": of_these(_investigated(history, period, net=False)),
    }


def _decisions(history: History, period: Period) -> Facts:
    return {
        "": of_these(_decided(history, period, extended=True)),
        "zonder_verlenging": of_these(_decided(history, period, extended=False)),
    }


def _until_help(history: History, period: Period) -> Facts:
    """From a melding to the first day with help of the same client, on that day or later."""
    facts = []
    for row in history.of("wmo_meldingen"):
        wanted = row["uitkomst"] in ("aanvraag", "open")
        granted = row.get("besluit") in (None, "toegekend", "deels")
        if not (wanted and granted and row["datum_melding"] in period):
            continue
        begun = [
            one["startdatum_werkelijk"]
            for one in assignments(history)
            if one["client_pseudo"] == row["client_pseudo"]
            and one.get("startdatum_werkelijk")
            and one["startdatum_werkelijk"] >= row["datum_melding"]
        ]
        until = min(begun, default=history.reference)
        days = (until - row["datum_melding"]).days
        facts.append(Fact(row["pc6"], waited=max(days, 0), over=bool(begun)))
    return {"": facts}


def read_wait(norm: int) -> Callable[[Facts, History, Where], Figures]:
    """Return how to read the facts of a wait."""

    def read(facts: Facts, history: History, where: Where) -> Figures:
        there = where.pick(facts[""])
        return dict(wait(there, norm=norm)) if there else {}

    return read


@dataclass(frozen=True, slots=True)
class Closed:
    """A question that was closed, a year later: of which source, where, and how it went."""

    source: str
    place: str | None
    year_later: date
    light: bool
    again: bool


def closed(history: History) -> list[Closed]:
    """Return the questions of known people of which the year after closing is over."""
    ended = [
        ("melding", row["pc6"], row["datum_onderzoek_klaar"], row)
        for row in history.of("wmo_meldingen")
        if row.get("datum_onderzoek_klaar")
    ] + [
        ("team", district_of(row), row["datum_eind"], row)
        for row in history.of("sociaal_team_trajecten")
        if row.get("datum_eind") and row.get("client_pseudo")
    ]
    return [
        Closed(
            source,
            place,
            days_later(day, 365),
            row["uitkomst"] in SOLVED,
            _reported_again(history, row["client_pseudo"], day),
        )
        for source, place, day, row in ended
        if row["uitkomst"] not in NOT_CLOSED and days_later(day, 365) <= history.reference
    ]


def _reported_again(history: History, client: str, day: date) -> bool:
    return any(
        row["client_pseudo"] == client and day < row["datum_melding"] <= days_later(day, 365)
        for row in history.of("wmo_meldingen")
    )


def _solved(history: History, period: Period) -> Facts:
    return {
        "": of_these(
            (one.light and not one.again, Fact(one.place))
            for one in closed(history)
            if one.year_later in period
        )
    }


def _again(history: History, period: Period) -> Facts:
    return {
        "": of_these(
            (one.again, Fact(one.place))
            for one in closed(history)
            if one.source == "melding" and one.light and one.year_later in period
        )
    }


def doubled(history: History, period: Period) -> set[str]:
    """Return whom two providers helped with the same, in these days for the 14th day or longer."""
    helped: dict[tuple[str, str], dict[str, set[date]]] = {}
    for row in assignments(history):
        providers = helped.setdefault((row["client_pseudo"], row["productcategorie"]), {})
        until = min(row["end"] or history.reference, history.reference)
        days = (until - row["begin"]).days + 1
        providers.setdefault(row["aanbieder_agb"], set()).update(
            days_later(row["begin"], number) for number in range(days)
        )
    return {
        client
        for (client, _), providers in helped.items()
        for one, other in combinations(providers.values(), 2)
        if any(day in period for day in _after_two_weeks(one & other))
    }


def _after_two_weeks(days: set[date]) -> set[date]:
    """Return the days that are at least the 14th of a row of days."""
    return {day for day in days if all(days_later(day, -back) in days for back in range(14))}


WMO = {
    "I06": Definition(_solved, shares),
    "I28": Definition(_investigations, shares),
    "I29": Definition(_decisions, shares),
    "I30": Definition(_until_help, read_wait(56)),
    "I35": Definition(_again, shares),
}

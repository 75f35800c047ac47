"""Help for the young: I21 to I26."""

from dataclasses import dataclass
from datetime import date

from benchmarks.reference.days import Period, days_later, months_later
from benchmarks.reference.definition import Definition, Facts, Figures, counts, rates, shares
from benchmarks.reference.figures import Fact, Told, Where, of_these, once
from benchmarks.reference.history import History, Row
from benchmarks.reference.wmo import read_wait

BIJ = {"31": "01", "34": "02", "32": "03", "33": "04", "35": "05", "02": "05"}
NO_TWIN = ("02", "36", "37", "38", "39", "20")


@dataclass(slots=True)
class Chain:
    """Help of one form by one provider without a break; `first` and `last` are its records."""

    client: str
    begin: date
    end: date | None
    first: Row
    last: Row

    @property
    def reason(self) -> str | None:
        """Why it ended (BiJ); None where that is not one of the five."""
        given: str | None = self.last.get("reden_eind")
        return given or BIJ.get(self.last.get("reden_beeindiging") or "")

    def runs(self, first: date, last: date) -> bool:
        """Return whether there was help on any of these days."""
        return self.begin <= last and (self.end is None or self.end >= first)


def _form(row: Row) -> tuple[str, str, str]:
    return row["client_pseudo"], row["hulpvorm"], row["aanbieder_agb"]


def records(history: History) -> list[Row]:
    """Return every traject that began once, as the latest delivery tells it."""
    latest: dict[tuple[str, str, str, date], Row] = {}
    for row in sorted(history.of("jeugd_trajecten"), key=lambda row: str(row["_period"])):
        if row.get("datum_start"):
            latest[*_form(row), row["datum_start"]] = row
    return list(latest.values())


def chains(history: History) -> list[Chain]:
    """Return the trajecten, with those that touch or overlap as one."""
    found: list[Chain] = []
    for row in sorted(records(history), key=lambda row: (_form(row), row["datum_start"])):
        begin, end = row["datum_start"], row.get("datum_eind")
        chain = found[-1] if found else None
        goes_on = (
            chain
            and _form(chain.last) == _form(row)
            and (chain.end is None or begin <= days_later(chain.end, 1))
        )
        if not (chain and goes_on):
            found.append(Chain(row["client_pseudo"], begin, end, row, row))
        elif chain.end is not None and (end is None or end >= chain.end):
            chain.last, chain.end = row, end
        elif chain.end is None and end is None:
            chain.last = row
    return found


def waiting(history: History) -> list[Row]:
    """Return who still waits, as the latest delivery tells it; who began since waits no longer."""
    latest: dict[tuple[str, str, str], Row] = {}
    for row in sorted(history.of("jeugd_trajecten"), key=lambda row: str(row["_period"])):
        if row.get("datum_start") is None:
            latest[_form(row)] = row
    begun = [(_form(row), row["datum_start"]) for row in records(history)]
    return [
        row
        for form, row in latest.items()
        if not any(one == form and start >= row["datum_aanmelding"] for one, start in begun)
    ]


def _young(history: History, period: Period) -> Facts:
    facts = []
    for chain in chains(history):
        if chain.runs(period.first, period.last):
            day = min(chain.end or period.last, period.last)
            facts.append(Fact(chain.last.get("pc6"), 1, who=chain.client, day=day))
    return {"": once(facts)}


def _dropped_out(history: History, period: Period) -> Facts:
    ended = [
        chain
        for chain in chains(history)
        if chain.end in period
        and chain.reason != "05"
        and chain.last.get("reden_beeindiging") not in NO_TWIN
    ]
    return {
        "": of_these((one.reason in ("03", "04"), Fact(one.last.get("pc6"))) for one in ended),
        "in_overleg": of_these((one.reason == "02", Fact(one.last.get("pc6"))) for one in ended),
    }


def answers(history: History, period: Period) -> list[Row]:
    """Return the answers on trajecten that ended: one of each who gave one, the latest told."""
    latest: dict[tuple[tuple[str, str, str], date, str], Row] = {}
    for row in sorted(history.of("jeugd_trajecten"), key=lambda row: str(row["_period"])):
        if row.get("informant") and row.get("datum_eind"):
            latest[_form(row), row["datum_start"], row["informant"]] = row
    return [row for row in latest.values() if row["datum_eind"] in period]


def _useful(history: History, period: Period) -> Facts:
    told = [row for row in answers(history, period) if row.get("nut_cijfer") is not None]
    every = {"": told} | {
        who: [row for row in told if row["informant"] == who] for who in ("jeugdige", "ouder")
    }
    return {
        name: of_these((row["nut_cijfer"] >= 7, Fact()) for row in rows)
        for name, rows in every.items()
    }


def _marks(history: History, period: Period) -> Facts:
    told = [row for row in answers(history, period) if row.get("nut_cijfer") is not None]
    facts = {"": [Fact(above=1) for _ in told]}
    for who in ("jeugdige", "ouder"):
        facts[who] = [Fact(above=1) for row in told if row["informant"] == who]
    for mark in range(1, 11):
        facts[str(mark)] = [Fact(above=1) for row in told if row["nut_cijfer"] == mark]
    return facts


def _spread(facts: Facts, history: History, where: Where) -> Figures:
    """Read marks as parts of all of them, and the rest as counts."""
    whole = len(facts[""])
    told = counts(facts, history, where)
    for mark in map(str, range(1, 11)):
        own = len(facts[mark])
        told[mark] = Told(own, None, own / whole if whole else None)
    return told


def _without_help(history: History, period: Period) -> Facts:
    told = [row["zonder_hulp"] for row in answers(history, period) if row.get("zonder_hulp")]
    return {
        "": of_these((code in ("02", "03", "04"), Fact()) for code in told),
        "geen_hulp": of_these((code in ("03", "04"), Fact()) for code in told),
    }


def stretches(history: History, client: str) -> list[tuple[date, date | None]]:
    """Return when a youngster had help of any kind; what begins the day after goes on."""
    found: list[tuple[date, date | None]] = []
    own = [chain for chain in chains(history) if chain.client == client]
    for chain in sorted(own, key=lambda chain: chain.begin):
        begin, end = found[-1] if found else (chain.begin, chain.begin)
        if found and (end is None or chain.begin <= days_later(end, 1)):
            ends = None if end is None or chain.end is None else max(end, chain.end)
            found[-1] = (begin, ends)
        else:
            found.append((chain.begin, chain.end))
    return found


def _stayed_away(history: History, period: Period) -> Facts:
    """Whose help all ended 12 to 24 months before the end: did new help begin within a year?"""
    flags = []
    born = {row["client_pseudo"]: row["geboortejaar"] for row in history.of("jeugd_trajecten")}
    for client, year in born.items():
        own = stretches(history, client)
        ends = [
            end
            for _, end in own
            if end
            and months_later(period.last, -24) < end <= months_later(period.last, -12)
            and months_later(end, 12) <= history.reference
        ]
        if ends and period.last.year - year < 18:
            until = months_later(max(ends), 12)
            flags.append((not any(max(ends) < begin <= until for begin, _ in own), Fact()))
    return {"": of_these(flags), "terugkijkend": _looked_back(history, period)}


def _looked_back(history: History, period: Period) -> list[Fact]:
    every = chains(history)
    return of_these(
        (
            any(
                other.end and months_later(one.begin, -60) <= other.end < one.begin
                for other in every
                if other.client == one.client
            ),
            Fact(),
        )
        for one in every
        if one.begin in period
    )


def _waited(history: History, period: Period) -> Facts:
    """From the day of asking to the first day with help; crisis and foster care are apart."""
    facts = []
    asked = [chain.first for chain in chains(history)] + waiting(history)
    for row in asked:
        day, start = row.get("datum_aanmelding"), row.get("datum_start")
        apart = row["crisis"] == "01" or row["hulpvorm"] == "11"
        if apart or row.get("datum_beschikking") is None or day is None or day not in period:
            continue
        over = start is not None and start <= history.reference
        days = ((start if over else history.reference) - day).days
        facts.append(Fact(waited=max(days, 0), over=over))
    return {"": facts}


YOUTH = {
    "I21": Definition(_young, rates("inwoners_0_17", 100)),
    "I22": Definition(_dropped_out, shares),
    "I23": Definition(_useful, shares),
    "I23_cijfers": Definition(_marks, _spread),
    "I24": Definition(_without_help, shares),
    "I25": Definition(_stayed_away, shares),
    "I26": Definition(_waited, read_wait(98)),
}

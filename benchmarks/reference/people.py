"""Teams, debts and newcomers: I02, I03, I05, I11, I12, I16 to I19."""

from collections.abc import Callable
from datetime import date

from benchmarks.reference.days import Period, days_later, months_later
from benchmarks.reference.definition import Definition, Facts, shares
from benchmarks.reference.figures import Fact, of_these
from benchmarks.reference.history import History, Row, district_of

ZRM = {
    "wonen": ("huisvesting",),
    "huishouden": ("basale_adl", "instrumentele_adl"),
    "geld": ("financien",),
    "werk_en_dag": ("werk_opleiding", "tijdsbesteding"),
    "gezondheid": ("geestelijke_gezondheid", "lichamelijke_gezondheid", "middelengebruik"),
    "sociaal_netwerk": ("sociaal_netwerk", "participatie"),
    "opvoeden": ("huiselijke_relaties",),
    "zelfzorg": ("basale_adl",),
    "mantelzorg": ("sociaal_netwerk",),
    "vervoer": ("participatie",),
}
JUDGES = ("inwoner", "samen")
EVERY = sorted({domain for domains in ZRM.values() for domain in domains} | {"justitie"})


def _ended(history: History, period: Period) -> list[Row]:
    """Return what ended in a period; an end that is still to come is a plan."""
    rows = history.of("sociaal_team_trajecten")
    ended = [row for row in rows if row.get("datum_eind") in period]
    return [row for row in ended if row["datum_eind"] <= history.reference]


def _here(row: Row) -> Fact:
    return Fact(district_of(row), partner=row["_partner"])


def change(row: Row) -> int | None:
    """Return the points gained on what the help was about; None if not scored twice."""
    begin, end = row.get("zrm_begin_datum"), row.get("zrm_eind_datum")
    if begin is None or end is None or (end - begin).days < 30:
        return None
    named = [one.strip() for one in (row.get("leefgebieden") or "").split(",") if one.strip()]
    about = {domain for one in named for domain in ZRM[one]} if named else set(EVERY)
    gained = []
    for domain in sorted(about):
        before, after = row.get(f"zrm_begin_{domain}"), row.get(f"zrm_eind_{domain}")
        if before is not None and after is not None:
            gained.append(after - before)
    return sum(gained) if gained else None


def _self_reliance(history: History, period: Period) -> Facts:
    ended = [r for r in _ended(history, period) if r["uitkomst"] not in ("verhuisd", "overleden")]
    scored = [(change(row), row) for row in ended]
    twice = [(points, row) for points, row in scored if points is not None]
    return {
        "": of_these((points >= 1, _here(row)) for points, row in twice),
        "gelijk": of_these((points == 0, _here(row)) for points, row in twice),
        "achteruit": of_these((points <= -1, _here(row)) for points, row in twice),
        "dekking": of_these((points is not None, _here(row)) for points, row in scored),
    }


def _network(history: History, period: Period) -> Facts:
    planned = [row for row in _ended(history, period) if row.get("plan")]
    return {"": of_these((row.get("netwerk_betrokken") == "ja", _here(row)) for row in planned)}


def _goals(history: History, period: Period) -> Facts:
    ended = _ended(history, period)
    by_who = {who: [row for row in ended if row.get("beoordeeld_door") == who] for who in JUDGES}
    return {
        "": _reached(by_who["inwoner"]),
        "samen": _reached(by_who["inwoner"] + by_who["samen"]),
        "dekking": of_these((row.get("doelen_behaald") is not None, _here(row)) for row in ended),
    }


def _reached(rows: list[Row]) -> list[Fact]:
    """Only goals that somebody judged count: not those of a plan without a word on them."""
    return [
        Fact(
            district_of(row),
            row.get("doelen_behaald"),
            row.get("doelen_aantal") or 0,
            partner=row["_partner"],
        )
        for row in rows
    ]


def _independent(history: History, period: Period) -> Facts:
    """Of asylum migrants 18 months after they came to live here: who lives on their own."""
    cohort = [
        row
        for row in history.of("inburgering_trajecten")
        if row["groep"] == "asiel"
        and row.get("datum_huisvesting")
        and months_later(row["datum_huisvesting"], 18) in period
        and months_later(row["datum_huisvesting"], 18) <= history.reference
    ]
    here = [row for row in cohort if row["uit_beeld"] == "geen"]
    told = {name: of_these((holds(row), Fact()) for row in here) for name, holds in PARTS.items()}
    for gone in ("verhuisd", "overleden"):
        told[gone] = of_these((row["uit_beeld"] == gone, Fact()) for row in cohort)
    return told


def measured(row: Row) -> bool:
    """Return whether somebody spoke with them in month 17 to 19."""
    day, came = row.get("meting_18m_datum"), row["datum_huisvesting"]
    return day is not None and months_later(came, 17) <= day <= months_later(came, 19)


def _four(column: str) -> Callable[[Row], bool]:
    return lambda row: measured(row) and row[column] >= 4


def _own(row: Row) -> bool:
    return measured(row) and row.get("eigen_oordeel") == "ja"


FOUR_AND_OWN: dict[str, Callable[[Row], bool]] = {
    "wonen": _four("wonen_zelfstandig"),
    "geld": _four("geld_zelfstandig"),
    "regelen": _four("regelen_zelfstandig"),
    "kennissen": _four("contacten"),
    "eigen_oordeel": _own,
}
PARTS = FOUR_AND_OWN | {
    "": lambda row: all(holds(row) for holds in FOUR_AND_OWN.values()),
    "gemeten": measured,
}


def _planned(history: History, period: Period) -> Facts:
    """Of newcomers whose ten weeks were over: who had a plan by then."""
    rows = [row for row in history.of("inburgering_trajecten") if row.get("datum_huisvesting")]
    return {"": _in_term(rows, period, "datum_huisvesting", "datum_pip", days=70)}


def _in_term(rows: list[Row], period: Period, start: str, end: str, *, days: int) -> list[Fact]:
    flags = []
    for row in rows:
        due = days_later(row[start], days)
        if due in period:
            flags.append((row.get(end) is not None and row[end] <= due, Fact()))
    return of_these(flags)


def _first_talk(history: History, period: Period) -> Facts:
    rows = history.of("schuldhulp_trajecten")
    asked, talked = "datum_aanmelding", "datum_eerste_gesprek"
    crisis = [row for row in rows if row["crisis"]]
    others = [row for row in rows if not row["crisis"]]
    return {
        "": _in_term(others, period, asked, talked, days=28),
        "crisis": _in_term(crisis, period, asked, talked, days=3),
    }


def _finished(history: History, period: Period) -> Facts:
    gone = ("doorverwezen", "overleden", "verhuisd")
    ended = [
        row["resultaat"]
        for row in history.of("schuldhulp_trajecten")
        if row.get("datum_eind") in period and row["resultaat"] not in gone
    ]
    told = {"": of_these((one in ("regeling", "stabiel", "wsnp"), Fact()) for one in ended)}
    for why in ("uitval_inwoner", "uitval_schuldeiser"):
        told[why] = of_these((one == why, Fact()) for one in ended)
    return told


def meldingen(history: History) -> list[list[Row]]:
    """Return the signals on who lives here: those on one inhabitant in one month together."""
    together: dict[tuple[str, date] | str, list[Row]] = {}
    for row in history.of("schuldhulp_signalen"):
        if row["brp_ok"]:
            who = row.get("client_pseudo")
            key = (who, row["datum"].replace(day=1)) if who else row["signaal_id"]
            together.setdefault(key, []).append(row)
    return [sorted(rows, key=lambda r: (r["datum"], r["signaal_id"])) for rows in together.values()]


def _contact(history: History, period: Period) -> Facts:
    there = [rows for rows in meldingen(history) if rows[0]["datum"] in period]
    return {
        "": of_these((any(r["contact"] for r in rows), Fact(rows[-1]["pc6"])) for rows in there)
    }


def _accepted(history: History, period: Period) -> Facts:
    there = [rows for rows in meldingen(history) if rows[0]["datum"] in period]
    reached = [rows for rows in there if any(row["contact"] for row in rows)]

    def took(rows: list[Row]) -> bool:
        return any(row.get("hulp_aanvaard") for row in rows)

    return {
        "": of_these((took(rows), Fact(rows[-1]["pc6"])) for rows in reached),
        "van_alle": of_these((took(rows), Fact(rows[-1]["pc6"])) for rows in there),
    }


PEOPLE = {
    "I02": Definition(_self_reliance, shares),
    "I03": Definition(_network, shares),
    "I05": Definition(_goals, shares),
    "I11": Definition(_independent, shares),
    "I12": Definition(_planned, shares),
    "I16": Definition(_contact, shares),
    "I17": Definition(_accepted, shares),
    "I18": Definition(_first_talk, shares),
    "I19": Definition(_finished, shares),
}

"""Rows of the registrations of a municipality: L01 to L04."""

from datetime import date

from hypothesis import strategies as st

from benchmarks.reference.days import days_later, quarter
from benchmarks.reference.histories.turns import (
    HOMES,
    LAST,
    Draw,
    after,
    codes,
    days,
    following,
    maybe,
    perhaps_after,
    places,
)
from benchmarks.reference.history import MUNICIPALITY, Row


@st.composite
def meldingen(draw: Draw, number: int, before: Row | None = None) -> Row:
    """One melding with what came of it; it may follow the end of another of the same client."""
    asked, client = draw(days), draw(codes)
    closed = before["datum_onderzoek_klaar"] if before else None
    if before and (again := following(draw, closed, (0, 1, 364, 365, 366))):
        asked, client = again, before["client_pseudo"]
    outcome = draw(
        st.sampled_from(
            (
                "eigen_kracht",
                "netwerk",
                "algemene_voorziening",
                "aanvraag",
                "aanvraag",
                "ingetrokken",
                "overleden",
                "verhuisd",
                "open",
            )
        )
    )
    ready = None if outcome == "open" else perhaps_after(draw, asked)
    request = after(draw, asked) if outcome == "aanvraag" else None
    decided = perhaps_after(draw, request) if request else None
    return {
        "melding_id": f"M{number}",
        "client_pseudo": client,
        "pc6": draw(places),
        "datum_melding": asked,
        "datum_onderzoek_klaar": ready,
        "uitkomst": outcome,
        "opschorting_dagen": draw(st.sampled_from((0, 1, 14, 30))),
        "opschorting_akkoord": draw(maybe(st.booleans())),
        "datum_aanvraag": request,
        "datum_besluit": decided,
        "besluit": draw(st.sampled_from(("toegekend", "deels", "afgewezen", "ingetrokken")))
        if decided
        else None,
        "verlengd_tot": after(draw, request) if request and draw(st.booleans()) else None,
    }


@st.composite
def toewijzingen(draw: Draw, number: int, before: Row | None = None) -> Row:
    """One assignment; it may be drawn so that it follows another of the same client."""
    begin, client, category = draw(days), draw(codes), draw(st.sampled_from(("01", "02", "07")))
    until = (before["stopdatum_werkelijk"] or before["einddatum"]) if before else None
    if before and (next_ := following(draw, until, (-13, -12, 0, 1, 2, 29, 30, 31))):
        begin, client, category = next_, before["client_pseudo"], before["productcategorie"]
    end = perhaps_after(draw, days_later(begin, 1))
    why = draw(maybe(st.sampled_from(("03", "05", "07", "08", "09", "11", "14")))) if end else None
    if draw(st.integers(0, 11)) == 0:
        end, why = begin, "13"
    start = draw(st.sampled_from((None, begin, days_later(begin, -1), days_later(begin, 14))))
    stop = after(draw, start or begin) if draw(st.integers(0, 2)) == 0 and why != "13" else None
    return {
        "toewijzing_nr": f"T{number}",
        "client_pseudo": client,
        "pc6": draw(places),
        "aanbieder_agb": draw(st.sampled_from(("99990001", "99990002", "99990003"))),
        "productcategorie": category,
        "ingangsdatum": begin,
        "einddatum": end,
        "reden_wijziging": why,
        "startdatum_werkelijk": start,
        "stopdatum_werkelijk": stop,
        "reden_beeindiging": draw(st.sampled_from(("02", "19", "20", "20", "37", "38")))
        if stop
        else None,
        "status_aanlevering": draw(st.sampled_from(("1", "1", "2", "9", "3"))),
        "huishouden_pseudo": draw(st.sampled_from((None, HOMES[client]))),
    }


@st.composite
def trajecten(draw: Draw, number: int, before: Row | None = None) -> list[Row]:
    """One traject of a youngster as it is told of, in one quarter or in several."""
    asked = draw(days)
    form = {
        "client_pseudo": draw(codes),
        "aanbieder_agb": draw(st.sampled_from(("99990011", "99990012"))),
        "hulpvorm": draw(st.sampled_from(("02", "03", "11"))),
    }
    until = before["datum_eind"] if before else None
    if before and (next_ := following(draw, until, (0, 1, 2, 29, 31, 365, 366))):
        asked = next_
        form = {name: before[name] for name in form}
    start = perhaps_after(draw, asked) or (asked if before and draw(st.booleans()) else None)
    end = perhaps_after(draw, start) if start else None
    twin = draw(st.sampled_from((None, "31", "32", "33", "34", "35", "02", "20", "36", "38")))
    bij = draw(st.sampled_from(("01", "02", "03", "04", "05")))
    row = form | {
        "geboortejaar": {"anna": 2007, "bram": 2008, "cem": 2015}[form["client_pseudo"]],
        "pc6": draw(maybe(places)),
        "gemeentecode": MUNICIPALITY,
        "crisis": draw(st.sampled_from(("01", "02", "02"))),
        "datum_aanmelding": asked if start is None or draw(st.booleans()) else None,
        "datum_beschikking": asked if draw(st.integers(0, 3)) else None,
        "datum_start": start,
        "datum_eind": end,
        "reden_eind": bij if end and (twin is None or draw(st.booleans())) else None,
        "reden_beeindiging": twin if end else None,
    }
    return _as_told(draw, row)


def _as_told(draw: Draw, row: Row) -> list[Row]:
    """Tell of a traject at the end of the quarters in which it waits or runs."""
    first = row["datum_aanmelding"] or row["datum_start"]
    until = min(row["datum_eind"] or LAST, LAST)
    if first > LAST:
        return []
    told, day, forgets = [], quarter(first).last, draw(st.booleans())
    while quarter(day).first <= until:
        told.append(_then(row, day, forgets=forgets))
        day = quarter(days_later(day, 1)).last
    if told and told[-1]["datum_eind"]:
        told = told[:-1] + _with_answers(draw, told[-1])
    return [one for one in told[:-2] if draw(st.booleans())] + told[-2:]


def _then(row: Row, day: date, *, forgets: bool) -> Row:
    """Return what was known of a traject on the last day of a quarter.

    Once help began the day of asking may be forgotten.
    """
    known: Row = {"_period": quarter(day).id}
    if row["datum_start"] is None or row["datum_start"] > day:
        known |= dict.fromkeys(("datum_start", "datum_eind", "reden_eind", "reden_beeindiging"))
    elif row["datum_eind"] is None or row["datum_eind"] > day:
        known |= dict.fromkeys(("datum_eind", "reden_eind", "reden_beeindiging"))
    if forgets and (row | known)["datum_start"]:
        known["datum_aanmelding"] = None
    return row | known


def _with_answers(draw: Draw, row: Row) -> list[Row]:
    who = draw(st.sampled_from(((), ("jeugdige",), ("ouder",), ("jeugdige", "ouder"))))
    answers = [
        row
        | {
            "informant": one,
            "nut_cijfer": draw(maybe(st.integers(1, 10))),
            "zonder_hulp": draw(st.sampled_from(("01", "02", "03", "04"))),
        }
        for one in who
    ]
    return answers or [row]


@st.composite
def uitkeringen(draw: Draw, number: int, before: Row | None = None) -> Row:
    """One benefit; it may be drawn so that it follows another of the same client."""
    begin, client = draw(days), draw(codes)
    until = before["einddatum"] if before else None
    if before and (next_ := following(draw, until, (1, 28, 29, 30, 31, 32, 365, 366))):
        begin, client = next_, before["client_pseudo"]
    end = perhaps_after(draw, begin)
    why = st.sampled_from(("werk_loondienst", "werk_loondienst", "zelfstandig", "overig", "aow"))
    return {
        "dossier_id": f"D{number}",
        "client_pseudo": client,
        "huishouden_pseudo": HOMES[client],
        "pc6": draw(places),
        "begindatum": begin,
        "einddatum": end,
        "reden_beeindiging": draw(why) if end else None,
    }

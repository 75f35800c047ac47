"""Small municipalities' histories: few people, few places, days where definitions turn."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from benchmarks.reference.days import days_later, months_later, quarter
from benchmarks.reference.history import BUURTEN, DISTRICTS, MUNICIPALITY, Row

QUARTERS = tuple(f"{year}K{n}" for year in (2024, 2025, 2026) for n in range(1, 5))[3:11]
"""The eight quarters asked for: 2024K4 to 2026K3."""

LAST = date(2026, 9, 30)
KNOWN_AT = (date(2026, 10, 28), date(2026, 9, 10))
"""The days on which figures are made: after the last quarter, or before it is over."""
CODES = ("anna", "bram", "cem")
HOMES = {"anna": "huis1", "bram": "huis1", "cem": "huis2"}
PLACES = ("9901AA", "9901AB", "9902AA", "1234ZZ")
TURNS = (
    *(
        days_later(date(year, month, 1), days)
        for year in range(2023, 2027)
        for month in (1, 4, 7, 10)
        for days in (-1, 0, 14)
        if date(year, month, 1) <= LAST
    ),
    *(date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
    date(2026, 8, 31),
)
GAPS = (
    *(0, 1, 2, 13, 14, 28, 29, 30, 31, 32, 42, 43, 56, 70, 71, 90, 98, 99, 183),
    *(364, 365, 366, 540),
)

Draw = Callable[[st.SearchStrategy[Any]], Any]

_days = st.sampled_from(TURNS)
_gaps = st.sampled_from(GAPS)
_codes = st.sampled_from(CODES)
_places = st.sampled_from(PLACES)


def _maybe(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | one


def after(draw: Draw, day: date) -> date:
    """Draw a day on or after another: so many days later, or 12 or 18 months."""
    months = draw(st.sampled_from((0, 0, 0, 1, 12, 18)))
    return months_later(day, months) if months else days_later(day, draw(_gaps))


def perhaps_after(draw: Draw, day: date) -> date | None:
    """Draw a day on or after another, or (one in three) none."""
    return after(draw, day) if draw(st.integers(0, 2)) else None


def _following(draw: Draw, day: date | None, gaps: tuple[int, ...]) -> date | None:
    """Draw a day that follows another so closely that it matters, or (one in three) none."""
    return days_later(day, draw(st.sampled_from(gaps))) if day and draw(st.integers(0, 2)) else None


@st.composite
def meldingen(draw: Draw, number: int, before: Row | None = None) -> Row:
    """One melding with what came of it; it may follow the end of another of the same client."""
    asked, client = draw(_days), draw(_codes)
    closed = before["datum_onderzoek_klaar"] if before else None
    if before and (again := _following(draw, closed, (0, 1, 364, 365, 366))):
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
        "pc6": draw(_places),
        "datum_melding": asked,
        "datum_onderzoek_klaar": ready,
        "uitkomst": outcome,
        "opschorting_dagen": draw(st.sampled_from((0, 1, 14, 30))),
        "opschorting_akkoord": draw(_maybe(st.booleans())),
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
    begin, client, category = draw(_days), draw(_codes), draw(st.sampled_from(("01", "02", "07")))
    until = (before["stopdatum_werkelijk"] or before["einddatum"]) if before else None
    if before and (next_ := _following(draw, until, (-13, -12, 0, 1, 2, 29, 30, 31))):
        begin, client, category = next_, before["client_pseudo"], before["productcategorie"]
    end = perhaps_after(draw, days_later(begin, 1))
    why = draw(_maybe(st.sampled_from(("03", "05", "07", "08", "09", "11", "14")))) if end else None
    if draw(st.integers(0, 11)) == 0:
        end, why = begin, "13"
    start = draw(st.sampled_from((None, begin, days_later(begin, -1), days_later(begin, 14))))
    stop = after(draw, start or begin) if draw(st.integers(0, 2)) == 0 and why != "13" else None
    return {
        "toewijzing_nr": f"T{number}",
        "client_pseudo": client,
        "pc6": draw(_places),
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
    asked = draw(_days)
    form = {
        "client_pseudo": draw(_codes),
        "aanbieder_agb": draw(st.sampled_from(("99990011", "99990012"))),
        "hulpvorm": draw(st.sampled_from(("02", "03", "11"))),
    }
    until = before["datum_eind"] if before else None
    if before and (next_ := _following(draw, until, (0, 1, 2, 29, 31, 365, 366))):
        asked = next_
        form = {name: before[name] for name in form}
    start = perhaps_after(draw, asked) or (asked if before and draw(st.booleans()) else None)
    end = perhaps_after(draw, start) if start else None
    twin = draw(st.sampled_from((None, "31", "32", "33", "34", "35", "02", "20", "36", "38")))
    bij = draw(st.sampled_from(("01", "02", "03", "04", "05")))
    row = form | {
        "geboortejaar": {"anna": 2007, "bram": 2008, "cem": 2015}[form["client_pseudo"]],
        "pc6": draw(_maybe(_places)),
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
            "nut_cijfer": draw(_maybe(st.integers(1, 10))),
            "zonder_hulp": draw(st.sampled_from(("01", "02", "03", "04"))),
        }
        for one in who
    ]
    return answers or [row]


@st.composite
def uitkeringen(draw: Draw, number: int, before: Row | None = None) -> Row:
    """One benefit; it may be drawn so that it follows another of the same client."""
    begin, client = draw(_days), draw(_codes)
    until = before["einddatum"] if before else None
    if before and (next_ := _following(draw, until, (1, 28, 29, 30, 31, 32, 365, 366))):
        begin, client = next_, before["client_pseudo"]
    end = perhaps_after(draw, begin)
    why = st.sampled_from(("werk_loondienst", "werk_loondienst", "zelfstandig", "overig", "aow"))
    return {
        "dossier_id": f"D{number}",
        "client_pseudo": client,
        "huishouden_pseudo": HOMES[client],
        "pc6": draw(_places),
        "begindatum": begin,
        "einddatum": end,
        "reden_beeindiging": draw(why) if end else None,
    }


@st.composite
def teamtrajecten(draw: Draw, number: int) -> Row:
    """One traject of a team, with its goals and scores."""
    asked = draw(_days)
    start = perhaps_after(draw, asked)
    end = perhaps_after(draw, start or asked)
    goals = draw(_maybe(st.integers(1, 4)))
    wijk = draw(st.sampled_from((*DISTRICTS, None)))
    client = draw(_maybe(_codes))
    scored = draw(_maybe(_days))
    row: Row = {
        "_partner": draw(st.sampled_from(("sociaal_team", "welzijn"))),
        "traject_id": f"S{number}",
        "client_pseudo": client,
        "gebied_code": wijk,
        "huishouden_pseudo": HOMES[client] if client and draw(st.booleans()) else None,
        "pc4": draw(st.sampled_from((None, "9901", "9902", "1234"))) if wijk is None else None,
        "datum_hulpvraag": asked,
        "datum_start": start,
        "datum_eind": end,
        "leefgebieden": draw(st.sampled_from((None, "geld", "wonen, huishouden", "vervoer"))),
        "vorm": draw(st.sampled_from(("individueel_traject", "informatie_advies"))),
        "plan": draw(_maybe(st.booleans())),
        "regisseur": draw(_maybe(st.booleans())),
        "doelen_aantal": goals,
        "doelen_behaald": draw(_maybe(st.integers(0, goals))) if goals else None,
        "beoordeeld_door": draw(_maybe(st.sampled_from(("inwoner", "samen", "professional")))),
        "netwerk_betrokken": draw(_maybe(st.sampled_from(("ja", "nee", "geen_netwerk")))),
        "zrm_begin_datum": scored,
        "zrm_eind_datum": days_later(scored, draw(_gaps)) if scored else None,
        "uitkomst": draw(
            st.sampled_from(
                (
                    "opgelost",
                    "netwerk",
                    "maatwerk",
                    "doorverwezen",
                    "gestopt_inwoner",
                    "verhuisd",
                    "overleden",
                )
            )
        )
        if end
        else None,
    }
    for domain in ("financien", "huisvesting", "basale_adl", "participatie"):
        for moment in ("begin", "eind"):
            row[f"zrm_{moment}_{domain}"] = draw(_maybe(st.integers(1, 5)))
    return row


@st.composite
def nieuwkomers(draw: Draw, number: int) -> Row:
    """One newcomer; each has a code of its own."""
    came = draw(_maybe(_days))
    months = draw(st.sampled_from((None, 16, 17, 18, 19)))
    day = None
    if came and months:
        day = days_later(months_later(came, months), draw(st.sampled_from((-1, 0, 1))))
    four = ("wonen_zelfstandig", "geld_zelfstandig", "regelen_zelfstandig", "contacten")
    scores = {name: draw(st.sampled_from((3, 4, 5, 5))) if day else None for name in four}
    return scores | {
        "client_pseudo": f"n{number}",
        "groep": draw(st.sampled_from(("asiel", "asiel", "gezin_overig"))),
        "datum_huisvesting": came,
        "datum_pip": days_later(came, draw(st.sampled_from((0, 69, 70, 71))))
        if came and draw(st.booleans())
        else None,
        "meting_18m_datum": day,
        "eigen_oordeel": draw(_maybe(st.sampled_from(("ja", "ja", "een_beetje")))) if day else None,
        "uit_beeld": draw(st.sampled_from(("geen", "geen", "geen", "verhuisd", "overleden"))),
    }


@st.composite
def signalen(draw: Draw, number: int) -> Row:
    """One early signal of debts."""
    contact = draw(st.booleans())
    return {
        "signaal_id": f"V{number:02}",
        "client_pseudo": draw(_maybe(_codes)),
        "datum": draw(_days),
        "brp_ok": draw(st.integers(0, 4)) > 0,
        "pc6": draw(_places),
        "contact": contact,
        "hulp_aanvaard": draw(_maybe(st.booleans()))
        if contact
        else draw(st.sampled_from((None, False))),
    }


@st.composite
def schuldtrajecten(draw: Draw, number: int) -> Row:
    """One traject of help with debts."""
    asked = draw(_days)
    end = perhaps_after(draw, asked)
    talk = st.sampled_from((0, 3, 4, 28, 29))
    return {
        "traject_id": f"G{number}",
        "client_pseudo": draw(_codes),
        "datum_aanmelding": asked,
        "crisis": draw(st.booleans()),
        "datum_eerste_gesprek": days_later(asked, draw(talk)) if draw(st.booleans()) else None,
        "datum_eind": end,
        "datum_start": asked if end else None,
        "resultaat": draw(
            st.sampled_from(
                (
                    "regeling",
                    "stabiel",
                    "wsnp",
                    "uitval_inwoner",
                    "uitval_schuldeiser",
                    "doorverwezen",
                    "overleden",
                )
            )
        )
        if end
        else None,
    }


@st.composite
def activiteiten(draw: Draw, number: int) -> Row:
    """One activity in a quarter."""
    which = {"W01": ("welzijn", 2), "B01": ("bibliotheek", 2), "B02": ("bibliotheek", 1)}
    name = draw(st.sampled_from(sorted(which)))
    way = draw(st.sampled_from(("uniek_geregistreerd", "uniek_geschat", "contacten")))
    contacts = draw(st.integers(0, 40))
    unique = draw(st.integers(0, contacts))
    measured = draw(_maybe(st.integers(0, unique)))
    return {
        "partner_id": which[name][0],
        "_partner": which[name][0],
        "activiteit_id": name,
        "periode": draw(st.sampled_from(QUARTERS)),
        "boog": which[name][1],
        "gebied_code": draw(st.sampled_from((MUNICIPALITY, *DISTRICTS, *BUURTEN))),
        "doelgroep": draw(st.sampled_from(("jongeren", "alle_inwoners"))),
        "contacten": contacts,
        "telwijze": way,
        "unieke_deelnemers": None if way == "contacten" and draw(st.booleans()) else unique,
        "vrijwilligers": draw(st.integers(0, 9)),
        "uitkomst_gemeten": measured,
        "uitkomst_positief": draw(st.integers(0, measured)) if measured is not None else None,
    }


@st.composite
def antwoorden(draw: Draw, number: int) -> Row:
    """One answer to one question."""
    question = draw(st.sampled_from(("CEO-1", "CEO-2", "CEO-5", "CEO-8", "CEO-9", "ACT-1")))
    answer = (
        ("ja", "nee", "nvt")
        if question in ("CEO-5", "ACT-1")
        else ("helemaal_eens", "eens", "neutraal", "oneens", "helemaal_oneens", "geen_mening")
    )
    return {
        "meting_id": "m",
        "respondent_nr": str(number),
        "vraag_id": question,
        "antwoord_code": draw(st.sampled_from(answer)),
        "datum": draw(_days),
        "gebied_code": draw(st.sampled_from((*DISTRICTS, None))),
        "partner_id": draw(st.sampled_from(("welzijn", "bibliotheek", None))),
    }


@st.composite
def verhalen(draw: Draw, number: int) -> Row:
    """One story."""
    return {
        "verhaal_id": f"H{number}",
        "datum": draw(_days),
        "soort": draw(st.sampled_from(("verhaal", "verhaal", "signaal"))),
        "thema": draw(st.sampled_from(("eenzaamheid", "geld"))),
        "gebied_code": draw(st.sampled_from((MUNICIPALITY, *DISTRICTS))),
        "partner_id": draw(st.sampled_from(("welzijn", "bibliotheek", None))),
        "toestemming": draw(st.sampled_from(("ja", "ja", "nee", "ingetrokken"))),
    }


@st.composite
def boekingen(draw: Draw, number: int) -> list[Row]:
    """One line of an agreement in some quarters of a year, with what was spent since 1 January."""
    partner = draw(st.sampled_from(("welzijn", "bibliotheek")))
    sheet = draw(st.sampled_from((None, "meedoen", "zich_redden")))
    arc = draw(st.integers(0, 4)) if sheet else None
    year, spent, rows = draw(st.sampled_from((2024, 2025, 2026))), 0.0, []
    for n in range(1, 4 if year == 2026 else 5):
        spent = round(spent + draw(st.integers(0, 90_000)) / 100, 2)
        if draw(st.integers(0, 4)):
            rows.append(
                {
                    "overeenkomst_id": partner,
                    "resultaatblad_id": sheet,
                    "boog": arc,
                    "periode": f"{year}K{n}",
                    "toegekend": draw(st.sampled_from((0.0, 1000.0, 2500.5))),
                    "besteed": spent if draw(st.integers(0, 5)) else None,
                    "regel": " ".join(str(one) for one in ("regel", sheet, arc) if one is not None),
                }
            )
    return rows

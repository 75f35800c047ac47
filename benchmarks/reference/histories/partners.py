"""Rows of what partners deliver: trajecten, newcomers, debts, activities, answers, money."""

from hypothesis import strategies as st

from benchmarks.reference.days import days_later, months_later
from benchmarks.reference.histories.turns import (
    HOMES,
    QUARTERS,
    Draw,
    codes,
    days,
    gaps,
    maybe,
    perhaps_after,
    places,
)
from benchmarks.reference.history import BUURTEN, DISTRICTS, MUNICIPALITY, Row


@st.composite
def teamtrajecten(draw: Draw, number: int) -> Row:
    """One traject of a team, with its goals and scores."""
    asked = draw(days)
    start = perhaps_after(draw, asked)
    end = perhaps_after(draw, start or asked)
    goals = draw(maybe(st.integers(1, 4)))
    wijk = draw(st.sampled_from((*DISTRICTS, None)))
    client = draw(maybe(codes))
    scored = draw(maybe(days))
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
        "plan": draw(maybe(st.booleans())),
        "regisseur": draw(maybe(st.booleans())),
        "doelen_aantal": goals,
        "doelen_behaald": draw(maybe(st.integers(0, goals))) if goals else None,
        "beoordeeld_door": draw(maybe(st.sampled_from(("inwoner", "samen", "professional")))),
        "netwerk_betrokken": draw(maybe(st.sampled_from(("ja", "nee", "geen_netwerk")))),
        "zrm_begin_datum": scored,
        "zrm_eind_datum": days_later(scored, draw(gaps)) if scored else None,
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
            row[f"zrm_{moment}_{domain}"] = draw(maybe(st.integers(1, 5)))
    return row


@st.composite
def nieuwkomers(draw: Draw, number: int) -> Row:
    """One newcomer; each has a code of its own."""
    came = draw(maybe(days))
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
        "eigen_oordeel": draw(maybe(st.sampled_from(("ja", "ja", "een_beetje")))) if day else None,
        "uit_beeld": draw(st.sampled_from(("geen", "geen", "geen", "verhuisd", "overleden"))),
    }


@st.composite
def signalen(draw: Draw, number: int) -> Row:
    """One early signal of debts."""
    contact = draw(st.booleans())
    return {
        "signaal_id": f"V{number:02}",
        "client_pseudo": draw(maybe(codes)),
        "datum": draw(days),
        "brp_ok": draw(st.integers(0, 4)) > 0,
        "pc6": draw(places),
        "contact": contact,
        "hulp_aanvaard": draw(maybe(st.booleans()))
        if contact
        else draw(st.sampled_from((None, False))),
    }


@st.composite
def schuldtrajecten(draw: Draw, number: int) -> Row:
    """One traject of help with debts."""
    asked = draw(days)
    end = perhaps_after(draw, asked)
    talk = st.sampled_from((0, 3, 4, 28, 29))
    return {
        "traject_id": f"G{number}",
        "client_pseudo": draw(codes),
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
    measured = draw(maybe(st.integers(0, unique)))
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
        "datum": draw(days),
        "gebied_code": draw(st.sampled_from((*DISTRICTS, None))),
        "partner_id": draw(st.sampled_from(("welzijn", "bibliotheek", None))),
    }


@st.composite
def verhalen(draw: Draw, number: int) -> Row:
    """One story."""
    return {
        "verhaal_id": f"H{number}",
        "datum": draw(days),
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

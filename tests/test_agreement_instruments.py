"""Instruments, regie, talks, risks, calendar and council: contradictions, remarks, the matrix."""

from datetime import date
from pathlib import Path

import pytest
from contradictions import VOORBEELDSTAD, Case, contradictions, copy, left_over, put, where
from tiny_agreement import EVENTS, agreement, indicator, partner

from sources.agreement import sense
from sources.agreement.checks.calendar import age
from sources.agreement.heard import heard
from sources.agreement.known import Known
from sources.agreement.lines import Lines
from sources.agreement.load import load, load_with_lines
from sources.agreement.model import Measurement, OwedDelivery, Target
from sources.contracts.load import standard

TODAY = date(2026, 10, 15)
INSTRUMENTS, RISKS, COUNCIL = "instruments.yaml", "risks.yaml", "council.yaml"
CALENDAR, FORCES, ASKED = "calendar.yaml", "krachtenveld.yaml", "questions.yaml"
MILL, SCHOOL = "conversations/molenwijk.yaml", "conversations/zonneveld.yaml"
BRIDGE, LIBRARY = "partners/welzijn.yaml", "partners/bibliotheek.yaml"
REFUGEES, TEAM = "agreements/vluchtelingenwerk.yaml", "agreements/sociaal_team.yaml"
I01, I08 = "indicators/I01.yaml", "indicators/I08.yaml"
NEXT_RISK = """  nog_een:
    accepted: Wij wachten af.
    why: Het lost zich vaak op.
    decided_by: Het college
    decided_on: 2026-01-15
    signal: Het lost zich niet op.
    review_by: 2027-01-15
"""
AGAIN = """  version: 3
  fixed_on: 2026-02-01
  earlier:
    - {version: 1, period: "2023", value: 0.52, area_year: 2024}
  note: Eerste meting"""
KNOWN_OF_MONEY = """knowledge:
  level: thin
  reason: Wij zien wie hulp krijgt. Wie zwijgt over geld, zien wij niet.
  judged_by: De gemeente, drie partners en de Participatieraad
  date: 2026-01-15
"""

CASES = {
    "an instrument that brings what does not exist, and one that brings what another does": Case(
        [(INSTRUMENTS, "deliveries: [clientervaring]", "deliveries: [ervaring, financien]")],
        [
            (INSTRUMENTS, "[ervaring, financien]", "Levering `ervaring` bestaat niet"),
            (INSTRUMENTS, "[ervaring, financien]", "`financien` hoort al bij `monitoring`"),
        ],
    ),
    "a form of regie that is not there, and one that asks what is not there": Case(
        [
            (BRIDGE, "form: meedenken", "form: meedenk"),
            (INSTRUMENTS, "[partner_activiteiten, sociaal_team_trajecten]", "[financieel]"),
        ],
        [
            (BRIDGE, "form: meedenk", "Regievorm `meedenk` bestaat niet. Bedoelt u `meedenken`?"),
            (INSTRUMENTS, "[financieel]", "Levering `financieel` bestaat niet. Bedoelt u `finan"),
        ],
    ),
    "a talk that was heard, about and steered by what does not exist": Case(
        [
            (SCHOOL, "input: auditorium", "input: auditorum"),
            (SCHOOL, "goals: [kinderen, snelle_hulp]", "goals: [kinderen, snel]"),
            (SCHOOL, "instrument: campagne", "instrument: campange"),
        ],
        [
            (SCHOOL, "input:", "Inputinstrument `auditorum` bestaat niet. Bedoelt u `audit"),
            (SCHOOL, "goals:", "Doel `snel` bestaat niet"),
            (SCHOOL, "instrument:", "Sturingsinstrument `campange` bestaat niet. Bedoelt u `camp"),
        ],
    ),
    "four risks in view": Case(
        [(RISKS, "  minder_formulieren:\n", NEXT_RISK + "  minder_formulieren:\n")],
        [(RISKS, "  minder_formulieren:", "Er zijn 4 risico’s in beeld, 3 is het meeste")],
    ),
    "four risks, of which three in view": Case(
        [
            (
                RISKS,
                "  minder_formulieren:\n",
                NEXT_RISK + "    in_view: false\n  minder_formulieren:\n",
            )
        ],
        [],
    ),
    "a risk for a goal, seen in a figure and talked over that are not there": Case(
        [
            (RISKS, "goal: kinderen", "goal: kind"),
            (RISKS, "indicator: I22", "indicator: I99"),
            (RISKS, "conversation: zonneveld", "conversation: zonveld"),
        ],
        [
            (RISKS, "goal: kind", "Doel `kind` bestaat niet"),
            (RISKS, "indicator: I99", "Indicator `I99` bestaat niet"),
            (RISKS, "conversation:", "Gesprek `zonveld` bestaat niet. Bedoelt u `zonneveld`?"),
        ],
    ),
    "a calendar of what is not there, and in another rhythm than was agreed": Case(
        [
            (CALENDAR, "{delivery: financien,", "{delivery: geld,"),
            (CALENDAR, "partner: gemeente, every: year", "partner: gemeente, every: half_year"),
            (CALENDAR, "end: 2025-11-30", "end: 2025-09-01"),
            (CALENDAR, "goals: [meedoen]", "goals: [mee]"),
            (CALENDAR, "[WK990103, WK990105]", "[WK990103, WK171205]"),
        ],
        [
            (CALENDAR, "{delivery: geld,", "Levering `geld` bestaat niet"),
            (CALENDAR, "partner: gemeente", "`gemeente` levert `clientervaring` in een ander r"),
            (CALENDAR, "end: 2025-09-01", "Deze campagne eindigt voordat zij begint"),
            (CALENDAR, "goals: [mee]", "Doel `mee` bestaat niet"),
            (CALENDAR, "WK171205", "WK171205 ligt niet in Voorbeeldstad"),
        ],
    ),
    "a calendar of a partner that is not there": Case(
        [(CALENDAR, "partner: gemeente", "partner: gemeent")],
        [(CALENDAR, "partner: gemeent", "Partner `gemeent` bestaat niet. Bedoelt u `gemeente`?")],
    ),
    "a krachtenveld around a goal and a partner that are not there": Case(
        [
            (FORCES, "goals: [geld]", "goals: [gelt]"),
            (FORCES, "partner: welzijn", "partner: brug"),
        ],
        [
            (FORCES, "goals: [gelt]", "Doel `gelt` bestaat niet. Bedoelt u `geld`?"),
            (FORCES, "partner: brug", "Partner `brug` bestaat niet"),
        ],
    ),
    "a council that frames and asks what is not there, and too much": Case(
        [
            (COUNCIL, "goals: [kinderen, geld]", "goals: [kinderen, gelt]"),
            (COUNCIL, "[I33, I34, I35]", "[I33, I99]"),
            (COUNCIL, "    by: 2027-06-30", "    by: 2027-06-30\n    indicator: I98"),
            (COUNCIL, "  - Wij tellen minder", "  - Wij luisteren.\n  - Wij tellen minder"),
        ],
        [
            (COUNCIL, "[kinderen, gelt]", "Doel `gelt` bestaat niet"),
            (COUNCIL, "[I33, I99]", "Indicator `I99` bestaat niet"),
            (COUNCIL, "indicator: I98", "Indicator `I98` bestaat niet"),
            (COUNCIL, "principles:", "Hier staan 4 uitgangspunten, 3 is het meeste"),
        ],
    ),
    "criteria that are not there, and that nobody chose": Case(
        [(REFUGEES, "[meedoen, samen, weinig_regels,", "[meedoen, samen, goedkoop,")],
        [
            (REFUGEES, "criteria: [meedoen, samen", "Criterium `goedkoop` bestaat niet"),
            (REFUGEES, "criteria: [weinig_regels]", "Op `weinig_regels` is in deze overeenkomst"),
        ],
    ),
    "an answer that is older than the question": Case(
        [(TEAM, "        - date: 2026-03-12", "        - date: 2024-03-12")],
        [(TEAM, "- date: 2024-03-12", "Dit antwoord (2024-03-12) is ouder dan de vraag (2024-11")],
    ),
    "a circle with blocks that are not on that sheet": Case(
        [(ASKED, "do: [partners]", "do: [partners, finance]")],
        [(ASKED, "do: [partners, finance]", "Blok `finance` bestaat niet")],
    ),
    "a baseline that was counted again without a day, a reason and all that was before": Case(
        [(I08, "  note: Eerste meting, nog op papier.\n", "  version: 2\n  definition: 9\n")],
        [
            (I08, "version: 2", "Dit is versie 2 van de nulmeting, zonder dag of reden"),
            (I08, "version: 2", "Van versie 2 zijn dit de vorige: geen"),
            (I08, "definition: 9", "Versie 9 van deze indicator bestaat niet. Kies 1 tot 1."),
        ],
    ),
    "a baseline that lost a version": Case(
        [(I08, "  note: Eerste meting", AGAIN)],
        [(I08, "version: 3", "Van versie 3 zijn dit de vorige: [1]. Zet bij `earlier`")],
    ),
    "a question in the place of a target in an area that is not ours": Case(
        [(I01, "  WK990108: ", "  WK171201: ")],
        [(I01, "WK171201", "WK171201 ligt niet in Voorbeeldstad")],
    ),
    "a question and a target for one wijk": Case(
        [("indicators/I28.yaml", "incentive: ", "questions: {WK990103: Wat?}\nincentive: ")],
        [
            (
                "indicators/I28.yaml",
                "area: WK990103",
                "Voor WK990103 staat er een streefwaarde en een gespreksvraag",
            )
        ],
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy(tmp_path)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_contradiction_is_named_where_it_stands_and_nothing_else_is(
    folder: Path, case: Case
) -> None:
    put(folder, case.changes)
    assert left_over(folder, case, contradictions(folder)) == []


def remarks(folder: Path, today: date = TODAY) -> list[str]:
    known, lines = load_with_lines(folder)
    return sense.remarks(known, standard(), today=today, lines=lines)


# what changes, and the remark: file, a text on the line, a piece of what is said
REMARKED = {
    "a goal of which nobody hears by an instrument any more": (
        [(SCHOOL, "input: auditorium", "input: uitvoerders")],
        ("goals/kinderen.yaml", "", "horen wij niets via: Vragenlijsten onder mensen met hulp en "),
    ),
    "evidence that comes by no instrument": (
        [(INSTRUMENTS, "      - jeugd_trajecten\n", "")],
        ("indicators/I22.yaml", "delivery:", "`jeugd_trajecten` hoort bij geen enkel inputinst"),
    ),
    "a block that serves no werkwijze": (
        [(INSTRUMENTS, "  map: zien en leren\n", "")],
        ("agreement.yaml", "  index:", "Van blok `map` staat niet welke werkwijze het dient"),
    ),
    "an action that serves no werkwijze": (
        [("partners/welzijn.yaml", "      working_way: contracteren\n", "")],
        ("partners/welzijn.yaml", "    - action: Een overeen", "Bij deze actie staat niet welke"),
    ),
    "a block that is on no sheet": (
        [(INSTRUMENTS, "  map: zien en leren\n", "  kaart: zien en leren\n")],
        (INSTRUMENTS, "  kaart:", "Blok `kaart` staat op geen enkele plaat"),
    ),
    "a werkwijze that rests": (
        [("partners/welzijn.yaml", "working_way: contracteren", "working_way: zien en leren")],
        (INSTRUMENTS, "blocks:", "actie of afspraak dient: contracteren, sturen op risico"),
    ),
    "a year without a look at the werkwijzen": (
        [(INSTRUMENTS, "  - date: 2026-01-15", "  - date: 2025-10-13")],
        (INSTRUMENTS, "self_checks:", "Dit jaar keek nog niemand of u alle vijf werkwijzen"),
    ),
    "a delivery that the form does not ask": (
        [(BRIDGE, "form: meedenken", "form: loslaten")],
        (
            BRIDGE,
            "{contract: partner_activiteiten",
            "`partner_activiteiten` is meer dan wij bij `Lo",
        ),
    ),
    "a delivery more often than the form asks": (
        [
            (
                INSTRUMENTS,
                "    every: quarter\n    most_figures: 4",
                "    every: year\n    most_figures: 4",
            )
        ],
        (LIBRARY, "{contract: clientervaring", "`clientervaring` komt vaker dan wij bij `Volgen`"),
    ),
    "more figures than the form asks": (
        [(INSTRUMENTS, "most_figures: 4", "most_figures: 1")],
        (LIBRARY, "form:", "cijfers, bij `Volgen` 1. Schrap er een paar, of kies samen"),
    ),
    "an afspraak that returns because its day has passed": (
        [(SCHOOL, "    by: 2026-12-31", "    by: 2026-10-14")],
        (SCHOOL, "by: 2026-10-14", "zou op 2026-10-14 klaar zijn en staat op `loopt`. Vraag wat"),
    ),
    "an afspraak that says not how it steers": (
        [(MILL, "    working_way: luisteren en kijken\n", "")],
        (MILL, "  - agreed:", "Bij deze afspraak staat niet hoe zij stuurt"),
    ),
    "a signal that asks for a talk, and never for a rule": (
        [(RISKS, "        conversation: zonneveld\n", "")],
        (RISKS, "- date: 2026-04-20", "er is niet over gepraat. Plan een gesprek. Maak er geen r"),
    ),
    "a risk that nobody looked at again": (
        [(RISKS, "review_by: 2027-05-31", "review_by: 2026-10-14")],
        (RISKS, "review_by: 2026-10-14", "Dit risico zou op 2026-10-14 opnieuw bekeken zijn"),
    ),
    "a measurement that is in no calendar": (
        [
            (
                CALENDAR,
                "  - {delivery: financien, every: quarter, first: 2024-10-01, weeks: 6}\n",
                "",
            )
        ],
        (CALENDAR, "measurements:", "Van `financien` staat niet wanneer er wordt gemeten"),
    ),
    "a measurement that is old without a reason": (
        [(CALENDAR, "every: year, first: 2024-01-01", "every: four_years, first: 2020-01-01")],
        (CALENDAR, "gebied_kerncijfers", "Het nieuwste cijfer uit `gebied_kerncijfers` is 33 maan"),
    ),
    "a doel without a frame": (
        [(COUNCIL, "goals: [kinderen, geld]", "goals: [kinderen]")],
        ("goals/geld.yaml", "", "De raad stelde voor dit doel geen kader vast"),
    ),
    "a question of the council without an answer": (
        [(COUNCIL, "[I33, I34, I35]", "[]")],
        (COUNCIL, "- question: Doen wij geen", "Geen enkel cijfer geeft antwoord op: Doen wij"),
    ),
    "an agenda of the municipality that is late": (
        [(COUNCIL, "    by: 2027-06-30", "    by: 2026-10-14")],
        (COUNCIL, "by: 2026-10-14", "Dit ontwikkelpunt zou op 2026-10-14 klaar zijn"),
    ),
    "a criterion that became no afspraak": (
        [(REFUGEES, "    criteria: [weinig_regels]\n", "")],
        (REFUGEES, "criteria: [meedoen, samen", "Op `weinig_regels` is gekozen, en geen procesbl"),
    ),
    "a question that waits for a year": (
        [(TEAM, "        - date: 2026-03-12", "        - date: 2025-03-12")],
        (TEAM, "    - question: Waar liep u vast", "Deze vraag is een jaar lang niet samen beantw"),
    ),
    "a baseline that is not frozen": (
        [(I08, "  value: 0.55\n", "")],
        (I08, "baseline:", "Deze nulmeting is alleen een periode, en het cijfer daarvan is def"),
    ),
    "a baseline that is not final yet": (
        [(I08, '  period: "2024"\n  value: 0.55\n', "  period: 2025K3/2026K2\n")],
        ("indicators", "", "De nulmeting staat nog niet vast bij I08, I25, I37. Vul"),
    ),
    "a goal of which nobody says whether enough is known": (
        [("goals/geld.yaml", KNOWN_OF_MONEY, "")],
        ("goals/geld.yaml", "", "Weten wij genoeg over dit doel? Dat staat er niet"),
    ),
    "more is said to be known than the evidence tells": (
        [("goals/licht.yaml", "level: thin", "level: solid")],
        ("goals/licht.yaml", "  level: solid", "Hier staat `solid`, en het bewijs is van deze"),
    ),
    "less is said to be known than the evidence tells": (
        [("goals/licht.yaml", "level: thin", "level: none")],
        ("goals/licht.yaml", "  level: none", "Hier staat `none`, en er is bewijs van deze soort"),
    ),
}


@pytest.mark.parametrize("name", REMARKED)
def test_what_is_allowed_and_worth_a_talk_is_remarked_and_is_no_fault(
    folder: Path, name: str
) -> None:
    changes, (file, text, said) = REMARKED[name]
    before = remarks(folder)
    put(folder, changes)
    place = where(folder, file, text)

    new = [one for one in remarks(folder) if one not in before]

    assert any(one.startswith(f"{place}: ") and said in one for one in new), "\n".join(new)
    assert contradictions(folder) == []


# every, first day of the first period, weeks until it is there, today: months old
AGES = """
quarter    2026-01-01 4  2026-04-28 -
quarter    2026-01-01 4  2026-04-29 0
quarter    2026-01-01 4  2026-07-20 3
quarter    2026-01-01 4  2026-07-29 0
half_year  2026-01-01 0  2026-08-01 1
year       2024-01-01 26 2026-06-30 17
year       2024-01-01 26 2026-07-02 6
two_years  2022-01-01 0  2026-10-15 9
four_years 2020-01-01 20 2026-10-15 33
four_years 2024-01-01 20 2026-10-15 -
"""


@pytest.mark.parametrize("line", AGES.strip().splitlines())
def test_the_age_of_a_figure_follows_from_the_calendar(line: str) -> None:
    every, first, weeks, today, months = line.split()
    given = {"delivery": "meldingen", "every": every, "first": first, "weeks": weeks}
    one = Measurement.model_validate(given)

    assert age(one, date.fromisoformat(today)) == (None if months == "-" else int(months))


def test_the_matrix_of_goals_and_instruments_counts_figures_talks_and_registers() -> None:
    known = Known(load(VOORBEELDSTAD), standard(), Lines())
    matrix = heard(known.agreement)

    asked = [
        key
        for key, one in known.alive().items()
        if "clientervaring" in one.tables
        and known.doel_of(key) == "snelle_hulp"
        and one.status == "active"
    ]
    assert matrix["snelle_hulp", "ervaring"] == len(asked) > 0
    assert matrix["kinderen", "auditorium"] == 1  # the talk in Zonneveld
    assert matrix["geld", "krachtenveld"] == 1  # the woningcorporatie
    assert matrix["geld", "campagne"] == 1
    assert ("geld", "auditorium") not in matrix


def test_a_partner_is_asked_no_more_than_its_form_in_voorbeeldstad() -> None:
    known = load(VOORBEELDSTAD)
    said = sense.remarks(known, standard(), today=TODAY)
    assert [one for one in said if "dan wij bij" in one or "cijfers, bij" in one] == []


def test_a_question_stands_in_the_place_of_a_target_in_its_area_only() -> None:
    target = Target(year=2026, value=0.8)
    asked = {"WK990101": "Wat is hier goed?"}
    one = indicator(way="share", denominator=EVENTS, targets=(target,), questions=asked)
    known = agreement(indicators={"I01": one})

    found = {
        area: known.targets_of("I01", area=area, partner="", day=TODAY)
        for area in ("WK990101", "WK990102")
    }

    assert found == {"WK990101": (), "WK990102": (target,)}


def test_an_agreement_without_these_files_is_asked_nothing_about_them() -> None:
    plain = agreement(
        partners={
            "welzijn": partner(deliveries=(OwedDelivery(contract="meldingen", since="2026K1"),))
        }
    )
    said = sense.remarks(plain, {}, today=TODAY)
    files = {INSTRUMENTS, RISKS, COUNCIL, CALENDAR, FORCES}
    assert [one for one in said if one.split(":")[0] in files] == []

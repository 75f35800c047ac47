"""Voorbeeldstad: an agreement without faults, as rich as its domain asks, in plain Dutch."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from sources.agreement import sense
from sources.agreement.load import load_with_lines
from sources.agreement.model import Agreement, Direction, GoalLevel
from sources.contracts.load import load as load_contracts
from sources.example import maker
from transforms.conditions import rehearse

EXAMPLE = Path(__file__).parent.parent / "sources/example"
FOLDER = EXAMPLE / "voorbeeldstad"
STEP = {Direction.HIGHER: 1, Direction.LOWER: -1, Direction.NONE: 0}
CONTRACTS = load_contracts(FOLDER)
AGREEMENT, LINES = load_with_lines(FOLDER)


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_it_has_no_fault() -> None:
    assert sense.faults(AGREEMENT, CONTRACTS, lines=LINES) == []
    assert rehearse(AGREEMENT, CONTRACTS) == []


def test_one_hoofddoel_and_six_doelen_each_with_evidence_under_its_results() -> None:
    tree = {
        goal: sorted(i for i in AGREEMENT.indicators if AGREEMENT.goal_of(i) == goal)
        for goal, _ in AGREEMENT.goals_in_order()
    }

    assert AGREEMENT.main_goal()[1].name == "Iedereen telt mee en doet mee"
    assert tree == {
        "meedoen": ["I07", "I08", "I09", "I10", "I11", "I12", "I13", "I14", "I15"],
        "snelle_hulp": ["I28", "I29", "I30", "I31", "I32", "I33", "I34", "I35"],
        "zich_redden": ["I01", "I02", "I03", "I04", "I05", "I06", "I40"],
        "geld": ["I16", "I17", "I18", "I19", "I20"],
        "kinderen": ["I21", "I22", "I23", "I23_cijfers", "I24", "I25", "I26", "I27"],
        "licht": ["I36", "I37", "I38", "I39"],
    }
    assert all(goal.horizon and goal.picture for goal in AGREEMENT.goals.values())


def test_every_target_is_at_least_as_ambitious_as_the_baseline_before_it() -> None:
    day, looser = date(2026, 9, 30), []
    for name, indicator in AGREEMENT.indicators.items():
        for partner in ("", *AGREEMENT.partners):
            own = AGREEMENT.promised(name, partner, day)
            start = AGREEMENT.baseline_of(name, partner=partner, day=day)
            for target in own.targets if own else indicator.targets:
                rise = target.value - start.value if start and start.value is not None else 0.0
                if rise * STEP[indicator.direction] < 0 and not target.area:
                    looser.append((name, partner, target))
    assert looser == []


# indicator: kind, way, what numerator and denominator count, adds up over, lowest level and grain,
# baseline and last target; domain.md section 3 and 3.7
DOMAIN = """
I01         experience share        answers    answers area           district:year              yes 0.8
I02         outcome    share        events     events  area,partner   partner:four_quarters      yes -
I03         outcome    share        events     events  area,partner   partner:four_quarters      yes 0.6
I04         experience given        persons    -       -              district:year              no  -
I05         outcome    share        events     events  area,partner   partner:four_quarters      yes 0.75
I06         outcome    share        events     events  area           district:four_quarters     yes -
I07         output     rate         events     public  area,partner   partner:quarter            yes -
I08         experience share        answers    answers area,partner   partner:four_quarters      yes 0.6
I09         output     rate         events     public  area,partner   partner:quarter            yes 16.2
I10         context    given        persons    -       -              district:year              no  -
I11         outcome    share        persons    persons -              municipality:four_quarters yes 0.8
I12         output     share        persons    persons -              municipality:four_quarters yes 0.9
I13         outcome    share        events     events  area,partner   partner:four_quarters      yes 0.65
I14         outcome    share        persons    persons area           district:four_quarters     yes -
I15         output     rate         events     public  area           district:quarter           yes -
I16         output     share        events     events  area           district:four_quarters     yes 0.36
I17         outcome    share        events     events  area           district:four_quarters     yes 0.4
I18         output     share        events     events  -              municipality:four_quarters yes 0.95
I19         outcome    share        events     events  -              municipality:four_quarters yes 0.78
I20         context    rate         households public  area           district:quarter           yes -
I21         context    rate         persons    public  area           district:four_quarters     yes -
I22         outcome    share        events     events  area           district:four_quarters     yes 0.08
I23         experience share        answers    answers breakdown      municipality:four_quarters yes 0.85
I23_cijfers experience distribution answers    -       breakdown      municipality:four_quarters no  -
I24         outcome    share        answers    answers -              municipality:four_quarters yes -
I25         outcome    share        persons    persons -              municipality:four_quarters yes 0.75
I26         output     wait         events     events  -              municipality:four_quarters yes -
I27         output     count        events     -       area           district:quarter           yes -
I28         output     share        events     events  area           district:four_quarters     yes 0.9
I29         output     share        events     events  -              municipality:quarter       yes 0.95
I30         output     wait         events     events  area           district:four_quarters     yes 42
I31         experience share        answers    answers area           district:year              yes 0.75
I32         experience share        answers    answers area           district:year              yes 0.8
I33         context    rate         households public  area,breakdown district:quarter           yes -
I34         signal     count        persons    -       -              municipality:quarter       yes -
I35         outcome    share        events     events  area           district:four_quarters     yes 0.15
I36         output     rate         persons    public  area           district:quarter           yes -
I37         outcome    count        persons    -       breakdown      municipality:four_quarters yes -
I38         output     rate         money      public  breakdown      municipality:four_quarters yes -
I39         output     rate         money      money   partner        partner:quarter            no  -
I40         story      count        events     -       area,breakdown partner:four_quarters      no  -
"""  # noqa: E501


@pytest.mark.parametrize("line", DOMAIN.strip().splitlines(), ids=lambda line: line[:3])
def test_an_indicator_counts_what_the_domain_says(line: str) -> None:
    name, kind, way, above, below, adds, lowest, baseline, target = line.split()
    one = AGREEMENT.indicators[name]
    level, grain = lowest.split(":")

    assert (one.kind, one.way, one.numerator.counts) == (kind, way, above)
    assert (one.denominator.counts if one.denominator else "-") == below
    assert (",".join(one.additive_over) or "-") == adds
    assert {str(k): str(v) for k, v in one.levels.items()}[level] == grain
    assert ("yes" if one.baseline else "no") == baseline
    assert (f"{max(one.targets, key=lambda t: t.year).value:g}" if one.targets else "-") == target


def test_the_terms_are_those_of_the_law_and_a_suspension_needs_a_yes() -> None:
    found = {i: AGREEMENT.indicators[i].term for i in ("I28", "I29", "I30")}

    days = {"I28": 42, "I29": 14, "I30": 42 + 14}
    assert {i: term.days for i, term in found.items() if term} == days
    assert found["I28"] and found["I28"].suspension_agreed == "opschorting_akkoord"
    gross = AGREEMENT.indicators["I28"].variants["bruto"].term
    assert gross and gross.suspension is None


@pytest.mark.parametrize(
    ("one", "other"), [("I07", "I08"), ("I28", "I31"), ("I29", "I31"), ("I30", "I31")]
)
def test_forced_pairs_are_kept_together(one: str, other: str) -> None:
    assert other in AGREEMENT.indicators[one].pairs


def test_one_wijk_has_a_target_of_its_own() -> None:
    assert [t.area for i in AGREEMENT.indicators.values() for t in i.targets if t.area] == [
        "WK990103"
    ]


# partner: agreement, regievorm, direction, deliveries, sheets, roles
PARTNERS = """
sociaal_team       resultaatovereenkomst  sturen    up     3  2  5
welzijn            resultaatovereenkomst  meedenken right  3  2  2
bibliotheek        subsidie               volgen    up     2  2  2
vluchtelingenwerk  inkoop                 sturen    left   2  2  2
initiatief         geen                   loslaten  None   0  0  1
"""


@pytest.mark.parametrize("line", PARTNERS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_five_partners_differ_in_kind(line: str) -> None:
    name, kind, form, direction, deliveries, sheets, roles = line.split()
    partner = AGREEMENT.partners[name]
    (agreed,) = [one for one in AGREEMENT.agreements.values() if one.partner == name]

    assert partner.strategy and partner.governance
    assert (agreed.kind, partner.governance.form) == (kind, form)
    assert str(partner.strategy.direction) == direction
    assert len([owed for owed in partner.deliveries if not owed.optional]) == int(deliveries)
    assert (len(agreed.result_sheets), len(partner.roles)) == (int(sheets), int(roles))


def test_the_resultaatovereenkomst_has_its_three_parts_and_an_agenda() -> None:
    agreed = AGREEMENT.agreements["welzijn"]

    assert agreed.general and agreed.result_sheets and agreed.process_sheets
    assert agreed.finance and agreed.development
    assert {sheet.status for sheet in agreed.process_sheets} == {"gedaan", "loopt", "nog niet"}


def test_of_what_was_agreed_over_the_sheets_one_is_done_and_one_is_under_way() -> None:
    talks = AGREEMENT.conversations.values()
    assert {one.status for talk in talks for one in talk.appointments} == {"gedaan", "loopt"}


def test_the_agreement_and_the_maker_of_deliveries_speak_of_the_same_things() -> None:
    activities, stories = rows("activities.csv"), rows("stories.csv")
    mapped = {
        one.value: one.arc
        for one in AGREEMENT.rainbow.mapping
        if one.contract == "partner_activiteiten"
    }
    doelen = {key for key, goal in AGREEMENT.goals.items() if goal.level is GoalLevel.GOAL}
    owed = {(key, one.contract) for key, p in AGREEMENT.partners.items() for one in p.deliveries}

    assert mapped == {row["id"]: int(row["boog"]) for row in activities}
    assert {row["resultaatblad"] for row in activities} <= doelen
    assert {row["doel"] for row in stories} <= doelen
    assert {(row["partner"], "partner_activiteiten") for row in activities} <= owed
    assert {(row["partner"], "verhalen_signalen") for row in stories} <= owed


def owed_by_now(*, optional: bool) -> set[tuple[str, str, str]]:
    """Return partner, code and period of all that is owed up to the maker's last quarter."""
    every = [*maker.QUARTERS, *sorted({quarter[:4] for quarter in maker.QUARTERS})]
    return {
        (key, CONTRACTS[owed.contract].code, period)
        for key, partner in AGREEMENT.partners.items()
        for owed in partner.deliveries
        for period in every
        if len(period) == len(owed.since) and owed.since <= period <= (owed.until or period)
        if optional or not owed.optional
    }


def test_what_the_maker_sends_is_owed_and_what_is_owed_is_sent(tmp_path: Path) -> None:
    names = [path.stem.split("_", 1)[1] for path in maker.make(tmp_path, inhabitants=2_000)]
    parts = [name.rsplit("_", 3) for name in names]
    sent = {(partner, code, period) for partner, code, period, _ in parts}

    assert sent <= owed_by_now(optional=True)
    assert owed_by_now(optional=False) - sent == set(maker.NOT_DELIVERED)


def test_every_area_it_names_is_one_of_voorbeeldstad() -> None:
    districts = {"WK" + row["code"][2:8] for row in rows("areas.csv")}
    named = set(re.findall(r"WK\d{6}", "".join(path.read_text() for path in yaml_files())))
    grouped = [code for group in AGREEMENT.areas.groupings.values() for code in group.areas]

    assert named <= districts
    assert sorted(grouped) == sorted(districts)


def yaml_files() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


NOT_READ_OUT = {"where", "filters", "delivery", "contract", "column", "value", "judged_by"}


def texts(part: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of the agreement that a reader may meet, with its place."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in NOT_READ_OUT:
                yield from texts(getattr(part, name), f"{place}.{name}")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, f"{place}.{key}")
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from texts(value, f"{place}[{number}]")
    elif isinstance(part, str):
        yield place, part


def too_long(agreement: Agreement) -> list[str]:
    return [
        f"{place}: {sentence}"
        for place, text in texts(agreement, "agreement")
        for sentence in re.split(r"(?<=[.!?:])\s+", text)
        if len(sentence.split()) > 15
    ]


def test_no_sentence_has_more_than_fifteen_words() -> None:
    assert too_long(AGREEMENT) == []


JARGON = re.compile(
    r"\b(inzet|interventie|outcome|output|indicator|integraal|conform|middels|teneinde|kwetsbare"
    r"|zelfredzaamheid|participatie|doelgroepen|cliënten|borgen|implementeren|faciliteren)\b",
    re.IGNORECASE,
)


def test_no_jargon_is_used() -> None:
    read = texts(AGREEMENT, "agreement")
    assert [place for place, text in read if place[-5:] != ".kind" and JARGON.search(text)] == []

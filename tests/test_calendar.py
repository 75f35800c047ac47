"""The calendar: what runs when, also where the clock changes, and who is reminded on which day."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from mailbox import SENDER, TEAM
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.cli.deploy._schedules import _schedule_config_to_deployment_schedule
from prefect.client.schemas.schedules import CronSchedule
from prefect.server.schemas import schedules as server
from prefect.utilities.importtools import import_object

from flows.post import messages, outbox
from flows.post.outbox import WAITING
from flows.post.server import Server
from flows.settings import ZONE, Town
from flows.steps.round import receive_waiting
from reports import letters
from reports.words.catalogue import sentences
from sources.agreement.model import Reminders
from sources.store import Store

ROOT = Path(__file__).parent.parent
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
SCHEDULED = {
    one["entrypoint"].split(".")[1]: schedule
    for one in DEPLOYMENTS
    for schedule in one.get("schedules", ())
}

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""The days on which the clock of the Netherlands changes: 23 and 25 hours long."""


def runs(schedule: Any, first: date, last: date) -> list[datetime]:
    """Return when the server runs a schedule of prefect.yaml, as the clock on the wall says."""
    built = _schedule_config_to_deployment_schedule(dict(schedule))["schedule"]
    kind = server.CronSchedule if isinstance(built, CronSchedule) else server.IntervalSchedule
    begin = datetime.combine(first, time(), ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), ZONE) - timedelta(seconds=1)
    found = kind(**built.model_dump()).get_dates(n=40_000, start=begin, end=end)
    with ThreadPoolExecutor(1) as apart:  # a browser of another test may hold this thread's loop
        return [moment.astimezone(ZONE) for moment in apart.submit(asyncio.run, found).result()]


def test_every_entrypoint_is_a_flow_and_every_flow_is_deployed() -> None:
    found = {one["entrypoint"]: import_object(one["entrypoint"]) for one in DEPLOYMENTS}
    assert all(isinstance(one, Flow) for one in found.values())
    assert {one.name for one in found.values()} == {
        path.stem
        for path in (ROOT / "flows").glob("*.py")
        if "@flow" in path.read_text(encoding="utf-8")
    }


def test_every_flow_tells_the_team_when_it_fails_or_is_broken_off() -> None:
    for one in (import_object(deployment["entrypoint"]) for deployment in DEPLOYMENTS):
        told = [hook.__name__ for hook in (*one.on_failure_hooks, *one.on_crashed_hooks)]
        assert told == ["tell_the_team"] * 2, one.name


def test_what_is_scheduled_runs_by_the_clock_of_the_netherlands() -> None:
    assert set(SCHEDULED) == {"receive", "quarterly", "remind", "retain", "backup"}
    assert {schedule["timezone"] for schedule in SCHEDULED.values()} == {ZONE.key}


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize(
    ("flow", "clock"),
    [("quarterly", "06:00"), ("remind", "08:00"), ("retain", "05:00"), ("backup", "04:00")],
)
def test_on_a_day_on_which_the_clock_changes_it_runs_once_and_at_its_hour(
    flow: str, clock: str, day: date
) -> None:
    schedule = SCHEDULED[flow]
    minute, hour, *_ = schedule["cron"].split()
    on_that_day = {**schedule, "cron": f"{minute} {hour} {day.day} {day.month} *"}
    assert [f"{moment:%H:%M}" for moment in runs(on_that_day, day, day)] == [clock]


@pytest.mark.parametrize(
    ("day", "quarters", "longest"), [(SPRING, 92, 15), (AUTUMN, 96, 75)], ids=["spring", "autumn"]
)
def test_the_safety_net_runs_once_at_every_quarter_that_the_clock_shows(
    day: date, quarters: int, longest: int
) -> None:
    """Of the hour that comes twice Prefect takes one: then the net is an hour late, once a year."""
    found = runs(SCHEDULED["receive"], day, day)
    shown = [f"{moment:%H:%M}" for moment in found]
    assert len(shown) == len(set(shown)) == quarters
    waits = {(later.timestamp() - one.timestamp()) / 60 for one, later in pairwise(found)}
    assert max(waits) == longest


def test_in_a_year_everything_runs_on_its_days_and_nothing_twice() -> None:
    first, last = date(2026, 10, 1), date(2027, 9, 30)
    days = [first + timedelta(days=number) for number in range(365)]
    meant = {
        "quarterly": [day for day in days if day.day == 1 and day.month in (2, 5, 8, 11)],
        "remind": days,
        "retain": [day for day in days if day.day == 2],
        "backup": [day for day in days if day.isoweekday() == 7],
    }
    assert SPRING in meant["backup"] and AUTUMN in meant["backup"]
    for flow, expected in meant.items():
        found = runs(SCHEDULED[flow], first, last)
        assert [moment.date() for moment in found] == expected, flow
        assert len({f"{moment:%H:%M}" for moment in found}) == 1, flow


@pytest.fixture
def mailing(town: Town) -> Town:
    return replace(
        town, settings=replace(town.settings, mail=Server("localhost", 25, SENDER, TEAM))
    )


def written(town: Town, *days: date) -> list[str]:
    """Return the keys of what is written on days, at eight in the morning."""
    with Store.open(town.settings.store, holder="de test") as store:
        for day in days:
            messages.reminders(town, store, at=datetime.combine(day, time(8), ZONE))
    return [path.stem for path in outbox.lying(town.settings.post, WAITING)]


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def of_bridge(keys: list[str]) -> list[str]:
    return sorted(key for key in keys if "-welzijn-" in key)


DAY = date(2026, 10, 21)
WHOLE = days(date(2026, 10, 10), date(2026, 11, 20))
DUE = "herinnering-welzijn-2026-10-28"
"""Of 2026K3 all that De Brug owes is due on 28 October, four weeks after its end."""


@pytest.mark.parametrize(
    ("on", "keys"),
    [
        (WHOLE, ["na-1", "na-14", "na-7", "voor-14", "voor-3"]),
        ([date(2026, 10, 14)], ["voor-14"]),
        ([date(2026, 10, 13)], []),
        (days(date(2026, 10, 15), date(2026, 10, 17)), ["voor-14"]),  # off on the day itself
        ([date(2026, 10, 18)], []),  # more than three days late
        ([date(2026, 10, 28)], ["voor-3"]),
        ([date(2026, 10, 29), date(2026, 10, 29), date(2026, 10, 30)], ["na-1"]),
        ([date(2026, 11, 6)], ["na-7"]),
    ],
)
def test_a_partner_is_written_to_once_on_its_days(
    mailing: Town, on: list[date], keys: list[str]
) -> None:
    assert of_bridge(written(mailing, *on)) == [f"{DUE}-{key}" for key in keys]


def test_a_municipality_chooses_its_own_days(mailing: Town) -> None:
    own = Reminders(before=(5,), after=())
    calendar = mailing.agreement.calendar.model_copy(update={"reminders": own})
    agreement = mailing.agreement.model_copy(update={"calendar": calendar})
    keys = written(replace(mailing, agreement=agreement), *days(DAY, date(2026, 10, 31)))
    assert of_bridge(keys) == [f"{DUE}-voor-5"]
    assert not [key for key in keys if key.startswith("niet-geleverd")]


def test_the_team_hears_of_all_that_is_late_on_days_on_which_partners_do(mailing: Town) -> None:
    """Of jeugd the day was a week earlier: 21 October."""
    keys = written(mailing, *WHOLE)
    assert sorted(key for key in keys if key.startswith("niet-geleverd")) == [
        *("niet-geleverd-2026-10-22", "niet-geleverd-2026-10-28", "niet-geleverd-2026-10-29"),
        *("niet-geleverd-2026-11-04", "niet-geleverd-2026-11-11"),
    ]


def test_who_has_no_address_and_what_is_only_welcome_get_no_reminder(mailing: Town) -> None:
    partners = dict(mailing.agreement.partners)
    partners["bibliotheek"] = partners["bibliotheek"].model_copy(update={"email": ""})
    partners["initiatief"] = partners["initiatief"].model_copy(update={"email": "a@b.example"})
    agreement = mailing.agreement.model_copy(update={"partners": partners})
    written(replace(mailing, agreement=agreement), DAY, date(2026, 10, 29))
    assert {path.name for path in (mailing.settings.post / WAITING).iterdir()} == {
        *("data-team", "gemeente", "sociaal_team", "vluchtelingenwerk", "welzijn"),
    }


@pytest.mark.usefixtures("areas")
def test_what_was_delivered_is_not_asked_for_again(
    mailing: Town, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    receive_waiting(mailing, at=datetime(2026, 8, 3, tzinfo=ZONE), tell=lambda _: None)
    written(mailing, date(2026, 8, 4))
    (letter,) = (mailing.settings.post / WAITING / "welzijn").glob("herinnering-*.eml")
    text = message_from_bytes(letter.read_bytes(), policy=default).get_content()
    assert "Wat inwoners ervaren" in text
    assert "Activiteiten" not in text


SEEN = date(2026, 10, 29)
ASKED = [
    letters.Due("Activiteiten", "2026K3", date(2026, 10, 28), outcome, partner="De Brug")
    for outcome in ("niet geleverd", "AFGEKEURD", "IN WACHT")
]


@pytest.mark.parametrize(
    "letter",
    [
        letters.reminder(ASKED, late=False, contact="team gegevens"),
        letters.reminder(ASKED, late=True, contact=""),
        letters.not_delivered(ASKED, today=SEEN),
        letters.failed("quarterly", "stille-otter", "Failed"),
    ],
    ids=["before", "after", "not delivered", "failed"],
)
def test_a_letter_is_short_sentences_that_say_what_to_do(letter: letters.Letter) -> None:
    for line in letter.text.splitlines():
        for one in sentences(line):
            assert len(one.split()) <= 15, one
    assert len(letter.subject) <= 78


def test_the_list_for_the_team_says_who_what_and_how_late() -> None:
    told = letters.not_delivered(ASKED[:1], today=SEEN).text
    assert "- De Brug: Activiteiten, 3e kwartaal 2026 (nog niet geleverd), 1 dag te laat" in told

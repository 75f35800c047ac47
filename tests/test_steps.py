"""The steps of a round: what becomes of a file, of a correction, and of an edition."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from conftest import Once

from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps.files import put
from flows.steps.outlines import paths
from flows.steps.owed import deliveries, owed
from flows.steps.progress import progress
from flows.steps.receive import Received
from flows.steps.remind import remind
from sources.keys import read_keys, unseal
from sources.store import State, Store
from sources.verdict import Outcome

Drop = Callable[..., list[Path]]


def day(number: int) -> datetime:
    return datetime(2026, 8, number, 9, tzinfo=ZONE)


def quiet(_: str) -> None:
    """Tell nothing."""


def receive(town: Town, on: int = 3) -> list[Received]:
    return rounds.receive_waiting(town, at=day(on), tell=quiet)


def opened(town: Town) -> AbstractContextManager[Store]:
    return Store.open(town.settings.store, holder="de test")


@pytest.fixture
def areas(town: Town, drop: Drop) -> None:
    """The areas were delivered: other deliveries name them."""
    drop("GM9901_cbs_L12[abc]_2026_v1.csv")
    assert [one.delivery.outcome for one in receive(town, on=1)] == [Outcome.ACCEPTED] * 3


@pytest.mark.usefixtures("areas")
def test_a_delivery_is_kept_answered_sealed_and_cleared_away(town: Town, drop: Drop) -> None:
    (file,) = drop("GM9901_welzijn_L06_2026K2_v1.csv")
    content = file.read_bytes()

    (received,) = receive(town)

    assert received.delivery.state is State.ESTABLISHED
    assert not file.exists()
    assert (
        unseal(received.delivery.sha256, town.settings.raw, read_keys(town.settings.key)) == content
    )
    assert received.feedback == town.settings.feedback / "welzijn/partner_activiteiten/2026K2/1"
    answer = json.loads((received.feedback / "bevindingen.json").read_text())
    assert answer["outcome"] == "GOEDGEKEURD"


@pytest.mark.usefixtures("areas")
def test_the_same_file_again_changes_nothing(town: Town, drop: Drop) -> None:
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    (first,) = receive(town, on=3)
    drop("GM9901_welzijn_L06_2026K2_v1.csv", name="GM9901_welzijn_L06_2026K2_v2.csv")
    (again,) = receive(town, on=9)

    assert again.again
    assert again.delivery == first.delivery
    assert "al ontvangen op 03-08-2026" in again.told()
    assert not list(town.settings.inbox.rglob("*.csv"))
    with opened(town) as store:
        assert store.deliveries(day(9)).filter(contract="partner_activiteiten").height == 1


@pytest.mark.usefixtures("areas")
def test_a_correction_replaces_its_period_and_the_old_one_stays_on_record(
    town: Town, drop: Drop
) -> None:
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    receive(town, on=3)
    drop("GM9901_welzijn_L06_2026K2_v2.csv")
    receive(town, on=9)

    contract = town.contracts["partner_activiteiten"]
    with opened(town) as store:
        before = store.accepted(contract, known_at=day(8))["unieke_deelnemers"].sum()
        after = store.accepted(contract, known_at=day(9))["unieke_deelnemers"].sum()
        states = store.deliveries(day(9)).filter(contract="partner_activiteiten")["state"]
    assert before > after, "the first counted Oude Stad twice"
    assert states.to_list() == ["vervangen", "vastgesteld"]


def test_of_a_file_with_a_forbidden_column_nothing_is_kept_but_the_answer(
    town: Town, drop: Drop
) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_vluchtelingenwerk_L10_2026K3_v1.csv")
    _, refused = receive(town)

    assert refused.refused
    assert not (town.settings.raw / refused.delivery.sha256).exists()
    assert not list(town.settings.inbox.rglob("*.csv"))
    everything = [path for path in town.settings.home.rglob("*") if path.is_file()]
    assert everything
    assert not any(b"Voorbeeld van Test" in path.read_bytes() for path in everything)


def test_a_delivery_waits_until_what_it_refers_to_has_come(town: Town, drop: Drop) -> None:
    (file,) = drop("GM9901_welzijn_L06_2026K2_v1.csv")
    assert receive(town, on=3) == []
    assert file.exists()

    drop("GM9901_cbs_L12a_2026_v1.csv")
    outcomes = [(one.delivery.contract, one.delivery.outcome) for one in receive(town, on=4)]
    assert outcomes == [
        ("gebied_indeling", Outcome.ACCEPTED),
        ("partner_activiteiten", Outcome.ACCEPTED),
    ]


@pytest.mark.usefixtures("areas")
def test_after_a_refusal_the_number_is_free_and_both_answers_stay(town: Town, drop: Drop) -> None:
    name = "GM9901_sociaal_team_L06_2026K3_v1.csv"
    drop(name)
    (wrong,) = receive(town, on=3)
    drop("GM9901_sociaal_team_L06_2026K3_v2.csv", name=name)
    (right,) = receive(town, on=4)

    assert (wrong.delivery.outcome, right.delivery.outcome) == (Outcome.REFUSED, Outcome.ACCEPTED)
    assert wrong.feedback.name == "1"
    assert right.feedback.name == "1-2"
    assert wrong.feedback.is_dir()


@pytest.mark.usefixtures("areas")
def test_another_file_under_a_number_that_counts_waits_for_an_answer(
    town: Town, drop: Drop
) -> None:
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    receive(town, on=3)
    drop("GM9901_welzijn_L06_2026K2_v2.csv", name="GM9901_welzijn_L06_2026K2_v1.csv")
    (second,) = receive(town, on=4)

    assert second.delivery.state is State.ON_HOLD
    contract = town.contracts["partner_activiteiten"]
    with opened(town) as store:
        assert store.accepted(contract, known_at=day(5))["_delivery"].unique().to_list() == [4]


def test_a_file_of_nobody_stays_where_it_is_and_is_told_of(town: Town, drop: Drop) -> None:
    (file,) = drop("GM9901_cbs_L12a_2026_v1.csv", name="gebieden.csv")
    told: list[str] = []
    assert rounds.receive_waiting(town, at=day(3), tell=told.append) == []
    assert file.exists()
    assert told[0].startswith("gebieden.csv: B120 ")


def test_a_file_that_may_still_be_on_its_way_is_left_alone(town: Town, drop: Drop) -> None:
    (file,) = drop("GM9901_cbs_L12a_2026_v1.csv")
    written = file.stat().st_mtime

    def settled(before: float) -> int:
        told = rounds.receive_waiting(town, at=day(3), tell=quiet, settled_before=before)
        return len(told)

    assert settled(written) == 0
    assert settled(written + 1) == 1


def publish(town: Town, on: int) -> tuple[str, bool]:
    ended = day(on) + timedelta(seconds=200)
    made = rounds.publish_quarter(town, "2026K2", known_at=day(on), tell=quiet, clock=lambda: ended)
    assert made.index.is_file()
    return made.id, made.new


def release(town: Town, on: int) -> None:
    rounds.release_edition(town, "2026K2", by="N. Voorbeeld", at=day(on), tell=quiet)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def concept(once: Once, town: Town, drop: Drop, request: pytest.FixtureRequest) -> Town:
    """A town of which one partner delivered one quarter, with a concept of it."""

    def make(folder: Path) -> None:
        request.getfixturevalue("areas")
        drop("GM9901_welzijn_L06_2026K2_v1.csv")
        receive(town, on=2)
        rounds.observe_quarter(town, "2026K2", known_at=day(3), tell=quiet)
        assert publish(town, on=3) == ("2026K2", True)
        shutil.copytree(town.settings.home, folder / "home")

    shutil.copytree(once("one-quarter", make) / "home", town.settings.home, dirs_exist_ok=True)
    return town


def test_an_edition_is_brought_out_once_and_again_only_with_other_content(
    concept: Town, drop: Drop
) -> None:
    release(concept, on=3)
    first = files(concept.settings.editions / "2026K2")
    assert publish(concept, on=4) == ("2026K2", False)

    drop("GM9901_welzijn_L06_2026K2_v2.csv")
    receive(concept, on=9)
    rounds.observe_quarter(concept, "2026K2", known_at=day(9), tell=quiet)
    assert publish(concept, on=9) == ("2026K2-2", True)
    assert publish(concept, on=9) == ("2026K2-2", False)
    assert files(concept.settings.editions / "2026K2") == first
    with opened(concept) as store:
        assert [(e.id, e.previous) for e in store.editions()] == [
            ("2026K2", None),
            ("2026K2-2", "2026K2"),
        ]
        told = progress(concept, store, at=day(9)).rounds
    assert told.select("edition", "seconds").rows() == [("2026K2", 200), ("2026K2-2", 200)]


def test_an_edition_that_was_thrown_away_is_made_again_with_equal_bytes(concept: Town) -> None:
    folder = concept.settings.editions / "2026K2"
    before = files(folder)
    shutil.rmtree(folder)

    assert publish(concept, on=3) == ("2026K2", True)
    assert files(folder) == before


def test_an_edition_records_what_it_was_made_of(concept: Town) -> None:
    with opened(concept) as store:
        (edition,) = store.editions()
        counted = store.deliveries(day(3)).filter("counts")["sha256"].sort().to_list()
    account = edition.account
    folder = concept.settings.editions / "2026K2"

    assert account["deliveries"] == counted
    recorded = account["files"]
    assert isinstance(recorded, dict)
    assert recorded.keys() | {"audit.json", "intern/bladen.json"} == files(folder).keys()
    assert edition.known_at == day(3)


def test_what_was_owed_and_did_not_come_is_told_and_what_was_welcome_is_not(
    town: Town, drop: Drop
) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    receive(town)
    with opened(town) as store:
        known = deliveries(town, store, "2026K2", known_at=day(3))

    rows = {row["contract"]: row for row in known.filter(period="2026", partner="cbs").to_dicts()}
    assert set(rows) == {"gebied_indeling"}, "a year is owed when it is over"
    assert rows["gebied_indeling"]["outcome"] == "GOEDGEKEURD"
    missing = known.filter(period="2026K2", partner="gemeente", contract="wmo_meldingen").to_dicts()
    assert missing[0]["outcome"] == "niet geleverd"
    assert missing[0]["due"] == date(2026, 7, 28)
    assert not known.filter(pl.col("optional") & ~pl.col("accepted")).height


def test_what_comes_after_the_day_it_was_due_is_late(town: Town, drop: Drop) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_welzijn_L06_2026K1_v1.csv")
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    rounds.receive_waiting(town, at=datetime(2026, 7, 28, 23, tzinfo=ZONE), tell=quiet)
    with opened(town) as store:
        known = deliveries(town, store, "2026K2", known_at=day(30))
    late = dict(known.filter(partner="welzijn", accepted=True).select("period", "late").iter_rows())
    assert late == {"2026K1": True, "2026K2": False}


def test_a_reminder_names_what_is_past_due_and_whom_to_ask(town: Town, drop: Drop) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    receive(town, on=1)
    with opened(town) as store:
        on_the_day = remind(town, store, at=datetime(2026, 7, 28, 9, tzinfo=ZONE))
        after = remind(town, store, at=day(3))

    def quarter(rows: pl.DataFrame) -> list[tuple[str, str]]:
        return list(rows.filter(period="2026K2").select("partner", "contract").iter_rows())

    assert quarter(on_the_day) == [("gemeente", "jeugd_trajecten")]  # owed after three weeks
    assert ("gemeente", "wmo_meldingen") in quarter(after)
    assert ("welzijn", "partner_activiteiten") not in quarter(after)
    (first,) = after.filter(period="2026K2", contract="wmo_meldingen").to_dicts()
    assert (first["days"], first["title"]) == (6, town.contracts["wmo_meldingen"].title)


def test_a_year_is_owed_by_the_year_and_a_quarter_by_the_quarter(town: Town) -> None:
    asked = [one.period for one in owed(town, "2025K2") if one.partner == "cbs"]
    by_quarter = [
        one.period
        for one in owed(town, "2025K2")
        if (one.partner, one.contract) == ("gemeente", "wmo_meldingen")
    ]
    assert set(asked) == {"2024"}
    assert by_quarter == ["2024K4", "2025K1", "2025K2"]


def test_a_folder_is_put_as_a_whole_over_what_stood_there(tmp_path: Path) -> None:
    folder = tmp_path / "editie"
    put(folder, [("oud/a.html", b"1"), ("b.html", b"2")])
    put(folder, [("a.html", b"3")])
    assert files(folder) == {"a.html": b"3"}

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"4"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        put(folder, broken())
    assert files(folder) == {"a.html": b"3"}


def test_outlines_share_one_box_with_north_up() -> None:
    wkt = pl.Series(
        [
            "POLYGON ((0 0, 500 0, 500 500, 0 500, 0 0))",
            None,
            "MULTIPOLYGON (((500 0, 1000 0, 1000 250, 500 0)))",
        ]
    )
    assert paths(wkt).to_list() == [
        "M0.0 500.0L500.0 500.0L500.0 0.0L0.0 0.0Z",
        "",
        "M500.0 500.0L1000.0 500.0L1000.0 250.0Z",
    ]

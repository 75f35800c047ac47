"""The life of a delivery: states, supersede, withdraw, confirm, late, nulopgave, retention."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from conftest import Once
from hypothesis import given
from hypothesis import strategies as st

from flows.settings import ZONE, Town
from flows.steps import confirm, retention
from flows.steps import round as rounds
from flows.steps.alias import take
from flows.steps.check import check
from flows.steps.owed import deliveries
from flows.steps.receive import Received
from sources.errors import UsageError
from sources.keys import read_keys, seal
from sources.store import IllegalTransition, State, Store, states
from sources.store.states import path
from sources.verdict import Finding, Level, Outcome, Records, Verdict

Drop = Callable[..., list[Path]]

L06 = "partner_activiteiten"
V1, V2 = "GM9901_welzijn_L06_2026K2_v1.csv", "GM9901_welzijn_L06_2026K2_v2.csv"


def day(number: int, month: int = 8, year: int = 2026) -> datetime:
    return datetime(year, month, number, 9, tzinfo=ZONE)


def quiet(_: str) -> None:
    """Tell nothing."""


def receive(town: Town, at: datetime) -> list[Received]:
    return rounds.receive_waiting(town, at=at, tell=quiet)


@contextmanager
def opened(town: Town) -> Iterator[Store]:
    with Store.open(town.settings.store, holder="de test") as store:
        yield store


def answered(received: Received) -> tuple[str, list[str]]:
    """Return the outcome and the codes that a partner reads."""
    told = json.loads((received.feedback / "bevindingen.json").read_text())
    return told["outcome"], [found["code"] for found in told["findings"]]


def counting(town: Town, at: datetime) -> list[int]:
    """Return the deliveries of activities that count at a moment."""
    with opened(town) as store:
        known = store.deliveries(at).filter(contract=L06)
        rows = store.accepted(town.contracts[L06], known_at=at)
    counts: list[int] = known.filter("counts")["id"].to_list()
    assert rows["_delivery"].unique().sort().to_list() == counts
    return counts


STEPS = st.lists(st.sampled_from(list(State)), max_size=12)


@given(STEPS)
def test_a_walk_through_the_states_goes_on_or_raises_and_never_leaves_an_end(
    walk: list[State],
) -> None:
    before: State | None = None
    for after in walk:
        try:
            states.check(before, after)
        except IllegalTransition:
            continue
        assert before not in (State.REFUSED, State.WITHDRAWN)
        assert (before is None) == (after is State.RECEIVED)
        if after is State.REPLACED:
            assert before in (State.ESTABLISHED, State.ON_HOLD)
        before = after


@pytest.mark.parametrize(
    ("outcome", "stops", "walked"),
    [
        (Outcome.REFUSED, "B101", "ontvangen afgekeurd"),
        (Outcome.REFUSED, "S901", "ontvangen gescand afgekeurd"),
        (Outcome.REFUSED, "K201", "ontvangen gescand afgekeurd"),
        (Outcome.REFUSED, "B135", "ontvangen gescand gelezen afgekeurd"),
        (Outcome.REFUSED, "R310", "ontvangen gescand gelezen afgekeurd"),
        (Outcome.REFUSED, "X501", "ontvangen gescand gelezen technisch afgekeurd"),
        (
            Outcome.ON_HOLD,
            "",
            "ontvangen gescand gelezen technisch inhoudelijk in wacht",
        ),
        (
            Outcome.ACCEPTED,
            "",
            "ontvangen gescand gelezen technisch inhoudelijk vastgesteld",
        ),
    ],
)
def test_a_verdict_says_how_far_a_file_came(outcome: Outcome, stops: str, walked: str) -> None:
    found = [Finding(stops, Level.REFUSE_FILE, "", "")] if stops else []
    states_ = path(Verdict(outcome, Records(), tuple(found)))
    assert " ".join(states_) == walked
    for before, after in zip((None, *states_), states_, strict=False):
        states.check(before, after)


@pytest.mark.usefixtures("areas")
def test_after_a_withdrawal_the_one_before_counts_again_and_what_was_known_stays(
    town: Town, drop: Drop
) -> None:
    drop(V1)
    (first,) = receive(town, day(3))
    drop(V2)
    (second,) = receive(town, day(5))
    one, two = first.delivery.id, second.delivery.id

    withdrawn = confirm.withdraw(town, two, reason="verkeerd bestand", at=day(8))
    again = confirm.withdraw(town, two, reason="verkeerd bestand", at=day(9))

    assert withdrawn == again
    assert withdrawn.state is State.WITHDRAWN
    assert [counting(town, day(on)) for on in (2, 3, 5, 7, 8)] == [[], [one], [two], [two], [one]]
    with opened(town) as store:
        assert [(e.after, e.reason) for e in store.events(two)][-1] == (
            State.WITHDRAWN,
            "verkeerd bestand",
        )
        assert store.delivery(one).state is State.ESTABLISHED
        then = store.deliveries(day(7)).filter(contract=L06)["state"].to_list()
    assert then == ["vervangen", "vastgesteld"]
    assert answered(second)[1][0] == "B175"
    page = (second.feedback / "terugkoppeling.html").read_text()
    assert "verkeerd bestand" not in page


@pytest.mark.usefixtures("areas")
def test_a_period_of_which_the_only_delivery_is_withdrawn_is_not_delivered(
    town: Town, drop: Drop
) -> None:
    drop(V1)
    (only,) = receive(town, day(3))
    confirm.withdraw(town, only.delivery.id, reason="", at=day(4))

    assert counting(town, day(4)) == []
    with opened(town) as store:
        known = deliveries(town, store, "2026K2", known_at=day(4))
    (row,) = known.filter(partner="welzijn", contract=L06, period="2026K2").to_dicts()
    assert row["outcome"] == "niet geleverd"
    assert not row["accepted"]

    drop(V1)
    (again,) = receive(town, day(6))
    assert not again.again, "what was taken back can be sent again"
    assert counting(town, day(6)) == [again.delivery.id]


@pytest.mark.usefixtures("areas")
def test_what_was_refused_or_does_not_exist_cannot_be_withdrawn(town: Town, drop: Drop) -> None:
    drop("GM9901_sociaal_team_L06_2026K3_v1.csv")
    (refused,) = receive(town, day(3))
    with pytest.raises(UsageError, match="is afgekeurd"):
        confirm.withdraw(town, refused.delivery.id, reason="", at=day(4))
    with pytest.raises(UsageError, match="999 bestaat niet"):
        confirm.withdraw(town, 999, reason="", at=day(4))


@pytest.fixture
def waiting(town: Town, drop: Drop, areas: None) -> Received:
    """A second file under the number of one that counts: it waits for an answer."""
    drop(V1)
    receive(town, day(3))
    drop(V2, name=V1)
    (held,) = receive(town, day(4))
    assert answered(held) == ("IN WACHT", ["B130"])
    return held


@pytest.mark.parametrize(
    ("correct", "outcome", "code", "counts"),
    [(True, "GOEDGEKEURD", "B174", True), (False, "AFGEKEURD", "B176", False)],
)
def test_a_yes_or_a_no_counts_and_the_partner_reads_it(
    town: Town, waiting: Received, correct: bool, outcome: str, code: str, counts: bool
) -> None:
    number = waiting.delivery.id
    confirm.confirm(town, number, correct=correct, reason="gebeld", at=day(6))

    assert answered(waiting)[0] == outcome
    assert answered(waiting)[1][0] == code
    assert (number in counting(town, day(6))) == counts
    assert number not in counting(town, day(5))
    with opened(town) as store:
        told = {at: store.deliveries(day(at)).filter(id=number)["outcome"].item() for at in (5, 6)}
    assert told == {5: "IN WACHT", 6: outcome}


def test_who_was_interrupted_says_the_same_again_and_the_answer_is_there(
    town: Town, waiting: Received
) -> None:
    number = waiting.delivery.id
    confirm.confirm(town, number, correct=True, reason="", at=day(6))
    written = (waiting.feedback / "bevindingen.json").read_bytes()
    shutil.rmtree(waiting.feedback)

    confirm.confirm(town, number, correct=True, reason="", at=day(7))

    assert (waiting.feedback / "bevindingen.json").read_bytes() == written
    with pytest.raises(UsageError, match="wacht niet op een antwoord"):
        confirm.confirm(town, number, correct=False, reason="", at=day(7))


def test_the_file_that_waited_sent_again_as_a_correction_takes_its_place(
    town: Town, drop: Drop, waiting: Received
) -> None:
    """What B130 tells a partner to do: the same file, with the next number."""
    drop(V2)
    (sent,) = receive(town, day(6))

    assert not sent.again
    assert counting(town, day(6)) == [sent.delivery.id]
    with opened(town) as store:
        assert store.delivery(waiting.delivery.id).state is State.REPLACED


@pytest.fixture
def brought_out(once: Once, town: Town, drop: Drop, request: pytest.FixtureRequest) -> Town:
    """A town that brought out 2026K2, in which the figures over 2025K4 are definite."""

    def make(folder: Path) -> None:
        request.getfixturevalue("areas")
        drop("GM9901_welzijn_L06_2026K2_v1.csv")
        receive(town, day(2))
        rounds.observe_quarter(town, "2026K2", known_at=day(3), tell=quiet)
        rounds.publish_quarter(town, "2026K2", known_at=day(3), tell=quiet)
        rounds.release_edition(town, "2026K2", by="wethouder", at=day(17), tell=quiet)
        shutil.copytree(town.settings.home, folder / "home")

    shutil.copytree(once("brought-out", make) / "home", town.settings.home, dirs_exist_ok=True)
    return town


@pytest.mark.parametrize(
    ("period", "on", "outcome", "codes"),
    [
        ("2025K4", 16, "GOEDGEKEURD", []),  # still a concept
        ("2025K4", 17, "IN WACHT", ["B171"]),
        ("2026K1", 17, "GOEDGEKEURD", []),
    ],
)
def test_what_comes_after_its_period_is_definite_waits_for_the_next_revision(
    brought_out: Town, drop: Drop, period: str, on: int, outcome: str, codes: list[str]
) -> None:
    (file,) = drop(f"GM9901_welzijn_L06_{period}_v1.csv")
    checked = check(brought_out, file, contract="L06", at=day(on))
    (late,) = receive(brought_out, day(on))

    assert answered(late) == (outcome, codes)
    assert [checked.outcome, *(f.code for f in checked.findings)] == [outcome, *codes]


HEADER_ONLY = "bevat alleen kolomnamen"


def nil(town: Town, drop: Drop, period: str, **said: object) -> Path:
    """Put a file with nothing but column names in the inbox, and a manifest if there is one."""
    (file,) = drop(f"GM9901_welzijn_L06_{period}_v1.csv")
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    if said:
        package = file.with_name(f"{file.stem}.datapackage.json")
        package.write_text(json.dumps({"praatplaat": said}))
    return file


@pytest.mark.usefixtures("areas")
def test_a_nulopgave_counts_as_delivered_with_zero(town: Town, drop: Drop) -> None:
    drop("GM9901_welzijn_L06_2026K1_v1.csv")
    receive(town, day(2))
    file = nil(town, drop, "2026K2", partner="welzijn", nil=True)

    checked = check(town, file, contract="L06", at=day(3))
    (received,) = receive(town, day(3))

    assert received.delivery.outcome is checked.outcome is Outcome.ACCEPTED
    assert answered(received) == ("GOEDGEKEURD", ["B170"])
    assert not list(town.settings.inbox.rglob("*.json")), "the manifest leaves with its file"
    rounds.observe_quarter(town, "2026K2", known_at=day(4), tell=quiet)
    with opened(town) as store:
        known = deliveries(town, store, "2026K2", known_at=day(4))
        seen = store.observations("2026K2", known_at=day(4))
    (row,) = known.filter(partner="welzijn", contract=L06, period="2026K2").to_dicts()
    assert (row["accepted"], row["accepted_rows"]) == (True, 0)
    assert seen is not None
    named = [n for n, i in town.agreement.indicators.items() if i.delivery == L06]
    own = seen.filter(pl.col("indicator").is_in(named), partner="welzijn", period="2026K2")
    assert set(own["availability"]) == {"observed"}
    assert set(own["numerator"].drop_nulls()) == {0.0}


@pytest.mark.usefixtures("areas")
def test_without_its_sender_saying_so_a_file_without_rows_is_refused(
    town: Town, drop: Drop
) -> None:
    nil(town, drop, "2026K2")
    (refused,) = receive(town, day(3))
    assert answered(refused) == ("AFGEKEURD", ["B108"])

    nil(town, drop, "2026K2", nil=True)
    (accepted,) = receive(town, day(4))
    assert answered(accepted) == ("GOEDGEKEURD", ["B170"]), "the same file, and now it is said"


@pytest.mark.usefixtures("areas")
def test_a_header_that_is_nearly_right_is_read_once_the_data_team_says_so(
    town: Town, drop: Drop
) -> None:
    """Pollution 18: first `bedoelt u`; then the same file again is read, with a MELDING."""
    wrong = "GM9901_sociaal_team_L06_2026K3_v1.csv"
    (file,) = drop(wrong)
    first = file.read_bytes().splitlines()[0].decode("utf-8-sig")
    contract = town.contracts[L06]
    named = {name for column in contract.columns for name in (column.name, column.header)}
    (strange,) = (head for head in first.split(";") if head not in named)
    (refused,) = receive(town, day(3))
    assert (refused.delivery.outcome, answered(refused)[1][0]) == (Outcome.REFUSED, "K201")
    (missing,) = (
        found["column"]
        for found in json.loads((refused.feedback / "bevindingen.json").read_text())["findings"]
        if found["code"] == "K201"
    )

    said = {"partner": "sociaal_team", "contract": "L06", "header": strange, "column": missing}
    for on in (4, 5):
        take(town, **said, by="team data", at=day(on))
    (file,) = drop(wrong)
    checked = check(town, file, contract="L06", at=day(6))
    (read,) = receive(town, day(6))

    assert not read.again
    assert "K205" in answered(read)[1]
    assert checked.outcome is read.delivery.outcome is Outcome.ACCEPTED
    with opened(town) as store:
        (kept,) = store.aliases("sociaal_team", L06)
        assert (kept.by, kept.moment) == ("team data", day(4)), "said twice, kept once"
        assert store.aliases("welzijn", L06) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"partner": "niemand"}, "Een partner `niemand`"),
        ({"contract": "L77"}, "Een levering `L77`"),
        ({"column": "kleur"}, "Een kolom `kleur`"),
        ({"header": "Contacten"}, "al de naam van een kolom"),
        ({"header": "NAAM"}, "mag in deze levering niet staan"),
        ({"header": " * "}, "mag in deze levering niet staan"),
    ],
)
def test_an_alias_that_cannot_be_is_told_and_not_stored(
    town: Town, changed: dict[str, str], told: str
) -> None:
    town.settings.home.mkdir(exist_ok=True)
    said = {"partner": "welzijn", "contract": "L10", "header": "verteld_op", "column": "datum"}
    if changed.get("header") == "Contacten":
        said |= {"contract": "L06", "column": "contacten"}
    with pytest.raises(UsageError, match=told):
        take(town, **{**said, **changed}, by="team data", at=day(4))


def test_of_a_forbidden_file_an_earlier_sealed_copy_goes_too_and_only_its_tombstone_stays(
    town: Town, drop: Drop
) -> None:
    drop("GM9901_cbs_L12a_2026_v1.csv")
    (file,) = drop("GM9901_vluchtelingenwerk_L10_2026K3_v1.csv")
    sealed = seal(file, town.settings.raw, read_keys(town.settings.key))
    (town.settings.raw / ".half.partial").write_bytes(b"half")

    _, refused = receive(town, day(3))

    assert refused.delivery.sha256 == sealed
    assert not (town.settings.raw / sealed).exists()
    assert not list(town.settings.raw.glob(".*"))
    with opened(town) as store:
        (stone,) = store.tombstones()
    assert (stone.sha256, stone.period, stone.rule) == (sealed, "2026K3", "verboden kolom")


@pytest.mark.usefixtures("areas")
def test_past_its_term_raw_and_text_go_and_what_was_accepted_stays(town: Town, drop: Drop) -> None:
    drop(V1)
    (received,) = receive(town, day(3))
    contract, sealed = town.contracts[L06], town.settings.raw / received.delivery.sha256
    last, after = day(3, year=2028), day(4, year=2028)

    def kept() -> tuple[bool, int, int, int]:
        with opened(town) as store:
            rows = store.accepted(contract, known_at=after).height
            text = store.text_as_sent(contract, received.delivery.id).height
            return sealed.exists(), rows, text, len(store.tombstones())

    before = kept()
    assert before[0] and before[1] and not before[3]
    on_time = "Er is niets dat langer is bewaard dan is afgesproken."
    assert retention.retain(town, delete=True, at=last) == [on_time]
    dry = retention.retain(town, delete=False, at=after)
    assert kept() == before
    assert "bewaard tot 03-08-2028" in dry[0]
    done = retention.retain(town, delete=True, at=after)

    assert done[:-1] == dry[:-1]
    assert kept() == (False, before[1], 0, 1)
    assert retention.retain(town, delete=True, at=after) == [on_time]
    assert received.feedback.is_dir()


@pytest.mark.usefixtures("areas")
def test_a_sealed_file_that_a_later_delivery_needs_stays_until_that_is_past_its_term(
    town: Town, drop: Drop
) -> None:
    drop(V1)
    (first,) = receive(town, day(3))
    confirm.withdraw(town, first.delivery.id, reason="", at=day(4))
    drop(V1)
    (second,) = receive(town, day(20))
    assert second.delivery.sha256 == first.delivery.sha256
    sealed = town.settings.raw / first.delivery.sha256

    retention.retain(town, delete=True, at=day(10, year=2028))
    assert sealed.exists()
    retention.retain(town, delete=True, at=day(21, year=2028))
    assert not sealed.exists()

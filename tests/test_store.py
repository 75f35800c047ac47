"""The store: what is kept of a delivery, which delivery counts, and who may open it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import duckdb
import polars as pl
import pytest

from sources.contracts.model import Column, Contract, FieldType, Snapshot
from sources.errors import FactsheetError, UsageError
from sources.inbox import Parcel
from sources.store import (
    AT_ONCE,
    Connection,
    EditionRecord,
    Established,
    IllegalTransition,
    State,
    Store,
    staging,
)
from sources.store.life import move
from sources.verdict import Finding, Level, Outcome, Records, Verdict
from transforms.disclosure.edition import MEMORY
from transforms.disclosure.internal import cells as internal_cells
from transforms.observations import OBSERVATIONS, PUBLISHED

Row = tuple[str, str | None, int | None]

VISITS = Contract(
    id="bezoeken",
    code="L99",
    version="1.0.0",
    title="Bezoeken",
    purpose="Wie er kwam",
    columns=(
        Column("bezoek", "bezoek", FieldType.TEXT, "Nummer van het bezoek", required=True),
        Column("datum", "datum", FieldType.DATE, "Dag van het bezoek"),
        Column("uren", "uren", FieldType.INTEGER, "Hoe lang"),
    ),
    key=("bezoek",),
    rules=(),
)
STATE = replace(VISITS, id="dossiers", snapshot=Snapshot.STATE)


def day(number: int) -> datetime:
    return datetime(2026, 8, number, 9, tzinfo=UTC)


def sent(
    number: int = 1, *, content: str = "", period: str = "2026K2", contract: str = "bezoeken"
) -> Parcel:
    checksum = sha256(f"{number}{content}{period}".encode()).hexdigest()
    name = f"GM9901_buurthuis_L99_{period}_v{number}.csv"
    return Parcel(Path(name), "buurthuis", contract, period, number, checksum)


def verdict(
    outcome: Outcome = Outcome.ACCEPTED, *, rows: int, found: Sequence[Finding] = ()
) -> Verdict:
    records = Records(physical=rows + 1, header=1, accepted=rows)
    return Verdict(outcome, records, tuple(found))


def staged(rows: Sequence[Row]) -> Connection:
    con = staging()
    texts = "bezoek VARCHAR, datum VARCHAR, uren VARCHAR"
    con.execute(f"CREATE TABLE text (_row BIGINT, {texts})")
    con.execute("CREATE TABLE accepted (_row BIGINT, bezoek VARCHAR, datum DATE, uren BIGINT)")
    con.execute("CREATE TABLE typed (_row BIGINT, _altered BOOLEAN)")
    con.execute("CREATE TABLE quarantine (_row BIGINT, codes VARCHAR[])")
    for number, (visit, on, hours) in enumerate(rows, start=2):
        con.execute("INSERT INTO text VALUES (?, ?, ?, ?)", [number, visit, on, str(hours)])
        con.execute("INSERT INTO accepted VALUES (?, ?, ?, ?)", [number, visit, on, hours])
        con.execute("INSERT INTO typed VALUES (?, ?)", [number, visit == "hersteld"])
        if visit == "fout":
            con.execute("INSERT INTO quarantine VALUES (?, ['V404'])", [number])
    return con


def keep(
    store: Store,
    parcel: Parcel,
    rows: Sequence[Row] = (("b1", "2026-05-04", 2),),
    *,
    outcome: Outcome = Outcome.ACCEPTED,
    on: int = 3,
    contract: Contract = VISITS,
) -> int:
    said = verdict(outcome, rows=len(rows))
    return store.keep(parcel, said, contract=contract, staged=staged(rows), at=day(on)).id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.duckdb", holder="de test") as opened:
        yield opened


def test_accepted_rows_carry_their_delivery_partner_period_and_physical_row(store: Store) -> None:
    keep(store, sent(), [("b1", "2026-05-04", 2), ("b2", None, None)])

    rows = store.accepted(VISITS, known_at=day(3))

    assert rows.columns == ["_delivery", "_partner", "_period", "_row", "bezoek", "datum", "uren"]
    assert rows.rows() == [
        (1, "buurthuis", "2026K2", 2, "b1", date(2026, 5, 4), 2),
        (1, "buurthuis", "2026K2", 3, "b2", None, None),
    ]


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (Outcome.ACCEPTED_WITH_REFUSALS, [(3, "fout"), (4, "hersteld")]),
        (Outcome.ON_HOLD, [(3, "fout"), (4, "hersteld")]),
        (Outcome.REFUSED, [(3, "fout")]),
    ],
)
def test_text_is_kept_only_of_rows_that_were_refused_or_repaired(
    store: Store, outcome: Outcome, kept: list[tuple[int, str]]
) -> None:
    keep(
        store,
        sent(),
        [("goed", None, 1), ("fout", None, 2), ("hersteld", None, 3)],
        outcome=outcome,
    )

    text = store.text_as_sent(VISITS, 1)

    assert text.select("_row", "bezoek").rows() == kept


def test_before_anything_was_received_the_rows_are_none_with_the_contracts_types(
    store: Store,
) -> None:
    rows = store.accepted(VISITS, known_at=day(3))

    assert rows.height == 0
    assert rows.schema["datum"] == pl.Date
    assert rows.schema["uren"] == pl.Int64


def test_only_the_columns_asked_for_are_read(store: Store) -> None:
    keep(store, sent())
    rows = store.accepted(VISITS, known_at=day(3), columns=["_partner", "uren"])
    assert rows.columns == ["_partner", "uren"]


def test_a_received_file_is_recognised_by_its_checksum_for_the_same_period(store: Store) -> None:
    keep(store, sent(content="a"), on=3)

    again = store.received(sent(content="a"))

    assert again is not None
    assert (again.received_at, again.outcome) == (day(3), Outcome.ACCEPTED)
    assert store.received(sent(content="b")) is None
    assert store.received(sent(content="a", period="2026K3")) is None


def test_the_highest_accepted_number_counts_as_known_at_a_moment(store: Store) -> None:
    """v1 on 3 August, v2 refused on the 5th, v3 on the 7th, v0 arrives late on the 9th."""
    keep(store, sent(1), [("een", None, 1)], on=3)
    keep(store, sent(2), [("twee", None, 2)], on=5, outcome=Outcome.REFUSED)
    keep(store, sent(3), [("drie", None, 3)], on=7)
    keep(store, sent(0), [("nul", None, 0)], on=9)

    counted = {
        on: store.accepted(VISITS, known_at=day(on))["bezoek"].to_list() for on in (2, 3, 5, 7, 9)
    }

    assert counted == {2: [], 3: ["een"], 5: ["een"], 7: ["drie"], 9: ["drie"]}


def test_the_delivery_that_was_replaced_stays_on_record(store: Store) -> None:
    keep(store, sent(1), on=3)
    keep(store, sent(2), on=5)

    then, later = store.deliveries(day(3)), store.deliveries(day(5))

    assert then.select("number", "state", "counts").rows() == [(1, "vastgesteld", True)]
    assert later.select("number", "state", "counts").rows() == [
        (1, "vervangen", False),
        (2, "vastgesteld", True),
    ]
    assert store.delivery(1).state is State.REPLACED


def test_of_a_refused_delivery_nothing_is_kept_but_its_record_and_findings(store: Store) -> None:
    found = Finding("B101", Level.REFUSE_FILE, "Het bestand is leeg.", "Lever het opnieuw.")
    refused = verdict(Outcome.REFUSED, rows=0, found=[found])
    with staged([]) as nothing_staged:
        kept = store.keep(sent(), refused, contract=VISITS, staged=nothing_staged, at=day(3))

    assert (kept.outcome, kept.state) == (Outcome.REFUSED, State.REFUSED)
    assert store.findings(kept.id) == (found,)
    assert store.accepted(VISITS, known_at=day(3)).height == 0


def test_a_delivery_on_hold_counts_from_the_moment_it_is_confirmed(store: Store) -> None:
    keep(store, sent(1), [("een", None, 1)], on=3)
    waiting = keep(store, sent(2), [("twee", None, 2)], on=5, outcome=Outcome.ON_HOLD)
    confirmed = store.answer(waiting, correct=True, at=day(8), reason="klopt")

    assert confirmed.state is State.ESTABLISHED
    assert store.accepted(VISITS, known_at=day(7))["bezoek"].to_list() == ["een"]
    assert store.accepted(VISITS, known_at=day(8))["bezoek"].to_list() == ["twee"]
    assert (store.answer(waiting, correct=True, at=day(9)), len(store.events(waiting))) == (
        confirmed,
        7,
    )
    with pytest.raises(UsageError, match="wacht niet op een antwoord: zij is vastgesteld"):
        store.answer(waiting, correct=False, at=day(9))


def test_a_delivery_that_its_sender_calls_wrong_never_counts(store: Store) -> None:
    waiting = keep(store, sent(), outcome=Outcome.ON_HOLD)
    assert store.answer(waiting, correct=False, at=day(8)).state is State.REFUSED
    assert store.accepted(VISITS, known_at=day(9)).height == 0


def test_of_a_state_contract_each_key_counts_as_its_latest_period_has_it(store: Store) -> None:
    sent_rows: dict[str, list[Row]] = {
        "2026K1": [("a", "2026-01-05", 1), ("b", None, 1)],
        "2026K3": [("a", "2026-01-05", 3)],
        "2026K2": [("a", "2026-01-05", 2), ("c", None, 2)],
    }
    for period, rows in sent_rows.items():
        keep(store, sent(period=period, contract="dossiers"), rows, contract=STATE)

    kept = store.accepted(STATE, known_at=day(3)).select("_period", "bezoek", "uren").rows()

    assert sorted(kept) == [("2026K1", "b", 1), ("2026K2", "c", 2), ("2026K3", "a", 3)]


def test_a_delivery_that_cannot_be_kept_whole_leaves_nothing(store: Store) -> None:
    half = staged([("b1", "2026-05-04", 2)])
    half.execute("DROP TABLE quarantine")

    with pytest.raises(duckdb.CatalogException):
        store.keep(sent(), verdict(rows=1), contract=VISITS, staged=half, at=day(3))

    assert store.received(sent()) is None
    assert store.deliveries(day(9)).height == 0
    assert store.accepted(VISITS, known_at=day(9)).height == 0


def test_a_record_account_that_does_not_add_up_is_never_kept(store: Store) -> None:
    lost_one = Verdict(Outcome.ACCEPTED, Records(physical=3, header=1, accepted=1))
    with pytest.raises(ValueError, match="do not add up"):
        store.keep(sent(), lost_one, contract=VISITS, staged=staged([("b1", None, 1)]), at=day(3))
    assert store.deliveries(day(9)).height == 0


@pytest.mark.parametrize(
    ("outcome", "to"),
    [
        (Outcome.REFUSED, State.ESTABLISHED),
        (Outcome.ACCEPTED, State.ON_HOLD),
        (Outcome.ON_HOLD, State.READ),
        (Outcome.ACCEPTED_WITH_REFUSALS, State.RECEIVED),
    ],
)
def test_a_delivery_cannot_go_where_its_state_does_not_lead(
    store: Store, outcome: Outcome, to: State
) -> None:
    delivery = keep(store, sent(), outcome=outcome)
    with pytest.raises(IllegalTransition):
        move(store._con, delivery, to, at=day(4))


def test_rules_see_the_accepted_rows_of_the_contracts_they_refer_to(store: Store) -> None:
    keep(store, sent(), [("b1", "2026-05-04", 2)])
    referring = replace(VISITS, id="ander", references=("bezoeken", "dossiers"))

    with staging() as place:
        contracts = {"bezoeken": VISITS, "dossiers": STATE}
        store.references(referring, contracts, staged=place, known_at=day(3))
        known = place.sql("SELECT bezoek, datum, uren FROM ref_bezoeken").fetchall()
        unknown = place.sql("SELECT bezoek FROM ref_dossiers").fetchall()

    assert known == [("b1", date(2026, 5, 4), 2)]
    assert unknown == []


def test_a_column_that_a_contract_gains_is_empty_for_what_came_before(store: Store) -> None:
    keep(store, sent(1))
    wider = replace(VISITS, columns=(*VISITS.columns, Column("soort", "soort", FieldType.TEXT, "")))
    place = staged([("b2", None, 1)])
    for table in ("text", "accepted"):
        place.execute(f"ALTER TABLE {table} ADD COLUMN soort VARCHAR DEFAULT 'inloop'")
    store.keep(sent(1, period="2026K3"), verdict(rows=1), contract=wider, staged=place, at=day(4))

    assert store.accepted(wider, known_at=day(4))["soort"].to_list() == [None, "inloop"]


def test_observations_are_kept_once_per_quarter_and_moment(store: Store) -> None:
    frame = pl.DataFrame({"indicator": ["I07"], "version": [1], "value": [0.125]})
    frame = frame.select(
        (pl.col(n) if n in frame.columns else pl.lit(None)).cast(t).alias(n)
        for n, t in OBSERVATIONS.items()
    )
    changed = frame.with_columns(value=pl.lit(0.25))

    assert store.save_observations("2026K2", frame, known_at=day(3), at=day(3)) is True
    assert store.save_observations("2026K2", frame, known_at=day(3), at=day(3)) is False
    assert store.save_observations("2026K2", changed, known_at=day(9), at=day(9)) is True

    assert store.observations("2026K2", known_at=day(2)) is None
    for on, expected in ((3, frame), (8, frame), (9, changed)):
        found = store.observations("2026K2", known_at=day(on))
        assert found is not None
        assert found.equals(expected)


def test_an_edition_gives_back_the_figures_it_was_made_of(store: Store) -> None:
    columns = {n: ["2026K2" if n == "edition" else None] for n in PUBLISHED}
    figures = pl.DataFrame(columns, schema=PUBLISHED)
    rows = [("I07.numerator", "2026K2", "WK990101", "", "", 15), ("", "", "", "", "", 0)]
    rounded = pl.DataFrame(rows, schema=MEMORY, orient="row")
    made = EditionRecord("2026K2", "2026K2", day(3), "abc", None, {"deliveries": [1, 2]})

    cells = [("I07.numerator", "2026K2", "WK990101", "", "", 2, True)]
    internal = pl.DataFrame(cells, schema=internal_cells.MEMORY, orient="row")

    store.save_edition(made, figures, rounded=rounded, internal=internal)

    assert store.editions() == [made]
    assert store.figures("2026K2").equals(figures)
    assert store.rounded("2026K2").equals(rounded)
    assert store.internal("2026K2").equals(internal)
    assert store.figures("2026K3").height == store.rounded("2026K3").height == 0


def a_store_of_version_three(path: Path) -> None:
    """As the store was before it kept rounded counts and what was said of stories."""
    none = pl.DataFrame(schema=MEMORY), pl.DataFrame(schema=internal_cells.MEMORY)
    with Store.open(path, holder="de test") as store:
        keep(store, sent(1))
        made = EditionRecord("2026K2", "2026K2", day(3), "abc")
        figures = pl.DataFrame(schema=PUBLISHED)
        store.save_edition(made, figures, rounded=none[0], internal=none[1])
    with duckdb.connect(path) as con:
        con.execute("DROP TABLE received.response_tombstones")
        con.execute("DROP TABLE published.releases")
        con.execute("DROP TABLE received.responses")
        con.execute("DROP TABLE published.rounded")
        con.execute("DROP TABLE published.internal")
        con.execute("DROP TABLE received.story_events")
        con.execute("DROP TABLE main.log")
        con.execute("UPDATE schema_version SET version = 3")


def test_a_store_of_an_earlier_version_grows_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    a_store_of_version_three(path)
    with Store.open(path, holder="de test") as store:
        assert len(store.all_deliveries()) == 1
        assert store.rounded("2026K2").height == 0
        (edition,) = store.editions()
        assert edition.established == Established(AT_ONCE, day(3)), "then it was public at once"
    with Store.open(path, holder="de test", read_only=True) as store:
        assert len(store.all_deliveries()) == 1


def test_who_only_reads_is_told_that_a_store_must_grow_first(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    a_store_of_version_three(path)
    with (
        pytest.raises(UsageError, match=r"indeling 3.*praatplaat run"),
        Store.open(path, holder="de test", read_only=True),
    ):
        pass


def test_a_store_is_found_as_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with Store.open(path, holder="de test") as first:
        keep(first, sent())
    with Store.open(path, holder="de test", read_only=True) as second:
        assert second.accepted(VISITS, known_at=day(3)).height == 1


def test_a_second_process_is_told_in_one_line_who_uses_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    other = dedent(f"""
        from pathlib import Path
        from sources.errors import FactsheetError, UsageError
        from sources.store import Store
        try:
            with Store.open(Path({str(path)!r}), holder="praatplaat status", read_only=True):
                print("open")
        except UsageError as error:
            print(error)
    """)
    with Store.open(path, holder="praatplaat run"):
        refused = subprocess.run(
            [sys.executable, "-c", other], capture_output=True, text=True, check=True
        ).stdout
    allowed = subprocess.run(
        [sys.executable, "-c", other], capture_output=True, text=True, check=True
    ).stdout

    assert "is in gebruik door praatplaat run (proces " in refused
    assert refused.count("\n") == 1
    assert allowed == "open\n"


def test_readers_share_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with Store.open(path, holder="de test"):
        pass
    with (
        Store.open(path, holder="een", read_only=True),
        Store.open(path, holder="twee", read_only=True) as second,
    ):
        assert second.editions() == []


def a_damaged_store(folder: Path) -> Path:
    path = folder / "store.duckdb"
    path.write_text("dit is geen opslag")
    return path


def a_store_of_another_version(folder: Path) -> Path:
    path = folder / "store.duckdb"
    with Store.open(path, holder="de test"):
        pass
    with duckdb.connect(path) as con:
        con.execute("UPDATE schema_version SET version = 99")
    return path


def a_folder_that_is_not_there(folder: Path) -> Path:
    return folder / "weg" / "store.duckdb"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_damaged_store, "is niet te openen"),
        (a_store_of_another_version, "indeling 99; dit programma kent indeling 7"),
        (a_folder_that_is_not_there, "bestaat niet. Maak hem"),
    ],
)
def test_a_store_that_cannot_be_used_says_so_in_one_line(tmp_path: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    with pytest.raises(FactsheetError, match=said) as raised, Store.open(path, holder="de test"):
        pass
    assert "\n" not in str(raised.value)


def test_a_store_that_is_only_read_must_exist(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with pytest.raises(UsageError, match="nog geen opslag"):
        Store.open(path, holder="de test", read_only=True).__enter__()
    assert not path.exists()


@pytest.mark.parametrize(
    "reach",
    [
        "SELECT * FROM read_csv('{other}')",
        "COPY (SELECT 1) TO '{other}'",
        "ATTACH '{other}.db'",
        "INSTALL excel",
        "SET enable_external_access = true",
    ],
)
def test_the_staging_place_reaches_the_one_file_and_nothing_else(
    tmp_path: Path, reach: str
) -> None:
    given, other = tmp_path / "geleverd.csv", tmp_path / "ander.csv"
    given.write_text("a;b\n1;2\n")
    other.write_text("a;b\n1;2\n")

    with staging(given) as place:
        assert place.sql(f"SELECT count(*) FROM read_csv('{given}', delim=';')").fetchall() == [
            (1,)
        ]
        with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
            place.execute(reach.format(other=other))


def test_what_does_not_fit_in_memory_is_not_written_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "SELECT md5(i::VARCHAR) AS a, md5((i * 7)::VARCHAR) AS b FROM range(900000) r(i)"
    with (
        staging(memory_limit="20MB", threads=1) as cramped,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        cramped.execute(f"CREATE TABLE t AS {rows}")
    assert list(tmp_path.iterdir()) == []

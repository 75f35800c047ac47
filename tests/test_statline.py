"""CBS's open data: fetched from a server on loopback that answers with CBS's own figures."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import yaml
from conftest import Command
from statline_server import PLACE, Statline, area_table, serving, wide_table

from flows.settings import Settings, Town
from flows.steps import fetch as fetching
from flows.steps import round as rounds
from sources.contracts import load as contracts
from sources.errors import SourceUnavailable, UsageError
from sources.keys import RANDOM_BYTES, new_keys
from sources.readers.cbs import Api, opened
from sources.readers.statline import delivery
from sources.store import Store
from sources.verdict import Outcome

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", ROOT.parent / "shared")) / "data"
KWB = SHARED / "denhaag" / "kwb2019_84583NED_118col_GM0518.csv"
NAMES = SHARED / "nederland" / "gebieden_2024_codes_namen.csv"
OUTLINES = SHARED / "nederland" / "wijken_2022_rd.geojson"
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason=f"no real data at {SHARED}; set PRAATPLAAT_SHARED"
    ),
]


@pytest.fixture
def statline() -> Statline:
    return Statline({"84583NED": wide_table(KWB), "85984NED": area_table(NAMES)})


@pytest.fixture
def base(statline: Statline) -> Iterator[str]:
    with serving(statline) as address:
        yield address


@pytest.fixture
def den_haag(tmp_path: Path) -> Town:
    key = tmp_path / "key"
    key.write_text(new_keys(bytes(RANDOM_BYTES)), encoding="ascii")
    agreement = ROOT / "tests" / "real" / "denhaag"
    (tmp_path / "home").mkdir()
    return Settings.choose(
        agreement=agreement, home=tmp_path / "home", key=key, environment={}
    ).open()


def api(base: str, *, waits: list[float] | None = None, timeout: float = 5.0) -> Api:
    waited: list[float] = [] if waits is None else waits
    return Api(pause=waited.append, base=base, timeout=timeout)


def fetched(base: str, contract: str, **fixed: str) -> pl.DataFrame:
    """Return the file of Den Haag in 2024 by a contract, as text."""
    with opened(api(base)) as rows:
        content = delivery(
            rows,
            contracts.standard()[contract],
            "85984NED",
            municipality="GM0518",
            period="2024",
            fixed=fixed,
        )
    return pl.read_csv(content, separator=";", infer_schema_length=0)


def key_figures(town: Town, base: str) -> Path:
    return fetching.fetch(
        town,
        api(base),
        "84583NED",
        contract="gebied_kerncijfers",
        partner="cbs",
        period="2019",
        fixed={},
    )


def test_fetched_key_figures_are_the_rows_of_the_file_that_cbs_publishes(
    den_haag: Town, base: str, statline: Statline
) -> None:
    said = {"partner": "cbs", "contract": "gebied_indeling", "period": "2022"}
    rounds.receive_file(den_haag, OUTLINES, **said, number=1, at=NOW)
    said = {"partner": "cbs", "contract": "gebied_kerncijfers", "period": "2019"}
    by_hand = rounds.receive_file(den_haag, KWB, **said, number=1, at=NOW)

    file = key_figures(den_haag, base)
    fetched = rounds.receive_file(den_haag, file, **said, number=2, at=NOW)

    contract = den_haag.contracts["gebied_kerncijfers"]
    with Store.open(den_haag.settings.store, holder="de test", read_only=True) as store:
        now = store.accepted(contract, known_at=NOW)
    assert file.name == "GM0518_cbs_L12c_2019_v2.csv"
    assert fetched.delivery.outcome in (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_REFUSALS)
    assert fetched.delivery.records.accepted == by_hand.delivery.records.accepted == 1 + 44 + 114
    assert now["_delivery"].unique().to_list() == [fetched.delivery.id]
    assert any("$skip" in asked for asked in statline.asked), "one page only: nothing was proved"
    pages = pl.read_csv(KWB, separator=";", infer_schema_length=0, encoding="utf8-lossy")
    clean = pages.select(pl.all().str.strip_chars())
    told = dict(zip(clean["Codering_3"], clean["WmoClienten_89"], strict=True))
    assert told["WK051801"] == "."
    for code, clients in now.select("code", "wmo_clienten").rows():
        assert told[code] == ("." if clients is None else str(clients))


def test_the_same_table_again_is_the_same_file_with_the_same_number(
    den_haag: Town, base: str
) -> None:
    first = key_figures(den_haag, base)
    content = first.read_bytes()
    assert key_figures(den_haag, base) == first
    assert first.read_bytes() == content
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_areas_come_with_their_names_kinds_and_parents(base: str) -> None:
    table = fetched(base, "gebied_indeling")
    published = pl.read_csv(NAMES).filter(pl.col("code").str.slice(2, 4) == "0518")
    assert table.columns == ["jaar", "code", "naam", "soort", "ouder"]
    assert table.height == published.height
    assert set(table["code"]) == set(published["code"])
    assert table.filter(code="GM0518").row(0) == (
        "2024",
        "GM0518",
        "'s-Gravenhage",
        "gemeente",
        None,
    )
    parents = dict(zip(table["code"], table["ouder"], strict=True))
    assert all(parent in parents for code, parent in parents.items() if code != "GM0518")


def test_a_column_that_the_table_lacks_is_filled_by_what_is_said(base: str) -> None:
    table = fetched(base, "gebied_kerncijfers", status="voorlopig")
    assert table.columns == ["jaar", "code", "inwoners", "status"]
    assert table["status"].unique().to_list() == ["voorlopig"]
    assert table.filter(code="GM0518")["inwoners"].to_list() == ["566221"]


@pytest.mark.parametrize(
    ("failures", "waits"),
    [
        ([503, 429], [2.0, 4.0]),
        ([b'{"value": [{"Identifier": "Wij'], [2.0]),
        ([b"<html>onderhoud</html>"], [2.0]),
    ],
    ids=["busy", "cut off", "a page of maintenance"],
)
def test_what_may_pass_is_tried_again(
    base: str, statline: Statline, failures: list[int | bytes], waits: list[float]
) -> None:
    statline.failures.extend(failures)
    waited: list[float] = []
    with opened(api(base, waits=waited)) as rows:
        found = list(rows(f"85984NED/{PLACE}Codes", {"$filter": "startswith(Identifier,'GM0518')"}))
    assert len(found) == 1
    assert waited == waits


def test_a_service_that_stays_away_changes_nothing_and_says_what_to_do(
    den_haag: Town, base: str, statline: Statline
) -> None:
    statline.failures.extend([503] * 50)
    with pytest.raises(
        SourceUnavailable, match=r"\(127\.0\.0\.1\) antwoordt nu niet.*later opnieuw"
    ):
        key_figures(den_haag, base)
    assert not list(den_haag.settings.inbox.rglob("*.csv"))


def test_nobody_at_the_address_and_nobody_who_answers_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for base, told in ((address, "antwoordt niet"), ("http://127.0.0.1:9", "is weg")):
            with (
                opened(api(base, timeout=0.2)) as rows,
                pytest.raises(SourceUnavailable, match=told),
            ):
                list(rows("84583NED/Dimensions", {}))


def test_a_page_that_points_to_another_computer_is_not_followed(
    base: str, statline: Statline
) -> None:
    statline.elsewhere = "http://127.0.0.2:1"
    with opened(api(base)) as rows, pytest.raises(SourceUnavailable, match="andere computer"):
        list(rows("84583NED/Observations", {}))


def test_a_municipality_that_is_not_in_the_table_is_told(base: str) -> None:
    contract = contracts.standard()["gebied_indeling"]
    with opened(api(base)) as rows, pytest.raises(SourceUnavailable, match="kent GM9901 niet"):
        delivery(rows, contract, "85984NED", municipality="GM9901", period="2024", fixed={})


def test_a_table_spread_over_more_than_areas_is_refused(base: str, statline: Statline) -> None:
    statline.tables["85984NED"]["Dimensions"].append(
        {"Identifier": "Geslacht", "Kind": "Dimension"}
    )
    contract = contracts.standard()["gebied_indeling"]
    with opened(api(base)) as rows, pytest.raises(SourceUnavailable, match="Geslacht"):
        delivery(rows, contract, "85984NED", municipality="GM0518", period="2024", fixed={})


def test_who_does_not_owe_the_delivery_gets_no_file(den_haag: Town, base: str) -> None:
    with pytest.raises(UsageError, match="`elan` is geen levering"):
        fetching.fetch(
            den_haag,
            api(base),
            "84583NED",
            contract="gebied_kerncijfers",
            partner="elan",
            period="2019",
            fixed={},
        )


def test_the_commands_write_a_delivery_and_a_code_list_and_say_12_where_cbs_has_no_table(
    praatplaat: Command, base: str, tmp_path: Path
) -> None:
    agreement = ["--agreement", ROOT / "tests" / "real" / "denhaag", "--home", tmp_path]
    asked = ["--contract", "L12c", "--period", "2019", "--base", base]
    done = praatplaat("fetch", "84583NED", *asked, *agreement)
    missing = praatplaat("fetch", "00000NED", *asked, *agreement)
    out = tmp_path / "lists" / "gemeenten.yaml"
    listed = praatplaat("codelist", "85984NED", PLACE, "--out", out, "--base", base)

    assert (done.code, missing.code, listed.code) == (0, 12, 0), (done.err, listed.err)
    assert (tmp_path / "inbox/cbs/GM0518_cbs_L12c_2019_v1.csv").is_file()
    assert "00000NED" in missing.err
    assert "Traceback" not in missing.err
    codes = yaml.safe_load(out.read_text())["codes"]
    assert codes["GM0518"] == {"label": "'s-Gravenhage"}

"""Den Haag, on figures that nobody of this project wrote: from CBS's and ELAN's files to 44 sheets.

What CBS says itself is read here with the csv module alone, so that our own reading has a judge.
"""

import csv
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser

from flows.settings import Settings, Town
from flows.steps.observe import observe
from flows.steps.publish import publish
from flows.steps.receive import Received, receive
from sources.agreement.model import Areas
from sources.inbox import parcel
from sources.keys import RANDOM_BYTES, new_keys, read_keys
from sources.store import Store
from sources.verdict import Outcome
from transforms.areas import hierarchy

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", ROOT.parent / "shared")) / "data"
AGREEMENT = ROOT / "tests" / "real" / "denhaag"

OUTLINES = SHARED / "nederland" / "wijken_2022_rd.geojson"
KWB = SHARED / "denhaag" / "kwb2019_84583NED_118col_GM0518.csv"
MISLABELLED = SHARED / "denhaag" / "MISLABELLED_named2019_is_kwb2020_118col_GM0518.csv"
POSTCODES = SHARED / "denhaag" / "PC6_neighbourhoods_denhaag_zuidwest_2019.csv"
ELAN = SHARED / "denhaag" / "elan_wijk_2009_2022.csv"
RIVM = SHARED / "nederland" / "rivm_50090NED_3gemeenten_2012_2016_2020.csv"
FILES = (
    (OUTLINES, "cbs", "gebied_indeling", "2022"),
    (KWB, "cbs", "gebied_kerncijfers", "2019"),
    (POSTCODES, "cbs", "pc6_buurt", "2019"),
    (ELAN, "elan", "elan_wijk", "2022"),
    (RIVM, "rivm", "rivm_gezondheid", "2020"),
)

CHROMIUM = Path("/usr/bin/chromium")

QUARTER = "2022K4"
MUNICIPALITY = "GM0518"
OOSTDUINEN, ZORGVLIET, ZUIDERPARK, FOREPARK = "WK051801", "WK051810", "WK051835", "WK051843"

COUNTS = {
    "wmo": "WmoClienten_89",
    "jeugd": "JongerenMetJeugdzorgInNatura_87",
    "bijstand": "PersonenPerSoortUitkeringBijstand_83",
}
SERIES = {
    "wmo_reeks": "%_WMO_user",
    "jeugd_reeks": "%_JGDHULP_user",
    "bijstand_reeks": "%_Welfare_benefit_user",
}
YEARS = [str(year) for year in range(2015, 2023)]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason=f"no real data at {SHARED}; set PRAATPLAAT_SHARED"
    ),
]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of Den Haag: what came in, the figures of the edition, and its public folder."""

    town: Town
    received: dict[str, Received]
    figures: pl.DataFrame
    folder: Path

    def figure(self, indicator: str, area: str, period: str) -> dict[str, object]:
        """Return the one figure of an indicator, area and period."""
        rows = self.figures.filter(
            (pl.col("indicator") == indicator)
            & (pl.col("area_code") == area)
            & (pl.col("period") == period)
        )
        return rows.row(0, named=True)

    def sheet(self, area: str) -> str:
        """Return a wijk's page as text without its tags and styles."""
        page = (self.folder / "wijk" / area / "index.html").read_text(encoding="utf-8")
        bare = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


@pytest.fixture(scope="module")
def den_haag(tmp_path_factory: pytest.TempPathFactory) -> Round:
    place = tmp_path_factory.mktemp("denhaag")
    town = _town(place / "home", place / "keys")
    received = {
        contract: _receive(town, file, partner=partner, contract=contract, period=period)
        for file, partner, contract, period in FILES
    }
    figures, folder = _publish(town)
    return Round(town, received, figures, folder)


def _town(home: Path, key: Path) -> Town:
    home.mkdir(exist_ok=True)
    if not key.exists():
        key.write_text(new_keys(bytes(RANDOM_BYTES)), encoding="ascii")
    return Settings.choose(agreement=AGREEMENT, home=home, key=key, environment={}).open()


def _receive(
    town: Town, file: Path, *, partner: str, contract: str, period: str, number: int = 1
) -> Received:
    """Receive a copy: what was received leaves its place."""
    copy = town.settings.home / file.name
    shutil.copyfile(file, copy)
    sent = parcel(copy, partner=partner, contract=contract, period=period, number=number)
    with Store.open(town.settings.store, holder="test") as store:
        keys = read_keys(town.settings.key)
        made = receive(town, store, sent, keys=keys, at=datetime(2023, 3, 1, tzinfo=UTC))
    assert made is not None
    return made


def _publish(town: Town) -> tuple[pl.DataFrame, Path]:
    known_at = datetime(2023, 3, 15, tzinfo=UTC)
    with Store.open(town.settings.store, holder="test") as store:
        observe(town, store, QUARTER, known_at=known_at, tell=lambda _: None)
        made = publish(town, store, QUARTER, known_at=known_at, tell=lambda _: None)
        return store.figures(made.id), made.folder / "openbaar"


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            yield {name: (value or "").strip() for name, value in row.items()}


@cache
def cbs() -> dict[str, dict[str, str]]:
    """Return CBS's own rows of the municipality and its wijken, by code."""
    rows = {row["Codering_3"]: row for row in _rows(KWB, ";")}
    return {code: row for code, row in rows.items() if not code.startswith("BU")}


@cache
def elan() -> dict[tuple[str, str], dict[str, str]]:
    """Return ELAN's own rows of Den Haag, by code and year."""
    rows = {(row["WKC"], row["YEAR"]): row for row in _rows(ELAN, ",")}
    return {key: row for key, row in rows.items() if key[0].startswith("WK0518")}


# Years in which ELAN tells of a wijk's people who do not live there.
BINCKHORST, GROENTE_EN_FRUITMARKT = "WK051839", "WK051837"
ELSEWHERE = {(BINCKHORST, str(year)) for year in range(2015, 2022)} | {
    (GROENTE_EN_FRUITMARKT, "2022")
}


def _refused(code: str, year: str) -> bool:
    return code in (OOSTDUINEN, ZUIDERPARK) or (code, year) in ELSEWHERE


WIJKEN = [f"WK0518{number:02d}" for number in range(1, 45)]


def test_each_of_the_44_wijken_has_a_sheet_with_its_name(den_haag: Round) -> None:
    """CBS numbers a wijk in its name, `Wijk 29 Schildersbuurt`: a sheet has the name alone."""
    names = {row["code"]: str(row["naam"])[len("Wijk 29 ") :] for row in _division(den_haag)}

    made = sorted(path.parent.name for path in den_haag.folder.glob("wijk/*/index.html"))

    assert made == WIJKEN
    for code in WIJKEN:
        page = (den_haag.folder / "wijk" / code / "index.html").read_text(encoding="utf-8")
        assert f"<h1>{names[code]}</h1>" in page


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
def test_each_sheet_opens_from_disk_and_asks_nothing_of_any_host(
    den_haag: Round, browser: Browser
) -> None:
    asked: list[str] = []
    wide: dict[str, int] = {}
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    for code in WIJKEN:
        page.goto((den_haag.folder / "wijk" / code / "index.html").as_uri())
        wide[code] = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    # A phone's width: nothing makes the page itself scroll sideways.
    assert set(wide.values()) == {390}


def _division(den_haag: Round) -> list[dict[str, object]]:
    return _accepted(den_haag, "gebied_indeling").to_dicts()


def _accepted(den_haag: Round, contract: str) -> pl.DataFrame:
    known = den_haag.town.contracts[contract]
    with Store.open(den_haag.town.settings.store, holder="test", read_only=True) as store:
        return store.accepted(known, known_at=datetime(2023, 3, 15, tzinfo=UTC))


def test_every_record_of_every_file_is_accounted_for(den_haag: Round) -> None:
    told = {
        contract: (
            one.delivery.outcome,
            one.delivery.records.physical,
            one.delivery.records.excluded,
            one.delivery.records.accepted,
            one.delivery.records.quarantined,
        )
        for contract, one in den_haag.received.items()
    }

    assert all(one.delivery.records.balances() for one in den_haag.received.values())
    # Physical, excluded (other municipalities), accepted, refused: 14 years of two copied wijken,
    # and 9 rows with people who only have their postal address there.
    assert told == {
        "gebied_indeling": (Outcome.ACCEPTED, 3340, 3296, 44, 0),
        "gebied_kerncijfers": (Outcome.ACCEPTED, 160, 0, 159, 0),
        "pc6_buurt": (Outcome.ACCEPTED, 1817, 0, 1816, 0),
        "elan_wijk": (Outcome.ACCEPTED_WITH_REFUSALS, 983, 366, 579, 37),
        "rivm_gezondheid": (Outcome.ACCEPTED, 793, 315, 477, 0),
    }


def test_wmo_per_1000_agrees_with_what_cbs_worked_out_itself(den_haag: Round) -> None:
    own = {
        code: float(row["WmoClientenRelatief_90"])
        for code, row in cbs().items()
        if row["WmoClientenRelatief_90"] != "."
    }

    ours = {code: den_haag.figure("wmo", code, "2019")["value"] for code in own}

    assert len(own) == 42  # the municipality and 41 wijken
    assert {code: ours[code] for code in own if abs(float(str(ours[code])) - own[code]) > 1} == {}


@pytest.mark.parametrize("indicator", COUNTS)
def test_counts_of_cbs_pass_through_unchanged_and_marked(den_haag: Round, indicator: str) -> None:
    """CBS rounded them already: they are not rounded again, and parts need not add up."""
    published = den_haag.figures.filter(
        (pl.col("indicator") == indicator) & (pl.col("status") == "published")
    )

    ours = dict(published.select("area_code", "numerator").iter_rows())

    assert ours == {code: float(cbs()[code][COUNTS[indicator]]) for code in ours}
    assert len(ours) >= 40
    assert published["source"].unique().to_list() == ["protected_at_source"]
    assert published["additive"].unique().to_list() == [""]


@pytest.mark.parametrize(
    ("indicator", "unpublished"),
    [
        ("wmo", [OOSTDUINEN, ZORGVLIET, FOREPARK]),
        # In Forepark CBS counts 60 youngsters on 135 inhabitants, and gives no share itself.
        ("jeugd", [OOSTDUINEN, "WK051824", ZUIDERPARK, "WK051841", FOREPARK]),
        ("bijstand", [OOSTDUINEN]),
    ],
)
def test_what_cbs_does_not_publish_is_nowhere_zero(
    den_haag: Round, indicator: str, unpublished: list[str]
) -> None:
    points = [code for code, row in cbs().items() if row[COUNTS[indicator]] == "."]
    numbers = ("numerator", "denominator", "value", "lower", "upper")

    found = {code: den_haag.figure(indicator, code, "2019") for code in unpublished}

    assert set(points) <= set(unpublished)
    assert {figure["status"] for figure in found.values()} == {"protected"}
    assert {figure[name] for figure in found.values() for name in numbers} == {None}
    without = den_haag.figures.filter(
        (pl.col("indicator") == indicator) & (pl.col("status") != "published")
    )
    assert without["area_code"].to_list() == unpublished


def test_a_point_is_null_in_the_accepted_rows_too(den_haag: Round) -> None:
    contract = den_haag.town.contracts["gebied_kerncijfers"]
    columns = {column.header: column.name for column in contract.columns}
    with Store.open(den_haag.town.settings.store, holder="test", read_only=True) as store:
        rows = store.accepted(contract, known_at=datetime(2023, 3, 15, tzinfo=UTC))
    accepted = {row["code"]: row for row in rows.iter_rows(named=True)}
    said = {row["Codering_3"]: row for row in _rows(KWB, ";")}

    for header in (*COUNTS.values(), "WmoClientenRelatief_90", "PercentageJongerenMetJeugdzorg_88"):
        nulls = {code for code, row in accepted.items() if row[columns[header]] is None}
        assert nulls == {code for code, row in said.items() if row[header] == "."}, header


def test_a_wijk_without_inhabitants_has_no_rate(den_haag: Round) -> None:
    assert cbs()[OOSTDUINEN]["AantalInwoners_5"] == "0"
    figures = den_haag.figures.filter(pl.col("area_code") == OOSTDUINEN)

    assert figures["value"].null_count() == figures.height > 0


@pytest.mark.parametrize("indicator", SERIES)
def test_the_series_of_elan_is_shown_as_given_and_its_zeros_are_unknown(
    den_haag: Round, indicator: str
) -> None:
    given = {
        (code, year): float(row[SERIES[indicator]])
        for (code, year), row in elan().items()
        if year in YEARS and not _refused(code, year)
    }
    figures = den_haag.figures.filter(pl.col("indicator") == indicator)

    shown = {
        (code, period): value
        for code, period, value in figures.select("area_code", "period", "value").iter_rows()
        if value is not None
    }

    assert sorted(figures["period"].unique()) == YEARS
    assert set(shown) == {key for key, share in given.items() if share > 0}
    assert [key for key in shown if abs(shown[key] - given[key] * 1000) > 1e-9] == []


def test_copied_series_are_refused_with_a_reason_that_a_person_understands(
    den_haag: Round,
) -> None:
    """ELAN's Oostduinen and Zuiderpark hold the figures of the wijk beside them, year by year."""
    assert all(
        {**elan()[copy, year], "WKC": "", "Wijknaam": ""}
        == {**elan()[original, year], "WKC": "", "Wijknaam": ""}
        for copy, original in ((OOSTDUINEN, "WK051802"), (ZUIDERPARK, "WK051836"))
        for year in YEARS
    )
    with Store.open(den_haag.town.settings.store, holder="test", read_only=True) as store:
        findings = store.findings(den_haag.received["elan_wijk"].delivery.id)
    refused = [finding for finding in findings if finding.code == "X550"]

    series = den_haag.figures.filter(
        pl.col("area_code").is_in([OOSTDUINEN, ZUIDERPARK]) & pl.col("indicator").is_in(SERIES)
    )

    assert len(refused) == 28
    assert "meer dan vijf keer zo veel mensen als het CBS" in refused[0].message
    assert series.height == 2 * len(SERIES) * len(YEARS)
    assert series["status"].unique().to_list() == ["not_delivered"]
    assert series["value"].null_count() == series.height


def test_the_outlines_are_of_2022_and_the_sheet_says_so(den_haag: Round) -> None:
    known = _division(den_haag)

    # Every wijk of 2019 exists in 2022: no code is missing, and CBS's own rows name no other.
    assert {row["code"] for row in known} == set(WIJKEN) == set(cbs()) - {MUNICIPALITY}
    assert {row["jaar"] for row in known} == {2022}
    assert den_haag.town.agreement.general.area_year == 2019
    for code in WIJKEN:
        assert re.search(r"grenzen[^.]*2022", den_haag.sheet(code), re.IGNORECASE), code


def test_a_trend_is_drawn_where_three_years_are_known_and_each_other_has_a_reason(
    den_haag: Round,
) -> None:
    known = den_haag.figures.filter(pl.col("status") == "published")
    lengths = known.group_by("area_code", "indicator").len().filter(pl.col("len") >= 3)
    pages = {code: den_haag.folder / "wijk" / code / "index.html" for code in WIJKEN}

    drawn = {
        code: page.read_text(encoding="utf-8").count('class="course"')
        for code, page in pages.items()
    }

    most = den_haag.town.agreement.general.trends
    per_wijk = dict(lengths.group_by("area_code").len().iter_rows())
    assert drawn == {code: min(most, per_wijk.get(code, 0)) for code in WIJKEN}
    # Nobody lives in Oostduinen. In the other wijken at least the RIVM's estimates are of 3 years.
    assert {code for code, count in drawn.items() if count == 0} == {OOSTDUINEN}
    reasons = {code: den_haag.sheet(code).count(": geen verloop.") for code in WIJKEN}
    assert reasons == {code: most - count for code, count in drawn.items()}


ESTIMATES = {
    "regie": "MatigVeelRegieOverEigenLeven_27",
    "eenzaam": "ErnstigZeerErnstigEenzaam_29",
    "mantelzorg": "Mantelzorger_32",
    "vrijwilligers": "Vrijwilligerswerk_33",
    "rondkomen": "MoeiteMetRondkomen_38",
}


def test_a_figure_read_by_hand_from_the_raw_file_stands_on_the_sheet(den_haag: Round) -> None:
    """The line of the Schildersbuurt in 2020, cut at its semicolons: nothing of ours reads it."""
    lines = RIVM.read_text(encoding="utf-8-sig").splitlines()
    (line,) = (one for one in lines if "WK051829" in one and "2020JJ00" in one)
    place = lines[0].split(";").index("ErnstigZeerErnstigEenzaam_29")

    assert line.split(";")[place].strip() == "21.9"
    sheet = den_haag.sheet("WK051829")
    assert re.search(r"Ik voel mij ernstig eenzaam 22\s% 2020 geschat heel Den Haag: 16\s%", sheet)


def test_the_estimates_of_the_rivm_are_shown_as_given_and_said_to_be_estimates(
    den_haag: Round,
) -> None:
    raw = {
        (row["Codering_3"], row["Perioden"][:4], name): row[column]
        for row in _rows(RIVM, ";")
        for name, column in ESTIMATES.items()
        if row["Codering_3"] in {MUNICIPALITY, *WIJKEN}
    }
    figures = den_haag.figures.filter(pl.col("indicator").is_in(ESTIMATES))

    shown = figures.select("area_code", "period", "indicator", "value").drop_nulls().rows()

    given = {key: float(text) for key, text in raw.items() if text not in ("", ".")}
    assert {tuple(key): round(value * 100, 4) for *key, value in shown} == given
    assert figures["source"].unique().to_list() == ["estimate"]


def test_the_masthead_says_of_which_years_the_figures_are(den_haag: Round) -> None:
    """The edition is of a quarter; every figure in it is of a whole year, the oldest of 2019."""
    for page in [den_haag.folder / "index.html", *den_haag.folder.glob("wijk/*/index.html")]:
        told = page.read_text(encoding="utf-8")
        assert '<p class="period">Cijfers van 2019 tot en met 2022</p>' in told
        assert "4e kwartaal 2022" not in told


def test_a_kind_of_evidence_that_no_goal_has_is_told_once(den_haag: Round) -> None:
    """Nobody told a story yet. Of youth nobody was asked; of other goals people were."""
    for code in WIJKEN:
        sheet = den_haag.sheet(code)
        inhabited = code != OOSTDUINEN
        assert sheet.count("Er is nog geen verhaal.") == inhabited, code
        assert sheet.count("Hoe mensen dit beleven, is nog niet gevraagd.") == inhabited, code


def test_the_index_lists_each_wijk_once_under_its_stadsdeel(den_haag: Round) -> None:
    page = (den_haag.folder / "index.html").read_text(encoding="utf-8")
    (block,) = re.findall(r'block-sheets".*?</section>', page, re.DOTALL)

    headed = re.findall(r"<h3>(.*?)</h3>", block)
    listed = re.findall(r'<li value="(\d+)">\s*<a href="wijk/WK0518(\d\d)/', block)

    assert headed == [one.name for one in den_haag.town.agreement.areas.groupings.values()]
    assert len(headed) == 8
    assert sorted(int(number) for number, _ in listed) == list(range(1, 45))
    assert all(int(number) == int(code) for number, code in listed)


def test_an_area_stands_beside_the_municipality(den_haag: Round) -> None:
    sheet = den_haag.sheet("WK051829")

    for share in (38085, 15595, 25280):
        whole = f"{share / 537833 * 1000:.1f}".replace(".", ",")
        assert f"heel Den Haag: {whole}" in sheet


def test_figures_say_of_which_year_they_are(den_haag: Round) -> None:
    figures = den_haag.figures.filter(pl.col("indicator").is_in(COUNTS))

    assert figures["period"].unique().to_list() == ["2019"]
    assert "2019" in den_haag.sheet("WK051829")


def test_no_postcode_of_zuidwest_lies_in_two_buurten(den_haag: Round) -> None:
    """The file could tell of split postcodes, by its number of addresses, and tells of none."""
    said = list(_rows(POSTCODES, ","))
    postcodes = _accepted(den_haag, "pc6_buurt")

    assert len({row["PC6"] for row in said}) == len(said) == postcodes.height == 1816
    assert sum(int(row["freq"]) for row in said) == postcodes["adressen"].sum()
    assert postcodes["aandeel"].unique().to_list() == [1.0]


def test_every_postcode_of_zuidwest_is_placed_whole_in_its_buurt(den_haag: Round) -> None:
    division = _division_2019()
    known = hierarchy(
        division, _accepted(den_haag, "pc6_buurt"), municipality=MUNICIPALITY, year=2019
    )
    placed = dict(known.places.select("place", "neighbourhood").iter_rows())

    assert {row["PC6"]: placed[row["PC6"]] for row in _rows(POSTCODES, ",")} == {
        row["PC6"]: row["neighb_code"] for row in _rows(POSTCODES, ",")
    }
    assert known.parts.is_empty()
    assert known.split(Areas.NEIGHBOURHOOD)["share"].unique().to_list() == [0.0]


def test_two_buurten_that_share_a_postcode_say_how_much_is_placed_wrongly(den_haag: Round) -> None:
    """The real postcodes, of which one is moved for a third: three parts of what the file holds."""
    postcodes = _accepted(den_haag, "pc6_buurt").select("jaar", "pc6", "buurt_code", "aandeel")
    here, there = "BU05183638", "BU05183637"
    first = postcodes.filter(pl.col("buurt_code") == here)["pc6"].min()
    one = pl.col("pc6") == first
    third = postcodes.filter(one).with_columns(buurt_code=pl.lit(there), aandeel=pl.lit(1 / 3))
    both = pl.concat(
        [
            postcodes.with_columns(aandeel=pl.when(one).then(2 / 3).otherwise("aandeel")),
            third,
        ]
    )
    known = hierarchy(_division_2019(), both, municipality=MUNICIPALITY, year=2019)
    counts = dict(postcodes.group_by("buurt_code").len().iter_rows())

    split = dict(known.split(Areas.NEIGHBOURHOOD).filter(pl.col("share") > 0).iter_rows())

    assert split == {
        here: pytest.approx(1 / 3 / counts[here]),
        there: pytest.approx(1 / 3 / (counts[there] + 1 / 3)),
    }
    # Both lie in one wijk, in which nothing is placed wrongly.
    assert known.split(Areas.DISTRICT)["share"].max() == pytest.approx(0)


def _division_2019() -> pl.DataFrame:
    """Return the areas of which CBS's key figures of 2019 tell, in the form of an indeling."""
    codes = [row["Codering_3"] for row in _rows(KWB, ";")]
    above = {"BU": lambda code: f"WK{code[2:8]}", "WK": lambda code: f"GM{code[2:6]}"}
    rows = [
        (2019, code, code, above[code[:2]](code) if code[:2] in above else None) for code in codes
    ]
    return pl.DataFrame(rows, schema=["jaar", "code", "naam", "ouder"], orient="row")


@pytest.fixture
def after(den_haag: Round, tmp_path: Path) -> Town:
    """Den Haag as it was after its round, in a home of its own."""
    home = tmp_path / "home"
    shutil.copytree(den_haag.town.settings.home, home)
    return _town(home, den_haag.town.settings.key)


def test_the_mislabelled_year_waits_and_replaces_nothing(after: Town, den_haag: Round) -> None:
    """Published as 2019, it is 2020: 545.838 inhabitants instead of 537.833 (rule 59)."""
    contract = after.contracts["gebied_kerncijfers"]

    sent = _receive(after, MISLABELLED, partner="cbs", contract="gebied_kerncijfers", period="2019")

    with Store.open(after.settings.store, holder="test", read_only=True) as store:
        told = " ".join(finding.message for finding in store.findings(sent.delivery.id))
        rows = store.accepted(contract, known_at=datetime(2023, 3, 31, tzinfo=UTC))
    assert sent.delivery.outcome is Outcome.ON_HOLD
    assert "`WmoClienten_89` is nu overal leeg" in told
    assert "`JongerenMetJeugdzorgInNatura_87` is nu overal leeg" in told
    assert "andere periode" in told
    assert "545.838" in told
    assert "537.833" in told
    assert rows.filter(code=MUNICIPALITY)["inwoners"].to_list() == [537833]
    figures, _ = _publish(after)
    assert figures.equals(den_haag.figures)


def test_the_mislabelled_year_waits_too_where_it_is_announced_as_a_correction(after: Town) -> None:
    sent = _receive(
        after, MISLABELLED, partner="cbs", contract="gebied_kerncijfers", period="2019", number=2
    )

    assert sent.delivery.outcome is Outcome.ON_HOLD


def test_the_partner_reads_why_the_mislabelled_year_waits(after: Town) -> None:
    sent = _receive(after, MISLABELLED, partner="cbs", contract="gebied_kerncijfers", period="2019")

    answer = (sent.feedback / "terugkoppeling.html").read_text(encoding="utf-8")

    assert "IN WACHT" in answer
    assert "545.838" in answer
    assert "WmoClienten_89" in answer

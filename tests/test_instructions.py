"""The page that explains a delivery: everything that follows from the contract, in short words."""

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Command
from playwright.sync_api import Browser

from flows.settings import ZONE, Town
from flows.steps import partners
from flows.steps.partners import Request
from reports.block import TEMPLATES
from reports.words.catalogue import sentences
from sources.contracts.load import standard
from sources.errors import UsageError

TABLES = sorted(name for name, one in standard().items() if one.reader == "csv")
AT = datetime(2026, 11, 22, 12, tzinfo=ZONE)
CHROMIUM = Path("/usr/bin/chromium")
MOST_WORDS = 15


def explained(town: Town, name: str, *, partner: str = "", period: str = "") -> dict[str, bytes]:
    request = Request.of(town, name, partner=partner, period=period)
    return dict(partners.explanation(town, request, at=AT))


def page(town: Town, name: str, *, partner: str = "", period: str = "") -> str:
    return explained(town, name, partner=partner, period=period)["uitleg.html"].decode()


def text(markup: str) -> str:
    """Return what a reader sees, with single spaces."""
    shown = re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", shown)))


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("`", ""))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_with_its_codes_and_an_example(name: str, town: Town) -> None:
    shown = text(page(town, name))
    for column in town.contracts[name].columns:
        if column.derived:
            continue
        assert plain(column.description) in shown
        assert plain(column.example) in shown
        assert all(f"{code} {label}" in shown for code, label in column.codes.items())


@pytest.mark.parametrize("name", TABLES)
def test_every_rule_is_told_with_why_and_how_to_mend(name: str, town: Town) -> None:
    shown = text(page(town, name))
    for rule in town.contracts[name].rules:
        for part in (rule.message, rule.why, rule.how_to_mend, rule.code):
            assert plain(part) in shown


@pytest.mark.parametrize("name", TABLES)
def test_what_a_contract_promises_stands_on_the_page(name: str, town: Town) -> None:
    contract = town.contracts[name]
    shown = text(page(town, name))
    assert f"binnen {contract.due_days} dagen" in shown
    assert f"meer dan {contract.refuse_above * 100:.0f} % van de rijen fout" in shown
    assert all(header in shown for header in contract.forbidden)
    assert ("Bij de ontvangst maken wij er een code van" in shown) is bool(contract.law)
    years, months = divmod(contract.retention_months, 12)
    assert f"{contract.retention_months} maanden lang" if months else f"{years} jaar lang" in shown


@pytest.mark.parametrize(
    ("name", "partner", "period", "file"),
    [
        ("L06", "welzijn", "2026K2", "GM9901_welzijn_L06_2026K2_v1.csv"),
        ("partner_activiteiten", "", "", "GM9901_partner_L06_2026K3_v1.csv"),
        ("gebied_kerncijfers", "cbs", "", "GM9901_cbs_L12c_2025_v1.csv"),
    ],
)
def test_the_name_of_the_file_is_spelled_out(
    name: str, partner: str, period: str, file: str, town: Town
) -> None:
    found = explained(town, name, partner=partner, period=period)
    shown = text(found["uitleg.html"].decode())
    package = json.loads(found["datapackage.json"])
    assert f"<pre>{file}</pre>" in found["uitleg.html"].decode()
    assert f"praatplaat check {file} --contract" in shown
    assert package["resources"][0]["path"] == file
    assert package["praatplaat"]["partner"] == partner


def test_a_partner_is_addressed_by_its_name(town: Town) -> None:
    shown = text(page(town, "L06", partner="welzijn"))
    assert "Uitleg van Voorbeeldstad voor Stichting Welzijn De Brug" in shown


def test_a_long_code_list_goes_to_the_back(town: Town) -> None:
    contract = town.contracts["verhalen_signalen"]
    many = {f"{n:03d}": f"Soort {n}" for n in range(40)}
    first, *rest = contract.columns
    town = replace(
        town,
        contracts={
            **town.contracts,
            contract.id: replace(contract, columns=(replace(first, codes=many), *rest)),
        },
    )
    markup = page(town, contract.id)
    assert '<a href="#lijst-verhaal_id">' in markup
    assert markup.index('id="lijst-verhaal_id"') > markup.index('id="regels"')
    assert "039 Soort 39" in text(markup)


@pytest.mark.parametrize(
    ("name", "partner", "period", "said"),
    [
        ("L99", "", "", "Een levering `L99` kennen wij niet"),
        ("L06", "niemand", "", "`niemand` kennen wij niet"),
        ("L01", "welzijn", "", "niet met welzijn afgesproken"),
        ("L06", "welzijn", "2026-3", "`2026-3` is geen periode"),
    ],
)
def test_what_was_not_agreed_is_told(
    name: str, partner: str, period: str, said: str, town: Town
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        page(town, name, partner=partner, period=period)


@pytest.mark.parametrize("name", TABLES)
def test_the_page_needs_nothing_from_elsewhere_runs_nothing_and_is_the_same_again(
    name: str, town: Town
) -> None:
    markup = page(town, name)
    (style,) = re.findall(r"<style>(.*?)</style>", markup, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html.unescape(markup)
    assert not re.search(r"<script|https?:|url\(|\son\w+=|\sstyle=", markup)
    assert markup == page(town, name)


def test_what_a_contract_says_is_text_and_never_markup(town: Town) -> None:
    contract = replace(town.contracts["verhalen_signalen"], purpose="<b>x</b> & co")
    markup = page(replace(town, contracts={**town.contracts, contract.id: contract}), contract.id)
    assert "&lt;b&gt;x&lt;/b&gt; &amp; co" in markup


@pytest.mark.parametrize("name", ["instructions.html.j2", "story_form.html.j2"])
def test_its_own_sentences_are_short(name: str) -> None:
    """The words of the template itself: what is filled in counts as one word."""
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    arguments = re.findall(
        r'"([^"{}<>]*\s[^"{}<>]*)"', " ".join(re.findall(r"\{\{.*?\}\}", source))
    )
    for gap in (r"<style>.*?</style>", r"\{%.*?%\}", r"<(pre|title)>.*?</\1>"):
        source = re.sub(gap, "", source, flags=re.DOTALL)
    blocks = re.split(
        r"</?(?:p|li|h\d|dd|dt|th|td|div|label|legend|option|button|summary|a)\b[^>]*>", source
    )
    shown = [re.sub(r"<[^>]+>", "", re.sub(r"\{\{.*?\}\}", "x", block)) for block in blocks]
    long = [
        one
        for block in [*shown, *arguments]
        for one in sentences(" ".join(block.split()))
        if len(one.split()) > MOST_WORDS
    ]
    assert long == []


def test_the_command_writes_the_page_and_the_data_package_beside_it(
    praatplaat: Command, tmp_path: Path
) -> None:
    told = praatplaat("instructions", "L06", "--out", tmp_path / "uitleg")
    assert told.code == 0
    assert sorted(path.name for path in (tmp_path / "uitleg").iterdir()) == [
        "datapackage.json",
        "uitleg.html",
    ]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium")
def test_no_page_scrolls_sideways_and_all_are_printed_on_a4(
    browser: Browser, town: Town, tmp_path: Path
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 800})
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    for name in TABLES:
        path = tmp_path / f"{name}.html"
        path.write_text(page(town, name), encoding="utf-8")
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 390, name
        pdf = tab.pdf(prefer_css_page_size=True)
        sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
        assert [tuple(round(float(side)) for side in size) for size in sizes] == [(595, 842)]
    tab.close()
    assert complaints == []

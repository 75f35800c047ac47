"""The figures to take home: in a spreadsheet, in a program, and in a data portal."""

import csv
import hashlib
import io
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from sample_edition import sample
from sheet_reader import Page

from flows.steps.serve import server
from reports import dcat
from reports.downloads import downloads
from reports.edition import MUNICIPALITY
from reports.render import render

EDITION = sample()
FILES = dict(downloads(EDITION))
PUBLISHER = {"@type": "foaf:Agent", "foaf:name": "Gemeente Voorbeeldstad"}
FREE = {"@id": "http://creativecommons.org/publicdomain/zero/1.0/"}
PLACE = {"@type": "dct:Location", "dct:identifier": "GM9901", "skos:prefLabel": "Voorbeeldstad"}
ENTRY: dict[str, Any] = json.loads(FILES[dcat.PATH])


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FILES["data/figures.csv"].decode()), delimiter=";"))


def test_every_row_says_of_which_edition_indicator_area_and_period_it_is() -> None:
    for row in rows():
        assert row["edition"] == EDITION.id
        assert all(row[name] for name in ("indicator", "version", "area_code", "period", "status"))


def test_a_file_for_dutch_spreadsheets_is_utf8_with_semicolons_and_decimal_commas() -> None:
    told = FILES["data/figures.csv"]
    assert not told.startswith(b"\xef\xbb\xbf")
    numbers = {row[name] for row in rows() for name in ("numerator", "value", "lower", "upper")}
    assert any("," in number for number in numbers)
    assert not any("." in number for number in numbers)


@pytest.mark.parametrize(
    ("term", "told"),
    [
        pytest.param("@type", "dcat:Dataset", id="what it is"),
        pytest.param("dct:identifier", "GM9901-2026K3-1", id="its name for good"),
        pytest.param("dcat:version", "2026K3-1", id="its edition"),
        pytest.param("dct:publisher", PUBLISHER, id="who brings it out"),
        pytest.param("dct:license", FREE, id="what one may do"),
        pytest.param("dct:issued", {"@type": "xsd:date", "@value": "2026-11-21"}, id="its day"),
        pytest.param("dct:spatial", PLACE, id="where"),
    ],
)
def test_the_catalogue_says_of_the_dataset(term: str, told: object) -> None:
    assert ENTRY[term] == told


def test_the_catalogue_says_from_when_to_when_the_figures_tell() -> None:
    begin, end = (ENTRY["dct:temporal"][f"dcat:{name}Date"]["@value"] for name in ("start", "end"))
    assert (begin, end) == ("2024-01-01", "2026-09-30")


def test_the_catalogue_says_whom_to_ask() -> None:
    contact = ENTRY["dcat:contactPoint"]
    assert contact["vcard:fn"].startswith("Team gegevens van de gemeente")
    assert contact["vcard:hasEmail"] == {"@id": "mailto:gegevens@voorbeeldstad.example"}


def test_every_distribution_is_a_file_of_the_edition_with_its_checksum_and_size() -> None:
    every = ENTRY["dcat:distribution"]
    assert [one["@id"] for one in every] == ["figures.csv", "figures.json"]
    for one in every:
        content = FILES[f"data/{one['dcat:downloadURL']['@id']}"]
        told = one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert told == hashlib.sha256(content).hexdigest()
        assert one["dcat:byteSize"]["@value"] == str(len(content))
        assert one["dct:license"] == ENTRY["dct:license"]


def test_every_prefix_in_the_catalogue_is_explained() -> None:
    prefixes = set(ENTRY["@context"])
    assert {term.partition(":")[0] for term in _terms(ENTRY) if ":" in term} <= prefixes


def _terms(told: object) -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            if name != "@context":
                yield name
                yield from _terms(value)
    elif isinstance(told, list):
        for one in told:
            yield from _terms(one)


def test_without_a_licence_nothing_is_allowed_and_nothing_is_said() -> None:
    general = EDITION.agreement.general.model_copy(update={"licence": "", "contact": ""})
    bare = sample(agreement=EDITION.agreement.model_copy(update={"general": general}))
    told = json.loads(dict(downloads(bare))[dcat.PATH])
    assert "dct:license" not in told
    assert told["dcat:contactPoint"]["vcard:fn"] == "Gemeente Voorbeeldstad"


def test_what_is_confidential_is_in_no_catalogue() -> None:
    assert dcat.PATH not in dict(downloads(sample(audience=MUNICIPALITY)))


def test_the_index_leads_to_every_download_and_saves_it_under_a_name_of_its_own() -> None:
    index = Page(dict(render(EDITION))["index.html"].decode())
    links = {a.attributes["href"]: a.attributes.get("download") for a in index.all("a")}
    assert links["data/figures.csv"] == "praatplaat-GM9901-2026K3-1.csv"
    assert links["data/figures.json"] == "praatplaat-GM9901-2026K3-1.json"
    assert dcat.PATH in links


@pytest.fixture
def window(tmp_path: Path) -> Iterator[int]:
    """Serve editions of which only one page and one download are there."""
    for edition in ("2026K2", "2026K3-2", "2026K3-10"):
        public = tmp_path / edition / "openbaar"
        for path in ("index.html", "wijk/WK990101/index.html", "data/figures.csv"):
            (public / path).parent.mkdir(parents=True, exist_ok=True)
            (public / path).write_text(f"{edition} {path}", encoding="utf-8")
        inside = tmp_path / edition / "intern" / "bladen.json"
        inside.parent.mkdir()
        inside.write_text("geheim", encoding="utf-8")
    window = server(tmp_path, 0)
    thread = threading.Thread(target=window.serve_forever)
    thread.start()
    yield window.server_address[1]
    window.shutdown()
    thread.join()
    window.server_close()


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/2026K3-10/wijk/WK990101/", 200, "2026K3-10 wijk/WK990101/index.html"),
        ("/2026K2/wijk/WK990101/", 200, "2026K2 wijk/WK990101/index.html"),
        ("/2026K2/data/figures.csv", 200, "2026K2 data/figures.csv"),
        ("/2026K2/", 200, "2026K2 index.html"),
        ("/2026K2/wijk/WK990101", 301, "/2026K2/wijk/WK990101/"),
        ("/", 302, "/2026K3-10/"),
        ("/2026K3-10/wijk/WK990109/", 404, ""),
        ("/2026K3-10/intern/bladen.json", 404, ""),
        ("/2026K3-10/../2026K3-10/intern/bladen.json", 404, ""),
    ],
)
def test_an_address_is_for_good_and_needs_no_file_name(
    window: int, address: str, status: int, told: str
) -> None:
    asked = HTTPConnection("127.0.0.1", window)
    asked.request("GET", address)
    answer = asked.getresponse()
    content = answer.read().decode()
    assert answer.status == status
    assert (
        told in (answer.headers.get("Location") or "") if status in (301, 302) else told in content
    )
    asked.close()

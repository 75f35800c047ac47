"""How it goes: what waits, what came in time, where files get stuck; on screen and as a page."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from conftest import Command

from flows.cli import telling
from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps import status
from flows.steps.progress import progress
from flows.steps.remind import remind
from reports.accessibility import checks
from reports.accessibility.tree import read
from reports.progress import Progress, page, took
from reports.words.catalogue import sentences
from sources.store import Store

AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)

GOING = Progress(
    municipality="Voorbeeldstad",
    day=date(2026, 11, 2),
    waits=("levering Bezoeken van <Welzijn>, te laat sinds 28 oktober 2026",),
    deliveries=pl.DataFrame(
        [
            ("welzijn", "Welzijn", "2026K2", 1, 1, 0, 0),
            ("welzijn", "Welzijn", "2026K3", 1, 0, 1, 0),
            ("bieb", "Bibliotheek", "2026K3", 0, 0, 0, 2),
        ],
        schema=["partner", "name", "period", "in_time", "late", "missing", "open"],
        orient="row",
    ),
    refusals=pl.DataFrame(
        [
            ("B102", "Dit is geen tabel", "welzijn", "Welzijn", "Bezoeken", "2026K2", 2, 0),
            ("B102", "Dit is geen tabel", "welzijn", "Welzijn", "Bezoeken", "2026K3", 1, 1200),
        ],
        schema=["code", "meaning", "partner", "name", "title", "period", "files", "rows"],
        orient="row",
    ),
    rounds=pl.DataFrame(
        [("2026K2", "2026K2", "praatplaat run", AT, 200)],
        schema=["quarter", "edition", "origin", "began", "seconds"],
        orient="row",
    ),
)


def text(html: bytes) -> str:
    """Return what a reader reads, in one line."""
    body = html.decode().split("<body>")[1]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_the_page_tells_what_waits_what_came_what_got_stuck_and_how_long_it_took() -> None:
    told = text(page(GOING))

    assert "Bezoeken van &lt;Welzijn&gt;, te laat sinds 28 oktober 2026" in told
    assert "2e kwartaal 2026 1 1 0 0 3e kwartaal 2026 1 0 1 2" in told
    assert told.index("Bibliotheek 2 nog tijd") < told.index("Welzijn 1 op tijd 1 te laat")
    assert "2e kwartaal 2026: 2 bestanden" in told
    assert "3e kwartaal 2026: 1 bestand en 1.200 rijen" in told
    assert "2 november 2026, 09.00 uur 3 minuten en 20 seconden" in told


def test_the_page_is_for_everybody_asks_no_host_and_has_the_same_bytes_each_time() -> None:
    html = page(GOING)
    found = list(checks.of_page(read("hoe-het-gaat.html", html.decode())))

    assert {letter for letter, _ in found} >= {"a", "b", "d", "e", "f"}
    assert [wrong for _, (_, wrong) in found if wrong] == []
    assert b"<svg" in html and b"http" not in html.replace(b"http-equiv", b"")
    assert page(GOING) == html


def test_nothing_to_tell_is_a_page_too() -> None:
    bare = replace(
        GOING,
        waits=(),
        deliveries=GOING.deliveries.clear(),
        refusals=GOING.refusals.clear(),
        rounds=GOING.rounds.clear(),
    )
    told = text(page(bare))

    assert "Er wacht niets." in told
    assert "Alles wat kwam, konden wij gebruiken." in told
    assert max(len(one.split()) for part in told.split("  ") for one in sentences(part)) <= 20


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "minder dan een seconde"),
        (1, "1 seconde"),
        (60, "1 minuut"),
        (121, "2 minuten en 1 seconde"),
    ],
)
def test_how_long_something_took_is_told_in_words(seconds: int, words: str) -> None:
    assert took(seconds) == words


@pytest.mark.usefixtures("areas")
def test_what_came_late_what_was_refused_and_what_waits_is_counted(
    town: Town, drop: Callable[..., list[Path]], tmp_path: Path
) -> None:
    """Welzijn was due on 28 July for K2 and on 28 October for K3; a column lacks in the third."""
    drop("GM9901_welzijn_L06_2026K2_v1.csv")
    drop("GM9901_welzijn_L06_2026K3_v1.csv")
    drop("GM9901_sociaal_team_L06_2026K3_v1.csv")
    rounds.receive_waiting(town, at=datetime(2026, 10, 20, 9, tzinfo=ZONE), tell=lambda _: None)
    drop("GM9901_welzijn_L06_2026K1_v1.csv")
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        going = progress(town, store, at=AT)

    came = {
        (row["partner"], row["period"]): (row["in_time"], row["late"])
        for row in going.deliveries.to_dicts()
        if row["in_time"] or row["late"]
    }

    assert came["welzijn", "2026K2"] == (0, 1)
    assert came["welzijn", "2026K3"] == (1, 0)
    refused = {(row["code"], row["partner"]): row for row in going.refusals.to_dicts()}
    assert refused["K201", "sociaal_team"]["files"] == 1
    assert refused["X550", "welzijn"]["rows"] == 2
    waits = "\n".join(going.waits)
    assert "Stichting Sociaal Team Voorbeeldstad over 3e kwartaal 2026, te laat sinds" in waits
    assert "ontvangen van 1 bestand in de inbox (`praatplaat receive`)" in waits
    assert "de ronde van 2026K3 (`praatplaat run --quarter 2026K3`)" in waits

    told = status.status(town, at=AT)
    assert json.loads(json.dumps(told))["waits_for"] == list(going.waits)
    plain = status.as_text(told)
    assert "Wacht op: de ronde van 2026K3" in plain
    table = plain.split("\n\n")[1]
    assert "2026K3" in table and "2024K4" not in table, "what never came long ago is only counted"
    status.write_page(town, tmp_path / "nieuw" / "pagina.html", at=AT)
    assert (tmp_path / "nieuw" / "pagina.html").read_bytes() == page(going)


def test_what_is_late_since_long_ago_is_one_sentence(town: Town) -> None:
    with Store.open(town.settings.store, holder="de test") as store:
        late = remind(town, store, at=AT)
        waits = progress(town, store, at=AT).waits
    lately = date(2026, 8, 2)
    (old,) = (one for one in waits if "van langer geleden" in one)
    named = [one for one in waits if one.startswith("levering ")]
    assert len(named) == late.filter(pl.col("due") >= lately).height > 0
    before = late.filter(pl.col("due") < lately).height
    assert old == f"{before} leveringen van langer geleden, te laat sinds 21 januari 2025 of later"


def test_the_command_makes_the_page_beside_what_it_shows(
    praatplaat: Command, town: Town, tmp_path: Path
) -> None:
    with Store.open(town.settings.store, holder="de test"):
        pass
    file = tmp_path / "pagina.html"
    ran = praatplaat("status", "--page", file, "--json", "--home", town.settings.home)

    assert (ran.code, json.loads(ran.out)["refusals"]) == (0, [])
    assert f"De pagina staat in {file}." in ran.err
    assert "Hoe het gaat" in file.read_text()


def test_long_work_says_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(telling, "SILENCE", 0.05)
    with telling.telling("Tellen") as tell:
        tell("begonnen")
        time.sleep(0.2)
        tell("klaar")
    time.sleep(0.1)

    first, *between, last = capsys.readouterr().err.splitlines()
    assert (first, last) == ("begonnen", "klaar")
    assert between and set(between) == {"  Tellen: 0 seconden"}

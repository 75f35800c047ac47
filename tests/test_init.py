"""A municipality's own agreement: it validates and runs at once, and says what is awaited."""

import os
import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.settings import EXAMPLE, Settings, Town
from flows.steps.observe import observe
from flows.steps.publish import publish
from flows.steps.receive import receive
from sources.agreement.linking import off
from sources.agreement.starter import KERNSET, Start, files
from sources.inbox import parcel
from sources.keys import RANDOM_BYTES, new_keys, read_keys
from sources.store import Store
from sources.verdict import Outcome

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", ROOT.parent / "shared")) / "data"
OUTLINES = SHARED / "nederland" / "wijken_2022_rd.geojson"

START = Start(code="GM0518", name="Den Haag", year=2022)


def example() -> dict[str, bytes]:
    paths = sorted(EXAMPLE.rglob("*.yaml"))
    return {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths}


MADE = files(example(), START)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """What somebody has after `init`, in 2022."""
    folder = tmp_path / "overeenkomst"
    for name, data in MADE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    home, key = tmp_path / "home", tmp_path / "sleutel"
    home.mkdir()
    key.write_text(new_keys(bytes(RANDOM_BYTES)), encoding="ascii")
    return Settings.choose(agreement=folder, home=home, key=key, environment={}).open()


def test_it_holds_the_kernset_and_what_the_rules_want_beside_it(town: Town) -> None:
    made = town.agreement.indicators

    assert len(KERNSET) == 27
    assert set(KERNSET) <= set(made)
    assert set(made) - set(KERNSET) == {"I04", "I19", "I20"}
    assert all(set(one.pairs) | set(one.counter_indicators) <= set(made) for one in made.values())
    assert town.agreement.main_goal()[1].horizon == 2025


def test_nothing_in_it_is_of_the_example() -> None:
    whole = b"\n".join(MADE.values()).decode()

    assert re.findall(r"Voorbeeldstad|GM9901|(?:WK|BU)9901\w*|De Brug|Molenwijk", whole) == []
    assert re.findall(r"(?m)^(?:baseline|targets|breaks|knowledge):", whole) == []


def test_the_one_partner_in_it_is_an_example_of_which_nothing_is_agreed(town: Town) -> None:
    partners = {key: one for key, one in town.agreement.partners.items() if one.kind == "partner"}

    assert [(key, "(voorbeeld)" in one.name) for key, one in partners.items()] == [
        ("initiatief", True)
    ]
    assert town.agreement.agreements == {}
    asked = {key: [d.contract for d in one.deliveries] for key, one in partners.items()}
    assert asked == {"initiatief": ["verhalen_signalen"]}


def test_figures_that_link_laws_are_off(town: Town) -> None:
    made = town.agreement.indicators
    switched_off = {key for key, one in made.items() if off(town.agreement, one)}

    assert {"I33", "I36", "I37"} <= switched_off
    assert not switched_off & set(town.agreement.general.figures.district)


def test_the_command_makes_it_and_never_writes_over_anything(tmp_path: Path) -> None:
    folder = tmp_path / "haag"
    words = ["init", str(folder), "--code", "GM0518", "--name", "Den Haag"]

    first = CliRunner().invoke(app, words)
    again = CliRunner().invoke(app, words)
    checked = CliRunner().invoke(app, ["validate", "--agreement", str(folder)])

    assert first.exit_code == 0, first.output
    assert "Lees eerst" in first.output
    assert "is niet leeg" in str(again.exception)
    assert "De overeenkomst van Den Haag klopt" in checked.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["haag"]


def test_a_code_that_is_not_of_a_municipality_is_refused(tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "haag"), "--code", "0518", "--name", "Den Haag"]

    done = CliRunner().invoke(app, words)

    assert "Schrijf GM en 4 cijfers" in str(done.exception)


def test_without_a_delivery_the_platen_say_what_is_awaited(town: Town) -> None:
    folder = published(town)

    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "Den Haag" in index
    assert "wmo_meldingen" not in index
    assert town.contracts["wmo_meldingen"].title in index


@pytest.mark.shared
@pytest.mark.skipif(not OUTLINES.is_file(), reason=f"no outlines at {OUTLINES}")
def test_with_its_wijken_there_is_every_kind_of_page(town: Town) -> None:
    """CBS's outlines come as GeoJSON: for that the folder gets a contract of its own."""
    own = town.settings.agreement / "deliveries"
    own.mkdir()
    shutil.copy(ROOT / "tests/real/denhaag/deliveries/gebied_indeling.odcs.yaml", own)
    town = town.settings.open()
    copy = town.settings.home / OUTLINES.name
    shutil.copyfile(OUTLINES, copy)
    sent = parcel(copy, partner="cbs", contract="gebied_indeling", period="2022", number=1)
    with Store.open(town.settings.store, holder="test") as store:
        keys, at = read_keys(town.settings.key), datetime(2023, 1, 5, tzinfo=UTC)
        made = receive(town, store, sent, keys=keys, at=at)
    assert made is not None
    assert made.delivery.outcome is Outcome.ACCEPTED

    folder = published(town)

    pages = Counter(path.relative_to(folder).parts[0] for path in folder.rglob("index.html"))
    assert pages == {
        "index.html": 1,
        "wijk": 44,
        "partner": 1,
        "raad": 1,
        "auditorium": 1,
        "verantwoording": 1,
    }
    room = (folder / "auditorium" / "index.html").read_text(encoding="utf-8")
    goals = [goal.name for _, goal in town.agreement.goals_in_order()]
    assert len(goals) == room.count('<section class="screen"') == 6
    assert [name for name in goals if escape(name) not in room] == []
    assert "Welk verhaal van vandaag neemt u mee" in room
    assert "<form" in room  # who writes the harvest down can send it in


def published(town: Town) -> Path:
    known_at = datetime(2023, 1, 15, tzinfo=UTC)
    with Store.open(town.settings.store, holder="test") as store:
        observe(town, store, "2022K4", known_at=known_at, tell=lambda _: None)
        made = publish(town, store, "2022K4", known_at=known_at, tell=lambda _: None)
        return made.folder / "openbaar"

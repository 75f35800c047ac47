"""From a concept that a partner may respond to, to an edition that a person established."""

import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pytest
from conftest import Command, Once, town_in

from flows.settings import ZONE, Town
from flows.steps import auditlog, earlier, rebuild, responses, retention, stories
from flows.steps import release as releasing
from flows.steps import round as rounds
from flows.steps.asked import Question, as_known, of_edition
from flows.steps.erase import INSTEAD
from flows.steps.explain import explain
from flows.steps.public import is_released
from flows.steps.serve import server
from flows.steps.status import as_text, status
from reports.reuse.kept import Kept
from sources.agreement.model import Baseline
from sources.agreement.model.general import Figures
from sources.errors import DisclosureRisk, UsageError
from sources.store import Store

T = TypeVar("T")

QUARTER, SECOND = "2026K3", "2026K3-2"
BY = "wethouder N. Voorbeeld"
AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
WORDS = "Wij misten een buurthuis & zoeken een nieuwe plek."
STORY = "Sinds ik er kook, hoor ik er weer bij."
STORIES = f"""\
verhaal_id;datum;soort;verteller_rol;titel;tekst;belangrijkste_verandering;thema;gebied_code;\
partner_id;boog;toestemming;toestemming_datum;herkenbaar_gecheckt_door;schuurt
V1;01-09-2026;verhaal;inwoner;Soep koken;{STORY};Ik kom er elke week.;meedoen;WK990102;\
welzijn;2;ja;02-09-2026;teamleider;nee
"""
CONCEPT = "Concept, nog niet vastgesteld"
ESTABLISHED = f"vastgesteld door {BY} op 17 november 2026"
SHEET = "partner/welzijn/index.html"
BLOCKS = {"partner": ("results", "stories"), "district": ("stories",), "index": ()}


def few(town: Town) -> Town:
    """The town with one partner and one of its figures: rendered and attacked sooner."""
    whole, welzijn = town.agreement, town.agreement.agreements["welzijn"]
    promise = welzijn.result_sheets[0].model_copy(update={"indicators": ("I07",), "promises": {}})
    partners = whole.partners.items()
    narrow = {
        "indicators": {"I07": whole.indicators["I07"]},
        "agreements": {"welzijn": welzijn.model_copy(update={"result_sheets": (promise,)})},
        "partners": {n: one for n, one in partners if n == "welzijn" or one.kind != "partner"},
        "general": whole.general.model_copy(update={"blocks": BLOCKS, "figures": Figures()}),
    }
    return replace(town, agreement=whole.model_copy(update=narrow))


def quiet(_: str) -> None:
    """Tell nothing."""


class Desk:
    """The data team at work, one day at a time."""

    def __init__(self, home: Path, *, day: int = 0) -> None:
        self.town, self.at = few(town_in(home)), AT + timedelta(days=day)
        self.editions = self.town.settings.editions

    def receive(self) -> None:
        rounds.receive_waiting(self.town, at=self.at, tell=quiet)

    def deliver(self, file: Path, name: str = "") -> None:
        target = self.town.settings.inbox / "welzijn" / (name or file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        self.receive()

    def publish(self) -> str:
        rounds.observe_quarter(self.town, QUARTER, known_at=self.at, tell=quiet)
        return rounds.publish_quarter(self.town, QUARTER, known_at=self.at, tell=quiet).id

    def release(self, edition: str = QUARTER, by: str = BY) -> bool:
        at = self.at + timedelta(days=14)
        return rounds.release_edition(self.town, edition, by=by, at=at, tell=quiet).new

    def store(self, do: Callable[[Store], T]) -> T:
        with Store.open(self.town.settings.store, holder="test", actor="team") as store:
            return do(store)

    def respond(self, words: str = WORDS, **other: str) -> str:
        asked = {"edition": QUARTER, "partner": "welzijn", "indicator": "I07"} | other
        edition = asked.pop("edition")
        return self.store(
            lambda store: responses.respond(
                self.town, store, edition, **asked, words=words, at=self.at
            )
        )

    def take_back(self, edition: str = QUARTER) -> list[str]:
        told = {"partner": "welzijn", "indicator": "I07", "by": "team"}
        return self.store(
            lambda store: responses.take_back(self.town, store, edition, **told, at=self.at)
        )

    def pages(self, edition: str = QUARTER) -> dict[str, str]:
        found = sorted((self.editions / edition).rglob("*.html"))
        return {str(p.relative_to(self.editions / edition)): unescape(p.read_text()) for p in found}

    def holding(self, words: str, edition: str = QUARTER) -> set[str]:
        return {name for name, text in self.pages(edition).items() if words in text}


@pytest.fixture
def concept(once: Once, made: Path, town: Town, request: pytest.FixtureRequest) -> Path:
    """A home with a signed story and a concept; only to be copied."""

    def make(folder: Path) -> None:
        request.getfixturevalue("areas")
        desk = Desk(town.settings.home)
        (file,) = made.rglob("*welzijn_L06_2026K3_v1.csv")
        desk.deliver(file)
        told = folder / f"GM9901_welzijn_L10_{QUARTER}_v1.csv"
        told.write_text(STORIES, encoding="utf-8")
        desk.deliver(told)
        desk.store(lambda store: stories.sign_all(desk.town, store, by="R. Lezer", at=desk.at))
        assert desk.publish() == QUARTER
        shutil.copytree(town.settings.home, folder / "home")
        shutil.copyfile(town.settings.key, folder / "sleutel")

    return once("concept", make) / "home"


@pytest.fixture
def desk(concept: Path, tmp_path: Path) -> Desk:
    return Desk(shutil.copytree(concept, tmp_path / "hier" / "home"), day=1)


def test_a_release_stamps_every_page_and_draws_only_those_on_which_something_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: set[str] = set()
    alike = Kept.alike

    def noting(kept: Kept, path: str, *others: Any) -> bool:
        stays = alike(kept, path, *others)
        if not stays:
            drawn.add(path)
        return stays

    monkeypatch.setattr(Kept, "alike", noting)
    assert desk.respond() == WORDS
    before = desk.pages()
    assert desk.holding(CONCEPT) == set(before)
    assert desk.holding(WORDS) == set(), "a concept stays as it is"

    assert desk.release() is True

    after, readers = desk.pages(), ("openbaar", "intern/gemeente", "intern/welzijn")
    assert desk.holding(ESTABLISHED) == set(before) == set(after)
    assert desk.holding(CONCEPT) == set()
    assert drawn == {SHEET}
    told = {f"{reader}/{SHEET}" for reader in readers}
    assert desk.holding(WORDS) == told
    assert desk.holding("De Brug zegt hierbij:") == told
    for name in before.keys() - told:
        assert after[name] == before[name].replace(f"<b>{CONCEPT}</b>", ESTABLISHED), name
    about = json.loads((desk.editions / QUARTER / "openbaar/data/edition.json").read_text())
    assert about["established"] == {"by": BY, "on": "2026-11-17"}
    assert "buurthuis &amp; zoeken" in (desk.editions / QUARTER / "openbaar" / SHEET).read_text()


def test_who_is_named_in_a_response_is_taken_out_and_the_last_words_hold(desk: Desk) -> None:
    def shown(store: Store) -> list[tuple[str, ...]]:
        (record,) = store.editions()
        return responses.shown(store, record, store.figures(QUARTER)).rows()

    desk.respond("Dit zijn de eerste woorden.")
    masked = "Bel [naam weggehaald] in Voorbeeldstad."
    assert desk.respond("Bel mevrouw  Jansen\nin Voorbeeldstad.") == masked
    assert desk.store(shown) == [("welzijn", "I07", masked)]
    desk.respond(masked)

    def shown_later(store: Store, figures: pl.DataFrame) -> int:
        (record,) = store.editions()
        return responses.shown(store, replace(record, id=SECOND), figures).height

    def same_and_other(store: Store) -> tuple[int, int]:
        same = store.figures(QUARTER).with_columns(edition=pl.lit(SECOND))
        other = same.with_columns(shown=pl.col("shown") + pl.lit("!"))
        return shown_later(store, same), shown_later(store, other)

    assert desk.store(same_and_other) == (1, 0), "it goes along where the figure is the same"
    assert len(desk.store(lambda store: store.responses.every())) == 2
    assert desk.take_back() == []
    assert desk.store(shown) == []


NOT_SAID = {
    "a number": ({"words": "Wij telden 12 mensen."}, "staat een getal"),
    "nothing": ({"words": " \n"}, "staat niets"),
    "too much": ({"words": "te lang " * 60}, "Er passen er 400"),
    "no such edition": ({"edition": "2026K1"}, "is er niet"),
    "no sheet": ({"partner": "cbs"}, "heeft geen plaat"),
    "another figure": ({"indicator": "I28"}, "geen cijfer van `I28`. Kies uit: I07"),
}


@pytest.mark.parametrize(("asked", "said"), NOT_SAID.values(), ids=NOT_SAID)
def test_what_cannot_stand_beside_a_figure_is_refused(
    concept: Path, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        Desk(concept).respond(**asked)


def test_under_another_agreement_a_concept_is_not_released(desk: Desk) -> None:
    general = desk.town.agreement.general.model_copy(update={"contact": "iemand anders"})
    agreement = desk.town.agreement.model_copy(update={"general": general})
    desk.town = replace(desk.town, agreement=agreement)
    with pytest.raises(UsageError, match="praatplaat publish --quarter 2026K3"):
        desk.release()


@pytest.fixture
def corrected(concept: Path, made: Path, once: Once) -> Path:
    """The same home after the release, with a correction and a second concept."""

    def make(folder: Path) -> None:
        shutil.copytree(concept, folder / "home")
        desk = Desk(folder / "home", day=1)
        desk.respond()
        desk.release()
        desk.at += timedelta(days=20)
        (file,) = made.rglob("*welzijn_L06_2026K3_v1.csv")
        fewer = folder / "GM9901_welzijn_L06_2026K3_v2.csv"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        fewer.write_text("".join(lines[: len(lines) * 3 // 4]), encoding="utf-8")
        desk.deliver(fewer)
        assert desk.publish() == SECOND

    return once("corrected", make) / "home"


def test_who_establishes_is_asked_once_and_the_same_said_twice_changes_nothing(
    corrected: Path,
) -> None:
    desk = Desk(corrected, day=22)
    lines = desk.store(lambda store: store.log.lines())
    refused = {"9": "een naam zonder cijfers", " ": "een naam", "n" * 81: "tot 80 tekens"}
    for name, said in refused.items():
        with pytest.raises(UsageError, match=said):
            desk.release(SECOND, by=name)
    with pytest.raises(UsageError, match="`2026K1` is er niet"):
        desk.release("2026K1")
    assert desk.release() is False
    with pytest.raises(UsageError, match=f"al vastgesteld, door {BY}"):
        desk.release(by="een ander")
    with pytest.raises(UsageError, match="al vastgesteld"):
        desk.respond()
    assert desk.store(lambda store: store.log.lines()) == lines
    assert [one.actor for one in lines if one.action == "editie vastgesteld"] == [BY]


def test_words_that_are_taken_back_later_leave_every_page_that_day(
    corrected: Path, tmp_path: Path
) -> None:
    desk = Desk(shutil.copytree(corrected, tmp_path / "hier" / "home"), day=22)
    assert len(desk.holding(WORDS)) == 3
    assert len(desk.take_back()) == 3
    assert desk.holding(WORDS) == set()
    assert len(desk.holding(responses.INSTEAD)) == 3
    auditlog.verify(desk.town)


def test_an_established_edition_keeps_the_words_of_then(corrected: Path, tmp_path: Path) -> None:
    desk = Desk(shutil.copytree(corrected, tmp_path / "hier" / "home"), day=22)
    before = desk.pages()
    desk.respond("Wij vonden die plek.", edition=SECOND)
    shutil.rmtree(desk.editions / QUARTER)
    assert desk.release() is True
    assert desk.pages() == before
    desk.take_back(SECOND)
    desk.release(SECOND)
    assert desk.holding("Wij vonden die plek.", SECOND) == set()


def test_what_a_partner_said_is_kept_for_its_term_and_what_is_shown_stays_shown(
    corrected: Path, tmp_path: Path
) -> None:
    desk = Desk(shutil.copytree(corrected, tmp_path / "hier" / "home"), day=22)
    town, never = desk.town, "Wij vonden die plek."
    desk.respond(never, edition=SECOND)
    raw = shutil.copytree(town.settings.raw, tmp_path / "raw")
    said = desk.store(lambda store: store.responses.every())
    sealed = [town.settings.raw / one.sha256 for one in said]

    def texts() -> tuple[list[str], int, list[bool]]:
        with Store.open(town.settings.store, holder="test", read_only=True) as store:
            told, stones = store.responses.every(), store.responses.tombstones()
        return [one.text for one in told], len(stones), [path.exists() for path in sealed]

    def past(year: int, month: int, day: int) -> list[str]:
        at = datetime(year, month, day, 9, tzinfo=ZONE)
        return [one for one in retention.retain(town, delete=True, at=at) if "Reactie" in one]

    before = ([WORDS, never], 0, [True, True])
    assert (past(2028, 11, 3), texts()) == ([], before), "the last day"
    (line,) = past(2028, 11, 4)
    assert "03-11-2028, weg gaat het bestand; de woorden staan op een vastgestelde plaat" in line
    assert texts() == ([WORDS, never], 1, [False, True])
    (line,) = past(2028, 11, 25)
    assert line.endswith("I07, editie 2026K3-2): bewaard tot 24-11-2028, weg gaat alles.")
    after = ([WORDS, ""], 2, [False, False])
    assert (past(2028, 11, 25), texts()) == ([], after)
    auditlog.verify(town)
    assert desk.holding(WORDS)

    shutil.copytree(raw, town.settings.raw, dirs_exist_ok=True)
    made = rebuild.rebuild(town, tmp_path / "opnieuw", tell=quiet)
    assert (made.line, made.different) == ("", ())
    with Store.open(tmp_path / "opnieuw/store.duckdb", holder="test", read_only=True) as store:
        assert [one.text for one in store.responses.every()] == [WORDS, ""]

    desk.at = datetime(2028, 12, 1, 9, tzinfo=ZONE)
    assert desk.take_back()
    assert desk.holding(WORDS) == set()
    assert len(past(2028, 12, 2)) == 1
    assert texts()[0] == ["", "", ""]


def test_a_correction_is_a_new_concept_that_tells_what_changed_since_what_was_public(
    corrected: Path, tmp_path: Path
) -> None:
    desk = Desk(shutil.copytree(corrected, tmp_path / "hier" / "home"), day=22)
    first = desk.pages()
    assert status(desk.town, at=desk.at)["concept"] == SECOND
    told = as_text(status(desk.town, at=desk.at))
    assert f"vaststellen van editie {SECOND} (`praatplaat release" in told
    assert desk.holding(WORDS, SECOND) == set(), "the figure that they stood beside is another one"

    desk.release(SECOND)

    assert desk.pages() == first
    page = desk.pages(SECOND)[f"openbaar/{SHEET}"]
    assert f"Sinds editie {QUARTER} is dit veranderd." in page
    assert status(desk.town, at=desk.at)["concept"] is None


def test_a_concept_after_which_another_was_made_is_never_public_but_counts_as_seen(
    desk: Desk, corrected: Path
) -> None:
    def waits() -> list[str]:
        return [one for one in status(desk.town, at=desk.at)["waits_for"] if "concept" in one]

    (fewer,) = (corrected.parent).glob("*_v2.csv")
    assert waits() == []
    desk.deliver(fewer)
    why = f"sinds editie {QUARTER} tellen andere leveringen mee"
    assert waits() == [f"een nieuw concept, want {why} (`praatplaat run --quarter {QUARTER}`)"]
    assert desk.publish() == SECOND
    assert waits() == []
    with pytest.raises(UsageError, match=f"Na editie {QUARTER} is editie {SECOND} gemaakt"):
        desk.release()
    with pytest.raises(UsageError, match="Neem die"):
        desk.respond()

    seen = desk.editions / QUARTER / "openbaar/data/figures.csv"
    told = seen.read_text(encoding="utf-8")
    seen.write_text(told.replace(";15;", ";17;"), encoding="utf-8")
    before = desk.pages(SECOND)
    with pytest.raises(DisclosureRisk, match=f"editie {QUARTER}|{QUARTER}"):
        desk.release(SECOND)
    assert desk.pages(SECOND) == before
    assert status(desk.town, at=desk.at)["concept"] == SECOND

    seen.write_text(told, encoding="utf-8")
    desk.release(SECOND)
    assert (
        json.loads((desk.editions / SECOND / "openbaar/data/edition.json").read_text())["previous"]
        is None
    )


def test_a_figure_was_first_told_by_an_edition_that_was_established(
    desk: Desk, corrected: Path
) -> None:
    def first(edition: str) -> str:
        question = Question("I07", partner="welzijn", period=QUARTER)
        moment = of_edition(store, edition) if edition else as_known(desk.at + timedelta(days=30))
        told = explain(desk.town, store, question, moment)
        return told.first.edition if told.first else ""

    with Store.open(corrected / "store.duckdb", holder="test", read_only=True) as store:
        assert [first(QUARTER), first(SECOND)] == ["", QUARTER]
    (fewer,) = (corrected.parent).glob("*_v2.csv")
    desk.deliver(fewer)
    desk.publish()
    with Store.open(desk.town.settings.store, holder="test", read_only=True) as store:
        assert [first(SECOND), first("")] == ["", ""]
    desk.release(SECOND)
    with Store.open(desk.town.settings.store, holder="test", read_only=True) as store:
        assert [first(SECOND), first("")] == ["", SECOND]


def test_a_baseline_is_not_frozen_as_a_concept_tells_it(corrected: Path) -> None:
    agreement = Desk(corrected).town.agreement
    one = agreement.indicators["I07"]
    loose = Baseline(period=QUARTER, value=None, area_year=2026)
    loosened = {"indicators": {"I07": one.model_copy(update={"baseline": loose})}}
    agreement = agreement.model_copy(update=loosened)
    with Store.open(corrected / "store.duckdb", holder="test", read_only=True) as store:
        told = [
            earlier.start(store, agreement, "I07", of_edition(store, name))
            for name in (QUARTER, SECOND)
        ]
    assert [one and one.concept for one in told] == [False, True]


def test_a_release_that_was_killed_after_the_store_said_so_is_finished_by_the_same_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(folder: Path) -> None:
        folder.rename(folder.with_name(f"{folder.name}.old"))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(releasing, "switch", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.release()
    assert not is_released(desk.editions / QUARTER), "nobody can read it yet"

    desk.at += timedelta(days=1)
    assert desk.release() is True
    assert desk.holding(ESTABLISHED) == set(desk.pages()), "with the day of the first time"
    assert [path.name for path in desk.editions.iterdir()] == [QUARTER]
    files: Any = desk.store(lambda store: store.editions()[0].account["files"])
    assert files == {
        name: sha256((desk.editions / QUARTER / name).read_bytes()).hexdigest() for name in files
    }
    assert desk.store(lambda store: store.log.lines()[-1].action) == "editie vastgesteld"


def test_a_story_that_is_taken_back_leaves_what_is_public_and_a_concept_the_same_day(
    corrected: Path, tmp_path: Path
) -> None:
    desk = Desk(shutil.copytree(corrected, tmp_path / "hier" / "home"), day=22)
    assert desk.holding(STORY)
    assert desk.holding(STORY, SECOND)

    def taken(store: Store) -> list[str]:
        one = stories.find(desk.town, store, "V1")
        return stories.withdraw(desk.town, store, one, by="R. Lezer", reason="gevraagd", at=desk.at)

    assert desk.store(taken)
    assert desk.holding(STORY) == desk.holding(STORY, SECOND) == set()
    desk.release(SECOND)
    assert desk.holding(STORY, SECOND) == set()
    assert desk.holding(INSTEAD, SECOND) == set(), "a page that is drawn again has no gap"


def test_what_was_said_and_established_is_made_again_to_the_byte(
    corrected: Path, tmp_path: Path
) -> None:
    desk = Desk(corrected)
    again = tmp_path / "opnieuw"
    made = rebuild.rebuild(desk.town, again, edition=QUARTER, tell=quiet)
    assert (made.line, made.different) == ("", ())
    page = (again / "editions" / QUARTER / "openbaar" / SHEET).read_text()
    assert ESTABLISHED in page
    assert "zoeken een nieuwe plek" in page
    told = (desk.town.settings.home / "log.jsonl").read_text()
    assert "buurthuis" not in told, "the log holds no word of it"


def fetched(editions: Path, path: str, *, concept: bool = False) -> tuple[int, str]:
    with server(editions, 0, concept=concept) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{listening.server_port}{path}") as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        finally:
            listening.shutdown()
            thread.join()


def test_only_what_was_established_is_served_and_old_addresses_keep_working(
    corrected: Path,
) -> None:
    editions = corrected / "editions"
    code, page = fetched(editions, f"/{SECOND}/{SHEET}")
    assert code == 404
    assert f"<h1>Editie {SECOND} is nog niet vastgesteld.</h1>" in page
    assert f'<a href="/{QUARTER}/">' in page
    assert f'<a href="/{SECOND}/">' not in page

    assert ESTABLISHED in fetched(editions, "/")[1], "the newest that is public"
    assert WORDS.split(" & ", maxsplit=1)[0] in fetched(editions, f"/{QUARTER}/{SHEET}")[1]
    assert CONCEPT in fetched(editions, "/", concept=True)[1]
    code, page = fetched(editions, "/2020K1/")
    assert (code, "Dit blad is er niet." in page) == (404, True)


def test_an_edition_of_before_it_was_asked_is_public(tmp_path: Path) -> None:
    (tmp_path / "2025K1/openbaar").mkdir(parents=True)
    (tmp_path / "2025K1/openbaar/index.html").write_text("toen")
    assert fetched(tmp_path, "/") == (200, "toen")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["release", QUARTER, "--by", "N. Voorbeeld"], "Er zijn: geen"),
        (["respond", QUARTER, "--partner", "x", "--indicator", "I07"], "Kies een van --text"),
    ],
)
def test_the_commands_say_what_they_need(
    praatplaat: Command, tmp_path: Path, asked: list[str], said: str
) -> None:
    ran = praatplaat(*asked, "--home", tmp_path)
    assert ran.code == 2
    assert said in ran.err

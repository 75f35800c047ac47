"""A story is shown after somebody signed it, as it was signed; taken back it is gone everywhere."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import TypeVar

import polars as pl
import pytest
from conftest import Command, town_in

from flows.settings import ZONE, Town
from flows.steps import stories
from flows.steps.erase import INSTEAD, erase
from flows.steps.round import observe_quarter, publish_quarter, receive_waiting
from flows.steps.stories import NO_CONSENT, SIGNED, WAITS, WITHDRAWN
from sources.errors import UsageError
from sources.store import Said, Store

T = TypeVar("T")

QUARTER = "2026K3"
AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
HEADER = (
    "verhaal_id;datum;soort;verteller_rol;titel;tekst;belangrijkste_verandering;thema;"
    "gebied_code;partner_id;boog;toestemming;toestemming_datum;herkenbaar_gecheckt_door;schuurt"
)
TITLE, TEXT = (
    "Soep & brood, zei ze: 'kom'",
    'Ik kwam binnen <en> zij zei: "ga zitten". Zo begon het.',
)
CHANGE = "Ik hoor er weer bij, elke dinsdag."
OTHER = "Sinds de zomer geef ik zelf les aan nieuwe buren."
EVER = datetime(2100, 1, 1, tzinfo=ZONE)


def row(
    number: str,
    *,
    text: str = TEXT,
    title: str = TITLE,
    change: str = CHANGE,
    consent: str = "ja",
) -> str:
    cells = [
        *(number, "01-09-2026", "verhaal", "inwoner", title, text, change, "meedoen", "WK990102"),
        *("welzijn", "2", consent, "02-09-2026", "teamleider", "nee"),
    ]
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)


V1 = row("V1")
V2 = row("V2", text=OTHER, title="Les geven", change="Ik ben weer nodig in mijn straat.")


class Round:
    """A town in which stories are delivered and editions come out, an hour apart."""

    def __init__(self, town: Town) -> None:
        self.town, self.at, self.number = town, AT, 0

    def deliver(self, *rows: str) -> None:
        self.number += 1
        inbox = self.town.settings.inbox / "welzijn"
        inbox.mkdir(parents=True, exist_ok=True)
        name = f"GM9901_welzijn_L10_{QUARTER}_v{self.number}.csv"
        (inbox / name).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
        self.at += timedelta(hours=1)
        receive_waiting(self.town, at=self.at, tell=lambda _: None)

    def publish(self) -> str:
        self.at += timedelta(hours=1)
        return publish_quarter(self.town, QUARTER, known_at=self.at, tell=lambda _: None).id

    def with_store(self, do: Callable[[Store], T]) -> T:
        with Store.open(self.town.settings.store, holder="test") as store:
            return do(store)

    def sign(self, number: str = "V1") -> None:
        def signed(store: Store) -> int:
            one = stories.find(self.town, store, number)
            return stories.sign(store, [one], by="R. Lezer", at=self.at)

        self.with_store(signed)

    def withdraw(self, number: str = "V1") -> list[str]:
        def taken(store: Store) -> list[str]:
            one = stories.find(self.town, store, number)
            told = {"by": "R. Lezer", "reason": "de verteller vroeg het"}
            return stories.withdraw(self.town, store, one, at=self.at, **told)

        return self.with_store(taken)

    def status(self) -> dict[str, str]:
        with Store.open(self.town.settings.store, holder="test", read_only=True) as store:
            told = stories.stories(self.town, store, known_at=EVER)
        return {one.id: one.status for one in told}

    def shown(self, edition: str = "*") -> list[str]:
        """Return the pages in which a piece of the first story stands, however it is written."""
        pieces = (TITLE, TEXT, CHANGE)
        return [
            str(path.relative_to(self.town.settings.editions))
            for path in sorted(self.town.settings.editions.glob(f"{edition}/**/*"))
            if path.is_file() and any(piece in _plain(path) for piece in pieces)
        ]

    def accepted(self) -> str:
        contract = self.town.contracts["verhalen_signalen"]
        with Store.open(self.town.settings.store, holder="test", read_only=True) as store:
            kept = [
                store.text_as_sent(contract, one.id)
                for one in store.all_deliveries()
                if one.contract == contract.id
            ]
            rows = [store.accepted(contract, known_at=EVER), store.stories.told(contract), *kept]
        return "".join(str(frame.rows()) for frame in rows)


def _plain(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "ignore")
    return unescape(text) + text.replace('\\"', '"') + text.replace('""', '"')


@pytest.fixture(scope="module")
def begun(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which areas and activities came, and figures were made; only to be copied."""
    home = tmp_path_factory.mktemp("begun") / "home"
    home.mkdir()
    town = town_in(home)
    for pattern in ("*cbs_L12[abc]_2026*", "*welzijn_L06_2026K3*"):
        for path in made.rglob(pattern):
            target = town.settings.inbox / path.parent.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    receive_waiting(town, at=AT, tell=lambda _: None)
    observe_quarter(town, QUARTER, known_at=AT, tell=lambda _: None)
    return home


@pytest.fixture
def rounds(begun: Path, tmp_path: Path) -> Round:
    shutil.copytree(begun, tmp_path / "home")
    return Round(town_in(tmp_path / "home"))


@pytest.fixture(scope="module")
def told(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same home with two signed stories, and an edition that shows them; only to be copied."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(begun, home)
    rounds = Round(town_in(home))
    rounds.deliver(V1, V2)
    rounds.sign("V1")
    rounds.sign("V2")
    assert rounds.publish() == QUARTER
    assert f"{QUARTER}/openbaar/wijk/WK990102/index.html" in rounds.shown()
    return home


@pytest.fixture
def out(told: Path, tmp_path: Path) -> Round:
    """The round after the edition with both stories came out."""
    shutil.copytree(told, tmp_path / "home")
    later = Round(town_in(tmp_path / "home"))
    later.at, later.number = AT + timedelta(hours=5), 1
    return later


def test_a_story_waits_until_a_named_person_has_signed_it(rounds: Round) -> None:
    rounds.deliver(V1, row("V3", consent="nee"))
    rounds.publish()

    assert rounds.status() == {"V1": WAITS, "V3": WITHDRAWN}, "of V3 no text is kept"
    assert rounds.shown() == []

    rounds.sign()

    assert rounds.status()["V1"] == SIGNED
    assert rounds.shown() == [], "an edition that is out stays as it is"


def test_without_consent_nothing_can_be_signed(rounds: Round) -> None:
    rounds.deliver(row("V1", consent="nee"))

    assert rounds.status() == {"V1": NO_CONSENT}
    with pytest.raises(UsageError, match="geen toestemming"):
        rounds.sign()


def test_who_signs_has_a_name_and_the_same_said_twice_is_said_once(rounds: Round) -> None:
    rounds.deliver(V1)
    rounds.sign()
    rounds.sign()

    def said(store: Store) -> list[tuple[str, Said, str]]:
        one = stories.find(rounds.town, store, "V1")
        with pytest.raises(UsageError, match="wie dit verhaal heeft gelezen"):
            stories.sign(store, [one], by=" ", at=AT)
        return [(each.story, each.said, each.by) for each in store.stories.events()]

    assert rounds.with_store(said) == [("V1", Said.SIGNED, "R. Lezer")]


def test_another_text_is_another_story_and_the_old_words_leave_every_edition(out: Round) -> None:
    new = "Een heel ander verhaal over de markt."
    out.deliver(row("V1", text=new, title="Anders"), V2)
    second = out.publish()

    assert out.status() == {"V1": WAITS, "V2": SIGNED}
    pages = "".join(map(_plain, out.town.settings.editions.rglob("*.html")))
    assert second != QUARTER
    assert OTHER in pages
    assert not any(words in pages for words in (TITLE, TEXT, new))
    assert CHANGE in pages, "what is told yet stays where it was: this sentence did not change"


BACK = {
    "somebody withdraws it": lambda rounds: rounds.withdraw(),
    "the next delivery says no": lambda rounds: rounds.deliver(row("V1", consent="nee"), V2),
    "consent is withdrawn": lambda rounds: rounds.deliver(row("V1", consent="ingetrokken"), V2),
    "the next delivery is without it": lambda rounds: rounds.deliver(V2),
}


@pytest.mark.parametrize("how", BACK)
def test_a_story_that_is_taken_back_is_in_no_edition_and_no_row(out: Round, how: str) -> None:
    assert TEXT in out.accepted()

    BACK[how](out)
    out.with_store(lambda store: stories.forget(out.town, store, at=AT))

    assert out.shown() == []
    assert not any(piece in out.accepted() for piece in (TITLE, TEXT, CHANGE))
    index = out.town.settings.editions / QUARTER / "openbaar" / "wijk" / "WK990102" / "index.html"
    assert INSTEAD in index.read_text(encoding="utf-8"), "the page says that something was here"
    assert OTHER in _plain(index), "the other story stays"
    assert out.status()["V2"] == SIGNED
    files = out.with_store(lambda store: store.editions()[0].account["files"])
    assert isinstance(files, dict)
    for path, checksum in files.items():
        content = (out.town.settings.editions / QUARTER / path).read_bytes()
        assert sha256(content).hexdigest() == checksum, path


def test_what_was_withdrawn_stays_away_when_it_is_delivered_again(out: Round) -> None:
    out.withdraw()
    out.deliver(V1, V2)

    assert out.status() == {"V1": WITHDRAWN, "V2": SIGNED}
    with pytest.raises(UsageError, match=WITHDRAWN):
        out.sign()
    out.publish()
    assert out.shown() == []
    assert TEXT not in out.accepted()


def test_a_name_in_a_story_is_taken_out_before_anything_is_kept_and_told_by_kind(
    rounds: Round,
) -> None:
    text = "Fatima el Amrani uit Molenwijk bracht soep. Bel haar op 06-12345678, 9901 AB."
    rounds.deliver(row("V1", text=text))

    def found(store: Store) -> tuple[str, tuple[str, ...]]:
        one = stories.find(rounds.town, store, "V1")
        return one.text, one.found

    masked, kinds = rounds.with_store(found)

    assert masked == (
        "[naam weggehaald] uit Molenwijk bracht soep. "
        "Bel haar op [telefoonnummer weggehaald], [postcode weggehaald]."
    )
    assert kinds == ("telefoonnummer", "postcode", "naam")
    assert "Amrani" not in rounds.accepted()
    answers = [path for path in rounds.town.settings.feedback.rglob("*") if path.is_file()]
    assert not any(b"Amrani" in path.read_bytes() for path in answers)
    codes = pl.concat(
        pl.read_csv(p, separator=";")
        for p in answers
        if p.name == "bevindingen.csv" and "verhalen" in str(p)
    )["code"]
    assert {"S904", "S907", "S909"} <= set(codes)


def test_the_commands_list_show_sign_and_withdraw(out: Round, praatplaat: Command) -> None:
    home = ("--home", out.town.settings.home)

    listed = praatplaat("story", "list", "--json", *home)
    shown = praatplaat("story", "show", "V1", *home)
    signed = praatplaat("story", "sign", "V1", "--by", "R. Lezer", *home)
    gone = praatplaat("story", "withdraw", "V1", "--by", "R. Lezer", "--reason", "x", *home)
    unknown = praatplaat("story", "show", "V9", *home)

    assert '"signed_by": "R. Lezer"' in listed.out
    assert TEXT not in listed.out
    assert TEXT in shown.out
    assert signed.out == "Verhaal V1 van welzijn is ondertekend door R. Lezer.\n"
    assert "is weggehaald" in gone.out
    assert (unknown.code, unknown.out) == (2, "")
    assert out.status()["V1"] == WITHDRAWN
    assert out.shown() == []


LONG = "Dit is een lang verhaal over soep."
WRITTEN = [
    # text                page                                          after
    (LONG, f"<p>{LONG}</p>", f"<p>{INSTEAD}</p>"),
    (LONG, f"<p>Eerst. {LONG} Dan.</p>", f"<p>Eerst. {INSTEAD} Dan.</p>"),
    (LONG, LONG.replace("lang ", "lang\n  "), INSTEAD),
    ("Zo & zo, niet <dat>", "<p>Zo &amp; zo, niet &lt;dat&gt;</p>", f"<p>{INSTEAD}</p>"),
    ("Zij zei 'kom' tegen mij", "<p>Zij zei &#39;kom&#39; tegen mij</p>", f"<p>{INSTEAD}</p>"),
    ('Zij zei "kom" tegen mij', r'{"t": "Zij zei \"kom\" tegen mij"}', f'{{"t": "{INSTEAD}"}}'),
    ('Zij zei "kom" tegen mij', '1;"Zij zei ""kom"" tegen mij";2', f'1;"{INSTEAD}";2'),
    ("Samen", "<h3>Samen</h3><p>Samen eten</p>", f"<h3>{INSTEAD}</h3><p>Samen eten</p>"),
    ("Samen", "Wie vertelt, zegt: Samen</h2>", f"Wie vertelt, zegt: {INSTEAD}</h2>"),
    ("Samen", "Herken: ‘Samen’.", f"Herken: ‘{INSTEAD}’."),
]


@pytest.mark.parametrize(("text", "page", "after"), WRITTEN)
def test_words_are_taken_out_however_they_are_written(
    tmp_path: Path, text: str, page: str, after: str
) -> None:
    path = tmp_path / "2026K3" / "intern" / "a.html"
    path.parent.mkdir(parents=True)
    path.write_text(page, encoding="utf-8")

    changed = erase(tmp_path, [text])

    assert path.read_text(encoding="utf-8") == after
    assert list(changed) == [("2026K3", "intern/a.html")]
    assert erase(tmp_path, [text]) == {}, "and once is enough"


def test_a_file_that_is_no_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "2026K3" / "a.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff" + LONG.encode())

    assert erase(tmp_path, [LONG]) == {}

"""The story form as a person uses it, from disk: what it saves is a delivery that is accepted."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from form_page import on_a_phone
from playwright.sync_api import Browser, Dialog, Locator, Page

from flows.settings import ZONE, Town, now
from flows.steps import partners
from flows.steps.check import check
from sources.inbox import waiting
from sources.verdict import Outcome

CHROMIUM = Path("/usr/bin/chromium")
AT = datetime(2026, 8, 14, 12, tzinfo=ZONE)
STORY = 'Ik kwam de deur niet meer uit; nu drink ik koffie.\nMet "de buren", elke dinsdag.'

CHOSEN = {
    "soort": "verhaal",
    "verteller_rol": "inwoner",
    "thema": "meedoen",
    "schuurt": "nee",
    "toestemming": "ja",
}
WRITTEN = {
    "titel": "Koffie",
    "tekst": STORY,
    "belangrijkste_verandering": "Ik hoor er weer bij.",
    "herkenbaar_gecheckt_door": "buurvrouw",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium"),
]


@pytest.fixture
def page(browser: Browser, town: Town, tmp_path: Path) -> Iterator[Page]:
    """The form on a day in August."""
    path = tmp_path / "verhalen.html"
    path.write_bytes(partners.form(town, "initiatief", at=AT))
    with on_a_phone(browser, path, at=AT) as tab:
        yield tab


def tell(page: Page, **answers: str) -> None:
    """Fill in a good story; answers replace those that are given here."""
    for name, value in (CHOSEN | answers).items():
        if name in CHOSEN:
            page.locator(f"input[name={name}][value={value}]").check()
    for name, text in (WRITTEN | answers).items():
        if name not in CHOSEN and name != "gebied_code":
            page.locator(f"[name={name}]").fill(text)
    page.locator("[name=gebied_code]").select_option(answers.get("gebied_code", "WK990101"))


def add(page: Page) -> None:
    page.locator("#voegtoe").click()


def save(page: Page, folder: Path, *, place: int = 0) -> Path:
    with page.expect_download() as waited:
        page.locator("#bewaren button").nth(place).click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def stories(page: Page) -> list[str]:
    return page.locator("#lijst h3").all_inner_texts()


def faults(page: Page) -> list[str]:
    return page.locator("#fouten-lijst li").all_inner_texts()


def test_a_story_told_by_keyboard_alone_is_a_delivery_that_is_accepted(
    page: Page, town: Town, tmp_path: Path
) -> None:
    """Tab, type, space and the arrows, from the top of the page to the file."""
    keys = page.keyboard

    def until(name: str) -> Locator:
        for _ in range(40):
            keys.press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.id") == name:
                return page.locator(":focus")
        raise AssertionError(f"the tab key never reaches {name}")

    for name, text in (("titel", "Koffie"), ("tekst", "Ik drink weer koffie met de buren.")):
        until(name)
        keys.type(text)
    until("belangrijkste_verandering")
    keys.type("Ik hoor er weer bij.")
    for name, steps in (("soort", 1), ("verteller_rol", 2)):
        until(name)
        keys.press("Space")
        for _ in range(steps):
            keys.press("ArrowDown")
    until("thema")
    keys.press("Space")
    until("gebied_code")
    keys.press("ArrowDown")
    until("schuurt")
    keys.press("ArrowDown")
    until("toestemming")
    keys.press("Space")
    until("herkenbaar_gecheckt_door")
    keys.type("buurvrouw")
    until("voegtoe")
    keys.press("Enter")
    assert faults(page) == []
    assert page.evaluate("document.activeElement.id") == "aantal"
    with page.expect_download() as waited:
        for _ in range(4):
            keys.press("Tab")
            if "Bewaar 1 verhaal" in page.locator(":focus").inner_text():
                break
        keys.press("Enter")
    path = tmp_path / waited.value.suggested_filename
    waited.value.save_as(path)

    assert path.name == "GM9901_initiatief_L10_2026K3_v1.csv"
    verdict = check(town, path, contract="verhalen_signalen", at=now())
    assert verdict.outcome is Outcome.ACCEPTED
    assert (verdict.records.accepted, verdict.findings) == (1, ())


def test_the_file_is_written_as_agreed_and_text_stays_as_it_was_told(
    page: Page, tmp_path: Path
) -> None:
    tell(page, titel="=1+1", datum="2026-07-05", toestemming_datum="2026-07-06")
    add(page)
    content = save(page, tmp_path).read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    header, row, empty = content.decode("utf-8-sig").split("\r\n")
    assert header.startswith("verhaal_id;datum;soort;verteller_rol;titel;tekst;")
    assert row == (
        "initiatief-20260705-1;05-07-2026;verhaal;inwoner;=1+1;"
        '"Ik kwam de deur niet meer uit; nu drink ik koffie.\n'
        'Met ""de buren"", elke dinsdag.";Ik hoor er weer bij.;meedoen;WK990101;initiatief;;'
        "ja;06-07-2026;buurvrouw;nee"
    )
    assert empty == ""


def test_stories_of_two_quarters_are_two_deliveries_and_both_are_accepted(
    page: Page, town: Town, tmp_path: Path
) -> None:
    for day in ("2026-06-30", "2026-07-01", "2026-07-01"):
        tell(page, datum=day, toestemming_datum=day)
        add(page)
    labels = page.locator("#bewaren button").all_inner_texts()
    saved = [save(page, tmp_path, place=place) for place in (0, 1)]

    assert labels == [
        "Bewaar 1 verhaal van het 2e kwartaal van 2026",
        "Bewaar 2 verhalen van het 3e kwartaal van 2026",
    ]
    assert [path.name.split("_")[3] for path in saved] == ["2026K2", "2026K3"]
    for path, rows in zip(saved, (1, 2), strict=True):
        verdict = check(town, path, contract="L10", at=now())
        assert (verdict.outcome, verdict.records.accepted) == (Outcome.ACCEPTED, rows)


def test_what_was_saved_before_is_opened_changed_and_saved_as_the_next_version(
    page: Page, town: Town, tmp_path: Path
) -> None:
    tell(page)
    add(page)
    first = save(page, tmp_path)
    page.reload()
    assert stories(page) == []

    page.locator("details.before summary").click()
    for _ in range(2):
        page.locator("#vorige").set_input_files([])
        page.locator("#vorige").set_input_files(first)
        page.locator("#geopend:has-text('Geopend: 1 verhaal.')").wait_for()
    assert stories(page) == ["Koffie"]
    page.get_by_role("button", name="Verander Koffie").click()
    page.locator("input[name=toestemming][value=ingetrokken]").check()
    add(page)
    tell(page, titel="Nog een")
    add(page)
    second = save(page, tmp_path)

    assert second.name == "GM9901_initiatief_L10_2026K3_v2.csv"
    text = second.read_text(encoding="utf-8-sig")
    assert text.count("initiatief-20260814-1") == 1
    assert 'Met ""de buren"", elke dinsdag.' in text
    assert ";ingetrokken;" in text and "initiatief-20260814-2" in text
    verdict = check(town, second, contract="L10", at=now())
    assert (verdict.outcome, verdict.records.accepted) == (Outcome.ACCEPTED, 2)


def test_the_name_is_one_that_the_inbox_knows(page: Page, town: Town, tmp_path: Path) -> None:
    tell(page)
    add(page)
    folder = tmp_path / "inbox" / "initiatief"
    folder.mkdir(parents=True)
    save(page, folder)

    later = now().timestamp() + 60
    found = waiting(tmp_path / "inbox", town.agreement, town.contracts, settled_before=later)
    (parcel,) = found.parcels
    assert (parcel.partner, parcel.contract, parcel.period) == (
        *("initiatief", "verhalen_signalen"),
        "2026K3",
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"titel": ""}, ["Schrijf een titel."]),
        ({"titel": "onbekend"}, ["Schrijf een titel."]),
        ({"tekst": "  \n "}, ["Schrijf het verhaal."]),
        ({"gebied_code": ""}, ["Kies een wijk."]),
        ({"datum": ""}, ["Kies de dag."]),
        ({"datum": "2026-08-15"}, ["Deze dag kan niet. Kies een dag die al geweest is."]),
        ({"toestemming_datum": ""}, ["Kies de dag waarop de verteller dat zei."]),
        (
            {"tekst": "woord " * 121},
            ["Het verhaal heeft 121 woorden. Maak het korter, tot hoogstens 120."],
        ),
        ({"tekst": "woord " * 120}, []),
    ],
)
def test_what_lacks_is_told_before_it_is_in_the_list(
    page: Page, answers: dict[str, str], said: list[str]
) -> None:
    tell(page, **answers)
    add(page)
    assert faults(page) == said
    assert len(stories(page)) == (0 if said else 1)
    assert page.evaluate("document.activeElement.id") == ("fouten" if said else "aantal")


def test_an_empty_form_names_every_question_that_must_be_answered(page: Page) -> None:
    add(page)
    assert len(faults(page)) == 8
    page.locator("#fouten-lijst a").nth(1).click()
    marked = page.locator("[aria-invalid=true]").evaluate_all("all => all.map(each => each.name)")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert sorted(marked) == [
        *("gebied_code", "schuurt", "soort", "tekst", "thema", "titel", "toestemming"),
        "verteller_rol",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Bel 06-12345678.", "een telefoonnummer"),
        ("Bel +31 6 1234 5678.", "een telefoonnummer"),
        ("Bel (070) 123 45 67.", "een telefoonnummer"),
        ("Mail jan@voorbeeld.example.", "een e-mailadres"),
        ("Het nummer is 999900006.", "een burgerservicenummer (BSN)"),
        ("Het nummer is 9999.00.006.", "een burgerservicenummer (BSN)"),
        ("Het nummer is 123456781.", "een lang nummer"),
        ("Ik woon op 9901 SA.", "een postcode"),
        ("Ik woon in de Dorpsstraat 12.", "een adres"),
        ("In 2026 kwamen er 120 mensen, 12 meer dan in 2025.", ""),
    ],
)
def test_what_makes_a_person_recognisable_must_go_or_be_vouched_for(
    page: Page, text: str, what: str
) -> None:
    tell(page, tekst=text)
    add(page)
    warned = page.locator("#herkenbaar")
    if not what:
        assert stories(page) == ["Koffie"]
        return
    assert stories(page) == []
    assert f"In uw tekst lijkt {what} te staan." in warned.inner_text()
    page.locator("#zeker").check()
    add(page)
    assert stories(page) == ["Koffie"]
    assert f"Let op: hier lijkt {what} te staan." in page.locator("#lijst").inner_text()


def test_whatever_the_gate_would_call_personal_the_form_warns_of_first(
    page: Page, town: Town, tmp_path: Path
) -> None:
    """Rule S951, held against the form on the same texts."""
    texts = ["nr 12-34-56-78", "nr 1 2 3 4 5 6 7 8", "ik@", "nr 1234567", "nr 20260814"]
    warned = [bool(page.evaluate("text => personal(text).length", text)) for text in texts]
    for text in texts:
        tell(page, titel=text, tekst=text)
        if page.locator("#zeker").is_visible():
            page.locator("#zeker").check()
        add(page)
    found = check(town, save(page, tmp_path), contract="L10", at=now()).findings
    rows = {one.row for one in found if one.code == "S951"}
    assert [place + 2 in rows for place in range(len(texts))] == warned
    assert warned == [True, True, True, False, True]


def test_a_story_is_taken_away_and_a_strange_file_is_not_read(page: Page, tmp_path: Path) -> None:
    tell(page)
    add(page)
    page.get_by_role("button", name="Haal weg Koffie").click()
    assert stories(page) == []
    assert page.locator("#bewaren button").count() == 0

    strange = tmp_path / "anders.csv"
    strange.write_text("naam;adres\nJan;Dorp\n")
    page.locator("details.before summary").click()
    page.locator("#vorige").set_input_files(strange)
    page.locator("#geopend:has-text('Dit bestand kennen wij niet')").wait_for()
    assert stories(page) == []


def test_everything_to_touch_is_large_and_has_a_name(page: Page) -> None:
    tell(page)
    add(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, summary, .choice,'
            + 'input:not([type=radio], [type=checkbox])')].filter(e => e.getClientRects().length)
        .map(e => [e.id || e.textContent.trim(), e.getBoundingClientRect().height])
        .filter(([, height]) => height < 47.5)"""
    )
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input, select, textarea')]
        .filter(e => !e.labels.length).map(e => e.id)"""
    )
    assert (small, nameless) == ([], [])


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    tell(page, titel="W" * 80)
    add(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_nothing_is_kept_in_the_browser(page: Page) -> None:
    tell(page)
    add(page)
    kept = page.evaluate("JSON.stringify([Object.keys(localStorage), document.cookie])")
    assert json.loads(kept) == [[], ""]


@pytest.mark.parametrize("kept", [True, False])
def test_who_leaves_with_a_story_that_is_not_saved_is_asked_first(
    page: Page, tmp_path: Path, kept: bool
) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    tell(page)
    add(page)
    if kept:
        save(page, tmp_path)
    page.reload()
    assert asked == ([] if kept else ["beforeunload"])

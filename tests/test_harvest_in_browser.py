"""The harvest as a room fills it in: by keyboard, from disk, and back on the next edition."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from form_page import on_a_phone
from playwright.sync_api import Browser, Page
from sample_edition import sample

from flows.settings import ZONE, Town
from flows.steps import harvest
from flows.steps.round import receive_file
from reports.render import page as drawn
from reports.sheets import auditorium, district, partner
from reports.shelf import Shelf
from sources.store import Store
from sources.verdict import Outcome

CHROMIUM = Path("/usr/bin/chromium")
TALK = datetime(2026, 11, 24, 12, tzinfo=ZONE)
AGREED = "De bibliotheek houdt elke week spreekuur in het buurthuis."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (only,) = auditorium.sheets(Shelf(sample()))
    path = tmp_path_factory.mktemp("auditorium") / "index.html"
    path.write_bytes(drawn(only))
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The page on the day of the talk."""
    with on_a_phone(browser, file, at=TALK) as tab:
        yield tab


def write(page: Page, **answers: str) -> None:
    told = {"gelezen_door": "gespreksleider", "tekst": AGREED, "doel_id": "meedoen"} | answers
    page.locator(f"input[name=soort][value={told.pop('soort', 'afspraak')}]").check()
    for name, text in told.items():
        control = page.locator(f"[name={name}]")
        chosen = name in {"doel_id", "gebied_code", "partner_id"}
        control.select_option(text) if chosen else control.fill(text)


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.locator("#bewaar").click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def faults(page: Page) -> list[str]:
    return page.locator("#fouten-lijst li").all_inner_texts()


def rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()[1:]


def until(page: Page, name: str, typed: str = "") -> None:
    """Press tab until a field has the focus, and type in it: also how a select is chosen from."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id || document.activeElement.name") == name:
            return page.keyboard.type(typed)
    raise AssertionError(f"the tab key never reaches {name}")


def by_keyboard(page: Page, folder: Path) -> Path:
    """Close one afspraak and make another: tab, type and arrows, from the top to the file."""
    until(page, "gelezen_door", "gespreksleider")
    until(page, "stand-gemeente-20260917-4", "Gedaan")
    until(page, "gedaan-gemeente-20260917-4", "Elke huisarts kent het nummer.")
    until(page, "soort-sterk_punt")
    for _ in range(2):  # the first has the focus: on to the last
        page.keyboard.press("ArrowDown")
    until(page, "tekst", AGREED)
    until(page, "wie", "De bibliotheek")
    until(page, "doel_id", "Meer inwoners doen")
    until(page, "gebied_code", "Noorder")
    until(page, "partner_id", "Bibl")
    until(page, "voegtoe")
    page.keyboard.press("Enter")
    assert faults(page) == []
    assert page.evaluate("document.activeElement.id") == "aantal"
    until(page, "bewaar")
    with page.expect_download() as waited:
        page.keyboard.press("Enter")
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


@pytest.mark.usefixtures("areas")
def test_what_a_room_writes_by_keyboard_alone_is_on_top_of_the_next_edition(
    page: Page, town: Town, tmp_path: Path
) -> None:
    """Save, receive, and look at the next sheets."""
    path = by_keyboard(page, tmp_path)
    assert path.name == "GM9901_gemeente_L13_2026K4_v1.csv"
    at = datetime(2027, 1, 20, 9, tzinfo=ZONE)
    told = {"partner": "gemeente", "contract": "L13", "period": "2026K4"}
    delivery = receive_file(town, path, **told, number=1, at=at).delivery
    assert delivery.outcome is Outcome.ACCEPTED
    with Store.open(town.settings.store, holder="test", read_only=True) as store:
        kept = harvest.shown(town, store, known_at=at)

    after = Shelf(replace(sample(harvest=kept), known_at=date(2027, 2, 1)))
    for kind, name in ((auditorium, "GM9901"), (district, "WK990102"), (partner, "bibliotheek")):
        (one,) = (sheet for sheet in kind.sheets(after) if sheet.id == name)
        markup = drawn(one).decode()
        assert markup.index(AGREED) < markup.index('class="columns"'), name
    team = next(sheet for sheet in partner.sheets(after) if sheet.id == "sociaal_team")
    assert "Elke huisarts kent het nummer." in drawn(team).decode()


def test_nothing_can_be_put_on_the_list_that_the_contract_would_refuse(page: Page) -> None:
    write(page, tekst="Wij bellen 4 gezinnen.", wanneer="2026-01-01", wie="", doel_id="")
    page.locator("#voegtoe").click()
    assert faults(page) == [
        "Kies een doel.",
        "Vul in wie het doet.",
        "Schrijf het zonder getal. Een dag hoort bij ‘wanneer’.",
        "De afspraak kan niet klaar zijn voor het gesprek.",
    ]
    assert page.evaluate("document.activeElement.id") == "fouten"
    page.locator("#fouten-lijst a").first.click()
    assert page.evaluate("document.activeElement.id") == "doel_id"


def test_a_harvest_is_not_saved_without_anything_in_it_or_without_a_reader(page: Page) -> None:
    page.locator("#bewaar").click()
    assert faults(page) == [
        "Vul in wie dit las. Een functie, geen naam.",
        "Schrijf op wat u zag of afsprak.",
    ]


def test_what_was_saved_before_is_opened_changed_and_saved_as_the_next_version(
    page: Page, tmp_path: Path
) -> None:
    write(page, soort="sterk_punt")
    page.locator("#voegtoe").click()
    page.locator("[id='stand-gemeente-20260917-7']").select_option("loopt")
    first = save(page, tmp_path)
    page.reload()
    page.locator("summary").click()
    page.locator("#vorige").set_input_files(first)
    page.locator("#lijst li").wait_for()
    assert page.locator("[id='stand-gemeente-20260917-7']").input_value() == "loopt"
    page.get_by_role("button", name=f"Verander {AGREED}").click()
    page.locator("#tekst").fill("Iedereen kwam.")
    page.locator("#gelezen_door").fill("gespreksleider")
    page.locator("#voegtoe").click()
    second = save(page, tmp_path)

    assert second.name == "GM9901_gemeente_L13_2026K4_v2.csv"
    stood, changed = rows(second)
    assert stood.startswith("gemeente-20260917-7;17-09-2026;afspraak;De schuldhulp zit")
    assert ";30-11-2026;loopt;;gespreksleider" in stood
    assert changed.startswith("gemeente-20261124-1;24-11-2026;sterk_punt;Iedereen kwam.;")


def test_another_file_is_not_taken_for_a_harvest(page: Page, tmp_path: Path) -> None:
    other = tmp_path / "iets.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    page.locator("summary").click()
    page.locator("#vorige").set_input_files(other)
    page.locator("#geopend:has-text('Dit bestand kennen wij niet.')").wait_for()
    assert page.locator("#lijst li").count() == 0


def test_without_a_program_there_are_lines_to_write_on_and_no_form(
    browser: Browser, file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(file.as_uri())
    lines, form = tab.locator(".block-harvest table").is_visible(), tab.locator("form").is_visible()
    context.close()
    assert (lines, form) == (True, False)


@pytest.mark.parametrize("width", [320, 390, 1587])
def test_it_never_scrolls_sideways_and_what_is_touched_is_large_enough(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    write(page)
    page.locator("#voegtoe").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll('form :is(button, select, textarea, .choice, '
            + 'input:not([type=radio]))')].filter(e => e.getClientRects().length)
        .map(e => [e.id || e.textContent.trim(), e.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)"""
    )
    nameless = page.evaluate(
        "[...document.querySelectorAll('input, select, textarea')]"
        ".filter(e => !e.labels.length).map(e => e.id)"
    )
    assert (small, nameless) == ([], [])


def test_every_goal_is_printed_on_a_sheet_of_its_own_between_a_first_and_a_last(
    page: Page,
) -> None:
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    goals = len(sample().agreement.goals_in_order())
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1 + goals + 1 + 1

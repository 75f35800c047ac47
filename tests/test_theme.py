"""The theme: readable colours, no small letters, everything vendored with its licence."""

import base64
import re
import shutil
from pathlib import Path

import pytest
from sample_edition import sample
from second_theme import COLOURS, LOGO
from sheet_reader import Page

import reports.theme
from flows.settings import EXAMPLE, Settings
from reports.render import render
from reports.theme.contrast import PAIRS, contrast, measured, tokens
from reports.theme.style import SHEETS, faults, page_style, symbols
from sources.agreement.lines import Lines
from sources.agreement.load import load_with_lines
from sources.agreement.model import TOKENS, Theme
from sources.agreement.theme import COLOURS as COLOURS_FILE
from sources.agreement.theme import LARGEST
from sources.agreement.theme import LOGO as LOGO_FILE
from sources.errors import AgreementError

HERE = Path(reports.theme.__file__).parent
CSS = {name: (HERE / name).read_text() for name in SHEETS}
LEAST_PIXELS = 12


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#FFFFFF", "#767676", 4.54),
        ("#FF0000", "#FFFFFF", 4.00),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_our_own_theme_can_be_read() -> None:
    assert [pair.told for pair in measured(tokens("".join(CSS.values()))) if not pair.enough] == []


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_that_cannot_be_read_are_told_by_token_and_line(
    front: str, back: str, least: float
) -> None:
    neutral = tokens(CSS["tokens.css"])
    own = front if front in TOKENS else back
    other = back if own == front else front
    theme = Theme.model_validate({"tokens": {own: neutral[other]}})
    lines = Lines({"theme/tokens.css": {(own,): 3}})
    pair = f"--basis-{front} op --basis-{back} heeft contrast 1,00"
    told = f"theme/tokens.css:3: {pair}, en {least:.2f} is het minste. Kies voor --basis-{own} een"
    assert any(
        one.startswith(told.replace("4.50", "4,50").replace("3.00", "3,00"))
        for one in faults(theme, lines=lines)
    )


def test_a_theme_may_choose_every_colour_but_those_of_a_status() -> None:
    assert set(TOKENS) == set(tokens(CSS["tokens.css"])) - {"good", "bad"}


def agreement_with(folder: Path, files: dict[str, str]) -> Path:
    shutil.copytree(EXAMPLE, folder / "overeenkomst")
    for name, text in files.items():
        path = folder / "overeenkomst/theme" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder / "overeenkomst"


def test_a_municipality_has_its_own_colours_and_logo_on_every_page(tmp_path: Path) -> None:
    folder = agreement_with(tmp_path, {COLOURS_FILE: COLOURS, LOGO_FILE: LOGO})
    agreement, lines = load_with_lines(folder)
    assert agreement.theme.tokens == tokens(COLOURS)
    assert agreement.theme.logo == LOGO.strip()
    assert faults(agreement.theme, lines=lines) == []
    for path, content in render(sample(agreement=agreement)):
        if path.endswith(".html"):
            page = Page(content.decode())
            (logo,) = page.all("img")
            assert logo.attributes["alt"] == "Logo van Voorbeeldstad"
            assert (
                base64.b64decode(logo.attributes["src"].partition(",")[2]).decode() == LOGO.strip()
            )
            (style,) = page.all("style")
            assert tokens(style.text) == tokens(CSS["tokens.css"]) | tokens(COLOURS)
            (policy,) = (m for m in page.all("meta") if "http-equiv" in m.attributes)
            assert "img-src data:;" in policy.attributes["content"]


def test_every_colour_of_a_chart_is_one_of_the_theme() -> None:
    drawn = set()
    for path, content in render(sample()):
        if path.endswith(".html"):
            charts = re.findall(r'<svg[^>]*class="chart".*?</svg>', content.decode(), re.DOTALL)
            drawn |= set(re.findall(r'(?:fill|stroke)="#[0-9A-Fa-f]{6}"', "".join(charts)))
    assert drawn
    assert {one for one in drawn if f"[{one}]" not in CSS["charts.css"]} == set()


def test_a_theme_that_cannot_be_read_stops_the_agreement(tmp_path: Path) -> None:
    pale = COLOURS.replace("--basis-accent: #00594A", "--basis-accent: #7FBFB0")
    folder = agreement_with(tmp_path, {COLOURS_FILE: pale})
    with pytest.raises(
        AgreementError, match="--basis-accent op --basis-paper heeft contrast"
    ) as no:
        Settings(agreement=folder, home=tmp_path, key=tmp_path).open()
    assert str(no.value).startswith("theme/tokens.css:7: ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--basis-good: #00594A;", "De kleur van een status (`good`) is overal dezelfde"),
        ("--basis-acent: #00594A;", "`--basis-acent` bestaat niet. Kies uit: accent."),
        ("--basis-accent: rgb(0, 0, 0);", "`rgb(0, 0, 0)` is geen kleur"),
        ("--basis-accent: url(https://x);", "`url(https://x)` is geen kleur"),
        ("body { display: none }", "`body { display: none }` is geen kleur van het thema"),
        ("--basis-ink: #14231F;", "`--basis-ink` staat er al"),
    ],
)
def test_what_is_no_colour_of_a_theme_is_refused_with_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    folder = agreement_with(tmp_path, {COLOURS_FILE: COLOURS.replace("}", f"{line}\n}}")})
    with pytest.raises(AgreementError, match=re.escape(f"theme/tokens.css:14: {told}")):
        load_with_lines(folder)


@pytest.mark.parametrize(
    ("logo", "told"),
    [
        ("<p>Logo</p>", "Het logo is geen SVG met een viewBox"),
        ("logo", "Het logo is geen SVG. "),
        ("<!DOCTYPE svg>" + LOGO, "Het logo heeft een <!DOCTYPE of iets anders met <!"),
        (LOGO.replace(' viewBox="0 0 96 48"', ""), "Het logo is geen SVG met een viewBox"),
        (LOGO.replace("<path", "<script/><path", 1), "Het logo haalt of doet iets"),
        (LOGO.replace("<path", '<image href="https://x/y.png"/><path', 1), "Het logo haalt of"),
        (LOGO + " " * LARGEST, "Het logo is groter dan 40 kB"),
    ],
)
def test_a_logo_that_cannot_be_used_is_told(tmp_path: Path, logo: str, told: str) -> None:
    folder = agreement_with(tmp_path, {LOGO_FILE: logo})
    with pytest.raises(AgreementError, match=re.escape(f"theme/logo.svg: {told}")):
        load_with_lines(folder)


def test_a_theme_holds_nothing_else(tmp_path: Path) -> None:
    folder = agreement_with(tmp_path, {"letters.woff2": ""})
    with pytest.raises(AgreementError, match=r"theme/letters\.woff2: Dit hoort niet in het thema"):
        load_with_lines(folder)


def test_favourable_and_unfavourable_are_blue_and_dark_orange() -> None:
    colours = tokens(CSS["tokens.css"])
    assert colours["good"] == "#0B4F8A"
    assert contrast(colours["bad"], "#FFFFFF") > contrast("#C2570C", "#FFFFFF")


@pytest.mark.parametrize("name", SHEETS)
def test_no_letter_is_smaller_than_twelve_pixels(name: str) -> None:
    sizes = re.findall(r"(?:font-size|--size-[a-z0-9]+):\s*([\d.]+)px", CSS[name])
    sizes += re.findall(r"font:[^;]*?([\d.]+)px", CSS[name])
    assert [size for size in sizes if float(size) < LEAST_PIXELS] == []


def test_nothing_lives_in_a_hover_only() -> None:
    hovers = re.findall(r"[^{}]*:hover[^{]*\{([^}]*)\}", "".join(CSS.values()))
    told = {line.split(":")[0].strip() for rule in hovers for line in rule.split(";") if line}
    assert told - {""} <= {"text-decoration-thickness", "fill"}


@pytest.mark.parametrize(
    ("folder", "words"), [("fonts", "SIL Open Font License"), ("icons", "MIT License")]
)
def test_what_others_made_lies_with_its_licence(folder: str, words: str) -> None:
    assert words in (HERE / folder / "LICENSE").read_text()


def test_the_style_holds_its_font_and_asks_no_one_for_anything() -> None:
    style = page_style(Theme(), foot="Zuiderhof")
    assert "src:url(data:font/woff2;base64," in style
    assert re.findall(r"url\((?!data:)", style) == []
    assert "@import" not in style


@pytest.mark.parametrize(
    ("foot", "written"),
    [('a "b"', '"a \\"b\\""'), ("</style>", '"\\3C /style>"'), ("\\", '"\\\\"')],
)
def test_a_name_cannot_break_out_of_the_style(foot: str, written: str) -> None:
    assert f"@bottom-left{{content:{written}}}" in page_style(Theme(), foot=foot)


def test_every_icon_becomes_a_symbol() -> None:
    names = re.findall(r'<symbol id="icon-([a-z]+)" viewBox="0 0 24 24"><path d="', symbols())
    assert names == sorted(file.stem for file in (HERE / "icons").glob("*.svg"))

"""The theme: readable colours, no small letters, everything vendored with its licence."""

import re
from pathlib import Path

import pytest

import reports.theme
from reports.theme.contrast import PAIRS, contrast, faults, tokens
from reports.theme.style import SHEETS, page_style, symbols

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
    assert faults(tokens("".join(CSS.values()))) == []


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_theme_that_cannot_be_read_is_told_by_token(front: str, back: str, least: float) -> None:
    colours = tokens(CSS["tokens.css"])
    pale = faults(colours | {front: colours[back]})
    told = f"--basis-{front} on --basis-{back} has contrast 1.00; at least {least:.1f}."
    assert told in pale


def test_a_token_that_is_missing_is_told() -> None:
    assert "--basis-ink and --basis-paper must both be given as #RRGGBB." in faults({})


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
    style = page_style(foot="Zuiderhof")
    assert "src:url(data:font/woff2;base64," in style
    assert re.findall(r"url\((?!data:)", style) == []
    assert "@import" not in style


@pytest.mark.parametrize(
    ("foot", "written"),
    [('a "b"', '"a \\"b\\""'), ("</style>", '"\\3C /style>"'), ("\\", '"\\\\"')],
)
def test_a_name_cannot_break_out_of_the_style(foot: str, written: str) -> None:
    assert f"@bottom-left{{content:{written}}}" in page_style(foot=foot)


def test_every_icon_becomes_a_symbol() -> None:
    names = re.findall(r'<symbol id="icon-([a-z]+)" viewBox="0 0 24 24"><path d="', symbols())
    assert names == sorted(file.stem for file in (HERE / "icons").glob("*.svg"))

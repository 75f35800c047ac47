"""Every kind of page as people meet it: with a checker, with keys only, in colours of their own."""

from pathlib import Path
from typing import Literal

import pytest
from shown_pages import CHROMIUM, Shown

AXE = (Path(__file__).parent / "axe-core/axe.min.js").read_text(encoding="utf-8")
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations", "incomplete"]}

UNDECIDED = {
    "color-contrast": "letters over a drawing: the palette is measured when the page is built",
}
"""What axe may leave undecided, and who decides it then."""

STOPS = 5
"""The most keys that one field may take: a date has a day, a month, a year and a calendar."""

FOCUSABLE = "a[href], summary, button, input, select, textarea, [tabindex='0']"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium"),
]


def test_axe_finds_nothing_and_leaves_nothing_undecided(shown: Shown) -> None:
    tab = shown.at(1366)
    tab.evaluate(AXE)
    found = tab.evaluate("options => axe.run(document, options)", OPTIONS)
    told = [
        (one["id"], node["html"][:120], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
    ]
    assert told == []
    undecided = [(one["id"], one["nodes"][0]["html"][:120]) for one in found["incomplete"]]
    assert [one for one in undecided if one[0] not in UNDECIDED] == []


def test_everything_is_reached_by_keys_in_its_order_and_is_seen_to_be_reached(
    shown: Shown,
) -> None:
    tab = shown.at(1366)
    tab.evaluate("document.activeElement.blur()")
    there = tab.locator(FOCUSABLE).evaluate_all(_NUMBERED)
    reached: dict[int, bool] = {}
    for _ in range(STOPS * len(there)):
        tab.keyboard.press("Tab")
        order, seen = tab.evaluate(_REACHED)
        if order is None:
            break
        reached.setdefault(int(order), seen)
    assert list(reached) == there
    assert [order for order, seen in reached.items() if not seen] == []


# Of radio buttons with one name, the arrows lead to the others.
_NUMBERED = """all => all.filter(e => e.checkVisibility() && (e.type !== 'radio' ||
    e === e.closest('form, body').querySelector(`[type=radio][name='${e.name}']`)))
    .map((e, i) => (e.dataset.order = i))"""

_REACHED = """() => { const e = document.activeElement, at = e.getBoundingClientRect();
    const inside = e.querySelector('path');
    const ring = [e, e.parentElement].map(one => getComputedStyle(one)).some(s =>
        s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
    const line = inside && parseFloat(getComputedStyle(inside).strokeWidth) >= 3;
    const near = at.bottom > 0 && at.top < innerHeight && at.right > 0 && at.left < innerWidth;
    return [e.dataset.order ?? null, Boolean((ring || line) && near)]; }"""


def test_the_first_key_leads_past_what_is_on_every_page(shown: Shown) -> None:
    tab = shown.at(390)
    tab.locator(FOCUSABLE).first.press("Enter")
    assert tab.evaluate("location.hash") == "#plaat"


def test_what_is_folded_in_opens_with_a_key(shown: Shown) -> None:
    tab = shown.at(1366)
    for summary in tab.locator("summary").all()[:2]:
        before = summary.evaluate("e => e.parentElement.open")
        summary.press("Enter")
        assert summary.evaluate("e => e.parentElement.open") is not before
        summary.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_colours_of_the_readers_own_every_shape_is_still_seen(
    shown: Shown, scheme: Literal["light", "dark"]
) -> None:
    tab = shown.at(1366)
    tab.emulate_media(forced_colors="active", color_scheme=scheme)
    hidden = tab.evaluate(_UNSEEN)
    tab.emulate_media(forced_colors="none", color_scheme="light")
    assert hidden == []


_UNSEEN = """() => {
    const channels = c => (c.match(/[\\d.]+/g) || []).map(Number);
    const light = c => { const [r, g, b] = channels(c).map(v => v / 255).map(v =>
        v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const ratio = (a, b) => { const [x, y] = [light(a), light(b)];
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
    const behind = e => { for (; e; e = e.parentElement) {
        const c = getComputedStyle(e).backgroundColor, parts = channels(c);
        if (parts.length < 4 || parts[3] > 0) return c; }
        return getComputedStyle(document.documentElement).backgroundColor; };
    return [...document.querySelectorAll('.shape, .mark, .pictograms, .key')].filter(e =>
        e.checkVisibility()).filter(e => { const s = getComputedStyle(e);
            const inks = e.matches('.key') ? [s.outlineColor]
                : [s.fill, s.stroke].filter(c => c !== 'none');
            const canvas = behind(e.matches('.key') ? e.parentElement : e);
            return !inks.some(c => ratio(c, canvas) >= 3); })
        .map(e => e.getAttribute('class') + ' ' + getComputedStyle(e).fill + ' on ' + behind(e));
}"""


def test_nothing_moves(shown: Shown) -> None:
    """So nothing has to stop for who asks for less movement."""
    moves = shown.at(1366).evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
        return s.transitionDuration !== '0s' || s.animationName !== 'none'
            || s.scrollBehavior !== 'auto'; }).length + document.getAnimations().length"""
    )
    assert moves == 0

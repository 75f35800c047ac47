"""Contrast of the theme's colours, by WCAG 2.2: a theme that cannot be read is refused."""

import re

TEXT, GRAPHIC = 4.5, 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", TEXT),
    ("ink", "tint", TEXT),
    ("ink", "note", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "tint", TEXT),
    ("quiet", "note", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "tint", TEXT),
    ("accent", "note", TEXT),
    ("on-accent", "accent", TEXT),
    ("good", "paper", TEXT),
    ("good", "tint", TEXT),
    ("good", "note", TEXT),
    ("bad", "paper", TEXT),
    ("bad", "tint", TEXT),
    ("bad", "note", TEXT),
    ("mark", "paper", GRAPHIC),
    ("mark", "tint", GRAPHIC),
    ("line", "paper", GRAPHIC),
    ("line", "tint", GRAPHIC),
    ("empty", "paper", GRAPHIC),
    *((f"on-arc-{arc}", f"arc-{arc}", TEXT) for arc in range(5)),
    ("here", "ink", GRAPHIC),
)
"""Foreground token, background token, and the least contrast between them."""

_TOKEN = re.compile(r"--basis-([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})")


def tokens(css: str) -> dict[str, str]:
    """Return the colour tokens (`--basis-*`) of a style sheet, later ones over earlier ones."""
    return dict(_TOKEN.findall(css))


def faults(colours: dict[str, str]) -> list[str]:
    """Return one sentence per pair of tokens that is missing or has too little contrast."""
    found = []
    for front, back, least in PAIRS:
        if front not in colours or back not in colours:
            found.append(f"--basis-{front} and --basis-{back} must both be given as #RRGGBB.")
            continue
        got = contrast(colours[front], colours[back])
        if got < least:
            found.append(
                f"--basis-{front} on --basis-{back} has contrast {got:.2f}; at least {least:.1f}."
            )
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#RRGGBB), 1 to 21. WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

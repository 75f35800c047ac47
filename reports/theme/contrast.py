"""Contrast of the theme's colours, by WCAG 2.2: a theme that cannot be read is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.agreement.lines import Lines
from sources.agreement.model import Theme

FILE = "theme/tokens.css"
"""Where a municipality says its colours, in its agreement."""

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
    ("on-accent", "deep", TEXT),
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


@dataclass(frozen=True, slots=True)
class Measured:
    """A pair of tokens with its contrast, and the least that it must have."""

    front: str
    back: str
    ratio: float
    least: float

    @property
    def enough(self) -> bool:
        """Whether it can be read, or seen."""
        return self.ratio >= self.least

    @property
    def told(self) -> str:
        """What it measures, for whoever chooses the colours."""
        ratio, least = (f"{number:.2f}".replace(".", ",") for number in (self.ratio, self.least))
        pair = f"--basis-{self.front} op --basis-{self.back}"
        return f"{pair} heeft contrast {ratio}, en {least} is het minste"


def tokens(css: str) -> dict[str, str]:
    """Return the colour tokens (`--basis-*`) of a style sheet, later ones over earlier ones."""
    return dict(_TOKEN.findall(css))


def measured(colours: dict[str, str]) -> list[Measured]:
    """Return every pair with its contrast; KeyError where a token is missing."""
    return [
        Measured(front, back, contrast(colours[front], colours[back]), least)
        for front, back, least in PAIRS
    ]


def faults(theme: Theme, neutral: dict[str, str], *, lines: Lines) -> Iterator[str]:
    """Yield `theme/tokens.css:3: what. What to do.` for each pair that is too pale together.

    `neutral`: the colours that a theme leaves as they are.
    """
    own = theme.tokens
    for pair in measured(neutral | own):
        if not pair.enough:
            chosen = pair.front if pair.front in own else pair.back
            line = lines.line(FILE, (chosen,))
            other = pair.back if chosen == pair.front else pair.front
            to_do = f"Kies voor --basis-{chosen} een kleur die meer van --basis-{other} verschilt."
            yield f"{FILE}:{line}: {pair.told}. {to_do}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#RRGGBB), 1 to 21. WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""The style of every page: tokens, layout and print, with the font inside; read once."""

import base64
import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from reports.theme import contrast
from sources.agreement.lines import Lines
from sources.agreement.model import Theme

HERE = Path(__file__).parent
FONT = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
SHEETS = (
    "tokens.css",
    "type.css",
    "layout.css",
    "blocks.css",
    "account.css",
    "steering.css",
    "charts.css",
    "reader.css",
    "print.css",
    "auditorium.css",
    "council.css",
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_PATH = re.compile(r'<path d="([^"]+)"')


def page_style(theme: Theme, *, foot: str) -> Markup:
    """Return the CSS of one page; `foot` is printed at the bottom of each printed part."""
    quoted = foot.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3C ")
    return Markup(f'{_style()}{_own(theme)}@page{{@bottom-left{{content:"{quoted}"}}}}')  # noqa: S704


def faults(theme: Theme, *, lines: Lines) -> list[str]:
    """Return what cannot be read in a municipality's own colours, one line per pair of them."""
    neutral = contrast.tokens((HERE / "tokens.css").read_text())
    return list(contrast.faults(theme, neutral, lines=lines))


def logo(theme: Theme) -> str:
    """Return the address of the municipality's logo, which holds the logo itself; '' without one.

    As a picture it runs nothing and asks nobody for anything, whatever is in it.
    """
    if not theme.logo:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(theme.logo.encode()).decode()}"


@lru_cache
def symbols() -> Markup:
    """Return the icons as `<symbol>`s, named `icon-<file>`."""
    parts = []
    for file in sorted((HERE / "icons").glob("*.svg")):
        paths = "".join(f'<path d="{d}"/>' for d in _PATH.findall(file.read_text()))
        parts.append(f'<symbol id="icon-{file.stem}" viewBox="0 0 24 24">{paths}</symbol>')
    return Markup("".join(parts))  # noqa: S704


def _own(theme: Theme) -> str:
    """Return a municipality's own colours, over the neutral ones."""
    if not theme.tokens:
        return ""
    told = ";".join(f"--basis-{name}:{colour}" for name, colour in theme.tokens.items())
    return f":root{{{told}}}"


@lru_cache
def _style() -> str:
    css = "\n".join((HERE / name).read_text() for name in SHEETS)
    small = _SPACE.sub(" ", _COMMENT.sub("", css)).replace(" {", "{").replace("{ ", "{")
    small = small.replace("; ", ";").replace(": ", ":").replace(" }", "}").replace("} ", "}")
    font = base64.b64encode((HERE / FONT).read_bytes()).decode()
    face = (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;'
        f'font-display:block;src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    )
    return face + small

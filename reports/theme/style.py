"""The style of every page: tokens, layout and print, with the font inside; read once."""

import base64
import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from reports.theme.contrast import faults, tokens
from sources.errors import AgreementError

HERE = Path(__file__).parent
FONT = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
SHEETS = ("tokens.css", "type.css", "layout.css", "blocks.css", "account.css", "print.css")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_PATH = re.compile(r'<path d="([^"]+)"')


def page_style(*, foot: str) -> Markup:
    """Return the CSS of one page; `foot` is printed at the bottom of each printed part."""
    quoted = foot.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3C ")
    return Markup(f'{_style()}@page{{@bottom-left{{content:"{quoted}"}}}}')  # noqa: S704


@lru_cache
def symbols() -> Markup:
    """Return the icons as `<symbol>`s, named `icon-<file>`."""
    parts = []
    for file in sorted((HERE / "icons").glob("*.svg")):
        paths = "".join(f'<path d="{d}"/>' for d in _PATH.findall(file.read_text()))
        parts.append(f'<symbol id="icon-{file.stem}" viewBox="0 0 24 24">{paths}</symbol>')
    return Markup("".join(parts))  # noqa: S704


@lru_cache
def _style() -> str:
    css = "\n".join((HERE / name).read_text() for name in SHEETS)
    wrong = faults(tokens(css))
    if wrong:
        raise AgreementError("\n".join(f"theme: {fault}" for fault in wrong))
    small = _SPACE.sub(" ", _COMMENT.sub("", css)).replace(" {", "{").replace("{ ", "{")
    small = small.replace("; ", ";").replace(": ", ":").replace(" }", "}").replace("} ", "}")
    font = base64.b64encode((HERE / FONT).read_bytes()).decode()
    face = (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;'
        f'font-display:block;src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    )
    return face + small

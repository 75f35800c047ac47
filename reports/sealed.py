"""A page that carries all it needs, and by its own policy may fetch, send and run nothing else."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from reports.block import TEMPLATES, environment

_TOKENS = Path(__file__).parent / "theme" / "tokens.css"


def sealed(
    template: str, *, styles: tuple[str, ...], scripts: tuple[str, ...] = (), **values: object
) -> bytes:
    """Return a template filled in, with its style and script inside and a policy of their hashes.

    `styles` and `scripts` are files in `templates/`; before the styles come the theme's tokens. The
    template writes `policy`, `style` and `script` where they belong.
    """
    style, code = _TOKENS.read_text(encoding="utf-8") + joined(styles), joined(scripts)
    runs = f"script-src '{hashed(code)}'; " if code else ""
    html = (
        environment()
        .get_template(template)
        .render(
            policy=f"default-src 'none'; {runs}style-src '{hashed(style)}'; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),  # noqa: S704
            script=Markup(code),  # noqa: S704
            **values,
        )
    )
    return html.encode()


@lru_cache(maxsize=16)
def hashed(text: str | bytes) -> str:
    """Return a text's checksum as a content security policy names it."""
    told = text.encode() if isinstance(text, str) else text
    return f"sha256-{base64.b64encode(hashlib.sha256(told).digest()).decode()}"


@lru_cache
def joined(names: tuple[str, ...]) -> str:
    """Return files of `templates/`, one after the other."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def marked(text: str) -> Markup:
    """Return a text in which what stands between backticks is a name or a value from a file."""
    parts = enumerate(text.split("`"))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in parts
    )

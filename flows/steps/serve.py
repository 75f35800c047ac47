"""A reading window on the public editions: `/{editie}/{soort}/{code}/`, on loopback only."""

import functools
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from flows.steps.public import PUBLIC, released, there

_HEADERS = {
    # A page's own policy names the one script that it may run, if any: this takes nothing from it.
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src 'self' data:; font-src data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head>
<body><main><h1>{title}</h1>
<p>Deze edities zijn er:</p>
<ul>{editions}</ul></main></body></html>
"""


def server(editions: Path, port: int, *, concept: bool = False) -> ThreadingHTTPServer:
    """Return a server, not yet serving, for the public part of the editions in a folder.

    Only of those that were established; with `concept` of the others too.
    """
    handler = functools.partial(_Window, directory=str(editions), concept=concept)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


class _Window(SimpleHTTPRequestHandler):
    """Serves `<edition>/openbaar/...` as `/<edition>/...`; everything else does not exist."""

    def __init__(self, *arguments: object, directory: str, concept: bool) -> None:
        self._shown = there if concept else released
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Begin an answer to GET and HEAD alike: the root leads to the newest edition."""
        if urlsplit(self.path).path != "/":
            return super().send_head()
        self._to_newest()
        return None

    def translate_path(self, path: str) -> str:
        parts = _parts(path)
        nowhere = str(Path(self.directory) / PUBLIC / "onbekend")
        if not parts or any(part in {".", ".."} or "/" in part or "\0" in part for part in parts):
            return nowhere
        root = Path(self.directory, parts[0], PUBLIC).resolve()
        target = root.joinpath(*parts[1:]).resolve()
        if not target.is_relative_to(root) or parts[0] not in self._editions():
            return nowhere
        # A folder keeps its slash: the handler then sends its index.html.
        return f"{target}/" if path.endswith("/") else str(target)

    def list_directory(self, path: object) -> None:
        """Show no listing: a folder without a page does not exist."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say in plain Dutch what is not there, or not yet, and what is."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        page = self._not_there().encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: who read what is not kept."""

    def _editions(self) -> list[str]:
        return self._shown(Path(self.directory))

    def _not_there(self) -> str:
        shown, asked = self._editions(), _parts(self.path)[:1]
        waits = asked and asked[0] in there(Path(self.directory)) and asked[0] not in shown
        title = f"Editie {asked[0]} is nog niet vastgesteld." if waits else "Dit blad is er niet."
        items = (f'<li><a href="/{one}/">Editie {one}</a></li>' for one in map(escape, shown))
        return _PAGE.format(title=escape(title), editions="".join(items) or "<li>Nog geen.</li>")

    def _to_newest(self) -> None:
        editions = self._editions()
        if not editions:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"/{editions[-1]}/")
        self.end_headers()


def _parts(path: str) -> list[str]:
    return [unquote(part) for part in urlsplit(path).path.split("/") if part]

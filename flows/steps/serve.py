"""A reading window on the public editions: `/{editie}/{soort}/{code}/`, on loopback only."""

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PUBLIC = "openbaar"

_HEADERS = {
    # A page's own policy names the one script that it may run, if any: this takes nothing from it.
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src 'self' data:; font-src data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def server(editions: Path, port: int) -> ThreadingHTTPServer:
    """Return a server, not yet serving, for the public part of the editions in a folder."""
    handler = functools.partial(_Window, directory=str(editions))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


class _Window(SimpleHTTPRequestHandler):
    """Serves `<edition>/openbaar/...` as `/<edition>/...`; everything else does not exist."""

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/":
            self._to_newest()
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        parts = [unquote(part) for part in urlsplit(path).path.split("/") if part]
        nowhere = str(Path(self.directory) / PUBLIC / "onbekend")
        if not parts or any(part in {".", ".."} or "/" in part or "\0" in part for part in parts):
            return nowhere
        root = Path(self.directory, parts[0], PUBLIC).resolve()
        target = root.joinpath(*parts[1:]).resolve()
        if not target.is_relative_to(root) or parts[0].endswith(".part"):
            return nowhere
        # A folder keeps its slash: the handler then sends its index.html.
        return f"{target}/" if path.endswith("/") else str(target)

    def list_directory(self, path: object) -> None:
        """Show no listing: a folder without a page does not exist."""
        self.send_error(404)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: who read what is not kept."""

    def _to_newest(self) -> None:
        names = [folder.parent.name for folder in Path(self.directory).glob(f"*/{PUBLIC}")]
        if not names:
            self.send_error(404)
            return
        self.send_response(302)
        self.send_header("Location", f"/{max(names, key=_age)}/")
        self.end_headers()


def _age(edition: str) -> tuple[str, int]:
    """Order editions as they came out: `2026K3-10` is younger than `2026K3-2`."""
    quarter, _, number = edition.partition("-")
    return quarter, int(number) if number.isdigit() else 1

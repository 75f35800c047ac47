"""One Chromium without a window, spoken to over two pipes: it opens no port, and asks no host.

The language is the Chrome DevTools Protocol: JSON texts, each ended by a zero byte, which
`--remote-debugging-pipe` reads from descriptor 3 and answers on descriptor 4. Only a few of its
words are needed: so no driver needs to be installed beside the browser.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sources.errors import SourceUnavailable

VARIABLE = "PRAATPLAAT_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PATIENCE = 60.0
"""Seconds that one answer may take; a page takes about a quarter of one."""

_TO_PIPES = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'
_QUIET = (
    *("--headless", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"),
    *("--disable-extensions", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
# A link to another page would print as the path of this disk: on paper it is only its text.
_AS_ON_PAPER = """(async () => {
    document.querySelectorAll("a[href]:not([href^='#'])").forEach(a => a.removeAttribute("href"));
    await document.fonts.ready;
})()"""
_PRINT = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
_BLOCK = 1 << 20

_Message = dict[str, Any]


def find(environment: Mapping[str, str]) -> str:
    """Return the program: what `PRAATPLAAT_CHROMIUM` names, or the first of `NAMES` on the path.

    Raises:
        SourceUnavailable: there is none.
    """
    named = environment.get(VARIABLE, "")
    path = environment.get("PATH", "")
    found = (shutil.which(name, path=path) for name in ([named] if named else NAMES))
    program = next(filter(None, found), None)
    if program is None:
        what = f"{named}: dit programma is er niet." if named else "Er is hier geen Chromium."
        raise SourceUnavailable(
            f"{what} Om te printen is Chromium of Chrome nodig. "
            f"Installeer dat, of wijs het aan met {VARIABLE}."
        )
    return program


@contextmanager
def browser(program: str) -> Iterator["Browser"]:
    """Yield a browser with an empty profile of its own; both are gone afterwards.

    Raises:
        SourceUnavailable: it does not start.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = _start(program, Path(profile))
        try:
            yield Browser(process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _start(program: str, profile: Path) -> "subprocess.Popen[bytes]":
    """Start it in a group of its own, so that nothing of it is left running."""
    options = [*_QUIET, f"--user-data-dir={profile}"]
    if os.geteuid() == 0:  # Chromium refuses to shut itself in as root, as in a container
        options.append("--no-sandbox")
    return subprocess.Popen(  # noqa: S603 - the program that the administrator chose
        ["/bin/sh", "-c", _TO_PIPES, program, *options, "about:blank"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


class Browser:
    """A started browser with one page, used for one file after the other."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin and process.stdout
        self._to, self._from = process.stdin.fileno(), process.stdout.fileno()
        self._asked = 0
        self._unread = b""
        self._page: _Message = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        opened = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._page = {"sessionId": opened["sessionId"]}
        self._ask("Page.enable")

    def pdf(self, page: Path) -> bytes:
        """Return a page of this disk as a tagged PDF, on the paper that its style asks for.

        Links to other pages are left out.

        Raises:
            SourceUnavailable: the browser stopped, refused, or took longer than `PATIENCE`.
        """
        if "errorText" in self._ask("Page.navigate", url=page.absolute().as_uri()):
            raise SourceUnavailable(f"{page}: Chromium kan deze bladzijde niet openen.")
        self._hear(lambda said: said.get("method") == "Page.loadEventFired")
        self._ask("Runtime.evaluate", expression=_AS_ON_PAPER, awaitPromise=True)
        return base64.b64decode(self._ask("Page.printToPDF", **_PRINT)["data"])

    def _ask(self, method: str, **parameters: object) -> _Message:
        self._asked += 1
        asked = self._asked
        message = {"id": asked, "method": method, "params": parameters} | self._page
        with _alive():
            _write(self._to, json.dumps(message).encode() + b"\0")
        answer = self._hear(lambda said: said.get("id") == asked)
        if "error" in answer:
            raise SourceUnavailable(f"Chromium weigert {method}: {answer['error']['message']}.")
        result: _Message = answer["result"]
        return result

    def _hear(self, wanted: Callable[[_Message], bool]) -> _Message:
        """Return the first message that is wanted; events that nobody waits for are let go."""
        until = time.monotonic() + PATIENCE
        while True:
            while b"\0" not in self._unread:
                self._unread += _read(self._from, until)
            one, self._unread = self._unread.split(b"\0", 1)
            said: _Message = json.loads(one)
            if wanted(said):
                return said


def _write(pipe: int, content: bytes) -> None:
    while content:
        content = content[os.write(pipe, content) :]


def _read(pipe: int, until: float) -> bytes:
    ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
    if not ready:
        raise SourceUnavailable(f"Chromium antwoordt niet binnen {PATIENCE:.0f} seconden.")
    if content := os.read(pipe, _BLOCK):
        return content
    raise _stopped()


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _stopped() from None


def _stopped() -> SourceUnavailable:
    return SourceUnavailable(
        f"Chromium stopt, of start niet. Wijs met {VARIABLE} een andere aan, of begin opnieuw."
    )

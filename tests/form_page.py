"""A page with a form in a browser, as on a phone without a network, at a fixed moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page


@contextmanager
def on_a_phone(browser: Browser, file: Path, *, at: datetime) -> Iterator[Page]:
    """Open a page from disk; it may complain of nothing, ask nobody and keep nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True)
    tab = context.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url))
    tab.clock.set_fixed_time(at)
    tab.goto(file.as_uri())
    yield tab
    strange = [one for one in heard if not one.startswith(("file:", "blob:", "data:"))]
    kept = tab.evaluate("[Object.keys(localStorage).length, document.cookie]")
    context.close()
    assert (strange, kept) == ([], [0, ""])

"""Every kind of page of the sample edition on disk, and one of them in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from sample_edition import AUDITED, sample
from second_theme import COLOURS, LOGO

from reports.render import KINDS, account, render
from reports.theme.contrast import tokens
from sources.agreement.model import Theme

CHROMIUM = Path("/usr/bin/chromium")
LEAST = "partner/initiatief/index.html"
"""Of a partner with little agreed: such a sheet is printed larger."""

THEMED = "eigen/index.html"
"""The index in a municipality's own colours, with its logo."""

PAGES = (*KINDS, "account", LEAST, THEMED)
_PREFERRED = ("wijk/WK990106/index.html", "partner/welzijn/index.html")


def write(folder: Path) -> None:
    """Write the pages to look at, each kind under its own name in `kinds/`."""
    edition = sample()
    files = dict(render(edition)) | dict(account(edition, AUDITED))
    theme = Theme.model_validate({"tokens": tokens(COLOURS), "logo": LOGO})
    agreement = edition.agreement.model_copy(update={"theme": theme})
    files[THEMED] = next(iter(dict(render(sample(agreement=agreement))).values()))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def path_of(folder: Path, page: str) -> Path:
    """Return the file of a page of `PAGES`: of a kind, the one that has most to show."""
    if page.endswith(".html"):
        return folder / page
    known = [folder / name for name in _PREFERRED] + sorted(folder.rglob("index.html"))
    return next(one for one in known if f'<body class="{page}' in one.read_text())


@dataclass(slots=True)
class Shown:
    """A page in a browser: which, and what it asked for and complained of since it was opened."""

    name: str
    tab: Tab
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def at(self, width: int, height: int = 800) -> Tab:
        """Return it on a screen of this size."""
        self.tab.emulate_media(media="screen", forced_colors="none", reduced_motion="no-preference")
        self.tab.set_viewport_size({"width": width, "height": height})
        return self.tab

    def on_paper(self) -> Tab:
        """Return it as it is printed on A3, at its front."""
        self.tab.emulate_media(media="print", forced_colors="none")
        self.tab.set_viewport_size({"width": 1527, "height": 1058})
        return self.tab


@contextmanager
def opened(browser: Browser, folder: Path, page: str) -> Iterator[Shown]:
    """Open a page once, for all that is asked of it."""
    shown = Shown(page, browser.new_page())
    shown.tab.on("request", lambda request: shown.asked.append(request.url))
    shown.tab.on("console", lambda message: shown.complaints.append(message.text))
    shown.tab.goto(path_of(folder, page).as_uri())
    yield shown
    shown.tab.close()

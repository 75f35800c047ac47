"""An edition as files: every sheet as one self-contained page, and the published figures."""

import base64
import hashlib
from collections.abc import Iterator
from importlib import import_module
from typing import cast

from reports.aims import agreed
from reports.block import Block, Omitted, Sheet, environment
from reports.changed import lines
from reports.downloads import edition_json, figures_csv, figures_json
from reports.edition import Audited, Edition
from reports.figures import Figure
from reports.notice import notices
from reports.sheets import account as accounts
from reports.shelf import Shelf
from reports.theme.style import page_style, symbols

KINDS = ("index", "district", "partner")


def render(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield (path within the edition, bytes) of every file; the same edition gives equal bytes.

    Of every file but the account, to which all pages link: that follows when these were attacked.
    Every page opens from disk, asks no host for anything and needs no JavaScript. KeyError where
    the agreement names a block or a word that does not exist.
    """
    shelf = Shelf(edition)
    for kind in KINDS:
        for sheet in import_module(f"reports.sheets.{kind}").sheets(shelf):
            yield sheet.path, page(sheet)
    yield "data/figures.csv", figures_csv(edition)
    yield "data/figures.json", figures_json(edition)
    yield "data/edition.json", edition_json(edition)
    yield from notices(edition)


def account(edition: Edition, audited: Audited) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the account: how people were protected, and what attacking came to."""
    sheet = accounts.sheet(Shelf(edition), audited)
    yield sheet.path, page(sheet)


def page(sheet: Sheet) -> bytes:
    """Return one sheet as a self-contained HTML page."""
    blocks, omitted = built(sheet)
    style = page_style(foot=_running_foot(sheet))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    html = (
        environment()
        .get_template("sheet.html.j2")
        .render(
            sheet=sheet,
            words=sheet.words,
            blocks=blocks,
            omitted=omitted,
            figures=_shown(blocks),
            agreed=agreed,
            changed=lines(sheet),
            symbols=symbols(),
            style=style,
            style_hash=digest,
            edition=sheet.shelf.edition,
            general=sheet.shelf.agreement.general,
        )
    )
    return html.encode()


def built(sheet: Sheet) -> tuple[dict[str, Block], dict[str, Omitted]]:
    """Build the sheet's blocks in the agreement's order: what is shown, and what is left out."""
    shown: dict[str, Block] = {}
    omitted: dict[str, Omitted] = {}
    for name in _order(sheet):
        made = block(name, sheet)
        if isinstance(made, Block):
            shown[name] = made
        else:
            omitted[name] = made
    return shown, omitted


def block(name: str, sheet: Sheet) -> Block | Omitted:
    """Build one block: the module `reports.blocks.<name>`."""
    return cast(Block | Omitted, import_module(f"reports.blocks.{name}").render(sheet))


def _order(sheet: Sheet) -> tuple[str, ...]:
    if sheet.kind == "account":
        return accounts.BLOCKS
    return sheet.shelf.agreement.general.blocks.get(sheet.kind, ())


def _shown(blocks: dict[str, Block]) -> list[Figure]:
    """Return each figure once, in the order in which the sheet shows them."""
    every = [figure for one in blocks.values() for figure in one.figures]
    return list({(f.indicator, f.area_code, f.partner, f.breakdown): f for f in every}.values())


def _running_foot(sheet: Sheet) -> str:
    edition = sheet.words("page.edition", id=sheet.shelf.edition.id)
    foot = f"{sheet.name} · {sheet.municipality} · {edition}"
    if sheet.shelf.edition.confidential:
        return f"{sheet.words('page.confidential')} · {foot}"
    return foot

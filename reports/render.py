"""An edition as files: every sheet as one self-contained page, and the published figures.

A page rests on what its sheet asks of the edition and on nothing else; so a page of an edition that
is out is taken over where the answers are the same (`reports.reuse`), and sheets can be drawn in
any order, by as many processes as there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import cast

from markupsafe import Markup

from reports.aims import agreed
from reports.block import Block, Omitted, Sheet, Zone, environment
from reports.changed import changed
from reports.downloads import downloads
from reports.edition import Audited, Edition
from reports.figures import Figure
from reports.notice import notices
from reports.reuse.asked import Asked
from reports.reuse.kept import NOTHING, Drawn, Kept, Keys, Page, finished
from reports.reuse.stamp import DAY, ID, PREVIOUS, STANDING, STYLE, Stamp, opened
from reports.sealed import hashed, joined
from reports.sheets import account as accounts
from reports.shelf import Shelf
from reports.theme.style import logo, page_style, symbols

KINDS = ("index", "council", "auditorium", "district", "partner")

Draw = Callable[[Shelf, Sequence[str]], Iterator[Drawn]]
"""Draws the sheets of an edition at some paths, in their order."""

Each = Callable[[Callable[[Sheet], Drawn], Sequence[Sheet]], Iterable[Drawn]]
"""Does something with each sheet, as `map` does, and gives what came of it in the same order."""


def render(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield (path within the edition, bytes) of every file; the same edition gives equal bytes.

    Of every file but the account, to which all pages link: that follows when these were attacked.
    Every page opens from disk, asks no host for anything and needs no JavaScript. KeyError where
    the agreement names a block or a word that does not exist.
    """
    for one in pages(edition):
        yield one.path, one.content
    yield from beside(edition)


def pages(edition: Edition, *, kept: Kept = NOTHING, draw: Draw | None = None) -> Iterator[Page]:
    """Yield every page: taken over from an edition that is out where it can be, else drawn.

    Either way it has the same bytes. `draw`: who draws, by path; without it we do so here.
    """
    shelf, stamp = Shelf(edition), Stamp.of(edition)
    keys = Keys(shelf)
    paths = [sheet.path for sheet in sheets(shelf)]
    alike = {path for path in paths if kept.alike(path, keys)}
    made = draw or drawn
    fresh = made(shelf, [path for path in paths if path not in alike])
    for path in paths:
        taken = kept.take(path, stamp) if path in alike else None
        # A page that was changed where it lies is found out only now.
        drawing = made(shelf, [path]) if path in alike and not taken else fresh
        yield taken or finished(next(drawing), keys, stamp)


def drawn(shelf: Shelf, paths: Sequence[str], *, each: Each = map) -> Iterator[Drawn]:
    """Draw the sheets at these paths, in this order; `each` may draw several at a time."""
    every = {sheet.path: sheet for sheet in sheets(shelf)}
    shelf.near(every[path].area.code for path in paths)
    return iter(each(_drawn, [every[path] for path in paths]))


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield every sheet of an edition but its account."""
    for kind in KINDS:
        yield from import_module(f"reports.sheets.{kind}").sheets(shelf)


def beside(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of what lies beside the pages: the figures, and for whom they are."""
    yield from downloads(edition)
    yield from notices(edition)


def account(edition: Edition, audited: Audited) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the account: how people were protected, and what attacking came to."""
    sheet = accounts.sheet(Shelf(edition), audited)
    yield sheet.path, page(sheet)


def page(sheet: Sheet) -> bytes:
    """Return one sheet as a self-contained HTML page."""
    content, _ = Stamp.of(sheet.shelf.edition).on(_drawn(sheet).open)
    return content


def _drawn(sheet: Sheet) -> Drawn:
    """Draw a sheet, noting what it asks."""
    area, partner = sheet.place
    asked = Asked(sheet.shelf, area=area, partner=partner)
    html = _filled(replace(sheet, shelf=asked))
    return Drawn(sheet.path, opened(html), asked.noted)


def _filled(sheet: Sheet) -> bytes:
    """Fill in a sheet's page, but for what its stamp says."""
    blocks, omitted = built(sheet)
    theme = sheet.shelf.agreement.theme
    style = page_style(theme, foot=_running_foot(sheet))
    script = joined(_programs(blocks))
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
            changed=changed(sheet),
            symbols=symbols(),
            logo=logo(theme),
            style=style,
            style_hash=STYLE,
            script=Markup(script),  # noqa: S704
            script_hash=hashed(script),
            edition=sheet.shelf.edition,
            stamp={"id": ID, "day": DAY, "standing": STANDING, "previous": PREVIOUS},
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
    return _settled(shown, sheet), omitted


def _settled(shown: dict[str, Block], sheet: Sheet) -> dict[str, Block]:
    """Spread the blocks of a wijk of which little is known, so that no column ends half-way.

    Where one block is alone at the right, what stands at the foot joins it; figures over time that
    fill the middle then take the whole width at the foot.
    """
    beside = [one for one in shown.values() if one.zone == "right"]
    if sheet.kind != "district" or len(beside) > 1:
        return shown
    return {name: replace(one, zone=_elsewhere(name, one)) for name, one in shown.items()}


def _elsewhere(name: str, one: Block) -> Zone:
    if one.zone == "foot":
        return "right"
    return "foot" if (name, one.zone) == ("trend", "main") else one.zone


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


def _programs(blocks: dict[str, Block]) -> tuple[str, ...]:
    return tuple(name for one in blocks.values() for name in one.scripts)


def _running_foot(sheet: Sheet) -> str:
    edition = sheet.words("page.edition", id=ID)
    foot = f"{sheet.name} · {sheet.municipality} · {edition}"
    if sheet.shelf.edition.confidential:
        return f"{sheet.words('page.confidential')} · {foot}"
    return foot

"""Leaks in the files of an edition as they lie on disk: pages, downloads and packages."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from disclosure_damage import FIGURE
from rendered import OnDisk, public, write

from flows.steps.packages import INTERNAL
from reports.attacker import Kind
from transforms.disclosure import publish

ROUNDED, THRESHOLD = 5, 10
_NUMBER = r'(<p class="number published" data-figure="({of}[^"]*)">[^<]*<strong>)([^<]*)'


@dataclass(frozen=True, slots=True)
class PlantedInFiles:
    """A mutation of files: what went wrong in words, the damage, and what must tell."""

    what: str
    damage: Callable[[OnDisk], None]
    caught_by: Kind


def edited(page: Path, old: str | re.Pattern[str], new: str) -> None:
    """Change the first place where a page says something; it must say it."""
    html = page.read_text("utf-8")
    pattern = old if isinstance(old, re.Pattern) else re.compile(re.escape(old))
    changed = pattern.sub(lambda found: found.expand(new) if old is pattern else new, html, count=1)
    assert changed != html, f"{page.name} does not say {old!r}"
    page.write_text(changed, "utf-8")


def number(html: str, *, of: str = "S") -> tuple[str, str, str]:
    """Return the markup, the key and the text of the first number that a page prints."""
    found = re.search(_NUMBER.format(of=of), html)
    assert found, f"no {of} on the page"
    return found.group(0), found.group(2), found.group(3)


def wijk(disk: OnDisk) -> Path:
    return min((disk.public / "wijk").glob("*/index.html"))


def partner(disk: OnDisk) -> Path:
    return min((disk.public / "partner").glob("*/index.html"))


def package(disk: OnDisk) -> Path:
    return min((disk.folders[-1] / INTERNAL).glob("partner_*"))


def exact(disk: OnDisk, page: Path) -> int:
    """Return a count of a wijk as it was told by nobody: not rounded."""
    here = (pl.col("area") == page.parent.name) & (pl.col("indicator") == "S04")
    odd = pl.col("numerator") % ROUNDED != 0
    return int(disk.exact.filter(here, odd, pl.col("numerator") > THRESHOLD)["numerator"][0])


# What a page prints of a figure.


def a_word_that_gives_an_inequality_away(disk: OnDisk) -> None:
    """The figure is held back, and still the page says on which side it lies."""
    page = wijk(disk)
    rows = json.loads((disk.public / "data" / "figures.json").read_text("utf-8"))
    held = next(one for one in rows if (one["indicator"], one["status"]) == ("S10", "protected"))
    key = "|".join(str(held[name]) for name in FIGURE)
    word = f'<p class="remark good" data-figure="{key}">meer dan de gemeente</p>'
    edited(page, "</main>", f"{word}</main>")


def a_partner_sheet_rounded_otherwise(disk: OnDisk) -> None:
    page = partner(disk)
    markup, _, text = number(page.read_text("utf-8"), of="S01")
    other = str(int(text.replace(".", "")) + ROUNDED)
    edited(page, markup, markup.removesuffix(text) + other)


def an_internal_figure_on_a_public_page(disk: OnDisk) -> None:
    page = wijk(disk)
    ground = re.compile(r'(<p class="ground" data-figure="S0[25][^"]*"><span>)\d+ van')
    edited(page, ground, rf"\g<1>{exact(disk, page)} van")


def a_download_less_protected_than_the_page(disk: OnDisk) -> None:
    page = wijk(disk)
    markup, _, text = number(page.read_text("utf-8"), of="S0[14]")
    edited(page, markup, markup.removesuffix(text) + f"minder dan {THRESHOLD}")


def a_figure_that_only_a_page_tells(disk: OnDisk) -> None:
    page = wijk(disk)
    markup, key, _ = number(page.read_text("utf-8"))
    elsewhere = key.replace(page.parent.name, "BU99020199")
    edited(page, markup, markup.replace(key, elsewhere))


# What a page says beside its figures, seen or unseen.


def _beside(place: str, said: str) -> Callable[[OnDisk], None]:
    """Return a damage that says an exact count after a place in the page."""

    def damage(disk: OnDisk) -> None:
        page = wijk(disk)
        edited(page, place, place + said.format(count=exact(disk, page)))

    return damage


a_title_that_says_an_exact_number = _beside('<h2 id="titel-trend">', "Er waren {count} meldingen. ")
a_sentence_in_the_questions = _beside('<h2 id="titel-questions">', "Hoe komt het aan {count}? ")
a_title_of_the_page = _beside("<title>", "{count} meldingen in ")
an_alt_text = _beside('<main id="plaat">', '<img src="data:," alt="{count} meldingen">')
a_label_for_who_listens = _beside('<main id="plaat">', '<p aria-label="{count} meldingen"></p>')
a_hidden_comment = _beside("</main>", "<!-- totaal {count} -->")
a_hidden_element = _beside("</main>", "<p hidden>{count} meldingen</p>")
a_description_for_search_engines = _beside(
    '<meta charset="utf-8">', '<meta name="description" content="{count} meldingen">'
)
data_for_search_engines = _beside(
    "</main>", '<script type="application/ld+json">{{"value": {count}}}</script>'
)


def a_chart_with_another_number_in_its_data(disk: OnDisk) -> None:
    """The last point of a line stands where the exact figure would: half a pixel away."""
    page = wijk(disk)
    place = re.compile(r'(<path transform="translate\([\d.]+,\d+)(\.\d+)?(\)" d="M[\d.]+,0A)')
    edited(page, place, r"\g<1>.77\g<3>")


def a_chart_with_another_number_in_its_labels(disk: OnDisk) -> None:
    page = wijk(disk)
    label = re.compile(r'(font-weight="700" fill="#2B2130">)\d[^<]*')
    edited(page, label, rf"\g<1>{exact(disk, page)}")


def pictograms_filled_by_the_exact_number(disk: OnDisk) -> None:
    page = wijk(disk)
    edited(page, re.compile(r'(<svg class="full" width=")[\d.]+'), r"\g<1>123.4")


# What lies where it should not.


def an_internal_file_in_the_public_folder(disk: OnDisk) -> None:
    shutil.copy(package(disk) / "data" / "figures.csv", disk.public / "data" / "cijfers.csv")


def an_internal_page_in_the_public_folder(disk: OnDisk) -> None:
    shutil.copy(package(disk) / "index.html", disk.public / "overzicht.html")


def an_internal_marking_is_missing(disk: OnDisk) -> None:
    page = package(disk) / "index.html"
    marked = page.read_text("utf-8")
    page.write_text(re.sub("(?i)vertrouwelijk, niet verspreiden", "Ter inzage", marked), "utf-8")


def a_row_of_another_partner_in_a_package(disk: OnDisk) -> None:
    _with_row(package(disk), lambda row: row["partner"] not in ("", package(disk).name))


def an_exact_total_in_a_package(disk: OnDisk) -> None:
    _with_row(package(disk), lambda row: row["partner"] == "" and row["indicator"] == "S04")


def an_edition_rounded_freely(disk: OnDisk) -> None:
    """One quarter and the same deliveries, told twice: what was shown before was not looked at."""
    agreed, observed = disk.place.agreement, disk.last.observed
    parents = disk.place.place.areas.parents()
    again = publish(observed.observations, agreed, observed.edition, parents=parents)
    assert not again.figures.equals(disk.last.protected.figures)
    freely = replace(disk.edition, id=disk.folders[0].name, figures=again.figures, previous=None)
    write(disk.folders[0], public(freely))


def _with_row(into: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Take rows of the municipality's package over into a partner's, in both its files."""
    taken = into.parent / "gemeente" / "data"
    rows = [row for row in json.loads((taken / "figures.json").read_text("utf-8")) if wanted(row)]
    keys = {";".join(_key(row)) for row in rows}
    csv, json_ = (into / "data" / name for name in ("figures.csv", "figures.json"))
    mine = [row for row in json.loads(json_.read_text("utf-8")) if ";".join(_key(row)) not in keys]
    json_.write_text(json.dumps([*mine, *rows]), "utf-8")
    lines = csv.read_text("utf-8").splitlines()
    others = (taken / "figures.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if _of(line) not in keys]
    csv.write_text("\n".join([*kept, *(one for one in others if _of(one) in keys)]), "utf-8")


def _key(row: dict[str, object]) -> list[str]:
    names = ("indicator", "version", "period", "period_status", "area_code", "partner", "breakdown")
    return [str(row[name]) for name in names]


def _of(line: str) -> str:
    return ";".join(line.split(";")[1:8])


ON_A_PAGE = tuple(
    PlantedInFiles(what, damage, kind)
    for what, damage, kind in (
        (
            "a word that gives an inequality away",
            a_word_that_gives_an_inequality_away,
            Kind.WORD,
        ),
        ("a partner sheet rounded otherwise", a_partner_sheet_rounded_otherwise, Kind.TWO_VALUES),
        ("an internal figure on a public page", an_internal_figure_on_a_public_page, Kind.UNTOLD),
        (
            "a download less protected than the page",
            a_download_less_protected_than_the_page,
            Kind.TWO_VALUES,
        ),
        ("a figure that only a page tells", a_figure_that_only_a_page_tells, Kind.UNTOLD),
        ("an exact number in the title of a block", a_title_that_says_an_exact_number, Kind.UNTOLD),
        ("an exact number in a sentence", a_sentence_in_the_questions, Kind.UNTOLD),
        ("an exact number in the title of the page", a_title_of_the_page, Kind.UNTOLD),
        ("an exact number in an alt text", an_alt_text, Kind.UNTOLD),
        ("an exact number for who listens", a_label_for_who_listens, Kind.UNTOLD),
        ("an exact number in a comment", a_hidden_comment, Kind.UNTOLD),
        ("an exact number in a hidden element", a_hidden_element, Kind.UNTOLD),
        ("an exact number in a description", a_description_for_search_engines, Kind.UNTOLD),
        ("an exact number in data for a machine", data_for_search_engines, Kind.UNTOLD),
        (
            "a chart drawn with another number",
            a_chart_with_another_number_in_its_data,
            Kind.UNTOLD,
        ),
        (
            "a chart labelled with another number",
            a_chart_with_another_number_in_its_labels,
            Kind.UNTOLD,
        ),
        (
            "pictograms filled by another number",
            pictograms_filled_by_the_exact_number,
            Kind.UNTOLD,
        ),
    )
)
"""Damage to a page."""

IN_A_FOLDER = (
    PlantedInFiles("an edition rounded freely again", an_edition_rounded_freely, Kind.NARROW),
    *(
        PlantedInFiles(what, damage, Kind.INTERNAL)
        for what, damage in (
            ("an internal file in the public folder", an_internal_file_in_the_public_folder),
            ("an internal page in the public folder", an_internal_page_in_the_public_folder),
            ("an internal page without its mark", an_internal_marking_is_missing),
            ("another partner's row in a package", a_row_of_another_partner_in_a_package),
            ("an exact total in a package", an_exact_total_in_a_package),
        )
    ),
)
"""Damage to what lies in a folder, and not on one page."""

"""Edition folders → what was told: the published files, and nothing else."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from reports.attacker.reading.pages import confidential, page
from reports.attacker.reading.release import PAGES, PUBLIC, Release

INTERNAL = "intern"

_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_TYPES: dict[str, pl.DataType] = {
    "version": pl.Int32(),
    **dict.fromkeys((*_NUMBERS, "converted", "coverage"), pl.Float64()),
}


def read(folders: Sequence[Path]) -> list[Release]:
    """Read editions, oldest first; each folder holds `openbaar`, and perhaps `intern/<reader>`."""
    return [release for folder in folders for release in _editions(folder)]


def _editions(folder: Path) -> Iterator[Release]:
    yield read_one(folder / PUBLIC, PUBLIC)
    for inner in sorted((folder / INTERNAL).glob("*/data/edition.json")):
        yield read_one(inner.parent.parent, inner.parent.parent.name)


def read_one(folder: Path, reader: str) -> Release:
    """Read the files that one reader has of an edition."""
    data = folder / "data"
    about = json.loads((data / "edition.json").read_text("utf-8"))
    paths = sorted(folder.rglob("*.html"))
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    pages = {name: page(name, html) for name, html in texts.items()}
    rows = [(name, *figure) for name, one in pages.items() for figure in one.figures]
    return Release(
        edition=about["edition"],
        reader=reader,
        about=about,
        figures=_csv(data / "figures.csv"),
        more=_json(data / "figures.json"),
        pages=pl.DataFrame(rows, schema=PAGES, orient="row"),
        passages=tuple(passage for one in pages.values() for passage in one.passages),
        drawings=tuple(drawing for one in pages.values() for drawing in one.drawings),
        marked=tuple(name for name, html in texts.items() if confidential(html)),
        files=tuple(
            sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        ),
    )


def _csv(path: Path) -> pl.DataFrame:
    text = pl.read_csv(path, separator=";", infer_schema=False)
    return _typed(text.fill_null(""))


def _json(path: Path) -> pl.DataFrame:
    rows = json.loads(path.read_text("utf-8"))
    text = [{name: "" if v is None else str(v) for name, v in row.items()} for row in rows]
    return _typed(pl.DataFrame(text))


def _typed(text: pl.DataFrame) -> pl.DataFrame:
    """Read numbers with a decimal comma or point; an empty cell is no number."""
    known = {name: dtype for name, dtype in _TYPES.items() if name in text.columns}
    number = pl.col(list(known)).str.replace(",", ".", literal=True).replace("", None)
    return text.with_columns(number).with_columns(
        pl.col(name).cast(dtype) for name, dtype in known.items()
    )

"""Edition folders → what was told: the published files, and nothing else."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from reports.attacker.pages import confidential, printed
from reports.attacker.told import PAGES, PUBLIC, Told

INTERNAL = "intern"

_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_TYPES: dict[str, pl.DataType] = {
    "version": pl.Int32(),
    **dict.fromkeys((*_NUMBERS, "converted", "coverage"), pl.Float64()),
}


def read(folders: Sequence[Path]) -> list[Told]:
    """Read editions, oldest first; each folder holds `openbaar`, and perhaps `intern/<reader>`."""
    return [told for folder in folders for told in _editions(folder)]


def _editions(folder: Path) -> Iterator[Told]:
    yield read_one(folder / PUBLIC, PUBLIC)
    for inner in sorted((folder / INTERNAL).glob("*/data/edition.json")):
        yield read_one(inner.parent.parent, inner.parent.parent.name)


def read_one(folder: Path, reader: str) -> Told:
    """Read the files that one reader has of an edition."""
    data = folder / "data"
    about = json.loads((data / "edition.json").read_text("utf-8"))
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}
    names = {path: path.relative_to(folder).as_posix() for path in texts}
    rows = [(names[path], *one) for path, html in texts.items() for one in printed(html)]
    return Told(
        edition=about["edition"],
        reader=reader,
        about=about,
        figures=_csv(data / "figures.csv"),
        more=_json(data / "figures.json"),
        pages=pl.DataFrame(rows, schema=PAGES, orient="row"),
        marked=tuple(names[path] for path, html in texts.items() if confidential(html)),
        files=tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))),
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

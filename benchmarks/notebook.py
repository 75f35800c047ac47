"""A hundred wijken from files to sheets, beside what a data team would write in a notebook.

Ours: a quarterly round, from the files in the inbox to an edition that was attacked; earlier
quarters are in the store. The peer: `wijk.ipynb`, the same libraries, the same files and the same
eight figures, run for each wijk through papermill in as many processes. It has no store: each run
reads all quarters. Twice: with every run validating the files, and with only the first.

Both outcomes are read back and held against the truth of the maker: does every figure belong to
its wijk? Ours are rounded before they come out, so they are held to what rounding can do.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks import filled, tree
from benchmarks.pairs import Ratio
from benchmarks.place import AT, QUARTER
from benchmarks.truth import FIGURES, RATES, Count, truth
from benchmarks.wide import Wide, dropped
from flows.settings import Settings, Town
from reports.accessibility.checks import claims
from reports.accessibility.tree import read
from sources.example import maker
from sources.example.maker.deliveries import City, Delivery
from sources.example.maker.quarters import Quarter
from sources.keys import RANDOM_BYTES, new_keys
from transforms.periods import parse

WIJKEN, FEW = 100, 3
INHABITANTS, LITTLE = 400_000, 40_000
TO_REACH = 1 / 15
CONTRACTS = ("L01", "L06", "L09", "L12a", "L12b", "L12c")

_SMALL = 100_000  # rows below which a run is only to see that everything works
_TRENDS = 4
_PAIR = "I30"  # I28 may not stand on a sheet without it; no delivery here tells of it
_BASE, _STEP = 5, 0.05  # the public edition rounds counts, and the shares of answers, to these

Found = dict[tuple[str, str], str]
"""Per figure and wijk what stands on its page, as text."""


def prepare(folder: Path, rows: int) -> None:
    """Write the files of eight quarters, a store with all but the last, and the truth."""
    if find_spec("papermill") is None:
        return
    wide = Wide.of(wijken=WIJKEN if rows >= _SMALL else len(maker.QUARTERS))
    last = Quarter.of(QUARTER)
    people = INHABITANTS if rows >= _SMALL else LITTLE
    city = City.of(inhabitants=people, last=last, seed=maker.SEED)
    told = [one for one in _told(wide, city, last) if one.code in CONTRACTS]
    wide.agreement(folder / "agreement", figures=", ".join((*FIGURES, _PAIR)), trends=_TRENDS)
    town = opened(folder)
    town.settings.home.mkdir()
    filled.keep(town, [one for one in told if one.period != QUARTER])
    for one in told:
        dropped(one, folder / "deliveries")
        if one.period == QUARTER:
            dropped(one, town.settings.inbox)
    counted = truth(told, dict(wide.wijk_of_postcode().iter_rows()), QUARTER)
    kept = [(*key, one.x, one.n) for key, one in sorted(counted.items())]
    (folder / "truth.json").write_text(json.dumps(kept), encoding="utf-8")


def opened(folder: Path) -> Town:
    """Return the municipality at work in a folder."""
    key = folder / "sleutel"
    if not key.exists():
        key.write_text(new_keys(bytes(RANDOM_BYTES)), encoding="ascii")
    return Settings(agreement=folder / "agreement", home=folder / "home", key=key).open()


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return ours beside both notebook ways, per sheet; once, as the peer takes minutes."""
    if find_spec("papermill") is None:
        print("notebook: skipped, papermill is not installed (pip install .[bench])")
        return []
    known = {(figure, wijk): Count(x, n) for figure, wijk, x, n in _kept(folder)}
    wijken = sorted({wijk for _, wijk in known})
    asked = wijken if rows >= _SMALL else wijken[:FEW]
    ours = tree.run(_round(folder), log=folder / "round.log")
    _tell("ours", on_our_sheets(folder, asked), known, ours)
    return [_beside(folder, way, asked, known, ours) for way in ("each", "once")]


def _beside(
    folder: Path, way: str, asked: list[str], known: dict[tuple[str, str], Count], ours: tree.Cost
) -> Ratio:
    out = folder / way
    command = [sys.executable, "-m", "benchmarks.papermilled", str(folder), str(out), way, *asked]
    theirs = tree.run(command, log=folder / f"{way}.log")
    _tell(f"notebook, {way} validates", on_their_sheets(out), known, theirs)
    ratio = ours.wall / theirs.wall
    return Ratio(
        f"notebook: {len(asked)} wijken, {way} run validates, each",
        ours=ours.wall / len(asked),
        floor=theirs.wall / len(asked),
        ratio=ratio,
        to_reach=TO_REACH,
        spread=(ratio, ratio),
        work=ours.work / theirs.work,
        peak_mb=ours.peak_mb,
    )


def on_their_sheets(folder: Path) -> Found:
    """Return what the notebook wrote: of each figure its count, of how many."""
    shown = r'data-figure="(\w+)".*?data-x="([\d.]+)"\s+data-n="([\d.]+)"'
    return {
        (figure, path.stem): f"{x}/{n}"
        for path in sorted(folder.glob("*.html"))
        for figure, x, n in re.findall(shown, path.read_text(encoding="utf-8"), re.DOTALL)
    }


def on_our_sheets(folder: Path, wijken: list[str]) -> Found:
    """Return the newest that our sheets print of each figure of the wijk itself."""
    found: Found = {}
    for wijk in wijken:
        path = folder / "home" / "editions" / QUARTER / "openbaar" / "wijk" / wijk / "index.html"
        printed: dict[str, tuple[int, str]] = {}
        for claim in claims(read(path.name, path.read_text(encoding="utf-8"))):
            figure, _, period, *place = claim.figure.split("|")
            told = claim.kind != "full" and re.search(r"\d", claim.said)  # else it is protected
            if told and figure in FIGURES and place == [wijk, "", ""]:
                newest = (parse(period).last, claim.said)
                printed[figure] = max(printed.get(figure, newest), newest)
        found |= {(figure, wijk): said for figure, (_, said) in printed.items()}
    return found


def belongs(figure: str, said: str, count: Count) -> bool:
    """Whether what a page says can be told of a count: exactly, or as far as rounding may move."""
    if "/" in said:
        x, n = map(float, said.split("/"))
        return (x, n) == (count.x, count.n)
    moved = (1 + count.value) * _BASE / count.n
    if figure in RATES:
        return abs(_number(said) / 1000 - count.value) <= moved + 0.001
    return abs(_number(said) / 100 - count.value) <= moved + _STEP


def _number(said: str) -> float:
    """Return the figure in a cell or in large: a percentage where there is one, else the first."""
    share = re.search(r"([\d,]+)\s%", said)
    first = share or re.search(r"([\d.]+(?:,\d+)?)", said)
    assert first, said
    return float(first[1].replace(".", "").replace(",", "."))


def _tell(who: str, found: Found, known: dict[tuple[str, str], Count], cost: tree.Cost) -> None:
    right = sum(
        belongs(figure, said, known[figure, wijk]) for (figure, wijk), said in found.items()
    )
    print(
        f"{who}: {cost.wall:.0f} s, {cost.work:.0f} s of work, peak {cost.peak_mb} MB; "
        f"{right} of {len(found)} figures on the sheets are of their wijk",
        flush=True,
    )


def _told(wide: Wide, city: City, last: Quarter) -> Iterator[Delivery]:
    return wide.deliveries(filled.told(city, Quarter.of(maker.QUARTERS[0]), last))


def _kept(folder: Path) -> list[tuple[str, str, float, float]]:
    kept: list[tuple[str, str, float, float]] = json.loads((folder / "truth.json").read_text())
    return kept


def _round(folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.round", str(folder), QUARTER, AT.isoformat()]

"""Cleaning a big faultless file against a pinned load of the same file by DuckDB, into memory.

Ours: the pre-flight, reading, writing the clean file, the report. The floor: one `read_csv` in
which nothing is left to guess, all columns as text.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.pairs import Ratio, Run, Spent, compare, spent
from benchmarks.place import big_file
from flows.steps.clean import Job, clean
from sources.readers.cleaned import Cleaned

CONTRACT = "partner_activiteiten"
TO_REACH = 2.0


def prepare(folder: Path, rows: int) -> None:
    """Make the file."""
    big_file(folder, CONTRACT, rows)


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratio."""
    path = folder / f"{CONTRACT}.csv"
    with path.open(encoding="utf-8") as file:
        names = file.readline().rstrip("\n").split(";")
    return [
        compare(
            f"clean: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB",
            _ours(path, names, rows),
            pinned(path, len(names), rows),
            repeat=repeat,
            to_reach=TO_REACH,
        )
    ]


def _ours(path: Path, names: Sequence[str], rows: int) -> Run:
    job = Job(path, path.with_name("clean.csv.out"), path.with_name("clean.json"))

    def run() -> Spent:
        took = spent(lambda: done.extend(clean([job], names, tell=lambda _: None)))
        ((_, one),) = done
        done.clear()
        assert not one.refused and one.records.accepted == rows, one
        return took

    done: list[tuple[Job, Cleaned]] = []
    return run


def pinned(path: Path, width: int, rows: int) -> Run:
    """Return the run of a pinned load into memory."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    load = f"""CREATE OR REPLACE TABLE loaded AS FROM read_csv($path, auto_detect = false,
        header = false, skip = 1, delim = ';', quote = '"', escape = '"', nullstr = '',
        columns = {{{columns}}})"""

    def run() -> Spent:
        with duckdb.connect() as con:
            took = spent(lambda: con.execute(load, {"path": str(path)}).fetchall())
            assert con.execute("SELECT count(*) FROM loaded").fetchall() == [(rows,)]
        return took

    return run

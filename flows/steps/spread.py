"""The sheets of an edition, drawn by as many processes as there are cores.

Each process starts anew, reads the edition and indexes it once, and draws runs of sheets that
follow each other. A process draws one chart at a time; so few sheets are drawn here, by threads:
while the chart of one is drawn, the other is worked out, and whoever asked goes on.
"""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import chain
from multiprocessing.queues import Queue

from reports.edition import Edition
from reports.render import drawn
from reports.reuse.kept import Drawn
from reports.shelf import Shelf

ENOUGH = 200
"""Sheets for which it pays to start processes: that takes as long as drawing some seventy here."""

RUN = 20  # sheets at a time: enough to compare their figures at once, few enough to share fairly

THREADS = 2

_shelf: Shelf


def spread(shelf: Shelf, paths: Sequence[str]) -> Iterator[Drawn]:
    """Draw the sheets at these paths, in this order; few of them here, many in processes."""
    cores = len(os.sched_getaffinity(0))
    if cores == 1 or len(paths) < ENOUGH:
        return _here(shelf, paths)
    return _apart(shelf, paths, cores)


def _here(shelf: Shelf, paths: Sequence[str]) -> Iterator[Drawn]:
    """Begin to draw at once: what was drawn waits until it is asked for."""
    threads = ThreadPoolExecutor(THREADS)
    sheets = drawn(shelf, paths, each=threads.map)
    threads.shutdown(wait=False)  # when they are ready
    return sheets


def _apart(shelf: Shelf, paths: Sequence[str], cores: int) -> Iterator[Drawn]:
    runs = [paths[first : first + RUN] for first in range(0, len(paths), RUN)]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        cores, fresh, initializer=_read, initargs=(_handed(shelf.edition, cores),)
    ) as processes:
        yield from chain.from_iterable(processes.map(_run, runs))


def _handed(edition: Edition, cores: int) -> "Queue[Edition]":
    """Return a queue with the edition for each process.

    A process that is started with the edition itself lets the next one wait until it has read it.
    """
    handed: Queue[Edition] = multiprocessing.get_context("spawn").Queue()
    handed.cancel_join_thread()  # who never comes to read must not keep us from ending
    for _ in range(cores):
        handed.put(edition)
    return handed


def _read(handed: "Queue[Edition]") -> None:
    global _shelf  # noqa: PLW0603
    _shelf = Shelf(handed.get())


def _run(paths: Sequence[str]) -> list[Drawn]:
    return list(drawn(_shelf, paths))

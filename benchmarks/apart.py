"""A function in a process of its own, so that its peak memory is its own."""

import multiprocessing
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from typing import Any


def apart(benchmark: str, function: str, *arguments: object) -> tuple[Any, int]:
    """Return what a function of a benchmark gives, and the peak memory in MB of its process."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as pool:
        return pool.submit(_called, benchmark, function, arguments).result()


def _called(benchmark: str, function: str, arguments: tuple[object, ...]) -> tuple[Any, int]:
    # DuckDB takes a main module without a file for a notebook, and draws progress bars in it.
    sys.modules["__main__"].__file__ = __file__
    outcome = getattr(import_module(f"benchmarks.{benchmark}"), function)(*arguments)
    return outcome, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

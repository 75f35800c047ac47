"""Work on a long text in pieces, two at a time: numpy leaves the interpreter free meanwhile."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_AT_ONCE = 2
_FEW = 8
"""So few pieces are done before a second thread has begun."""

_Part = TypeVar("_Part")
_Found = TypeVar("_Found")


def over(work: Callable[[_Part], _Found], parts: Sequence[_Part]) -> list[_Found]:
    """Return the work on every part, in the order of the parts."""
    if len(parts) < _FEW:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(work, parts))

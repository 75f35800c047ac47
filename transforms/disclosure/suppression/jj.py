"""The `jj` text of Fischetti and Salazar: one table with its sums, as programs hand it over.

`0`; the number of cells; per cell `index value cost status lb ub lpl upl spl`; the number of
equations; per equation `rhs n : index (coefficient) ...`.
"""

import math
import re
from collections.abc import Iterator

import numpy as np

from sources.errors import UsageError
from transforms.disclosure.suppression.instance import Equations, Instance

_TERM = re.compile(r"(\d+)\s*\(\s*([^()\s]+)\s*\)")
_FIELDS = 9


def parse(text: str) -> Instance:
    """Return the instance; raises UsageError with the line that cannot be read, and why."""
    lines = ((at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip())
    _whole(*_next(lines, "de eerste regel"))
    cells = [_next(lines, "een cel") for _ in range(_whole(*_next(lines, "het aantal cellen")))]
    sums = [_next(lines, "een som") for _ in range(_whole(*_next(lines, "het aantal sommen")))]
    for at, line in lines:
        raise _fault(at, f"hier moet het bestand ophouden, maar er staat «{line[:40]}»")
    told = sorted(_cell(at, line) for at, line in cells)
    if [index for index, *_ in told] != list(range(len(told))):
        raise UsageError(f"De cellen moeten genummerd zijn van 0 tot en met {len(told) - 1}.")
    columns = np.array([numbers for _, _, numbers in told]).reshape(len(told), _FIELDS - 2)
    value, weight, lb, ub, lpl, upl, spl = columns.T.copy()
    return Instance(
        value=value,
        weight=weight,
        status=np.array([status for _, status, _ in told], dtype="U1"),
        lb=lb,
        ub=ub,
        lpl=lpl,
        upl=upl,
        spl=spl,
        equations=Equations.of(_sum(at, line, count=len(told)) for at, line in sums),
    )


def _next(lines: Iterator[tuple[int, str]], what: str) -> tuple[int, str]:
    for at, line in lines:
        return at, line
    raise UsageError(f"Het bestand houdt te vroeg op: {what} ontbreekt.")


def _cell(at: int, line: str) -> tuple[int, str, tuple[float, ...]]:
    """Return the index, the status and the seven numbers of a cell."""
    fields = line.split()
    if len(fields) != _FIELDS:
        raise _fault(at, f"een cel heeft {_FIELDS} velden, hier staan er {len(fields)}")
    index, value, cost, status, *limits = fields
    if status not in {"u", "s", "z", "m"}:
        raise _fault(at, f"de status is u, s, z of m, niet «{status}»")
    numbers = tuple(_number(at, field) for field in (value, cost, *limits))
    found, weight, lb, ub, *levels = numbers
    if min(weight, *levels) < 0:
        raise _fault(at, "kosten en beschermingsniveaus zijn nooit negatief")
    if status != "z" and not lb <= found <= ub:
        raise _fault(at, f"de waarde {value} ligt niet tussen {limits[0]} en {limits[1]}")
    return _whole(at, index), status, numbers


def _sum(at: int, line: str, *, count: int) -> tuple[float, list[int], list[float]]:
    """Return the right-hand side, the cells and their coefficients."""
    head, colon, tail = line.partition(":")
    fields, terms = head.split(), _TERM.findall(tail)
    if not colon or len(fields) != 2 or _TERM.sub("", tail).strip():
        raise _fault(at, "een som ziet eruit als «0 2 : 5 (-1) 7 (1)»")
    if len(terms) != _whole(at, fields[1]):
        raise _fault(at, f"de som belooft {fields[1]} cellen, maar heeft er {len(terms)}")
    cells = [int(index) for index, _ in terms]
    if unknown := [index for index in cells if index >= count]:
        raise _fault(at, f"cel {unknown[0]} bestaat niet")
    if len(set(cells)) < len(cells):
        raise _fault(at, "een cel staat twee keer in deze som")
    return _number(at, fields[0]), cells, [_number(at, times) for _, times in terms]


def _whole(at: int, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise _fault(at, f"hier hoort een heel getal, niet «{text[:40]}»")
    return int(text)


def _number(at: int, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _fault(at, f"«{text[:40]}» is geen getal") from None
    if not math.isfinite(number):
        raise _fault(at, f"«{text[:40]}» is geen getal")
    return number


def _fault(at: int, text: str) -> UsageError:
    return UsageError(f"Regel {at}: {text}.")

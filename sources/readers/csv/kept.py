"""What of a text file is kept for DuckDB, and what became of every other line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sources.readers.csv.lines import Lines, Numbers
from sources.verdict import Finding

ENDINGS = (b"\n", b"\r\n")
"""The line ends that DuckDB reads as they are."""


@dataclass(slots=True)
class Body:
    """Records for DuckDB in `parts`, the line of each in `numbers` (from 1), and the others.

    `excluded` are the lines (from 0) of totals and footnotes.
    """

    parts: list[bytes | tuple[int, int]] = field(default_factory=list)
    numbers: list[Numbers] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    excluded: set[int] = field(default_factory=set)

    def written(self, lines: Lines) -> Iterator[bytes]:
        """Yield the good records as DuckDB reads them, all with the same line end."""
        ending = lines.ending if lines.ending in ENDINGS else b"\n"
        for part in self.parts:
            text = part if isinstance(part, bytes) else lines.stretch(*part)
            yield text if text.endswith(ending) else text + ending

    def lines(self) -> Numbers:
        """Return the line of each record."""
        return np.concatenate([np.empty(0, np.int64), *self.numbers])

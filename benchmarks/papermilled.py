"""`python -m benchmarks.papermilled FOLDER OUT each|once WIJK...`: `wijk.ipynb` for each wijk.

As many at a time as there are cores. `once`: only the first validates the files, before the others
begin.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import papermill

NOTEBOOK = Path(__file__).with_name("wijk.ipynb")


def main() -> None:
    """Run the notebook for the wijken that are named."""
    folder, out, way, *wijken = sys.argv[1:]
    sheet = partial(_sheet, Path(folder), Path(out))
    first = wijken[: way == "once"]
    for wijk in first:
        sheet(wijk, validate=True)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as runs:
        list(runs.map(partial(sheet, validate=way == "each"), wijken[len(first) :]))


def _sheet(folder: Path, out: Path, wijk: str, *, validate: bool) -> None:
    done = out / "runs" / f"{wijk}.ipynb"
    done.parent.mkdir(parents=True, exist_ok=True)
    chosen = {"wijk": wijk, "deliveries": str(folder / "deliveries"), "out": str(out)}
    papermill.execute_notebook(
        NOTEBOOK, done, {**chosen, "validate": validate}, progress_bar=False, kernel_name="python3"
    )


if __name__ == "__main__":
    main()

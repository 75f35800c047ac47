"""What goes wrong, done on purpose; the long table is that of `python -m benchmarks.faults`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Once

from benchmarks import faults

pytestmark = pytest.mark.slow

MAKE = """
import json, sys
from pathlib import Path
from benchmarks import faults
start, folder = map(Path, sys.argv[1:3])
print(json.dumps(faults.OTHERS[sys.argv[3]](start, folder, int(sys.argv[4]))))
"""


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        ("disk full at a write", 3),
        ("two rounds at once", 1),
        ("file replaced while read", 2),
        ("store locked", 1),
    ],
)
def test_after_a_fault_the_same_again_ends_as_if_nothing_happened(
    once: Once, tmp_path: Path, fault: str, times: int
) -> None:
    """In a process of its own: what it forks does not survive the threads of this one."""
    start = once("faults", faults.starts) / "home"
    done = subprocess.run(
        [sys.executable, "-c", MAKE, start, tmp_path, fault, str(times)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [times, 0], done.stderr

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_room_reaches_through_a_wall() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [lint_imports, "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr

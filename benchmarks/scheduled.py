"""`python -m benchmarks.scheduled QUARTER MOMENT`: the quarterly flow, as if it were that moment.

Where things live, and which Prefect server is told, the environment says, as it does for a worker.
"""

import sys
from datetime import datetime

from flows import settings


def main() -> None:
    """Run the flow: the clock is set before it is read."""
    quarter, moment = sys.argv[1:]
    at = datetime.fromisoformat(moment)
    settings.now = lambda: at
    from flows.quarterly import quarterly

    sys.stdout.write(f"{quarterly(quarter)}\n")


if __name__ == "__main__":
    main()

"""`python -m benchmarks.round FOLDER QUARTER MOMENT`: a whole round, as known at a moment.

What `praatplaat run` does, but that the clock is an argument: five years lie partly ahead of us.
"""

import sys
from datetime import datetime
from pathlib import Path

from flows.cli.telling import say
from flows.settings import Settings
from flows.steps.round import run


def main() -> None:
    """Run the round of the municipality in a folder."""
    folder, quarter, moment = sys.argv[1:]
    place = Path(folder)
    places = Settings(agreement=place / "agreement", home=place / "home", key=place / "sleutel")
    run(places.open(), quarter, at=datetime.fromisoformat(moment), tell=say)


if __name__ == "__main__":
    main()

"""WHEN: the only place that knows Prefect, the clock and the environment."""

import os
from pathlib import Path

# Nothing here reports to others. Prefect and Great Expectations read these when they are imported,
# so they are set before either can be.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
if "PRAATPLAAT_HOME" in os.environ:
    os.environ.setdefault("PREFECT_HOME", str(Path(os.environ["PRAATPLAAT_HOME"]) / "prefect"))

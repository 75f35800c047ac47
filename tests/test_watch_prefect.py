"""Prefect's server goes away under `praatplaat watch`, and comes again: nothing is lost."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PRAATPLAAT

from benchmarks.gone import environment_of, serving
from flows.served import BACK, GONE
from flows.settings import Town
from sources.store import Store

Drop = Callable[..., list[Path]]

BEGINS, ENDS, RECEIVED = "Beginning flow run", "Finished in state Completed()", "GOEDGEKEURD"

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def test_who_looks_in_the_inbox_goes_on_while_the_server_is_gone(
    town: Town, drop: Drop, tmp_path: Path
) -> None:
    there = {**environment_of(town.settings.home, tmp_path), "PREFECT_CLIENT_MAX_RETRIES": "1"}
    lines = tmp_path / "watch.log"

    def wait(text: str, times: int) -> None:
        for _ in range(1_200):
            if lines.read_text().count(text) >= times:
                return
            time.sleep(0.1)
        pytest.fail(lines.read_text())

    command = [str(PRAATPLAAT), "watch", "--every", "1"]
    with (
        lines.open("w") as log,
        subprocess.Popen(command, env=there, stdout=log, stderr=log) as watch,
    ):
        try:
            wait(GONE, 1)
            with serving(there, tmp_path) as server:
                wait(BACK, 1)
                drop("GM9901_cbs_L12a_2026_v1.csv")
                wait(ENDS, 2)  # the task, and the round
                drop("GM9901_cbs_L12b_2026_v1.csv")
                wait(BEGINS, 2)
                server.kill()
                wait(GONE, 2)
            drop("GM9901_cbs_L12c_2026_v1.csv")
            wait("L12c_2026_v1.csv: " + RECEIVED, 1)
            with serving(there, tmp_path):
                wait(BACK, 2)
                drop("GM9901_welzijn_L06_2026K2_v1.csv")
                wait(ENDS, 4)
            assert watch.poll() is None
        finally:
            watch.kill()

    told = lines.read_text()
    assert (told.count(GONE), told.count(BACK)) == (2, 2), "each said once"
    assert not [path for path in town.settings.inbox.rglob("*") if path.is_file()]
    with Store.open(town.settings.store, holder="test", read_only=True) as store:
        names = [one.file_name for one in store.all_deliveries()]
    assert [name.split("_")[2] for name in names] == ["L12a", "L12b", "L12c", "L06"]

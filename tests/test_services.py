"""The services of docs/systemd/: systemd takes them, they are closed, what they start exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from documented import DOCS, ROOT, blocks
from typer.testing import CliRunner
from units import FOLDER, UNITS, command_of, environment, unit

from flows.cli import app
from flows.settings import Settings

GUIDE = "\n".join(blocks(DOCS / "operation.md"))
INSTALLED = "/opt/praatplaat"
MOST_EXPOSED = 40
"""Tenths on the scale of `systemd-analyze security`, on which 100 is open to all."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze (Debian's systemd)"
)


def analysed(*arguments: str | Path) -> str:
    """Return what systemd says of units; what it finds wrong is a fault here."""
    done = subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


@needs_systemd
def test_systemd_has_no_remark_on_a_unit(tmp_path: Path) -> None:
    for name in UNITS:
        text = (FOLDER / f"{name}.service").read_text(encoding="utf-8")
        here = text.replace(INSTALLED, str(ROOT)).replace("postgresql.service", "")
        (tmp_path / f"{name}.service").write_text(here, encoding="utf-8")
    units = [tmp_path / f"{name}.service" for name in UNITS]
    assert [line for line in analysed("verify", *units).splitlines() if str(tmp_path) in line] == []


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_a_service_is_closed_to_all_that_it_does_not_need(name: str) -> None:
    path = FOLDER / f"{name}.service"
    analysed("security", "--offline=true", f"--threshold={MOST_EXPOSED}", path)


@pytest.mark.parametrize("name", UNITS)
def test_a_service_is_of_a_user_and_writes_in_places_that_the_guide_makes(name: str) -> None:
    service = unit(name)["Service"]
    assert service["User"] in GUIDE.split("for naam in ")[1].split(";")[0].split()
    for place in service.get("ReadWritePaths", "").split():
        assert re.search(rf"install -d .* {place}\b", GUIDE), place
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert re.search(rf"systemctl enable --now .*{name}\b", GUIDE)


@pytest.mark.parametrize("name", ["praatplaat-scan", "praatplaat-pages"])
def test_what_a_service_starts_is_a_command_with_such_options(name: str) -> None:
    """Those of Prefect run in test_prefect.py."""
    program, *words = command_of(name).split()
    assert program == f"{INSTALLED}/.venv/bin/praatplaat"
    told = CliRunner().invoke(app, [*words, "--help"])
    assert told.exit_code == 0, told.output


def test_the_environment_leads_the_pipeline_to_the_places_of_the_guide() -> None:
    places = Settings.choose(environment=environment("praatplaat.env", {}))
    assert str(places.home) == "/srv/praatplaat"
    assert str(places.agreement) == "/etc/praatplaat/overeenkomst"
    assert not places.key.is_relative_to(places.home)
    for folder in (places.home, places.inbox, places.feedback, places.editions, places.key.parent):
        assert f" {folder}" in GUIDE

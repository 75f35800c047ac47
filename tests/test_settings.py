"""Where things live, which quarter it is, and what is said of a wrong agreement."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from flows.settings import EXAMPLE, ZONE, Settings, last_ended_quarter
from sources.errors import AgreementError, UsageError


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    environment = {"PRAATPLAAT_AGREEMENT": "/uit/omgeving", "PRAATPLAAT_HOME": "/thuis/omgeving"}
    nothing = Settings.choose(environment={})
    from_environment = Settings.choose(environment=environment)
    from_option = Settings.choose(home=Path("/thuis/optie"), environment=environment)

    assert nothing.agreement == EXAMPLE
    assert nothing.home == Path.home() / ".local/share/praatplaat"
    assert nothing.key == Path.home() / ".config/praatplaat/keys"
    assert from_environment.agreement == Path("/uit/omgeving")
    assert from_option.home == Path("/thuis/optie")


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        (datetime(2026, 8, 3, tzinfo=ZONE), "2026K2"),
        (datetime(2026, 9, 30, 23, 59, tzinfo=ZONE), "2026K2"),
        (datetime(2026, 10, 1, tzinfo=ZONE), "2026K3"),
        (datetime(2026, 1, 1, tzinfo=ZONE), "2025K4"),
    ],
)
def test_the_last_quarter_that_ended(moment: datetime, quarter: str) -> None:
    assert last_ended_quarter(moment) == quarter


def test_how_many_back_ups_stay_is_a_number_of_one_or_more() -> None:
    def kept(said: str) -> int:
        return Settings.choose(environment={"PRAATPLAAT_BACKUP_KEEP": said}).backups_kept

    assert [kept(""), kept("1"), kept("52")] == [8, 1, 52]
    for wrong in ("0", "-1", "veel", "1.5", "²"):
        with pytest.raises(UsageError, match=f"PRAATPLAAT_BACKUP_KEEP is `{wrong}`"):
            kept(wrong)


def test_the_key_lies_outside_the_home() -> None:
    places = Settings.choose(environment={})
    assert not places.key.is_relative_to(places.home)


def test_faults_between_files_come_all_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "overeenkomst"
    shutil.copytree(EXAMPLE, folder)
    for name, old, new in (
        ("indicators/I07.yaml", "delivery: partner_activiteiten", "delivery: bestaat_niet"),
        ("indicators/I28.yaml", "goal: ", "goal: nergens_"),
    ):
        path = folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    with pytest.raises(AgreementError) as raised:
        Settings.choose(agreement=folder, environment={}).open()

    assert "indicators/I07.yaml" in str(raised.value)
    assert "indicators/I28.yaml" in str(raised.value)

"""The story form as a file: what it offers, what it may do, and for whom it is made."""

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Demonstration
from intake import bench, judged, write

from flows.settings import ZONE, Town
from flows.steps import partners
from reports.block import TEMPLATES
from reports.forms.story import StoryForm
from sources.contracts.load import standard
from sources.errors import UsageError

AT = datetime(2026, 11, 22, 12, tzinfo=ZONE)
SCRIPT = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.js"))


def page(town: Town, partner: str = "initiatief") -> str:
    return partners.form(town, partner, at=AT).decode()


def data(markup: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="gegevens">(.*?)</script>', markup)
    return dict(json.loads(found))


def offered(markup: str, name: str) -> dict[str, str]:
    """Return the values and labels of a question with choices."""
    if name in {"gebied_code", "boog"}:
        (part,) = re.findall(rf'<select name="{name}".*?</select>', markup, re.DOTALL)
        pairs = re.findall(r'<option value="([^"]+)">(.*?)</option>', part)
    else:
        pairs = re.findall(rf'name="{name}" value="([^"]+)".*?<span>(.*?)</span>', markup)
    return {value: html.unescape(label) for value, label in pairs}


def test_the_choices_are_those_of_the_contract_and_the_agreement(town: Town) -> None:
    markup, contract = page(town), town.contracts["verhalen_signalen"]
    for name in ("soort", "verteller_rol", "toestemming"):
        assert offered(markup, name) == contract.column(name).codes
    assert set(offered(markup, "schuurt")) == {"ja", "nee"}
    assert offered(markup, "thema") == {
        "geld": "Minder mensen lopen vast door geld",
        "kinderen": "Kinderen groeien veilig, gezond en met kansen op",
        "licht": "Licht waar het kan, zwaar waar het moet",
        "meedoen": "Meer inwoners doen mee",
        "snelle_hulp": "Hulp komt snel, past, en niemand doet dubbel werk",
        "zich_redden": "Meer inwoners redden zich, met de mensen om hen heen",
    }
    assert list(offered(markup, "boog")) == ["0", "1", "2", "3", "4"]


def test_areas_are_wijken_the_own_one_first_the_municipality_last_and_never_a_buurt(
    town: Town,
) -> None:
    areas = offered(page(town), "gebied_code")
    (first, *_, last) = areas.items()
    assert (first, last) == (("WK990101", "Centrum"), ("GM9901", "Heel Voorbeeldstad"))
    assert len(areas) == 9
    assert all(code.startswith(("WK", "GM")) for code in areas)


def test_areas_have_the_names_that_were_delivered(demonstration: Demonstration) -> None:
    areas = offered(page(demonstration.town), "gebied_code")
    assert (areas["WK990101"], areas["WK990106"]) == ("Oude Stad", "Parkrand")
    assert len(areas) == 9


def test_the_script_knows_the_columns_of_the_contract_in_their_order(town: Town) -> None:
    told, contract = data(page(town)), town.contracts["verhalen_signalen"]
    assert [each["header"] for each in told["columns"]] == [c.header for c in contract.columns]
    assert [each["max"] for each in told["columns"]] == [c.max_length for c in contract.columns]
    assert (told["municipality"], told["partner"], told["code"]) == ("GM9901", "initiatief", "L10")


def test_a_question_that_must_be_answered_says_so_in_words(town: Town) -> None:
    for column in data(page(town))["columns"]:
        own = column["name"] in {"verhaal_id", "partner_id"}
        assert bool(column["empty"]) is (column["required"] and not own), column["name"]


def test_every_column_is_asked_or_filled_in_by_the_form(town: Town) -> None:
    markup = page(town)
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', markup)) - {"zeker"}
    columns = {column.name for column in town.contracts["verhalen_signalen"].columns}
    assert columns - asked == {"verhaal_id", "partner_id"}
    assert asked <= columns


def test_it_may_run_its_own_script_and_nothing_else(town: Town) -> None:
    markup = page(town)
    (style,) = re.findall(r"<style>(.*?)</style>", markup, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", markup, re.DOTALL)

    def hashed(content: str) -> str:
        return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', markup)
    assert html.unescape(policy) == (
        f"default-src 'none'; script-src 'sha256-{hashed(script)}'; "
        f"style-src 'sha256-{hashed(style)}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?:|\son\w+=|\sstyle=|<link|<img|<iframe", markup)


@pytest.mark.parametrize(
    "way", ["fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "sessionStorage",
            "indexedDB", "cookie", "innerHTML", "insertAdjacentHTML", "document.write", "eval"]
)  # fmt: skip
def test_the_script_stores_nothing_sends_nothing_and_makes_no_markup_of_text(way: str) -> None:
    assert way not in SCRIPT


def test_what_a_name_holds_is_text_and_never_markup(town: Town) -> None:
    odd = '</script><script>alert("x")</script>'
    partner = town.agreement.partners["initiatief"].model_copy(update={"name": odd})
    others = {**town.agreement.partners, "initiatief": partner}
    goals = dict(town.agreement.goals)
    goals["meedoen"] = goals["meedoen"].model_copy(update={"name": odd})
    agreement = town.agreement.model_copy(update={"partners": others, "goals": goals})
    assert "<script>alert" not in page(replace(town, agreement=agreement))


def test_two_forms_are_equal(town: Town) -> None:
    assert page(town) == page(town)


def test_a_form_is_for_a_partner_with_whom_stories_were_agreed(town: Town) -> None:
    for partner, said in (("niemand", "kennen wij niet"), ("cbs", "niet met cbs afgesproken")):
        with pytest.raises(UsageError, match=said):
            page(town, partner)


@pytest.mark.parametrize(("words", "refused"), [(StoryForm.words, 0), (StoryForm.words + 1, 1)])
def test_the_number_of_words_is_that_of_the_rule(words: int, refused: int, tmp_path: Path) -> None:
    contract = replace(standard()["verhalen_signalen"], references=(), refuse_above=1.0)
    (rule,) = (rule for rule in contract.rules if rule.code == "V450")
    header = ";".join(column.header for column in contract.columns)
    row = f"1;03-09-2026;verhaal;inwoner;Titel;{'a ' * words};;m;WK990101;;;nee;;;nee"
    path = write(tmp_path, f"{header}\n{row}\n")
    with bench(path) as con:
        verdict = judged(path, con, replace(contract, rules=(rule,)))
    assert [found.code for found in verdict.findings if found.column == "tekst"] == [
        "V450"
    ] * refused


def test_the_command_writes_the_form(praatplaat: Command, tmp_path: Path) -> None:
    path = tmp_path / "verhalen.html"
    told = praatplaat("form", "--partner", "initiatief", "--out", path, "--home", tmp_path)
    assert (told.code, told.out) == (0, f"{path}\n")
    assert data(path.read_text(encoding="utf-8"))["partner"] == "initiatief"
    assert praatplaat("form", "--partner", "cbs", "--out", path).code == 2

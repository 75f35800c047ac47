"""The answer to a partner says it in one sentence, groups what repeats, and shows no value."""

import base64
import csv
import datetime
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import intake
import pytest
from intake import VISITS, judged, visits, write

from reports import feedback
from reports.feedback import Answer
from sources.verdict import Finding, Level, Outcome, Records, Verdict

ROW = Finding(
    "V403", Level.REFUSE_ROW, "De datum in `datum` bestaat niet.", "Verbeter.", 7, "datum"
)


def answer(verdict: Verdict) -> Answer:
    return Answer(
        partner="Welzijn <Noord> & Zuid",
        contract=VISITS,
        period="2026K3",
        number=2,
        file_name="GM9901_welzijn_L99_2026K3_v2.csv",
        received_on=datetime.date(2026, 10, 14),
        verdict=verdict,
    )


def page(verdict: Verdict) -> str:
    return feedback.page(answer(verdict)).decode()


class Text(HTMLParser):
    """The words of a page as a reader sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside != "style":
            self.words.append(data)


def text(html: str) -> str:
    reader = Text()
    reader.feed(html)
    return re.sub(r"\s+", " ", "".join(reader.words))


RECORDS = Records(physical=105, header=1, blank=2, excluded=1, accepted=98, quarantined=3)
OUTCOMES = [
    (Outcome.ACCEPTED, "Uw levering is goed"),
    (Outcome.ACCEPTED_WITH_REFUSALS, "Uw levering is overgenomen, op 3 van de 101 rijen na"),
    (Outcome.ON_HOLD, "Uw levering wacht op een antwoord"),
    (Outcome.REFUSED, "Uw levering is niet overgenomen"),
    (Outcome.ALREADY_RECEIVED, "Dit bestand kregen wij al"),
]


@pytest.mark.parametrize(("outcome", "sentence"), OUTCOMES)
def test_the_first_thing_to_read_is_what_became_of_it(outcome: Outcome, sentence: str) -> None:
    html = page(Verdict(outcome, RECORDS))

    assert f"<h1>{sentence}</h1>" in html
    assert outcome.value in text(html)


def test_every_outcome_has_its_words() -> None:
    assert {outcome for outcome, _ in OUTCOMES} == set(Outcome)


def test_what_repeats_is_told_once_with_its_rows() -> None:
    findings = tuple(replace(ROW, row=row) for row in range(12, 1216))

    html = text(page(Verdict(Outcome.REFUSED, Records(), findings)))

    assert html.count("De datum in datum bestaat niet.") == 1
    assert "1.204 keer, rijen 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 …, kolom datum" in html


def test_what_stops_the_file_comes_before_what_stops_a_row_and_a_note_comes_last() -> None:
    levels = (Level.NOTE, Level.REFUSE_ROW, Level.WARNING, Level.REFUSE_FILE)
    found = tuple(Finding("V401", each, f"Dit is {each.value}.", "Doe iets.") for each in levels)

    html = text(page(Verdict(Outcome.REFUSED, Records(), found)))

    places = [html.index(f"Dit is {level.value}.") for level in Level]
    assert places == sorted(places)


def test_the_account_of_records_adds_up_on_the_page() -> None:
    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS))

    parts = [int(number) for number in re.findall(r'scope="row">[^<]+</th><td>(\d+)</td>', html)]
    assert parts == [1, 2, 1, 98, 3, 105]
    assert sum(parts[:-1]) == parts[-1]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (ROW,)))
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html.replace("&#39;", "'")
    assert not re.search(r"<script|https?:|url\(|\son\w+=", html)
    assert "{{" not in html and "{%" not in html


def test_what_a_partner_wrote_is_text_and_never_markup() -> None:
    odd = replace(ROW, message="Kolom `<b>x</b>` & co.", column="<script>")

    html = page(Verdict(Outcome.REFUSED, Records(), (odd,)))

    assert "<script>" not in html and "<b>x</b>" not in html
    assert "Welzijn &lt;Noord&gt; &amp; Zuid" in html
    assert "Kolom <x & co." not in html and "Kolom <b>x</b> & co." in text(html)


def test_every_finding_stands_in_the_table_safe_for_a_spreadsheet() -> None:
    odd = replace(ROW, column="=cmd()", message="-1 is te laag; echt", row=None, sheet="@blad")

    content = feedback.table(answer(Verdict(Outcome.REFUSED, Records(), (ROW, odd))))

    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines == [
        ["delivery", "row", "sheet", "column", "code", "level", "message", "how_to_mend"],
        ["bezoeken 2026K3 v2", "7", "", "datum", "V403", "UITVAL", ROW.message, "Verbeter."],
        [
            *("bezoeken 2026K3 v2", "", "'@blad", "'=cmd()", "V403", "UITVAL"),
            *("'-1 is te laag; echt", "Verbeter."),
        ],
    ]


def test_a_program_can_read_the_same() -> None:
    told = json.loads(feedback.data(answer(Verdict(Outcome.ON_HOLD, RECORDS, (ROW,)))))

    assert told["outcome"] == "IN WACHT"
    assert Records(**told["records"]) == RECORDS
    assert told["findings"] == [
        {
            **{"delivery": "bezoeken 2026K3 v2", "row": 7, "sheet": None, "column": "datum"},
            **{"code": "V403", "level": "UITVAL", "message": ROW.message},
            "how_to_mend": "Verbeter.",
        }
    ]


def test_no_value_of_the_file_is_in_the_answer_and_two_answers_are_equal(tmp_path: Path) -> None:
    line = "xyzzy1;xyzzy2;xyzzy3;xyzzy4;xyzzy5"
    with intake.bench(tmp_path) as con:
        verdict = judged(write(tmp_path, visits(30, line, line, "xyzzy")), con)

    first, second = (dict(feedback.render(answer(verdict))) for _ in range(2))

    assert first == second
    assert set(first) == {"terugkoppeling.html", "bevindingen.csv", "bevindingen.json"}
    assert len(verdict.findings) > 3
    assert b"xyzzy" not in b"".join(first.values())

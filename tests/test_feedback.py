"""The answer to a partner says it in one sentence, groups what repeats, and shows no value."""

import base64
import csv
import datetime
import hashlib
import io
import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import intake
import pytest
from intake import VISITS, judged, visits, write
from openpyxl import Workbook, load_workbook

from reports import feedback
from reports.feedback import Answer, RefusedRow
from reports.feedback.shapes import Shown
from reports.words.catalogue import sentences
from sources.contracts.model import Column, FieldType, Rule
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


def page(verdict: Verdict, **other: Any) -> str:
    return feedback.feedback_page(replace(answer(verdict), **other)).decode()


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

    assert html.count("De datum in datum bestaat niet.") == 2  # what to mend first, and its rows
    assert "1.204 keer, rijen 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 …, kolom datum" in html
    assert "hele kolom" not in html


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
    assert not re.search(r"<script|https?:|url\(|\son\w+=|\sstyle=", html)
    assert "{{" not in html and "{%" not in html


def test_what_a_partner_wrote_is_text_and_never_markup() -> None:
    odd = replace(ROW, message="Kolom `<b>x</b>` & co.", column="<script>")

    html = page(Verdict(Outcome.REFUSED, Records(), (odd,)))

    assert "<script>" not in html and "<b>x</b>" not in html
    assert "Welzijn &lt;Noord&gt; &amp; Zuid" in html
    assert "Kolom <x & co." not in html and "Kolom <b>x</b> & co." in text(html)


def test_every_finding_stands_in_the_table_safe_for_a_spreadsheet() -> None:
    odd = replace(ROW, column="=cmd()", message="-1 is te laag; echt", row=None, sheet="@blad")

    content = feedback.findings_csv(answer(Verdict(Outcome.REFUSED, Records(), (ROW, odd))))

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
    told = json.loads(feedback.findings_json(answer(Verdict(Outcome.ON_HOLD, RECORDS, (ROW,)))))

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
    assert set(first) == {
        *("terugkoppeling.html", "bevindingen.csv", "bevindingen.json"),
        "uitval.xlsx",  # without cells: nothing was given of the refused rows
    }
    assert len(verdict.findings) > 3
    assert b"xyzzy" not in b"".join(first.values())


UNREADABLE = replace(ROW, code="V402", message="In `datum` staat geen datum.", row=None)
TWO_DATES = replace(
    VISITS, rules=(Rule("X560", Level.REFUSE_ROW, "datum < einde", "Te vroeg.", "Kijk."),)
)


def order(html: str, *codes: str) -> list[str]:
    """Return these codes in the order in which their groups stand on the page."""
    return sorted(codes, key=lambda code: html.index(f'<span class="code">{code}</span>'))


def test_a_rule_that_fails_on_what_could_not_be_read_stands_below_its_cause() -> None:
    dates = [replace(UNREADABLE, row=row) for row in range(10, 14)]
    rule = Finding("X560", Level.REFUSE_ROW, "Te vroeg.", "Kijk.", None, "datum")
    rules = [replace(rule, row=row) for row in (*range(12, 14), *range(50, 60))]
    other = replace(ROW, code="V413", message="De code in `kanaal` is fout.", column="kanaal")
    seldom = [replace(other, row=row) for row in range(70, 73)]
    found = (*rules, *dates, *seldom)

    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, found), contract=TWO_DATES)

    assert order(html, "X560", "V402", "V413") == ["V402", "X560", "V413"]
    assert "Komt 2 keer van de 12 door V402: In datum staat geen datum." in text(html)


def test_without_a_shared_row_or_column_nothing_is_called_a_cause() -> None:
    rule = Finding("X560", Level.REFUSE_ROW, "Te vroeg.", "Kijk.", 5, "datum")
    elsewhere = replace(UNREADABLE, row=6)
    other_column = replace(ROW, code="V413", column="kanaal", row=5)
    found = (rule, elsewhere, other_column)

    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, found), contract=TWO_DATES)

    assert "Komt" not in text(html)


def test_a_wrong_delimiter_comes_before_all_the_columns_that_then_seem_to_be_missing() -> None:
    missing = [
        Finding(
            "K201",
            Level.REFUSE_FILE,
            f"De kolom `k{n}` ontbreekt.",
            f"Voeg de kolom `k{n}` toe.",
            column=f"k{n}",
        )
        for n in range(4_000)
    ]
    wrong = Finding("B111", Level.REFUSE_FILE, "Er staan komma's.", "Bewaar als .xlsx.", row=1)

    html = page(Verdict(Outcome.REFUSED, Records(), (*missing, wrong)))

    assert order(html, "K201", "B111") == ["B111", "K201"]
    assert html.count('<span class="code">K201</span>') == 1
    assert "Los dit op: Er staan komma" in text(html)
    assert "Komt waarschijnlijk door B111" in text(html)
    assert "4.000 keer" in text(html) and "k0, k1," in text(html)
    assert len(html) < 60_000


def test_of_a_cause_of_a_cause_every_part_stays_on_the_page() -> None:
    column = Finding("K201", Level.REFUSE_FILE, "`nr` ontbreekt.", "Voeg toe.", column="nr")
    header = Finding("K206", Level.REFUSE_FILE, "Geen kolomnamen.", "Zet ze erboven.")
    wrong = Finding("B111", Level.REFUSE_FILE, "Er staan komma's.", "Bewaar als .xlsx.")
    said = Finding("B134", Level.REFUSE_FILE, "Het voorblad zegt iets anders.", "Kijk.")

    html = page(Verdict(Outcome.REFUSED, Records(), (said, header, column, wrong)))

    assert order(html, "B111", "B134", "K201", "K206") == ["B111", "K206", "K201", "B134"]
    assert text(html).count("door B134") == 0


def test_a_row_broken_off_by_a_loose_quote_stands_below_that_quote() -> None:
    quote = Finding("R303", Level.REFUSE_ROW, "Een los aanhalingsteken.", "Haal het weg.", 7)
    few = [Finding("R302", Level.REFUSE_ROW, "Te weinig velden.", "Vul aan.", n) for n in (8, 30)]

    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (*few, quote)))

    assert order(html, "R302", "R303") == ["R303", "R302"]
    assert "Komt 1 keer van de 2 door R303" in text(html)


def test_too_many_refused_rows_is_a_consequence_and_says_of_what() -> None:
    limit = Finding("R310", Level.REFUSE_FILE, "40 van de 100 rijen vallen uit.", "Verbeter.")
    rows = [replace(ROW, row=row) for row in range(2, 42)]
    records = Records(physical=101, header=1, quarantined=100)

    html = text(page(Verdict(Outcome.REFUSED, records, (limit, *rows))))

    assert "Komt door V403" in html
    assert "Los dit op: De datum in datum bestaat niet." in html


def test_a_column_that_was_read_as_empty_explains_that_it_is_empty() -> None:
    empty = Finding("P603", Level.WARNING, "`kanaal` is nu leeg.", "Klopt dat?", column="kanaal")
    lacking = Finding("K202", Level.NOTE, "De kolom `kanaal` ontbreekt.", "…", column="kanaal")

    html = text(page(Verdict(Outcome.ON_HOLD, RECORDS, (empty, lacking))))

    assert "Komt waarschijnlijk door K202: De kolom kanaal ontbreekt." in html


def test_what_goes_with_something_else_is_not_one_more_thing_to_mend() -> None:
    other = replace(ROW, code="V404", message="Het getal in `aantal` is niet te lezen.", row=9)

    assert "Loop daarna" not in text(page(Verdict(Outcome.REFUSED, Records(), (ROW,))))
    assert "Loop daarna" in text(page(Verdict(Outcome.REFUSED, Records(), (ROW, other))))


def test_a_good_delivery_with_something_odd_is_not_called_done() -> None:
    odd = Finding("B148", Level.WARNING, "Het totaal klopt niet.", "Kijk na.", 9)

    html = text(page(Verdict(Outcome.ACCEPTED, RECORDS, (odd,))))

    assert "Kijk na: Het totaal klopt niet. Lees hoe bij B148." in html
    assert "U hoeft niets te verbeteren" not in html


def test_what_comes_back_too_often_to_list_still_counts() -> None:
    rows = [replace(ROW, row=row) for row in range(2, 12)]
    more = replace(ROW, row=None, message=f"{ROW.message} Dit komt nog 90 keer meer voor.")

    html = text(page(Verdict(Outcome.REFUSED, Records(), (*rows, more))))

    assert "100 keer, rijen 2, 3" in html
    assert html.count("De datum in datum bestaat niet.") == 2  # what to mend first, and its rows


def test_the_page_says_how_to_mend_it_in_excel_with_an_example_and_what_may_stand_there() -> None:
    code = replace(ROW, code="V413", column="kanaal", message="De code in `kanaal` is fout.")

    html = text(page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (code, ROW))))

    parts = ("Kies Gegevens, Filter.", "Zo niet", "31-02-2026", "Zo wel", "28-02-2026", "Waarom:")
    assert [part for part in parts if part not in html] == []
    assert "telefoonPer telefoon" in html and "balei" not in html


def test_what_goes_wrong_in_two_columns_is_explained_once() -> None:
    other = replace(ROW, column="nr", message="De datum in `nr` bestaat niet.", row=9)

    html = page(Verdict(Outcome.REFUSED, Records(), (ROW, other)))

    assert html.count("Wij kunnen niet raden welke dag u bedoelt.") == 1
    assert re.search(r'<a href="#(V403-datum-7)">hierboven bij kolom datum</a>', html)
    assert 'id="V403-datum-7"' in html


def test_a_rule_of_the_contract_is_explained_in_its_own_words() -> None:
    rule = Finding("X550", Level.REFUSE_ROW, "Te druk.", "Tel na.", 4, "aantal")
    told = replace(VISITS.rules[0], why="Dan klopt het gemiddelde niet.", wrong="900", right="9")

    html = text(
        page(
            Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (rule,)),
            contract=replace(VISITS, rules=(told,)),
        )
    )

    assert "Dan klopt het gemiddelde niet." in html and "900" in html
    assert html.count("Tel na.") == 1


def test_a_screen_reader_finds_language_headings_and_the_heads_of_every_table() -> None:
    code = replace(ROW, code="V413", column="kanaal", message="De code in `kanaal` is fout.")
    html = page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (code, ROW)))

    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert '<html lang="nl">' in html
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    assert len(tables) == 2
    assert all("<caption" in table and 'scope="col"' in table for table in tables)
    assert all(
        "<th scope=" in row for table in tables for row in re.findall(r"<tr>.*?</tr>", table)
    )
    assert len(set(re.findall(r'\sid="([^"]+)"', html))) == html.count(' id="')
    assert {link for link in re.findall(r'href="#([^"]+)"', html)} <= set(
        re.findall(r'\sid="([^"]+)"', html)
    )


STEPS = [
    ("refused", Outcome.REFUSED, "Noem het GM9901_welzijn_L99_2026K3_v3.csv"),
    ("partly refused", Outcome.ACCEPTED_WITH_REFUSALS, "met alle rijen"),
    ("waiting", Outcome.ON_HOLD, "Klopt het? Zeg dat tegen Team gegevens"),
    ("good", Outcome.ACCEPTED, "Kijk in spiegelrapport.html"),
]


@pytest.mark.parametrize(("state", "outcome", "said"), STEPS, ids=[state for state, *_ in STEPS])
def test_the_page_says_what_to_do_now(state: str, outcome: Outcome, said: str) -> None:
    html = text(page(Verdict(outcome, RECORDS, (ROW,)), contact="Team gegevens"))

    assert said in html
    assert "Vraag het aan: Team gegevens. Noem daarbij: bezoeken 2026K3 v2." in html


def test_the_page_says_why_one_may_go_on_with_errors_and_where_that_ends() -> None:
    html = text(page(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, (ROW,))))

    assert "Een foute rij houdt de goede niet tegen." in html
    assert re.search(r"Pas boven 20.% nemen wij niets over. Nu gaat het om 3.% van uw rijen", html)


def test_of_data_that_we_may_not_have_the_page_says_that_nothing_was_kept() -> None:
    name = Finding("S901", Level.REFUSE_FILE, "De kolom `naam` mag niet.", "Haal hem weg.")

    html = text(page(Verdict(Outcome.REFUSED, Records(), (name,))))

    assert "gegevens die wij niet mogen hebben" in html
    assert "Wij hebben het niet bewaard." in html and "op slot" not in html


def test_a_delivery_that_was_taken_back_is_not_called_good() -> None:
    taken = Finding("B175", Level.NOTE, "Ingetrokken op 1-11-2026.", "Stuur een ander.")

    html = text(page(Verdict(Outcome.ACCEPTED, RECORDS, (taken,))))

    assert "Uw levering is ingetrokken" in html and "is goed" not in html


def test_every_sentence_of_the_page_is_short() -> None:
    answers = [Verdict(outcome, RECORDS, (ROW,)) for outcome in Outcome]

    told = {sentence for one in answers for sentence in sentences(" ".join(lines(page(one))))}

    assert [s for s in told if len(s.split()) > 15] == []


def lines(html: str) -> list[str]:
    """Return the running text of a page: what stands in paragraphs, answers and steps."""
    found = re.findall(r"<(?:p|dd|li)(?: class=\"[a-z]+\")?>([^<]+)</(?:p|dd|li)>", html)
    return [line for line in found if line.endswith(".")]


REFUSED = [
    RefusedRow(5, ("V413",), ("N4", "14-08-2026", "balei", "-3", "WK990101")),
    RefusedRow(7, ("V403",), ("N6", "31-02-2026", "999900006", "0012", None)),
]
PEOPLE = replace(
    VISITS,
    columns=tuple(replace(c, personal=c.name == "gebied") for c in VISITS.columns),
)


def workbook(*found: Finding, rows: Sequence[RefusedRow] = ()) -> Workbook:
    """Return `uitval.xlsx` as a partner opens it."""
    made = replace(
        answer(Verdict(Outcome.ACCEPTED_WITH_REFUSALS, RECORDS, found)),
        contract=PEOPLE,
        refused=lambda: iter(rows),
    )
    content = feedback.refused_workbook(made)
    assert content is not None
    assert content == feedback.refused_workbook(made), "the same answer gives the same bytes"
    return load_workbook(io.BytesIO(content))


def test_the_refused_rows_come_back_as_they_were_without_what_says_of_whom_they_are() -> None:
    code = replace(ROW, code="V413", row=5, column="kanaal", message="Foute code.")
    quote = Finding("R303", Level.REFUSE_ROW, "Los aanhalingsteken.", "Haal het weg.", 6)

    book = workbook(code, quote, ROW, rows=REFUSED)

    unsplit = "Los aanhalingsteken. Deze rij konden wij niet in cellen verdelen. "
    assert [[cell.value for cell in row] for row in book["Uitval"].rows] == [
        ["Rij in uw bestand", "Code", "Wat er mis is", "nr", "datum", "kanaal", "aantal"],
        [5, "V413", "Foute code.", "N4", "14-08-2026", "balei", -3],
        [6, "R303", f"{unsplit}Kijk in uw eigen bestand.", None, None, None, None],
        [
            7,
            "V403",
            "De datum in 'datum' bestaat niet.",
            "N6",
            "31-02-2026",
            "(niet getoond)",
            "0012",
        ],
    ]


def test_a_date_is_shown_though_its_digits_could_be_a_bsn_and_a_bsn_among_dates_is_not() -> None:
    dates = ("22-06-2026", "2-6-2026", "999900006", "99.99.00006")
    rows = [
        RefusedRow(row, ("V403",), (None, date, None, None, None)) for row, date in enumerate(dates)
    ]

    sheet = workbook(rows=rows)["Uitval"]

    shown = [row[4].value for row in list(sheet.rows)[1:]]
    assert shown == ["22-06-2026", "2-6-2026", "(niet getoond)", "(niet getoond)"]


def test_words_that_shifted_into_a_number_or_a_date_are_not_shown() -> None:
    cells = [("2 juli", "12x"), ("Jansen zegt", "12"), ("3 juli", "Jansen, 3")]
    rows = [
        RefusedRow(row, ("V402",), (None, date, None, number, None))
        for row, (date, number) in enumerate(cells)
    ]

    sheet = workbook(rows=rows)["Uitval"]

    shown = [(row[4].value, row[6].value) for row in list(sheet.rows)[1:]]
    hidden = "(niet getoond)"
    assert shown == [("2 juli", "12x"), (hidden, 12), ("3 juli", hidden)]


SHAPES = [
    ("an identifier", {"example": "W01"}, ["W02", "x9"], ["Jansen", "Jansen 3", "W 02"]),
    ("a name of one word", {"example": "meedoen"}, ["meedon", "3"], ["Jan Jansen", "Jansen, 1"]),
    ("a text in words", {"example": "Koffie in de buurt"}, ["Jan Jansen"], ["x 999900006"]),
    ("a text of any kind", {}, ["Jan Jansen"], ["jan@voorbeeld.nl"]),
    ("a list", {"codes": {"balie": "Bij de balie"}}, ["balei", "bij de bali", "7"], ["Jansen"]),
    ("a form", {"pattern": "^[0-9]{8}$"}, ["99990001", "9999"], ["Jansen"]),
    ("a word for empty", {"pattern": "^[0-9]{8}$"}, ["onbekend", "N.v.t."], ["weet niet"]),
    ("yes or no", {"type": FieldType.BOOLEAN}, ["ja", "Onwaar", "x"], ["Jansen"]),
    ("an area", {"type": FieldType.AREA}, ["WK9901", "bu99010101"], ["Jansen"]),
    ("a period", {"type": FieldType.PERIOD}, ["2026K9", "K3-2026"], ["Jansen 2026"]),
    ("a postcode", {"type": FieldType.PC6}, ["9901", "9901 S"], ["Jansen"]),
    ("a date", {"type": FieldType.DATE}, ["31 juni 2026", "46000"], ["Jansen", "3 Jansen"]),
]


@pytest.mark.parametrize(
    ("facts", "shown", "hidden"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES]
)
def test_a_cell_is_shown_in_the_shape_of_its_column(
    facts: dict[str, Any], shown: list[str], hidden: list[str]
) -> None:
    column = Column("k", "k", **{"type": FieldType.TEXT, "description": "", **facts})
    shapes = Shown(replace(VISITS, columns=(column,)))

    assert [text for text in shown if shapes.hides(0, column, text)] == []
    assert [text for text in hidden if not shapes.hides(0, column, text)] == []


def test_of_a_row_that_moved_a_column_on_no_cell_is_shown() -> None:
    moved = RefusedRow(5, ("V402",), ("N4", "Jan Jansen", "balie", "telefoon", "14-08-2026"))

    sheet = workbook(replace(ROW, row=5), rows=[moved])["Uitval"]

    (row,) = list(sheet.iter_rows(min_row=2, values_only=True))
    assert row[3:] == ("(niet getoond)",) * 4
    assert row[2].endswith("Daarom tonen wij ze niet.")


def test_a_comment_says_at_the_cell_what_is_wrong_with_it() -> None:
    sheet = workbook(ROW, rows=REFUSED)["Uitval"]

    noted = {
        cell.coordinate: cell.comment.text for row in sheet.rows for cell in row if cell.comment
    }
    assert noted == {"E3": "V403 De datum in 'datum' bestaat niet. Verbeter."}


def test_of_very_many_refused_rows_all_come_back_in_a_table_beside_the_workbook() -> None:
    rows = [replace(REFUSED[0], row=row) for row in range(2, 10_004)]
    made = replace(
        answer(Verdict(Outcome.REFUSED, RECORDS)),
        contract=PEOPLE,
        refused=lambda: iter(rows),
    )

    files = dict(feedback.render(made))

    book = load_workbook(io.BytesIO(files["uitval.xlsx"]), read_only=True)
    assert book["Uitval"].max_row == 1 + 10_000
    assert book["Uitleg"]["A1"].value == (
        "Hier staan de eerste 10.000 rijen. Alle rijen staan in uitval.csv."
    )
    header, *lines = files["uitval.csv"].decode("utf-8-sig").splitlines()
    assert header == "Rij in uw bestand;Code;Wat er mis is;nr;datum;kanaal;aantal"
    assert [int(line.split(";")[0]) for line in lines] == [row.row for row in rows]
    assert lines[0] == "2;V413;;N4;14-08-2026;balei;-3"
    assert "In uitval.csv staan de rijen zelf" in files["terugkoppeling.html"].decode()


def test_nothing_refused_gives_no_workbook() -> None:
    assert feedback.refused_workbook(answer(Verdict(Outcome.ACCEPTED, RECORDS))) is None

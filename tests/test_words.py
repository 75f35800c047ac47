"""The catalogues: complete in both languages, short sentences, and numbers as each writes them."""

import re
import string
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

import reports
from reports.words.catalogue import Words, sentences, words
from sources.agreement.model import Partner, PartnerAgreement, ProcessSheet
from sources.agreement.model.partners import Role
from sources.verdict import Outcome
from transforms.comparison import Comparison
from transforms.conversation import PointKind, QuestionKind
from transforms.series import DEFINITE
from transforms.standing import AGAINST

NL, EN = words("nl"), words("en")
MOST_WORDS = 15
CODE = "\n".join(
    file.read_text()
    for pattern in ("*.py", "*.j2")
    for file in sorted(Path(reports.__file__).parent.rglob(pattern))
    if file.parent.name not in {"nl", "en"}
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_sentences() -> None:
    assert NL.sentences.keys() == EN.sentences.keys()


@pytest.mark.parametrize("key", sorted(NL.sentences))
def test_a_sentence_has_the_same_gaps_in_both_languages(key: str) -> None:
    assert placeholders(NL.sentences[key]) == placeholders(EN.sentences[key])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_is_longer_than_fifteen_words(language: str) -> None:
    long = {
        key: one
        for key, text in words(language).sentences.items()
        for one in sentences(text)
        if len(one.split()) > MOST_WORDS
    }
    assert long == {}


@pytest.mark.parametrize("key", sorted(NL.sentences))
def test_every_sentence_is_used_somewhere(key: str) -> None:
    """Whole, or as the start of a key that code completes."""
    parts = key.split(".")
    starts = [".".join(parts[:n]) + "." for n in range(1, len(parts))]
    whole = f'"{key}"' in CODE
    counted = key.endswith((".one", ".more")) and f'"{key.rsplit(".", 1)[0]}"' in CODE
    completed = any(re.search(rf'"{re.escape(start)}(\{{|")', CODE) for start in starts)
    assert whole or counted or completed


@pytest.mark.parametrize(
    "key",
    [
        *(f"outcome.{outcome}" for outcome in Outcome),
        *(f"status.{status}" for status in ("protected", "not_delivered", "in_development")),
        *(f"remark.{word.name.lower()}" for word in Comparison),
        *(f"point.figure.{word.name.lower()}" for word in DEFINITE),
        *(f"against.{against}" for against in AGAINST),
        *(f"point.{k}" for k in PointKind if k not in {"figure", "nothing_known"}),
        *(f"question.{k}" for k in QuestionKind if k not in {"moved", "stands_out"}),
        *(f"question.{k}.{w}" for k in ("moved", "stands_out") for w in ("more", "less")),
        *(f"relation.{r}" for r in get_args(Partner.model_fields["relation"].annotation)),
        *(f"role.{r}" for r in get_args(Role)),
        *(f"agreed.{s}" for s in get_args(ProcessSheet.model_fields["status"].annotation)),
        *(f"agreement.{k}" for k in get_args(PartnerAgreement.model_fields["kind"].annotation)),
    ],
)
def test_every_value_of_the_shared_vocabulary_has_words(key: str) -> None:
    assert NL.sentences[key]


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (7480, None, "7.480", "7,480"),
        (1234567, None, "1.234.567", "1,234,567"),
        (12.5, None, "12,5", "12.5"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (1.005, 2, "1,01", "1.01"),
        (-3.2, None, "\u22123,2", "\u22123.2"),
        (-0.2, 0, "0", "0"),
        (0, None, "0", "0"),
        (123.456, None, "123", "123"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: float, decimals: int | None, dutch: str, english: str
) -> None:
    assert (NL.number(value, decimals), EN.number(value, decimals)) == (dutch, english)


@pytest.mark.parametrize(
    ("share", "dutch", "english"),
    [(0.84, "84\u00a0%", "84%"), (0.835, "84\u00a0%", "84%"), (1, "100\u00a0%", "100%")],
)
def test_a_share_is_a_percentage(share: float, dutch: str, english: str) -> None:
    assert (NL.share(share), EN.share(share)) == (dutch, english)


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        ("2026K3", "3e kwartaal 2026", "3rd quarter of 2026"),
        ("2025K4/2026K3", "okt. 2025 t/m sept. 2026", "Oct. 2025 to Sep. 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_is_told_in_words(period: str, dutch: str, english: str) -> None:
    assert (NL.period(period), EN.period(period)) == (dutch, english)


def test_a_date_is_told_in_full() -> None:
    told = NL.day(date(2026, 3, 1)), EN.day(date(2026, 3, 1)), NL.month(date(2026, 3, 1))
    assert told == ("1 maart 2026", "1 March 2026", "maart 2026")


@pytest.mark.parametrize(
    ("parts", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_parts_are_listed_with_one_en(parts: list[str], told: str) -> None:
    assert NL.listed(parts) == told


def test_one_is_told_otherwise_than_more() -> None:
    told = [NL.one_or_more("sheets.district", count) for count in (1, 8, 1200)]
    assert told == ["1 wijk", "8 wijken", "1.200 wijken"]


def test_a_word_that_is_missing_is_our_bug() -> None:
    with pytest.raises(KeyError):
        Words("nl", {}, (), (), ".", ",", "{}")("no.such.key")

"""What inhabitants say (L09), one row per answer.

Two questionnaires: the cliëntervaringsonderzoek (CEO) that the gemeente holds each first quarter
among people with Wmo support, and the short form at activities of welzijn and bibliotheek.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker.areas import DISTRICTS
from sources.example.maker.chance import stream
from sources.example.maker.quarters import Quarter

FORMS: Final = ("welzijn", "bibliotheek")

_WIJKEN = np.array(list(DISTRICTS))
_NUMBER = {code: position for position, code in enumerate(DISTRICTS)}
_MOLENWIJK, _WATERKWARTIER = _NUMBER["WK990103"], _NUMBER["WK990102"]
_ZONNEVELD = _NUMBER["WK990105"]

# The sample: 317 in each wijk, and in the small Buitendorpen nearly everyone with Wmo support.
_ASKED = np.array([318, 317, 317, 317, 317, 317, 317, 180])
_RESPONSE = np.array([0.36, 0.38, 0.34, 0.44, 0.35, 0.42, 0.33, 0.45])
_SAMPLE_AT = 60_000  # inhabitants for which these numbers are drawn up

_AGREE = ["helemaal_eens", "eens"]
_OTHER = ["neutraal", "oneens", "helemaal_oneens"]
_NO_OPINION = 0.035
_SKIPPED = 0.02
_KNOWS_ADVISER = 0.39  # CEO-5

# Per quarter at 60,000 inhabitants: answers at activities, and how many people were asked.
_FORM_ANSWERS = {"welzijn": 780, "bibliotheek": 270}
_FORM_ASKED = {"welzijn": 1650, "bibliotheek": 520}
_FORM_NOT_APPLICABLE = 0.09


def _knew_where(year: int) -> npt.NDArray[np.float64]:
    """CEO-1: new inhabitants of Zonneveld know least where to go."""
    share = np.array([0.80, 0.79, 0.76, 0.84, 0.64, 0.82, 0.74, 0.83])
    return share + 0.01 * (year - 2025)


def _helped_fast(year: int) -> npt.NDArray[np.float64]:
    """CEO-2: in Molenwijk it falls after the sick leave of 2025; in the city it rises a little."""
    share = np.array([0.74, 0.75, 0.73, 0.77, 0.72, 0.78, 0.71, 0.76]) + 0.02 * (year - 2025)
    if year >= 2026:
        share[_MOLENWIJK] = 0.50
    return share


def _copes_better(year: int) -> npt.NDArray[np.float64]:
    """CEO-9: where help comes late, fewer say that they cope better by it."""
    share = np.array([0.77, 0.78, 0.75, 0.80, 0.76, 0.81, 0.73, 0.79])
    if year >= 2026:
        share[_MOLENWIJK] = 0.69
    return share


def survey(year: int, *, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return the rows of L09 of the CEO held in the first quarter of a year."""
    chance = stream(seed, "ceo", year)
    asked = np.maximum(np.round(_ASKED * inhabitants / _SAMPLE_AT).astype(np.int64), 1)
    people = _people(chance.binomial(asked, _RESPONSE), chance)
    wijk = people["position"].to_numpy()
    start = np.datetime64(f"{year}-01-12", "D")
    people = people.with_columns(
        meting_id=pl.lit(f"CEO-{year}"),
        vragenlijst_versie=pl.lit("2025-1"),
        doelgroep=pl.lit("wmo"),
        partner_id=pl.lit(None, dtype=pl.String),
        datum=pl.Series(start + chance.integers(0, 47, people.height)),
        wijze=chance.choice(["post", "online", "telefoon"], people.height, p=[0.55, 0.4, 0.05]),
        uitgezet=int(asked.sum()),
    )
    answers = {
        "CEO-1": _statement(_knew_where(year)[wijk], chance),
        "CEO-2": _statement(_helped_fast(year)[wijk], chance),
        "CEO-5": _yes_or_no(np.full(len(wijk), _KNOWS_ADVISER), "geen_mening", 0.03, chance),
        "CEO-9": _statement(_copes_better(year)[wijk], chance),
    }
    return _long(people, answers, chance)


def form(partner: str, quarter: Quarter, *, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return the rows of L09 of the short form at a partner's activities in a quarter."""
    chance = stream(seed, "formulier", partner, quarter)
    scale = inhabitants / _SAMPLE_AT
    summer = 0.8 if quarter.number == 3 else 1.0
    expected = np.array([1.1, 1.05, 1.15, 1.25, 0.9, 0.85, 1.0, 0.7]) / 8
    counts = chance.poisson(expected * _FORM_ANSWERS[partner] * scale * summer)
    people = _people(counts, chance)
    people = people.with_columns(
        meting_id=pl.lit(f"ACT-{partner}-{quarter}"),
        vragenlijst_versie=pl.lit("1"),
        doelgroep=pl.lit("activiteit"),
        partner_id=pl.lit(partner),
        datum=pl.Series(
            np.datetime64(quarter.first, "D") + chance.integers(0, quarter.days, people.height)
        ),
        wijze=chance.choice(["gesprek", "online", "post"], people.height, p=[0.6, 0.35, 0.05]),
        uitgezet=max(round(_FORM_ASKED[partner] * scale * summer), people.height),
    )
    belongs = _belongs_more(partner, quarter)[people["position"].to_numpy()]
    answers = {"ACT-1": _yes_or_no(belongs, "nvt", _FORM_NOT_APPLICABLE, chance)}
    return _long(people, answers, chance)


def _belongs_more(partner: str, quarter: Quarter) -> npt.NDArray[np.float64]:
    """ACT-1: in Waterkwartier it rises at welzijn once De Huiskamer is open (2025K2)."""
    share = np.array([0.58, 0.56, 0.60, 0.63, 0.55, 0.57, 0.59, 0.64])
    if partner == "bibliotheek":
        return share + 0.02
    open_for = quarter.since("2025K2")
    if open_for >= 0:
        share[_WATERKWARTIER] = min(0.64 + 0.025 * open_for, 0.76)
    return share


def _people(counts: npt.NDArray[np.int64], chance: np.random.Generator) -> pl.DataFrame:
    """Return one row per answering person, in mixed order; a few do not say where they live."""
    position = chance.permutation(np.repeat(np.arange(len(counts)), counts))
    silent = chance.random(len(position)) < 0.015
    numbers = pl.int_range(1, len(position) + 1, eager=True).cast(pl.String).str.zfill(6)
    return pl.DataFrame({"position": position}).with_columns(
        respondent_nr=pl.lit("R") + numbers,
        gebied_code=pl.when(pl.Series(silent)).then(None).otherwise(pl.Series(_WIJKEN[position])),
    )


def _statement(
    agrees: npt.NDArray[np.float64], chance: np.random.Generator
) -> npt.NDArray[np.str_]:
    """Answer a statement: agree with that chance, else neutral or against; some have no opinion."""
    count = len(agrees)
    answer = np.where(
        chance.random(count) < agrees,
        chance.choice(_AGREE, count, p=[0.34, 0.66]),
        chance.choice(_OTHER, count, p=[0.52, 0.34, 0.14]),
    )
    return np.where(chance.random(count) < _NO_OPINION, "geen_mening", answer)


def _yes_or_no(
    yes: npt.NDArray[np.float64], neither: str, share: float, chance: np.random.Generator
) -> npt.NDArray[np.str_]:
    """Answer yes with that chance, else no; a share answers neither."""
    answer = np.where(chance.random(len(yes)) < yes, "ja", "nee")
    return np.where(chance.random(len(yes)) < share, neither, answer)


def _long(
    people: pl.DataFrame, answers: dict[str, npt.NDArray[np.str_]], chance: np.random.Generator
) -> pl.DataFrame:
    """Write one row per answer; now and then a question is skipped."""
    parts = []
    for question, given in answers.items():
        kept = chance.random(people.height) >= _SKIPPED
        part = people.with_columns(vraag_id=pl.lit(question), antwoord_code=pl.Series(given))
        parts.append(part.filter(pl.Series(kept)))
    return (
        pl.concat(parts)
        .sort("respondent_nr", "vraag_id")
        .select(
            "meting_id",
            "vragenlijst_versie",
            "respondent_nr",
            "gebied_code",
            "doelgroep",
            "partner_id",
            "vraag_id",
            "antwoord_code",
            "datum",
            "wijze",
            pl.lit(None, dtype=pl.Float64).alias("gewicht"),
            "uitgezet",
        )
    )

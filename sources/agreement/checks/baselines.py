"""The nulmeting is frozen: counting it again makes a new, dated version, and the old one stays.

Source: Rotterdam keeps 2014 = 100; a baseline that is silently counted again is none.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.checks.periods import quarter
from sources.agreement.known import Known
from sources.agreement.model import Baseline
from sources.strict_yaml import Fault

_SETTLES = 2
"""A figure is provisional in the edition of its own quarter and in the next one, and then final."""

_Place = tuple[str | int, ...]


def faults(known: Known) -> Iterator[Fault]:
    """Yield baselines with a version that has no day, no reason or no past."""
    for file, place, one, version in _written(known):
        if one.version > 1 and not (one.fixed_on and one.note):
            what = f"Dit is versie {one.version} van de nulmeting, zonder dag of reden"
            to_do = "Vul `fixed_on` en `note` in."
            yield known.fault(file, *place, "version", what=what, to_do=to_do)
        versions = [former.version for former in one.earlier]
        if versions != list(range(1, one.version)):
            what = f"Van versie {one.version} zijn dit de vorige: {versions or 'geen'}"
            to_do = "Zet bij `earlier` elke vorige versie, de oudste voorop."
            yield known.fault(file, *place, "version", what=what, to_do=to_do)
        if one.definition > version:
            what = f"Versie {one.definition} van deze indicator bestaat niet"
            yield known.fault(file, *place, "definition", what=what, to_do=f"Kies 1 tot {version}.")


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the baselines that still follow the figure of their period.

    Those of which that figure is final by now each in a line of its own: they can be frozen.
    """
    alive = known.alive().items()
    loose = {key: one.baseline for key, one in alive if one.baseline and one.baseline.value is None}
    early = sorted(key for key, one in loose.items() if not _final(one, today))
    for key in sorted(loose.keys() - set(early)):
        what = "Deze nulmeting is alleen een periode, en het cijfer daarvan is definitief"
        to_do = f"`praatplaat explain {key}` zegt wat u invult bij `value`, of waarom dat niet kan."
        yield known.fault(f"indicators/{key}.yaml", "baseline", what=what, to_do=to_do)
    if early:
        what = f"De nulmeting staat nog niet vast bij {', '.join(early)}"
        to_do = "Vul `value` en `fixed_on` in zodra het cijfer definitief is."
        yield known.fault("indicators", what=what, to_do=to_do)


def _final(one: Baseline, today: date) -> bool:
    """Whether the quarter is over in whose edition the figure of a baseline is final."""
    last = quarter(one.period.rpartition("/")[2])
    return today.year * 4 + (today.month + 2) // 3 > last + _SETTLES


def _written(known: Known) -> Iterator[tuple[str, _Place, Baseline, int]]:
    """Yield every baseline: of an indicator, and of a partner's promise; with its place."""
    indicators = known.agreement.indicators
    for key, one in indicators.items():
        if one.baseline:
            yield f"indicators/{key}.yaml", ("baseline",), one.baseline, one.version
    for key, agreed in known.agreement.agreements.items():
        for number, sheet in enumerate(agreed.result_sheets):
            for name, promise in sheet.promises.items():
                if promise.baseline and name in indicators:
                    place = ("result_sheets", number, "promises", name, "baseline")
                    version = indicators[name].version
                    yield f"agreements/{key}.yaml", place, promise.baseline, version

"""The agreement with each partner: its term, its three parts, its history and its budget.

Source of the three parts: the resultaatovereenkomst of Rijssen-Holten (algemeen deel, resultaat- en
procesbladen, financieel deel). Of the budget: one indicator more and a whole field works for the
accountability; so more is possible, and asks for a reason (`motivation`).
"""

from collections.abc import Iterator
from itertools import pairwise

from sources.agreement.known import Known
from sources.agreement.model import PartnerAgreement
from sources.strict_yaml import Fault

_PARTS = {
    "result_sheets": "resultaatbladen",
    "process_sheets": "procesbladen",
    "finance": "financieel deel",
}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the frame of the agreement with each partner."""
    for key, one in known.agreement.agreements.items():
        yield from _partner(known, key, one)
        yield from _parts(known, key, one)
        yield from _history(known, key, one)
        yield from _budget(known, key, one)


def _partner(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    partners = known.agreement.partners
    if one.partner not in partners:
        name, among = one.partner, partners
        yield known.unknown(_file(key), "partner", name=name, among=among, kind="Partner")
    if one.end and one.end < one.begin:
        what = f"Deze overeenkomst eindigt ({one.end}) voordat zij begint ({one.begin})"
        yield known.fault(_file(key), "end", what=what, to_do="Kies een latere dag.")
    others = known.agreement.agreements.items()
    for other in [k for k, o in others if k < key and o.partner == one.partner and _meet(o, one)]:
        what = f"Met `{one.partner}` geldt in dezelfde tijd ook `{other}`"
        to_do = "Laat de ene eindigen voordat de andere begint."
        yield known.fault(_file(key), "begin", what=what, to_do=to_do)


def _meet(one: PartnerAgreement, other: PartnerAgreement) -> bool:
    one_first = other.end is None or one.begin <= other.end
    return one_first and (one.end is None or other.begin <= one.end)


def _parts(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    """A resultaatovereenkomst has all three parts; where nothing was agreed there is no part."""
    for name, dutch in _PARTS.items():
        there = bool(getattr(one, name))
        if one.kind == "resultaatovereenkomst" and not there and not one.motivation:
            what = f"Deze resultaatovereenkomst heeft geen {dutch}"
            to_do = f"Vul `{name}` in, of schrijf bij `motivation` waarom niet."
            yield known.fault(_file(key), name, what=what, to_do=to_do)
        if one.kind == "geen" and there:
            what = f"Er is niets afgesproken, en toch is er een deel `{name}`"
            yield known.fault(_file(key), name, what=what, to_do="Kies een andere `kind`.")


def _history(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    """The changelog tells of every version in its order, up to the present one."""
    if one.kind != "geen" and not one.history:
        what = "Niemand kan zien met wie dit is afgesproken: `history` is leeg"
        to_do = "Schrijf per versie de dag, de sessie en wie er aan tafel zat."
        yield known.fault(_file(key), "history", what=what, to_do=to_do)
        return
    versions = [session.version for session in one.history]
    if versions and (sorted(versions) != versions or versions[-1] != one.version):
        what = f"De geschiedenis telt versies {versions}, en dit is versie {one.version}"
        to_do = "Zet de oudste voorop, en eindig met deze versie."
        yield known.fault(_file(key), "history", what=what, to_do=to_do)
    for number, (before, after) in enumerate(pairwise(one.history), start=1):
        if after.date < before.date:
            what = f"{after.date} ligt voor de sessie die hierboven staat"
            to_do = "Zet de oudste sessie voorop."
            yield known.fault(_file(key), "history", number, "date", what=what, to_do=to_do)


def _budget(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    most = known.agreement.general.budgets.partner
    asked = {name for sheet in one.result_sheets for name in sheet.indicators}
    if len(asked) > most and not one.motivation:
        what = f"Van deze partner vraagt u {len(asked)} indicatoren, {most} is het meeste"
        to_do = "Schrap er een paar, of schrijf bij `motivation` waarom."
        yield known.fault(_file(key), "result_sheets", what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"

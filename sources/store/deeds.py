"""What the log tells of a delivery: nothing that its sender typed and that could name a person."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sources.manifest.said import NOTHING_SAID, as_json
from sources.store.deliveries import Delivery
from sources.store.log import Action, Deed
from sources.store.states import State
from sources.verdict import Finding, Level, Outcome

_AGREED_NAME = re.compile(r"GM\d{4}_\w+_v\d+\.[A-Za-z0-9]+")


def received(delivery: Delivery, outcome: Outcome, findings: Iterable[Finding]) -> Deed:
    """Tell of a delivery with the verdict of then; of a refused one the codes for which."""
    codes = sorted({f.code for f in findings if f.level is Level.REFUSE_FILE})
    return Deed(
        Action.RECEIVED,
        _named(delivery),
        " ".join([outcome.value, *codes]),
        {
            "delivery": delivery.id,
            "partner": delivery.partner,
            "contract": delivery.contract,
            "contract_version": delivery.contract_version,
            "period": delivery.period,
            "number": delivery.number,
            "sha256": delivery.sha256,
            "file": _file_name(delivery.file_name),
            "said": _said(delivery),
            "records": asdict(delivery.records),
            "codes": codes,
        },
    )


def answered(delivery: Delivery, to: State) -> Deed:
    """Tell what was said of a delivery that waited, or that it was taken back."""
    action = Action.WITHDRAWN if to is State.WITHDRAWN else Action.ANSWERED
    return Deed(action, _named(delivery), to.value, {"delivery": delivery.id, "to": to.value})


def _said(delivery: Delivery) -> list[dict[str, Any]]:
    """Return what the name or a file beside it said; of a refused one nothing, it may be anything.

    Of one that was accepted it agrees with what we know: a partner, a period, counts.
    """
    said = delivery.said[:1]
    if delivery.outcome is Outcome.REFUSED or said in ((), (NOTHING_SAID,)):
        return []
    told: list[dict[str, Any]] = json.loads(as_json(said))
    return told


def _named(delivery: Delivery) -> str:
    what = f"{delivery.partner}, {delivery.contract}, {delivery.period}, nr. {delivery.number}"
    return f"levering {delivery.id} ({what})"


def _file_name(name: str) -> str:
    """Return a name as agreed; of another one, which may hold anything, only how it ends."""
    if _AGREED_NAME.fullmatch(name):
        return name
    ending = name.rpartition(".")[2]
    return f"bestand.{ending}" if re.fullmatch(r"[A-Za-z0-9]{1,5}", ending) else "bestand"

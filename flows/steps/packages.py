"""The confidential half of an edition: one package for the municipality, and one per partner.

Each lies in a folder of its own, which only its owner opens; nothing links to it and it is never
served. What is in a package is decided here, by what is left out of the edition that it shows.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from flows.steps.press import Press
from reports.accessibility import Inspection
from reports.edition import MUNICIPALITY, Edition
from sources.agreement.model import Agreement, ForceField, Partner
from transforms import changes

INTERNAL = "intern"


def packages(
    public: Edition, internal: pl.DataFrame, *, press: Press | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield (path within the edition's folder, bytes) of every file of every package.

    `public`: the edition as the world sees it. `internal`: the figures of
    `transforms.disclosure.internal`.
    """
    press = press or Press()
    yield from _package(_whole(public, internal), press)
    for name, partner in sorted(public.agreement.partners.items()):
        if partner.kind == "partner":
            yield from _package(_of_partner(public, internal, name), press)


def _package(edition: Edition, press: Press) -> Iterator[tuple[str, bytes]]:
    folder = f"{INTERNAL}/{edition.audience}"
    look = Inspection()
    for path, content in look.through(press.render(edition, folder)):
        yield f"{folder}/{path}", content
    path, content = look.evidence(edition)
    yield f"{folder}/{path}", content


def _whole(public: Edition, internal: pl.DataFrame) -> Edition:
    """Return all figures, for those who steer: the internal ones."""
    return replace(public, figures=internal, changes=_none(), audience=MUNICIPALITY)


def _of_partner(public: Edition, internal: pl.DataFrame, partner: str) -> Edition:
    """Return what one partner may see: its own figures, and what everybody may know beside them.

    No internal figure of more than this partner: its own could be taken off it, and what others
    delivered would be left.
    """
    together = public.figures.filter(pl.col("partner") == "")
    own = internal.filter(pl.col("partner") == partner)
    return replace(
        public,
        agreement=_agreed(public.agreement, partner),
        figures=pl.concat([together, own]),
        stories=public.stories.filter(pl.col("partner") == partner),
        deliveries=public.deliveries.filter(pl.col("partner") == partner),
        harvest=public.harvest.filter(pl.col("partner") == partner),
        changes=_none(),
        audience=partner,
    )


def _agreed(agreement: Agreement, partner: str) -> Agreement:
    """Return the agreement with only what was agreed, asked and talked over with one partner."""
    agreements = {i: one for i, one in agreement.agreements.items() if one.partner == partner}
    talks = {i: one for i, one in agreement.conversations.items() if one.partner == partner}
    asked = {i: asked for i, asked in agreement.questions.partners.items() if i == partner}
    return agreement.model_copy(
        update={
            "agreements": agreements,
            "conversations": talks,
            "forces": ForceField(),
            "partners": {partner: shared(agreement.partners[partner])},
            "questions": agreement.questions.model_copy(update={"areas": {}, "partners": asked}),
        }
    )


def shared(partner: Partner) -> Partner:
    """Return a partner without what people judged of it: only a direction that was agreed is left.

    No page shows more than that; here it is not at hand either.
    """
    strategy = partner.strategy
    kept = {"placements": (), "actions": (), "motivation": ""}
    agreed = strategy.model_copy(update=kept) if strategy and strategy.agreed_on else None
    return partner.model_copy(update={"strategy": agreed, "governance": None})


def _none() -> pl.DataFrame:
    """Return no changes: those of the public edition are about other numbers."""
    return pl.DataFrame(schema=changes.CHANGES)

"""Whom a confidential package is for, beside the files that cannot say it themselves."""

from collections.abc import Iterator

from reports.edition import Edition
from reports.words.catalogue import words

NAME = "VERTROUWELIJK.txt"


def notices(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the same notice in each folder with downloads; none in public."""
    if not edition.confidential:
        return
    agreement = edition.agreement
    own = agreement.partners.get(edition.own_partner)
    reader = own.name if own else agreement.general.municipality.name
    say = words(agreement.general.language)
    keys = ("page.confidential", "package.for", "package.exact", "package.share")
    notice = "".join(f"{say(key, reader=reader)}\n" for key in keys).encode()
    for folder in ("", "data/"):
        yield f"{folder}{NAME}", notice

"""CBS's open data API (OData v4): the only place that reaches beyond this machine.

A table of the API has `Dimensions`, `MeasureCodes`, `<dimension>Codes` and `Observations`, each in
pages that name the next one (`@odata.nextLink`). Source: the API's own description,
https://www.cbs.nl/en-gb/our-services/open-data/statline-as-open-data.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urljoin

import httpx

from sources.errors import SourceUnavailable

BASE: Final = "https://datasets.cbs.nl/odata/v1/CBS"

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})  # what may be better in a moment
_MAX_WAIT = 30.0  # seconds before one more try
_MAX_PAGES = 10_000

Row = dict[str, Any]
Query = Mapping[str, str]
Fetch = Callable[[str, Query], Iterator[Row]]
"""Yields the rows of an entity (`84583NED/MeasureCodes`), page after page.

Raises SourceUnavailable where CBS does not answer, has no such entity, or answers something else.
"""


@dataclass(frozen=True, slots=True)
class Api:
    """How to reach the API: `timeout` in seconds, `tries` per page, `pause` waits seconds."""

    pause: Callable[[float], None]
    base: str = BASE
    timeout: float = 30.0
    tries: int = 4


@contextmanager
def opened(api: Api) -> Iterator[Fetch]:
    """Give a function that fetches, over one connection."""
    with httpx.Client(timeout=api.timeout, headers={"Accept": "application/json"}) as client:
        yield lambda path, query: _rows(api, client, path, query)


def _rows(api: Api, client: httpx.Client, path: str, query: Query) -> Iterator[Row]:
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    url = f"{api.base}/{path}" + (f"?{asked}" if asked else "")
    for _ in range(_MAX_PAGES):
        page = _page(api, client, url)
        yield from page["value"]
        following = page.get("@odata.nextLink")
        if not following:
            return
        url = urljoin(url, str(following))
        if httpx.URL(url).host != httpx.URL(api.base).host:
            raise _unavailable(api, "verwijst naar een andere computer")
    raise _unavailable(api, "houdt niet op met antwoorden")


def _page(api: Api, client: httpx.Client, url: str) -> Row:
    """Return one page; a failure that may pass is tried again, after ever longer waits."""
    reason = ""
    for attempt in range(api.tries):
        if attempt:
            api.pause(min(2.0**attempt, _MAX_WAIT))
        try:
            answer = client.get(url)
        except httpx.TransportError as error:
            reason = "antwoordt niet" if isinstance(error, httpx.TimeoutException) else "is weg"
            continue
        if answer.status_code in _LATER:
            reason = f"antwoordt nu niet (foutcode {answer.status_code})"
            continue
        if answer.status_code != httpx.codes.OK:
            raise _unavailable(api, f"kent dit niet: {url} (foutcode {answer.status_code})")
        page = _read(answer)
        if page is not None:
            return page
        reason = "antwoordt iets dat geen tabel is"
    raise _unavailable(api, reason)


def _read(answer: httpx.Response) -> Row | None:
    """Return the page in an answer; None where it was cut off or is something else."""
    try:
        page = answer.json()
    except ValueError:
        return None
    return page if isinstance(page, dict) and isinstance(page.get("value"), list) else None


def _unavailable(api: Api, reason: str) -> SourceUnavailable:
    return SourceUnavailable(
        f"Het CBS ({httpx.URL(api.base).host}) {reason}. Er is niets veranderd. "
        "Probeer het later opnieuw, of haal het bestand zelf op en lever het in."
    )

"""The catalogue entry of an edition's figures, as a data portal harvests it.

JSON-LD in the terms of DCAT 2, with what DCAT-AP-NL asks of a dataset and its distributions. The
addresses are relative to the file itself: an edition does not know where it will stand.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from reports.edition import Edition
from reports.words.catalogue import words
from transforms.periods import parse

PATH = "data/dcat.jsonld"

_VOCABULARY = "http://publications.europa.eu/resource/authority"
_LICENCES = {
    "CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
}
_FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
_LANGUAGES = {"nl": "NLD", "en": "ENG"}
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")


def entry(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """Return the entry of an edition; `files` are its figures by their path, one distribution each.

    Without a licence in the agreement the entry names none: then a reader may not assume one.
    """
    issued = edition.established.on if edition.established else edition.known_at
    general, say = edition.agreement.general, words(edition.agreement.general.language)
    named = {"municipality": general.municipality.name, "id": edition.id}
    code = _LANGUAGES[say.language]
    about = {
        "@context": _CONTEXT,
        "@id": "../",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{general.municipality.code}-{edition.id}",
        "dct:title": _text(say("dcat.title", **named), say.language),
        "dct:description": _text(say("dcat.description", **named), say.language),
        "dct:language": _one(f"{_VOCABULARY}/language/{code}"),
        "dct:issued": {"@type": "xsd:date", "@value": issued.isoformat()},
        "dct:accrualPeriodicity": _one(f"{_VOCABULARY}/frequency/QUARTERLY"),
        "dct:accessRights": _one(f"{_VOCABULARY}/access-right/PUBLIC"),
        "dcat:theme": _one(f"{_VOCABULARY}/data-theme/SOCI"),
        "dcat:version": edition.id,
        "dcat:landingPage": _one("../index.html"),
        "dct:spatial": _place(general.municipality.code, general.municipality.name),
        "dct:temporal": _span(edition),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": say("dcat.publisher", **named)},
        "dcat:contactPoint": _contact(general.contact or say("dcat.publisher", **named)),
        **_licence(general.licence),
        "dcat:distribution": [
            _distribution(path, content) | _licence(general.licence)
            for path, content in files.items()
        ],
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _distribution(path: str, content: bytes) -> dict[str, Any]:
    name = path.removeprefix("data/")
    kind, media = _FORMATS[name.rpartition(".")[2]]
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": _one(name),
        "dcat:downloadURL": _one(name),
        "dct:format": _one(f"{_VOCABULARY}/file-type/{kind}"),
        "dcat:mediaType": _one(f"http://www.iana.org/assignments/media-types/{media}"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _one("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {
                "@type": "xsd:hexBinary",
                "@value": hashlib.sha256(content).hexdigest(),
            },
        },
    }


def _span(edition: Edition) -> dict[str, Any]:
    """Return from when to when the figures tell."""
    every = edition.figures["period"].unique().to_list() or [edition.period]
    begin = min(parse(one).begin for one in every)
    end = max(parse(one).end for one in every)
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": begin.isoformat()},
        "dcat:endDate": {"@type": "xsd:date", "@value": end.isoformat()},
    }


def _place(code: str, name: str) -> dict[str, Any]:
    return {"@type": "dct:Location", "dct:identifier": code, "skos:prefLabel": name}


def _contact(told: str) -> dict[str, Any]:
    mail = _MAIL.search(told)
    reach = {"vcard:hasEmail": _one(f"mailto:{mail.group()}")} if mail else {}
    return {"@type": "vcard:Kind", "vcard:fn": told, **reach}


def _licence(name: str) -> dict[str, Any]:
    return {"dct:license": _one(_LICENCES[name])} if name else {}


def _text(told: str, language: str) -> dict[str, str]:
    return {"@language": language, "@value": told}


def _one(address: str) -> dict[str, str]:
    return {"@id": address}

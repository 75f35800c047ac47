"""A server on loopback that answers as CBS's open data API does, from CBS's own published files."""

import csv
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PLACE = "WijkenEnBuurten"
_TEXTS = {"ID", PLACE, "Gemeentenaam_1", "SoortRegio_2", "Codering_3"}

Row = dict[str, Any]


@dataclass
class Statline:
    """Tables by number, as entities; what was asked; and how many times to fail first."""

    tables: dict[str, dict[str, list[Row]]]
    page: int = 1000
    asked: list[str] = field(default_factory=list)
    failures: list[int | bytes] = field(default_factory=list)
    elsewhere: str = ""


def wide_table(path: Path) -> dict[str, list[Row]]:
    """Return the entities of a table that CBS published as a wide CSV (84583NED)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    measures = [name for name in rows[0] if name not in _TEXTS]
    return {
        "Dimensions": [{"Identifier": PLACE, "Kind": "GeoDimension"}],
        "MeasureCodes": [
            {"Identifier": name, "Title": name.rsplit("_", 1)[0]} for name in measures
        ],
        f"{PLACE}Codes": [
            {"Identifier": row["Codering_3"], "Title": row["Gemeentenaam_1"]} for row in rows
        ],
        "Observations": [_observation(row, name) for row in rows for name in measures],
    }


def area_table(path: Path) -> dict[str, list[Row]]:
    """Return the entities of a table of areas, from a list of codes and names."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        "Dimensions": [{"Identifier": PLACE, "Kind": "GeoDimension"}],
        "MeasureCodes": [{"Identifier": "T001036", "Title": "Aantal inwoners"}],
        f"{PLACE}Codes": [{"Identifier": r["code"], "Title": r["naam"]} for r in rows],
        "Observations": [
            {PLACE: r["code"], "Measure": "T001036", "Value": float(r["inwoners"])} for r in rows
        ],
    }


def _observation(row: dict[str, str], measure: str) -> Row:
    text = row[measure].strip()
    if not text:
        return {PLACE: row["Codering_3"], "Measure": measure, "ValueAttribute": "Impossible"}
    told = {"Value": float(text)} if text != "." else {"Value": None, "ValueAttribute": "Unknown"}
    return {PLACE: row["Codering_3"], "Measure": measure, "StringValue": None, **told}


class _Answers(BaseHTTPRequestHandler):
    def __init__(self, statline: Statline, *args: Any) -> None:
        self.statline = statline
        super().__init__(*args)

    def do_GET(self) -> None:
        self.statline.asked.append(self.path)
        if self.statline.failures:
            self._fail(self.statline.failures.pop(0))
            return
        url = urlsplit(self.path)
        table, entity = url.path.removeprefix("/odata/v1/CBS/").split("/")
        found = self.statline.tables.get(table, {}).get(entity)
        if found is None:
            self._answer(404, b"{}")
            return
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self._answer(200, json.dumps(self._page(found, url.path, query)).encode())

    def _page(self, rows: list[Row], path: str, query: dict[str, str]) -> Row:
        rows = [row for row in rows if _fits(row, query.get("$filter", ""))]
        start = int(query.get("$skip", 0))
        page: Row = {"value": rows[start : start + self.statline.page]}
        if start + self.statline.page < len(rows):
            asked = f"$filter={query.get('$filter', '')}&$skip={start + self.statline.page}"
            page["@odata.nextLink"] = f"{self.statline.elsewhere or self._here()}{path}?{asked}"
        return page

    def _here(self) -> str:
        return f"http://{self.headers['Host']}"

    def _fail(self, how: int | bytes) -> None:
        if isinstance(how, int):
            self._answer(how, b"")
        else:
            self._answer(200, how)

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(statline: Statline) -> Iterator[str]:
    """Serve on loopback for as long as the block lasts; give the address of the API."""

    def answers(*args: Any) -> _Answers:
        return _Answers(statline, *args)

    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/odata/v1/CBS"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _fits(row: Row, condition: str) -> bool:
    """Carry out the filters that are asked: beginnings of a code, and a choice of measures."""
    begins = re.findall(r"startswith\((\w+),'(\w+)'\)", condition)
    measures = re.findall(r"Measure eq '(\w+)'", condition)
    here = not begins or any(str(row[name]).startswith(begin) for name, begin in begins)
    return here and (not measures or row["Measure"] in measures)

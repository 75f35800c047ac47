"""Write `docs/vervuilingen.md`: what became of every pollution. Run it when a case is added."""

import sys
import tempfile
from pathlib import Path

from pollution_files import sheet
from pollutions import Polluted
from test_pollutions import CASES, DOCUMENTED, judged, new_codes, town_at

_HEAD = """# Wat er met een vervuild bestand gebeurt

Een tabel voor het datateam. Elke regel is een vervuiling die echt voorkomt. De nummers zijn die
van de specificatie. Elke vervuiling is geprobeerd in drie bestanden: een andere levering, een
andere tekenset, een andere plek in het bestand. Alle rijen die niet genoemd zijn, komen precies zo
binnen als uit het bestand zonder vervuiling. `tests/test_pollutions.py` bewijst dat bij elke
wijziging.

R: stil hersteld. N: hersteld of overgeslagen, met een MELDING. J: de rij valt uit. W: overgenomen,
met een SIGNAAL. F: het bestand wordt afgekeurd. De codes staan uitgelegd in het
[handboek](handboek/index.md). De nummers 56 tot en met 59 gaan over leveringen die eerder kwamen:
`tests/test_protocol.py`.

| nummer | vervuiling | wat er hoort te gebeuren | codes |
|---|---|---|---|
"""


def main() -> None:
    """Judge every case in its carriers, and write the table."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        home.mkdir()
        town, rows = town_at(home), []
        for case in CASES:
            codes: set[str] = set()
            for carrier in case.carriers:
                good = judged(town, home, carrier, Polluted(sheet(carrier).text()))
                codes |= new_codes(judged(town, home, carrier, case.pollute(sheet(carrier))), good)
            told = " ".join(sorted(codes)) or "-"
            rows.append(f"| {case.number} | {case.what} | {case.expected} | {told} |\n")
            sys.stderr.write(rows[-1])
    DOCUMENTED.write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()

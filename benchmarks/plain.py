"""What every indicator must say of itself, for simulations and tests about something else."""

from datetime import date
from typing import Any

PLAIN: dict[str, Any] = {
    "version": 1,
    "valid_from": date(2025, 1, 1),
    "name": "Een cijfer",
    "question": "Hoe vaak?",
    "kind": "output",
    "goal": "doel",
    "policy_area": "Welzijn",
    "date": "dag",
    "area_column": "plaats",
    "unit": "meldingen",
    "direction": "higher",
    "incentive": "Tellen is niet weten.",
    "explanation": "Een voorbeeld.",
    "sources": ("Een bron",),
    "privacy": "low",
    "owner": "Een eigenaar",
    "expires": date(2030, 1, 1),
}

"""How a figure came about, in words: for who works with it inside the municipality.

Counts are exact here, so nothing of it belongs in an edition.
"""

from reports.explained.explanation import Delivery, Explanation, First, Looked, Start
from reports.explained.text import as_data, as_text

__all__ = ["Delivery", "Explanation", "First", "Looked", "Start", "as_data", "as_text"]

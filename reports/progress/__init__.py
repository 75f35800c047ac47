"""How it goes, for the data team: what waits, what came in time, and where files get stuck.

It is about where help is needed. Partners stand in the order of their names, and nothing is added
up over them that would rank them. Nothing of an inhabitant is in it.
"""

from reports.progress.page import page, took
from reports.progress.progress import Progress

__all__ = ["Progress", "page", "took"]

"""Whether everybody can read an edition: looked at when it is built, and told in a file with it.

A browser with a checker finds about half of what goes wrong in drawings and tables: of 14 defects
that were planted on one page, axe-core found five. So each page is held against eight rules of our
own (`reports.accessibility.checks`) before anything comes out. What neither finds, people must.
"""

from reports.accessibility.inspection import EVIDENCE, Inspection

__all__ = ["EVIDENCE", "Inspection"]

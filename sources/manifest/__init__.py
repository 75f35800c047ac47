"""What a sender says of a file (its manifest), held against the file: all of it must agree.

A manifest comes in three forms: the name of the file, a sheet Voorblad in the workbook, and a
`datapackage.json` beside the file (deliveries.md, section 5).
"""

from sources.manifest.agreement import announced, begun, completed
from sources.manifest.content import compare
from sources.manifest.said import Manifest, from_cover

__all__ = ["Manifest", "announced", "begun", "compare", "completed", "from_cover"]

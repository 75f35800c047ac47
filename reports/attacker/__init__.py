"""A stranger who reads everything that was published, and tries to find people in it.

Knows nothing of how figures are protected, but what an edition says of itself; statistics and
disclosure, 4.4.
"""

from reports.attacker.attack import Audit as Audit
from reports.attacker.attack import attack as attack
from reports.attacker.attack import attack_frames as attack_frames
from reports.attacker.attack import intervals as intervals
from reports.attacker.findings import Finding as Finding
from reports.attacker.findings import Kind as Kind
from reports.attacker.players import WIDE as WIDE
from reports.attacker.told import PUBLIC as PUBLIC
from reports.attacker.told import Knowledge as Knowledge
from reports.attacker.told import Told as Told

"""A stranger who reads everything that was published, and tries to find people in it.

Knows nothing of how figures are protected, but what an edition says of itself; statistics and
disclosure, 4.4. Who made the editions may say which counts fit (`Aids`): then a search is shorter,
and a width that it proves holds without. What was published goes through four rooms:

    reading   files → `Release` (what stands in them) → `Decoded` (of which counts it is made)
    checks    what is wrong on the face of it: nothing is worked out → findings
    model     counted cells, the sums between them, and the bounds that a release leaves → a system
    search    the least and the most that every cell of that system can be

`attack` leads it through them, `leaks` says which cells are known too well, and `players` do it
again for who knows more than a stranger: the intruder scenarios of the field.
"""

from reports.attacker.attack import Audit as Audit
from reports.attacker.attack import attack as attack
from reports.attacker.attack import attack_frames as attack_frames
from reports.attacker.attack import intervals as intervals
from reports.attacker.findings import Finding as Finding
from reports.attacker.findings import Kind as Kind
from reports.attacker.players import WIDE as WIDE
from reports.attacker.reading.release import PUBLIC as PUBLIC
from reports.attacker.reading.release import Knowledge as Knowledge
from reports.attacker.reading.release import Release as Release
from reports.attacker.search.fitting import GUESSED as GUESSED
from reports.attacker.search.recovery import Aids as Aids

"""How one figure came about: which rows were looked at, and by what each of them fell out.

Every row is tried on one test after the other, and falls out by the first that it fails; what is
left after the last one is the figure. So the numbers add up at every step, and the end must be what
`transforms.indicators.observe` made of the same rows. Only numbers come out: no row, no person.
"""

from transforms.explain.asked import Asked
from transforms.explain.derivation import Made, derivation
from transforms.explain.trail import Reason, Step, Trail, trail

__all__ = ["Asked", "Made", "Reason", "Step", "Trail", "derivation", "trail"]

"""The internal edition: exact from three on, and held back what would give a smaller count away."""

from transforms.disclosure.internal.figures import Confidential as Confidential
from transforms.disclosure.internal.figures import confidential as confidential

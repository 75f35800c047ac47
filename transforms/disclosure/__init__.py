"""What of a figure may be shown, and how it is rounded so that no one can be found."""

from transforms.disclosure.edition import Protected as Protected
from transforms.disclosure.edition import publish as publish
from transforms.disclosure.internal import Confidential as Confidential
from transforms.disclosure.internal import confidential as confidential

"""What of a figure may be shown, and how it is rounded so that no one can be found."""

from transforms.disclosure.edition import publish as publish

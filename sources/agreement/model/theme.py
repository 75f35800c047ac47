"""`theme/`: how the sheets of a municipality look, as far as that is its own to choose."""

from typing import Literal, get_args

from pydantic import Field

from sources.agreement.model.words import Part

Token = Literal[
    "paper",
    "tint",
    "note",
    "ink",
    "quiet",
    "accent",
    "deep",
    "on-accent",
    "mark",
    "band",
    "line",
    "rule",
    "empty",
    "here",
    "arc-0",
    "on-arc-0",
    "arc-1",
    "on-arc-1",
    "arc-2",
    "on-arc-2",
    "arc-3",
    "on-arc-3",
    "arc-4",
    "on-arc-4",
]
"""The colours that a theme may choose; those of a status (good, bad) are the same everywhere."""

TOKENS: tuple[str, ...] = get_args(Token)


class Theme(Part):
    """`theme/tokens.css` and `theme/logo.svg`: colours (`#RRGGBB`) by token, and a logo (SVG text).

    Both are empty where a municipality has none of its own.
    """

    tokens: dict[Token, str] = Field(default_factory=dict)
    logo: str = ""

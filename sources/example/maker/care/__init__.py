"""Wmo-toewijzingen (L02): worked out to their end, and told as known at the end of a quarter."""

from sources.example.maker.care.delivered import delivery
from sources.example.maker.care.histories import already_helped, histories

__all__ = ["already_helped", "delivery", "histories"]

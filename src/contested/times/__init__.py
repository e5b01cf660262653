"""What a time expression means: first and last day, which edge is meant, how precisely, and by which rule."""

from contested.times.compare import compare
from contested.times.heading import printed_day
from contested.times.resolve import resolve, up_to
from contested.times.whole import whole

__all__ = ["compare", "printed_day", "resolve", "up_to", "whole"]

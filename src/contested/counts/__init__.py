"""What a number phrase states: lowest and highest number, hedge, what is counted, running total or not."""

from contested.counts.compare import compare
from contested.counts.resolve import resolve

__all__ = ["compare", "resolve"]

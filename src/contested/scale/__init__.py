"""The same work on a Ray cluster: an engine for `pipeline.archive`, with the same bytes as one machine gives."""

from contested.scale.engine import ray_engine

__all__ = ["ray_engine"]

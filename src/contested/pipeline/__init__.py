"""From paths or a text to claims: sources, reader and claims in their order of work, in one process or several."""

from contested.pipeline.adding import add
from contested.pipeline.archiving import archive
from contested.pipeline.loading import load
from contested.pipeline.stream import available_cores, read, read_as, read_opened, read_text

__all__ = ["add", "archive", "available_cores", "load", "read", "read_as", "read_opened", "read_text"]

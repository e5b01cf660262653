"""On what the network runs."""

from __future__ import annotations

from enum import StrEnum


class Device(StrEnum):
    """What a run asks for. `GPU` falls back to the processor, and says so."""

    CPU = "cpu"
    GPU = "gpu"

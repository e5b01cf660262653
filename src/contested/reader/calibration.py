"""From the network's probabilities to ones that hold: of all values scored 0.8, about 80 % are right.

The network is surer than it is right, and a value is right only when the spans and labels under it are. Two numbers
a kind of value, fitted on dev by `training/calibrate.py` and kept in the weights' settings, bring its scores to that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from contested.types import ArgumentArc, Attribution, Reading, Trigger

SUREST = 1e-4  # probabilities are kept this far from 0 and 1, so that their logit is finite


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over the logit (Platt 1999): `slope * logit(p) + shift`. The default leaves scores as they are."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, probability: float) -> float:
        """Return the calibrated probability."""
        p = min(max(probability, SUREST), 1.0 - SUREST)
        return 1.0 / (1.0 + math.exp(-(self.slope * math.log(p / (1.0 - p)) + self.shift)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve of each kind of score: an event mention of its type, an argument in its role, who says it of what."""

    trigger: Curve = Curve()
    argument: Curve = Curve()
    attribution: Curve = Curve()

    @classmethod
    def of(cls, settings: dict[str, tuple[float, float]]) -> Calibration:
        """Return the calibration that the weights' settings state as name -> (slope, shift)."""
        return cls(**{name: Curve(*pair) for name, pair in settings.items()})

    def apply(self, reading: Reading) -> Reading:
        """Return the reading with its scores calibrated."""
        return replace(
            reading,
            triggers=tuple(Trigger(t.id, t.span, t.type, t.status, self.trigger(t.score)) for t in reading.triggers),
            arguments=tuple(
                ArgumentArc(a.trigger, a.mention, a.role, self.argument(a.score)) for a in reading.arguments
            ),
            attributions=tuple(
                Attribution(a.cue, a.source, a.via, a.triggers, a.stance, self.attribution(a.score))
                for a in reading.attributions
            ),
        )


AS_THEY_ARE = Calibration()

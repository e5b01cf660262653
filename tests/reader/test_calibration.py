from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.reader.calibration import Calibration, Curve
from contested.types import Attribution, EventType, Reading, Span, Stance, Status, Trigger


def test_the_default_curve_changes_nothing() -> None:
    assert Curve()(0.73) == pytest.approx(0.73)


def test_a_curve_that_lowers_what_the_network_is_too_sure_of() -> None:
    assert Curve(slope=0.5)(0.9) == pytest.approx(0.75)  # odds of 9 become odds of 3


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_a_curve_keeps_the_order_and_stays_a_probability(a: float, b: float, slope: float, shift: float) -> None:
    low, high = sorted((Curve(slope, shift)(min(a, b)), Curve(slope, shift)(max(a, b))))
    assert 0.0 <= low <= high <= 1.0
    assert Curve(slope, shift)(min(a, b)) <= Curve(slope, shift)(max(a, b))


def test_each_kind_of_score_has_its_own_curve() -> None:
    trigger = Trigger("t0", Span(0, 4), EventType.BATTLE, Status.ACTUAL, 0.9)
    said = Attribution("m1", None, None, ("t0",), Stance.ASSERTS, 0.9)
    reading = Reading("d", (trigger,), (), (), (said,), (("t0",),), (), "m")
    out = Calibration.of({"trigger": (0.5, 0.0)}).apply(reading)
    assert out.triggers[0].score == pytest.approx(0.75)
    assert out.attributions[0].score == pytest.approx(0.9)

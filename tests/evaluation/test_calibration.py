from __future__ import annotations

import pytest

from evaluation.calibration import Judged, binned, expected_error


def test_scores_that_hold_have_no_error() -> None:
    judged = [Judged(0.75, i < 3) for i in range(4)]
    assert expected_error(judged) == pytest.approx(0.0)


def test_scores_that_are_too_sure_are_off_by_the_difference() -> None:
    assert expected_error([Judged(0.9, False), Judged(0.9, True)]) == pytest.approx(40.0)


def test_a_score_of_one_falls_into_the_last_bin() -> None:
    assert len(binned([Judged(1.0, True)])[-1]) == 1

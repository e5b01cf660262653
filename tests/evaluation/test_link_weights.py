"""The fit of match weights follows what is seen often, stays by the table where little is, leaves what is held."""

import pytest

from contested.incidents.linking.weights import load_weights
from evaluation.link_weights import HELD, PRIOR, Pair, fit


def pairs(levels, one, two):
    return [Pair(levels, True)] * one + [Pair(levels, False)] * two


def test_a_level_seen_in_pairs_of_one_incident_gains_bits_and_the_other_loses_them():
    weights = load_weights()
    alike, other = (("wording", "alike"), ("doer", "same")), (("wording", "none"), ("doer", "same"))
    fitted = fit(pairs(alike, 200, 2) + pairs(other, 2, 200), weights)
    assert fitted["wording", "alike"] > weights.bits["wording"]["alike"]
    assert fitted["wording", "none"] < weights.bits["wording"]["none"]
    assert ("doer", "same") in HELD
    assert fitted["doer", "same"] == weights.bits["doer"]["same"]


def test_a_level_seen_once_stays_by_the_table():
    weights = load_weights()
    fitted = fit(pairs((("wording", "alike"),), 1, 0), weights)
    assert fitted["wording", "alike"] == pytest.approx(weights.bits["wording"]["alike"], abs=0.2)
    assert fitted[PRIOR] == pytest.approx(weights.prior, abs=0.2)

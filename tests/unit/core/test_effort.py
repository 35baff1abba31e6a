from __future__ import annotations

import pytest

from foodcal_desktop.core.effort import Effort, EffortSum, sums_by_checkpoint


def test_sums_go_by_checkpoint_and_each_is_per_annotation() -> None:
    efforts = [
        Effort("a", "p", "lite", 3, 4.0, 1),
        Effort("b", "p", "lite", 1, 2.0, 0),
        Effort("c", "p", None, 0, 30.0, 2),
    ]
    lite, by_hand = sums_by_checkpoint(efforts)
    assert lite == EffortSum("lite", 2, 4, 6.0, 1)
    assert (lite.clicks_each, lite.seconds_each, lite.edits_each) == (2.0, 3.0, 0.5)
    assert by_hand.checkpoint is None and by_hand.corrections_each == 2.0


def test_corrections_saved_are_what_the_checkpoint_before_would_have_cost_in_addition() -> None:
    before = EffortSum("lite", 10, 34, 100.0, 2)
    after = EffortSum("mine", 50, 105, 300.0, 0)
    assert before.corrections_each == pytest.approx(2.6)
    assert after.corrections_saved(before) == pytest.approx((2.6 - 1.1) * 50)
    assert before.corrections_saved(after) < 0


def test_no_annotations_cost_nothing() -> None:
    empty = EffortSum("lite", 0, 0, 0.0, 0)
    assert (empty.clicks_each, empty.seconds_each, empty.edits_each, empty.corrections_each) == (0, 0, 0, 0)
    assert sums_by_checkpoint([]) == ()

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.training.statistics import bootstrap_mean


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_of_groups_alike(values: list[float]) -> None:
    found = bootstrap_mean(values, list(range(len(values))), draws=200)
    assert found.value == pytest.approx(float(np.mean(values)))
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    hits = 0
    for _ in range(200):
        found = bootstrap_mean(list(random.normal(1.0, 1.0, 60)), list(range(60)), draws=300)
        hits += found.low <= 1.0 <= found.high
    assert 180 <= hits <= 200


def test_objects_of_one_photo_do_not_count_as_independent() -> None:
    values = [0.0] * 20 + [1.0] * 20
    alone = bootstrap_mean(values, list(range(40)))
    together = bootstrap_mean(values, [0] * 10 + [1] * 10 + [2] * 10 + [3] * 10)
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="no objects"):
        bootstrap_mean([], [])

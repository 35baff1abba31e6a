"""An item by all photos that show it: what must hold whatever they show, and with what the kitchen scale taught."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.energy import ENERGY, with_energy
from foodcal_desktop.core.meal_photos import PhotoItems, PhotoLink, View
from foodcal_desktop.core.meal_portion import Counted, Seen, counted
from foodcal_desktop.core.portion import Portion, PortionEstimator, kcal_estimate
from foodcal_desktop.core.weighing import Weighing, learned_priors
from tests.unit.core.test_portion import ESTIMATOR, PRIORS, disc, food, groups, scale

FOOD = food("meat")
sizes = st.floats(60, 400)
views = st.lists(st.tuples(st.sampled_from(list(View)), sizes, st.booleans()), max_size=4)


def annotation(name: str, size: float, scaled: bool = True, estimator: PortionEstimator = ESTIMATOR) -> Annotation:
    mask = disc(size)
    portion = estimator.estimate(mask, scale() if scaled else None, FOOD)
    return Annotation(name, name, mask, "x", FOOD.id, portion)


def by(size: float, others: list[tuple[View, float, bool]], own: Annotation | None = None) -> Counted:
    """An item of the main photo, with further photos: their view, the mask's size, and whether they have a scale."""
    own = own or annotation("main", size)
    main = PhotoItems(Photo("main", 816, 612, "/m/main.jpg"), (own,), scale())
    seen = []
    for number, (view, wide, scaled) in enumerate(others):
        mask = annotation(f"p{number}", wide, scaled)
        link = PhotoLink(f"p{number}", "main", view)
        photo = Photo(f"p{number}", 816, 612, f"/m/p{number}.jpg")
        seen.append(Seen(PhotoItems(photo, (mask,), scale() if scaled else None, link), (mask,)))
    return counted(own, main, seen, FOOD, ESTIMATOR)


@settings(max_examples=60)
@given(size=sizes, others=views)
def test_every_interval_contains_its_point_and_nothing_is_eaten_below_zero(
    size: float, others: list[tuple[View, float, bool]]
) -> None:
    found = by(size, others)
    for portion in (found.plate, found.eaten, *([found.left] if found.left else [])):
        assert 0 <= portion.grams.low <= portion.grams.value <= portion.grams.high
    assert found.eaten.grams.value <= found.plate.grams.value
    unscaled = sum(not scaled for view, _, scaled in others if view is not View.AFTER)
    assert sum("has no scale" in sentence for sentence in found.missing) >= unscaled


@settings(max_examples=40)
@given(size=sizes, wide=st.lists(sizes, min_size=1, max_size=4))
def test_the_median_of_tops_lies_between_them_and_is_no_wider(size: float, wide: list[float]) -> None:
    alone = by(size, [])
    found = by(size, [(View.TOP, w, True) for w in wide])
    grams = [alone.plate.grams.value, *(annotation("x", w).portion.grams.value for w in wide)]
    assert min(grams) - 1e-6 <= found.plate.grams.value <= max(grams) + 1e-6
    assert found.plate.grams.spread <= max(annotation("x", w).portion.grams.spread for w in [size, *wide]) + 1e-9


@settings(max_examples=30)
@given(size=st.floats(150, 400), share=st.floats(0.3, 0.9), smaller=st.floats(0.3, 0.9))
def test_the_more_is_left_the_less_was_eaten(size: float, share: float, smaller: float) -> None:
    much, little = (by(size, [(View.AFTER, size * s, True)]) for s in (share, share * smaller))
    assert much.eaten.grams.value < little.eaten.grams.value < by(size, []).eaten.grams.value


def test_what_was_typed_stays_whatever_other_photos_show() -> None:
    own = annotation("main", 200)
    typed = replace(own, portion=own.portion.with_step("mass", 321))
    others = [(View.TOP, 300.0, True), (View.SIDE, 300.0, True)]
    assert by(200, others, typed).plate == typed.portion
    thick = replace(own, portion=own.portion.with_step("thickness", 12))
    assert by(200, others, thick).plate.step("thickness").value.value == 12
    said = replace(own, portion=with_energy(own.portion, 77))
    assert by(200, [(View.TOP, 260.0, True), (View.TOP, 300.0, True)], said).plate.step(ENERGY).value.value == 77
    with pytest.raises(ValueError, match="no portion"):
        by(200, [], replace(own, portion=None))


@settings(max_examples=30)
@given(group=groups, factor=st.floats(0.5, 2.0), size=st.floats(150, 400), growth=st.floats(1.05, 1.4))
def test_what_was_learned_keeps_the_rules(group: str, factor: float, size: float, growth: float) -> None:
    """Grams rise with area, a half-size photo gives the same, kcal per gram stay, ml times density are the grams."""
    named = food(group)
    base = PRIORS.of(named)
    grams = factor * base.density_g_per_ml * base.thickness_at(60) / 10 * 60
    taught = learned_priors(PRIORS, [Weighing("w", named.id, grams, 60.0)], {named.id: named}.get)
    estimator = PortionEstimator(taught)
    small, large = (estimator.estimate(disc(s), scale(), named) for s in (size, size * growth))
    assert large.grams.value > small.grams.value
    half = estimator.estimate(disc(size / 2, 200, 150, 408, 306), scale(90, 408, 306), named)
    full = estimator.estimate(disc(size), scale(180), named)
    assert half.grams.value == pytest.approx(full.grams.value, rel=0.03)
    assert kcal_estimate(small, named).value / small.grams.value == pytest.approx(named.kcal_per_g)
    volume, density = small.step("volume"), small.step("density")
    assert volume.value.value * density.value.value == pytest.approx(small.grams.value)
    assert "kitchen scale" in small.step("thickness").source


def test_without_an_area_a_weight_teaches_nothing() -> None:
    assert learned_priors(PRIORS, [Weighing("w", FOOD.id, 100.0)], {FOOD.id: FOOD}.get) == PRIORS
    assert isinstance(by(100, []).plate, Portion)

"""Portions: the properties that make grams believable, the chain, bowls, views, learning."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foodcal_desktop.core.ellipse_snap import ellipse_mask
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import Ellipse
from foodcal_desktop.core.portion import (
    Portion,
    PortionEstimator,
    fixed_serving_sentence,
    kcal_estimate,
)
from foodcal_desktop.core.portion_chain import USUAL_SERVING, WEIGHED_BEFORE
from foodcal_desktop.core.portion_learning import Weighed, learn, learn_food
from foodcal_desktop.core.portion_views import eaten, median_portion, with_side_heights
from foodcal_desktop.core.priors import Prior, Priors
from foodcal_desktop.core.scale import Scale, scale_from_mask

PRIORS = Priors.from_dict(
    json.loads((Path(__file__).parents[3] / "resources" / "priors.json").read_text(encoding="utf-8"))
)
ESTIMATOR = PortionEstimator(PRIORS)


def food(group: str = "rice", kcal: float = 130.0, serving: float = 200.0, density: float | None = None) -> Food:
    one = Serving("serving", "1인분", serving)
    return Food("test:x", "x", "", group, Nutrients(kcal, 3, 1, 28), one, (one,), density, Source("test", "x"))


def disc(size: float, x: float = 400, y: float = 300, width: int = 816, height: int = 612) -> Mask:
    return ellipse_mask(Ellipse(x, y, size, size, 0), height, width)


def scale(size: float = 90.0, width: int = 816, height: int = 612) -> Scale:
    return scale_from_mask(disc(size, size, size, width, height), "coin-cny-1")


groups = st.sampled_from(sorted(PRIORS.groups))


@settings(deadline=None, max_examples=60)
@given(group=groups, size=st.floats(60, 400), growth=st.floats(1.05, 1.4))
def test_grams_rise_with_area(group: str, size: float, growth: float) -> None:
    small = ESTIMATOR.estimate(disc(size), scale(), food(group))
    large = ESTIMATOR.estimate(disc(size * growth), scale(), food(group))
    assert large.grams.value > small.grams.value


@settings(deadline=None, max_examples=40)
@given(group=groups, coin=st.floats(160, 220), size=st.floats(300, 900))
def test_a_half_size_photo_gives_the_same_grams(group: str, coin: float, size: float) -> None:
    whole = ESTIMATOR.estimate(disc(size, 1000, 700, 1632, 1224), scale(coin, 1632, 1224), food(group))
    half = ESTIMATOR.estimate(disc(size / 2, 500, 350), scale(coin / 2), food(group))
    assert half.grams.value == pytest.approx(whole.grams.value, rel=0.03)


@settings(deadline=None, max_examples=30)
@given(group=groups, coin=st.floats(40, 79))
def test_a_smaller_reference_widens_the_interval(group: str, coin: float) -> None:
    sharp = ESTIMATOR.estimate(disc(400, 1000, 700, 1632, 1224), scale(2 * coin, 1632, 1224), food(group))
    coarse = ESTIMATOR.estimate(disc(200, 500, 350), scale(coin), food(group))
    assert coarse.grams.spread > sharp.grams.spread


@settings(deadline=None, max_examples=40)
@given(group=groups, size=st.floats(30, 500), coin=st.floats(20, 150))
def test_every_interval_contains_its_point_and_the_chain_multiplies(group: str, size: float, coin: float) -> None:
    portion = ESTIMATOR.estimate(disc(size), scale(coin), food(group))
    for step in portion.steps:
        assert step.value.low <= step.value.value <= step.value.high
    steps = {step.name: step.value.value for step in portion.steps}
    assert steps["area"] * steps["thickness"] / 10 == pytest.approx(steps["volume"])
    assert steps["volume"] * steps["density"] == pytest.approx(portion.grams.value)
    assert [step.unit for step in portion.steps] == ["px", "cm²", "mm", "ml", "g/ml", "g"]


@settings(deadline=None, max_examples=30)
@given(group=groups, size=st.floats(50, 400), typed=st.floats(1, 2000))
def test_rescaling_keeps_kcal_per_gram(group: str, size: float, typed: float) -> None:
    row = food(group)
    portion = ESTIMATOR.estimate(disc(size), scale(), row)
    changed = portion.with_step("mass", typed)
    for one in (portion, changed):
        assert kcal_estimate(one, row).value / one.grams.value == pytest.approx(row.kcal_per_g)
    assert changed.typed
    assert changed.grams == Estimate.exact(typed)


def test_ml_and_g_are_never_mixed() -> None:
    portion = ESTIMATOR.estimate(disc(200), scale(), food("salad"))
    heavy = portion.with_step("volume", 100).with_step("density", 2.0)
    assert heavy.grams.value == pytest.approx(200)
    assert portion.with_step("volume", 100).grams.value == pytest.approx(25)


def test_without_a_scale_it_is_the_serving_and_says_so() -> None:
    portion = ESTIMATOR.estimate(disc(200), None, food(serving=180))
    assert portion.grams.value == pytest.approx(180)
    assert portion.method == "serving prior: no scale"
    measured = ESTIMATOR.estimate(disc(200), scale(), food(serving=180))
    assert measured.grams.spread < portion.grams.spread
    assert portion.with_step("mass", 90).grams == Estimate.exact(90)


def test_without_a_scale_the_words_and_the_grams_are_of_the_same_portion() -> None:
    prior = replace(PRIORS.default, serving_g=240.0)
    weighed = replace(prior, weighed=9)
    once = learn(prior, [Weighed("1", "apple", 55.0, 300.0)])
    apple = food(serving=180)
    for known, grams, said in ((weighed, 240.0, WEIGHED_BEFORE), (prior, 180.0, USUAL_SERVING), (once, 180.0, None)):
        estimator = PortionEstimator(replace(PRIORS, foods={apple.id: known}))
        portion = estimator.estimate(disc(200), None, apple)
        mass = portion.step("mass")
        assert mass is not None and portion.grams.value == pytest.approx(grams)
        assert mass.source == (said or USUAL_SERVING) and portion.is_unmeasured
    assert not portion.with_step("mass", 90).is_unmeasured
    assert not portion.with_answer("mass", Estimate.around(360, 0.15), "2 servings, as you said").is_unmeasured
    assert not ESTIMATOR.estimate(disc(200), scale(), food(serving=180)).is_unmeasured


def test_an_empty_mask_is_refused() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        ESTIMATOR.estimate(Mask.empty(10, 10), None, None)


def test_a_cup_weight_is_a_density_of_what_is_poured_only() -> None:
    soup = ESTIMATOR.estimate(disc(300), scale(), food("soup", density=1.2)).step("density")
    steak = ESTIMATOR.estimate(disc(300), scale(), food("meat", density=0.5)).step("density")
    assert soup is not None and steak is not None
    assert soup.value.value == 1.2
    assert steak.value.value > 0.9


def test_typed_links_stay_typed_and_the_others_follow() -> None:
    portion = ESTIMATOR.estimate(disc(200), scale(), food())
    thick = portion.with_step("thickness", 30)
    assert thick.grams.value == pytest.approx(portion.steps[1].value.value * 3 * portion.steps[4].value.value)
    both = thick.with_step("mass", 500)
    step = both.step("thickness")
    assert step is not None and step.typed and step.value.value == 30
    area = both.step("area")
    assert area is not None
    assert area.value.value * 3 * portion.steps[4].value.value == pytest.approx(500)
    with pytest.raises(ValueError, match="contradict"):
        both.with_step("area", 10).with_step("density", 3)
    free = both.with_step("area", 10)
    assert free.grams.value == 500


@settings(deadline=None, max_examples=60)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(["area", "thickness", "volume", "density", "mass"]), st.floats(0.5, 500)), max_size=4
    )
)
def test_any_edits_leave_a_consistent_chain(changes: list[tuple[str, float]]) -> None:
    portion = ESTIMATOR.estimate(disc(200), scale(), food())
    for name, value in changes:
        try:
            portion = portion.with_step(name, value)
        except ValueError as error:
            assert "contradict" in str(error)
            assume(False)
        step = portion.step(name)
        assert step is not None and step.typed and step.value.value == value
    steps = {step.name: step.value.value for step in portion.steps}
    assert steps["area"] * steps["thickness"] / 10 == pytest.approx(steps["volume"])
    assert steps["volume"] * steps["density"] == pytest.approx(portion.grams.value)


@pytest.mark.parametrize(("name", "value"), [("area", 0), ("mass", float("nan")), ("width", 3), ("pixels", 3)])
def test_impossible_edits_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        ESTIMATOR.estimate(disc(200), scale(), food()).with_step(name, value)


def test_the_fixed_serving_is_said_beside_the_estimate() -> None:
    row = food(kcal=100, serving=250)
    sentence = fixed_serving_sentence(Portion.typed_grams(100), row)
    assert sentence == "A fixed serving says 250 kcal (250 g), your photo says 100 kcal."


def test_a_side_view_pulls_toward_its_height() -> None:
    prior = PRIORS.of(food("meat"))
    portion = ESTIMATOR.estimate(disc(300), scale(), food("meat"))
    thickness = portion.step("thickness")
    assert thickness is not None
    high = with_side_heights(portion, [3 * thickness.value.value / prior.fullness], prior)
    assert high.grams.value > 1.5 * portion.grams.value
    assert high.grams.spread < portion.grams.spread
    heights = [30.0, 31.0, 90.0]
    assert with_side_heights(portion, heights, prior).grams.value < high.grams.value
    with pytest.raises(ValueError, match="height above 0"):
        with_side_heights(portion, [], prior)
    with pytest.raises(ValueError, match="side view needs a scale"):
        with_side_heights(ESTIMATOR.estimate(disc(9), None, food()), [10], prior)


def test_the_median_of_photos_ignores_one_bad_mask() -> None:
    tops = [ESTIMATOR.estimate(disc(size), scale(), food("meat")) for size in (199, 200, 420)]
    found = median_portion(tops)
    assert found.grams.value == pytest.approx(tops[1].grams.value)
    assert found.grams.spread < tops[1].grams.spread
    assert median_portion([*tops, Portion.typed_grams(77)]).grams.value == 77
    with pytest.raises(ValueError, match="no portion"):
        median_portion([])


def test_what_was_eaten_is_before_minus_after() -> None:
    before, after = (ESTIMATOR.estimate(disc(size), scale(), food("meat")) for size in (300, 150))
    difference = eaten(before, after)
    assert difference.grams.value == pytest.approx(before.grams.value - after.grams.value)
    assert eaten(before, None).grams == before.grams
    assert difference.grams.low < difference.grams.value < difference.grams.high < before.grams.high
    nothing = eaten(after, before)
    assert (nothing.grams.low, nothing.grams.value) == (0, 0)
    weighed, left = Portion.typed_grams(260), Portion.typed_grams(80)
    assert eaten(weighed, left).grams == Estimate.exact(180)


@given(before=st.floats(1, 2000), after=st.floats(1, 2000), first=st.floats(0, 0.8), second=st.floats(0, 0.8))
def test_nobody_eats_less_than_nothing_or_more_than_there_was(
    before: float, after: float, first: float, second: float
) -> None:
    plate, left = (Portion(Estimate.around(g, s), "") for g, s in ((before, first), (after, second)))
    found = eaten(plate, left).grams
    assert 0 <= found.low <= found.value <= found.high <= max(plate.grams.high, found.value)
    assert found.value == pytest.approx(max(before - after, 0.0))


def test_the_kitchen_scale_teaches_the_thickness_and_forgetting_it_undoes_it() -> None:
    prior = PRIORS.of(food("meat"))
    true = 1.6 * prior.density_g_per_ml * prior.thickness_mm / 10
    weighed = [Weighed(f"e{i}", "test:x", 100.0, true * 100 * factor) for i, factor in enumerate((1.0, 0.95, 1.06))]
    learned = learn(prior, weighed)
    assert learned.thickness_mm == pytest.approx(1.6 * prior.thickness_mm, rel=0.08)
    assert learned.thickness_spread < prior.thickness_spread
    effect = learn_food("test:x", prior, weighed)
    assert effect.error_after is not None
    assert effect.error_after < 0.1 < effect.error_before
    said = r"Thickness of beef is now \d+ mm from 3 weighings; its error went from \d+ % to \d %\."
    assert re.fullmatch(said, effect.sentence("beef"))
    assert re.fullmatch(
        r"Thickness of beef is now \d+ mm from 1 weighing; its error was 3\d %\.", _first_sentence(prior, weighed)
    )
    assert learned.outline_mm == prior.outline_mm
    assert learn(prior, []) == prior
    with pytest.raises(ValueError, match="typed weight"):
        learn_food("other", prior, weighed)


def _first_sentence(prior: Prior, weighed: list[Weighed]) -> str:
    return learn_food("test:x", prior, weighed[:1]).sentence("beef")


@settings(deadline=None, max_examples=30)
@given(factors=st.lists(st.floats(0.5, 2.0), min_size=1, max_size=6))
def test_learning_never_overshoots_what_was_weighed(factors: list[float]) -> None:
    prior = PRIORS.of(food("meat"))
    gram = prior.density_g_per_ml * prior.thickness_at(50) / 10 * 50
    learned = learn(prior, [Weighed(str(i), "f", 50, gram * f) for i, f in enumerate(factors)])
    ratio = learned.thickness_mm / prior.thickness_mm
    assert min(1.0, *factors) - 1e-9 <= ratio <= max(1.0, *factors) + 1e-9
    assert replace(learned, thickness_mm=prior.thickness_mm).shape is prior.shape

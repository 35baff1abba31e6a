"""Hypothesis strategies for the core's values."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.meal_photos import ItemLink
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.core.weighing import Weighing

HEIGHT, WIDTH = 9, 12


@st.composite
def pixel_arrays(draw: st.DrawFn, height: int | None = None, width: int | None = None) -> np.ndarray:
    """Masks of any kind: noise, rectangles with holes, full, empty."""
    h = height if height is not None else draw(st.integers(1, 14))
    w = width if width is not None else draw(st.integers(1, 14))
    rows = draw(st.lists(st.integers(0, 2**w - 1), min_size=h, max_size=h))
    noise = np.array([[row >> i & 1 for i in range(w)] for row in rows], dtype=bool)
    kind = draw(st.sampled_from(["noise", "full", "empty", "window"]))
    if kind == "full":
        return np.ones((h, w), dtype=bool)
    if kind == "empty":
        return np.zeros((h, w), dtype=bool)
    if kind == "window":
        noise[: draw(st.integers(0, h))] = False
        noise[:, : draw(st.integers(0, w))] = False
    return noise


def masks(height: int | None = HEIGHT, width: int | None = WIDTH) -> st.SearchStrategy[Mask]:
    return pixel_arrays(height, width).map(Mask.from_array)


def numbers(low: float = 0.0) -> st.SearchStrategy[float]:
    return st.floats(low, 1e9, allow_nan=False)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ids = st.uuids().map(lambda u: u.hex)
estimates = st.lists(numbers(), min_size=3, max_size=3).map(sorted).map(lambda v: Estimate(v[1], v[0], v[2]))
steps = st.builds(Step, texts, estimates, texts, texts, st.booleans())
spreads = st.floats(0, 5)
portions = st.builds(Portion, estimates, texts, st.booleans(), st.lists(steps, max_size=3).map(tuple), spreads)
optional_texts = st.none() | texts
days = st.dates().map(lambda d: d.isoformat())


def annotations(photo: str, annotation_ids: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Annotation]:
    return st.builds(
        Annotation,
        id=annotation_ids,
        photo=st.just(photo),
        mask=masks(),
        label=texts,
        food_id=optional_texts,
        portion=st.none() | portions,
        predicted_iou=st.none() | st.floats(allow_nan=False),
        checkpoint=optional_texts,
        order=st.integers(-5, 5),
        created_at=texts,
        clicks=st.none() | st.lists(st.tuples(numbers(), numbers()), max_size=3).map(tuple),
    )


def scale_references(photo: str, reference_ids: st.SearchStrategy[str] = ids) -> st.SearchStrategy[ScaleReference]:
    return st.builds(
        ScaleReference,
        id=reference_ids,
        photo=st.just(photo),
        kind=texts,
        mask=st.none() | masks(),
        line=st.none() | st.tuples(*[st.floats(allow_nan=False)] * 4),
        length_mm=st.none() | numbers(),
    )


def diary_entries(entry_ids: st.SearchStrategy[str] = ids) -> st.SearchStrategy[DiaryEntry]:
    return st.builds(
        DiaryEntry,
        id=entry_ids,
        day=days,
        meal=texts,
        name=texts,
        grams=estimates,
        kcal_per_100g=numbers(),
        protein_per_100g=st.none() | numbers(),
        fat_per_100g=st.none() | numbers(),
        carbohydrate_per_100g=st.none() | numbers(),
        food_id=optional_texts,
        photo=optional_texts,
        annotation=optional_texts,
        method=texts,
        logged_at=texts,
        scale_error=spreads,
        energy_spread=spreads,
    )


def item_links(photo: str) -> st.SearchStrategy[ItemLink]:
    return st.builds(ItemLink, id=ids, photo=st.just(photo), item=texts)


def weighings() -> st.SearchStrategy[Weighing]:
    positive = st.floats(1e-3, 1e9)
    return st.builds(
        Weighing,
        id=ids,
        food_id=texts,
        grams=positive,
        area_cm2=st.none() | positive,
        photo=optional_texts,
        annotation=optional_texts,
        weighed_at=texts,
    )

"""Photos, annotations and scale references as rows of the database, and back, equal to the last bit."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.core.scale import ScaleReference

Row = dict[str, Any]


def photo_row(photo: Photo) -> Row:
    """A photo's columns. The path goes in as bytes, for it need not be valid UTF-8."""
    return {
        "sha256": photo.sha256,
        "width": int(photo.width),
        "height": int(photo.height),
        "path": photo.path.encode("utf-8", "surrogateescape"),
        "taken_at": photo.taken_at,
        "state": photo.state,
        "split": photo.split,
    }


def photo_of(row: Row) -> Photo:
    """The photo of a row."""
    return Photo(**row)


def annotation_row(annotation: Annotation) -> Row:
    """An annotation's columns."""
    return {
        "id": annotation.id,
        "photo": annotation.photo,
        "mask": annotation.mask.to_bytes(),
        "label": annotation.label,
        "food_id": annotation.food_id,
        "portion": None if annotation.portion is None else json.dumps(portion_value(annotation.portion)),
        "predicted_iou": _real(annotation.predicted_iou),
        "checkpoint": annotation.checkpoint,
        "position": int(annotation.order),
        "created_at": annotation.created_at,
        "clicks": _clicks_value(annotation.clicks),
    }


def annotation_of(row: Row) -> Annotation:
    """The annotation of a row. Raises ValueError where its mask or portion is damaged."""
    return Annotation(
        id=row["id"],
        photo=row["photo"],
        mask=Mask.from_bytes(row["mask"]),
        label=row["label"],
        food_id=row["food_id"],
        portion=None if row["portion"] is None else portion_of(json.loads(row["portion"])),
        predicted_iou=row["predicted_iou"],
        checkpoint=row["checkpoint"],
        order=row["position"],
        created_at=row["created_at"],
        # Edits that an earlier version wrote down know no clicks.
        clicks=None if row.get("clicks") is None else _clicks(json.loads(row["clicks"])),
    )


def scale_reference_row(reference: ScaleReference) -> Row:
    """A scale reference's columns."""
    return {
        "id": reference.id,
        "photo": reference.photo,
        "kind": reference.kind,
        "mask": None if reference.mask is None else reference.mask.to_bytes(),
        "line": None if reference.line is None else json.dumps([_number(v) for v in reference.line]),
        "length_mm": _real(reference.length_mm),
    }


def scale_reference_of(row: Row) -> ScaleReference:
    """The scale reference of a row. Raises ValueError where its mask or line is damaged."""
    return ScaleReference(
        id=row["id"],
        photo=row["photo"],
        kind=row["kind"],
        mask=None if row["mask"] is None else Mask.from_bytes(row["mask"]),
        line=None if row["line"] is None else _line(json.loads(row["line"])),
        length_mm=row["length_mm"],
    )


def portion_value(portion: Portion) -> dict[str, Any]:
    """A portion as a JSON value."""
    return {
        "grams": _interval(portion.grams),
        "method": portion.method,
        "typed": bool(portion.typed),
        "steps": [
            {"name": s.name, "value": _interval(s.value), "unit": s.unit, "source": s.source, "typed": bool(s.typed)}
            for s in portion.steps
        ],
        "scale_error": _number(portion.scale_error),
    }


def portion_of(value: dict[str, Any]) -> Portion:
    """The portion of a JSON value. Raises KeyError, TypeError or ValueError where it is damaged."""
    steps = tuple(
        Step(s["name"], _estimate(s["value"]), s["unit"], s["source"], s["typed"]) for s in value.get("steps", ())
    )
    return Portion(_estimate(value["grams"]), value["method"], value["typed"], steps, float(value["scale_error"]))


def _interval(estimate: Estimate) -> list[float | str]:
    return [_number(estimate.value), _number(estimate.low), _number(estimate.high)]


def _estimate(values: list[float | str]) -> Estimate:
    return Estimate(*(float(v) for v in values))


def _number(value: float) -> float | str:
    # JSON has no infinity; float() reads the word again.
    return float(value) if isfinite(value) else str(float(value))


def _real(value: float | None) -> float | None:
    # SQLite knows Python's float only, not numpy's narrower ones.
    return None if value is None else float(value)


def _clicks_value(clicks: tuple[tuple[float, float], ...] | None) -> str | None:
    return None if clicks is None else json.dumps([[_number(x), _number(y)] for x, y in clicks])


def _clicks(values: list[list[float | str]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in values)


def _line(values: list[float | str]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(v) for v in values)
    return x0, y0, x1, y1

"""The visible chain of a portion: px → cm² → mm → ml → g/ml → g, each link editable, a typed one never overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foodcal_desktop.core.estimate import Estimate

UNITS = {"pixels": "px", "area": "cm²", "thickness": "mm", "volume": "ml", "density": "g/ml", "mass": "g"}
"""The links of the chain, in its order, with their units."""

USUAL_SERVING = "the usual serving, for the photo has no scale"
WEIGHED_BEFORE = "what was weighed of it before, for the photo has no scale"
"""Where the mass comes from without a scale: one serving of the food table, or one portion as weighed elsewhere."""

_FOLLOWS = "follows from the typed values"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain px → cm² → thickness → ml → density → g.

    ``name`` is a key such as "area", "thickness", "volume", "density"; ``unit`` "cm²", "mm", "ml", "g/ml";
    ``source`` says where the number comes from, for people.
    """

    name: str
    value: Estimate
    unit: str
    source: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """Grams with an interval, the method's name, and the steps they came by.

    A typed portion is never estimated over. ``scale_error`` is that part of the error of log grams (standard
    deviation) which comes from the photo's scale, and so is shared by all portions of the photo.
    """

    grams: Estimate
    method: str
    typed: bool = False
    steps: tuple[Step, ...] = ()
    scale_error: float = 0.0

    @staticmethod
    def typed_grams(grams: float) -> Portion:
        """What the user typed. Raises ValueError for a mass that is not positive and finite."""
        if not 0 < grams < float("inf"):
            raise ValueError("A portion is a number of grams above 0.")
        return Portion(Estimate.exact(grams), "typed", typed=True)

    def step(self, name: str) -> Step | None:
        """The step of that name, or None where the chain has none."""
        return next((step for step in self.steps if step.name == name), None)

    @property
    def is_unmeasured(self) -> bool:
        """Whether it is one usual portion, however much lies there: without a scale, and nothing was said of it."""
        mass = self.step("mass")
        return mass is not None and mass.source in (USUAL_SERVING, WEIGHED_BEFORE) and not self.typed

    def with_step(self, name: str, value: float) -> Portion:
        """With one link typed by the user: the links that are not typed follow, typed ones stay.

        Raises:
            ValueError: the chain has no such link, the value is not above 0, or it contradicts other typed links.
        """
        if not 0 < value < float("inf"):
            raise ValueError(f"The {name} is a number above 0.")
        if name == "mass" and self.step("mass") is None:
            return replace(Portion.typed_grams(value), steps=self.steps)
        return self._with_link(name, Estimate.exact(value), "typed", typed=True)

    def with_answer(self, name: str, value: Estimate, source: str) -> Portion:
        """With one link as the user said it, unsure as such answers are; it stays like a typed one.

        Raises:
            ValueError: as ``with_step``.
        """
        if name == "mass" and self.step("mass") is None:
            return replace(self, grams=value, method=source, typed=True)
        return self._with_link(name, value, source, typed=True)

    def with_measured(self, name: str, value: Estimate, source: str) -> Portion:
        """With one link measured some other way, such as the height by a side view; a typed link is left alone.

        Raises:
            ValueError: the chain has no such link.
        """
        old = self.step(name)
        return self if old is not None and old.typed else self._with_link(name, value, source, typed=False)

    def without_typed(self, name: str) -> Portion:
        """With a typed link free again; its value stays until another link moves it."""
        steps = tuple(replace(s, typed=False, source=_FOLLOWS) if s.name == name else s for s in self.steps)
        return replace(self, steps=steps, typed=self.typed and name != "mass")

    def _with_link(self, name: str, value: Estimate, source: str, typed: bool) -> Portion:
        if name == "pixels" or self.step(name) is None:
            known = ", ".join(s.name for s in self.steps if s.name != "pixels") or "mass"
            raise ValueError(f"This portion has no step {name!r} to change; it has {known}.")
        steps = {
            s.name: replace(s, value=value, source=source, typed=typed) if s.name == name else s for s in self.steps
        }
        if "volume" not in steps:
            # The usual serving has no chain but its mass.
            return replace(self, grams=value, steps=tuple(steps.values()), typed=typed)
        solved = _solved(steps, name)
        mass = solved["mass"]
        shared = 0.0 if solved["area"].value.is_exact or mass.value.is_exact else self.scale_error
        return replace(self, grams=mass.value, steps=tuple(solved.values()), typed=mass.typed, scale_error=shared)


def _solved(steps: dict[str, Step], changed: str) -> dict[str, Step]:
    """All links agreeing again: volume × density = mass, area × thickness / 10 = volume. Downstream gives way first."""
    fixed = {name for name, step in steps.items() if step.typed} | {changed}
    if "mass" in fixed:
        _solve_backwards(steps, fixed)
    elif "volume" in fixed:
        _solve_volume(steps, fixed)
        _follow(steps, "mass", steps["volume"].value.times(steps["density"].value))
    else:
        _follow(steps, "volume", steps["area"].value.times(steps["thickness"].value).scaled(0.1))
        _follow(steps, "mass", steps["volume"].value.times(steps["density"].value))
    return steps


def _solve_backwards(steps: dict[str, Step], fixed: set[str]) -> None:
    """The mass is given: the volume gives way and the thickness with it; the density only where the volume is fixed."""
    mass, both = steps["mass"].value, {"area", "thickness"} <= fixed
    if ("volume" in fixed or both) and "density" in fixed:
        raise ValueError(_too_many(fixed))
    if both and "volume" not in fixed:
        _follow(steps, "volume", steps["area"].value.times(steps["thickness"].value).scaled(0.1))
    if "volume" in fixed or both:
        _follow(steps, "density", mass.over(steps["volume"].value))
    else:
        _follow(steps, "volume", mass.over(steps["density"].value))
    if not both or "volume" in fixed:
        _solve_volume(steps, fixed)


def _solve_volume(steps: dict[str, Step], fixed: set[str]) -> None:
    """The volume is given: the thickness gives way, or the area where the thickness is fixed."""
    volume = steps["volume"].value.scaled(10.0)
    if {"area", "thickness"} <= fixed:
        raise ValueError(_too_many(fixed))
    if "thickness" in fixed:
        _follow(steps, "area", volume.over(steps["thickness"].value))
    else:
        _follow(steps, "thickness", volume.over(steps["area"].value))


def _follow(steps: dict[str, Step], name: str, value: Estimate) -> None:
    steps[name] = replace(steps[name], value=value, source=_FOLLOWS, typed=False)


def _too_many(fixed: set[str]) -> str:
    names = ", ".join(name for name in UNITS if name in fixed)
    return f"The typed values of {names} contradict each other; clear one of them first."

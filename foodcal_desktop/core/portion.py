"""The portion: how many grams lie on this plate, by which chain of steps, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from foodcal_desktop.core.estimate import Estimate


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
    """Grams with an interval, the method's name, and the steps they came by. A typed portion is never estimated over."""

    grams: Estimate
    method: str
    typed: bool = False
    steps: tuple[Step, ...] = ()

    @staticmethod
    def typed_grams(grams: float) -> Portion:
        """What the user typed. Raises ValueError for a mass that is not positive and finite."""
        if not 0 < grams < float("inf"):
            raise ValueError("A portion is a number of grams above 0.")
        return Portion(Estimate.exact(grams), "typed", typed=True)

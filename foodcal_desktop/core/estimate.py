"""A number that says how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 80 % interval, low ≤ value ≤ high, all in the same unit.

    Raises:
        ValueError: the interval does not contain the value.
    """

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"The interval {self.low} to {self.high} does not contain its value {self.value}.")

    @staticmethod
    def exact(value: float) -> Estimate:
        """A value known for certain, such as a typed one."""
        return Estimate(value, value, value)

    def scaled(self, factor: float) -> Estimate:
        """Times a certain, non-negative factor."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)

    def as_dict(self) -> dict[str, float]:
        """``{"value", "low", "high"}``, the form of the commands' JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}

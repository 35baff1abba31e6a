"""A number that says how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, isfinite, log

Z80 = 1.2815515655446004
"""Half the width of an 80 % interval of a normal distribution, in standard deviations."""

_TINY = 1e-12


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

    @staticmethod
    def around(value: float, spread: float) -> Estimate:
        """A positive value whose logarithm errs by spread (standard deviation). Raises ValueError where it is not."""
        if not (value > 0 and isfinite(value)):
            raise ValueError(f"Only a positive value has a relative spread, not {value}.")
        return Estimate(value, value * exp(-Z80 * spread), value * exp(Z80 * spread))

    @property
    def is_exact(self) -> bool:
        """Whether the interval has no width."""
        return self.low == self.high

    @property
    def spread(self) -> float:
        """The standard deviation of the logarithm that the interval stands for: half its log width over 1.28."""
        if self.low <= 0:
            return float("inf") if self.high > self.low else 0.0
        return (log(self.high) - log(self.low)) / (2 * Z80)

    def scaled(self, factor: float) -> Estimate:
        """Times a certain, non-negative factor."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)

    def times(self, other: Estimate) -> Estimate:
        """Times an independent estimate, both positive: the relative half widths add in quadrature on each side."""
        return _combined(self.value * other.value, _sides(self), _sides(other))

    def over(self, other: Estimate) -> Estimate:
        """Divided by an independent estimate, both positive; the other's interval turns around."""
        below, above = _sides(other)
        return _combined(self.value / other.value, _sides(self), (above, below))

    def as_dict(self) -> dict[str, float]:
        """``{"value", "low", "high"}``, the form of the commands' JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}


def _sides(estimate: Estimate) -> tuple[float, float]:
    """How far the ends lie from the value, in logarithms. An end at 0 counts as very far, not as infinitely far."""
    value = max(estimate.value, _TINY)
    return log(value / min(max(estimate.low, _TINY), value)), log(max(estimate.high, value) / value)


def _combined(value: float, first: tuple[float, float], second: tuple[float, float]) -> Estimate:
    below, above = hypot(first[0], second[0]), hypot(first[1], second[1])
    return Estimate(value, value * exp(-below), value * exp(above))

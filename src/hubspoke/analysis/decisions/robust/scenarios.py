"""What a robust plan is asked for: scenarios by name, how likely each is, and the measure of their costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEASURES = ("expected", "worst", "regret", "cvar")
AS_IT_IS = "as it is"
"""Name of the scenario that changes nothing."""


@dataclass(frozen=True)
class Possible:
    """One scenario that may come.

    Attributes
    ----------
    name : str
    changes : mapping of str to any
        Settings by dotted key, as `read` takes them, the key `scenario` included.
    probability : float
    """

    name: str
    changes: Mapping[str, Any]
    probability: float


def list_possible(
    scenarios: Sequence[str] | Mapping[str, Mapping[str, Any]] = (),
    supply: Sequence[str] = (),
    costs: Sequence[str] = (),
    weights: Sequence[float] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> tuple[Possible, ...]:
    """Return the scenarios that may come: each named one with each scenario of tonnes and each level of costs.

    Parameters
    ----------
    scenarios : sequence of str, or mapping of str to mapping
        Names in `scenarios.toml`, empty for none; or changes of settings under names of one's own.
    supply, costs : sequence of str
        Scenarios of tonnes and levels of costs; those of the settings when empty.
    weights : sequence of float, optional
        How likely each is, in the order of the answer, in any unit; all alike when left out.
    changes : mapping of str to any, optional
        Changes that hold in all of them.

    Raises
    ------
    UsageError
        None, or one twice, or weights that make no sense.
    """
    common = dict(changes or {})
    if isinstance(scenarios, str):
        raise UsageError(f"scenarios: give a list of names, such as [{scenarios!r}]")
    named: list[tuple[str, dict[str, Any]]] = (
        [(name, dict(own)) for name, own in scenarios.items()]
        if hasattr(scenarios, "items")
        else [
            (name or (AS_IT_IS if len(scenarios) > 1 else ""), {"scenario": name} if name else {}) for name in scenarios
        ]
    )
    tonnes: list[tuple[str, dict[str, Any]]] = [(name, {"supply.scenario": name}) for name in supply]
    levels: list[tuple[str, dict[str, Any]]] = [(name, {"costs.level": name}) for name in costs]
    found = []
    for parts in product(named or [("", {})], tonnes or [("", {})], levels or [("", {})]):
        name = " / ".join(part for part, _ in parts if part) or AS_IT_IS
        found.append((name, {**common, **parts[0][1], **parts[1][1], **parts[2][1]}))
    names = [name for name, _ in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"scenarios: {', '.join(twice)} stands there twice; give each once, with its weight")
    if len(found) < 2:
        raise UsageError("give two scenarios or more: --scenario NAME twice, or lists for --supply and --costs")
    shares = _shares(weights, names)
    return tuple(Possible(name, own, share) for (name, own), share in zip(found, shares, strict=True))


def _shares(weights: Sequence[float] | None, names: Sequence[str]) -> list[float]:
    """Return probabilities from weights in any unit."""
    if weights is None:
        return [1 / len(names)] * len(names)
    given = [float(one) for one in weights]
    if len(given) != len(names):
        raise UsageError(f"weights: {len(given)} are given for {len(names)} scenarios: {', '.join(names)}")
    if not all(math.isfinite(one) and one >= 0 for one in given) or not sum(given):
        raise UsageError("weights must be 0 or more, and not all of them 0")
    return [one / sum(given) for one in given]


def check_measure(measure: str, alpha: float) -> None:
    """Raise UsageError for an unknown measure, or a tail that is none.

    Parameters
    ----------
    measure : str
    alpha : float
    """
    if measure not in MEASURES:
        raise UsageError(f"unknown measure {measure!r}{nearest_name(measure, MEASURES)}")
    if not 0 <= alpha < 1:
        raise UsageError(f"alpha must be 0 or more and below 1, got {alpha}")

"""What a sweep varies: a setting or the scenario, over a range or a list of values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.settings.load import parse_value
from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.settings.settings import Settings

STATED = "range"
"""Stands for the range that a setting states itself."""
STEPS = 5
"""Values of a range in a grid that says no other number."""
NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"({NUMBER})\s*\.\.\s*({NUMBER})(?:\s*/\s*(\d+))?")
SCENARIO = "scenario"
DIGITS = 6
"""Significant digits of values that are drawn or divided."""


@dataclass(frozen=True)
class Axis:
    """A setting that is varied.

    Attributes
    ----------
    key : str
        Its dotted key, or `scenario`.
    values : tuple
        Values of a list; empty where a range is given.
    low, high : float
        Ends of a range.
    steps : int
        Values of the range in a grid.
    """

    key: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    steps: int = STEPS

    @property
    def is_range(self) -> bool:
        """Whether any number between two ends may be taken."""
        return not self.values

    def grid(self) -> tuple[Any, ...]:
        """Return the values in a grid."""
        if self.values:
            return self.values
        return tuple(rounded(value) for value in np.linspace(self.low, self.high, self.steps).tolist())

    def ends(self) -> tuple[Any, ...]:
        """Return what is tried of it alone: both ends of a range, every value of a list."""
        return self.values or (rounded(self.low), rounded(self.high))

    def at(self, share: float) -> Any:
        """Return the value at a share of the way, 0 to 1, from the first to the last."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        return rounded(self.low + share * (self.high - self.low))


def rounded(value: float) -> float:
    """Return a number with no more digits than anybody reads.

    Parameters
    ----------
    value : float
    """
    return float(f"{value:.{DIGITS}g}")


def read_axes(vary: Mapping[str, Any], base: Settings) -> tuple[Axis, ...]:
    """Read what is varied.

    Parameters
    ----------
    vary : mapping of str to any
        By dotted key or `scenario`: a list of values; a text `low..high`, or `low..high/steps` for a grid; values
        with commas between them; or `range` for the range that the setting states, where the key may hold `*`.
    base : Settings
        For stated ranges, and for what the keys may be.

    Returns
    -------
    tuple of Axis

    Raises
    ------
    UsageError
        What is given for a key is none of these, or no setting has such a key.
    """
    known = dict(walk_settings(base.model_dump(mode="json")))
    axes: dict[str, Axis] = {}
    for key, given in vary.items():
        if isinstance(given, str) and given.strip() == STATED:
            axes |= {axis.key: axis for axis in _stated(key, known)}
            continue
        if key != SCENARIO and key not in known:
            raise UsageError(f"cannot vary {key!r}: there is no such setting{nearest_name(key, [*known, SCENARIO])}")
        axes[key] = _read_axis(key, given)
    return tuple(axes.values())


def _stated(pattern: str, known: Mapping[str, Any]) -> Iterator[Axis]:
    """Yield an axis for every setting whose key fits and that states a range."""
    found = False
    for key, value in known.items():
        if fnmatchcase(key, pattern) and is_quantity_table(value):
            low, high = value.get("low"), value.get("high")
            if low is not None and high is not None and low < high:
                found = True
                yield Axis(key, low=float(low), high=float(high))
    if not found:
        raise UsageError(f"no setting that fits {pattern!r} states a range; write one, such as {pattern}=10..30")


def _read_axis(key: str, given: Any) -> Axis:
    if isinstance(given, str):
        found = RANGE.fullmatch(given.strip())
        if found is None:
            given = [_value(key, part) for part in given.split(",")]
        else:
            low, high, steps = float(found[1]), float(found[2]), int(found[3] or STEPS)
            if not low < high or steps < 2:
                raise UsageError(f"{key}={given}: write two numbers, the lower one first, and 2 steps or more")
            return Axis(key, low=low, high=high, steps=steps)
    values: Sequence[Any] = given if isinstance(given, list | tuple) else [given]
    if not values:
        raise UsageError(f"nothing is given to vary {key!r} over; write a list, or a range such as 10..30")
    if len({repr(value) for value in values}) < len(values):
        raise UsageError(f"a value to vary {key!r} over is given twice")
    return Axis(key, tuple(values))


def _value(key: str, part: str) -> Any:
    return part.strip() if key == SCENARIO else parse_value(part.strip())


def walk_settings(section: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every setting by its dotted key; quantities as tables, lists whole.

    Parameters
    ----------
    section : mapping
        Settings as `model_dump` writes them.
    above : str
        Dotted key of the section, with a dot behind it.
    """
    for key, value in section.items():
        if isinstance(value, dict) and not is_quantity_table(value):
            yield f"{above}{key}", value
            yield from walk_settings(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value

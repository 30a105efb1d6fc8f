"""Changes against the number that stands: `+20%`, `-10%`, `x0.8`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Mapping

PERCENT = re.compile(r"([+\-−])\s*(\d+(?:\.\d+)?)\s*[%％]")
TIMES = re.compile(r"[x×*]\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)")
LIKE_A_CHANGE = re.compile(r"[+\-−±x×*]+\s*[\d.,]+\s*[%％x×]*|[\d.,]+\s*[%％x×]+")
"""What somebody writes who means such a change, well written or not."""
CURE = "write +20%, -10% or x0.8, or the value itself"


def read_factor(text: str) -> float | None:
    """Return the factor that a relative change asks for, or None where the text is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    float or None

    Examples
    --------
    >>> [read_factor(text) for text in ("+20%", "-10 %", "x0.8", "20%")]
    [1.2, 0.9, 0.8, None]
    """
    text = text.strip()
    if found := PERCENT.fullmatch(text):
        percent = float(found[2])
        return (100.0 + percent if found[1] == "+" else 100.0 - percent) / 100.0
    found = TIMES.fullmatch(text)
    return float(found[1]) if found else None


def resolve_changes(
    base: Mapping[str, Any], changed: Mapping[str, Any], file: str, above: str = ""
) -> tuple[dict[str, Any], list[Finding]]:
    """Return changes with every relative one replaced by its number, and findings on those that cannot be.

    Parameters
    ----------
    base : mapping
        Settings as TOML tables, before the changes.
    changed : mapping
        Changes in the same form.
    file : str
        Where findings say that the changes stand.
    above : str
        Dotted key of the table, with a dot behind it.

    Returns
    -------
    changes : dict
    findings : list of Finding
    """
    made: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, new in changed.items():
        old = base.get(key)
        if isinstance(new, dict):
            below = old if isinstance(old, dict) else {}
            made[key], more = resolve_changes(below, new, file, f"{above}{key}.")
            findings += more
        elif isinstance(new, str) and key in base and not isinstance(old, str) and LIKE_A_CHANGE.fullmatch(new.strip()):
            made[key], problem = _resolve(old, new)
            if problem:
                findings.append(Finding(file, 0, f"{above}{key}", problem, CURE, kind="bad-value"))
        else:
            made[key] = new
    return made, findings


def _resolve(old: Any, new: str) -> tuple[Any, str]:
    """Return the number that a change leads to, and what is wrong with the change, if anything."""
    factor = read_factor(new)
    if factor is None:
        return new, f"{new!r} is no number and no change that can be read"
    if is_quantity_table(old):
        old = old["value"]
    if isinstance(old, bool) or not isinstance(old, int | float):
        return new, f"{new!r} changes a number, but what stands there is no single number"
    value = old * factor
    if isinstance(old, int) and abs(value - round(value)) < 1e-9:
        return round(value), ""
    return value, ""

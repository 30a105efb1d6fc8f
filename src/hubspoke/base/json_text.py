"""Write JSON that every program can read: infinite numbers and NaN, which JSON does not have, become null. Read it."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def keep_finite(data: Any) -> Any:
    """Return data with None, which JSON writes as null, in place of infinite numbers and NaN.

    Parameters
    ----------
    data : any
        Dicts, lists and tuples, nested to any depth, and what they hold.

    Returns
    -------
    any
        The same, with lists in place of tuples.

    Examples
    --------
    >>> keep_finite({"gap": float("inf"), "rows": [{"bound": float("nan"), "cost": 1.5}]})
    {'gap': None, 'rows': [{'bound': None, 'cost': 1.5}]}
    """
    if isinstance(data, dict):
        return {key: keep_finite(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [keep_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


def write_json(content: Mapping[str, Any]) -> str:
    """Return a mapping as indented JSON, with null in place of infinite numbers and NaN.

    Parameters
    ----------
    content : mapping of str to any

    Returns
    -------
    str
        Text that ends with a line break; letters beyond ASCII stand as they are.
    """
    return json.dumps(keep_finite(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def recall_json(file: Path, **known: Any) -> dict[str, Any] | None:
    """Return what a program kept in a file; None where it is not there, is damaged, or was kept as something else.

    Parameters
    ----------
    file : Path
        One JSON object.
    **known : any
        What must stand in it, by key.
    """
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    sound = isinstance(kept, dict) and kept and all(kept.get(key) == value for key, value in known.items())
    return kept if sound else None

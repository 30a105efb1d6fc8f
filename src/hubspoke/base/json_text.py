"""Numbers that JSON does not have."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def keep_finite(data: Any) -> Any:
    """Replace infinite numbers and NaN by None, which JSON writes as null, however deep they lie.

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
    """Write JSON that people can read; an infinite number or NaN becomes null."""
    return json.dumps(keep_finite(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

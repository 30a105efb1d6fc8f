"""Numbers that JSON does not have."""

from __future__ import annotations

import math
from typing import Any


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

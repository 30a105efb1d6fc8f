"""The range in which a setting makes sense, by its name: units stand in the names of all settings.

The ranges are wide on purpose. They hold for any country, currency and kind of goods, and are there to find what cannot
be meant: a value in another unit, a slip of the keyboard, a number that no plan could be computed with. Where 0 is
allowed, it is whatever the range.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic_core import PydanticCustomError


class Range(NamedTuple):
    """Least and largest size of a number other than 0, whatever its sign."""

    least: float
    most: float


RANGES: tuple[tuple[str, Range], ...] = (
    (r"years?", Range(1900, 2200)),
    (r".*_(per_region|in_total)", Range(1, 1e6)),
    (r"access_detour_factor", Range(0.5, 20)),
    (r"surcharge_factor", Range(1e-3, 1e3)),
    (r".*factor", Range(1e-6, 1e4)),
    (r"fuel_intercept", Range(1e-9, 20)),
    (r".*exponent", Range(1e-9, 5)),
    (r"(.*_)?share(_per_yr)?", Range(1e-9, 10)),
    (r".*_shape", Range(1e-2, 1e3)),
    (r"discount_rate_per_yr", Range(1e-6, 1)),
    (r"pickups_min_per_yr", Range(1e-3, 1e5)),
    (r".*_t_per_t", Range(1e-12, 1)),
    (r".*_(jpy|usd)_per_t|usd_per_t", Range(1e-4, 1e9)),
    (r".*_jpy_per_km", Range(1e-4, 1e6)),
    (r".*_jpy_per_kwh", Range(1e-6, 1e5)),
    (r".*_jpy_per_(trip|crossing)", Range(1e-4, 1e9)),
    (r".*_jpy_per_yr", Range(1e-2, 1e11)),
    (r"jpy_per_usd", Range(1e-6, 1e6)),
    (r".*_jpy", Range(1e-2, 1e15)),
    (r".*_km_per_h", Range(0.1, 1e3)),
    (r".*_km", Range(1e-3, 5e4)),
    (r".*_m", Range(0.1, 500)),
    (r".*_t_per_yr", Range(1e-3, 1e9)),
    (r"payload_.*_t", Range(1e-3, 1e5)),
    (r".*_t", Range(1e-9, 1e10)),
    (r".*_persons", Range(1e-3, 1e6)),
    (r"hours_per_yr", Range(1, 8784)),
    (r".*_yr", Range(0.1, 300)),
    (r".*_mwh_per_t", Range(1e-6, 1e4)),
    (r".*_kg_per_t", Range(1e-6, 1e6)),
    (r".*_kg_per_(t_km|kwh|l)", Range(1e-9, 1e3)),
    (r".*_kg", Range(1e-3, 1e6)),
    (r".*_h", Range(1e-3, 1e4)),
    (r".*legs", Range(1e-3, 100)),
    (r".*", Range(1e-12, 1e12)),
)
"""By the name of a setting in full; the first that fits holds."""


def find_range(name: str) -> Range:
    """Return the range in which a setting makes sense.

    Parameters
    ----------
    name : str
        Name of the setting, without that of its section.

    Returns
    -------
    Range
    """
    return next(found for pattern, found in RANGES if re.fullmatch(pattern, name))


def check_range(name: str, value: object, key: str = "") -> None:
    """Raise where a number, or one inside a list or table, lies beyond the range of its name.

    Parameters
    ----------
    name : str
        Name of the setting, without that of its section.
    value : object
        A number; a list or table of them, nested to any depth; or anything else, which passes.
    key : str
        Dotted key of the value below the setting.

    Raises
    ------
    PydanticCustomError
        Of type `rule`, see `hubspoke.settings.section.fault`.
    """
    if isinstance(value, Mapping):
        for part, inner in value.items():
            check_range(name, inner, f"{key}.{part}".lstrip("."))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            check_range(name, inner, key)
    elif isinstance(value, int | float) and not isinstance(value, bool) and value:
        least, most = find_range(name)
        if not least <= abs(value) <= most:
            problem = f"got {float(value):g}, which makes no sense there"
            cure = f"write a number from {least:g} to {most:g}"
            told = {"key": key, "problem": problem, "cure": cure}
            raise PydanticCustomError("rule", "{key}: {problem}; {cure}", told)

"""What sections of the settings are made of: a frozen model, quantities within bounds, and errors with a cure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from hubspoke.settings.quantity import FIELDS, Quantity


def fault(key: str, problem: str, cure: str) -> PydanticCustomError:
    """Return the error for settings that break a rule.

    Parameters
    ----------
    key : str
        Dotted key below the section that checks the rule.
    problem : str
        What is wrong.
    cure : str
        What to do about it.

    Returns
    -------
    PydanticCustomError
        To be raised by a validator.
    """
    return PydanticCustomError("rule", "{key}: {problem}; {cure}", {"key": key, "problem": problem, "cure": cure})


def _check_not_negative(value: Quantity) -> Quantity:
    if value < 0:
        raise ValueError(f"must not be negative, got {float(value)}")
    return value


def _check_positive(value: Quantity) -> Quantity:
    if value <= 0:
        raise ValueError(f"must be above zero, got {float(value)}")
    return value


def _check_share(value: Quantity) -> Quantity:
    if not 0 <= value <= 1:
        raise ValueError(f"must lie between 0 and 1, got {float(value)}")
    return value


Amount = Annotated[Quantity, AfterValidator(_check_not_negative)]
Positive = Annotated[Quantity, AfterValidator(_check_positive)]
Share = Annotated[Quantity, AfterValidator(_check_share)]
Fraction = Annotated[Quantity, AfterValidator(_check_positive), AfterValidator(_check_share)]
"""A share above 0, which other numbers are divided by."""


class Range(NamedTuple):
    """Least and largest size of a number other than 0, whatever its sign."""

    least: float
    most: float


RANGES: tuple[tuple[str, Range], ...] = (
    (r"(first_)?years?", Range(1900, 2200)),
    (r".*_(per_region|in_total)", Range(1, 1e6)),
    (r"access_detour_factor", Range(0.5, 20)),
    (r"surcharge_factor", Range(1e-3, 1e3)),
    (r".*factor", Range(1e-6, 1e4)),
    (r"fuel_intercept", Range(1e-9, 20)),
    (r".*exponent", Range(1e-9, 5)),
    (r"(.*_)?share(_per_yr)?", Range(1e-9, 10)),
    (r".*_shape", Range(1e-2, 1e3)),
    (r"by_year", Range(1e-9, 5e8)),  # cars sold in the world in a year are 1e8
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
    (r".*_persons", Range(1e-3, 1e6)),
    (r"hours_per_yr", Range(1, 8784)),
    (r".*_yr", Range(0.1, 300)),
    (r".*_mwh_per_t", Range(1e-6, 1e4)),
    (r".*_kg_per_t", Range(1e-6, 1e6)),
    (r".*_kg_per_(t_km|kwh|l)", Range(1e-9, 1e3)),
    (r".*_t", Range(1e-9, 1e10)),  # behind those per tonne, whose names end alike
    (r".*_kg", Range(1e-3, 1e6)),
    (r".*_h", Range(1e-3, 1e4)),
    (r".*legs", Range(1e-3, 100)),
    (r".*", Range(1e-12, 1e12)),
)
"""By the name of a setting in full; the first that fits holds.

The ranges are wide on purpose. They hold for any country, currency and kind of goods, and are there to find what cannot
be meant: a value in another unit, a slip of the keyboard, a number that no plan could be computed with. Where 0 is
allowed, it is whatever the range.
"""


@lru_cache(maxsize=4096)  # the same few hundred names are asked for whenever settings are read
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


def check_range(name: str, value: object, key: str = "", *, free: bool = False) -> None:
    """Raise where a number, or one inside a list or table, lies beyond the range of its name.

    Parameters
    ----------
    name : str
        Name of the setting, without that of its section.
    value : object
        A number; a list or table of them, nested to any depth; or anything else, which passes.
    key : str
        Dotted key of the value below the setting.
    free : bool
        Whether keys of tables are names of settings in turn, as in changes of settings.

    Raises
    ------
    PydanticCustomError
        Of type `rule`, see `fault`.
    """
    if isinstance(value, Mapping):
        for part, inner in value.items():
            if part in FIELDS:
                check_range(name, inner, key, free=free)
            else:
                check_range(str(part) if free else name, inner, f"{key}.{part}".lstrip("."), free=free)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            check_range(name, inner, key, free=free)
    elif isinstance(value, int | float) and not isinstance(value, bool) and value:
        least, most = find_range(name)
        if not least <= abs(value) <= most:
            problem = f"got {float(value):g}, which makes no sense there"
            raise fault(key, problem, f"write a number from {least:g} to {most:g}")


class Section(BaseModel):
    """Base of all sections: frozen, closed to unknown keys, each field documented by the text below it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False
    )

    @field_validator("*", mode="after")
    @classmethod
    def _check_range(cls, value: Any, info: ValidationInfo) -> Any:
        """Check that every number lies in the range in which it makes sense."""
        name = str(info.field_name)
        check_range(name, value, free=name == "settings")
        return value

"""A number that knows its unit, source and confidence, and computes like a float."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler

FIELDS = frozenset({"value", "unit", "low", "high", "source", "confidence"})
TEXTS = ("unit", "source", "confidence")
USER_SOURCE = "set by the user"


class Quantity(float):
    """A float with `unit`, `source`, `confidence` and, where known, a range `low`..`high`.

    Examples
    --------
    >>> toll = Quantity(38.0, unit="JPY/km", source="NEXCO rates", confidence="medium")
    >>> toll * 2, toll.unit
    (76.0, 'JPY/km')
    """

    unit: str
    source: str
    confidence: str
    low: float | None
    high: float | None

    def __new__(
        cls,
        value: float,
        *,
        unit: str = "",
        source: str = USER_SOURCE,
        confidence: str = "user",
        low: float | None = None,
        high: float | None = None,
    ) -> Self:
        """Make a quantity from a value and what is known of it."""
        made = super().__new__(cls, value)
        made.unit, made.source, made.confidence = unit, source, confidence
        made.low, made.high = low, high
        return made

    @classmethod
    def parse(cls, raw: object) -> Quantity:
        """Return the quantity that a TOML value states: a number, or a table with a `value` and any others of `FIELDS`.

        Raises
        ------
        ValueError
            It is neither of them, a number in it is not finite, or a text in it is none.
        """
        if isinstance(raw, Quantity):
            return raw
        if isinstance(raw, dict):
            unknown = sorted(set(raw) - FIELDS)
            if unknown or "value" not in raw:
                expected = ", ".join(sorted(FIELDS))
                raise ValueError(f"expected a number or a table with {expected}; got keys {sorted(raw)}")
            stated: dict[str, Any] = {key: _text(key, raw[key]) for key in TEXTS if key in raw}
            stated |= {key: _number(raw[key]) for key in ("low", "high") if key in raw}
            return cls(_number(raw["value"]), **stated)
        return cls(_number(raw))

    def to_table(self) -> dict[str, object]:
        """Return the table that `parse` reads back, without an end of the range that is not known."""
        table: dict[str, object] = {"value": float(self), "unit": self.unit}
        if self.low is not None:
            table["low"] = self.low
        if self.high is not None:
            table["high"] = self.high
        table["source"], table["confidence"] = self.source, self.confidence
        return table

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Let pydantic validate with `parse` and dump with `to_table`."""
        dump = core_schema.plain_serializer_function_ser_schema(cls.to_table)
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=dump)


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError(f"expected a number, got {raw!r}")  # noqa: TRY004 - pydantic gathers ValueErrors
    if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        raise ValueError(f"expected a finite number, got {raw!r}")
    return float(raw)


def _text(key: str, raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"expected a text as {key}, got {raw!r}")  # noqa: TRY004 - pydantic gathers ValueErrors
    return raw


def is_quantity_table(raw: object) -> bool:
    """Return whether a TOML value is a quantity written as a table.

    Parameters
    ----------
    raw : object
        A value as `tomllib` reads it.

    Returns
    -------
    bool
        True for a table with the key `value`.
    """
    return isinstance(raw, dict) and "value" in raw


def override(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `base` with `changes` laid over it, tables within tables.

    A quantity that gets a new value, bare or in a table, keeps its unit. Its old source, confidence and range do not
    hold for the new value and are dropped: unless the change states others, the value counts as set by the user.

    Parameters
    ----------
    base, changes : mapping
        Settings as TOML tables.

    Returns
    -------
    dict
    """
    merged = dict(base)
    for key, new in changes.items():
        old = merged.get(key)
        if isinstance(old, dict) and is_quantity_table(old) and (not isinstance(new, dict) or "value" in new):
            own = new if isinstance(new, dict) else {"value": new}
            merged[key] = {"unit": old.get("unit", "")} | own
        elif isinstance(old, dict) and isinstance(new, dict):
            merged[key] = override(old, new)
        else:
            merged[key] = new
    return merged

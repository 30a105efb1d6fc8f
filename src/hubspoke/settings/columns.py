"""The settings of a planner's own columns: what titles in the tables mean."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from hubspoke.settings.section import Section, fault


class ColumnRule(Section):
    """What a column of a planner's own is read as; a bare name stands for `{ column = "name" }`."""

    column: str
    """Name of the column in hubspoke's tables, such as `mass_t`."""
    factor: float | None = None
    """By what numbers are multiplied to be in the unit of that column; if left out, the unit in the title counts."""
    kg_each: float | None = None
    """Weight of one pack or car in kg, where the column counts them and is read as tonnes."""

    @model_validator(mode="before")
    @classmethod
    def _read_name(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check_factor(self) -> ColumnRule:
        for name, number in (("factor", self.factor), ("kg_each", self.kg_each)):
            if number is not None and not number > 0:
                raise fault(name, f"must be above zero, got {number:g}", "write a number above 0")
        if self.factor is not None and self.kg_each is not None:
            raise fault("kg_each", "factor is given, too", "give one of the two")
        return self

    @property
    def multiplier(self) -> float | None:
        """By what numbers are multiplied, or None where the unit in the title says so."""
        return self.kg_each / 1000 if self.kg_each is not None else self.factor

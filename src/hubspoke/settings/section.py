"""What sections of the settings are made of: a frozen model, quantities within bounds, and errors with a cure."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.ranges import check_range


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


class Section(BaseModel):
    """Base of all sections: frozen, closed to unknown keys, each field documented by the text below it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False
    )

    @field_validator("*", mode="after")
    @classmethod
    def _check_range(cls, value: Any, info: ValidationInfo) -> Any:
        """Check that every number lies in the range in which it makes sense."""
        check_range(str(info.field_name), value)
        return value

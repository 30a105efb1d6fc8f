"""The settings section `orders`: plants that must or must not be open, and lanes that are agreed beforehand."""

from __future__ import annotations

from pydantic import Field, model_validator

from hubspoke.settings.section import Section, fault


class Orders(Section):
    """What is settled before anything is planned, by id of plants and sites."""

    open: tuple[str, ...] = ()
    """Plants that must be open."""
    close: tuple[str, ...] = ()
    """Plants that must not be open."""
    only: tuple[str, ...] = ()
    """Plants that may be open. Where it names any hub, no other hub may be; where any refinery, no other refinery."""
    deliver: dict[str, str] = Field(default_factory=dict)
    """Hub by site, or refinery by hub or port: the one place that it delivers to, wherever others would be cheaper."""

    @model_validator(mode="after")
    def _check_sense(self) -> Orders:
        if both := sorted(set(self.open) & set(self.close)):
            raise fault("close", f"{', '.join(both)} must be both open and closed", "keep it in one of the lists")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether nothing is ordered."""
        return not (self.open or self.close or self.only or self.deliver)

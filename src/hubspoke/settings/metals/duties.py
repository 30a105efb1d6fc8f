"""The settings section `duties`: what laws ask of recycling."""

from __future__ import annotations

from pydantic import Field

from hubspoke.settings.section import Section, Share


class Duty(Section):
    """A duty on recycling that a plan is held against; it states one of the shares, or several."""

    name_en: str
    name_ja: str
    for_metal: str
    """Batteries with this metal are bound; where `metals` has no such key, nothing is."""
    first_year: int | None = None
    """First whole year that is held against it; any year where it is left out."""
    efficiency_t_per_t: Share | None = None
    """Least mass recovered per tonne of batteries."""
    recovery_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Least share recovered of what batteries hold, by key of `metals` or `byproducts`."""
    content_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Least share of recycled metal in the active material of new batteries, by key of `metals`."""

"""Changes to rows of the tables, as scenarios ask for them; the settings keep those that were made."""

from __future__ import annotations

from pydantic import Field

from hubspoke.settings.section import Section


class TableChange(Section):
    """One change to some rows of a table."""

    scenario: str = ""
    """Scenario that asks for it; empty where a settings file does."""
    table: str
    """`sites`, `hubs`, `refineries` or another table, by its name as a file."""
    where: dict[str, float | str | tuple[float | str, ...]] = Field(default_factory=dict)
    """What the rows have in common, by column: a value, one of several, a text with `*`, or a comparison such as
    `"< 5"`; `supply_t` are the tonnes of a site in the planned year. All rows if empty."""
    set: dict[str, float | str]
    """What they get, by column: a value, or a change of the number that stands, such as `"x0.5"` or `"+10%"`."""
    becomes: dict[str, str] = Field(default_factory=dict)
    """Technology that takes the place of another in these rows, where the change is one of costs of a technology."""

"""The settings section `years`: which years are planned together, and what plants may do from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Section, Share, fault

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = Quantity(0.0, unit="share", source="not stated", confidence="low")


SAME = ("years", "horizon", "classes", "columns", "scenario", "supply", "costs", "sizes", "finance", "sources")
"""Sections that hold for all years alike; tonnes by year are those of the sites."""

ONCE = ("lead_time_yr", "ramp_up")
"""Settings of technologies that are stated once for all years."""

BARRING = ("policy.refine_abroad",)
"""Starts of the keys that decide which plants there are."""

DUTIES = "policy.least_recovery_t_per_t"
"""Start of the keys whose numbers hold from their year on, as duties do."""

LASTING = ("capital_jpy", "capital_exponent", "contingency_share", "reference_t_per_yr")
"""Settings of technologies that hold for as long as a plant stands."""


class Years(Section):
    """A plan over several years: when plants open, grow, stand idle and close."""

    plan: tuple[int, ...] = ()
    """Years planned together, each standing for the years up to the next; none: one year alone is planned."""
    until: int | None = None
    """Last year that counts: the last planned year stands for all up to it, and for itself alone where this is left
    out."""
    decided_from: int | None = None
    """Year from which something can be decided: whatever is new opens no earlier than its technology's `lead_time_yr`
    after it. Left out, plants of any kind can be open in the first year."""
    idle_share: Share = Quantity(1.0, unit="share", source="not stated", confidence="low")
    """Share of the fixed running cost that a plant pays while it stands idle, after it was open."""
    closing_share: Quantity = NEVER
    """Cost of closing a plant for good, as a share of its investment; below 0 where scrap and land bring more."""
    may_close: bool = True
    """Whether a plant that is open may close before the last year."""
    hubs_opened_most: int | None = Field(default=None, ge=0)
    """Most hubs that are opened for a planned year, the first one apart."""
    refineries_opened_most: int | None = Field(default=None, ge=0)
    """The same of refineries."""
    budget_jpy: dict[str, Amount] = Field(default_factory=dict)
    """Most that may be invested for a planned year, by year, not discounted; no limit in years that are left out."""
    budget_in_total_jpy: Amount | None = None
    """Most that may be invested over all planned years."""
    sites_keep_hub: bool = False
    """Whether a site delivers to the same hub in every year in which it is collected."""
    switch_jpy: Amount | None = None
    """What it costs once when a site goes to another hub than in the planned year before."""
    stays_collected: bool = False
    """Whether a site that is collected in one year is collected in all later ones."""
    least_share: dict[str, Share] = Field(default_factory=dict)
    """Least share of all tonnes that is collected from a year on, by year, where sites may be left out."""
    values: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Other settings by year: dotted key, and its value by year. Numbers lie on the line between two years, and stay
    what they are before the first and after the last; other values, and least recoveries, hold from their year on."""

    @model_validator(mode="after")
    def _check_years(self) -> Years:
        if list(self.plan) != sorted(set(self.plan)):
            raise fault("plan", f"got {list(self.plan)}", "write each year once, in ascending order")
        if self.plan and self.until is not None and self.until < self.plan[-1]:
            raise fault("until", f"{self.until} is before the last planned year", f"write {self.plan[-1]} or later")
        for name in ("least_share", "budget_jpy"):
            for key in getattr(self, name):
                _check_year(f"{name}.{key}", key)
        for name, by_year in self.values.items():
            _check_by_year(name, by_year)
        return self

    def changes_in(self, year: int) -> dict[str, Any]:
        """Return the settings that `values` states for a year, by dotted key.

        Parameters
        ----------
        year : int
        """
        held = {name: series for name, series in self.values.items() if _holds(name, series, year)}
        return {name: _value_in(name, {int(at): held[name][at] for at in sorted(held[name])}, year) for name in held}

    def steps(self) -> dict[str, tuple[int, ...]]:
        """Return the years from which values hold, ascending, by key: of all series that lie on no line."""
        begun = {
            f"values.{name}": series
            for name, series in self.values.items()
            if not _lies_on_lines(name, series.values())
        }
        series = {**begun, "least_share": self.least_share} if self.least_share else begun
        return {name: tuple(sorted(map(int, years))) for name, years in series.items()}

    def least_share_in(self, year: int) -> float:
        """Return the least share of all tonnes that must be collected in a year; 0 for none.

        Parameters
        ----------
        year : int
        """
        begun = [float(share) for start, share in sorted(self.least_share.items()) if int(start) <= year]
        return begun[-1] if begun else 0.0


def _check_by_year(name: str, by_year: dict[str, Any]) -> None:
    """Raise for a setting that cannot differ from year to year, and for years that are none."""
    if name.partition(".")[0] in SAME or name.rpartition(".")[2] in ONCE or name.startswith(BARRING):
        raise fault(f"values.{name}", f"{name} cannot differ from year to year", "state it for all years")
    if name.rpartition(".")[2] in LASTING:
        raise fault(f"values.{name}", f"{name} is what plants that stand were built for", "state it for all years")
    if name == DUTIES:
        raise fault(
            f"values.{name}",
            "no metal is named",
            "write the metal behind it, as in policy.least_recovery_t_per_t.lithium",
        )
    if not by_year:
        raise fault(f"values.{name}", "no year is given", "write a value for a year, such as { 2030 = 1.5 }")
    for key in by_year:
        _check_year(f"values.{name}.{key}", key)


def _check_year(key: str, year: str) -> None:
    if not (year.isdigit() and 1900 <= int(year) <= 2200):
        raise fault(key, f"{year!r} is no year", "write a year, such as 2030")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _lies_on_lines(name: str, values: Iterable[Any]) -> bool:
    """Return whether values of a setting lie on the line between their years; else each holds from its year on."""
    return all(map(_is_number, values)) and not name.startswith(DUTIES)


def _holds(name: str, series: dict[str, Any], year: int) -> bool:
    """Return whether a series says something of a year: on lines always, anything else from its first year on."""
    return _lies_on_lines(name, series.values()) or year >= min(map(int, series))


def _value_in(name: str, series: dict[int, Any], year: int) -> Any:
    """Return the value of a series in a year: numbers on the line between their neighbours, others from their year."""
    before = [known for known in series if known <= year]
    after = [known for known in series if known >= year]
    if not before:
        return series[after[0]]
    start = before[-1]
    if not after or not _lies_on_lines(name, series.values()) or after[0] == start:
        return series[start]
    share = (year - start) / (after[0] - start)
    return series[start] + share * (series[after[0]] - series[start])

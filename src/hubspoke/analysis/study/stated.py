"""What a study is asked, as a TOML file or a call states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PLAN, POLICIES, FUTURES, ROBUST, YEARS, REGRET = "plan", "policies", "futures", "robust", "years", "regret"
SWEEP, FRONT, ALTERNATIVES, DISRUPTION = "sweep", "front", "alternatives", "disruption"
DEEPER, GREENFIELD = "deeper", "greenfield"
ANALYSES = (
    *(PLAN, ALTERNATIVES, DISRUPTION, POLICIES, FUTURES, ROBUST, YEARS, REGRET),
    *(SWEEP, FRONT, DEEPER, GREENFIELD),
)
"""All analyses in the order in which they run."""
RULES = "rules"
"""Section of the limits that findings are made by."""

TEXT, WHOLE, NUMBER, SWITCH, TABLE = "a text", "a whole number", "a number", "true or false", "a table"
TEXTS, WHOLES, NUMBERS = "a list of texts", "a list of whole numbers", "a list of numbers"
KINDS: Mapping[str, type | tuple[type, ...]] = {
    TEXT: str,
    WHOLE: int,
    NUMBER: (int, float),
    SWITCH: bool,
    TABLE: Mapping,
    TEXTS: str,
    WHOLES: int,
    NUMBERS: (int, float),
}
"""What a value, or each of a list, must be."""
LISTS = (TEXTS, WHOLES, NUMBERS)

COMMON = {
    "title": TEXT,
    "title_ja": TEXT,
    "analyses": TEXTS,
    "policy": TEXT,
    "regions": TEXTS,
    "year": WHOLE,
    "years": WHOLES,
    "scenarios": TEXTS,
    "supply": TEXTS,
    "costs": TEXTS,
    "weights": NUMBERS,
    "open": TEXTS,
    "close": TEXTS,
    "gap": NUMBER,
    "time_limit": NUMBER,
    "set": TABLE,
}
"""Keys that hold for all analyses, and what their values are."""
SECTIONS: Mapping[str, Mapping[str, str]] = {
    PLAN: {"maps": SWITCH},
    POLICIES: {"names": TEXTS},
    ROBUST: {"measure": TEXT, "alpha": NUMBER},
    SWEEP: {"vary": TABLE, "mode": TEXT, "samples": WHOLE, "seed": WHOLE},
    FRONT: {"against": TEXTS, "points": WHOLE, "all": SWITCH},
    ALTERNATIVES: {"within": NUMBER, "most": WHOLE},
    DISRUPTION: {"survive": SWITCH},
    DEEPER: {"borders": SWITCH, "plants": WHOLE},
    GREENFIELD: {"places": WHOLE, "across": SWITCH},
    RULES: {"decide_share": NUMBER, "wait_share": NUMBER, "tossup_share": NUMBER},
}
"""Keys of single analyses, and of the rules, by section."""
USUAL: Mapping[str, Mapping[str, Any]] = {
    PLAN: {"maps": True},
    POLICIES: {"names": ["regional", "shared-refinery", "open"]},
    ROBUST: {"measure": "expected", "alpha": 0.8},
    SWEEP: {"mode": "one-at-a-time"},
    FRONT: {"against": ["co2"], "all": False},
    ALTERNATIVES: {"within": 0.005, "most": 30},
    DISRUPTION: {"survive": True},
    DEEPER: {"borders": False, "plants": 4},
    GREENFIELD: {"places": 1, "across": False},
    RULES: {"decide_share": 0.9, "wait_share": 0.01},
}
"""What holds where nothing is stated."""
SECONDS = 120.0
"""Time limit of each plan where none is stated."""
VARIED: Mapping[str, Any] = {
    "supply.factor": "0.7..1.3",
    "energy.power_jpy_per_kwh": "range",
    "energy.heat_jpy_per_kwh": "range",
    "finance.discount_rate_per_yr": "range",
    "finance.life_yr": "range",
    "finance.wage_jpy_per_yr": "range",
    "collection.pickups_min_per_yr": "range",
    "hub_technologies.*.capital_jpy": "range",
    "hub_technologies.*.other_jpy_per_t": "range",
    "hub_technologies.*.largest_t_per_yr": "range",
    "refinery_technologies.*.capital_jpy": "range",
    "refinery_technologies.*.reagents_jpy_per_t": "range",
}
"""What a sweep varies where nothing is stated, as far as the settings have it and state a range."""


@dataclass(frozen=True)
class Stated:
    """What a study is asked, of the right kinds but not yet held against the input.

    Attributes
    ----------
    file : str
        Name of the file, as findings call it.
    common : mapping of str to any
        By the names of `COMMON`; those that are stated.
    sections : mapping of str to mapping
        By the names of `SECTIONS`; those that are stated.
    """

    file: str
    common: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def options(self, section: str) -> dict[str, Any]:
        """Return the options of an analysis, with the usual ones where nothing is stated.

        Parameters
        ----------
        section : str
        """
        return {**USUAL.get(section, {}), **self.sections.get(section, {})}

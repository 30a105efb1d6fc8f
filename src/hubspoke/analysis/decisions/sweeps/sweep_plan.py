"""State a sweep: what is varied and how, and what every case is asked, as a TOML file or options say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from pathlib import Path

GRID, ALONE, LATIN, SOBOL, INDICES, LIST = "grid", "one-at-a-time", "latin", "sobol", "indices", "list"
MODES = (GRID, ALONE, LATIN, SOBOL, INDICES, LIST)
DRAWN = (LATIN, SOBOL, INDICES)
"""Modes that draw samples."""
ASKED = ("policy", "objective", "year", "regions", "open", "close", "gap", "time_limit", "solver")
"""What every case may be asked, as `solve` is."""
KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("policy", "objective", "solver", "mode", "scenario"), str),
    **dict.fromkeys(("year", "samples", "seed"), int),
    **dict.fromkeys(("regions", "open", "close"), list),
    **dict.fromkeys(("gap", "time_limit"), (int, float)),
    **dict.fromkeys(("vary", "set"), dict),
    "case": list,
}
SAMPLES = 64


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep is to do.

    Attributes
    ----------
    mode : str
        One of `MODES`.
    vary : mapping of str to any
        Over what, by dotted key or `scenario`; see `read_axes`.
    listed : tuple of (str, mapping)
        Cases that are stated one by one: name, and settings by dotted key.
    changes : mapping of str to any
        Settings by dotted key that are changed in every case.
    asked : mapping of str to any
        What every case is asked, by the names of `ASKED`.
    samples : int
        Number of cases drawn; under `indices` they are as many times the number of varied settings and two more.
    seed : int
        Of what is drawn.
    """

    mode: str = GRID
    vary: Mapping[str, Any] = field(default_factory=dict)
    listed: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    samples: int = SAMPLES
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be done."""
        if self.mode not in MODES:
            raise UsageError(f"unknown mode {self.mode!r}{nearest_name(self.mode, MODES)}")
        if not self.vary and not self.listed:
            raise UsageError("nothing is varied; write --vary energy.power_jpy_per_kwh=10..30, or a sweep file")
        if self.mode == LIST and self.vary:
            raise UsageError("mode list takes the cases as they are stated; choose another mode to vary settings")
        if self.mode in DRAWN and not 1 <= self.samples <= 100_000:
            raise UsageError(f"{self.samples} samples: draw 1 to 100,000")
        if self.mode in (SOBOL, INDICES) and self.samples & (self.samples - 1):
            nearest = 1 << (self.samples.bit_length() - 1)
            told = f"write {nearest} or {2 * nearest}"
            raise UsageError(f"{self.samples} samples: a Sobol sequence is even for powers of two only; {told}")


def read_plan(file: Path) -> SweepPlan:
    """Read a sweep file.

    Parameters
    ----------
    file : Path
        TOML; see docs/decisions.md.

    Raises
    ------
    UsageError
        It cannot be read, or says something that no sweep knows.
    """
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    for key, value in stated.items():
        if key not in KINDS:
            raise UsageError(f"{file.name}: unknown key {key!r}{nearest_name(key, KINDS)}")
        if not isinstance(value, KINDS[key]) or isinstance(value, bool):
            raise UsageError(f"{file.name}: {key} = {value!r} is of the wrong kind; see docs/decisions.md")
    listed = tuple(_read_case(file.name, at, one) for at, one in enumerate(stated.get("case", []), start=1))
    usual = LIST if listed and not stated.get("vary") else GRID
    scenario = {"scenario": stated["scenario"]} if "scenario" in stated else {}
    return SweepPlan(
        mode=stated.get("mode", usual),
        vary=stated.get("vary", {}),
        listed=listed,
        changes=scenario | flatten(stated.get("set", {})),
        asked={key: stated[key] for key in ASKED if key in stated},
        samples=stated.get("samples", SAMPLES),
        seed=stated.get("seed", 0),
    )


def lay_over(plan: SweepPlan | None, **options: Any) -> SweepPlan:
    """Return a sweep with options laid over what a file says.

    Parameters
    ----------
    plan : SweepPlan or None
        What the file says.
    **options : any
        By the names of attributes; None and empty ones change nothing.
    """
    given = {key: value for key, value in options.items() if value is not None and value != {}}
    if plan is None:
        return SweepPlan(**given)
    for key in ("vary", "changes", "asked"):
        if key in given:
            given[key] = {**getattr(plan, key), **given[key]}
    if plan.mode == LIST and "mode" not in given and given.get("vary"):
        given["mode"] = GRID
    return replace(plan, **given)


def flatten(section: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Return nested tables of settings by dotted key; keys may hold dots themselves.

    Parameters
    ----------
    section : mapping
    above : str
        Dotted key of the section, with a dot behind it.

    Examples
    --------
    >>> flatten({"a.b": 1, "c": {"d": 2}})
    {'a.b': 1, 'c.d': 2}
    """
    made: dict[str, Any] = {}
    for key, value in section.items():
        nested = isinstance(value, Mapping) and "value" not in value
        made |= flatten(value, f"{above}{key}.") if nested else {f"{above}{key}": value}
    return made


def _read_case(file: str, at: int, one: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(one, dict) or set(one) - {"name", "scenario", "set"} or not isinstance(one.get("set", {}), dict):
        raise UsageError(f'{file}: case {at} is none; write [[case]] with name = "...", scenario = "...", set = {{ }}')
    scenario = {"scenario": str(one["scenario"])} if "scenario" in one else {}
    changes = scenario | flatten(one.get("set", {}))
    if not changes:
        raise UsageError(f"{file}: case {at} changes nothing; the case without changes is there anyway")
    return str(one.get("name") or f"case {at}"), changes

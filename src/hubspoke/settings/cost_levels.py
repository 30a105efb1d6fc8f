"""The settings section `costs`: named levels of cost, each a set of changes to other settings; how they are laid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import nearest_name
from hubspoke.settings.quantity import is_quantity_table, override
from hubspoke.settings.relative import read_factor, resolve_changes
from hubspoke.settings.section import Section, fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class CostLevel(Section):
    """A level of cost: what it stands for, and the settings that it changes."""

    name_en: str
    name_ja: str
    settings: dict[str, Any] = Field(default_factory=dict)
    """Other settings in the form of this file, laid over those that ship; a planner's own file and `--set` come after.
    They must be there already; numbers may be changes such as `x0.8`."""


class CostLevels(Section):
    """What plants cost, against the numbers of the other sections."""

    level: str
    """Level that is planned with; a key of `levels`."""
    levels: dict[str, CostLevel] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_level(self) -> CostLevels:
        if self.level not in self.levels:
            cure = nearest_name(self.level, self.levels)[2:]
            raise fault("level", f"{self.level!r} is not a key of costs.levels", cure)
        return self

    @property
    def chosen(self) -> CostLevel:
        """The level that is planned with."""
        return self.levels[self.level]


def read_level(
    shipped: Mapping[str, Any], own: Mapping[str, Any], changed: Mapping[str, Any], *, files: tuple[str, str]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return what the level of costs that is asked for changes, and what levels state that is no setting.

    Parameters
    ----------
    shipped : mapping
        Settings as TOML tables, without the sections that the planner's file replaces.
    own, changed : mapping
        A planner's file, and single changes, in the same form: either may choose the level, or state one of its own.
    files : (str, str)
        Where findings say that levels stand: those of files, and those of `changed`.

    Returns
    -------
    changes : dict
        To be laid over `shipped`, and below `own` and `changed`; empty where no such level is stated, which the
        settings themselves refuse.
    findings : list of Finding
    """
    costs = override(override(shipped, _only_costs(own)), _only_costs(changed)).get("costs")
    levels = costs.get("levels") if isinstance(costs, dict) else None
    if not isinstance(costs, dict) or not isinstance(levels, dict):
        return {}, []
    replaced = own.get("replaces")
    gone = replaced if isinstance(replaced, list) else []
    made: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, level in levels.items():
        laid = level.get("settings") if isinstance(level, dict) else None
        if not isinstance(laid, dict):
            continue
        is_chosen, above = name == costs.get("level"), ("costs", "levels", str(name), "settings")
        told = laid if is_chosen else {key: new for key, new in laid.items() if key not in gone}
        unknown = list(_find_unknown(shipped, told, above, changed, files))
        findings += unknown
        if not is_chosen and not unknown:  # the level that is chosen is read as settings are
            findings += _find_no_numbers(shipped, told, above, changed, files)
        if is_chosen and not unknown:
            made, more = resolve_changes(shipped, laid, files[0], ".".join((*above, "")))
            findings += more
    return made, findings


def leave_out_equal(own: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """Return a planner's settings without those that stand there as they ship, tables within tables.

    Parameters
    ----------
    own, shipped : mapping
        Settings as TOML tables.

    Returns
    -------
    dict
    """
    kept = {}
    for key, value in own.items():
        old = shipped.get(key)
        if isinstance(value, dict) and isinstance(old, dict) and not is_quantity_table(value):
            kept[key] = leave_out_equal(value, old)
        elif key not in shipped or value != old:
            kept[key] = value
    return kept


def _only_costs(given: Mapping[str, Any]) -> dict[str, Any]:
    costs = given.get("costs")
    return {"costs": costs} if isinstance(costs, dict) else {}


def _find_unknown(
    base: Mapping[str, Any],
    laid: Mapping[str, Any],
    path: tuple[str, ...],
    changed: Mapping[str, Any],
    files: tuple[str, str],
) -> Iterator[Finding]:
    """Yield a finding for each key that a level states and the settings do not have, or that levels may not change."""
    top = len(path) == 4
    for key, new in laid.items():
        if key not in base or (top and key == "costs"):
            here = (*path, key)
            known = [name for name in base if not (top and name == "costs")]
            near = nearest_name(key, known).removeprefix("; ") or "remove it, or choose another level"
            problem = f"there is no setting {'.'.join(here[4:])!r} that a level could change"
            place = files[_holds(changed, here)]
            yield Finding(place, 0, ".".join(here), problem, near, kind="cost-level")
        elif isinstance(new, dict) and isinstance(base[key], dict) and not is_quantity_table(base[key]):
            yield from _find_unknown(base[key], new, (*path, key), changed, files)


def _find_no_numbers(
    base: Mapping[str, Any],
    laid: Mapping[str, Any],
    path: tuple[str, ...],
    changed: Mapping[str, Any],
    files: tuple[str, str],
) -> Iterator[Finding]:
    """Yield a finding for each value of a level that cannot be what it stands for: no number, or no section."""
    for key, new in laid.items():
        old, here = base[key], (*path, key)
        single = is_quantity_table(old) or (isinstance(old, int | float) and not isinstance(old, bool))
        if single and not _is_number(new):
            value = new.get("value", new) if isinstance(new, dict) else new
            problem, cure = (
                f"{value!r} is no number",
                "write a number, or a change of the one that stands, such as x0.8",
            )
        elif not single and isinstance(old, dict) and not isinstance(new, dict):
            problem, cure = f"{new!r} stands for a whole section", "write the settings below it that are to change"
        else:
            if isinstance(old, dict) and isinstance(new, dict) and not single:
                yield from _find_no_numbers(old, new, here, changed, files)
            continue
        yield Finding(files[_holds(changed, here)], 0, ".".join(here), problem, cure, kind="cost-level")


def _is_number(value: Any) -> bool:
    if isinstance(value, dict):
        return not value or _is_number(value.get("value", 0))  # what is not said anew stays
    if isinstance(value, str):
        return read_factor(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _holds(table: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True

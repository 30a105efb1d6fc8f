"""Read the settings: the shipped defaults, a planner's TOML over them, and single changes over both."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_origin

from hubspoke.base.errors import CHANGES, Finding, InputError
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.settings.changes.derived import derive_technologies
from hubspoke.settings.cost_levels import leave_out_equal, read_level
from hubspoke.settings.currency import in_currency
from hubspoke.settings.quantity import override
from hubspoke.settings.reading.faults import find_line
from hubspoke.settings.reading.given import check_changes
from hubspoke.settings.reading.horizon import follow_years
from hubspoke.settings.reading.scenarios import (
    SCENARIOS,
    add_lists,
    list_scenarios,
    load_scenarios,
    name_titles,
    scenario_changes,
)
from hubspoke.settings.reading.units import find_other_units
from hubspoke.settings.reading.validate import validate
from hubspoke.settings.relative import resolve_changes
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load_settings(
    path: Path | None = None,
    changes: Mapping[str, Any] | None = None,
    scenarios: Path | None = None,
    titles: Mapping[str, str] | None = None,
) -> Settings:
    """Read the settings.

    Parameters
    ----------
    path : Path, optional
        A planner's TOML that holds what differs from the shipped `japan.toml`; None for the defaults.
    changes : mapping of str to any, optional
        Values by dotted key, such as `{"trucks.10t.distance_jpy_per_km": 300}`; texts are read as TOML values, or as
        changes of the number that stands: `+20%`, `-10%`, `x0.8`. The key `scenario` chooses a scenario, whose changes
        come before the others.
    scenarios : Path, optional
        A planner's `scenarios.toml`.
    titles : mapping of str to str, optional
        `title` and `title_ja` where nobody states another; those of the data that ship when left out.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        With every finding at once.
    """
    settings, findings = try_settings(path, changes, scenarios, titles)
    if settings is None:
        raise InputError(findings)
    return settings


def try_settings(
    path: Path | None,
    changes: Mapping[str, Any] | None,
    scenarios: Path | None = None,
    titles: Mapping[str, str] | None = None,
) -> tuple[Settings | None, list[Finding]]:
    """Read the settings as `load_settings` does, but return the findings instead of raising them.

    Parameters
    ----------
    path : Path or None
        A planner's TOML; None for the defaults.
    changes : mapping of str to any, or None
        Values by dotted key, over those of the file and of its scenario.
    scenarios : Path, optional
        A planner's `scenarios.toml`.
    titles : mapping of str to str, optional
        As in `load_settings`.

    Returns
    -------
    settings : Settings or None
        None where a finding is fatal.
    findings : list of Finding
    """
    check_changes(changes)
    shipped = _parse_once((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))
    shipped = {**shipped, **(titles or {})}
    text, findings = _read_text(path)
    own, more = _parse(text, path)
    findings += more
    changed, more = _nest(changes or {})
    findings += more
    shipped, more = _leave_out(shipped, own, path.name if path else "", text)
    findings += more
    shipped = in_currency(shipped, override(own, changed).get("currency"))
    findings += find_other_units(shipped, own, path.name if path else "", text)
    name, place = changed.get("scenario", own.get("scenario", "")), path.name if path else SHIPPED_SETTINGS
    staged, _ = _stage_scenario(override(shipped, own), name, scenarios)
    level, more = read_level(shipped, own, override(staged, changed), files=(place, CHANGES))
    findings += more
    findings += find_other_units(shipped, level, place, "")
    if level:  # a copy of the shipped file in a planner's folder must not hide it
        own = leave_out_equal(own, shipped)
        shipped = override(shipped, level)
    staged, more = _stage_scenario(override(shipped, own), name, scenarios)
    findings += more
    changed, more = resolve_changes(override(override(shipped, own), staged), changed, CHANGES)
    changed = override(staged, changed)
    findings += more
    findings += find_other_units(shipped, changed, CHANGES, "")
    if "title" in own:
        shipped.pop("title_ja", None)  # another title needs another translation
    merged = override(override(shipped, own), changed)
    follow_years(merged, own, changed)
    if any(finding.fatal for finding in findings):
        merged.pop("table_changes", None)
    else:
        merged, more = derive_technologies(merged, SCENARIOS)
        findings += more
    settings, more = validate(
        merged, shipped, findings, file=path.name if path else SHIPPED_SETTINGS, text=text, changed=changed
    )
    return settings, [*findings, *more]


def _stage_scenario(base: Mapping[str, Any], name: Any, scenarios: Path | None) -> tuple[dict[str, Any], list[Finding]]:
    """Return the changes of a scenario as TOML tables, none where no scenario is named, and findings."""
    if not name:
        return {}, []
    known, findings = load_scenarios(scenarios)
    changes, more = scenario_changes(str(name), known)
    nested, others = _nest(name_titles(base, str(name), known) | changes)
    resolved, last = resolve_changes(base, nested, SCENARIOS)
    resolved = add_lists(base, resolved, list_scenarios(str(name), known)[0])
    return resolved, [*findings, *more, *others, *last, *find_other_units(base, resolved, SCENARIOS, "")]


def change_settings(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return settings with some values changed.

    Parameters
    ----------
    settings : Settings
        Left as they are.
    changes : mapping of str to any
        Values by dotted key, as in `load_settings`.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        With every finding at once.
    """
    check_changes(changes)
    base = settings.model_dump(mode="json", exclude_none=True)
    changed, findings = _nest(changes)
    changed, more = resolve_changes(base, changed, CHANGES)
    findings += more
    findings += find_other_units(base, changed, CHANGES, "")
    findings += _find_too_late(settings, changed)
    made, more = validate(override(base, changed), base, findings, file=SHIPPED_SETTINGS, text="", changed=changed)
    if made is None:
        raise InputError([*findings, *more])
    return made


def _find_too_late(settings: Settings, changed: Mapping[str, Any]) -> list[Finding]:
    """Return a finding for each choice that stands for other changes, which must be made where the input is read."""
    findings = []
    costs = changed.get("costs")
    if isinstance(costs, dict) and costs.get("level", settings.costs.level) != settings.costs.level:
        problem = "a level of costs is laid below a planner's own settings, which are mixed here already"
        cure = "choose it where the input is read, as solve --costs does"
        findings.append(Finding(CHANGES, 0, "costs.level", problem, cure, kind="cost-level"))
    if "table_changes" in changed:
        problem = "rows of tables are changed where the tables are read, so that nothing would change here"
        cure = "choose the scenario where the input is read, as solve --scenario does"
        findings.append(Finding(CHANGES, 0, "table_changes", problem, cure, kind="scenario"))
    if changed.get("scenario", settings.scenario) != settings.scenario:
        problem = "a scenario changes many settings, of which none would be made here: only the name changes"
        cure = "choose it where the input is read, as solve --scenario does"
        findings.append(Finding(CHANGES, 0, "scenario", problem, cure, kind="scenario"))
    return findings


def _leave_out(
    shipped: Mapping[str, Any], own: Mapping[str, Any], file: str, text: str
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the shipped settings without the sections that a planner's file replaces, and findings.

    Only sections of named entries, and the reference, can be replaced.
    """
    replaced = own.get("replaces", [])
    known = [name for name, field in Settings.model_fields.items() if get_origin(field.annotation) is dict]
    known.append("reference")  # it names metals and price levels
    wrong = [name for name in replaced if name not in known] if isinstance(replaced, list) else []
    cure = f"write sections of {', '.join(known)}"
    row = find_line(text, ("replaces",))
    findings = [
        Finding(file, row, "replaces", f"{name!r} is no section that can be replaced", cure, kind="bad-value")
        for name in wrong
    ]
    gone = [name for name in known if name in replaced] if isinstance(replaced, list) else []
    return {name: section for name, section in shipped.items() if name not in gone}, findings


def _read_text(path: Path | None) -> tuple[str, list[Finding]]:
    if path is None:
        return "", []
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError:
        cure = "save it as UTF-8, as TOML demands"
        return "", [Finding(path.name, 0, "", "the text is not UTF-8", cure, kind="encoding")]
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        return "", [Finding(path.name, 0, "", problem, "check the name and the rights of the file", kind="damaged")]


@lru_cache(maxsize=4)
def _parse_once(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text, which nobody changes; whoever reads it many times parses it once."""
    return tomllib.loads(text)


def _parse(text: str, path: Path | None) -> tuple[dict[str, Any], list[Finding]]:
    try:
        return _parse_once(text), []
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        row = int(found[1]) if found and found[1] else text.count("\n") + 1
        problem = f"not valid TOML: {str(error).split(' (at ')[0]}"
        cure = 'write key = value lines below [section] headers, texts in "quotation marks"'
        return {}, [Finding(path.name if path else "", row, "", problem, cure, kind="toml")]


def parse_value(text: str) -> Any:
    """Return the value that TOML reads in a text, or the text itself where it is no TOML value.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> parse_value("300"), parse_value("[1, 3]"), parse_value("open")
    (300, [1, 3], 'open')
    """
    try:
        parsed = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return parsed["value"] if set(parsed) == {"value"} else text


def _nest(changes: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    nested: dict[str, Any] = {}
    findings = []
    for dotted, value in changes.items():
        *parents, last = dotted.split(".")
        table = nested
        for key in parents:
            table = table.setdefault(key, {}) if isinstance(table, dict) else {}
        if not all([*parents, last]) or not isinstance(table, dict):
            problem, cure = f"{dotted!r} is no dotted key", "write section.key=value, such as policy.name=open"
            findings.append(Finding(CHANGES, 0, dotted, problem, cure, kind="unknown-key"))
            continue
        table[last] = parse_value(value) if isinstance(value, str) else value
    return nested, findings

"""Read named scenarios: changes of settings and of rows of tables under a name, which may build on one another.

Those that ship stand in `data/regions/scenarios.toml`; a planner's `scenarios.toml` adds others or replaces them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCENARIOS = "scenarios.toml"
SHORT = {
    "supply": "supply.scenario",
    "costs": "costs.level",
    "policy": "policy.name",
    "objective": "policy.objective",
    "year": "horizon.year",
}
"""Settings that a scenario may name by one word."""
LISTS = ("inherits", "base", "open", "close")
ROW_KEYS = ("table", "where", "set")
KEYS = ("name_en", "name_ja", "what_en", "what_ja", "inherits", "base", "set", *SHORT, "open", "close", "rows")


@dataclass(frozen=True)
class Scenario:
    """Changes of settings under a name.

    Attributes
    ----------
    name : str
        By which it is asked for.
    name_en, name_ja : str
        Title for readers; `name` where there is none.
    what_en, what_ja : str
        What it is, in a sentence or two; may be empty.
    inherits : tuple of str
        Scenarios whose changes come before its own.
    changes : dict of str to any
        Values by dotted key, as in `load_settings`.
    opened, closed : tuple of str
        Plants that must, and must not, be open.
    rows : tuple of dict
        Changes to rows of tables, as `TableChange` states them.
    """

    name: str
    name_en: str
    name_ja: str
    what_en: str = ""
    what_ja: str = ""
    inherits: tuple[str, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()


def load_scenarios(own: Path | None = None) -> tuple[dict[str, Scenario], list[Finding]]:
    """Read the scenarios that ship, and a planner's own over them.

    Parameters
    ----------
    own : Path, optional
        A planner's `scenarios.toml`.

    Returns
    -------
    scenarios : dict of str to Scenario
        By name, those that ship first.
    findings : list of Finding
    """
    found: dict[str, Scenario] = {}
    findings: list[Finding] = []
    shipped = shipped_data_folder() / SCENARIOS
    for path in [shipped] + ([own] if own is not None and own.resolve() != shipped.resolve() else []):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            cure = 'write [name] headers with `set = { "section.key" = value }` below them, saved as UTF-8'
            findings.append(Finding(path.name, 0, "", f"cannot be read: {error}", cure, kind="toml"))
            continue
        for name, table in tables.items():
            made, problems = _read_one(name, table, path.name)
            findings += problems
            if made is not None:
                found[name] = made
    return found, findings


def split_names(name: str) -> tuple[str, ...]:
    """Return the scenarios that a text names.

    Parameters
    ----------
    name : str
        Names joined by `+` or by commas.

    Examples
    --------
    >>> split_names("a+b, c")
    ('a', 'b', 'c')
    """
    return tuple(part.strip() for part in re.split("[+,]", name))


def list_scenarios(name: str, known: dict[str, Scenario]) -> tuple[list[Scenario], list[Finding]]:
    """Return the scenarios that a name stands for, those that are inherited first, and findings.

    Parameters
    ----------
    name : str
        Several names joined by `+` or by commas are taken one after the other.
    known : dict of str to Scenario

    Returns
    -------
    scenarios : list of Scenario
        In the order in which their changes are made.
    findings : list of Finding
        On names that are not known.
    """
    asked_for: list[Scenario] = []
    findings: list[Finding] = []

    def take(asked: str, above: tuple[str, ...]) -> None:
        if asked not in known:
            near = nearest_name(asked, known)[2:] or f"write one of {', '.join(known)}"
            findings.append(Finding(SCENARIOS, 0, asked, f"there is no scenario {asked!r}", near, kind="no-scenario"))
        elif asked in above:
            problem = f"the scenario inherits from itself: {' > '.join((*above, asked))}"
            findings.append(Finding(SCENARIOS, 0, asked, problem, "take one of them out of inherits", kind="bad-value"))
        else:
            for one in known[asked].inherits:
                take(one, (*above, asked))
            asked_for.append(known[asked])

    for part in split_names(name):
        take(part, ())
    return asked_for, findings


def scenario_changes(name: str, known: dict[str, Scenario]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the changes of settings that a scenario and all that it inherits ask for, and findings on unknown names.

    Parameters
    ----------
    name : str
        As in `list_scenarios`.
    known : dict of str to Scenario

    Returns
    -------
    changes : dict of str to any
        Values by dotted key; of two for one key the last one counts.
    findings : list of Finding
    """
    asked, findings = list_scenarios(name, known)
    return {key: value for one in asked for key, value in one.changes.items()}, findings


def add_lists(base: Mapping[str, Any], changes: Mapping[str, Any], asked: Sequence[Scenario]) -> dict[str, Any]:
    """Return changes with the plants that scenarios open and close, and the rows that they change, added.

    Parameters
    ----------
    base : mapping
        Settings as TOML tables, before the changes.
    changes : mapping
        Changes of the scenarios, as nested tables.
    asked : sequence of Scenario
        In the order in which their changes are made; of two that order one plant the last one counts.

    Returns
    -------
    dict
    """
    made = dict(changes)
    if any(one.opened or one.closed for one in asked):
        own = made.get("orders", {})
        before: Any = {**base.get("orders", {}), **(own if isinstance(own, dict) else {})}
        opened, closed = (dict.fromkeys(before.get(key, ())) for key in ("open", "close"))
        for one in asked:
            for names, into, out in ((one.opened, opened, closed), (one.closed, closed, opened)):
                for plant in names:
                    into[plant] = None
                    out.pop(plant, None)
        made["orders"] = {**(own if isinstance(own, dict) else {}), "open": list(opened), "close": list(closed)}
    if rows := [row for one in asked for row in one.rows]:
        made["table_changes"] = [*made.get("table_changes", base.get("table_changes", ())), *rows]
    return made


def name_titles(base: Mapping[str, Any], name: str, known: dict[str, Scenario]) -> dict[str, str]:
    """Return titles of a plan that name its scenario, in both languages.

    Parameters
    ----------
    base : mapping
        Settings as TOML tables, with `title` and, perhaps, `title_ja`.
    name : str
        As in `list_scenarios`; those that are not known are left out.
    known : dict of str to Scenario

    Returns
    -------
    dict of str to str
        `title` and `title_ja`.
    """
    asked = [known[part] for part in split_names(name) if part in known]
    title = base.get("title", "")
    return {
        "title": f"{title}: {', '.join(scenario.name_en for scenario in asked)}",
        "title_ja": f"{base.get('title_ja') or title}：{'、'.join(scenario.name_ja for scenario in asked)}",
    }


def _read_one(name: str, table: Any, file: str) -> tuple[Scenario | None, list[Finding]]:
    """Return a scenario as its table states it, and what is wrong with the table."""
    if not isinstance(table, dict):
        cure = f"write a [{name}] header, and keys {', '.join(KEYS)} below it"
        return None, [Finding(file, 0, name, "is no scenario", cure, kind="bad-value")]
    findings = [
        Finding(
            file, 0, f"{name}.{key}", f"unknown key {key!r}", f"known keys there: {', '.join(KEYS)}", kind="unknown-key"
        )
        for key in table
        if key not in KEYS
    ]
    listed: dict[str, tuple[str, ...]] = {}
    for key in LISTS:
        value = table.get(key, [])
        names = [value] if isinstance(value, str) and key != "inherits" else value
        if not (isinstance(names, list) and all(isinstance(one, str) for one in names)):
            cure = 'write ["a", "b"]'
            findings.append(Finding(file, 0, f"{name}.{key}", "is no list of names", cure, kind="bad-value"))
            names = []
        listed[key] = tuple(names)
    changes = table.get("set", {})
    if not isinstance(changes, dict):
        cure = 'write set = { "section.key" = value }, or a [name.set] header'
        findings.append(Finding(file, 0, f"{name}.set", "is no table of settings", cure, kind="bad-value"))
        changes = {}
    changes = {SHORT[key]: table[key] for key in SHORT if key in table} | changes
    rows, more = _read_rows(name, table.get("rows", []), file)
    texts = {key: str(table.get(key, "")) for key in KEYS[:4]}
    texts["name_en"] = texts["name_en"] or name
    texts["name_ja"] = texts["name_ja"] or texts["name_en"]
    made = Scenario(
        name,
        **texts,
        inherits=(*listed["base"], *listed["inherits"]),
        changes=changes,
        opened=listed["open"],
        closed=listed["close"],
        rows=rows,
    )
    return made, [*findings, *more]


def _read_rows(name: str, given: Any, file: str) -> tuple[tuple[dict[str, Any], ...], list[Finding]]:
    """Return the changes to rows of tables that a scenario states, and findings on those that are none."""
    cure = f'write [[{name}.rows]] with table = "sites", where = {{ supply_t = "< 5" }}, set = {{ supply_t = "x0.5" }}'
    place = f"{name}.rows"
    if not isinstance(given, list):
        return (), [Finding(file, 0, place, "is no list of changes to rows", cure, kind="bad-value")]
    findings = []
    for at, row in enumerate(given, start=1):
        told = f"number {at} "
        if not isinstance(row, dict):
            told += "is no table"
        elif unknown := [key for key in row if key not in ROW_KEYS]:
            told += f"has an unknown key {unknown[0]!r}"
        elif not isinstance(row.get("table"), str):
            told += "names no table"
        elif not isinstance(row.get("where", {}), dict):
            told += "has a filter that is no table of columns"
        elif not isinstance(row.get("set"), dict) or not row["set"]:
            told += "sets nothing"
        else:
            continue
        findings.append(Finding(file, 0, place, told, cure, kind="bad-value"))
    return (() if findings else tuple({"scenario": name, **row} for row in given)), findings

"""Read named scenarios: changes of settings under a name, which may build on one another.

Those that ship stand in `data/regions/scenarios.toml`; a planner's `scenarios.toml` adds others or replaces them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCENARIOS = "scenarios.toml"
KEYS = ("name_en", "name_ja", "what_en", "what_ja", "inherits", "set")


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
    """

    name: str
    name_en: str
    name_ja: str
    what_en: str = ""
    what_ja: str = ""
    inherits: tuple[str, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)


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


def scenario_changes(name: str, known: dict[str, Scenario]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the changes that a scenario and all that it inherits ask for, and findings on names that are not known.

    Parameters
    ----------
    name : str
        Several names joined by `+` are taken one after the other.
    known : dict of str to Scenario

    Returns
    -------
    changes : dict of str to any
        Values by dotted key; of two for one key the last one counts.
    findings : list of Finding
    """
    changes: dict[str, Any] = {}
    findings: list[Finding] = []

    def take(asked: str, above: tuple[str, ...]) -> None:
        if asked not in known:
            near = nearest_name(asked, known)[2:] or f"write one of {', '.join(known)}"
            findings.append(Finding(SCENARIOS, 0, asked, f"there is no scenario {asked!r}", near, kind="no-scenario"))
        elif asked in above:
            problem = f"the scenario inherits from itself: {' -> '.join((*above, asked))}"
            findings.append(Finding(SCENARIOS, 0, asked, problem, "take one of them out of inherits", kind="bad-value"))
        else:
            for one in known[asked].inherits:
                take(one, (*above, asked))
            changes.update(known[asked].changes)

    for part in name.split("+"):
        take(part.strip(), ())
    return changes, findings


def name_titles(base: Mapping[str, Any], name: str, known: dict[str, Scenario]) -> dict[str, str]:
    """Return titles of a plan that name its scenario, in both languages.

    Parameters
    ----------
    base : mapping
        Settings as TOML tables, with `title` and, perhaps, `title_ja`.
    name : str
        Names joined by `+`; those that are not known are left out.
    known : dict of str to Scenario

    Returns
    -------
    dict of str to str
        `title` and `title_ja`.
    """
    asked = [known[part.strip()] for part in name.split("+") if part.strip() in known]
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
    inherits, changes = table.get("inherits", []), table.get("set", {})
    if not (isinstance(inherits, list) and all(isinstance(one, str) for one in inherits)):
        findings.append(
            Finding(file, 0, f"{name}.inherits", "is no list of names", 'write ["a", "b"]', kind="bad-value")
        )
        inherits = []
    if not isinstance(changes, dict):
        cure = 'write set = { "section.key" = value }, or a [name.set] header'
        findings.append(Finding(file, 0, f"{name}.set", "is no table of settings", cure, kind="bad-value"))
        changes = {}
    texts = {key: str(table.get(key, "")) for key in KEYS[:4]}
    texts["name_en"] = texts["name_en"] or name
    texts["name_ja"] = texts["name_ja"] or texts["name_en"]
    return Scenario(name, **texts, inherits=tuple(inherits), changes=changes), findings

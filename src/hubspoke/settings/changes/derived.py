"""Technologies of some plants alone: copies of others, with what a change to those plants asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import nearest_name
from hubspoke.settings.plants import HubTechnology, Plant, RefineryTechnology
from hubspoke.settings.quantity import override
from hubspoke.settings.relative import read_factor, resolve_changes

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS: dict[str, tuple[str, type[Plant]]] = {
    "hubs": ("hub_technologies", HubTechnology),
    "refineries": ("refinery_technologies", RefineryTechnology),
}
"""Section of the settings, and its type, by table."""
OWN = ("name_en", "name_ja", "only_at", "offered", "ramp_up", "derived_from")
"""What is no cost of a technology, or a column of plants themselves."""
GROUPS: dict[str, tuple[str, ...]] = {
    "variable_cost": ("variable_factor",),
    "fixed_cost": ("capital_jpy", "labour_persons"),
}
"""Words for all that grows with the tonnes, and for all that does not: maintenance and overhead are shares of these."""


def derive_technologies(merged: Mapping[str, Any], file: str) -> tuple[dict[str, Any], list[Finding]]:
    """Return settings with a technology for every change to what a technology costs at some plants.

    Parameters
    ----------
    merged : mapping
        Settings as TOML tables, with everything laid over.
    file : str
        Where findings say that the changes stand.

    Returns
    -------
    settings : dict
        Each such change is parted from changes to columns, and names what technology becomes which.
    findings : list of Finding
    """
    made = dict(merged)
    findings: list[Finding] = []
    changes = made.get("table_changes", [])
    if not isinstance(changes, list | tuple):
        return made, findings
    done: list[Any] = []
    for change in changes:
        table = change.get("table") if isinstance(change, dict) else None
        if table not in SECTIONS or change.get("becomes") or not isinstance(change.get("set"), dict):
            done.append(change)
            continue
        section, kind = SECTIONS[table]
        known = [*GROUPS, *(name for name in kind.model_fields if name not in OWN)]
        costs = {key: value for key, value in change["set"].items() if key in known}
        rest = {key: value for key, value in change["set"].items() if key not in known}
        if rest or not costs:
            done.append({**change, "set": rest})
        if costs:
            added, becomes, more = _derive(made.get(section, {}), change, costs, file)
            findings += more
            made[section] = {**made.get(section, {}), **added}
            done.append({**change, "set": costs, "becomes": becomes})
    if changes:
        made["table_changes"] = done
    return made, findings


def _derive(
    technologies: Mapping[str, Any], change: Mapping[str, Any], costs: Mapping[str, Any], file: str
) -> tuple[dict[str, Any], dict[str, str], list[Finding]]:
    """Return the technologies that a change to costs adds, which becomes which, and findings."""
    scenario, column = change.get("scenario", ""), f"{change.get('scenario', '')}.rows"
    where = change.get("where", {})
    asked = where.get("technology") if isinstance(where, dict) else None
    names = [asked] if isinstance(asked, str) else list(asked or technologies)
    findings = []
    for name in names:
        if name not in technologies:
            problem, cure = f"there is no technology {name!r}", nearest_name(str(name), technologies)[2:]
            cure = cure or f"write one of {', '.join(technologies)}"
            findings.append(Finding(file, 0, column, problem, cure, kind="bad-value"))
    for key in GROUPS:
        if key in costs and not (isinstance(costs[key], str) and read_factor(costs[key]) is not None):
            problem, cure = f"{key} = {costs[key]!r} is no factor", 'write "x0.8", "+20%" or "-10%"'
            return {}, {}, [Finding(file, 0, column, problem, cure, kind="bad-value")]
    added: dict[str, Any] = {}
    becomes: dict[str, str] = {}
    for name, table in technologies.items():
        if name not in names and table.get("derived_from") not in names:
            continue
        changed, more = resolve_changes(_with_factor(table), _spell_out(costs), file, f"{column}.")
        findings += more
        key = _new_name(f"{name}-{scenario or 'changed'}", {*technologies, *added})
        titles = {f"name_{lang}": f"{table.get(f'name_{lang}', name)} ({scenario})" for lang in ("en", "ja")}
        added[key] = override(_with_factor(table), changed) | titles
        added[key]["derived_from"] = table.get("derived_from") or name
        becomes[name] = key
    return added, becomes, findings


def _spell_out(costs: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes with words for groups of costs replaced by what belongs to the group."""
    return {name: value for key, value in costs.items() for name in GROUPS.get(key, (key,))}


def _with_factor(table: Mapping[str, Any]) -> dict[str, Any]:
    return {"variable_factor": 1.0, **table}


def _new_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name

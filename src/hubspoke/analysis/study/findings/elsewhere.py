"""Which analyses of changed circumstances use a plant that the plan does without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.study.stated import DEEPER, DISRUPTION, FRONT, POLICIES, ROBUST, SWEEP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hubspoke.analysis.study.parts.part import Facts


def find_uses(facts: Mapping[str, Facts], name: str) -> tuple[str, ...]:
    """Return the analyses that use a plant where a setting, a loss, a policy, a level or its own cost is another.

    Parameters
    ----------
    facts : mapping of str to dict
        Of all analyses.
    name : str
        The plant.
    """
    return tuple(part for part, uses in _USES.items() if part in facts and uses(facts[part], name))


def _loss_opens(facts: Facts, name: str) -> bool:
    survivor = facts.get("survivor") or {}
    held = [row["id"] for row in survivor.get("plants", ())]
    return name in held or any(name in (row.get("opens") or "").split() for row in facts["plants"])


def _front_opens(facts: Facts, name: str) -> bool:
    return any(name in point["opens"].split() for front in facts["fronts"] for point in front["points"])


def _would_be_chosen(facts: Facts, name: str) -> bool:
    return any(row["id"] == name and (row["chosen_to"] or -1.0) > 0 for row in facts["plants"])


_USES: dict[str, Callable[[Facts, str], bool]] = {
    DISRUPTION: _loss_opens,
    SWEEP: lambda facts, name: any(name in row.get("plants", ()) for row in facts["cases"]),
    POLICIES: lambda facts, name: any(name in row.get("plants", ()) for row in facts["policies"]),
    FRONT: _front_opens,
    ROBUST: lambda facts, name: any(row["id"] == name for row in facts["plants"]),
    DEEPER: _would_be_chosen,
}

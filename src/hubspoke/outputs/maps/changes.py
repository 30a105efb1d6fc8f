"""Describe in words how plans on one map differ from the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.plan.states import BUILT

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED = 6
"""Most plants named in a line."""


def describe_changes(payload: Mapping[str, Any], words: Mapping[str, str], number: int) -> list[str]:
    """Describe how a plan differs from the first: sites that deliver elsewhere, plants opened and closed.

    Parameters
    ----------
    payload : mapping
        What `build_payload` returns for several plans.
    words : mapping of str to str
        Words of a map in one language.
    number : int
        Place of the plan among them; 0 is the first.

    Returns
    -------
    list of str
        One line for each kind of change, or a single line where nothing differs; none for the first plan.
    """
    before, now = payload["frames"][0], payload["frames"][number]
    if number == 0:
        return []
    told = _describe_sites(before, now, words)
    for kind, plural in (("hub", "hubs"), ("refinery", "refineries")):
        changes: dict[str, list[str]] = {"opened": [], "closed": []}
        for plant, was, goes in zip(payload["plants"], before["plants"], now["plants"], strict=True):
            if plant["kind"] == kind and _is_built(was) != _is_built(goes):
                changes["opened" if _is_built(goes) else "closed"].append(plant["name"])
        for change, names in changes.items():
            if names:
                named = words["detail"].replace("{}", str(len(names)), 1).replace("{}", _name(names, words["comma"]), 1)
                told.append(words[f"{change}_{plural}"].replace("{}", named))
    return told or [words["no_change"]]


def _describe_sites(before: Mapping[str, Any], now: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    """Count the sites that go to another hub, that are left out, and that are taken up; hub -1 is none."""
    changed: dict[str, list[float]] = {"moved_site": [], "left_site": [], "taken_site": []}
    for was, goes, tonnes in zip(before["hub"], now["hub"], now["t"], strict=True):
        if was != goes and tonnes is not None:
            changed["left_site" if goes < 0 else "taken_site" if was < 0 else "moved_site"].append(tonnes)
    names = {key: key if len(t) == 1 else f"{key}s" for key, t in changed.items() if t}
    return [words[name].format(f"{len(changed[key]):,}", f"{sum(changed[key]):,.0f}") for key, name in names.items()]


def _is_built(plant: Mapping[str, Any] | None) -> bool:
    return plant is not None and plant["state"] in BUILT


def _name(names: list[str], comma: str) -> str:
    """List the first few names, and mark that there are more."""
    return comma.join([*names[:NAMED], *["…"] * (len(names) > NAMED)])

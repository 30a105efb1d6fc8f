"""Describe in words how plans on one map differ from the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.outputs.maps.altered import ALTERED
from hubspoke.plan.states import BUILT
from hubspoke.words.numbers import format_large

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.decision.shifts import Shift
    from hubspoke.words.language import Lang

NAMED = 6
"""Most plants named in a line."""


def describe_changes(
    payload: Mapping[str, Any], words: Mapping[str, str], number: int, shifts: Sequence[Shift], lang: Lang
) -> list[str]:
    """Describe how a plan differs from the first: sites that deliver elsewhere and how far their hubs moved, plants.

    Parameters
    ----------
    payload : mapping
        What `build_payload` returns for several plans.
    words : mapping of str to str
        Words of a map in one language.
    number : int
        Place of the plan among them, above 0; the first stands at 0.
    shifts : sequence of Shift
        What `list_shifts` returns for the first plan and this one.
    lang : {"en", "ja"}

    Returns
    -------
    list of str
        One line for each kind of change, or a single line where nothing differs.
    """
    before, now = payload["frames"][0], payload["frames"][number]
    told = [*_describe_sites(before, now, words), *_describe_shifts(payload, words, shifts, lang)]
    for kind, plural in (("hub", "hubs"), ("refinery", "refineries")):
        changes: dict[str, list[str]] = {change: [] for change in ("opened", "closed", *ALTERED)}
        for plant, was, goes in zip(payload["plants"], before["plants"], now["plants"], strict=True):
            if plant["kind"] == kind and _is_built(was) != _is_built(goes):
                changes["opened" if _is_built(goes) else "closed"].append(plant["label"])
            elif plant["kind"] == kind and goes is not None and "altered" in goes:
                changes[goes["altered"]].append(plant["label"])
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


def _describe_shifts(
    payload: Mapping[str, Any], words: Mapping[str, str], shifts: Sequence[Shift], lang: Lang
) -> list[str]:
    """Describe where packs of hubs go instead, how far that is from their hub, and what it is worth."""
    names = {plant["id"]: plant["label"] for plant in payload["plants"] if plant["kind"] == "hub"}
    moving = [one for one in shifts if one.to_hub_id != one.hub_id]
    told = []
    for one in moving[:NAMED]:
        change = format_large(one.change_jpy if round(one.change_jpy) else 0.0, lang, words["yen"])
        told.append(
            words["hub_shift"].format(
                names.get(one.hub_id, one.hub_id),
                names.get(one.to_hub_id, one.to_hub_id),
                f"{one.km:,.0f}",
                f"+{change}" if round(one.change_jpy) > 0 else change,
            )
        )
    return told


def _is_built(plant: Mapping[str, Any] | None) -> bool:
    return plant is not None and plant["state"] in BUILT


def _name(names: list[str], comma: str) -> str:
    """List the first few names, and mark that there are more."""
    return comma.join([*names[:NAMED], *["…"] * (len(names) > NAMED)])

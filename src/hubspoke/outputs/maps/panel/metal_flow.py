"""Set pictures of the flow of metal beside a map: of the plan or the region that it shows, of regions and of plants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from hubspoke.outputs.maps.elements import fill_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class FlowPicture:
    """A picture of the flow of metal.

    Attributes
    ----------
    kind : {"whole", "region", "plant"}
        What it is of.
    key : str
        Id of the region or plant; empty for the whole plan.
    name : str
        Name of the region or plant; empty for the whole plan.
    title : str
    svg : str
        The drawing, to be put into a page as it is.
    words : str
        What it shows, for those who cannot see it.
    """

    kind: Literal["whole", "region", "plant"]
    key: str
    name: str
    title: str
    svg: str
    words: str


def set_metal_flow(
    pictures: Sequence[FlowPicture], payload: Mapping[str, Any], words: Mapping[str, str], *, region: str | None
) -> str:
    """Return the fold with the pictures that belong to a map as HTML; empty without any.

    Parameters
    ----------
    pictures : sequence of FlowPicture
    payload : mapping
        What `build_payload` returns: the plants on the map.
    words : mapping of str to str
        Words of a map in one language.
    region : str or None
        The region that the map shows; None for the whole plan.
    """
    drawn = {plant["id"] for plant in payload["plants"]}
    plants = [one for one in pictures if one.kind == "plant" and one.key in drawn]
    whole = [one for one in pictures if one.kind == "whole"]
    regions = [one for one in pictures if one.kind == "region" and region in (None, one.key)]
    places = [*whole, *regions] if region is None else regions
    if region is not None and not any(one.kind == "region" for one in pictures):
        places = whole  # the plan has one region, which is the whole
    if not places and not plants:
        return ""
    return fill_template("metal_flow/fold.html", places=places, plants=plants, words=words)

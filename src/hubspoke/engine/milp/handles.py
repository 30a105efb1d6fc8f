"""The variables of a model by index: what the names inside it stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.engine.milp.rows import Variables


@dataclass(frozen=True)
class Handles:
    """The variables of a model by index.

    Attributes
    ----------
    assign : (site, hub) -> share of the site
    hub_size : (hub, size) -> 1 where chosen
    flow : (hub, refinery, grade) -> t/yr
    refinery_size : (refinery, size) -> 1 where chosen
    skip : (site,) -> share left unserved
    shared : (hub, size) -> 1 where it is open beside an open refinery
    hub_load, refinery_load : (plant, size) -> t/yr, where tonnes cost by size
    """

    assign: Variables
    hub_size: Variables
    flow: Variables
    refinery_size: Variables
    skip: Variables
    shared: Variables
    hub_load: Variables = field(default_factory=dict)
    refinery_load: Variables = field(default_factory=dict)

"""Members and coalitions as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.analysis.decisions.collaboration.members import REGION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.decisions.collaboration.coalitions import Coalitions
    from hubspoke.analysis.decisions.collaboration.divisions import Division
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.analysis.decisions.collaboration.members import Members
    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network


def tabulate_members(
    network: Network, members: Members, game: Game, mass: Floats, divisions: Sequence[Division]
) -> pd.DataFrame:
    """Return one row for each member, with what it pays by each method.

    Parameters
    ----------
    network : Network
    members : Members
    game : Game
    mass : float array, shape (N,)
        Packs of each, t per year.
    divisions : sequence of Division
    """
    drawn = network.outlines[network.outlines["kind"] == "region"].set_index("id")
    table = pd.DataFrame({"member": members.names})
    for column, name in (("name", "name_en"), ("name_ja", "name_ja")):
        known = drawn[name].to_dict() if members.by == REGION else {}
        table[column] = [str(known.get(member, member)) for member in members.names]
    table["mass_t"], table["alone_jpy"] = mass, game.alone
    for one in divisions:
        table[f"{one.method}_jpy"] = np.nan if one.share is None else one.share
    return table


def tabulate_coalitions(network: Network, members: Members, coalitions: Coalitions, mass: Floats) -> pd.DataFrame:
    """Return one row for each coalition, from single members to all.

    Parameters
    ----------
    network : Network
    members : Members
    coalitions : Coalitions
    mass : float array, shape (N,)
        Packs of each, t per year.
    """
    game, inside = coalitions.game, coalitions.game.inside
    number = np.arange(1, len(inside))
    order = number[np.argsort(inside[1:].sum(axis=1), kind="stable")]
    ids = [table["id"].to_numpy(object) for table in (network.hubs, network.refineries)]
    separately = np.array([game.alone[inside[at]].sum() for at in order])
    cost = game.cost[order]
    gained = np.full(len(order), np.nan)
    known = np.isfinite(separately) & np.isfinite(cost)
    gained[known] = separately[known] - cost[known]
    return pd.DataFrame(
        {
            "members": [" + ".join(name for name, there in zip(members.names, inside[at], strict=True) if there)
                        for at in order],
            "size": inside[order].sum(axis=1),
            "mass_t": inside[order] @ mass,
            "outcome": [coalitions.outcome[at] for at in order],
            "cost_jpy": cost,
            "bound_jpy": game.bound[order],
            "separately_jpy": separately,
            "gain_jpy": gained,
            "hubs": [" ".join(ids[0][coalitions.hubs[at]]) for at in order],
            "refineries": [" ".join(ids[1][coalitions.refineries[at]]) for at in order],
        }
    )  # fmt: skip

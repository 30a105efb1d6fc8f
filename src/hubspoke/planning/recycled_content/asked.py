"""How much metal is asked for, and how much of it a plan loses on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import InfeasibleError, UsageError
from hubspoke.costs.metals import black_mass_contents, metal_contents, metal_recoveries
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.metals.demand import demanded_t, find_demand
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.request import Task

ROUNDING = 1e-9
"""Share of the metal by which floats may fall short of what is met exactly."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What a duty on recycled content asks of a plan: M of the metals, P classes, R refineries, T technologies.

    Attributes
    ----------
    metals : tuple of str, length M
    needed_t, held_t : float arrays, shape (M,)
        Recycled metal that new batteries must hold, and metal in all packs that come back, t per year as counted.
    content : float array, shape (P, M)
        Metal in a tonne of black mass of each class.
    lost : float array, shape (R, T, P, M)
        Metal of that tonne that a refinery of a technology does not give to new batteries.
    task : Task
    costs : Costs
    form : Formulation
    """

    metals: tuple[str, ...]
    needed_t: Floats
    held_t: Floats
    content: Floats
    lost: Floats
    task: Task
    costs: Costs
    form: Formulation

    @property
    def most_lost_t(self) -> Floats:
        """Most of each metal that may be lost, t per year, shape (M,)."""
        return self.held_t - self.needed_t

    def measure(self, plan: Solution) -> tuple[float, Floats]:
        """Return what a plan costs, and how much of each metal it loses, t per year, shape (M,).

        Black mass of one grade leaves a hub mixed, whatever packs it comes from.

        Parameters
        ----------
        plan : Solution
        """
        network, costs = self.task.network, self.costs
        packs = np.zeros((len(network.hubs), costs.supply_t.shape[1]))
        np.add.at(packs, plan.hub, costs.supply_t[plan.site] * plan.share[:, None])
        made = packs[:, :, None] * costs.yields  # t of black mass by hub, class and grade
        whole = made.sum(axis=1, keepdims=True)
        mix = np.divide(made, whole, out=np.zeros_like(made), where=whole > 0)
        by_class = np.einsum("hrb,hpb->rp", plan.flow, mix)
        size = np.maximum(plan.refinery_size, 0)
        technology = self.form.terms.refineries.technology[np.arange(len(size)), size]
        lost = self.lost[np.arange(len(size)), np.maximum(technology, 0)]
        return evaluate(self.form.problem, plan), np.asarray(np.einsum("rp,rpm->m", by_class, lost))

    def is_met(self, lost_t: Floats) -> bool:
        """Return whether a plan that loses so much gives enough.

        Parameters
        ----------
        lost_t : float array, shape (M,)
        """
        return bool((lost_t <= self.most_lost_t + ROUNDING * self.held_t).all())


def read_asked(task: Task, costs: Costs, form: Formulation) -> Asked:
    """Read what a plan must give new batteries.

    Parameters
    ----------
    task : Task
        Whose policy names a duty.
    costs : Costs
    form : Formulation

    Raises
    ------
    UsageError
        No batteries are stated, sites may be left out, borders are open, another objective, or black mass from abroad.
    InfeasibleError
        Even where every refinery recovers the most that its technologies can, there is too little of a metal.
    """
    network, settings, rules = task.network, task.network.settings, task.rules
    demand = find_demand(settings)
    if demand is None:
        raise UsageError("policy.recycled_content: no demand of new batteries is stated for these classes (demand)")
    if rules.objective != "cost" or rules.may_leave_out or len(network.overseas):
        raise UsageError(
            "policy.recycled_content is planned at least cost, with every site served and no black mass from abroad; "
            "leave --objective, policy.shortfall_jpy_per_t and sources.overseas out"
        )
    if rules.packs_cross_borders or rules.black_mass_crosses_borders:
        raise UsageError(
            "policy.recycled_content is planned where every region refines its own black mass (--policy regional); "
            "elsewhere ask every refinery for it (policy.least_recovery_t_per_t)"
        )
    duty = settings.duties[rules.content_duty]
    metals = tuple(name for name, share in duty.content_t_per_t.items() if float(share) > 0)
    at = [list(settings.metals).index(name) for name in metals]
    share = np.array([float(duty.content_t_per_t[name]) for name in metals])
    needed = share * float(demand.bound_share) * demanded_t(settings, demand, task.year)[at]
    held = costs.supply_t.sum(axis=0) @ metal_contents(settings)[:, at]
    content = black_mass_contents(settings)[:, at]
    names = list(settings.takers)
    recovered = np.array(
        [metal_recoveries(settings, name)[at] * (name in settings.refinery_technologies) for name in names]
    )
    country = network.refineries["country"].tolist()
    returns = np.array([not place or place in settings.policy.metal_returns_from for place in country], float)
    lost = content[None, None] * (1 - returns[:, None, None, None] * recovered[None, :, None, :])
    asked = Asked(metals, needed, held, content, lost, task, costs, form)
    _refuse_too_little(asked, recovered, returns, names)
    return asked


def _refuse_too_little(asked: Asked, recovered: Floats, returns: Floats, names: list[str]) -> None:
    cells = asked.task.network.refineries["technology"].tolist()
    best = np.array(
        [
            there * recovered[[names.index(name) for name in split_technologies(cell)]].max(axis=0)
            for cell, there in zip(cells, returns, strict=True)
        ]
    ).max(axis=0, initial=0.0)
    most = best * asked.held_t
    short = [
        f"{name}: {have:,.0f} of {need:,.0f} t/yr"
        for name, have, need in zip(asked.metals, most, asked.needed_t, strict=True)
        if have < need * (1 - ROUNDING)
    ]
    if short:
        told = ", ".join(short)
        raise InfeasibleError(
            f"all packs, refined by what recovers most, give too little for policy.recycled_content ({told}); lower "
            "demand.bound_share, or add scrap of works (sources.factory_scrap=true)"
        )

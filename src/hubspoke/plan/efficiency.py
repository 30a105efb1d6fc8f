"""Recycling efficiency by weight: what is recovered of the packs that enter, hubs and refineries taken as one chain.

As Regulation (EU) 2023/1542 counts it: all outputs that replace primary material, over the mass of the batteries. Black
mass is no output, metals count as elements, and what burns, alloys with steel or stays in slag does not count. Plastics
count where they are recycled as material, which a plan does not know; therefore there are two figures. All carbon
stands in the denominator, as from 2030 on; until then a recycler may leave some substances out of both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.costs.materials import byproduct_yields, losses_t_per_t
from hubspoke.plan.metal_flows import tabulate_metals

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.metals.duties import Duty

PLASTICS = "plastics"
"""Key of the by-product that counts only where it is recycled as material."""


@dataclass(frozen=True)
class Efficiency:
    """Tonnes a year of the packs that enter, and of what becomes of them."""

    packs_t: float
    metals_t: float
    """Recovered by refining, as elements."""
    scrap_t: float
    """By-products of hubs, but for plastics."""
    plastics_t: float
    losses_t: float
    """Electrolyte, moisture and dust that hubs lose."""

    @property
    def residues_t(self) -> float:
        """What is left of black mass once the metals are out: graphite, oxygen, what is not recovered."""
        return self.packs_t - self.metals_t - self.scrap_t - self.plastics_t - self.losses_t

    @property
    def share(self) -> float:
        """What is recovered per tonne of packs, without plastics; NaN without packs."""
        return self._of_packs(self.metals_t + self.scrap_t)

    @property
    def share_with_plastics(self) -> float:
        """What is recovered per tonne of packs where all plastics are recycled as material; NaN without packs."""
        return self._of_packs(self.metals_t + self.scrap_t + self.plastics_t)

    def _of_packs(self, mass_t: float) -> float:
        return mass_t / self.packs_t if self.packs_t else float("nan")


def measure_efficiency(plan: PlanData) -> Efficiency:
    """Return what becomes of the packs of a plan by weight; black mass from abroad is left out.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    Efficiency
        In t per year.
    """
    settings = plan.settings
    tonnes = plan.assignments[[f"{name}_t" for name in settings.classes]].sum().to_numpy(float)
    metals = tabulate_metals(plan)
    home = metals[~metals["hub_id"].isin(plan.imports["port_id"])]
    elements = home["metal"].map({key: float(metal.element_t_per_t) for key, metal in settings.metals.items()})
    made = dict(zip(settings.byproducts, (tonnes @ byproduct_yields(settings)).tolist(), strict=True))
    plastics = made.pop(PLASTICS, 0.0)
    return Efficiency(
        float(tonnes.sum()),
        float((home["recovered_t"] * elements.astype(float)).sum()),
        sum(made.values()),
        plastics,
        float(tonnes @ losses_t_per_t(settings)),
    )


def list_duties(plan: PlanData) -> list[Duty]:
    """Return the duties on efficiency that bind a plan: those for batteries with a metal that the settings know.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    list of Duty
        In the order of the settings.
    """
    known = plan.settings.duties.values()
    return [duty for duty in known if duty.efficiency_t_per_t is not None and duty.for_metal in plan.settings.metals]

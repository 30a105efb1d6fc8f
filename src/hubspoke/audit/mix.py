"""What follows from the mix of all packs of a network, by plain formulas: hours in hubs, tonnes at refineries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData


def opening_jpy_per_t(plan: PlanData, network: Network) -> float:
    """Return what it costs to open the packs of a mean tonne of all sites: hours by pack at the wage of an hour."""
    settings, hours = plan.settings, 0.0
    tonnes = _mix_t(plan, network)
    for name, pack in settings.classes.items():
        hours += 1000 * tonnes[name] / float(pack.pack_kg) * float(pack.disassembly_h) if pack.pack_kg else 0.0
    hourly = float(settings.finance.wage_jpy_per_yr) / float(settings.finance.hours_per_yr)
    mass_t = sum(tonnes.values())
    return hourly * hours / mass_t if mass_t > 0 else 0.0


def basis_per_t(plan: PlanData, network: Network) -> float:
    """Return the tonnes of black mass that refineries are stated for, per tonne that enters them.

    It is what all packs give by the yields of `materials.refining_basis` over what they give by those in use.
    """
    materials, tonnes = plan.settings.materials, _mix_t(plan, network)
    basis = made = 0.0
    for name, pack in plan.settings.classes.items():
        used = float(pack.yields_t_per_t[materials.yields].get("black_mass", 0.0))
        stated = pack.yields_t_per_t.get(materials.refining_basis)
        made += tonnes[name] * used
        basis += tonnes[name] * (used if stated is None else float(stated.get("black_mass", 0.0)))
    return basis / made if made > 0 and basis > 0 else 1.0


def _mix_t(plan: PlanData, network: Network) -> dict[str, float]:
    """Return the tonnes of each class, or the shares that the plan of a part of a network takes from the whole."""
    stated = plan.settings.materials.mix.get(str(plan.year))
    if stated is not None:
        return {name: float(stated.get(name, 0.0)) for name in plan.settings.classes}
    return {name: float(network.sites[f"{name}_{plan.year}_t"].sum()) for name in plan.settings.classes}

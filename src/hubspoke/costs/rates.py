"""Compute what each tonne that enters a plant costs and emits, from the settings of its technology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.settings.plants import Furnace, Plant, RefineryTechnology

if TYPE_CHECKING:
    from hubspoke.settings.energy import Carbon, Energy
    from hubspoke.settings.plants import HubTechnology, Technology

KWH_PER_MWH = 1000

HUB_RATES = ("hub_heat", "hub_power", "hub_hf_treatment", "hub_other", "hub_disassembly")
REFINERY_RATES = ("refinery_heat", "refinery_power", "refinery_reagents", "refinery_effluent")
FURNACE_RATES = ("furnace_fee",)
"""Cost terms that grow with the tonnes that enter."""


def hub_rates_of(technology: HubTechnology, energy: Energy, disassembly_jpy_per_t: float) -> dict[str, float]:
    """Return what a hub pays for each tonne that it takes in.

    Parameters
    ----------
    technology : HubTechnology
    energy : Energy
    disassembly_jpy_per_t : float
        What opening all packs of a tonne costs, of which the technology needs a share.

    Returns
    -------
    dict of str to float
        Yen per t of packs by cost term of `HUB_RATES`.
    """
    factor = float(technology.variable_factor)
    return {
        "hub_heat": factor * _heat(technology, energy),
        "hub_power": factor * _power(technology, energy),
        "hub_hf_treatment": factor * float(technology.hf_treatment_jpy_per_t),
        "hub_other": factor * float(technology.other_jpy_per_t),
        "hub_disassembly": factor * float(technology.disassembly_share) * disassembly_jpy_per_t,
    }


def refinery_rates_of(technology: RefineryTechnology | Furnace, energy: Energy, scale: float = 1.0) -> dict[str, float]:
    """Return what taking in a tonne costs at a refinery or furnace.

    Parameters
    ----------
    technology : RefineryTechnology or Furnace
    energy : Energy
    scale : float
        Tonnes of the basis per tonne of black mass; see `refining_scale`. Furnaces ask their fee by the tonne.

    Returns
    -------
    dict of str to float
        Yen per t of black mass by cost term of `REFINERY_RATES` and `FURNACE_RATES`.
    """
    if isinstance(technology, Furnace):
        return {**dict.fromkeys(REFINERY_RATES, 0.0), "furnace_fee": float(technology.fee_jpy_per_t)}
    scale *= float(technology.variable_factor)
    return {
        "refinery_heat": scale * _heat(technology, energy),
        "refinery_power": scale * _power(technology, energy),
        "refinery_reagents": scale * float(technology.reagents_jpy_per_t),
        "refinery_effluent": scale * float(technology.effluent_jpy_per_t),
        "furnace_fee": 0.0,
    }


def plant_co2_kg_per_t(technology: Technology, carbon: Carbon, scale: float = 1.0) -> float:
    """Return kg of CO2 per t that enters: direct emissions and, if it is built, those of heat and electricity.

    Parameters
    ----------
    technology : Technology
    carbon : Carbon
    scale : float
        Tonnes of the basis per tonne that enters a plant that is built; see `refining_scale`.

    Returns
    -------
    float
    """
    if not isinstance(technology, Plant):
        return float(technology.direct_co2_kg_per_t)
    heat_kg = float(technology.heat_mwh_per_t) * KWH_PER_MWH * float(carbon.heat_kg_per_kwh)
    power_kg = float(technology.power_mwh_per_t) * KWH_PER_MWH * float(carbon.power_kg_per_kwh)
    return scale * (float(technology.direct_co2_kg_per_t) + heat_kg + power_kg)


def _heat(technology: Plant, energy: Energy) -> float:
    return float(technology.heat_mwh_per_t) * KWH_PER_MWH * float(energy.heat_jpy_per_kwh)


def _power(technology: Plant, energy: Energy) -> float:
    return float(technology.power_mwh_per_t) * KWH_PER_MWH * float(energy.power_jpy_per_kwh)

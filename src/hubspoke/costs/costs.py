"""Compute every term of cost and CO2 of a network by name.

The optimiser, the plan, its audit and the report all take their yen from here, so that what is reported is what was
minimised. Terms that do not depend on the hub, or that factorise, are kept as factors. `collection_jpy_per_yr` and
`transfer_jpy_per_t` sum them into full arrays; the `..._terms` methods return each term for chosen pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.costs.disassembly import disassembly_jpy_per_t
from hubspoke.costs.furnaces import lost_jpy_per_t_by_class, ore_kg_per_t_by_class
from hubspoke.costs.materials import black_mass_yields, byproduct_prices, byproduct_yields
from hubspoke.costs.metals import metal_sales_jpy_per_t
from hubspoke.costs.mix import class_mix
from hubspoke.costs.overseas import read_overseas
from hubspoke.costs.rates import (
    FURNACE_RATES,
    HUB_RATES,
    REFINERY_RATES,
    hub_rates_of,
    plant_co2_kg_per_t,
    refinery_rates_of,
)
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.costs.sizes import plant_steps
from hubspoke.costs.technologies import PerTonne, beyond, chosen_technologies, least_technologies
from hubspoke.lanes.lanes import share_one_ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.overseas import Overseas
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.settings import Settings

    Terms = dict[str, Floats]

KG_PER_T = 1000


@dataclass(frozen=True, eq=False)
class Costs:
    """All cost terms of a network and year: S sites, P classes, H hubs, K sizes, B grades, R refineries, L sizes.

    Attributes
    ----------
    lanes : Lanes
    supply_t : float array, shape (S, P)
        t of packs per year.
    packaging_jpy_per_yr, removal_jpy_per_yr : float arrays, shape (S,)
        Packaging of the site's packs and removing them from cars, the same whichever hub takes them.
    byproduct_sales_jpy_per_yr : float array, shape (S,)
        Sales of the by-products of the site's packs. They are the same whatever the plan, and so are reported beside
        the cost and are no part of it.
    metal_sales_jpy_per_yr : float array, shape (S,)
        Sales of the metals refined from the site's packs, at the price level of the settings.
    sales_lost_jpy_per_t : float array, shape (R, P)
        By how much the sales of metals fall for each tonne of a class's black mass that goes to a furnace, or to a
        refinery whose technology recovers less than usual; 0 at other refineries.
    hub_rates_jpy_per_t : mapping of str to float array, shape (H,)
        Per t of packs by cost term; 0 for hubs with given sizes, which have their own in `hub_steps`.
    refinery_rates_jpy_per_t : mapping of str to float array, shape (R,)
        Per t of black mass by cost term; 0 for refineries with given sizes.
    refining_scale : float
        Tonnes of black mass that refineries are stated for, per tonne that enters them.
    hub_co2_kg_per_t, refinery_co2_kg_per_t : float arrays, shape (H,), (R,)
        Per t that enters.
    carbon_jpy_per_kg : float
        Price of CO2 in the cost.
    hub_steps, refinery_steps : PlantSteps
        Of all technologies that a plant may be built with, while rates and CO2 are those of one of them.
    hub_technology, refinery_technology : int arrays, shape (H,), (R,)
        That one: the first of the plant, or the one chosen by `choose` or `of_sizes`.
    at_hubs, at_refineries : PerTonne
        Rates and CO2 of every technology.
    beside : bool array, shape (H, R)
        True where a hub and a refinery stand on one ground; false for furnaces.
    hub_shared_jpy_per_yr : float array, shape (H, K)
        What a hub at that size saves while a refinery beside it is open.
    yields : float array, shape (H, P, B)
        t of black mass of each grade per t of packs of each class.
    lost_jpy_per_t : float array, shape (T, P)
        The same of every technology of refineries and furnaces.
    ore_kg_per_t : float array, shape (T, P)
        CO2 of ore for the metal that a tonne of a class's black mass loses there beyond what refining usually loses.
    overseas : Overseas
        What is landed from abroad; in `transfer` terms its ports stand behind the hubs.
    """

    lanes: Lanes
    supply_t: Floats
    packaging_jpy_per_yr: Floats
    removal_jpy_per_yr: Floats
    byproduct_sales_jpy_per_yr: Floats
    metal_sales_jpy_per_yr: Floats
    sales_lost_jpy_per_t: Floats
    hub_rates_jpy_per_t: Mapping[str, Floats]
    refinery_rates_jpy_per_t: Mapping[str, Floats]
    refining_scale: float
    hub_co2_kg_per_t: Floats
    refinery_co2_kg_per_t: Floats
    carbon_jpy_per_kg: float
    hub_steps: PlantSteps
    refinery_steps: PlantSteps
    hub_technology: Ints
    refinery_technology: Ints
    at_hubs: PerTonne
    at_refineries: PerTonne
    lost_jpy_per_t: Floats
    ore_kg_per_t: Floats
    beside: NDArray[np.bool_]
    hub_shared_jpy_per_yr: Floats
    yields: Floats
    overseas: Overseas

    @property
    def mass_t(self) -> Floats:
        """Tonnes of packs per year of each site over all classes, shape (S,)."""
        mass: Floats = self.supply_t.sum(axis=1)
        return mass

    @property
    def sales_jpy_per_yr(self) -> Floats:
        """What all metals of each site's packs sell for, shape (S,)."""
        return self.byproduct_sales_jpy_per_yr + self.metal_sales_jpy_per_yr

    def choose(self, hubs: Ints, refineries: Ints) -> Costs:
        """Return the same costs with rates and CO2 of plants by other technologies.

        Parameters
        ----------
        hubs, refineries : int arrays, shape (H,), (R,)
            Position of the technology of each plant in `at_hubs`, `at_refineries`.

        Returns
        -------
        Costs
        """
        return replace(
            self,
            hub_technology=hubs,
            refinery_technology=refineries,
            hub_rates_jpy_per_t=_rates_of(self.at_hubs, hubs, self.hub_steps),
            refinery_rates_jpy_per_t=_rates_of(self.at_refineries, refineries, self.refinery_steps),
            hub_co2_kg_per_t=self.at_hubs.co2_kg_per_t[hubs],
            refinery_co2_kg_per_t=self.at_refineries.co2_kg_per_t[refineries],
            sales_lost_jpy_per_t=self.lost_jpy_per_t[refineries],
        )

    def of_sizes(self, hub_size: Ints, refinery_size: Ints) -> Costs:
        """Return the same costs with rates and CO2 by the technologies that plants are built with.

        Parameters
        ----------
        hub_size, refinery_size : int arrays, shape (H,), (R,)
            Size of each plant, -1 where it is closed.

        Returns
        -------
        Costs
        """
        return self.choose(
            chosen_technologies(self.hub_steps, hub_size, self.hub_technology),
            chosen_technologies(self.refinery_steps, refinery_size, self.refinery_technology),
        )

    def of_tables(self, hubs: Iterable[str], refineries: Iterable[str]) -> Costs:
        """Return the same costs with rates and CO2 by the technologies that the tables of a plan state.

        Parameters
        ----------
        hubs, refineries : iterable of str
            Technology of each plant, in the order of the network's tables; of several the first counts, and an unknown
            one is that of these costs.

        Returns
        -------
        Costs
        """
        return self.choose(
            self.at_hubs.find(hubs, self.hub_technology), self.at_refineries.find(refineries, self.refinery_technology)
        )

    def of_least(self, *, kg: bool) -> tuple[Costs, Floats, Floats]:
        """Return the same costs with each plant reckoned by the technology with the least amount per tonne.

        Parameters
        ----------
        kg : bool
            Whether amounts are kg of CO2 and not yen.

        Returns
        -------
        costs : Costs
        hubs, refineries : float arrays, shape (H, K), (R, L)
            By how much a tonne at each size exceeds that, 0 or more; 0 at plants of one technology.
        """
        made, extra = [], []
        for at, steps, usual in (
            (self.at_hubs, self.hub_steps, self.hub_technology),
            (self.at_refineries, self.refinery_steps, self.refinery_technology),
        ):
            per_t = at.kg_per_t(steps) if kg else at.jpy_per_t(steps, self.carbon_jpy_per_kg)
            made.append(least_technologies(per_t, steps, usual))
            extra.append(beyond(per_t, steps, made[-1]))
        return self.choose(made[0], made[1]), extra[0], extra[1]

    @property
    def hub_capacity(self) -> Floats:
        """Tonnes of packs per year, shape (H, K); 0 in unused columns."""
        return self.hub_steps.capacity

    @property
    def refinery_capacity(self) -> Floats:
        """Tonnes of black mass per year, shape (R, L); 0 in unused columns."""
        return self.refinery_steps.capacity

    def collection_terms(self, site: ArrayLike, hub: ArrayLike) -> Terms:
        """Return the terms of sending all packs of sites to hubs.

        Parameters
        ----------
        site, hub : int arrays
            Index of each site, and of the hub that takes its packs; they broadcast.

        Returns
        -------
        dict of str to float array of the broadcast shape
            Yen per year by cost term.
        """
        at, to = np.broadcast_arrays(np.asarray(site, np.int64), np.asarray(hub, np.int64))
        return {
            "collection_freight": self.lanes.freight_jpy_per_yr[at, to],
            "packaging": self.packaging_jpy_per_yr[at],
            "removal": self.removal_jpy_per_yr[at],
            **{name: self.mass_t[at] * rate[to] for name, rate in self.hub_rates_jpy_per_t.items()},
            "collection_carbon": self.carbon_jpy_per_kg * self.lanes.co2_kg_per_yr[at, to].astype(np.float64),
            "hub_carbon": self.carbon_jpy_per_kg * self.mass_t[at] * self.hub_co2_kg_per_t[to],
        }

    def transfer_terms(self, hub: ArrayLike, refinery: ArrayLike, grade: ArrayLike = 0) -> Terms:
        """Return the terms of sending black mass from hubs or ports to refineries, and of refining it.

        Parameters
        ----------
        hub, refinery : int arrays
            Index of each hub, or H and more for ports, and of the refinery; they broadcast.
        grade : int array
            Grade of the black mass, which adds its shape to that of the terms; they are the same for every grade.

        Returns
        -------
        dict of str to float array
            Yen per t of black mass by cost term.
        """
        at, to, _ = np.broadcast_arrays(*(np.asarray(index, np.int64) for index in (hub, refinery, grade)))
        return {
            "black_mass_freight": self.lanes.transfer_jpy_per_t[at, to],
            **{name: rate[to] for name, rate in self.refinery_rates_jpy_per_t.items()},
            "transfer_carbon": self.carbon_jpy_per_kg * self.lanes.transfer_co2_kg_per_t[at, to].astype(np.float64),
            "refinery_carbon": self.carbon_jpy_per_kg * self.refinery_co2_kg_per_t[to],
        }

    def import_terms(self, source: ArrayLike, port: ArrayLike) -> Terms:
        """Return the terms of buying all black mass of sources abroad and landing it at ports.

        Parameters
        ----------
        source, port : int arrays
            Index of each source, and of the port that its black mass is landed at; they broadcast.

        Returns
        -------
        dict of str to float array of the broadcast shape
            Yen per year by cost term.
        """
        at, to = np.broadcast_arrays(np.asarray(source, np.int64), np.asarray(port, np.int64))
        mass_t = self.overseas.mass_t[at]
        return {
            "import_purchase": mass_t * self.overseas.price_jpy_per_t[at],
            "sea_freight": mass_t * self.overseas.freight_jpy_per_t[at, to],
            "sea_carbon": mass_t * self.carbon_jpy_per_kg * self.overseas.co2_kg_per_t[at, to],
        }

    def landing_jpy_per_t(self) -> Floats:
        """Return yen per t brought from abroad to each port, shape (O, N); infinite where no ship goes."""
        total: Floats = self.overseas.freight_jpy_per_t + self.carbon_jpy_per_kg * self.overseas.co2_kg_per_t
        return total

    def landing_co2_kg_per_t(self) -> Floats:
        """Return kg of CO2 per t brought from abroad to each port, shape (O, N); infinite where no ship goes."""
        return np.where(np.isfinite(self.overseas.freight_jpy_per_t), self.overseas.co2_kg_per_t, np.inf)

    def hub_step_terms(
        self, hub: ArrayLike, size: ArrayLike, tonnes: ArrayLike = 0.0, *, shares: ArrayLike = False
    ) -> Terms:
        """Return the terms of hubs that are open at a size.

        Parameters
        ----------
        hub, size : int arrays
            Index of each hub, and of its size.
        tonnes : float array
            Packs taken in, t per year.
        shares : bool array
            Whether a refinery on the ground of the hub is open, as `shares_ground` returns it.

        Returns
        -------
        dict of str to float array
            Yen per year by cost term; what is saved on a shared ground is negative.
        """
        at, step = np.asarray(hub, np.int64), np.asarray(size, np.int64)
        saved = np.where(shares, self.hub_shared_jpy_per_yr[at, step], 0.0)
        return {**_step_terms("hub", self.hub_steps, at, step, tonnes), "hub_shared": 0.0 - saved}

    def shares_ground(self, refinery_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether a refinery on the ground of each hub is open, shape (H,), from `refinery_open`, shape (R,)."""
        return np.asarray(self.beside[:, refinery_open].any(axis=1))

    def refinery_step_terms(self, refinery: ArrayLike, size: ArrayLike, tonnes: ArrayLike = 0.0) -> Terms:
        """Return the terms of refineries that are open at a size.

        Parameters
        ----------
        refinery, size : int arrays
            Index of each refinery, and of its size.
        tonnes : float array
            Black mass taken in, t per year.

        Returns
        -------
        dict of str to float array
            Yen per year by cost term.
        """
        return _step_terms("refinery", self.refinery_steps, refinery, size, tonnes)

    def collection_jpy_per_yr(self) -> Floats:
        """Sum all collection terms, in yen per year, shape (S, H); infinite where there is no lane."""
        rate = sum_rates(self.hub_rates_jpy_per_t) + self.carbon_jpy_per_kg * self.hub_co2_kg_per_t
        total = np.multiply.outer(self.mass_t, rate)
        total += self.lanes.freight_jpy_per_yr
        total += (self.packaging_jpy_per_yr + self.removal_jpy_per_yr)[:, None]
        if self.carbon_jpy_per_kg:
            total += self.carbon_jpy_per_kg * self.lanes.co2_kg_per_yr
        return total

    def transfer_jpy_per_t(self) -> Floats:
        """Sum all transfer terms, in yen per t of black mass, shape (H + N, R, B); infinite where there is no lane."""
        rate = sum_rates(self.refinery_rates_jpy_per_t) + self.carbon_jpy_per_kg * self.refinery_co2_kg_per_t
        total = self.lanes.transfer_jpy_per_t + rate
        total += self.carbon_jpy_per_kg * self.lanes.transfer_co2_kg_per_t
        return np.repeat(total[:, :, None], self.yields.shape[2], axis=2)

    def transfer_sales_lost_jpy_per_t(self) -> Floats:
        """Return the sales lost at furnaces in yen per t of black mass of each grade, shape (R, B).

        Classes with supply that make the same grade must lose the same, as `check_worth` makes sure.
        """
        there = np.asarray((self.supply_t > 0).any(axis=0))
        gives = (self.yields > 0).any(axis=0) & there[:, None]  # (P, B)
        lost: Floats = np.where(gives[None], self.sales_lost_jpy_per_t[:, :, None], 0.0).max(axis=1, initial=0.0)
        return lost

    def transfer_ore_kg_per_t(self) -> Floats:
        """Return the CO2 of ore for the metal lost by a tonne of black mass of each grade, shape (R, B).

        Classes that are there and make the same grade must lose the same.
        """
        there = (self.supply_t.sum(axis=0) > 0) | np.isin(np.arange(self.supply_t.shape[1]), self.overseas.pack_class)
        gives = np.asarray((self.yields > 0).any(axis=0)) & there[:, None]  # (P, B)
        lost = self.ore_kg_per_t[self.refinery_technology]
        first = gives.argmax(axis=0)
        held: Floats = np.where(gives.any(axis=0)[None], lost[:, first], 0.0)
        return held

    def collection_co2_kg_per_yr(self) -> Floats:
        """Sum the CO2 of collection and hubs, in kg per year, shape (S, H); infinite where there is no lane."""
        total = np.multiply.outer(self.mass_t, self.hub_co2_kg_per_t) + self.lanes.co2_kg_per_yr
        return np.where(self.lanes.reachable, total, np.inf)

    def transfer_co2_kg_per_t(self) -> Floats:
        """Sum kg of CO2 per t of black mass sent and refined, shape (H + N, R, B); infinite where there is no lane."""
        total = self.lanes.transfer_co2_kg_per_t + self.refinery_co2_kg_per_t
        total = np.where(self.lanes.transfer_reachable, total, np.inf)
        return np.repeat(total[:, :, None], self.yields.shape[2], axis=2)

    def collection_co2_terms(self, site: ArrayLike, hub: ArrayLike) -> Terms:
        """Return the CO2 of sending all packs of sites to hubs and processing them there.

        Parameters
        ----------
        site, hub : int arrays
            Index of each site, and of the hub that takes its packs; they broadcast.

        Returns
        -------
        dict of str to float array of the broadcast shape
            Kilograms per year by term.
        """
        at, to = np.broadcast_arrays(np.asarray(site, np.int64), np.asarray(hub, np.int64))
        return {
            "collection_transport_co2": self.lanes.co2_kg_per_yr[at, to].astype(np.float64),
            "hub_processing_co2": self.mass_t[at] * self.hub_co2_kg_per_t[to],
        }

    def transfer_co2_terms(self, hub: ArrayLike, refinery: ArrayLike) -> Terms:
        """Return the CO2 of sending black mass from hubs or ports to refineries and refining it there.

        Parameters
        ----------
        hub, refinery : int arrays
            Index of each hub, or H and more for ports, and of the refinery; they broadcast.

        Returns
        -------
        dict of str to float array of the broadcast shape
            Kilograms per t of black mass by term.
        """
        at, to = np.broadcast_arrays(np.asarray(hub, np.int64), np.asarray(refinery, np.int64))
        return {
            "transfer_transport_co2": self.lanes.transfer_co2_kg_per_t[at, to].astype(np.float64),
            "refining_co2": self.refinery_co2_kg_per_t[to],
        }


def build_costs(network: Network, lanes: Lanes, year: int) -> Costs:
    """Compute every cost term of a network in a year.

    Parameters
    ----------
    network : Network
    lanes : Lanes
        Of the same network and year.
    year : int
        Year of the supply.

    Returns
    -------
    Costs
    """
    settings, given = network.settings, network.given_sizes
    supply_t = network.supply_t(year)
    hubs, refineries = network.hubs, network.refineries
    sizes, carbon = settings.sizes, settings.carbon
    used, made = settings.hub_technologies, settings.takers
    names = (*REFINERY_RATES, *FURNACE_RATES) if network.furnaces.any() else REFINERY_RATES
    mix_t = class_mix(settings, year, supply_t)
    opening, scale = disassembly_jpy_per_t(settings, mix_t), refining_scale(settings, mix_t)
    at_hubs = PerTonne(
        tuple(used),
        _stack([hub_rates_of(technology, settings.energy, opening) for technology in used.values()], HUB_RATES),
        np.array([plant_co2_kg_per_t(technology, carbon) for technology in used.values()]),
    )
    at_refineries = PerTonne(
        tuple(made),
        _stack([refinery_rates_of(technology, settings.energy, scale) for technology in made.values()], names),
        np.array([plant_co2_kg_per_t(technology, carbon, scale) for technology in made.values()]),
    )
    hub_steps = plant_steps(hubs, used, sizes.hub_t_per_yr, settings, given, rates=sum_rates(at_hubs.rates_jpy_per_t))
    refinery_steps = plant_steps(
        refineries,
        made,
        sizes.refinery_t_per_yr,
        settings,
        given,
        rates=sum_rates(at_refineries.rates_jpy_per_t),
        scale=scale,
    )
    first, usual = (
        at.find(plants["technology"], np.zeros(len(plants), np.int64))
        for at, plants in ((at_hubs, hubs), (at_refineries, refineries))
    )
    lost = lost_jpy_per_t_by_class(settings, made)
    return Costs(
        lanes=lanes,
        supply_t=supply_t,
        packaging_jpy_per_yr=supply_t @ packaging_jpy_per_t(settings),
        removal_jpy_per_yr=supply_t @ removal_jpy_per_t(settings),
        byproduct_sales_jpy_per_yr=supply_t @ scrap_jpy_per_t(settings),
        metal_sales_jpy_per_yr=supply_t @ metal_sales_jpy_per_t(settings),
        sales_lost_jpy_per_t=lost[usual],
        hub_rates_jpy_per_t=_rates_of(at_hubs, first, hub_steps),
        refinery_rates_jpy_per_t=_rates_of(at_refineries, usual, refinery_steps),
        hub_co2_kg_per_t=at_hubs.co2_kg_per_t[first],
        refinery_co2_kg_per_t=at_refineries.co2_kg_per_t[usual],
        refining_scale=scale,
        carbon_jpy_per_kg=float(carbon.price_jpy_per_t) / KG_PER_T,
        hub_steps=hub_steps,
        refinery_steps=refinery_steps,
        hub_technology=first,
        refinery_technology=usual,
        at_hubs=at_hubs,
        at_refineries=at_refineries,
        lost_jpy_per_t=lost,
        ore_kg_per_t=ore_kg_per_t_by_class(settings, made),
        beside=share_one_ground(hubs["ground"], refineries["ground"]) & ~network.furnaces,
        hub_shared_jpy_per_yr=hub_steps.shared(settings.shared_ground),
        yields=np.repeat(black_mass_yields(settings)[None], len(hubs), axis=0),
        overseas=read_overseas(network),
    )


def scrap_jpy_per_t(settings: Settings) -> Floats:
    """Return yen per t of packs that the by-products sell for, shape (P,)."""
    value: Floats = byproduct_yields(settings) @ byproduct_prices(settings)
    return value


def packaging_jpy_per_t(settings: Settings) -> Floats:
    """Return yen per t of packs for boxes and insulation, shape (P,): those of the class, or else the usual ones."""
    usual = settings.collection.packaging_jpy_per_t
    own = (pack.packaging_jpy_per_t for pack in settings.classes.values())
    return np.array([float(usual if jpy is None else jpy) for jpy in own])


def removal_jpy_per_t(settings: Settings) -> Floats:
    """Return yen per t of packs for removing them at a site, shape (P,): those of the class, or else the usual ones."""
    usual = settings.collection.removal_jpy_per_t
    own = (pack.removal_jpy_per_t for pack in settings.classes.values())
    return np.array([float(usual if jpy is None else jpy) for jpy in own])


def sum_rates(rates: Mapping[str, Floats]) -> Floats:
    """Return yen per tonne at each plant, summed over the cost terms."""
    total: Floats = np.sum(list(rates.values()), axis=0)
    return total


def _rates_of(per_tonne: PerTonne, technology: Ints, steps: PlantSteps) -> Terms:
    """Return yen per tonne at each plant by cost term; 0 where the planner gives its sizes."""
    own = ~steps.has_given
    return {name: np.where(own, rate[technology], 0.0) for name, rate in per_tonne.rates_jpy_per_t.items()}


def _stack(rates: Sequence[Mapping[str, float]], names: Sequence[str]) -> Terms:
    """Turn the rates of each technology into an array for each term."""
    return {name: np.array([rate[name] for rate in rates], np.float64) for name in names}


def _step_terms(kind: str, steps: PlantSteps, plant: ArrayLike, size: ArrayLike, tonnes: ArrayLike) -> Terms:
    at, step, mass = np.broadcast_arrays(np.asarray(plant, np.int64), np.asarray(size, np.int64), tonnes)
    return {
        f"{kind}_capital": steps.capital[at, step] + steps.capital_per_t[at, step] * mass,
        f"{kind}_maintenance": steps.maintenance[at, step] + steps.maintenance_per_t[at, step] * mass,
        f"{kind}_labour": steps.labour[at, step] + steps.labour_per_t[at, step] * mass,
        f"{kind}_overhead": steps.overhead[at, step] + steps.overhead_per_t[at, step] * mass,
        f"{kind}_given": steps.given[at, step],
        f"{kind}_given_variable": steps.given_per_t[at, step] * mass,
    }

"""The network: everything that a planner gives, read, checked and sorted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Network:
    """Sites, candidate plants, roads and settings of a planning task.

    Tables are sorted by `id` with a plain 0..n-1 index, so that the order of rows in a file changes nothing;
    every text column is filled (empty string where the file had none).

    Attributes
    ----------
    sites : DataFrame
        `id, name, name_ja, region, prefecture, city, lat, lon, kind, stock_max_t, origin, source, confidence` and
        one column `<class>_<year>_t` of tonnes per pack class and year, scaled as `settings.supply` asks; kind is
        `dismantler` or `cell-works`; `stock_max_t` is the most that a pick-up fetches, infinite for no limit.
    hubs : DataFrame
        `id, name, name_ja, operator, region, prefecture, city, lat, lon, technology, max_t, status, existing_t,
        sunk_share, ground, kind, source, confidence, note`; `max_t` is t of packs per year, infinite where none is
        given, and `existing_t` the size that stands; `status` is `open` (stands today), `candidate` or `closed`; plants
        with the same `ground` stand on one site.
    refineries : DataFrame
        The columns of `hubs`; `max_t` is t of black mass per year. Electric furnaces among them: see `furnaces`.
    roads : DataFrame
        `from_code, to_code, km, kind, route`; kind is `expressway`, `road`, `bridge` or `ferry`.
    cities : DataFrame
        `city_code, name_en, name_ja, lat, lon`: the nodes of the road graph.
    ports : DataFrame
        `id, name, name_ja, region, prefecture, city, lat, lon, source, confidence`: where black mass from abroad lands.
    overseas : DataFrame
        `id, name, name_ja, country, class, lat, lon, black_mass_t, price_jpy_per_t, source, confidence`: black mass
        from packs of that class, its price at the port abroad (NaN: by its metals).
    outlines : GeoDataFrame
        Prefecture and region outlines, columns `kind, jis_code, id, name_en, name_ja, region, geometry`.
    settings : Settings
        Every number besides the tables.
    given_lanes : DataFrame
        `from_id, to_id, distance_km, cost_jpy_per_t, co2_kg_per_t` that replace computed ones (NaN: computed).
    given_sizes : DataFrame
        `plant_id, capacity_t, fixed_jpy_per_yr, variable_jpy_per_t` that replace a plant's derived sizes.
    hashes : mapping of str to str
        SHA-256 of every file read, by name relative to the folder.
    split : mapping of str to (mapping of str to float)
        Share of every class by which tonnes that the tables state without classes were divided, by year.
    """

    sites: pd.DataFrame
    hubs: pd.DataFrame
    refineries: pd.DataFrame
    roads: pd.DataFrame
    cities: pd.DataFrame
    ports: pd.DataFrame
    overseas: pd.DataFrame
    outlines: gpd.GeoDataFrame
    settings: Settings
    given_lanes: pd.DataFrame
    given_sizes: pd.DataFrame
    hashes: Mapping[str, str]
    split: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Regions of the sites and plants, in the order of the outlines, unknown ones last by name."""
        used: set[str] = set()
        used.update(*(table["region"].unique() for table in (self.sites, self.hubs, self.refineries, self.ports)))
        drawn = self.outlines.loc[self.outlines["kind"] == "region", "id"].tolist()
        return tuple([name for name in drawn if name in used] + sorted(used - set(drawn)))

    @property
    def classes(self) -> tuple[str, ...]:
        """Pack classes, in the order of the settings."""
        return tuple(self.settings.classes)

    @property
    def furnaces(self) -> NDArray[np.bool_]:
        """Which rows of `refineries` are electric furnaces, shape (R,)."""
        return self.refineries["technology"].isin(self.settings.furnaces).to_numpy(bool)

    def supply_t(self, year: int) -> NDArray[np.float64]:
        """Return the tonnes of packs of each site by class in a year, shape (S, P)."""
        columns = [f"{name}_{year}_t" for name in self.classes]
        return self.sites[columns].to_numpy(dtype=np.float64)

    @cached_property
    def origins(self) -> pd.DataFrame:
        """Where black mass leaves for refineries, hubs and then ports: `id`, `region`, `lat`, `lon`, `ground`."""
        import pandas as pd  # noqa: PLC0415 - heavy

        columns = ["id", "region", "lat", "lon", "ground"]
        return pd.concat([self.hubs[columns], self.ports.assign(ground="")[columns]], ignore_index=True)

    def only(self, regions: tuple[str, ...]) -> Network:
        """Return the part of the network that lies in `regions`, with the sources abroad that land at its ports."""

        def keep(table: pd.DataFrame) -> pd.DataFrame:
            return table[table["region"].isin(regions)].reset_index(drop=True)

        ports = keep(self.ports)
        landing = self.given_lanes.loc[self.given_lanes["to_id"].isin(ports["id"]), "from_id"]
        abroad = self.overseas[self.overseas["id"].isin(landing)].reset_index(drop=True)
        sites, hubs, refineries = keep(self.sites), keep(self.hubs), keep(self.refineries)
        return replace(self, sites=sites, hubs=hubs, refineries=refineries, ports=ports, overseas=abroad)

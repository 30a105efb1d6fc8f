"""The network: everything that a planner gives, read or made of data frames, checked and sorted."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.notebook import as_html, in_one_line
from hubspoke.inputs.arrange import ATTRIBUTES, KEYS, arrange_tables, tell_or_raise
from hubspoke.inputs.check.frames import survey_frames
from hubspoke.inputs.contents import describe_own, fingerprint_settings, fingerprint_tables
from hubspoke.inputs.files.boundaries import name_regions
from hubspoke.inputs.given import check_kinds, check_replaced
from hubspoke.inputs.part import cut_regions, keep_mix, of_parts, with_parts
from hubspoke.inputs.settings import as_settings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.settings import Settings

FRAMES = {ATTRIBUTES.get(table, table): table for table in KEYS}
"""Tables of a network, and what they are called as files."""
SETTINGS = "settings"
"""Key of the settings beside the tables in `checked`."""


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Sites, candidate plants, roads and settings of a planning task.

    Tables are sorted by `id` with a plain 0..n-1 index, so that the order of rows in a file changes nothing;
    every text column is filled (empty string where the file had none).

    A network is checked whenever it is made, and again before it is planned where a table was changed in place: one
    that can be planned has no faults. `replace` gives one with other tables or settings, `Network.from_frames` one of
    data frames alone.

    Attributes
    ----------
    sites : DataFrame
        `id, name, name_ja, region, prefecture, city, lat, lon, kind, stock_max_t, origin, source, confidence` and
        one column `<class>_<year>_t` of tonnes per pack class and year, scaled as `settings.supply` asks; kind is
        `dismantler` or `cell-works`; `stock_max_t` is the most that a pick-up fetches, infinite for no limit.
    hubs : DataFrame
        Of several technologies in `technology`, separated by `;`, one is chosen.
        `id, name, name_ja, operator, region, prefecture, city, lat, lon, technology, max_t, status, existing_t,
        existing_technology, sunk_share, subsidy_share, subsidy_cap_jpy, opens_from, retires, ramp_up, ground, kind,
        source, confidence, note`; `max_t` is t of packs per year, infinite where none is given, `existing_t` the size
        that stands; `status` is `open`, `candidate` or `closed`; years and caps may be NaN; a `ground` is shared.
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
        `from_id, to_id, distance_km, cost_jpy_per_t, co2_kg_per_t` that replace computed ones (NaN: computed), and
        `status`: `allowed` or `forbidden`.
    given_sizes : DataFrame
        `plant_id, capacity_t, fixed_jpy_per_yr, variable_jpy_per_t, technology` that replace a plant's derived sizes.
    hashes : mapping of str to str
        SHA-256 of every file read, by name relative to the folder.
    split : mapping of str to (mapping of str to float)
        Share of every class by which tonnes that the tables state without classes were divided, by year.
    checked, as_read : mapping of str to str
        Fingerprints of tables and settings when last checked; and of tables that are those of `hashes`, or a part.
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
    hashes: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    checked: Mapping[str, str] = field(default_factory=dict)
    as_read: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the tables, unless they are those that were checked, and raise InputError with every fault."""
        if self._state() == self.checked:
            return
        frames = {file: getattr(self, name) for name, file in FRAMES.items()}
        found = survey_frames(frames, self.settings, self.outlines, scaled=True)
        tell_or_raise(found.findings)
        tables = arrange_tables(found)
        for name, table in tables.items():
            object.__setattr__(self, name, table)
        object.__setattr__(self, "checked", self._state())

    @classmethod
    def from_frames(
        cls,
        *,
        sites: pd.DataFrame,
        hubs: pd.DataFrame,
        refineries: pd.DataFrame,
        settings: Settings | Mapping[str, Any] | str | Path | None = None,
        ports: pd.DataFrame | None = None,
        overseas: pd.DataFrame | None = None,
        roads: pd.DataFrame | None = None,
        cities: pd.DataFrame | None = None,
        lanes: pd.DataFrame | None = None,
        sizes: pd.DataFrame | None = None,
        existing: pd.DataFrame | None = None,
        outlines: gpd.GeoDataFrame | None = None,
    ) -> Network:
        """Make a network of copies of data frames, with the columns and by the rules of files.

        Parameters
        ----------
        sites, hubs, refineries : DataFrame
            Columns as in the files of these names: `id`, `lat`, `lon` and tonnes are enough; with a column `region` in
            one table, it must stand in all three. Missing cells may be NaN, None or empty.
        settings : Settings, mapping, str or Path, optional
            Settings; those that ship with changes by dotted key, such as `{"policy.name": "open"}`; or a TOML file.
        ports, overseas, lanes, sizes, existing : DataFrame, optional
            Further tables, none by default.
        roads, cities : DataFrame, optional
            The road graph; that of Japan by default.
        outlines : GeoDataFrame, optional
            Prefectures and regions; those of Japan by default.

        Raises
        ------
        InputError
            With every fault at once, named by table, row (the first row of a frame is row 2, as in a file) and column.
        UsageError
            An argument is of another kind.
        """
        given = {
            "sites": sites, "hubs": hubs, "refineries": refineries, "ports": ports, "overseas": overseas,
            "roads": roads, "cities": cities, "lanes": lanes, "sizes": sizes, "existing": existing,
        }  # fmt: skip
        check_kinds({**given, "outlines": outlines})
        frames = {name: frame for name, frame in given.items() if frame is not None}
        found = survey_frames(frames, as_settings(settings), outlines, scaled=False)
        tell_or_raise(found.findings)
        return cls.of_survey(found, own=[*frames, *([] if outlines is None else ["outlines"])])

    @classmethod
    def of_survey(cls, found: Survey, *, own: Collection[str] = ()) -> Network:
        """Return the network of a survey without faults; tables that are `own` are not those of any file."""
        tables = arrange_tables(found)
        contents = fingerprint_tables({**tables, "outlines": found.outlines})
        frames = {ATTRIBUTES.get(name, name) for name in own}
        return of_parts(
            cls,
            **tables,
            outlines=found.outlines,
            settings=found.settings,
            hashes=dict(sorted(found.hashes.items())),
            split=found.split,
            checked={**contents, SETTINGS: fingerprint_settings(found.settings)},
            as_read={name: digest for name, digest in contents.items() if name not in frames},
        )

    def _state(self) -> dict[str, str]:
        return {**self.contents(), SETTINGS: fingerprint_settings(self.settings)}

    def verified(self) -> Network:
        """Return the network, checked again (InputError) where a table was changed in place since it was checked."""
        return self if self._state() == self.checked else replace(self)

    def _figures(self) -> dict[str, object]:
        counts = {name: len(getattr(self, name)) for name in ("regions", "sites", "hubs", "refineries")}
        tonnes = {f"t_{year}": round(float(self.supply_t(year).sum())) for year in self.settings.horizon.years}
        return {"title": self.settings.title, **counts, **tonnes}

    def __repr__(self) -> str:
        """Return the main figures in one line."""
        return in_one_line("Network", self._figures())

    def _repr_html_(self) -> str:
        """Return the main figures as a table, for notebooks."""
        return as_html("Network", self._figures())

    def contents(self) -> dict[str, str]:
        """Return the fingerprint of every table as it is now: SHA-256 of what it holds, by its name here."""
        return fingerprint_tables({name: getattr(self, name) for name in (*FRAMES, "outlines")})

    @property
    def provenance(self) -> dict[str, str]:
        """Where the tables are from: the files that were read, and each table that is no longer what was read."""
        own = [name for name in self.checked if name != SETTINGS and not self.is_as_read(name)]
        return {**self.hashes, **{describe_own(name): self.checked[name] for name in own}}

    def replace(self, **changes: Any) -> Network:
        """Return a network with other tables or settings, checked as if it had been read.

        Parameters
        ----------
        **changes : DataFrame, GeoDataFrame or Settings
            By attribute, such as `hubs=...`. Columns that a frame lacks are filled in as in a file; tonnes of `sites`
            count as they are given, whatever scenario or factor the settings name.

        Raises
        ------
        InputError
            With every fault at once.
        UsageError
            A network has no such attribute, or it is of another kind.
        """
        known = [part.name for part in fields(self) if part.name not in {"hashes", "checked", "as_read", "split"}]
        check_replaced(changes, known)
        return replace(self, **{**changes, "checked": {}})

    def with_settings(self, settings: Settings) -> Network:
        """Return the network under other settings that fit the same tables, without checking it again.

        Parameters
        ----------
        settings : Settings
            Those under which the tables were read, but for rules and prices.
        """
        return replace(self, settings=settings, checked={**self.checked, SETTINGS: fingerprint_settings(settings)})

    def with_mix(self) -> Network:
        """Return the network with its mix of classes in the settings, so that parts of it cost what they cost in it."""
        tonnes = {year: self.supply_t(year).sum(axis=0) for year in self.settings.horizon.years}
        return self.with_settings(keep_mix(self.settings, tonnes))

    def copy(self) -> Network:
        """Return a network with tables of its own, which no change to those of this one reaches."""
        return with_parts(self, **{name: getattr(self, name).copy() for name in (*FRAMES, "outlines")})

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Regions of the sites and plants, in the order of the outlines, unknown ones last by name."""
        used = {str(name) for table in (self.sites, self.hubs, self.refineries, self.ports) for name in table["region"]}
        drawn = self.outlines.loc[self.outlines["kind"] == "region", "id"].tolist()
        return tuple([name for name in drawn if name in used] + sorted(used - set(drawn)))

    @property
    def region_names(self) -> dict[str, str]:
        """Region by its id and the names that the outlines give it, in lower case."""
        return name_regions(self.outlines) | {name.lower(): name for name in self.regions}

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
        """Return the part of the network that lies in `regions`, with the sources abroad that land at its ports.

        It costs what it costs in the whole, whose mix of classes it keeps (`materials.mix` of the settings).
        """
        whole = self.with_mix()  # finds what was changed in place
        part: dict[str, Any] = cut_regions({name: getattr(self, name) for name in FRAMES}, regions)
        contents = fingerprint_tables(part)
        unchanged = {name: digest for name, digest in contents.items() if self.is_as_read(name)}
        return with_parts(whole, **part, checked={**whole.checked, **contents}, as_read={**self.as_read, **unchanged})

    def is_as_read(self, table: str) -> bool:
        """Return whether a table is that of the files, or a part of it."""
        return self.as_read.get(table) == self.checked.get(table)

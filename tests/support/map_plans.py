"""Plans to draw in the tests of the maps: the shipped Japanese network, each region served by one hub."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from hubspoke.base.status import Status
from hubspoke.plan.plan import PlanData
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

DATA = Path(__file__).parents[2] / "data" / "regions"
HOSTILE = (
    'O\'Neil "Q" \\ ` ${x} {{ 7*7 }} {% raw %} </script><script>window.ran=1</script>'
    "<img src=x onerror=window.ran=1> & \u2028 🔋 שלום"
)


SHIPPED = ("supply", "costs", "commodity", "currency", "locale", "policy")
"""Sections of the settings that the plans below share with those that ship."""
TERMS = (
    ("collection", "Collection freight", "回収輸送", 0.30),
    ("hub_fixed", "Hubs, fixed", "ハブ固定費", 0.35),
    ("hub_variable", "Hubs, per tonne", "ハブ変動費", 0.20),
    ("flow", "Black-mass freight", "ブラックマス輸送", 0.03),
    ("refinery", "Refineries", "製錬所", 0.27),
    ("credit", "Sale of scrap metals", "副産物の売却", -0.15),
)


def _named(**names: tuple[str, str]) -> dict[str, SimpleNamespace]:
    return {key: SimpleNamespace(name_en=en, name_ja=ja) for key, (en, ja) in names.items()}


@cache
def settings() -> Any:
    """Give what maps read of settings: names for here, the rest as it ships."""
    shipped = load_settings()
    return SimpleNamespace(
        title="Traction batteries of Japan",
        title_ja="日本の車載用電池",
        hub_technologies=_named(
            roasting=("Roasting", "焙焼"),
            kiln=("Kiln-integrated roasting", "セメントキルン併設焙焼"),
            mechanical=("Mechanical separation", "機械選別（非焙焼）"),
        ),
        refinery_technologies=_named(
            hydro=("Hydrometallurgy", "湿式製錬"), pyro_hydro=("Smelting and hydrometallurgy", "乾式・湿式製錬")
        ),
        furnaces={},
        grades=_named(nmc=("NMC black mass", "三元系ブラックマス"), lfp=("LFP black mass", "LFPブラックマス")),
        **{name: getattr(shipped, name) for name in SHIPPED},
    )


def measure_km(lat: Any, lon: Any, to_lat: Any, to_lon: Any) -> NDArray[np.float64]:
    km_lat = (np.asarray(lat) - to_lat) * 111.2
    km_lon = (np.asarray(lon) - to_lon) * 111.2 * np.cos(np.radians(36))
    km: NDArray[np.float64] = 1.3 * np.hypot(km_lat, km_lon)
    return km


def _read(table: str) -> pd.DataFrame:
    files = sorted(DATA.glob(f"*/{table}.csv"))
    parts = [pd.read_csv(file).assign(region=file.parent.name, place_precision="given") for file in files]
    text = pd.concat(parts, ignore_index=True)
    if "technology" in text:  # a plan names the one that is built beside those to choose from
        text = text.assign(technologies=text["technology"], technology=text["technology"].str.split(";").str[0])
    return text.fillna(dict.fromkeys(text.columns[text.dtypes.map(str).isin(["object", "str"])], ""))


def _choose(plants: pd.DataFrame, per_region: int, *, load_name: str) -> pd.DataFrame:
    rank = plants.assign(existing=plants["status"] != "open")
    rank = rank.sort_values(["region", "existing", "max_t", "id"], ascending=[True, True, False, True])
    chosen = rank.groupby("region").head(per_region)["id"]
    state = np.where(plants["id"].isin(chosen), "open", "not_chosen")
    return plants.assign(
        state=state, capacity_t=0.0, load_t=0.0, utilisation=0.0, black_mass_t=0.0, cost_jpy=0.0, **{load_name: 0}
    )


@cache
def japan_plan(hubs_per_region: int = 1) -> PlanData:
    """Serve every region's sites from its nearest chosen hub, and every hub from its region's refinery."""
    outlines = gpd.read_file(DATA / "boundaries.geojson")
    sites, hubs, refineries = _read("sites"), _read("hubs"), _read("refineries")
    hubs = _choose(hubs, hubs_per_region, load_name="sites")
    refineries = _choose(refineries, 1, load_name="hubs").assign(grades="", country="")
    mass_t = sites[[name for name in map(str, sites) if name.endswith("_2040_t")]].sum(axis=1)
    sites = sites.assign(mass_t=mass_t)
    parts = []
    for region, near in sites.groupby("region"):
        used = hubs[(hubs["region"] == region) & (hubs["state"] == "open")]
        km = np.stack([measure_km(near["lat"], near["lon"], hub.lat, hub.lon) for hub in used.itertuples()])
        parts.append(near.assign(hub_id=used["id"].to_numpy()[km.argmin(axis=0)], distance_km=km.min(axis=0).round(1)))
    lanes = pd.concat(parts, ignore_index=True)
    lanes = lanes.rename(columns={"id": "site_id", "name": "site_name", "name_ja": "site_name_ja"})
    lanes = lanes.assign(
        share=1.0, hours=lanes["distance_km"] / 60, trips_per_yr=np.ceil(lanes["mass_t"] / 5).clip(4), truck="10t",
        cost_jpy_per_t=8000 + 90 * lanes["distance_km"], co2_kg=lanes["mass_t"] * lanes["distance_km"] * 0.1,
    )  # fmt: skip
    lanes["collection_freight_jpy"] = lanes["cost_jpy_per_t"] * lanes["mass_t"]
    lanes["cost_jpy_per_t"] += 60_000
    lanes["cost_jpy"] = lanes["cost_jpy_per_t"] * lanes["mass_t"]
    return _finish(outlines, hubs, refineries, lanes)


def _finish(outlines: gpd.GeoDataFrame, hubs: pd.DataFrame, refineries: pd.DataFrame, lanes: pd.DataFrame) -> PlanData:
    load = lanes.groupby("hub_id").agg(load_t=("mass_t", "sum"), sites=("site_id", "nunique"))
    hubs = hubs.drop(columns=["load_t", "sites"]).merge(load, left_on="id", right_index=True, how="left")
    hubs = hubs.fillna({"load_t": 0.0, "sites": 0})
    hubs["capacity_t"] = np.ceil(hubs["load_t"] / 10_000) * 10_000
    hubs["utilisation"] = (hubs["load_t"] / hubs["capacity_t"].where(hubs["capacity_t"] > 0)).fillna(0.0)
    hubs["black_mass_t"], hubs["cost_jpy"] = hubs["load_t"] / 2, hubs["load_t"] * 250_000
    used = hubs[hubs["state"] == "open"]
    target = refineries[refineries["state"] == "open"].set_index("region")
    rows = []
    hub: Any
    for hub in used.itertuples():
        to = target.loc[hub.region]
        km = float(measure_km([hub.lat], [hub.lon], to.lat, to.lon)[0])
        for grade, part in (("nmc", 0.7), ("lfp", 0.3)):
            tonnes = hub.black_mass_t * part
            rows.append((hub.id, to.id, grade, tonnes, km, km / 60, tonnes * km * 40, tonnes * km * 0.06))
    names = ["hub_id", "refinery_id", "grade", "mass_t", "distance_km", "hours", "cost_jpy", "co2_kg"]
    flows = pd.DataFrame(rows, columns=names)
    flows["black_mass_freight_jpy"] = flows["cost_jpy"]
    flows["cost_jpy"] += 136_000 * flows["mass_t"]
    received = flows.groupby("refinery_id").agg(load=("mass_t", "sum"), count=("hub_id", "nunique"))
    refineries["load_t"] = refineries["id"].map(received["load"]).fillna(0.0)
    refineries["hubs"] = refineries["id"].map(received["count"]).fillna(0).astype(int)
    refineries["capacity_t"] = np.ceil(refineries["load_t"] / 10_000) * 10_000
    refineries["utilisation"] = (refineries["load_t"] / refineries["capacity_t"].where(refineries["capacity_t"] > 0)).fillna(0.0)  # fmt: skip  # noqa: E501
    refineries["cost_jpy"] = refineries["load_t"] * 150_000
    areas = outlines[outlines["kind"] == "region"]
    totals = lanes.groupby("region").agg(
        sites=("site_id", "nunique"), mass_t=("mass_t", "sum"), co2_t=("co2_kg", "sum")
    )
    regions = pd.DataFrame({"region": areas["id"], "name_en": areas["name_en"], "name_ja": areas["name_ja"]})
    regions = regions.merge(totals, left_on="region", right_index=True)
    work = (lanes["mass_t"] * lanes["distance_km"]).groupby(lanes["region"]).sum()
    regions = regions.assign(
        hubs=1, refineries=1, cost_jpy=regions["mass_t"] * 520_000, here_jpy=regions["mass_t"] * 520_000,
        cost_jpy_per_t=520_000.0,
        transport_t_km=regions["region"].map(work), co2_t=regions["co2_t"] / 1000,
    )  # fmt: skip
    paid = list(zip(regions["region"], regions["cost_jpy"].tolist(), strict=True))
    costs = pd.DataFrame(
        [(term, en, ja, region, cost * part) for region, cost in paid for term, en, ja, part in TERMS],
        columns=["term", "label_en", "label_ja", "region", "cost_jpy"],
    )
    costs["here_jpy"] = costs["cost_jpy"]
    return PlanData(
        title="Traction batteries of Japan", year=2040, policy="regional", status=Status.OPTIMAL,
        objective="cost", objective_value=float(regions["cost_jpy"].sum()), bound_value=0.0, gap=0.0, options={},
        hashes={}, settings=settings(), outlines=outlines,
        hubs=hubs, refineries=refineries, assignments=lanes, imports=pd.DataFrame(), flows=flows,
        costs=costs, regions=regions,
    )  # fmt: skip


def keep_sites(plan: PlanData, count: int) -> PlanData:
    """Keep the first sites of each region, for quick tests."""
    return replace(plan, assignments=plan.assignments.groupby("region").head(count).reset_index(drop=True))


def make_dearer(plan: PlanData, factor: float) -> pd.DataFrame:
    """Give the totals by region with costs times `factor`."""
    return plan.regions.assign(cost_jpy=plan.regions["cost_jpy"] * factor)


def close_hub_of_shikoku(plan: PlanData) -> PlanData:
    """Give another plan, under another policy: the hub of Shikoku is closed, and Kinki takes its sites."""
    open_in = plan.hubs[plan.hubs["state"] == "open"].set_index("region")["id"]
    hubs = plan.hubs.assign(state=plan.hubs["state"].mask(plan.hubs["id"] == open_in["shikoku"], "not_chosen"))
    lanes = plan.assignments.assign(hub_id=plan.assignments["hub_id"].replace(open_in["shikoku"], open_in["kinki"]))
    flows = plan.flows[plan.flows["hub_id"] != open_in["shikoku"]]
    return replace(plan, policy="open", hubs=hubs, assignments=lanes, flows=flows, regions=make_dearer(plan, 0.9))


def rename(plan: PlanData, name: str) -> PlanData:
    """Put `name` in every place of the plan that holds text a map shows."""
    give: Callable[[pd.DataFrame, tuple[str, ...]], pd.DataFrame] = lambda table, columns: table.assign(  # noqa: E731
        **dict.fromkeys(columns, name)
    )
    names = _named(
        **dict.fromkeys(("roasting", "kiln", "mechanical", "hydro", "pyro_hydro", "nmc", "lfp"), (name, name))
    )
    renamed = SimpleNamespace(**vars(settings()))
    renamed.title = renamed.title_ja = name
    renamed.hub_technologies = renamed.refinery_technologies = renamed.grades = names
    return replace(
        plan,
        title=name, policy=cast("Any", name), status=cast("Any", name), settings=cast("Any", renamed),
        outlines=give(plan.outlines, ("name_en", "name_ja")),
        hubs=give(plan.hubs, ("name", "name_ja", "operator", "prefecture")),
        refineries=give(plan.refineries, ("name", "name_ja", "operator", "prefecture")),
        assignments=give(plan.assignments, ("site_name", "site_name_ja", "prefecture", "truck")),
        costs=give(plan.costs, ("label_en", "label_ja")),
        regions=give(plan.regions, ("name_en", "name_ja")),
    )  # fmt: skip

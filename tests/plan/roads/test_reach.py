"""What any place would pay to the gate is what the plan's own sites pay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hubspoke.plan.roads.reach import measure_reach
from shipped import japan_plan


def test_a_place_of_a_site_pays_what_the_site_pays() -> None:
    plan = japan_plan("regional", ("shikoku",))
    rows = plan.assignments.iloc[::17]
    assert plan.network is not None
    supply = plan.network.supply_t(plan.year)
    of_site = {name: at for at, name in enumerate(plan.network.sites["id"])}
    hubs = plan.hubs["id"].to_numpy(object)
    row: Any
    for row in rows.itertuples():
        place, region = np.array([[row.lon, row.lat]]), np.array([row.region], object)
        reach = measure_reach(plan, place, region, supply_t=supply[of_site[row.site_id]])
        assert reach is not None
        assert hubs[reach.hub[0]] == row.hub_id
        assert reach.jpy_per_t[0] == pytest.approx(row.collection_freight_jpy / row.mass_t, rel=1e-12)
        assert reach.hours[0] == pytest.approx(row.hours, abs=1e-3)
        assert reach.site_t == pytest.approx(row.mass_t)


def test_packs_that_cross_no_border_reach_hubs_of_their_region_alone() -> None:
    plan = japan_plan("regional", ("shikoku",))
    places = plan.assignments[["lon", "lat"]].to_numpy(np.float64)[:3]
    there = measure_reach(plan, places, np.array(["shikoku", "kyushu", "shikoku"], object))
    assert there is not None
    assert (there.hub >= 0).tolist() == [True, False, True]
    assert np.isnan(there.jpy_per_t).tolist() == np.isnan(there.hours).tolist() == [False, True, False]
    mass_t = plan.assignments.groupby("site_id")["mass_t"].sum()
    assert there.site_t == pytest.approx(mass_t[mass_t > 0].median())


def test_nothing_is_told_without_a_hub_or_without_the_tables_that_were_planned() -> None:
    plan = japan_plan("regional", ("shikoku",))
    place, region = np.array([[134.0, 34.0]]), np.array(["shikoku"], object)
    assert measure_reach(replace(plan, network=None), place, region) is None
    assert measure_reach(replace(plan, hubs=plan.hubs.assign(state="not_chosen")), place, region) is None
    assert measure_reach(plan, place, region, supply_t=np.zeros(len(plan.settings.classes))) is None
    nowhere = measure_reach(plan, np.empty((0, 2)), np.empty(0, object))
    assert nowhere is not None
    assert len(nowhere.hub) == 0

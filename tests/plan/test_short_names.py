"""No two plants of a plan are called alike, unless they bear one name; one that is built keeps the short one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.words.names import name_plant, shorten_plant
from map_plans import japan_plan


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_short_names_of_japan_are_told_apart(lang: str) -> None:
    plan = japan_plan()
    names = name_shortly(plan, lang)  # type: ignore[arg-type]
    wholes = defaultdict(set)
    for table in (plan.hubs, plan.refineries):
        for row in table.to_dict("records"):
            wholes[names[row["id"]]].add(name_plant(row, lang))  # type: ignore[arg-type]
    assert [sorted(one) for one in wholes.values() if len(one) > 1] == []


def test_of_plants_with_one_short_name_the_built_one_keeps_it() -> None:
    plan = japan_plan()
    hubs = plan.hubs.assign(name_ja="敦賀セメント 敦賀工場", operator="敦賀セメント").iloc[:3]
    hubs = hubs.assign(state=["open", "not_chosen", "not_chosen"])
    hubs.loc[hubs.index[1], "name_ja"] = "JX金属サーキュラーソリューションズ 敦賀工場"
    few = replace(plan, hubs=hubs, refineries=plan.refineries.iloc[:0])
    built, other, same = hubs["id"]
    names = name_shortly(few, "ja")
    assert names[built] == shorten_plant(hubs.iloc[0].to_dict(), "ja") == "敦賀"
    assert names[other] == "JX金属サーキュラーソリューションズ 敦賀工場"
    assert names[same] != "敦賀"
    both = replace(few, hubs=hubs.assign(state="open"))
    assert name_shortly(both, "ja")[built] == "敦賀セメント 敦賀工場"

"""What is said of recycled metal that a plan must give new batteries."""

from __future__ import annotations

MESSAGES = {
    "policy.recycled_content: no demand of new batteries is stated for these classes (demand)": (
        "policy.recycled_content：これらの種類の新しい電池の需要（demand）がない"
    ),
    "policy.recycled_content is planned at least cost, with every site served and no black mass from abroad; leave "
    "--objective, policy.shortfall_jpy_per_t and sources.overseas out": (
        "policy.recycled_content は、全拠点から回収し海外のブラックマスのない費用最小で計画する。--objective、"
        "policy.shortfall_jpy_per_t、sources.overseas を外す"
    ),
    "policy.recycled_content is planned where every region refines its own black mass (--policy regional); elsewhere "
    "ask every refinery for it (policy.least_recovery_t_per_t)": (
        "policy.recycled_content は各地域が自域のブラックマスを製錬する計画（--policy regional）でのみ使える。"
        "ほかでは各製錬所に求める（policy.least_recovery_t_per_t）"
    ),
    "all packs, refined by what recovers most, give too little for policy.recycled_content ({short}); lower "
    "demand.bound_share, or add scrap of works (sources.factory_scrap=true)": (
        "全ての電池を最も多く回収する方式で製錬しても policy.recycled_content に足りない（{short}）。"
        "demand.bound_share を下げるか、工場の端材を加える（sources.factory_scrap=true）"
    ),
    "policy.recycled_content ties all refineries of one plan together; ask for it in `hubspoke solve` of one year": (
        "policy.recycled_content は一つの計画の全製錬所を結び付ける。一年の `hubspoke solve` で求める"
    ),
    "no duty {name} asks for recycled content": "再生材の割合を求める義務 {name} はない",
}

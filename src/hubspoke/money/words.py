"""Words for market and income, in English and Japanese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "head": (
        "{title}, {year}, policy {policy}: {subject}",
        "{title}、{year}年、方針 {policy}：{subject}",
    ),
    "large_yen": ("bn yen/yr", "億円/年"),
    "million_yen": ("million yen/yr", "百万円/年"),
    "semicolon": ("; ", "、"),
    "market": ("market", "市場規模"),
    "published": ("published", "公表値"),
    "cost": ("cost", "費用"),
    "margin": ("margin", "差額"),
    "purchase": ("bought for", "買取額"),
    "refining": ("refining", "製錬"),
    "break_even": ("break-even at prices x", "損益分岐 価格×"),
    "formula": (
        "market = price x tonnes recovered; cost = share of the price x tonnes contained + refining x packs",
        "市場規模＝価格×回収量、費用＝価格の一定割合×含有量＋製錬単価×電池量",
    ),
    "stated": ("stated by the source, or published: {}", "出典または公表値：{}"),
    "reconstructed": (
        "reconstructed here, from the totals and published prices: {}",
        "公表合計と公表価格からの推定値：{}",
    ),
    "rate": ("exchange rate", "為替"),
    "share_of": ("share paid for {}", "{} 買取割合"),
    "recovery_of": ("recovery of {}", "{} 回収率"),
    "packs": ("packs", "電池"),
    "recovered_of": ("{} recovered", "{} 回収量"),
    "price_of": ("{} at {}", "{} {}"),
    "against": (
        "metals against the cost of whoever buys black mass",
        "金属の市場規模とブラックマスを買い取る側の費用",
    ),
    "metal": ("metal", "金属"),
    "contained": ("contained t/yr", "含有量 t/年"),
    "recovered": ("recovered t/yr", "回収量 t/年"),
    "worth": ("bn yen/yr, {}", "億円/年、{}"),
    "refining_told": (
        "refining costs {} yen/kg of packs in this plan; the source takes {}",
        "この計画の製錬費は電池1 kg当たり{}円、出典は{}円",
    ),
    "who": ("who earns what", "各主体の収支"),
    "prices": ("prices", "価格"),
    "system": ("System", "全体"),
    "difference": ("sum - system, yen", "合計－全体 円"),
    "system_is": (
        "system = sales of metals + sales of scrap - cost of the plan",
        "全体＝金属の売却収入＋スクラップの売却収入－計画の費用",
    ),
    "on_scrap": (
        (
            "warning: scrap alone pays for {} of {} hubs ({} of scrap against {} that they cost, {}), before gate fees "
            "and black mass: scrap is valued high or hubs are costed low, so read what hubs earn as an upper end"
        ),
        (
            "注意：ハブ{1}か所のうち{0}か所はスクラップ売却だけで全費用をまかなう（スクラップ{2}、費用{3}、{4}、処理費・"
            "ブラックマス代金を除く）。スクラップ価格が高めか中間処理費が低めの想定であり、ハブの収支は上限と読むこと"
        ),
    ),
    "actor": ("actor", "主体"),
    "gate_fee": ("gate fee yen/kg", "受入料金 円/kg"),
    "sum": ("Sum", "合計"),
    "fee_of": ("{}, gate fee {} yen/kg", "{}、受入料金 {} 円/kg"),
    "break_even_at": (
        "break-even at the prices of {}, all else being equal; a factor of 0 means at any price",
        "損益分岐は{}の価格に対する値で、他の条件は同じとする。0は価格によらず黒字",
    ),
}
"""By key, in English and in Japanese."""

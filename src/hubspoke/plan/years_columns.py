"""The columns of the tables of a plan over several years: order, kind, unit and words of each."""

from __future__ import annotations

from hubspoke.plan.column import Column

SCHEDULE = (
    Column("year", "whole", "yr", "Planned year", "計画年"),
    Column("kind", "text", "", "`hub` or `refinery`", "種類"),
    Column("id", "text", "", "Identifier", "ID"),
    Column("name", "text", "", "Name in English", "名称（英語）"),
    Column("name_ja", "text", "", "Name in Japanese", "名称（日本語）"),
    Column("region", "text", "", "Region", "地域"),
    Column("technology", "text", "", "Technology, a key of the settings", "方式"),
    Column("stage", "text", "", "`absent` (not used so far), `open`, `idle` or `closed` (for good)", "状態"),
    Column("step", "text", "", "What it does for this year: `opens`, `grows`, `idles`, `resumes`, `closes`", "変化"),
    Column(
        "existing_t",
        "number",
        "t/yr",
        "Size that stood before the first year and goes on; 0 where a plant is built anew in another technology",
        "既設能力",
    ),
    Column("size_t", "number", "t/yr", "Size that stands, at the usual availability; 0 once closed", "規模"),
    Column("load_t", "number", "t/yr", "Tonnes taken in", "処理量"),
    Column("stands_t", "number", "t/yr", "Tonnes that it is built for: the most it has taken in so far", "処理可能量"),
    Column("idle_share", "number", "", "Share of that which is not used", "遊休率"),
    Column("invested_jpy", "number", "JPY", "Investment in what is added for this year, less subsidies", "投資額"),
    Column("subsidy_jpy", "number", "JPY", "What subsidies pay of it besides", "補助金"),
    Column("capital_jpy", "number", "JPY/yr", "Yearly payments for what stands or was closed", "資本費"),
    Column("unused_jpy", "number", "JPY/yr", "The part of them for what is not used", "うち遊休分"),
    Column("idle_jpy", "number", "JPY/yr", "Running cost of standing idle", "休止費"),
    Column("closing_jpy", "number", "JPY", "Cost of closing, once", "閉鎖費"),
)
BY_YEAR = (
    Column("year", "whole", "yr", "Planned year", "計画年"),
    Column("last_year", "whole", "yr", "Last year that it stands for", "対象最終年"),
    Column("policy", "text", "", "Policy", "方針"),
    Column("packs_t", "number", "t/yr", "Packs collected", "回収量"),
    Column("unserved_t", "number", "t/yr", "Packs left at sites", "未回収量"),
    Column("hubs", "whole", "", "Open hubs", "稼働ハブ数"),
    Column("refineries", "whole", "", "Open refineries", "稼働精錬所数"),
    Column("hub_stands_t", "number", "t/yr", "Packs that hubs are built for", "ハブ能力"),
    Column("refinery_stands_t", "number", "t/yr", "Black mass that refineries are built for", "精錬能力"),
    Column(
        "plan_jpy", "number", "JPY/yr", "Cost of the plan of the year, capital of what is used included", "年間費用"
    ),
    Column("unused_jpy", "number", "JPY/yr", "Capital of what is not used, or was closed", "遊休資本費"),
    Column("idle_jpy", "number", "JPY/yr", "Running cost of idle plants", "休止費"),
    Column("cost_jpy", "number", "JPY/yr", "All of these", "年間総費用"),
    Column("cost_per_kg", "number", "JPY/kg", "The same per kg of packs", "総費用単価"),
    Column("once_jpy", "number", "JPY", "Paid once: closing, and sites that change their hub", "一時費用"),
    Column("invested_jpy", "number", "JPY", "Investment, paid at the end of the year before, less subsidies", "投資額"),
    Column("subsidy_jpy", "number", "JPY", "What subsidies pay of it besides", "補助金"),
    Column(
        "objective", "number", "", "Objective of the year: yen or kg of CO2 per year, as it was minimised", "目的値"
    ),
    Column("present_jpy", "number", "JPY", "Present value of cost and of what is paid once", "現在価値"),
)
FACTORS = (
    Column("year", "whole", "yr", "Planned year", "計画年"),
    Column("last_year", "whole", "yr", "Last year that it stands for", "対象最終年"),
    Column("years", "whole", "yr", "Years that it stands for", "年数"),
    Column("discount_factor", "number", "", "Worth of a yen at the end of the planned year", "割引係数"),
    Column("weight", "number", "yr", "Worth of a yen in each of the years that it stands for", "重み"),
    Column("capital_recovery_per_yr", "number", "1/yr", "Yearly payment per yen of investment", "資本回収係数"),
    Column(
        "paid_of_investment",
        "number",
        "",
        "Share of an investment for this year that is paid within the horizon; the rest is its residual value",
        "期間内負担率",
    ),
)
YEARS_COLUMNS: dict[str, tuple[Column, ...]] = {"schedule": SCHEDULE, "by_year": BY_YEAR, "factors": FACTORS}

"""Words of a plan over several years on a terminal, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

WORDS: Pairs = {
    "head": (
        "{title}, {first}–{until}, planned together: {years}; policy {policy}",
        "{title}、{first}～{until}年、一括計画年：{years}、方針 {policy}",
    ),
    "policies": ("{policy} from {year}", "{year}年から{policy}"),
    "cost": ("cost", "費用"),
    "cost_told": (
        "{jpy} in present value at the end of {first}: all costs {first}–{until} at {rate} % a year",
        "{first}年末の現在価値で{jpy}（{first}～{until}年の全費用、割引率 年{rate}％）",
    ),
    "profit": ("profit", "利益"),
    "profit_told": (
        "{jpy} in present value, made most: all sales less cost",
        "現在価値で{jpy}、最大化（売却収入－費用）",
    ),
    "co2": ("CO2", "CO2"),
    "co2_told": ("{tonnes} t over all years, made least", "全期間で{tonnes} t、最小化"),
    "status": ("status", "状態"),
    "plants": ("plants", "設備"),
    "plants_told": (
        "{hubs} and {refineries} opened, {grown} extended, {closed} closed",
        "新設：{hubs}・{refineries}、増設：{grown}か所、閉鎖：{closed}か所",
    ),
    "plants_stood": (
        "{hubs} and {refineries} opened, {stood} that stood before put to use, {grown} extended, {closed} closed",
        "新設：{hubs}・{refineries}、既設の利用：{stood}か所、増設：{grown}か所、閉鎖：{closed}か所",
    ),
    "hub": ("{} hub", "ハブ{}か所"),
    "hubs": ("{} hubs", "ハブ{}か所"),
    "refinery": ("{} refinery", "製錬所{}か所"),
    "refineries": ("{} refineries", "製錬所{}か所"),
    "capital": ("capital", "投資"),
    "capital_told": (
        "{invested} invested, {first} of it for {year}; worth {residual} at the end of {until}",
        "投資額{invested}（うち{year}年向け{first}）、{until}年末の残存価値{residual}",
    ),
    "subsidies": ("{} paid by subsidies; besides, ", "補助金{}、これを除く"),
    "idle": ("unused", "未利用"),
    "idle_none": ("none; what is built is used in every year", "なし：建てた能力は毎年すべて使われる"),
    "idle_one": ("{name} {share} %", "{name}（{share}％）"),
    "idle_told": (
        "over the years {most}",
        "期間を通じて多い順に{most}",
    ),
    "does_opens": ("Opens: {}", "新設：{}"),
    "does_grows": ("Extended: {}", "増設：{}"),
    "does_starts": ("Stands and is put to use: {}", "既設の利用開始：{}"),
    "does_idles": ("Idle from now on: {}", "休止：{}"),
    "does_resumes": ("Runs again: {}", "再稼働：{}"),
    "does_closes": ("Closes for good: {}", "閉鎖：{}"),
    "does_not_use": (
        "Paid besides for what is not used: {} a year, with it {}",
        "このほか、使わない施設・能力の費用：年間{}、合計{}",
    ),
    "does_nothing": ("No plant opens, grows or closes.", "施設の開設・増設・閉鎖なし"),
    "grown_from": ("{name} ({before} to {after} t/yr)", "{name}（{before}→{after} t/年）"),
    "of_size": ("{name} ({after} t/yr)", "{name}（{after} t/年）"),
    "idle_least": ("; least: {}", "、最も少ないのは{}"),
    "comma": (", ", "、"),
    "year": ("year", "年"),
    "to": ("to", "まで"),
    "tonnes": ("t/yr", "t/年"),
    "per_year": ("bn yen/yr", "億円/年"),
    "per_kg": ("yen/kg", "円/kg"),
    "invested": ("bn yen invested", "投資額（億円）"),
    "opens": ("opens", "新設"),
    "grows": ("grows", "増設"),
    "closes": ("closes", "閉鎖"),
    "and_more": (" and {} more", "、ほか{}か所"),
}

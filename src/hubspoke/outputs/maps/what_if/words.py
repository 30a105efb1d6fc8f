"""Words of plans that the map makes anew, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.firmness import WORDS as FIRMNESS_WORDS

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

WORDS: Pairs = {
    "wi_elsewhere": ("What if …? On the map of the whole plan", "もし…なら（計画全体の地図へ）"),
    "wi_title": ("What if …?", "もし…なら"),
    "wi_note": (
        "Move a price, or click a plant to close it or force it open: the map plans again, and proves what it finds.",
        "価格を動かすか、施設をクリックして閉鎖・開設を指定すると、地図がその場で最適な計画を作り直します（最適性を証明）。",
    ),
    "wi_note_alone": (
        "Move a price, or click a plant to close it or force it open: the map plans this region again, with proof.",
        "価格を動かすか、施設をクリックして閉鎖・開設を指定すると、地図がこの地域の最適な計画を作り直します（最適性を証明）。他の地域は変わりません。",
    ),
    "wi_working": ("Working it out …", "計算中…"),
    "wi_freight": ("Freight", "輸送費"),
    "wi_power": ("Electricity", "電力価格"),
    "wi_hub": ("Hubs, per tonne", "ハブの変動費"),
    "wi_refinery": ("Refineries, per tonne", "製錬所の変動費"),
    "wi_per_kwh": ("yen/kWh", "円/kWh"),
    "wi_close": ("What if it is closed?", "なかった場合を試す"),
    "wi_rule_out": ("Rule it out", "候補から外す"),
    "wi_open": ("What if it must open?", "開設する場合を試す"),
    "wi_allow": ("Allow it again", "閉鎖の指定を取り消す"),
    "wi_let": ("No longer force it open", "開設の指定を取り消す"),
    "wi_fixed": ("Its state was asked for in the plan.", "この施設の開閉は計画の条件です。"),
    "wi_without": ("Without {}", "{}なし"),
    "wi_with": ("With {}", "{}を開設"),
    "wi_take_back": ("Take back: {}", "取り消す：{}"),
    "wi_instead": ("instead of {}", "{}の代わり"),
    "wi_changed": ("What is decided then", "その場合の決定"),
    "wi_proven": ("no plan costs less", "これより安い計画はない"),
    "wi_settle": ("between these bounds; the command below settles it", "この範囲にあります。下のコマンドで確定します"),
    "wi_at_least": ("{} or more", "{}以上"),
    "wi_between": ("{} to {}", "{}～{}"),
    "wi_none": ("No plan", "計画なし"),
    "wi_none_in": (
        "{} is left without a hub or refinery for all of its packs.",
        "{}の電池をすべて受け入れるハブか製錬所がなくなります。",
    ),
    "wi_none_at_all": (
        "The plants that are left cannot take all packs.",
        "残る施設ではすべての電池を受け入れられません。",
    ),
    "wi_command": ("The same by the program:", "同じ計画を作るコマンド："),
    "wi_copy": ("Copy", "コピー"),
    "wi_copied": ("Copied", "コピーしました"),
    "wi_refused": (
        "The address also asks what this map cannot do (unknown, not free, or a factor not from 0.5 to 2): {}",
        "アドレスの次の指定は、この地図では扱えません（不明、変更不可、または倍率が0.5～2の範囲外）：{}",
    ),
    "wi_was": ("(was {})", "（元は{}）"),
    "wi_back": ("Back to the plan", "元の計画に戻す"),
    "wi_see": ("See the decision", "決定を見る"),
    "wi_no_borders": (
        "With borders open this page knows bounds of what a change costs; its command settles it.",
        "越境可の計画では、変更の費用の範囲と、確定するコマンドを示します。",
    ),
    "wi_no_objective": (
        "This page plans again at least cost with every site served, and no recycled metal asked for, only.",
        "この地図での再計画は、費用最小・全拠点回収で再生金属を求めない計画に限ります。",
    ),
    "wi_no_floors": (
        "This page cannot plan again where plants must take in a least tonnage.",
        "施設に最低処理量がある計画は、この地図では再計画できません。",
    ),
    "wi_no_years": (
        "This page cannot plan again: the plants were chosen for several years, or stand as designed.",
        "複数年で選ばれた施設、または固定した設計の計画は、この地図では再計画できません。",
    ),
    "wi_no_network": (
        "This page cannot plan again, as it was drawn without the tables that were planned.",
        "計画の入力表がないため、この地図では再計画できません。",
    ),
    "wi_no_overseas": (
        "This page cannot plan again where black mass comes from abroad.",
        "海外のブラックマスを受け入れる計画は、この地図では再計画できません。",
    ),
    "wi_no_grades": (
        "This page cannot plan again where refineries take some grades only, or lie abroad.",
        "製錬所が受け入れるブラックマスの種類を限る計画、海外の製錬所を含む計画は、この地図では再計画できません。",
    ),
    "wi_no_furnaces": (
        "This page cannot plan again where electric furnaces may take black mass.",
        "電気炉がブラックマスを受け入れる計画は、この地図では再計画できません。",
    ),
    "wi_no_counts": (
        "This page plans again only with one hub in every region, and as many refineries as the policy says.",
        "この地図での再計画は、各地域ハブ1の標準の方針に限ります。",
    ),
    "wi_no_regions": (
        "This page cannot plan again: too many regions share refineries.",
        "製錬所を共用する地域が多すぎるため、この地図では再計画できません。",
    ),
    "wi_no_capacity": (
        "Refineries may be full here, so that this page knows bounds of what a change costs; its command settles it.",
        "製錬所の能力に制約があるため、変更の費用の範囲と、確定するコマンドを示します。",
    ),
    "wi_no_sums": (
        "This page cannot plan again: its sums do not give the cost of this plan.",
        "地図の集計がこの計画の費用と一致しないため、再計画できません。",
    ),
    **{f"wi_rate_{key}": pair for key, pair in FIRMNESS_WORDS.items()},
}

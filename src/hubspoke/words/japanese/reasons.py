"""What is said where there is no plan."""

from __future__ import annotations

MESSAGES = {
    "{tonnes} t/yr of {goods} of the grade {name}, which none of the refineries takes that may be open ({left}): see "
    "grades in refineries.csv; {cure}": (
        "等級 {name} の{goods}が年{tonnes} t あるが、開ける製錬所（{left}）はどれも受け入れない"
        "（refineries.csv の grades）。{cure}"
    ),
    "add {name} to grades of one of them": "いずれかの grades に {name} を加える",
    "reopen one that takes it (--open {id})": "受け入れるものを再び開く（--open {id}）",
    "open one that takes it (--open {id}) in place of another, or allow more (--set "
    "policy.refineries_per_region=[1,{more}])": (
        "受け入れるものを代わりに開くか（--open {id}）、数を増やす（--set policy.refineries_per_region=[1,{more}]）"
    ),
    "{plants} recover less than policy.least_recovery_t_per_t asks for then ({asked}); ask for less, or add a "
    "technology that recovers more": (
        "{plants} はその年の policy.least_recovery_t_per_t（{asked}）を満たさない。求める回収率を下げるか、"
        "より多く回収する方式を加える"
    ),
    "the one {one} {there} holds": "{there}{one}1か所の受入れは",
    "the {count} {many} {there} hold": "{there}{many}{count}か所の受入れは",
    "{tonnes} t/yr of {goods}, but {who} at most {held}; {cure}": (
        "{goods}が年{tonnes} t あるが、{who}最大 {held}。{cure}"
    ),
    " and {more} more": " ほか{more}件",
    "add a larger size ({key}) and raise max_t": "大きい規模（{key}）を加えて max_t を上げる",
    "raise max_t": "max_t を上げる",
    "allow {count} {many} (--set {key}=[{fewest},{most}])": (
        "{many}を{count}か所まで認める（--set {key}=[{fewest},{most}]）"
    ),
    "add a {one}": "{one}を加える",
    "open the borders (--policy {policy})": "地域間の移動を認める（--policy {policy}）",
    " or open the borders (--policy {policy})": "、または地域間の移動を認める（--policy {policy}）",
    "{sites} can reach no hub by road or ferry; add the road or ferry to roads.csv, or state the lanes in lanes.csv": (
        "{sites}から、道路やフェリーで行けるハブがない。roads.csv に加えるか、lanes.csv に区間を書く"
    ),
    "{sites} may go to no hub: lanes.csv forbids every one; allow a lane there": (
        "{sites}から行けるハブがない。lanes.csv が全てを禁じている。一つを許す"
    ),
    "{count} site{s} with {tonnes} t/yr ({names})": "拠点{count}か所、年{tonnes} t（{names}）",
    " (some are forbidden there)": "（そこへの区間の一部は禁止）",
    "the limits on numbers of plants cannot be met together; widen them": "設備数の制限を同時に満たせない。広げる",
    "policy.min_throughput_hub_t_per_yr or policy.min_throughput_refinery_t_per_yr": (
        "policy.min_throughput_hub_t_per_yr または policy.min_throughput_refinery_t_per_yr"
    ),
    "{said} stands or could stand there; add a candidate to {file}": "{said}の候補もない。{file} に候補を加える",
    "{tonnes} t/yr of {goods}, but no {one}": "{goods}が年{tonnes} t あるが、{one}がない",
    "{said}: {which}; reopen one (--open {id}){borders}": "{said}（{which}）。再び開く（--open {id}）{borders}",
    "all {count} are closed ({names})": "{count}か所とも閉鎖：{names}",
    "{id} is closed": "{id} は閉鎖",
    "{id} must be open and has no size: its max_t is 0; raise max_t or do not open it": (
        "{id} は開設が必須だが、max_t が 0 で規模がない。max_t を上げるか、開設を外す"
    ),
    "{tonnes} t/yr of {goods}, but no {one} may open: {cure}": (
        "{goods}が年{tonnes} t あるが、開ける{one}がない：{cure}"
    ),
    "all {count} are closed; reopen one (--open {id})": "{count}か所とも閉鎖されている。再び開く（--open {id}）",
    "{opened} {many} must be open ({names}), but at most {most} may be; open fewer, or allow {more} (--set "
    "{key}=[{fewest},{all}])": (
        "{many}{opened}か所（{names}）の開設が必須だが、上限は{most}か所。開設を減らすか、{more}か所まで認める（--set "
        "{key}=[{fewest},{all}]）"
    ),
    "{fewest} {many} must be open in total, but there are only {usable}; lower {key}": (
        "{many}は全体で{fewest}か所必要だが、{usable}か所しかない。{key} を下げる"
    ),
    "{fewest} {many} must be open in total, but the regions may open only {possible}; lower {key} or allow more "
    "in each region ({each})": (
        "{many}は全体で{fewest}か所必要だが、各地域で開けるのは合計{possible}か所まで。{key} を下げるか、"
        "地域ごとの数（{each}）を増やす"
    ),
    "{fewest} {many} must be open, but there {s} only {usable}; add a {one}, or ask for fewer (--set "
    "{key}=[{least},{most}])": (
        "{many}は{fewest}か所必要だが、開けるのは{usable}か所まで。{one}を加えるか、必要数を減らす（--set "
        "{key}=[{least},{most}]）"
    ),
    ", reopen {names} (--open {id})": "、{names} を再び開く（--open {id}）",
    "{forced} {many} must be open, but {key} allows {most} in total; raise it or open fewer": (
        "{many}{forced}か所の開設が必須だが、{key} の上限は{most}か所。上げるか、開設を減らす"
    ),
    "the regions ask for {asked} {many} together, but {key} allows {most} in total; raise it to {more} or ask for "
    "fewer in each region ({each})": (
        "各地域の{many}の必要数は合計{asked}か所だが、{key} の上限は{most}か所。{more}に上げるか、地域ごとの数（"
        "{each}）を減らす"
    ),
    "{tonnes} t/yr of {goods}, but {plants} and take in {floor} t/yr{each}; lower that (--set "
    "{key}={value}){borders}": (
        "{goods}は年{tonnes} t だが、{plants}、年{floor} t の受入れが要る{each}。下げる（--set {key}={value}）{borders}"
    ),
    " each": "（それぞれ）",
    "{count} {many} must be open": "{many}{count}か所の開設が必須で",
    "no hub allowed is within {km} km of {sites}; the nearest is {span} away; raise the limit "
    "(--set policy.longest_haul_km={most}){more} or add a hub nearer": (
        "{sites}は、行けるどのハブからも {km} km より遠い。最寄りまで {span}。上限を上げる（--set "
        "policy.longest_haul_km={most}）{more}か、近くにハブを加える"
    ),
    ", allow {hubs} hubs and {km} km (--set policy.hubs_per_region=[1,{most}] --set policy.longest_haul_km={limit})": (
        "、ハブ{hubs}か所と{km} kmを許す（--set policy.hubs_per_region=[1,{most}] --set "
        "policy.longest_haul_km={limit}）"
    ),
    "all these regions together need --set policy.longest_haul_km={km}": (
        "これらの地域を合わせると --set policy.longest_haul_km={km} が要る"
    ),
    "{alone}, or --set policy.hubs_per_region=[1,{most}] --set policy.longest_haul_km={limit}": (
        "{alone}。または --set policy.hubs_per_region=[1,{most}] --set policy.longest_haul_km={limit}"
    ),
    "site {id}: {tonnes} t/yr, but the largest hub it can reach holds {room} t/yr; let sites be divided (--set "
    "policy.sourcing=split) or raise max_t": (
        "拠点 {id} は年{tonnes} t だが、行けるハブの最大は年{room} t。拠点の分割を認める（--set "
        "policy.sourcing=split）か、max_t を上げる"
    ),
    "the one hub allowed must be near enough to all {sites} sites, but even {hub} is too far from {count} of "
    "them; raise the limit (--set policy.longest_haul_km={km}) or {two}": (
        "許されるハブは1か所で、拠点{sites}か所の全てに近くなければならないが、{hub} でも{count}か所から遠すぎる。"
        "上限を上げる（--set policy.longest_haul_km={km}）か、{two}"
    ),
    "allow 2 hubs (--set policy.hubs_per_region=[1,2])": "ハブを2か所まで認める（--set policy.hubs_per_region=[1,2]）",
    "no hub can be reached from all {sites} sites, and one hub is allowed: no way leads to {hub} from {count} of "
    "them ({names}); add a road or ferry to roads.csv, or {two}": (
        "許されるハブは1か所だが、拠点{sites}か所の全てから行けるハブがない。{count}か所（{names}）から {hub} "
        "への道がない。roads.csv に道路かフェリーを加えるか、{two}"
    ),
    "{names} must deliver to {plant} (orders.deliver), {why}; reopen it (--open {id}), or let them deliver elsewhere": (
        "{names} の送り先は {plant} に決められている（orders.deliver）が、{why}。再び開く（--open {id}）か、"
        "送り先を変える"
    ),
    "which its table says is closed": "表では閉鎖されている",
    "which orders.close closes": "orders.close が閉鎖している",
    "which orders.only leaves out": "orders.only に含まれない",
    "which is asked to be closed": "閉鎖が指定されている",
    " (scenario {scenario})": "（シナリオ {scenario}）",
    "; full: {names}": "。満杯：{names}",
    "raise max_t of these plants": "これらの設備の max_t を上げる",
    "add a larger size to `sizes`": "`sizes` に大きい規模を加える",
    "allow more plants (policy.hubs_per_region, policy.refineries_per_region)": (
        "設備を増やす（policy.hubs_per_region、policy.refineries_per_region）"
    ),
    "{cure}, or add a lane in lanes.csv to a plant that has room": (
        "{cure}、または余力のある設備への区間を lanes.csv に加える"
    ),
    "let sites be divided (--set policy.sourcing=split), or {cure}": (
        "拠点の分割を認める（--set policy.sourcing=split）、または{cure}"
    ),
    "at best {tonnes} t/yr of {goods} from {count} site{s} ({names}) find no place{full}; {cure}": (
        "{goods}のうち、拠点{count}か所（{names}）の年{tonnes} t はどうしても行き先がない{full}。{cure}"
    ),
    "the time limit came before any plan was found; allow more time or a wider gap": (
        "計画が見つかる前に時間切れとなった。時間を延ばすか、許容差を広げる"
    ),
    "the search ended without a plan, and without a proof that there is none; try --solver {other}": (
        "計画も、計画がないという証明も得られずに探索が終わった。--solver {other} を試す"
    ),
    "the search ended without a plan, and without a proof that there is none": (
        "計画も、計画がないという証明も得られずに探索が終わった"
    ),
    "the search ended without a plan": "計画が得られずに探索が終わった",
    "there is a plan without the black mass from abroad ({landed}), none with it: no open refinery that may take "
    "it from the ports has room; allow more or larger refineries, another policy, or set sources.overseas=false": (
        "海外のブラックマス（{landed}）を除けば計画があるが、含めるとない。港から受け入れられる製錬所に余力がない。"
        "製錬所を増やすか大きくする、方針を変える、または sources.overseas=false とする"
    ),
    "policy.hubs_per_region, policy.refineries_per_region, policy.hubs_in_total, policy.refineries_in_total": (
        "policy.hubs_per_region、policy.refineries_per_region、policy.hubs_in_total、policy.refineries_in_total"
    ),
    "{said}; loosen one of {keys}": "{said}。{keys} のいずれかを緩める",
    "the limits on numbers of plants cannot all be met at once": "設備数の制限を同時に満たせない",
    "{said}; lower {keys}, or ask for fewer plants": "{said}。{keys} を下げるか、設備数を減らす",
    "no choice of plants gives each open one its least throughput": "どの設備の選び方でも最少処理量を満たせない",
    "{said}, though neither tonnes nor numbers say where; loosen one at a time": (
        "{said}が、量と数からは箇所が分からない。一つずつ緩める"
    ),
    "the rules contradict each other": "規則が互いに矛盾する",
}

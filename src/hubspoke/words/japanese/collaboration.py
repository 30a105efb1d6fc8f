"""What is said of companies and regions that work together."""

from __future__ import annotations

MESSAGES = {
    "a collaboration divides cost; leave --objective out, and policy.objective at cost": (
        "連携では費用を分け合う。--objective を外し、policy.objective は cost のままとする"
    ),
    "black mass from abroad belongs to no member; set sources.overseas=false": (
        "海外からのブラックマスは誰のものでもない。sources.overseas=false とする"
    ),
    "policy.hubs_in_total and policy.refineries_in_total count the plants of all members, which a coalition by itself "
    "does not have; leave them out, or limit plants per region": (
        "policy.hubs_in_total と policy.refineries_in_total は参加者全員の施設を数えるが、連携の一部ではそろわない。"
        "外すか、地域ごとの上限とする"
    ),
    "{plants}: must be open, and is no member's; leave the order out": (
        "{plants}：開設が指定されているが、どの参加者のものでもない。指定を外す"
    ),
    "time was up with {done} of {all} coalitions planned, and a division needs the cost of each; allow more time, or "
    "name fewer members": (
        "{all} 通りの連携のうち {done} 通りを計画したところで時間切れとなった。配分には全ての費用が要る。"
        "時間を延ばすか、参加者を減らす"
    ),
    "{names} have no plan together; `hubspoke solve` of their sites and plants says why": (
        "{names} は共同でも計画がない。その拠点と施設を `hubspoke solve` で計画すれば理由が分かる"
    ),
    "members cannot be told by {by}; choose {operator} or {region}": (
        "参加者を {by} で分けることはできない。{operator} か {region} を選ぶ"
    ),
    "sites.csv names no operator, so that no site is anybody's; fill in the column operator, or take --by region": (
        "sites.csv に運営者（operator）がなく、どの拠点も誰のものか分からない。列 operator を埋めるか、"
        "--by region とする"
    ),
    "a collaboration takes two members or more, and --member names {told} alone; add --member {x}, say, or leave "
    "--member out to take all": "連携には参加者が二人以上要るが、--member が挙げるのは {told} だけ。"
    "--member {x} などを加えるか、--member を外して全員とする",
    "a collaboration takes two members or more, and all sites belong to one {by} ({told}); name others in that column "
    "of sites.csv, or choose --by {x}": "連携には参加者が二人以上要るが、{by} では全拠点が一つ（{told}）になる。"
    "sites.csv のその列に他も記入するか、--by {x} とする",
    "{count} members make {coalitions} coalitions, each a plan; up to {most} are planned: name some by --member, or "
    "give companies that act as one the same name in the column operator": (
        "参加者 {count} では {coalitions} 通りの連携となり、それぞれに計画が要る。計画できるのは {most} まで："
        "--member で選ぶか、一体の会社には列 operator で同じ名を与える"
    ),
    "unknown member {name}": "参加者 {name} は存在しない",
}

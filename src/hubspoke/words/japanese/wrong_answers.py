"""What is said of solvers whose answers do not hold."""

from __future__ import annotations

MESSAGES = {
    "{solver} is wrong: it calls a plan optimal in which {fault}; {cure}": (
        "{solver} が誤っている：最適とした計画で、{fault}。{cure}"
    ),
    "{solver} is wrong: its plan costs {cost}, not {said} as it says; {cure}": (
        "{solver} が誤っている：計画の費用は{cost}で、示された{said}ではない。{cure}"
    ),
    "{solver} is wrong: it proves {bound}, and a plan costs {cost}; {cure}": (
        "{solver} が誤っている：下界を{bound}としたが、{cost}の計画がある。{cure}"
    ),
    "{solver} is wrong: it finds no plan, and one costs {cost}; {cure}": (
        "{solver} が誤っている：計画がないとしたが、{cost}の計画がある。{cure}"
    ),
    "try another version of it, or another solver": "別の版か、別のソルバーを試す",
    "{solver} of PuLP {number}": "{solver}（PuLP {number} に付属）",
    "{solver}, version unknown": "{solver}（版は不明）",
    "{name} {number} takes in {load} tonnes and is closed": "閉じた {name} {number} に{load}トンが入る",
    "{name} {number} takes in {load} of {room} tonnes": "{name} {number} に、能力{room}トンのところ{load}トンが入る",
    "{name} {number} takes in less than {least} tonnes": "{name} {number} に入る量が{least}トンに満たない",
    "{count} {name} are open, against the counts": "開いている {name} の数が{count}で、数の制限に反する",
    "{name} are open that must be closed, or closed that must be open": (
        "閉じるべき {name} が開いているか、開くべきものが閉じている"
    ),
    "hub {hub} sends what it cannot to refinery {refinery}": "hub {hub} が refinery {refinery} に送れないものを送る",
    "hub {hub} sends other tonnes than it makes": "hub {hub} が、産出した量と異なる量を送る",
    "a site goes to a hub that it does not reach": "拠点が、届かないハブに送る",
    "a site is divided that must go whole": "分けられない拠点が分けられている",
    "site {site} is served {times} times": "拠点 {site} が{times}回引き取られる",
}

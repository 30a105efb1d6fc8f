"""The lines that say what was taken of a case of RELOG and what was not, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.words.language import speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "case": (
        "{file}: a case of {years} years, {products} products, {sources} sources and {plants} plants",
        "{file}：{years}年、製品{products}、発生源{sources}、施設{plants}のケース",
    ),
    "years": (
        "years: year 1 is {first}, year {count} is {last}; planned is {year}, with most tonnes, unless --year is given",
        "年：1年目を{first}年、{count}年目を{last}年とする。--year が無ければ、量が最大の{year}年を計画",
    ),
    "feed": (
        "sites: {count} with {product}, {first:,.0f} t in {year} and {last:,.0f} t in {until}; column {column}",
        "発生源：{product} {count}件、{year}年 {first:,.0f} t、{until}年 {last:,.0f} t。列は {column}",
    ),
    "hubs": ("hubs: {count}, {kinds}", "ハブ：{count}件、{kinds}"),
    "refineries": ("refineries: {count}, {kinds}", "精錬所：{count}件、{kinds}"),
    "markets": (
        "refineries: {count} centres that take {product} stand for them, at no cost",
        "精錬所：{product} を受け入れる拠点{count}件を費用なしで充てる",
    ),
    "ends": (
        "refineries: nobody takes what hubs make of {product}; as the tables need one, each hub has one without cost",
        "精錬所：{product} からハブが作るものに引取先が無い。表に必要なため、各ハブに費用なしの精錬所を置く",
    ),
    "sent_on": (
        "hubs send on {product}, {amount:g} t per t of {feed}",
        "ハブは {feed} 1 t から {product} {amount:g} t を送り出す",
    ),
    "lanes": (
        "distances: straight lines over the earth, times {factor:g}; freight {rate} by product and km",
        "距離：地表の直線距離の{factor:g}倍。運賃は製品ごとの {rate}",
    ),
    "driving": (
        "distances: straight lines times {factor:g}, not RELOG's own estimate by road; lanes.csv may be replaced",
        "距離：道路距離はRELOG独自の推計であり、ここでは直線距離を{factor:g}倍する。必要なら lanes.csv を差し替える",
    ),
    "opening": (
        "opening costs are spread over {years} years without interest, as RELOG counts them",
        "開設費は利子なしで{years}年に割り振る（RELOGと同じ数え方）",
    ),
    "steps": (
        "sizes: RELOG lets plants be any size between two; here there are {steps} steps between them",
        "規模：RELOGは二つの規模の間を連続とする。ここでは間を{steps}段とする",
    ),
    "standing": (
        "{count} plants stand and must be open, as in RELOG, which never closes one",
        "既設の施設{count}件は必ず稼働とする（RELOGは閉鎖しない）",
    ),
    "shortfall": (
        "anything may be left where it arises, at {price:g} per t, as the case has it without limit",
        "発生地に残すことができ、1 t あたり {price:g} かかる（ケースに上限なし）",
    ),
    "sale": (
        "{product}: sold at {price:g} per t, told beside the cost",
        "{product}：1 t あたり {price:g} で売れる。費用とは別に示す",
    ),
    "left": ("Not carried over:", "引き継がないもの："),
    "varies": (
        "{path}: differs from year to year; its mean is taken",
        "{path}：年により異なるため平均を採用",
    ),
    "building": (
        "parameters.building period (years): {years}; plants of hubspoke may open in any planned year",
        "parameters.building period (years)：{years}。hubspokeではどの計画年でも開設できる",
    ),
    "other_product": (
        "{path}, which hubs make of {feed}, too: hubs send on one product",
        "{path}：{feed} からも作られるが、ハブが送り出す製品は一つ",
    ),
    "other_yields": (
        "{path}: makes other amounts than the first hub of its feed, whose yields hold for all",
        "{path}：産出量が最初のハブと異なる。歩留まりは最初のハブのものを全てに用いる",
    ),
    "beyond": (
        "{path}: lies outside the two stages, from centres to hubs and on to refineries",
        "{path}：拠点→ハブ→精錬所の二段階の外にある",
    ),
    "market": (
        "{path}: takes a product; what leaves the last plants is not planned",
        "{path}：製品の受け入れ先。最終施設から先は計画しない",
    ),
    "no_way": (
        "{path}: {mass:,.0f} t a year that no hub takes",
        "{path}：年 {mass:,.0f} t を受け入れるハブが無い",
    ),
    "mix": (
        "{path}: takes a mix; only {product} ({share:.4g} % of it) is planned",
        "{path}：混合物を受け入れるが、計画するのは {product}（{share:.4g}％）のみ",
    ),
    "earns": (
        "{path}: earns {price:g} per t that enters, which is no cost; 0 is taken",
        "{path}：受入 1 t あたり {price:g} の収入となるため、費用は 0 とする",
    ),
    "revenue": (
        "{path}: pays for what it takes, which does not count",
        "{path}：受け入れに支払うが、計算に入れない",
    ),
    "disposal_limit": (
        "{path}: a limit on disposing of {product}; here it has none",
        "{path}：{product} の処分量の上限。ここでは上限なし",
    ),
    "sent_disposal": (
        "{path}: {product} may be disposed of; here all of it is sent on",
        "{path}：{product} を処分できるが、ここでは全量を次へ送る",
    ),
    "sale_varies": (
        "{path}: disposing of {product} earns something, here and not everywhere the same; that does not count",
        "{path}：{product} の処分収入が施設により異なるため、計算に入れない",
    ),
    "refined_sale": (
        "{path}: disposing of {product} earns {price:g} per t that enters; sales of refineries do not count",
        "{path}：{product} の処分収入（受入 1 t あたり {price:g}）。精錬所の販売は計算に入れない",
    ),
    "may_stay": (
        "{path}: some of it may stay where it arises; here all of it is collected",
        "{path}：一部を発生地に残せるが、ここでは全量を集める",
    ),
    "price_varies": (
        "{path}: collecting costs other amounts by centre; their mean by tonnes is taken, which no choice depends on",
        "{path}：回収費が拠点により異なる。重み付き平均を採用（選択には影響しない）",
    ),
    "paid": (
        "{path}: collecting earns something, which does not count",
        "{path}：回収に収入があるが、計算に入れない",
    ),
    "operating": (
        "{path}: what a centre costs whatever is planned",
        "{path}：計画によらない拠点の費用",
    ),
    "later_output": (
        "{path}: what centres give back of what they were sent in earlier years",
        "{path}：過年に受け入れたものから拠点が出す量",
    ),
    "energy": (
        "{path}: energy used, which neither costs nor limits anything in RELOG",
        "{path}：消費エネルギー（RELOGでも費用や制約にならない）",
    ),
    "gas": ("{path}: a gas other than CO2", "{path}：CO2以外のガス"),
    "storage": ("{path}: keeping material for a later year", "{path}：翌年以降への保管"),
    "unread": ("{path}: not known to this reader", "{path}：読み取れない項目"),
    "ready": ("check: ready to be planned, {warnings} warnings", "check：計画できる（注意{warnings}件）"),
    "problems": (
        "check: {faults} problems remain; they are listed by: hubspoke check {folder}",
        "check：問題が{faults}件残っている。一覧は hubspoke check {folder}",
    ),
    "more": ("{line} (and {count} more such)", "{line}（ほか{count}件）"),
}


class Lines:
    """Lines in a language, in the order in which they are told; those of one kind are told together at the end."""

    def __init__(self, lang: Lang) -> None:
        self.words: dict[str, str] = speak(WORDS, lang)
        self.told: list[str] = []
        self._left: dict[str, list[str]] = {}

    def tell(self, key: str, **values: Any) -> None:
        """Add a line on what was taken."""
        self.told.append(self.words[key].format(**values))

    def leave(self, key: str, path: str, **values: Any) -> None:
        """Add a line on what does not carry over."""
        self._left.setdefault(key, []).append(self.words[key].format(path=path, **values))

    def all(self) -> list[str]:
        """Return every line."""
        left = [f"  {line}" for lines in self._left.values() for line in lines]
        return [*self.told, *([self.words["left"]] if left else []), *left]

    def short(self) -> list[str]:
        """Return the lines, of each kind that does not carry over the first alone, with the number of others."""
        left = []
        for lines in self._left.values():
            more = len(lines) - 1
            left.append(f"  {self.words['more'].format(line=lines[0], count=more) if more else lines[0]}")
        return [*self.told, *([self.words["left"]] if left else []), *left]


def join(names: Iterable[str], most: int = 6) -> str:
    """Return names, of many the first ones alone.

    Parameters
    ----------
    names : iterable of str
    most : int
    """
    known = list(dict.fromkeys(names))
    return ", ".join(known[:most]) + (f" ... ({len(known)})" if len(known) > most else "")

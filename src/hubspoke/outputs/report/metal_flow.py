"""The picture of how metal flows from regions to hubs, refineries and furnaces, and to what it becomes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from hubspoke.metals.ledger import ALLOY, BLACK_MASS, ENTERS, LANDED, PRODUCT, RESIDUE, tabulate_ledger
from hubspoke.metals.passing import keep_plant, keep_region
from hubspoke.outputs.maps.panel.metal_flow import FlowPicture
from hubspoke.outputs.report.drawing.flow_picture import Stage, draw_flow
from hubspoke.tracing.text import name_element, name_places
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.names import name_regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

    Band = dict[tuple[str, str], float]

WORDS = {
    "title": {"en": "From packs to metal, t/yr as elements: {}", "ja": "電池から金属へ（元素量 t/年）：{}"},
    "from": {"en": "From", "ja": "出どころ"},
    "hub": {"en": "Hub or port", "ja": "ハブ・港"},
    "refinery": {"en": "Refined at", "ja": "製錬"},
    "end": {"en": "Becomes", "ja": "行き先"},
    "others": {"en": "{} others", "ja": "ほか{}件"},
    "alloy": {"en": "alloy", "ja": "合金"},
    "lost": {"en": "lost", "ja": "損失"},
    "left": {"en": "not sent on", "ja": "搬出されない"},
    "and": {"en": ", ", "ja": "・"},
    "of": {"en": "{}: ", "ja": "{}："},
}
MOST = 10
"""Most bars of a column; the smaller ones stand together."""
KG_PER_T = 1000.0
OTHERS, LEFT = "\0others", "\0left"
"""Keys that no place bears."""


def list_flow_pictures(plan: PlanData, lang: Lang) -> tuple[FlowPicture, ...]:
    """Draw the metals of the whole plan, of its regions and of its plants, as the report has them, for a map.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    tuple of FlowPicture
        The whole plan first; empty where no metal flows.
    """
    ledger = tabulate_ledger(plan)
    whole = None if ledger.empty else draw_ledger(plan, ledger, lang)
    if whole is None:
        return ()
    regions, plants = name_regions(plan.regions, lang), name_places([plan], lang)
    drawn: list[tuple[Literal["whole", "region", "plant"], str, str, Chart]] = [
        ("whole", "", "", whole),
        *(("region", key, regions[key], chart) for key, chart in draw_regions(plan, ledger, lang).items()),
        *(("plant", key, plants.get(key, key), chart) for key, chart in draw_plants(plan, ledger, lang).items()),
    ]
    return tuple(FlowPicture(kind, key, name, chart.title, chart.svg, chart.words) for kind, key, name, chart in drawn)


def draw_regions(plan: PlanData, ledger: pd.DataFrame, lang: Lang) -> dict[str, Chart]:
    """Draw the metals of the packs of each region by itself, where there are several.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame
        What `tabulate_ledger` returns, packs by region.
    lang : {"en", "ja"}
    """
    names = name_regions(plan.regions, lang)
    if len(names) < 2:  # the picture of the whole is that of the region
        return {}
    parts = ((keep_region(ledger, plan.settings, region), region) for region in names)
    drawn = {region: draw_ledger(plan, part, lang, of=names[region]) for part, region in parts}
    return {region: chart for region, chart in drawn.items() if chart is not None}


def draw_plants(plan: PlanData, ledger: pd.DataFrame, lang: Lang) -> dict[str, Chart]:
    """Draw the metals that pass each hub, port, refinery and furnace.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame
        What `tabulate_ledger` returns, packs by region.
    lang : {"en", "ja"}
    """
    rows = ledger[ledger["stage"] == BLACK_MASS]
    plants = dict.fromkeys([*rows["from_id"], *rows["to_id"]])
    names = name_places([plan], lang)
    parts = ((keep_plant(ledger, plan.settings, plant), plant) for plant in plants)
    drawn = {plant: draw_ledger(plan, part, lang, of=names.get(plant, plant)) for part, plant in parts}
    return {plant: chart for plant, chart in drawn.items() if chart is not None}


def draw_ledger(plan: PlanData, ledger: pd.DataFrame, lang: Lang, *, of: str = "") -> Chart | None:
    """Draw the metals of a plan that go with black mass.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame
        What `tabulate_ledger` returns, packs by region; or what `keep_region` or `keep_plant` keeps of it.
    lang : {"en", "ja"}
    of : str
        Name of the region or plant whose metal it is; the whole plan's when left out.

    Returns
    -------
    Chart or None
        None where nothing flows.
    """
    rows = ledger[ledger["metal"].isin(list(plan.settings.metals))]
    sent, left = rows[rows["stage"] == BLACK_MASS], rows[rows["stage"].isin((PRODUCT, ALLOY, RESIDUE))]
    came = rows[rows["stage"].isin(ENTERS)]
    start = came["from_id"].where(came["stage"] == LANDED, came["region"])
    ends = left["metal"].where(left["stage"] == PRODUCT, left["stage"])
    bands = [
        _sum(came.assign(start=start, end=came["to_id"]), "metal_kg"),
        _sum(sent.assign(start=sent["from_id"], end=sent["to_id"]), "metal_kg"),
        _sum(left.assign(start=left["from_id"], end=ends), "metal_kg"),
    ]
    return draw_bands(plan, bands, lang, of=of)


def draw_paths(plan: PlanData, paths: pd.DataFrame, lang: Lang) -> Chart | None:
    """Draw paths of a trace, as far as metal goes with black mass.

    Parameters
    ----------
    plan : PlanData
        For names and metals.
    paths : DataFrame
        As of `Trace.paths`.
    lang : {"en", "ja"}

    Returns
    -------
    Chart or None
        None where nothing flows.
    """
    rows = paths[paths["metal"].isin(list(plan.settings.metals))]
    start = rows["source_region"].where(rows["comes_from"] == "home", rows["source_id"])
    refined = rows["end_step"].isin((PRODUCT, ALLOY, RESIDUE))
    taker = rows["end_id"].where(refined, LEFT)
    ends = rows["metal"].where(rows["end_step"] == PRODUCT, rows["end_step"].where(refined, LEFT))
    stops = (start, rows["enters_id"], taker, ends)
    return draw_bands(plan, [_sum(rows.assign(start=one, end=two), "kg") for one, two in pairwise(stops)], lang)


def draw_bands(plan: PlanData, bands: Sequence[Band], lang: Lang, *, of: str = "") -> Chart | None:
    """Draw kg from sources to hubs, from there to refineries, and from there to what becomes of it.

    Parameters
    ----------
    plan : PlanData
    bands : sequence of dict
        Three, kg by keys of both ends.
    lang : {"en", "ja"}
    of : str
        Name of the region or plant whose metal it is.

    Returns
    -------
    Chart or None
        None where there are no kg.
    """
    if not bands[0]:
        return None
    words = {key: held[lang] for key, held in WORDS.items()}
    metals = {key: name_element(plan.settings, key, lang) for key in plan.settings.metals}
    ends = {**metals, ALLOY: words["alloy"], RESIDUE: words["lost"], LEFT: words["left"]}
    places = {**name_places([plan], lang), LEFT: words["left"]}
    names: list[Mapping[str, str]] = [{**places, **name_regions(plan.regions, lang)}, places, places, ends]
    stages, folded = [], list(bands)
    for at, head in enumerate(("from", "hub", "refinery", "end")):
        held = _held(folded, at)
        order = [key for key in ends if key in held] if head == "end" else sorted(held, key=lambda key: -held[key])
        kept = order if len(order) <= MOST else order[: MOST - 1]
        if len(kept) < len(order):
            _fold(folded, at, set(kept))
            kept = [*kept, OTHERS]
        known = {**names[at], OTHERS: words["others"].format(len(order) - len(kept) + 1)}
        stages.append(Stage(words[head], tuple((key, known.get(key, key)) for key in kept)))
    listed = words["and"].join(metals.values())
    head = words["of"].format(of) if of else ""
    title = head + in_commodity_words(words["title"], plan.settings, lang).format(listed)
    tonnes = [{key: kg / KG_PER_T for key, kg in band.items()} for band in folded]
    return draw_flow(title, stages, tonnes, unit="t/yr" if lang == "en" else "t/年")


def _sum(rows: pd.DataFrame, column: str) -> Band:
    sums = rows.groupby(["start", "end"], sort=False)[column].sum().reset_index()
    return {(str(one), str(two)): float(kg) for one, two, kg in sums.itertuples(index=False, name=None) if kg > 0}


def _held(bands: Sequence[Band], at: int) -> dict[str, float]:
    """Return how much goes through every bar of a column."""
    held: dict[str, float] = {}
    band, side = (bands[at], 0) if at < len(bands) else (bands[at - 1], 1)
    for keys, kg in band.items():
        held[keys[side]] = held.get(keys[side], 0.0) + kg
    if 0 < at < len(bands):  # what comes in and is not sent on has a bar, too
        for _, key in bands[at - 1]:
            held.setdefault(key, 0.0)
    return held


def _fold(bands: list[Band], at: int, kept: set[str]) -> None:
    """Put the bars of a column that are not kept together, in the bands on both sides."""
    for place, side in ((at - 1, 1), (at, 0)):
        if 0 <= place < len(bands):
            made: Band = {}
            for keys, kg in bands[place].items():
                own = keys[side] if keys[side] in kept else OTHERS
                pair = (own, keys[1]) if side == 0 else (keys[0], own)
                made[pair] = made.get(pair, 0.0) + kg
            bands[place] = made

"""The picture of how metal flows from regions to hubs, refineries and furnaces, and to what it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from hubspoke.metals.ledger import ALLOY, BLACK_MASS, LANDED, PRODUCT, RESIDUE, tabulate_ledger
from hubspoke.metals.passing import PassingMetal
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


@dataclass(frozen=True)
class FlowNames:
    """What is written beside the pictures of a plan, looked up once for all of them.

    Attributes
    ----------
    lang : {"en", "ja"}
    words : mapping of str to str
        Those of this file.
    sources, places, ends : mapping of str to str
        Names of regions and all places, of places alone, and of what metal becomes, by key.
    title : str
        Of the picture of the whole plan.
    """

    lang: Lang
    words: Mapping[str, str]
    sources: Mapping[str, str]
    places: Mapping[str, str]
    ends: Mapping[str, str]
    title: str

    @classmethod
    def of(cls, plan: PlanData, lang: Lang) -> FlowNames:
        """Return the names of a plan."""
        words = {key: held[lang] for key, held in WORDS.items()}
        metals = {key: name_element(plan.settings, key, lang) for key in plan.settings.metals}
        ends = {**metals, ALLOY: words["alloy"], RESIDUE: words["lost"], LEFT: words["left"]}
        places = {**name_places([plan], lang), LEFT: words["left"]}
        title = in_commodity_words(words["title"], plan.settings, lang).format(words["and"].join(metals.values()))
        return cls(lang, words, {**places, **name_regions(plan.regions, lang)}, places, ends, title)


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
    regions = name_regions(plan.regions, lang)
    if len(regions) < 2:  # the picture of the whole is that of the region
        return {}
    metal, names = PassingMetal.of(ledger, plan.settings), FlowNames.of(plan, lang)
    drawn = {key: draw_metal(names, metal.of_region(key), of=name) for key, name in regions.items()}
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
    metal, names = PassingMetal.of(ledger, plan.settings), FlowNames.of(plan, lang)
    drawn = {plant: draw_metal(names, metal.of_plant(plant), of=names.places.get(plant, plant)) for plant in plants}
    return {plant: chart for plant, chart in drawn.items() if chart is not None}


def draw_ledger(plan: PlanData, ledger: pd.DataFrame, lang: Lang) -> Chart | None:
    """Draw the metals of a plan that go with black mass.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame
        What `tabulate_ledger` returns, packs by region.
    lang : {"en", "ja"}

    Returns
    -------
    Chart or None
        None where nothing flows.
    """
    return draw_metal(FlowNames.of(plan, lang), PassingMetal.of(ledger, plan.settings))


def draw_metal(names: FlowNames, metal: PassingMetal, *, of: str = "") -> Chart | None:
    """Draw the metals that go with black mass, or what comes from a region or passes a plant.

    Parameters
    ----------
    names : FlowNames
    metal : PassingMetal
    of : str
        Name of the region or plant whose metal it is; the whole plan's when left out.

    Returns
    -------
    Chart or None
        None where nothing flows.
    """
    came, sent, left = (
        {name: values.tolist() for name, values in rows.items()} for rows in (metal.came, metal.sent, metal.left)
    )
    entered = zip(came["stage"], came["from_id"], came["region"], strict=True)
    start = [source if stage == LANDED else region for stage, source, region in entered]
    ended = zip(left["stage"], left["metal"], strict=True)
    ends = [product if stage == PRODUCT else stage for stage, product in ended]
    bands = [
        _sum(start, came["to_id"], came["metal_kg"]),
        _sum(sent["from_id"], sent["to_id"], sent["metal_kg"]),
        _sum(left["from_id"], ends, left["metal_kg"]),
    ]
    return draw_bands(names, bands, of=of)


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
    stops = [list(map(str, stop)) for stop in (start, rows["enters_id"], taker, ends)]
    return draw_bands(FlowNames.of(plan, lang), [_sum(one, two, rows["kg"].tolist()) for one, two in pairwise(stops)])


def draw_bands(names: FlowNames, bands: Sequence[Band], *, of: str = "") -> Chart | None:
    """Draw kg from sources to hubs, from there to refineries, and from there to what becomes of it.

    Parameters
    ----------
    names : FlowNames
    bands : sequence of dict
        Three, kg by keys of both ends.
    of : str
        Name of the region or plant whose metal it is.

    Returns
    -------
    Chart or None
        None where there are no kg.
    """
    if not bands[0]:
        return None
    words, ends = names.words, names.ends
    of_column = (names.sources, names.places, names.places, ends)
    stages, folded = [], list(bands)
    for at, head in enumerate(("from", "hub", "refinery", "end")):
        held = _held(folded, at)
        order = [key for key in ends if key in held] if head == "end" else sorted(held, key=lambda key: -held[key])
        kept = order if len(order) <= MOST else order[: MOST - 1]
        if len(kept) < len(order):
            _fold(folded, at, set(kept))
            kept = [*kept, OTHERS]
        known = {**of_column[at], OTHERS: words["others"].format(len(order) - len(kept) + 1)}
        stages.append(Stage(words[head], tuple((key, known.get(key, key)) for key in kept)))
    title = (words["of"].format(of) if of else "") + names.title
    tonnes = [{key: kg / KG_PER_T for key, kg in band.items()} for band in folded]
    return draw_flow(title, stages, tonnes, unit="t/yr" if names.lang == "en" else "t/年")


def _sum(start: Sequence[str], end: Sequence[str], amounts: Sequence[float]) -> Band:
    """Add up kg by both ends, in the order in which they come first; those without any are left out."""
    sums: Band = {}
    for one, two, kg in zip(start, end, amounts, strict=True):
        sums[one, two] = sums.get((one, two), 0.0) + kg
    return {ends: kg for ends, kg in sums.items() if kg > 0}


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

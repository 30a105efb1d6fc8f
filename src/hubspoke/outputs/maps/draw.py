"""Draw one plan, several to compare, or several years as a map: one HTML file that opens without the network."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from hubspoke.base.errors import UsageError
from hubspoke.outputs.maps.altered import mark_altered
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.elements import Finish, PlanMap, fill_template
from hubspoke.outputs.maps.legend import choose_samples
from hubspoke.outputs.maps.panel.changes import describe_changes
from hubspoke.outputs.maps.panel.decision import draw_decision
from hubspoke.outputs.maps.panel.figures import check_links, state_figures
from hubspoke.outputs.maps.panel.metal_flow import set_metal_flow
from hubspoke.outputs.maps.panel.side_by_side import compare_figures, compare_stages
from hubspoke.outputs.maps.payload import build_payload
from hubspoke.outputs.maps.surface import list_surface
from hubspoke.outputs.maps.tiles import find_tiles
from hubspoke.outputs.maps.what_if.payload import plans_regions_alone, write_choices
from hubspoke.outputs.maps.words import get_words
from hubspoke.plan.decision.shifts import list_shifts
from hubspoke.plan.roads.loads import trace_roads
from hubspoke.words.commodity import all_in_commodity_words
from hubspoke.words.language import check_language
from hubspoke.words.names import name_plans, name_regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from hubspoke.outputs.maps.panel.metal_flow import FlowPicture
    from hubspoke.plan.choices.choices import Choices
    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.roads.loads import RoadLoads
    from hubspoke.words.language import Lang

Mode = Literal["one", "plans", "years"]


def draw_map(
    plan: PlanData,
    *,
    region: str | None = None,
    lang: str = "en",
    links: Mapping[str, str] | None = None,
    tiles: str | None = None,
    catchments: gpd.GeoDataFrame | None = None,
    roads: RoadLoads | None = None,
    command: Sequence[str] | None = None,
    pages: Sequence[str] = (),
    metal_flow: Sequence[FlowPicture] = (),
    choices: Choices | None = None,
) -> PlanMap:
    """Draw the map of a plan.

    That of the whole plan plans again by itself where `find_obstacle` names nothing against it, that of a region where
    nothing crosses its border, too.

    Parameters
    ----------
    plan : PlanData
    region : str, optional
        Draw this region; the whole country when left out.
    lang : {"en", "ja"}
        Language of labels, names and numbers.
    links : mapping of str to str, optional
        Relative addresses of other maps by region; the key "" leads back to the map of the country.
    tiles : str, optional
        A background that needs the network: `gsi`, `osm`, or an address with {z}, {x} and {y}.
    catchments : GeoDataFrame, optional
        What `draw_catchments` returns for the plan, to save drawing them again.
    roads : RoadLoads, optional
        What `trace_roads` returns for the plan, to save following its roads again.
    command : sequence of str, optional
        The command line that made the plan, which the map tells with changes.
    pages : sequence of str, optional
        Relative addresses of its report and its briefing, by which files of these names are linked.
    metal_flow : sequence of FlowPicture
        Pictures of the flow of metal, which stand beside the map as far as they belong to what it shows.
    choices : Choices, optional
        What `weigh_choices` returns for the plan, to save weighing them again.

    Returns
    -------
    PlanMap
        A folium map; `save` writes it as one self-contained HTML file.

    Raises
    ------
    UsageError
        The region, the language or the tiles are unknown, or a link is not relative.
    """
    areas = None if catchments is None else [catchments]
    kept: dict[str, Any] = {"catchments": areas, "roads": None if roads is None else [roads]}
    kept |= {"command": command, "pages": pages, "metal_flow": metal_flow, "choices": choices}
    kept["asks"] = region is None or plans_regions_alone(plan)
    return _draw([plan], "one", names=[plan.policy], region=region, lang=lang, links=links, tiles=tiles, **kept)


def draw_comparison(
    plans: Sequence[PlanData], *, names: Sequence[str] | None = None, lang: str = "en", tiles: str | None = None
) -> PlanMap:
    """Draw two or more plans on one map, with a switch between them and their key figures side by side.

    The panel lists what differs from the first plan, sites that deliver to another hub and plants opened, closed, or
    of another technology or size, and the map can show these alone.

    Parameters
    ----------
    plans : sequence of PlanData
        The others are compared with the first.
    names : sequence of str, optional
        A name for each plan; policy and year when left out, numbered where alike.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network, as for `draw_map`.

    Returns
    -------
    PlanMap

    Raises
    ------
    UsageError
        Fewer than two plans, another number of names, or an unknown language or background.
    """
    _check_several(plans)
    given = tuple(names) if names is not None else name_plans(plans)
    if len(given) != len(plans):
        raise UsageError(f"{len(plans)} plans need as many names, not {len(given)}")
    return _draw(plans, "plans", names=given, lang=lang, tiles=tiles)


def draw_years(
    plans: Sequence[PlanData],
    *,
    lang: str = "en",
    tiles: str | None = None,
    steps: Mapping[int, Sequence[str]] | None = None,
    links: Mapping[str, str] | None = None,
    standing_jpy: Mapping[int, float] | None = None,
) -> PlanMap:
    """Draw plans of several years on one map, with a slider through the years.

    Each plan stands for its own year alone: when a plant opens or grows is told only by `steps`.

    Parameters
    ----------
    plans : sequence of PlanData
        Two or more, each of another year, in any order.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network, as for `draw_map`.
    steps : mapping of int to sequence of str, optional
        What plants do for each year, in words.
    links : mapping of str to str, optional
        Relative addresses of other maps, by what they are called.
    standing_jpy : mapping of int to float, optional
        Yen of each year for what stands unused, which a plan over several years pays beside what that of a year tells.

    Returns
    -------
    PlanMap

    Raises
    ------
    UsageError
        Fewer than two plans, two of one year, or an unknown language or background.
    """
    _check_several(plans)
    twice = [year for year, count in Counter(plan.year for plan in plans).items() if count > 1]
    if twice:
        raise UsageError(f"two plans are of {twice[0]}; `hubspoke compare` draws plans of one year on one map")
    ordered = sorted(plans, key=lambda plan: plan.year)
    told = [list((steps or {}).get(plan.year, ())) for plan in ordered]
    names = [str(plan.year) for plan in ordered]
    beside = [(standing_jpy or {}).get(plan.year, 0.0) for plan in ordered]
    return _draw(ordered, "years", names=names, lang=lang, tiles=tiles, told=told, links=links, standing_jpy=beside)


def _draw(
    plans: Sequence[PlanData],
    mode: Mode,
    *,
    names: Sequence[str],
    lang: str,
    region: str | None = None,
    links: Mapping[str, str] | None = None,
    tiles: str | None = None,
    catchments: Sequence[gpd.GeoDataFrame] | None = None,
    roads: Sequence[RoadLoads] | None = None,
    told: Sequence[Sequence[str]] = (),
    standing_jpy: Sequence[float] = (),
    asks: bool = False,
    command: Sequence[str] | None = None,
    pages: Sequence[str] = (),
    metal_flow: Sequence[FlowPicture] = (),
    choices: Choices | None = None,
) -> PlanMap:
    language = _check(plans[0], region, lang)
    check_links({**(links or {}), **{page: page for page in pages}})
    background = find_tiles(tiles)
    words = all_in_commodity_words(get_words(language), plans[0].settings, language)
    beside = standing_jpy or [0.0] * len(plans)
    states = [
        state_figures(plan, words, region=region, lang=language, standing_jpy=paid)
        for plan, paid in zip(plans, beside, strict=True)
    ]
    areas = catchments or [draw_catchments(plan) for plan in plans]
    traced = roads or [trace_roads(plan) for plan in plans]
    payload = build_payload(plans, areas, words, region=region, lang=language, roads=traced, tiles=background)
    payload["surface"] = list_surface(plans[0], payload, region) if mode == "one" else None
    if mode == "plans":
        mark_altered(payload, plans, language)
    if asks:
        payload["what_if"] = write_choices(plans[0], payload, command, region=region, choices=choices)
    elif region is not None and "" in (links or {}):
        payload["whole"] = dict(links or {})[""]
    year = f"{states[0].year}–{states[-1].year}" if mode == "years" else states[0].year
    drawn = PlanMap(lang, f"{states[0].heading} – {states[0].area} {year}", words["map"])
    drawn.add_data(payload)
    known = name_regions(plans[0].regions, language)
    samples = choose_samples(payload)
    if asks:
        samples["became"] |= {"opened", "closed"}  # once the page has planned again
    texts: dict[str, Any] = {
        "words": words,
        "mode": mode,
        "states": states,
        "several": mode != "one",
        "names": names,
        "table": compare_figures(states, language) + compare_stages(plans, words, language) if mode != "one" else [],
        "changes": [
            [],
            *(
                describe_changes(payload, words, at, list_shifts(plans[0], plans[at]), language)
                for at in range(1, len(plans))
            ),
        ]
        if mode == "plans"
        else told,
        "decisions": [draw_decision(plan, payload, words, region=region, lang=language) for plan in plans],
        "links": [(href, known.get(key, key) or words["back"]) for key, href in (links or {}).items()],
        "pages": [(page, words[f"to_{PurePosixPath(page).stem}"]) for page in pages],
        "regions": payload["regions"] if region is None else [],
        "show_candidates": region is not None,
        "surface": payload["surface"],
        "what_if": fill_template("what_if/panel.html", words=words) if asks else "",
        "metal_flow": set_metal_flow(metal_flow, payload, words, region=region),
        **samples,
    }
    for card in ("panel", "legend", "several/frames", *(("what_if/bar",) if asks else ())):
        drawn.add_page_text(card, fill_template(f"{card}.html", **texts))
    Finish().add_to(drawn)
    return drawn


def _check_several(plans: Sequence[PlanData]) -> None:
    if len(plans) < 2:
        raise UsageError(f"give two plans or more to draw on one map, not {len(plans)}")


def _check(plan: PlanData, region: str | None, lang: str) -> Lang:
    known = plan.regions["region"].astype(str).tolist()
    if region is not None and region not in known:
        raise UsageError(f"the plan has no region {region!r}; it has {', '.join(known)}")
    return check_language(lang)

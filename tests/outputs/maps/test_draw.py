"""Maps without a browser: one file, the same bytes, every site, nothing that could run."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from hubspoke.base.errors import UsageError
from hubspoke.base.status import Status
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.colour_vision import linearise, measure_contrast, measure_luminance, mix
from hubspoke.outputs.maps.colours import (
    DARK_LAND,
    INK,
    LADDER,
    LAND,
    PALETTE,
    TINT,
    UNSERVED,
    choose_ink,
    colour_hubs,
    colour_plans,
    draw_line_in,
)
from hubspoke.outputs.maps.draw import draw_comparison, draw_map
from hubspoke.outputs.maps.legend import round_steps
from hubspoke.outputs.maps.offline import read_asset, write_json
from hubspoke.outputs.maps.words import get_words
from hubspoke.words.numbers import format_large, format_number
from map_plans import HOSTILE, japan_plan, keep_sites, rename

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hubspoke.plan.plan import PlanData


class Page(HTMLParser):
    """Addresses, text and scripts of a page as a browser would parse it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.data = ""
        self._inside: tuple[str, dict[str, str | None]] = ("", {})
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses and event handlers."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self._inside = (tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser names it
        """Leave the element."""
        self._inside = ("", {})

    def handle_data(self, data: str) -> None:
        """Tell data and shown text apart."""
        tag, attributes = self._inside
        if tag == "script" and attributes.get("id") == "hubspoke-data":
            self.data += data
        elif tag not in ("script", "style"):
            self.text += data


def render(plan: PlanData, **options: Any) -> str:
    return str(draw_map(plan, **options).get_root().render())


def payload(html: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(Page(html).data)
    return values


@pytest.fixture(scope="module")
def plan() -> PlanData:
    return keep_sites(japan_plan(), 12)


@pytest.fixture(scope="module")
def html(plan: PlanData) -> str:
    return render(plan, links={"kanto": "maps/kanto.html"})


def test_the_page_loads_nothing(html: str) -> None:
    assert Page(html).addresses == ["maps/kanto.html"]
    styles = re.findall(r"url\(([^)]*)\)", html)
    assert styles
    assert [address for address in styles if not address.startswith(("data:image/png;base64,", "#"))] == []
    assert "sourceMappingURL" not in html
    assert {name for name in ("jquery", "bootstrap", "awesome") if name in html.lower()} == set()


@pytest.mark.heavy
def test_the_same_plan_gives_the_same_bytes(plan: PlanData, tmp_path: Path) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    drawn = draw_map(plan, lang="ja")
    drawn.save(first)
    drawn.save(second)
    assert first.read_bytes() == second.read_bytes()
    draw_map(plan, lang="ja").save(second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.heavy
def test_japan_is_small_and_quick(tmp_path: Path) -> None:
    plan = japan_plan()
    path = tmp_path / "map.html"
    start = time.process_time()
    draw_map(plan).save(path)
    assert time.process_time() - start < 2
    assert path.stat().st_size < 2_000_000


def test_every_site_plant_and_flow_is_there(plan: PlanData, html: str) -> None:
    data = payload(html)
    (frame,) = data["frames"]
    assert len(data["sites"]["name"]) == len(frame["t"]) == plan.assignments["site_id"].nunique()
    assert len(frame["lanes"]["site"]) == len(plan.assignments)
    assert len(data["plants"]) == len(frame["plants"]) == len(plan.hubs) + len(plan.refineries)
    assert len(frame["areas"]) == (plan.hubs["state"] == "open").sum()
    pairs = plan.flows[["hub_id", "refinery_id"]].drop_duplicates()
    assert len(frame["flows"]) == len(pairs)
    assert sum(flow["t"] for flow in frame["flows"]) == pytest.approx(plan.flows["mass_t"].sum(), abs=1)


@pytest.mark.heavy
def test_places_are_named_in_the_language_of_the_map_and_only_where_the_land_is(plan: PlanData) -> None:
    told = {lang: payload(render(plan, lang=lang))["places"] for lang in ("en", "ja")}
    assert {"Hokkaido", "Sapporo", "Naha"} <= set(told["en"]["name"])
    assert {"北海道", "札幌市", "那覇市"} <= set(told["ja"]["name"])
    people = [count for count, kind in zip(told["en"]["people"], told["en"]["kind"], strict=True) if kind == 2]
    assert people == sorted(people, reverse=True)
    kinki = payload(render(plan, region="kinki"))["places"]["name"]
    assert "Kobe" in kinki
    assert "Sapporo" not in kinki
    elsewhere = replace(plan, outlines=plan.outlines.iloc[:0])
    assert payload(render(elsewhere))["places"]["name"] == []


def test_a_regional_map_holds_its_region_only(plan: PlanData) -> None:
    data = payload(render(plan, region="kinki"))
    assert len(data["sites"]["name"]) == 12
    assert len(data["plants"]) == sum((table["region"] == "kinki").sum() for table in (plan.hubs, plan.refineries))
    assert len(data["frames"][0]["flows"]) == 1


def test_a_regional_map_shows_plants_across_the_border(plan: PlanData) -> None:
    shikoku = plan.hubs.loc[(plan.hubs["region"] == "shikoku") & (plan.hubs["state"] == "open"), "id"].iloc[0]
    lanes = plan.assignments.copy()
    lanes.loc[lanes["region"] == "kinki", "hub_id"] = shikoku
    data = payload(render(replace(plan, assignments=lanes), region="kinki"))
    target = data["plants"][data["frames"][0]["lanes"]["hub"][0]]
    assert target["name"] == plan.hubs.set_index("id").loc[shikoku, "name"]


def test_a_split_site_is_drawn_once_with_the_colour_of_its_larger_part(plan: PlanData) -> None:
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].tolist()
    row = plan.assignments.iloc[[0]]
    small = row.assign(hub_id=used[0], share=0.25, mass_t=1.0)
    large = row.assign(hub_id=used[1], share=0.75, mass_t=3.0)
    split = replace(plan, assignments=pd.concat([small, large], ignore_index=True))
    data = payload(render(split))
    (frame,) = data["frames"]
    assert frame["t"] == [4]
    assert data["plants"][frame["hub"][0]]["name"] == plan.hubs.set_index("id").loc[used[1], "name"]
    assert frame["lanes"]["share"] == [25, 75]


def test_positions_by_name_reach_the_cards_of_sites_and_plants(plan: PlanData) -> None:
    sites = plan.assignments.iloc[:2].assign(place_precision=["municipality", "given"])
    hubs = plan.hubs.assign(place_precision="prefecture")
    data = payload(render(replace(plan, assignments=sites, hubs=hubs)))
    assert data["sites"]["precision"] == [1, 0]
    assert {plant["precision"] for plant in data["plants"] if plant["kind"] == "hub"} == {2}
    assert "position_municipality" in data["words"]


def test_a_site_without_hub_is_marked_and_explained(plan: PlanData) -> None:
    left_out = plan.assignments.iloc[:2].assign(hub_id="", share=0.0, mass_t=0.0)
    lanes = pd.concat([left_out, plan.assignments.iloc[2:]], ignore_index=True)
    html = render(replace(plan, assignments=lanes))
    data = payload(html)
    assert data["frames"][0]["hub"][:2] == [-1, -1]
    assert len(data["frames"][0]["lanes"]["site"]) == len(lanes) - 2
    assert get_words("en")["unserved"] in Page(html).text


def test_an_empty_plan_is_drawn(plan: PlanData) -> None:
    closed: dict[str, Any] = {"state": "closed", "load_t": 0.0, "capacity_t": np.inf, "utilisation": np.nan}
    empty = replace(
        plan,
        hubs=plan.hubs.assign(**closed),
        refineries=plan.refineries.assign(**closed),
        assignments=plan.assignments.iloc[:0],
        flows=plan.flows.iloc[:0],
        costs=plan.costs.iloc[:0],
        outlines=plan.outlines.iloc[:0],
        gap=float("inf"),
    )
    data = payload(render(empty))
    assert data["sites"]["name"] == []
    assert data["frames"][0]["plants"][0]["capacity"] is None


@pytest.mark.heavy
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_hostile_names_stay_text(plan: PlanData, lang: str) -> None:
    html = render(rename(plan, HOSTILE), lang=lang)
    page, tame = Page(html), Page(render(plan, lang=lang))
    assert page.handlers == []
    assert page.tags.count("script") == tame.tags.count("script")
    assert page.tags.count("img") == 0
    assert page.text.count("{{ 7*7 }} {% raw %} </script><script>window.ran=1</script>") >= 4
    data = json.loads(page.data)
    assert set(data["sites"]["name"]) == {HOSTILE}
    assert {plant["name"] for plant in data["plants"]} == {HOSTILE}


def test_json_cannot_end_its_script_element() -> None:
    text = write_json({"name": HOSTILE + "<!-- \ud800"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["name"].startswith(HOSTILE)


def test_links_must_be_relative(plan: PlanData) -> None:
    for address in ("https://example.org/", "javascript:alert(1)", "//example.org", "data:text/html,x"):
        with pytest.raises(UsageError, match="relative"):
            draw_map(plan, links={"kanto": address})


def test_unknown_region_and_language_are_refused(plan: PlanData) -> None:
    with pytest.raises(UsageError, match="no region 'atlantis'; it has hokkaido"):
        draw_map(plan, region="atlantis")
    with pytest.raises(UsageError, match="unknown language 'fr'"):
        draw_map(plan, lang="fr")


def test_the_panel_states_the_plan(plan: PlanData, html: str) -> None:
    text = Page(html).text
    cost = format_large(plan.objective_jpy, "en", "yen")
    for expected in (cost, "2040", "synthetic", "0 % · no plan costs less", "8 (7 existing, 1 new)"):
        assert expected in text


def test_the_panel_speaks_japanese(plan: PlanData) -> None:
    text = Page(render(plan, lang="ja", region="kyushu", links={"": "../map.html"})).text
    for expected in ("九州・沖縄", "億円", "合成データ", "全国の地図へ", "レイヤーと凡例"):
        assert expected in text


def test_the_notice_is_absent_where_sites_are_real(plan: PlanData) -> None:
    real = replace(plan, assignments=plan.assignments.assign(origin="planner"))
    assert get_words("en")["synthetic"] not in Page(render(real)).text


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [
        (95_700_000_000, "95.7 bn yen", "957億yen"),
        (-1_234_000_000, "−1.23 bn yen", "−12.3億yen"),
        (56_700_000, "56.7 million yen", "5,670万yen"),
        (123, "123 yen", "123yen"),
        (0, "0 yen", "0yen"),
        (float("nan"), "–", "–"),
    ],
)
def test_large_numbers_are_told_in_the_units_of_the_language(value: float, en: str, ja: str) -> None:
    assert format_large(value, "en", "yen") == en
    assert format_large(value, "ja", "yen") == ja


def test_numbers_keep_three_digits() -> None:
    assert [format_number(value) for value in (1234.5, 99.96, 9.5, 0)] == ["1,234", "100.0", "9.50", "0"]


def test_legend_samples_are_round_and_on_the_map() -> None:
    assert round_steps(2984) == [20, 200, 2000]
    assert round_steps(9, factor=5) == [0.2, 1, 5]
    assert round_steps(0) == []


def test_near_hubs_differ_in_colour() -> None:
    lat, lon = np.linspace(31, 45, 24), np.linspace(130, 145, 24)
    colours = colour_hubs(lat, lon, np.arange(24.0))
    assert all(len(set(colours[at : at + 3])) == 3 for at in range(22))
    assert len(set(colour_hubs(lat[:8], lon[:8], np.ones(8)))) == 8


def test_a_hub_bears_the_colour_of_its_region_whatever_else_is_planned(plan: PlanData) -> None:
    kanto = plan.hubs["region"] == "kanto"
    other = plan.hubs.loc[kanto & (plan.hubs["state"] != "open"), "id"].iloc[0]
    state = plan.hubs["state"].mask(kanto, "not_chosen").mask(plan.hubs["id"] == other, "open")
    moved = replace(plan, hubs=plan.hubs.assign(state=state))
    first, second = (colour_plans([one], []) for one in (plan, moved))
    assert second[other] == next(colour for hub, colour in first.items() if hub in set(plan.hubs.loc[kanto, "id"]))
    assert {hub: colour for hub, colour in second.items() if hub != other}.items() <= first.items()
    assert len(set(first.values())) == 8


def test_letters_stand_out_from_their_symbols() -> None:
    for colour in PALETTE:
        high, low = sorted((measure_luminance(colour), measure_luminance(choose_ink(colour))), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5


MACHADO = {  # Machado, Oliveira and Fernandes 2009, severity 1.0
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}  # fmt: skip


def to_lab(linear: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE 1976 L*a*b* of linear sRGB, white D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ np.asarray(linear) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def tell_apart(deficiency: str, first: str, second: str) -> float:
    """Give how far apart two colours are for someone with a deficiency, in CIE L*a*b*."""
    seen = [to_lab(np.clip(np.array(MACHADO[deficiency]) @ linearise(colour), 1e-4, 1)) for colour in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize("deficiency", list(MACHADO))
def test_colours_are_told_apart_with_colour_vision_deficiencies(deficiency: str) -> None:
    for at, colour in enumerate(PALETTE):
        others = (*PALETTE[:at], INK, UNSERVED, LAND)
        assert min(tell_apart(deficiency, colour, other) for other in others) > 15
    assert min(tell_apart(deficiency, mark, LAND) for mark in (INK, UNSERVED)) > 40


@pytest.mark.parametrize(("land", "dark"), [(LAND, False), (DARK_LAND, True)])
def test_lines_of_every_hub_stand_out_from_the_land_and_its_catchment(land: str, *, dark: bool) -> None:
    for colour in {mix(hue, goal, share) for hue in PALETTE for goal, share in LADDER}:
        line = draw_line_in(colour, dark=dark)
        assert min(measure_contrast(line, ground) for ground in (land, mix(land, colour, TINT))) >= 3
    assert "globalAlpha = only === null ? 0.13" in read_asset("drawing.js")
    assert TINT == 0.13


@pytest.mark.heavy
def test_hubs_of_one_region_share_its_hue_in_every_plan_and_differ_in_lightness(plan: PlanData) -> None:
    one = colour_plans([plan], [])
    many = japan_plan(3)
    regions = many.hubs.set_index("id")["region"]
    shades = colour_plans([many], [draw_catchments(many)])
    assert len(set(shades.values())) == len(shades) == 24
    for hub, colour in one.items():
        of_region = {shade for other, shade in shades.items() if regions[other] == regions[hub]}
        assert of_region <= {mix(colour, goal, share) for goal, share in LADDER}
        assert colour in of_region
    few = replace(
        plan, regions=plan.regions[plan.regions["region"] == "kanto"], hubs=plan.hubs[plan.hubs["region"] == "kanto"]
    )
    assert colour_plans([few], []).items() <= one.items()


@pytest.mark.heavy
def test_the_land_is_of_one_colour_and_regional_maps_tint_catchments_only(plan: PlanData) -> None:
    assert {layer["fill"] for layer in payload(render(plan))["land"]} == {LAND, None}
    data = payload(render(plan, region="kanto"))
    taking = {number for number, hub in enumerate(data["plants"]) if number in set(data["frames"][0]["lanes"]["hub"])}
    assert {hub for hub, _ in data["frames"][0]["areas"]} <= taking


@pytest.mark.parametrize("tiles", ["gsi", "osm", "https://tiles.example.org/{z}/{x}/{y}.png"])
def test_a_background_names_its_makers_and_is_loaded_by_nothing_else(plan: PlanData, tiles: str) -> None:
    data = payload(render(plan, tiles=tiles))
    assert all(place in data["tiles"]["url"] for place in ("{z}", "{x}", "{y}"))
    assert data["tiles"]["attribution"]
    assert payload(render(plan))["tiles"] is None


@pytest.mark.parametrize(
    "tiles",
    [
        "bing",
        "file:///{z}/{x}/{y}",
        "https://host/tile.png",
        'https://host/{z}/{x}/{y}"><script>',
        "javascript:{z}{x}{y}",
    ],
)
def test_other_backgrounds_are_refused(plan: PlanData, tiles: str) -> None:
    with pytest.raises(UsageError, match="tiles"):
        draw_map(plan, tiles=tiles)


@pytest.mark.heavy
@pytest.mark.parametrize("hubs_per_region", [1, 3])
def test_neighbouring_catchments_differ_in_colour(hubs_per_region: int) -> None:
    plan = japan_plan(hubs_per_region)
    data = payload(render(plan))
    areas = draw_catchments(plan)
    colours = [next(one["colour"] for one in data["plants"] if one["id"] == hub) for hub in areas["hub_id"]]
    shapes = areas.geometry.tolist()
    touching = [(a, b) for b in range(len(shapes)) for a in range(b) if shapes[a].distance(shapes[b]) < 0.01]
    assert len(touching) >= len(shapes) - 3
    assert [pair for pair in touching if colours[pair[0]] == colours[pair[1]]] == []
    least = 17 if hubs_per_region == 1 else 15
    for deficiency in MACHADO:
        assert min(tell_apart(deficiency, colours[a], colours[b]) for a, b in touching) > least


@pytest.mark.heavy
def test_symbols_of_refineries_and_flows_are_drawn_in_the_ink_that_is_checked() -> None:
    assert payload(render(keep_sites(japan_plan(), 1)))["themes"][0]["ink"] == INK
    assert payload(render(keep_sites(japan_plan(), 1)))["plants"][-1]["colour"] == INK


@pytest.mark.heavy
def test_sites_left_out_and_taken_up_are_told_apart_from_those_that_move(plan: PlanData) -> None:
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].tolist()
    hubs = plan.assignments["hub_id"].copy()
    hubs.iloc[0] = used[0] if hubs.iloc[0] != used[0] else used[1]
    hubs.iloc[1:3] = ""
    other = replace(plan, assignments=plan.assignments.assign(hub_id=hubs))
    page, back = (str(draw_comparison(pair).get_root().render()) for pair in ([plan, other], [other, plan]))
    for text, told in ((page, ("1 site, ", "2 sites, ", "are left out")), (back, ("1 site, ", "are taken up"))):
        changes = text[text.index('class="changes"') :]
        assert all(word in changes[: changes.index("</ul>")] for word in told)
    assert "taken up" not in page[page.index('class="changes"') :].split("</ul>")[0]


@pytest.mark.heavy
def test_plans_of_different_objectives_are_compared_figure_by_figure(plan: PlanData) -> None:
    profit = replace(plan, objective="profit", regions=plan.regions.assign(profit_jpy=1e9, unserved_t=2.0))
    for plans in ([plan, profit], [profit, plan]):
        page = str(draw_comparison(plans, names=["a", "b"]).get_root().render())
        table = page[page.index('<table class="compare">') :]
        rows = dict(re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', table[: table.index("</table>")]))
        profit_row, left_row = f"{get_words('en')['profit']}, bn yen", f"{get_words('en')['left_out']}, t/yr"
        assert list(rows)[:3] == ["Total cost, bn yen", "Cost per kg of packs, yen/kg", profit_row]
        assert ">–<" in rows[profit_row]
        assert ">8.00<" in rows[profit_row]
        assert ">16.0<" in rows[left_row]


@pytest.mark.heavy
def test_idle_hubs_are_counted_and_named_as_idle(plan: PlanData) -> None:
    kinki = (plan.hubs["state"] == "open") & (plan.hubs["region"] == "kinki")
    idle = replace(plan, hubs=plan.hubs.assign(state=plan.hubs["state"].mask(kinki, "idle")))
    for lang, told in (("en", ("; 1 idle)", ">8 (1 idle)<")), ("ja", ("、うち不使用1）", ">8（うち不使用1）<"))):
        assert told[0] in str(draw_map(idle, lang=lang).get_root().render())
        assert told[0] not in str(draw_map(plan, lang=lang).get_root().render())
        assert told[1] in str(draw_comparison([plan, idle], lang=lang).get_root().render())


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("gap", "told"),
    [(0.0, "0 % · no plan costs less"), (1e-7, "&lt; 0.01 %"), (0.00501, "0.51 %"), (float("inf"), "–")],
)
def test_a_map_claims_the_best_plan_only_where_it_is_proven(plan: PlanData, gap: float, told: str) -> None:
    page = str(draw_map(replace(plan, gap=gap, status=Status.OPTIMAL)).get_root().render())
    assert re.search(rf">Proven gap<.*?>{re.escape(told)}<", page, re.DOTALL)
    assert ("· no plan costs less" in page) == (gap == 0)


@pytest.mark.heavy
def test_a_hub_has_the_same_colour_in_every_plan_on_the_map(plan: PlanData) -> None:
    other = replace(
        plan, hubs=plan.hubs.assign(state=plan.hubs["state"].mask(plan.hubs["region"] == "kinki", "closed"))
    )
    page = str(draw_comparison([plan, other]).get_root().render())
    data = payload(page)
    assert len(data["frames"]) == 2
    assert all("colour" in one for one in data["plants"])
    assert Page(page).addresses == []

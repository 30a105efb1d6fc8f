"""The report: one page that says what was decided, at what cost, how sure it is, and on which numbers it rests."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np

from hubspoke.audit import recount
from hubspoke.charts import draw_bars, draw_histogram
from hubspoke.errors import UsageError
from hubspoke.maps.figures import format_large, format_number, name_regions
from hubspoke.maps.words import get_words
from hubspoke.policy import resolve_policy
from hubspoke.quantity import USER_SOURCE, is_quantity_table
from hubspoke.report_words import report_words
from hubspoke.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.charts import Chart
    from hubspoke.maps.drawable import Lang
    from hubspoke.plan import Plan

    Words = Mapping[str, str]

TEMPLATE = Path(__file__).parent / "assets" / "report.html.jinja"
CLASSES_KM = 20
"""Classes of distance in the chart, about."""

PLANTS_CHARTED = 24
"""Plants in the chart of capacity use; the largest."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
PDF_SECONDS = 120


def write_report(plan: Plan, *, lang: Lang = "en", maps: bool = True) -> str:
    """Write the report of a plan as one HTML page that needs nothing else.

    Parameters
    ----------
    plan : Plan
    lang : {"en", "ja"}
    maps : bool
        Whether `map.html` lies beside it, to be linked.
    """
    words = report_words(lang)
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        lang=lang,
        words=words,
        plan=plan,
        maps=maps,
        policy=get_words(lang).get(plan.policy, plan.policy),
        decision=_decide(plan, words, lang),
        synthetic=_tell_synthetic(plan, words),
        figures=_list_figures(plan, words, lang),
        regions=_list_regions(plan, lang),
        own_cost=_costs_stay_home(plan),
        plants=[(words[name], _list_plants(plan, getattr(plan, name), lang)) for name in ("hubs", "refineries")],
        charts=_draw_charts(plan, words, lang),
        costs=[(name, format_number(jpy / 1e6)) for name, jpy in _sum_terms(plan, lang)],
        checks=recount(plan, None).checks,
        assumptions=list(_list_assumptions(plan.settings.model_dump(mode="json", exclude_none=True))),
        options=[(name, str(value)) for name, value in sorted(plan.options.items()) if value not in ([], None)],
        hashes=sorted(plan.hashes.items()),
    )


def print_pdf(page: Path, file: Path) -> None:
    """Print a page to PDF with an installed browser.

    Raises
    ------
    UsageError
        No browser is installed, or it fails.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise UsageError("PDF needs a browser: install Chromium or Chrome, or print report.html from your own")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
        command += ["--disable-background-networking", f"--user-data-dir={profile}", f"--print-to-pdf={file}"]
        try:
            done = subprocess.run([*command, page.as_uri()], capture_output=True, check=False, timeout=PDF_SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(
                f"{browser} could not print the report ({error}); print report.html from your own"
            ) from error
    if done.returncode or not file.is_file():
        raise UsageError(f"{browser} could not print the report; print report.html from your own")


def _decide(plan: Plan, words: Words, lang: Lang) -> str:
    """Tell the decision in one paragraph."""
    gap = f"{100 * plan.gap:.2g} %" if np.isfinite(plan.gap) else "–"
    exact = plan.gap <= 1e-9
    proof = "proof_exact" if exact else "proof_gap" if plan.status is Status.OPTIMAL else "proof_early"
    return words["decision_text"].format(
        year=plan.year,
        sites=f"{plan.assignments['site_id'].nunique():,}",
        mass=f"{plan.mass_t:,.0f}",
        policy=get_words(lang).get(plan.policy, plan.policy),
        hubs=_count(plan.hubs, "hub", words),
        refineries=_count(plan.refineries, "refinery", words),
        cost=format_large(plan.objective_jpy, lang, {"en": "yen", "ja": "円"}[lang]),
        per_kg=f"{_per_kg(plan):,.1f}",
        proof=words[proof].format(gap=gap),
    )


def _count(plants: pd.DataFrame, kind: str, words: Words) -> str:
    number = int((plants["state"] == "open").sum())
    if number == 0 and f"{kind}_none" in words:
        return words[f"{kind}_none"]
    return words[f"{kind}_one"] if number == 1 else words[f"{kind}_many"].format(number)


def _per_kg(plan: Plan) -> float:
    return plan.objective_jpy / plan.mass_t / 1000 if plan.mass_t else 0.0


def _tell_synthetic(plan: Plan, words: Words) -> str:
    sites = plan.assignments.drop_duplicates("site_id")
    made_up = int((sites["origin"] == "synthetic").sum())
    return words["synthetic"].format(count=f"{made_up:,}", sites=f"{len(sites):,}") if made_up else ""


def _list_figures(plan: Plan, words: Words, lang: Lang) -> list[tuple[str, str]]:
    yen = {"en": "yen", "ja": "円"}[lang]
    totals = plan.regions.sum(numeric_only=True)
    gap = "–" if not np.isfinite(plan.gap) else "0 %" if plan.gap <= 1e-9 else f"{100 * plan.gap:.2g} %"
    return [
        (words["cost_total"], format_large(plan.objective_jpy, lang, yen)),
        (words["cost_per_kg"], f"{_per_kg(plan):,.1f} {words['yen_per_kg']}"),
        (words["sales"], format_large(float(totals["byproduct_sales_jpy"]), lang, yen)),
        (words["packs"], f"{plan.mass_t:,.0f} {words['t_per_yr']}"),
        (words["sites"], f"{plan.assignments['site_id'].nunique():,}"),
        (words["t_km"], format_large(float(totals["transport_t_km"]), lang, "t·km")),
        (words["co2"], f"{float(totals['co2_t']):,.0f} {words['t_per_yr']}"),
        (words["bound"], format_large(plan.bound_jpy, lang, yen)),
        (words["gap"], gap),
        (words["status"], words.get(str(plan.status), str(plan.status))),
    ]


def _costs_stay_home(plan: Plan) -> bool:
    """Say whether what a region costs is what its own packs cost."""
    return not resolve_policy(plan.settings.policy).black_mass_crosses_borders


def _list_regions(plan: Plan, lang: Lang) -> list[dict[str, Any]]:
    names = name_regions(plan, lang)
    rows = []
    for row in plan.regions.to_dict("records"):
        region = str(row["region"])
        used = {
            kind: [
                _name(plant, lang)
                for plant in plants[(plants["region"] == region) & (plants["state"] == "open")].to_dict("records")
            ]
            for kind, plants in (("hubs", plan.hubs), ("refineries", plan.refineries))
        }
        rows.append(
            {
                "name": names.get(region, region),
                "sites": f"{row['sites']:,}",
                "mass": f"{row['mass_t']:,.0f}",
                "cost": f"{row['cost_jpy'] / 1e6:,.0f}",
                "per_kg": f"{row['cost_jpy_per_t'] / 1000:,.1f}",
                **used,
            }
        )
    return rows


def _list_plants(plan: Plan, plants: pd.DataFrame, lang: Lang) -> list[dict[str, str]]:
    names = name_regions(plan, lang)
    known = {**plan.settings.hub_technologies, **plan.settings.refinery_technologies}
    rows = []
    for plant in plants[plants["state"].isin(["open", "idle"])].to_dict("records"):
        technology = known.get(plant["technology"])
        own = plant["technology"] if technology is None else getattr(technology, f"name_{lang}")
        rows.append(
            {
                "name": _name(plant, lang),
                "id": str(plant["id"]),
                "region": names.get(str(plant["region"]), str(plant["region"])),
                "technology": str(own),
                "capacity": f"{plant['capacity_t']:,.0f}",
                "load": f"{plant['load_t']:,.0f}",
                "use": f"{100 * plant['utilisation']:.0f} %",
                "cost": f"{plant['cost_jpy'] / 1e6:,.0f}",
                "state": str(plant["state"]),
            }
        )
    return rows


def _name(plant: Mapping[Any, Any], lang: Lang) -> str:
    return str((plant["name_ja"] if lang == "ja" else "") or plant["name"] or plant["name_ja"] or plant["id"])


def _sum_terms(plan: Plan, lang: Lang) -> list[tuple[str, float]]:
    sums = plan.costs.groupby("term", sort=False).agg({f"label_{lang}": "first", "cost_jpy": "sum"})
    rows = [(str(label), float(jpy)) for label, jpy in sums.itertuples(index=False) if jpy]
    return sorted(rows, key=lambda row: -row[1])


def _draw_charts(plan: Plan, words: Words, lang: Lang) -> list[Chart]:
    charts = [
        _chart_costs(plan, words, lang),
        _chart_regions(plan, words, lang),
        _chart_use(plan, words, lang),
        _chart_distances(plan, words),
        _chart_materials(plan, words, lang),
    ]
    return [chart for chart in charts if chart is not None]


def _chart_costs(plan: Plan, words: Words, lang: Lang) -> Chart | None:
    terms = _sum_terms(plan, lang)
    if not terms:
        return None
    names, values = zip(*terms, strict=True)
    return draw_bars(words["chart_cost"], names, [jpy / 1e6 for jpy in values], axis=words["million_yen"])


def _chart_regions(plan: Plan, words: Words, lang: Lang) -> Chart | None:
    """Chart the whole cost where it is the region's own, else what its sites cost up to the hub's gate."""
    names = name_regions(plan, lang)
    mass = plan.assignments.groupby("region")["mass_t"].sum()
    own = _costs_stay_home(plan)
    cost = plan.regions.set_index("region")["cost_jpy"] if own else plan.assignments.groupby("region")["cost_jpy"].sum()
    shown = [region for region in plan.regions["region"] if mass.get(region, 0.0) > 0]
    if not shown:
        return None
    per_kg = [float(cost[region] / mass[region] / 1000) for region in shown]
    title = words["chart_region" if own else "chart_collection"]
    return draw_bars(title, [names[region] for region in shown], per_kg, axis=words["yen_per_kg"], digits=1)


def _chart_use(plan: Plan, words: Words, lang: Lang) -> Chart | None:
    plants = [
        plant
        for table in (plan.hubs, plan.refineries)
        for plant in table[table["state"] == "open"].sort_values("load_t", ascending=False).to_dict("records")
    ][:PLANTS_CHARTED]
    if not plants:
        return None
    names = [_name(plant, lang) for plant in plants]
    return draw_bars(words["chart_use"], names, [100 * plant["utilisation"] for plant in plants], axis=words["percent"])


def _chart_distances(plan: Plan, words: Words) -> Chart | None:
    known = plan.assignments[np.isfinite(plan.assignments["distance_km"])]
    if known.empty:
        return None
    farthest = float(known["distance_km"].max())
    step = next(km for km in (5, 10, 20, 25, 50, 100, 200, 500, 1000) if farthest <= km * CLASSES_KM or km == 1000)
    edges = np.arange(0, farthest + step + 1e-9, step)
    tonnes, _ = np.histogram(known["distance_km"], bins=edges, weights=known["mass_t"])
    return draw_histogram(
        words["chart_distance"],
        edges.tolist(),
        tonnes.tolist(),
        axis=words["distance_axis"],
        upright=words["tonnes_axis"],
    )


def _chart_materials(plan: Plan, words: Words, lang: Lang) -> Chart | None:
    """Chart black mass by grade, and the scrap metals by the yields of the pack classes."""
    grades, classes = plan.settings.grades, plan.settings.classes
    flows = plan.flows.groupby("grade")["mass_t"].sum()
    rows = [(str(getattr(grade, f"name_{lang}")), float(flows.get(name, 0.0))) for name, grade in grades.items()]
    mass = {name: float(plan.assignments[f"{name}_t"].sum()) for name in classes}
    for metal in ("copper", "aluminium", "iron"):
        tonnes = sum(mass[name] * float(getattr(pack, f"{metal}_yield_t_per_t")) for name, pack in classes.items())
        rows.append((words[metal], tonnes))
    rows = [row for row in rows if row[1] > 0]
    if not rows:
        return None
    names, values = zip(*rows, strict=True)
    return draw_bars(words["chart_materials"], names, values, axis=words["t_per_yr"])


def _list_assumptions(settings: Mapping[str, Any], above: str = "") -> Iterator[dict[str, Any]]:
    """List every quantity of the settings by its dotted key."""
    for name, value in settings.items():
        key = f"{above}{name}"
        if is_quantity_table(value):
            low, high = value.get("low"), value.get("high")
            yield {
                "key": key,
                "value": f"{value['value']:,.6g}",
                "unit": value.get("unit", ""),
                "range": f"{low:,.6g}–{high:,.6g}" if low is not None and high is not None else "",
                "source": value.get("source", ""),
                "confidence": value.get("confidence", ""),
                "user": value.get("source", "") == USER_SOURCE,
            }
        elif isinstance(value, dict):
            yield from _list_assumptions(value, f"{key}.")

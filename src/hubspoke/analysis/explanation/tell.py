"""Explanations in words, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.explanation.words import explanation_words
from hubspoke.costs.costs import TERMS
from hubspoke.outputs.report.phrases import format_gap, format_yen
from hubspoke.plan.summary import lay_out
from hubspoke.words.commodity import say_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.explanation.plan import PlanReasons
    from hubspoke.analysis.explanation.plant import Change, PlantReasons
    from hubspoke.analysis.explanation.site import Alternative, SiteReasons
    from hubspoke.plan.drawable import Lang
    from hubspoke.settings.settings import Settings

    Words = Mapping[str, str]

LISTED = 6
"""Alternatives and rivals told; all of them are in the data."""

CERTAIN_JPY = 1000.0
"""A range no wider than this is told as one number."""


def tell_plan(reasons: PlanReasons, lang: Lang) -> str:
    """Tell what a plan spends on, its plants, and where it is tight or dear."""
    words = explanation_words(lang, reasons.settings)
    head = words["plan_head"].format(
        title=reasons.title_ja if lang == "ja" else reasons.title,
        year=reasons.year,
        policy=reasons.policy,
        cost=format_yen(reasons.cost_jpy, lang),
        mass=f"{reasons.mass_t:,.0f}",
    )
    labels = _label_terms(lang, reasons.settings)
    terms = [(words["term"], words["million_yen"], words["share"])]
    for term, jpy in reasons.terms_jpy:
        share = f"{100 * jpy / reasons.cost_jpy:.1f} %" if reasons.cost_jpy else "–"
        terms.append((labels[term], f"{jpy / 1e6:,.0f}", share))
    plants = [(words["plants"], "", words["t_per_yr"], words["use"], words["yen_per_kg"])]
    for plant in reasons.plants:
        name = plant.name_ja if lang == "ja" and plant.name_ja else plant.name or plant.name_ja
        use, per_kg = f"{100 * plant.utilisation:.0f} %", f"{plant.cost_jpy_per_t / 1000:,.1f}"
        plants.append((plant.plant_id, name, f"{plant.load_t:,.0f}", use, per_kg))
    tight = words["full"].format(names=words["list_comma"].join(reasons.full)) if reasons.full else words["none_full"]
    sites = [(words["dearest"], "", "km", words["t_per_yr"], words["yen_per_kg"])]
    for site in reasons.dearest:
        name = site.name_ja if lang == "ja" and site.name_ja else site.name or site.name_ja
        cost = f"{site.cost_jpy_per_t / 1000:,.1f}"
        sites.append((site.site_id, name, f"{site.distance_km:,.0f}", f"{site.mass_t:,.1f}", cost))
    tables = [lay_out(terms, right={1, 2}), lay_out(plants, right={2, 3, 4}), [tight], lay_out(sites, right={2, 3, 4})]
    return "\n".join([head, *(line for table in tables for line in ["", *table]), "", words["ask"]])


def tell_site(reasons: SiteReasons, lang: Lang) -> str:
    """Tell where a site delivers, what that costs, and what the others would cost."""
    words, labels = explanation_words(lang, reasons.settings), _label_terms(lang, reasons.settings)
    name = reasons.name_ja if lang == "ja" and reasons.name_ja else reasons.name or reasons.name_ja
    lines = [
        words["site_head"].format(id=reasons.site_id, name=name, region=reasons.region, mass=f"{reasons.mass_t:,.1f}")
    ]
    if reasons.origin == "synthetic":
        lines.append(words["synthetic"])
    for way in reasons.deliveries:
        told = {"share": f"{100 * way.share:.0f}", "hub": way.hub_id, "km": f"{way.distance_km:,.0f}"}
        told |= {"hours": f"{way.hours:.1f}", "trips": f"{way.trips_per_yr:,.0f}", "truck": way.truck or "–"}
        rows = [(words["cost"], words["yen_per_yr"], words["yen_per_t"])]
        for label, jpy in [
            *((labels[term], jpy) for term, jpy in way.terms_jpy.items() if jpy),
            (words["together"], way.cost_jpy),
        ]:
            rows.append((label, f"{jpy:,.0f}", f"{jpy / way.mass_t:,.0f}" if way.mass_t else "–"))
        lines += ["", words["delivers"].format(**told), *lay_out(rows, right={1, 2})]
    return "\n".join([*lines, "", *_tell_alternatives(reasons, words)])


def _tell_alternatives(reasons: SiteReasons, words: Words) -> Iterator[str]:
    if reasons.alternatives is None:
        for way in reasons.deliveries:
            if way.runner_up_hub_id:
                more = f"{way.runner_up_more_jpy:+,.0f}".replace("-", "−")
                yield words["told_runner_up"].format(hub=way.runner_up_hub_id, more=more)
        yield words["no_input"]
        return
    if not reasons.alternatives:
        yield words["no_other"]
        return
    runner_up = reasons.runner_up
    yield words["none_allowed" if runner_up is None else "others"]
    rows = [(words["head_hub"], words["head_km"], words["head_extra"], words["head_spare"], "")]
    for other in reasons.alternatives[:LISTED]:
        notes = [words["runner_up"]] if other is runner_up else []
        notes += [] if other.allowed else [words["not_allowed"]]
        notes += [] if other.fits else [words["is_full"]]
        extra = f"{other.extra_jpy:+,.0f}".replace("-", "−")
        told = words["list_comma"].join(notes)
        rows.append((other.hub_id, f"{other.distance_km:,.0f}", extra, f"{other.spare_t:,.0f}", told))
    yield from lay_out(rows, right={1, 2, 3})
    yield from _tell_cheaper(reasons.alternatives, words)


def _tell_cheaper(alternatives: tuple[Alternative, ...], words: Words) -> Iterator[str]:
    cheaper = [other for other in alternatives if other.allowed and other.extra_jpy < -1]
    if cheaper:
        yield words["cheaper_free" if any(other.fits for other in cheaper) else "cheaper_full"]


def tell_plant(reasons: PlantReasons, lang: Lang) -> str:
    """Tell what a plant does and costs, and what the best plan without it, or with it, costs."""
    words, labels = explanation_words(lang, reasons.settings), _label_terms(lang, reasons.settings)
    name = reasons.name_ja if lang == "ja" and reasons.name_ja else reasons.name or reasons.name_ja
    told = {"id": reasons.plant_id, "name": name, "kind": words[reasons.kind], "region": reasons.region}
    state = words.get(f"state_{reasons.state}", reasons.state)
    lines = [words["plant_head"].format(**told, technology=reasons.technology, state=state)]
    if reasons.capacity_t > 0:
        use = f"{100 * reasons.load_t / reasons.capacity_t:.0f}"
        size = {"load": f"{reasons.load_t:,.0f}", "capacity": f"{reasons.capacity_t:,.0f}", "use": use}
        source = words["from_sites" if reasons.kind == "hub" else "from_hubs"]
        came = source.format(count=f"{reasons.partners:,}", km=f"{reasons.mean_haul_km:,.0f}")
        lines.append(words["plant_load"].format(**size) + words["list_comma"] + came)
    if reasons.terms_jpy:
        total = sum(reasons.terms_jpy.values())
        rows = [(words["term"], words["million_yen"], words["yen_per_kg"])]
        for label, jpy in [
            *((labels[term], jpy) for term, jpy in reasons.terms_jpy.items()),
            (words["together"], total),
        ]:
            per_kg = f"{jpy / reasons.load_t / 1000:,.1f}" if reasons.load_t else "–"
            rows.append((label, f"{jpy / 1e6:,.1f}", per_kg))
        lines += ["", *lay_out(rows, right={1, 2})]
    if reasons.others:
        names = [f"{other} ({words.get(f'state_{its}', its)})" for other, its in reasons.others]
        lines += ["", words["rivals"].format(names=_list_names(names, words))]
    return "\n".join([*lines, "", *_tell_change(reasons.change, reasons.opening_more_jpy, words, lang)])


def _tell_change(change: Change | None, bound: float | None, words: Words, lang: Lang) -> Iterator[str]:
    if change is None:
        if bound is not None:
            yield words["told_opening"].format(amount=format_yen(bound, lang))
        yield words["no_input"]
        return
    head = words["without" if change.trial == "close" else "with"]
    if change.outcome != "plan":
        told = (
            words["infeasible"].format(reason=change.reason) if change.outcome == "infeasible" else words["not_found"]
        )
        yield f"{head}: {told}"
        return
    yield f"{head}: {_tell_extra(change, words, lang)}"
    if change.moved_sites:
        yield "  " + words["moves"].format(sites=f"{change.moved_sites:,}", mass=f"{change.moved_t:,.0f}")
    for key, names in (("opens", change.opened), ("closes", change.closed), ("resizes", change.resized)):
        if names:
            yield "  " + words[key].format(names=_list_names(names, words))


def _tell_extra(change: Change, words: Words, lang: Lang) -> str:
    extra, least, most = (float(value or 0.0) for value in (change.extra_jpy, change.least_jpy, change.most_jpy))
    key = "extra" if extra > 0.5 else "saves" if extra < -0.5 else "same"
    text = words[key].format(amount=format_yen(abs(extra), lang))
    if most - least <= CERTAIN_JPY:
        return text + words["list_comma"] + words["exactly"]
    gap = format_gap(float("inf") if change.gap is None else change.gap)
    ends = {"least": format_yen(least, lang), "most": format_yen(most, lang)}
    return text + words["list_comma"] + words["between"].format(**ends, gap=gap)


def _list_names(names: tuple[str, ...] | list[str], words: Words) -> str:
    more = len(names) - LISTED
    return words["list_comma"].join(names[:LISTED]) + (words["and_more"].format(more) if more > 0 else "")


def _label_terms(lang: Lang, settings: Settings | None) -> dict[str, str]:
    labels = {term.name: term.label_ja if lang == "ja" else term.label_en for term in TERMS}
    return say_all(labels, settings, lang)

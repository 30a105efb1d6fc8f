"""Explain a plant: what it costs, and what the best plan without it, or with it, would cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from hubspoke.analysis.explanation.received import list_received, sum_by_term
from hubspoke.analysis.explanation.technologies import cost_by_technology
from hubspoke.analysis.explanation.trial import Change, Trial, try_change
from hubspoke.analysis.explanation.words import as_data, explanation_words, label_terms, list_names
from hubspoke.plan.closures import closed_by
from hubspoke.plan.firmness import describe_closing
from hubspoke.plan.states import BUILT
from hubspoke.settings.technologies import SEPARATOR
from hubspoke.words.messages import translate
from hubspoke.words.names import name_region, name_technology
from hubspoke.words.numbers import format_gap, format_yen
from hubspoke.words.scale import choose_table_scale
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Words

CERTAIN_JPY = 1000.0
"""Width, in yen per year, up to which a range is shown as one number."""


@dataclass(frozen=True)
class PlantReasons:
    """What a plant does and costs; `change` is None where the input is not at hand.

    Attributes
    ----------
    partners : int
        Number of sites that deliver to the hub, or of hubs that deliver to the refinery.
    added_t : float
        Part of the capacity that is added to what stands today, t per year.
    mean_haul_km : float
        Mean distance of what it receives, weighted by tonnes; 0 where it receives nothing.
    terms_jpy : mapping of str to float
        Cost per year by term: of the plant, and of what is carried to it and processed there.
    cost_jpy_per_t : float
        Their sum per tonne that enters; 0 where nothing does.
    others : tuple of (id, state)
        Other plants of the kind in the region that may be built, those with the largest load first.
    opening_more_jpy : float or None
        Upper bound on what opening it adds to the cost of the plan per year; None where the plan knows none.
    closing_more_low_jpy, closing_more_jpy : float or None
        What the best plan without it costs more per year, at least and as found; None where the plan knows none.
    closing_opens : tuple of str
        Plants of its kind that open instead in the best plan found without it.
    firmness : str
        How firm its choice is; empty where the plan does not know.
    """

    plant_id: str
    kind: Literal["hub", "refinery"]
    name: str
    name_ja: str
    region: str
    technology: str
    state: str
    capacity_t: float
    added_t: float
    load_t: float
    partners: int
    mean_haul_km: float
    terms_jpy: Mapping[str, float]
    cost_jpy_per_t: float
    others: tuple[tuple[str, str], ...]
    opening_more_jpy: float | None
    closing_more_low_jpy: float | None
    closing_more_jpy: float | None
    closing_opens: tuple[str, ...]
    firmness: str
    change: Change | None
    existing_t: float = 0.0
    """Size that stands today, in the tonnes that the input states."""
    closure: str = ""
    """What keeps it closed: `status`, `close`, `only` or `request`; empty where the plan might open it."""
    existing_technology: str = ""
    """Technology of what stands; with another one the plant is built anew."""
    technologies_jpy: Mapping[str, float] = field(default_factory=dict)
    """Cost per year of the plant at its load with each technology that it may have; empty where it has one only, is
    not in use, or the input is not at hand."""
    region_names: Mapping[str, str] = field(default_factory=dict)
    """Name of the region in each language."""
    settings: Settings | None = field(default=None, repr=False)
    """Settings of the plan, for its words for the commodity."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reasons as plain data."""
        return as_data(self)

    def summary(self, lang: Lang = "en") -> str:
        """Describe the reasons in a few lines."""
        return describe_plant(self, lang)


def explain_plant(plan: PlanData, plant_id: str, network: Network | None, *, time_limit: float) -> PlantReasons:
    """Explain a hub or refinery; with a network, plan again without it (if it is built) or with it (if not)."""
    is_hub = plant_id in set(plan.hubs["id"])
    kind: Literal["hub", "refinery"] = "hub" if is_hub else "refinery"
    plants = plan.hubs if is_hub else plan.refineries
    row = plants[plants["id"] == plant_id].to_dict("records")[0]
    received = list_received(plan, kind)
    received = received[received["plant_id"] == plant_id]
    terms = sum_by_term(row, received)
    load_t, built = float(row["load_t"]), row["state"] in BUILT
    haul = float((received["mass_t"] * received["distance_km"]).sum() / load_t) if load_t else 0.0
    others = plants[(plants["region"] == row["region"]) & (plants["id"] != plant_id) & (plants["state"] != "closed")]
    others = others.sort_values(["load_t", "id"], ascending=[False, True])
    trial: Trial = "close" if built else "open"
    return PlantReasons(
        plant_id=plant_id,
        kind=kind,
        name=str(row["name"]),
        name_ja=str(row["name_ja"]),
        region=str(row["region"]),
        region_names=name_region(plan.regions, str(row["region"])),
        technology=str(row["technology"]),
        state=str(row["state"]),
        capacity_t=float(row["capacity_t"]),
        added_t=float(row["added_t"]),
        load_t=load_t,
        partners=int(row["sites" if is_hub else "hubs"]),
        mean_haul_km=haul,
        terms_jpy=terms,
        cost_jpy_per_t=sum(terms.values()) / load_t if load_t else 0.0,
        others=tuple((str(one["id"]), str(one["state"])) for one in others.to_dict("records")),
        opening_more_jpy=_known(row["opening_more_jpy"]),
        closing_more_low_jpy=_known(row["closing_more_low_jpy"]),
        closing_more_jpy=_known(row["closing_more_jpy"]),
        closing_opens=tuple(name for name in str(row["closing_opens"]).split("; ") if name),
        firmness=str(row["firmness"]),
        existing_t=float(row["existing_t"]),
        closure=closed_by(plant_id, status=str(row["status"]), orders=plan.settings.orders, kind=set(plants["id"]))
        if row["state"] == "closed"
        else "",
        existing_technology=str(row["existing_technology"]),
        technologies_jpy={}
        if network is None or not load_t or SEPARATOR not in str(row["technologies"])
        else cost_by_technology(row, kind, network, plan.settings, plan.year),
        change=None if network is None else try_change(plan, row, trial, network, seconds=time_limit),
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def describe_plant(reasons: PlantReasons, lang: Lang) -> str:
    """Describe what a plant does and costs, and what the best plan without it, or with it, would cost."""
    words, labels = explanation_words(lang, reasons.settings), label_terms(lang, reasons.settings)
    name = reasons.name_ja if lang == "ja" and reasons.name_ja else reasons.name or reasons.name_ja
    region = reasons.region_names.get(lang, reasons.region)
    told = {"id": reasons.plant_id, "name": name, "kind": words[reasons.kind], "region": region}
    state = words.get(f"state_{reasons.state}", reasons.state)
    lines = [words["plant_head"].format(**told, technology=_name(reasons, reasons.technology, lang), state=state)]
    if reasons.closure:
        scenario = "" if reasons.settings is None or reasons.closure == "request" else reasons.settings.scenario
        of = words["closed_scenario"].format(scenario=scenario) if scenario else ""
        lines.append(words[f"closed_{reasons.closure}"].format(scenario=of if reasons.closure != "status" else ""))
    if reasons.existing_t > 0:
        kind = _name(reasons, reasons.existing_technology, lang)
        lines.append(words["stands"].format(tonnes=f"{reasons.existing_t:,.0f}", technology=kind))
    if reasons.capacity_t > 0:
        use = f"{100 * reasons.load_t / reasons.capacity_t:.0f}"
        size = {"load": f"{reasons.load_t:,.0f}", "capacity": f"{reasons.capacity_t:,.0f}", "use": use}
        many = "s" if reasons.partners != 1 else ""
        source = words[f"from_{'' if many else 'one_'}{'site' if reasons.kind == 'hub' else 'hub'}{many}"]
        came = source.format(count=f"{reasons.partners:,}", km=f"{reasons.mean_haul_km:,.0f}")
        lines.append(words["plant_load"].format(**size) + words["list_comma"] + came)
        standing_t = reasons.capacity_t - reasons.added_t
        if reasons.state in BUILT and standing_t > 0 and reasons.added_t >= 0.5:
            lines.append(words["extended"].format(standing=f"{standing_t:,.0f}", added=f"{reasons.added_t:,.0f}"))
    if reasons.terms_jpy:
        total = sum(reasons.terms_jpy.values())
        scale = choose_table_scale([*reasons.terms_jpy.values(), total])
        rows = [(words["term"], scale.fit(words["million_yen"]), words[f"{reasons.kind}_per_kg"])]
        for label, jpy in [
            *((labels[term], jpy) for term, jpy in reasons.terms_jpy.items()),
            (words["together"], total),
        ]:
            per_kg = f"{jpy / reasons.load_t / 1000:,.1f}" if reasons.load_t else "–"
            rows.append((label, scale.write(jpy), per_kg))
        lines += ["", *lay_out(rows, right={1, 2})]
    if len(reasons.technologies_jpy) > 1:
        lines += ["", _describe_technologies(reasons, words, lang)]
    if reasons.others:
        names = [
            words["in_state"].format(name=other, state=words.get(f"state_{its}", its)) for other, its in reasons.others
        ]
        lines += ["", words["rivals"].format(names=list_names(names, words))]
    if reasons.firmness:
        lines += ["", _describe_firmness(reasons, words, lang)]
    return "\n".join([*lines, "", *_describe_change(reasons, words, lang)])


def _name(reasons: PlantReasons, technology: str, lang: Lang) -> str:
    return technology if reasons.settings is None else name_technology(reasons.settings, technology, lang)


def _describe_technologies(reasons: PlantReasons, words: Words, lang: Lang) -> str:
    """Describe what the plant would cost with the other technologies that it may have."""
    now = reasons.technologies_jpy.get(reasons.technology, np.nan)
    told = []
    for key, jpy in reasons.technologies_jpy.items():
        if key == reasons.technology:
            continue
        name = _name(reasons, key, lang)
        if not np.isfinite(jpy):
            told.append(words["technology_too_small"].format(name=name))
        else:
            more = words["technology_more" if jpy >= now else "technology_less"]
            told.append(more.format(name=name, amount=format_yen(abs(jpy - now), lang, reasons.settings)))
    return words["technologies"].format(told=list_names(told, words))


def _describe_firmness(reasons: PlantReasons, words: Words, lang: Lang) -> str:
    ends = {name: getattr(reasons, name) for name in ("closing_more_low_jpy", "closing_more_jpy")}
    row = {name: np.nan if value is None else value for name, value in ends.items()}
    told = describe_closing({**row, "firmness": reasons.firmness}, lang, reasons.settings)
    key = "told_closing_opens" if reasons.closing_opens else "told_closing"
    return words[key].format(told=told, names=list_names(reasons.closing_opens, words))


def _describe_change(reasons: PlantReasons, words: Words, lang: Lang) -> Iterator[str]:
    change, bound, settings = reasons.change, reasons.opening_more_jpy, reasons.settings
    if change is None:
        if bound is not None:
            yield words["told_opening"].format(amount=format_yen(bound, lang, settings))
        yield words["no_input"]
        return
    head = words["without" if change.trial == "close" else "with"]
    if change.outcome != "plan":
        why = words["infeasible"].format(reason=translate(change.reason, lang))
        told = why if change.outcome == "infeasible" else words["not_found"]
        yield words["after"].format(head=head, told=told)
        return
    yield words["after"].format(head=head, told=_describe_extra(change, words, lang, settings))
    if change.moved_sites:
        yield "  " + words["moves"].format(sites=f"{change.moved_sites:,}", mass=f"{change.moved_t:,.0f}")
    for key, names in (("opens", change.opened), ("closes", change.closed), ("resizes", change.resized)):
        if names:
            yield "  " + words[key].format(names=list_names(names, words))


def _describe_extra(change: Change, words: Words, lang: Lang, settings: Settings | None) -> str:
    extra, least, most = (float(value or 0.0) for value in (change.extra_jpy, change.least_jpy, change.most_jpy))
    key = "extra" if extra > 0.5 else "saves" if extra < -0.5 else "same"
    text = words[key].format(amount=format_yen(abs(extra), lang, settings))
    if most - least <= CERTAIN_JPY:
        return text + words["list_comma"] + words["exactly"]
    gap = format_gap(float("inf") if change.gap is None else change.gap)
    ends = {"least": format_yen(least, lang, settings), "most": format_yen(most, lang, settings)}
    return text + words["list_comma"] + words["between"].format(**ends, gap=gap)

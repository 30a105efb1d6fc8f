"""A trace in a few readable tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.metals.contents import name_metal
from hubspoke.metals.ledger import ABROAD, ALLOY, LOST, STAGES
from hubspoke.metals.text import write_told
from hubspoke.metals.told import Told
from hubspoke.tracing.words import trace_words
from hubspoke.words.names import name_plant, name_regions, name_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.tracing.trace import Trace
    from hubspoke.words.language import Lang

ALL_HUBS = ""
"""Stands for the hubs together, which give out the same by-products each."""
ELEMENT = re.compile(r"\s*[(（][^()（）]*[)）]$")
"""What stands behind the name of a metal that is counted as something else, such as carbonate."""
LISTED = 10
"""Most sources that are told one by one."""


@dataclass(frozen=True)
class _Teller:
    """What the tables of a trace share."""

    trace: Trace
    lang: Lang
    words: Mapping[str, str]
    names: Mapping[str, str]
    regions: Mapping[str, str]

    @property
    def metals(self) -> list[str]:
        return self.trace.ledger.metals

    @property
    def several(self) -> bool:
        return len(self.trace.ledger.plans) > 1

    def table(self, title: str, first: str, paths: pd.DataFrame, by: list[str], *, most: int | None = None) -> Told:
        """Return kg by metal, a row for each group in `by`, the first of which is a column of years."""
        keys = by if self.several else by[1:]
        paths = paths.assign(metal=pd.Categorical(paths["metal"], categories=self.metals))
        sums = paths.pivot_table(
            index=keys, columns="metal", values="kg", aggfunc="sum", observed=False, sort=False
        ).fillna(0.0)
        sums = sums[sums.sum(axis=1) > 0]
        shown = sums if most is None else sums.loc[sums.sum(axis=1).sort_values(ascending=False, kind="stable").index]
        shown = shown if most is None else shown.head(most)
        years = 1 if self.several else 0
        rows = []
        for key, kg in zip(shown.index, shown.to_numpy(float), strict=True):
            parts = list(key) if isinstance(key, tuple) else [key]
            rows.append((*map(str, parts[:years]), self._name(parts[years:]), *(f"{value:,.0f}" for value in kg)))
        if most is None and not self.several and len(rows) > 1:
            rows.append((self.words["sum"], *(f"{value:,.0f}" for value in sums.sum().to_numpy(float))))
        head = [self.words["year"]] * years + [self.words[first]]
        head += [name_element(self._settings, metal, self.lang) for metal in self.metals]
        return Told(title, tuple(head), tuple(rows), names=1 + years)

    @property
    def _settings(self) -> Settings:
        return _last(self.trace).settings

    def _name(self, parts: list[str]) -> str:
        """Return the name of a source (kind, region or identifier) or of an end (step, plant, material)."""
        if len(parts) == 2:
            kind, name = parts
            known = self.regions if kind == "region" else self.names
            return known.get(name, name)
        step, plant, material = parts
        metal = name_element(self._settings, material, self.lang) if self._is_metal(material) else material
        return self.words[step].format(metal, self.words["hubs"] if plant == ALL_HUBS else self.names.get(plant, plant))

    def _is_metal(self, material: str) -> bool:
        settings = self._settings
        return material in settings.metals or material in settings.byproducts


def tell_trace(trace: Trace, lang: Lang = "en") -> str:
    """Return a trace in words and tables.

    Parameters
    ----------
    trace : Trace
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    plan, custody = _last(trace), trace.ledger.custody
    words = trace_words(plan.settings, lang)
    teller = _Teller(
        trace, lang, words, name_places(trace.ledger.plans.values(), lang), name_regions(plan.regions, lang)
    )
    subject = words[trace.focus.kind].format(_call(teller, trace.focus.id))
    years = ", ".join(map(str, trace.ledger.plans))
    head = words["title"].format(subject, f"{name_title(plan.title, plan.settings, lang)}, {years}")
    model = words[custody.model].format(custody.period_yr)
    parts = ["\n".join([head, words["custody"].format(model, words[f"{custody.model}_note"]), words["planned"]])]
    tables = [told for told in _tell(teller) if told.rows]
    parts += [write_told(told) for told in tables] or [words["nothing"]]
    return "\n\n".join(parts)


def _tell(teller: _Teller) -> Iterator[Told]:
    trace, words = teller.trace, teller.words
    sources = trace.sources
    kept = sources[~sources["end_step"].isin(LOST) | (sources["end_step"] == ALLOY)]
    if trace.focus.kind not in {"site", "abroad"}:
        home = kept["comes_from"] != ABROAD
        paths = kept.assign(
            group=home.map({True: "region", False: "abroad"}), name=kept["source_region"].where(home, kept["source_id"])
        )
        title = words["content" if trace.focus.kind == "lot" else "sources"]
        told = teller.table(title, "place", paths, ["end_year", "group", "name"])
        yield Told(told.title, told.head, told.rows, tuple(_tell_origins(teller, kept)), names=told.names)
        count = kept["source_id"].nunique()
        if count > 1 and trace.focus.kind != "plan":
            title = words["largest"].format(f"{count:,}")
            paths = kept.assign(group="site")
            yield teller.table(title, "place", paths, ["end_year", "group", "source_id"], most=LISTED)
    ends = trace.ends.assign(at=trace.ends["end_step"].map(STAGES.index)).sort_values("at", kind="stable")
    if trace.focus.kind == "plan":
        ends = ends.assign(end_id=ends["end_id"].where(ends["end_kind"] != "hub", ALL_HUBS))
    told = teller.table(words["ends"], "end", ends, ["end_year", "end_step", "end_id", "end_material"])
    yield Told(told.title, told.head, told.rows, tuple(_tell_unserved(teller)), names=told.names)


def _tell_origins(teller: _Teller, paths: pd.DataFrame) -> Iterator[str]:
    """Yield how much of every metal is of packs that were in use, and how much comes from abroad."""
    for metal in teller.metals:
        own = paths[paths["metal"] == metal]
        kg = float(own["kg"].sum())
        if kg > 0:
            pre, abroad = (float(own.loc[own[key] == value, "kg"].sum()) / kg for key, value in ORIGINS)
            if pre > 0 or abroad > 0:
                name = name_element(_last(teller.trace).settings, metal, teller.lang)
                yield teller.words["origin"].format(name, *(f"{100 * part:.1f}" for part in (1 - pre, pre, abroad)))


ORIGINS = (("consumer", "pre"), ("comes_from", ABROAD))


def _tell_unserved(teller: _Teller) -> Iterator[str]:
    focus = teller.trace.focus
    if focus.kind == "site":
        lanes = [plan.assignments for plan in teller.trace.ledger.plans.values()]
        left = sum(float(table.loc[table["site_id"] == focus.id, "unserved_t"].sum()) for table in lanes)
        if left > 0:
            yield teller.words["unserved"].format(f"{left:,.1f}")


def name_element(settings: Settings, key: str, lang: Lang) -> str:
    """Return the name of a metal as an element, whatever it is counted as.

    Parameters
    ----------
    settings : Settings
    key : str
        A key of `settings.metals` or of `settings.byproducts`.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    name, known = name_metal(settings, key, lang), settings.metals.get(key)
    return name if known is None or float(known.element_t_per_t) == 1.0 else ELEMENT.sub("", name)


def _call(teller: _Teller, name: str) -> str:
    """Return how what is traced is called: its name, and its identifier where that differs."""
    known = teller.regions if teller.trace.focus.kind == "region" else teller.names
    called = known.get(name, name)
    return called if called == name else f"{called} ({name})"


def name_places(plans: Iterable[PlanData], lang: Lang) -> dict[str, str]:
    """Return the name of every site, source, port and plant by identifier.

    Parameters
    ----------
    plans : iterable of PlanData
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
    """
    names: dict[str, str] = {}
    for plan in plans:
        for table, part in ((plan.imports, "source"), (plan.imports, "port"), (plan.assignments, "site")):
            names |= _name_rows(table, (f"{part}_id", f"{part}_name", f"{part}_name_ja"), lang)
        for table in (plan.hubs, plan.refineries):
            names |= _name_rows(table, ("id", "name", "name_ja"), lang)
    return names


def _name_rows(table: pd.DataFrame, columns: tuple[str, str, str], lang: Lang) -> dict[str, str]:
    rows = dict.fromkeys(zip(*(table[name].tolist() for name in columns), strict=True))
    return {str(code): name_plant({"id": code, "name": en, "name_ja": ja}, lang) for code, en, ja in rows}


def _last(trace: Trace) -> PlanData:
    return list(trace.ledger.plans.values())[-1]

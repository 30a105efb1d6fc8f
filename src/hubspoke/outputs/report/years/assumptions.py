"""The assumptions by which plants open, grow, stand idle and close, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.outputs.report.blocks import Column, Paragraph, Section, Table
from hubspoke.outputs.report.years.words import years_words
from hubspoke.settings.plants import Plant
from hubspoke.words.names import name_technology
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

    Row = tuple[str, str, str]


def describe_years_assumptions(plan: YearsData, lang: Lang) -> Section:
    """Return the section on the settings of the years: lead times, running in, standing idle, closing, limits."""
    words = years_words(lang, plan.settings)
    columns = (Column(words["assumption"]), Column(words["value"], "prose"), Column(words["source"], "prose"))
    rows = (*_list_money(plan, words, lang), *_list_technologies(plan, words, lang), *_list_rules(plan, words, lang))
    table = Table(words["assumptions"], columns, rows, small=True)
    return Section("assumptions", words["assumptions"], (table, Paragraph(words["assumptions_text"], role="small")))


def _list_money(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Iterator[Row]:
    finance, years = plan.settings.finance, plan.settings.years
    rate, life = finance.discount_rate_per_yr, finance.life_yr
    yield words["rate"], f"{100 * float(rate):g} %", _source(rate)
    yield words["life"], words["yr"].format(f"{float(life):g}"), _source(life)
    idle, closing = years.idle_share, years.closing_share
    yield words["idle_share"], words["of_running"].format(f"{100 * float(idle):g}"), _source(idle)
    yield words["closing_share"], words["of_investment"].format(f"{100 * float(closing):g}"), _source(closing)
    if float(finance.subsidy_share) > 0:
        told = words["subsidy_of"].format(share=f"{100 * float(finance.subsidy_share):g}")
        if finance.subsidy_cap_jpy is not None:
            told += words["subsidy_upto"].format(format_yen(float(finance.subsidy_cap_jpy), lang, plan.settings))
        yield words["subsidy_share"], told, _source(finance.subsidy_share)
    if years.switch_jpy is not None:
        told = words["yen_once"].format(format_yen(float(years.switch_jpy), lang, plan.settings))
        yield words["switch"], told, _source(years.switch_jpy)


def _list_technologies(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Iterator[Row]:
    """Yield lead time and running in of every technology that the plan uses."""
    decided = plan.settings.years.decided_from
    yield words["decided_from"], words["any_time"] if decided is None else str(decided), ""
    known = {**plan.settings.hub_technologies, **plan.settings.refinery_technologies}
    for key in dict.fromkeys(name for name in plan.schedule["technology"] if name):
        technology, name = known.get(key), name_technology(plan.settings, key, lang)
        if not isinstance(technology, Plant):
            continue
        lead = technology.lead_time_yr
        if decided is not None:
            yield words["lead_time"].format(name), words["yr"].format(f"{float(lead):g}"), _source(lead)
        if technology.ramp_up:
            shares = words["comma"].join(f"{100 * float(share):g} %" for share in technology.ramp_up)
            yield words["ramp_up"].format(name), shares, ""


def _list_rules(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Iterator[Row]:
    years = plan.settings.years
    yield words["may_close"], words["yes" if years.may_close else "no"], ""
    yield words["sites_keep_hub"], words["kept" if years.sites_keep_hub else "free"], ""
    for key, most in (("hubs", years.hubs_opened_most), ("refineries", years.refineries_opened_most)):
        if most is not None:
            name = words[key].lower() if lang == "en" else words[key]
            yield words["opened_most"].format(name), f"{most}", ""


def _source(quantity: Any) -> str:
    return str(getattr(quantity, "source", "") or "")

"""Explain a site of a plan over several years: to which hub in each year, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from hubspoke.analysis.explanation.site import explain_site
from hubspoke.analysis.explanation.words import as_data
from hubspoke.analysis.explanation.years.words import story_words
from hubspoke.plan.years import OPEN
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.numbers import format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.explanation.site import SiteReasons
    from hubspoke.plan.years import YearsData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Words

Because = Literal["only", "cheapest", "room", "kept", "gap", "left", "unknown"]


@dataclass(frozen=True)
class SiteYear:
    """Where a site delivers in one planned year.

    Attributes
    ----------
    year : int
    hub_id : str
        The hub that takes most of it; empty where it is left.
    share, mass_t, distance_km, cost_jpy_per_t : float
        Of what goes there.
    because : str
        `only` (no other open hub is allowed), `cheapest` (of those that are), `room` (a cheaper one has none left),
        `kept` (it is cheaper elsewhere, and the site keeps its hub or pays for changing it), `gap` (cheaper elsewhere,
        within the proven gap or for what follows in other years), `left`, or `unknown` (the input is not at hand).
    other_id : str
        The hub that this is judged by: the next best, or the cheaper one; empty where there is none.
    other_more_jpy : float
        What the site would cost more there per year.
    moved : str
        Why it is another hub than in the planned year before: `closed` (that one is open no more), `opened` (this one
        is new), or empty.
    """

    year: int
    hub_id: str
    share: float
    mass_t: float
    distance_km: float
    cost_jpy_per_t: float
    because: Because
    other_id: str = ""
    other_more_jpy: float = 0.0
    moved: str = ""


@dataclass(frozen=True)
class SiteStory:
    """Where a site delivers in each planned year, and why."""

    site_id: str
    name: str
    name_ja: str
    region: str
    years: tuple[SiteYear, ...]
    settings: Settings | None = field(default=None, repr=False)
    """Settings of the plan, for its words for the commodity."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reasons as plain data."""
        return {"kind": "site", **as_data(self)}

    def summary(self, lang: Lang = "en") -> str:
        """Describe the reasons in a few lines."""
        return "\n".join(_describe(self, lang))


def explain_deliveries(plan: YearsData, site_id: str) -> SiteStory:
    """Explain to which hub a site delivers in each year, and why.

    Parameters
    ----------
    plan : YearsData
        With the networks of its years; without them no other hubs are compared.
    site_id : str
    """
    stages = {(row["id"], row["year"]): row["stage"] for row in plan.schedule.to_dict("records")}
    told: list[SiteYear] = []
    names = {"name": "", "name_ja": "", "region": ""}
    for year in plan.years:
        one = plan.plans[year]
        if site_id not in set(one.assignments["site_id"]):
            continue
        knows = resolve_policy(one.settings.policy).knows_alternatives
        reasons = explain_site(one, site_id, one.network if knows else None)
        names = {"name": reasons.name, "name_ja": reasons.name_ja, "region": reasons.region}
        made = _tell_year(
            reasons, year, keeps=plan.settings.years.sites_keep_hub or bool(plan.settings.years.switch_jpy)
        )
        before = told[-1] if told else None
        moved = ""
        if before is not None and made.hub_id and before.hub_id and made.hub_id != before.hub_id:
            if stages.get((before.hub_id, year)) != OPEN:
                moved = "closed"
            elif stages.get((made.hub_id, before.year)) != OPEN:
                moved = "opened"
        told.append(SiteYear(**{**made.__dict__, "moved": moved}))
    return SiteStory(site_id, **names, years=tuple(told), settings=plan.settings)


def _tell_year(reasons: SiteReasons, year: int, *, keeps: bool) -> SiteYear:
    way = reasons.deliveries[0]
    because: Because = "unknown"
    other, more = "", 0.0
    if not way.hub_id:
        because = "left"
    elif reasons.alternatives is not None:
        allowed = [one for one in reasons.alternatives if one.allowed]
        cheaper = [one for one in allowed if one.extra_jpy < -1]
        if not allowed:
            because = "only"
        elif not cheaper:
            because, other, more = "cheapest", allowed[0].hub_id, allowed[0].extra_jpy
        elif fitting := [one for one in cheaper if one.fits]:
            because, other, more = "kept" if keeps else "gap", fitting[0].hub_id, fitting[0].extra_jpy
        else:
            because, other, more = "room", cheaper[0].hub_id, cheaper[0].extra_jpy
    return SiteYear(
        year, way.hub_id, way.share, way.mass_t, way.distance_km, way.cost_jpy_per_t, because, other, more
    )  # fmt: skip


def _describe(story: SiteStory, lang: Lang) -> Iterator[str]:
    words, settings = story_words(lang, story.settings), story.settings
    name = story.name_ja if lang == "ja" and story.name_ja else story.name or story.name_ja
    yield words["site_head"].format(id=story.site_id, name=name, region=story.region)
    currency = "yen" if settings is None else str(getattr(settings.currency, f"name_{lang}"))
    keys = ("year", "site_hub", "site_share", "site_mass", "site_km", "site_cost", "site_next", "site_more")
    rows = [tuple(words[key].format(currency=currency) for key in keys)]
    for one in story.years:
        known = one.other_id != ""
        rows.append(
            (
                str(one.year),
                one.hub_id or words["left"],
                f"{100 * one.share:.0f} %" if one.hub_id else "",
                f"{one.mass_t:,.0f}",
                f"{one.distance_km:,.0f}" if one.hub_id else "",
                f"{one.cost_jpy_per_t:,.0f}" if one.hub_id else "",
                one.other_id,
                f"{one.other_more_jpy:+,.0f}".replace("-", "−") if known else "",
            )
        )
    yield from lay_out(rows, right={2, 3, 4, 5, 7})
    yield ""
    before: SiteYear | None = None
    for one in story.years:
        yield _because(one, words, lang, settings)
        if one.moved and before is not None:
            yield "  " + words[f"moves_{one.moved}"].format(before=before.hub_id, hub=one.hub_id, year=one.year)
        before = one
    if any(one.because == "unknown" for one in story.years):
        yield words["no_input"]


def _because(one: SiteYear, words: Words, lang: Lang, settings: Settings | None) -> str:
    return words[f"because_{one.because}"].format(
        year=one.year,
        hub=one.hub_id,
        other=one.other_id,
        more=format_yen(abs(one.other_more_jpy), lang, settings),
    )

"""Explain a plan over several years: its story year by year, in a few lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.explanation.years.words import story_words
from hubspoke.plan.horizon.parts import split_present_cost
from hubspoke.plan.horizon.steps import describe_steps, tell_steps
from hubspoke.plan.horizon.summary import describe_proof_of_years, last_year, title_of
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang


@dataclass(frozen=True)
class YearsReasons:
    """The story of a plan over several years.

    Attributes
    ----------
    plan : YearsData
    parts_jpy : mapping of str to float
        Present value of all costs by `PARTS` of `plan/horizon/parts.py`.
    """

    plan: YearsData = field(repr=False)
    parts_jpy: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Return the story as plain data."""
        steps = tell_steps(self.plan.schedule)[["year", "kind", "id", "step", "size_t"]]
        return {
            "kind": "plan",
            "years": list(self.plan.years),
            "present_cost_jpy": self.plan.present_cost_jpy,
            "parts_jpy": dict(self.parts_jpy),
            "by_year": self.plan.by_year.to_dict("records"),
            "steps": steps.to_dict("records"),
        }

    def summary(self, lang: Lang = "en") -> str:
        """Describe the story in a few lines."""
        return "\n".join(_describe(self, lang))


def explain_years_plan(plan: YearsData) -> YearsReasons:
    """Return the story of a plan over several years, from its tables.

    Parameters
    ----------
    plan : YearsData
    """
    return YearsReasons(plan, split_present_cost(plan))


def _describe(story: YearsReasons, lang: Lang) -> Iterator[str]:
    plan, settings = story.plan, story.plan.settings
    words = story_words(lang, settings)
    yield words["plan_head"].format(
        title=title_of(plan, lang),
        first=plan.years[0],
        until=last_year(plan),
        cost=format_yen(plan.present_cost_jpy, lang, settings),
        proof=describe_proof_of_years(plan, lang),
    )
    told = {name: format_yen(jpy, lang, settings) for name, jpy in story.parts_jpy.items()}
    once = words["once_of"].format(told["once"]) if abs(story.parts_jpy["once"]) >= 1 else ""
    yield words["made_of"].format(**{**told, "once": once})
    for row in plan.by_year.to_dict("records"):
        year, until = int(row["year"]), int(row["last_year"])
        span = words["span_until" if until > year else "span"].format(year=year, until=until)
        currency = str(getattr(settings.currency, f"name_{lang}"))
        yield ""
        yield words["year_head"].format(
            span=span,
            tonnes=f"{row['packs_t']:,.0f}",
            cost=format_yen(float(row["cost_jpy"]), lang, settings),
            per_kg=f"{row['cost_per_kg']:,.1f}",
            unit=words["per_kg_of"].format(currency=currency),
        )
        yield from (f"  {line}" for line in describe_steps(plan, year, lang))
        if row["invested_jpy"] >= 1:
            yield words["invested_head"].format(invested=format_yen(float(row["invested_jpy"]), lang, settings))
    yield ""
    yield words["ask_years"]

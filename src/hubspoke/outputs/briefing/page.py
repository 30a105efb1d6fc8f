"""Write a briefing as one page that loads nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from hubspoke.outputs.briefing.choice_steps import list_rivals, tell_cost, tell_firmness, tell_rule
from hubspoke.outputs.briefing.flow_steps import tell_flows, tell_origins, tell_plants
from hubspoke.outputs.briefing.layers import LAYERS, draw_layers
from hubspoke.outputs.briefing.next_step import tell_next
from hubspoke.outputs.briefing.step import Told
from hubspoke.outputs.briefing.words import briefing_words
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.plan.roads.loads import trace_roads
from hubspoke.words.names import name_title
from hubspoke.words.numbers import with_minus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.outputs.briefing.step import Step
    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.roads.loads import RoadLoads
    from hubspoke.words.language import Lang

FOLDER = Path(__file__).parent
STEPS: tuple[Callable[[Told], Step | None], ...] = (
    tell_origins,
    tell_flows,
    tell_plants,
    tell_cost,
    tell_firmness,
    tell_rule,
    tell_next,
)
"""In their order; a function returns None where a plan has nothing on its subject."""


def list_steps(
    plan: PlanData, lang: Lang, roads: RoadLoads, command: Sequence[str] | None = None
) -> tuple[Told, tuple[Step, ...]]:
    """List the steps of a briefing.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    roads : RoadLoads
        What `trace_roads` returns for the plan.
    command : sequence of str, optional
        The command line that made the plan.
    """
    told = Told(
        plan,
        list_decisions(plan, lang),
        roads,
        briefing_words(lang, plan.settings),
        name_shortly(plan, lang),
        lang,
        command,
    )
    return told, tuple(step for tell in STEPS if (step := tell(told)) is not None)


def write_briefing(
    plan: PlanData,
    *,
    lang: Lang = "en",
    roads: RoadLoads | None = None,
    links: tuple[str, ...] = (),
    command: Sequence[str] | None = None,
) -> str:
    """Write the briefing of a plan as one HTML page that loads nothing.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    roads : RoadLoads, optional
        What `trace_roads` returns for the plan, to save following its roads again.
    links : tuple of str
        Pages that lie beside it and are to be linked: `map.html`, `report.html`.
    command : sequence of str, optional
        The command line that made the plan.

    Returns
    -------
    str
        HTML.
    """
    told, steps = list_steps(plan, lang, roads or trace_roads(plan), command)
    layers, box = draw_layers(told, list_rivals(told))
    words = told.words
    shown = {layer for step in steps for layer in step.layers}
    return _read_template().render(
        lang=lang,
        words=words,
        title=name_title(plan.title, plan.settings, lang),
        year=plan.year,
        steps=steps,
        layers=[(name, layers[name]) for name in LAYERS if name in shown],
        box=box,
        synthetic=bool((plan.assignments["origin"] == "synthetic").any()),
        links=[(href, words["to_map" if href == "map.html" else "to_report"]) for href in links],
        script=(FOLDER / "briefing.js").read_text(encoding="utf-8"),
    )


@cache
def _read_template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["with_minus"] = with_minus
    return environment.from_string((FOLDER / "briefing.html.jinja").read_text(encoding="utf-8"))

"""Report how the published market and cost of recycling lead to those of the plan, and what is recovered by weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.money.reconciliation import reconcile
from hubspoke.money.reconciliation_text import list_steps, reconciliation_words
from hubspoke.outputs.report.blocks import Column, Items, Paragraph, Table
from hubspoke.plan.efficiency_words import describe_efficiency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.outputs.report.blocks import Block
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def reconciliation_blocks(plan: PlanData, lang: Lang) -> Iterator[Block]:
    """Yield a table of steps for market and cost each, with a note; nothing where nothing is published.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Yields
    ------
    Table or Paragraph
    """
    table = reconcile(plan)
    if table.empty:
        return
    words = reconciliation_words(plan, lang)
    levels = list(dict.fromkeys(table["price_level"]))
    names = [str(getattr(plan.settings.price_levels[level], f"name_{lang}")) for level in levels]
    for side in ("market", "cost"):
        steps = list_steps(plan, table, side, lang)
        told = [words["nature"]] if side == "cost" else []
        rows = tuple(
            (
                step.label[:1].upper() + step.label[1:],
                step.reference,
                step.plan,
                *([step.nature] if told else []),
                *(_millions(step.jpy.get(level)) for level in levels),
            )
            for step in steps
        )
        first, last = ([Column(name, "number") for name in some] for some in ((words["source"], words["plan"]), names))
        columns = (Column(words["million_yen"]), *first, *map(Column, told), *last)
        caption = words[f"{side}_title"]
        yield Table(caption[:1].upper() + caption[1:], columns, rows, total=True, shows_caption=True, small=True)
    yield Paragraph(words["natures"][:1].upper() + words["natures"][1:], role="small")


def efficiency_blocks(plan: PlanData, lang: Lang) -> Iterator[Block]:
    """Yield what is recovered by weight, duty by duty; nothing for a plan without packs or metals.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Yields
    ------
    Items
    """
    if lines := describe_efficiency(plan, lang):
        yield Items(tuple(line[:1].upper() + line[1:] for line in lines))


def _millions(jpy: float | None) -> str:
    if jpy is None:
        return "–"
    text = f"{jpy / 1e6:,.0f}"
    return "0" if text == "-0" else text

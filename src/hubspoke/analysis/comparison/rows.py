"""Columns, rows and names that the sections of a comparison have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.outputs.report.blocks import Column, Named
from hubspoke.words.names import name_plant
from hubspoke.words.numbers import format_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.analysis.comparison.tables import ComparisonData
    from hubspoke.words.language import Lang

Row = tuple[str | Named, ...]


def side_by_side(first: Column, names: tuple[str, ...], words: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns for a value of each plan and for its changes against the first."""
    changes = [words["change"]] if len(names) == 2 else [words["change_of"].format(plan=name) for name in names[1:]]
    return (first, *(Column(name, "number") for name in (*names, *changes)))


def row_of_change(name: str, values: list[float]) -> Row:
    """Return a row: its name, a value for each plan, and the changes of all but the first against that."""
    return (name, *(f"{value:,.0f}" for value in values), *(format_change(value - values[0]) for value in values[1:]))


def name_hubs(comparison: ComparisonData, lang: Lang) -> dict[Any, str]:
    """Return the name of every hub of any of the plans, by id."""
    return {hub["id"]: name_plant(hub, lang) for plan in comparison.plans[::-1] for hub in plan.hubs.to_dict("records")}

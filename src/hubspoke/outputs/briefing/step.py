"""A step of a briefing: a finding, what stands behind it, and which layers of the map show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.decision.decision import Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.roads.loads import RoadLoads
    from hubspoke.words.language import Lang


class Table(NamedTuple):
    """A table of texts.

    Attributes
    ----------
    caption : str
    head : tuple of str
    rows : tuple of tuple of str
    right : frozenset of int
        Columns of numbers.
    chips : mapping of (int, int) to str
        Cells that say how firm a choice is, by row and column, with its key.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    chips: Mapping[tuple[int, int], str] = {}


@dataclass(frozen=True)
class Step:
    """A step.

    Attributes
    ----------
    key : str
    title : str
        The finding.
    lead : tuple of str
        Sentences.
    figures : tuple of (str, str)
        Name and value.
    table : Table or None
    points : tuple of str
        What is to be done.
    commands : tuple of str
    source : str
        Where the figures come from, and how sure they are.
    layers : tuple of str
        Of the map, from the bottom up.
    """

    key: str
    title: str
    lead: tuple[str, ...]
    layers: tuple[str, ...]
    source: str
    figures: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    points: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


class Told(NamedTuple):
    """What all steps are made of: a plan, its decision, its roads, words, short names of plants by id, its command."""

    plan: PlanData
    rows: tuple[Decision, ...]
    roads: RoadLoads
    words: Mapping[str, str]
    names: Mapping[str, str]
    lang: Lang
    command: Sequence[str] | None = None

"""A finding: a sentence made of figures by a rule, and the analyses that the figures are from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW, LATER, OPEN, MIND = "now", "later", "open", "mind"
SECTIONS = (NOW, LATER, OPEN, MIND)
"""What to decide now, what can wait, what is not settled, and what would change our mind."""


@dataclass(frozen=True)
class Figure:
    """A figure with its unit.

    Attributes
    ----------
    value : any
        A number, a name, or a list of names.
    unit : str
        `jpy_per_yr`, `jpy`, `t_per_yr`, `t_per_yr:hub` and `t_per_yr:refinery` (of what they take), `share`,
        `share_down` and `share_up` (proven on one side alone), `change` (a share with its sign), `gap`, `count`,
        `year`, `years`; of names `plant`, `plants`, `kind`, `region`, `policy`, `policies`, `future`, `key` (of a
        setting); `value` (of it), `measure` (of a front) and `measure:NAME` for its amount, `message`, `pair` and
        `pairs` (English and Japanese).
    """

    value: Any
    unit: str


@dataclass(frozen=True)
class Clause:
    """What one analysis says.

    Attributes
    ----------
    rule : str
        Key of its words.
    part : str
        The analysis.
    figures : mapping of str to Figure
        By the names of the holes in the words.
    page : str
        What to open in the folder of the analysis, where it is not the usual page.
    """

    rule: str
    part: str
    figures: Mapping[str, Figure]
    page: str = ""


@dataclass(frozen=True)
class Sentence:
    """A finding.

    Attributes
    ----------
    section : str
        One of `SECTIONS`.
    clauses : tuple of Clause
        The first is the sentence; others go on behind it.
    plants : tuple of str
        That it is about.
    """

    section: str
    clauses: tuple[Clause, ...]
    plants: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule by which it was made."""
        return self.clauses[0].rule

    @property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """The analyses that it rests on, each once, and what to open there."""
        return tuple(dict.fromkeys((one.part, one.page) for one in self.clauses))


def yen_per_yr(value: float) -> Figure:
    """Return an amount per year.

    Parameters
    ----------
    value : float
    """
    return Figure(float(value), "jpy_per_yr")


def share(value: float) -> Figure:
    """Return a share.

    Parameters
    ----------
    value : float
    """
    return Figure(float(value), "share")


def count(value: int) -> Figure:
    """Return a number of things.

    Parameters
    ----------
    value : int
    """
    return Figure(int(value), "count")


def plants_of(names: Any) -> Figure:
    """Return plants by their ids.

    Parameters
    ----------
    names : iterable of str
    """
    return Figure(list(names), "plants")

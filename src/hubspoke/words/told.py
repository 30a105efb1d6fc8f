"""What an analysis tells, as sentences and tables of texts: the same for a terminal and for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class ToldTable:
    """A table of texts.

    Attributes
    ----------
    caption : str
        On a terminal the line above the table; none where it is empty.
    heads : tuple of str
    rows : tuple of tuples of str
    forms : tuple of str
        Of each column: `text`, `number` (aligned to the right) or `prose` (wide, and wrapped on a page).
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    forms: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield the lines of the table for a terminal."""
        if self.caption:
            yield self.caption
        right = {at for at, form in enumerate(self.forms) if form == "number"}
        yield from lay_out([self.heads, *self.rows], right=right)


Told = str | ToldTable


def lay_lines(told: Iterable[Told]) -> str:
    """Return what is told in lines for a terminal, each table with an empty line around it.

    Parameters
    ----------
    told : iterable of str and ToldTable

    Examples
    --------
    >>> print(lay_lines(["Two plants:", ToldTable("", ("plant", "t"), (("a", "10"),), ("text", "number")), "All."]))
    Two plants:
    <BLANKLINE>
    plant   t
    a      10
    <BLANKLINE>
    All.
    """
    lines: list[str] = []
    after_table = False
    for one in told:
        is_table = isinstance(one, ToldTable)
        if lines and (is_table or after_table):
            lines.append("")
        lines += one.lines() if isinstance(one, ToldTable) else [one]
        after_table = is_table
    return "\n".join(lines)

"""English texts with holes, the Japanese that says the same, and how a text that was made of one is read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from hubspoke.words.japanese.catalogue import NOUN_HOLES, NOUNS

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED = ": "
"""What stands between the name of a region, year or scenario and what is said of it."""


@dataclass(frozen=True)
class Template:
    """An English text with holes, and the Japanese that says the same.

    Attributes
    ----------
    japanese : str
        As `str.format` takes it.
    parts : tuple of str
        What stands before, between and behind the holes of the English.
    pattern : Pattern
        Matches a text that was made of it.
    """

    japanese: str
    parts: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def build(cls, english: str, japanese: str) -> Template:
        """Return the template of a pair of texts."""
        parts, names = read_template(english)
        holes = [*(f"(?P<{name}>.*?)" for name in names), ""]
        pattern = "".join(re.escape(part) + hole for part, hole in zip(parts, holes, strict=True))
        return cls(japanese, parts, re.compile(pattern, re.DOTALL))

    @property
    def length(self) -> int:
        """Letters that are the same in every text made of it."""
        return sum(map(len, self.parts))

    def match(self, text: str) -> dict[str, str] | None:
        """Return the values that a text was made with; None where it was not made of this."""
        if not text.startswith(self.parts[0]) or not all(part in text for part in self.parts):
            return None
        found = self.pattern.fullmatch(text)
        values = {} if found is None else found.groupdict()
        return None if found is None or self._begins_later(values) or _is_odd(values) else values

    def _begins_later(self, values: Mapping[str, str]) -> bool:
        """Return whether a name stands before the sentence, such as that of a region, and was taken for a value."""
        first = next(iter(values.values()), "")
        return not self.parts[0] and (NAMED in first or first.endswith(NAMED.rstrip()))


def read_template(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands around the holes of a text that `str.format` takes, and the names of the holes.

    Parameters
    ----------
    text : str

    Returns
    -------
    parts : tuple of str
        One more than holes.
    names : tuple of str

    Examples
    --------
    >>> read_template("the id {id} is {{new}}")
    (('the id ', ' is {new}'), ('id',))
    """
    parts, names = [""], []
    for before, name, _, _ in Formatter().parse(text):
        parts[-1] += before
        if name is not None:
            names.append(name)
            parts.append("")
    return tuple(parts), tuple(names)


def _is_odd(values: Mapping[str, str]) -> bool:
    """Return whether something stands in a hole that only a word of the program's own can stand in."""
    return any(name in values and values[name] not in NOUNS for name in NOUN_HOLES)

"""What the titles of columns mean: the columns of a table under their own names, other names and other units."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BRACKETS = re.compile(r"[(\[【〔<{]([^()\[\]]*)[)\]】〕>}]\s*$")
UNIT_TAIL = re.compile(r"^(.+)_(kg|t|km|m)$")
COUNT = "台数"
"""What a title says that counts packs or cars."""
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
YEAR = re.compile(r"(?:fy)?(20\d\d)(?:年度|年)?")


@dataclass(frozen=True)
class Meaning:
    """What a column is read as.

    Attributes
    ----------
    column : str
        Name of the column in the table.
    factor : float
        By which its numbers are multiplied to be in the unit of that column; NaN where the unit is not known.
    unit : str
        The unit as the title states it; empty where it states none.
    exact : bool
        The title is the name itself, so that there is nothing to tell.
    numbered : bool
        The title is that of a running number, which is no id of its own.
    """

    column: str
    factor: float = 1.0
    unit: str = ""
    exact: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Headings:
    """The titles under which columns of one table are known.

    Attributes
    ----------
    names : frozenset of str
        Names of the columns themselves.
    words : mapping of str to str
        Column by other title, in the form of `plain`.
    numbers : frozenset of str
        Titles of running numbers, which stand for ids.
    units : mapping of str to (mapping of str to float)
        Factor by unit, by column of numbers.
    own : mapping of str to Meaning
        What the settings say of titles, in the form of `plain`.
    classes : frozenset of str
        Pack classes, which may stand in titles of columns of tonnes.
    """

    names: frozenset[str]
    words: Mapping[str, str]
    numbers: frozenset[str]
    units: Mapping[str, Mapping[str, float]]
    own: Mapping[str, Meaning]
    classes: frozenset[str] = frozenset()

    def find(self, title: str) -> Meaning | None:
        """Return what a title means, or None where that is not sure."""
        sure = self.own.get(plain(title)) or self._find_both(title)
        if sure is not None:
            return sure
        name = title.strip().lower()
        if name in self.names:
            return Meaning(name, exact=True)
        key, unit = split_unit(title)
        if key in self.numbers and "id" in self.names:
            return Meaning("id", numbered=True)
        column = self._look_up(key)
        if column is None and (tail := UNIT_TAIL.match(key)) and not unit:
            column, unit = self._look_up(tail[1]), tail[2]
        if column is None:
            column = self._find_tonnes(key, unit)
        if column is None:
            return None
        unit = unit or ("台" if COUNT in key else "")
        units = self.units.get(column)
        if not unit or units is None:
            return Meaning(column)
        return Meaning(column, units.get(unit, float("nan")), unit)

    def _find_both(self, title: str) -> Meaning | None:
        """Return what a title of several lines means where all of them, such as two languages, mean the same."""
        parts = [line for line in title.splitlines() if line.strip()]
        if len(parts) < 2:
            return None
        lines = [self.find(line) for line in parts]
        found = [meaning for meaning in lines if meaning is not None]
        if len(found) < len(lines) or len({meaning.column for meaning in found}) != 1:
            return None
        stated = next((meaning for meaning in found if meaning.unit), found[0])
        return replace(stated, exact=any(meaning.exact for meaning in found) and stated.factor == 1)

    def _look_up(self, key: str) -> str | None:
        if key in self.names:
            return key
        column = self.words.get(key) or self.words.get(key.replace("の", ""))  # 施設の名称 for 施設名称
        return column or (f"{key}_t" if f"{key}_t" in self.names else None)

    def _find_tonnes(self, key: str, unit: str) -> str | None:
        """Return the column of tonnes that a title with a year means, such as `2030年処理量`, or None."""
        if "mass_t" not in self.names:
            return None
        match = YEAR.search(key)
        if match is None:
            return None
        rest = (key[: match.start()] + key[match.end() :]).strip("_の")
        rest = tail[1] if (tail := UNIT_TAIL.match(rest)) else rest
        if rest in ("t", "kg") or (not rest and unit):
            kind = "mass"
        elif rest in self.classes:
            kind = rest
        elif self.words.get(rest) == "mass_t" or rest == "mass":
            kind = "mass"
        else:
            return None
        column = f"{kind}_{match[1]}_t"
        return column if column in self.names else None


def plain(title: str) -> str:
    """Return a title in one form: full-width signs narrow, lower case, without blanks, words joined by `_`.

    Parameters
    ----------
    title : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain(" Ｍａｘ　Ｔ（t／年） ")
    'max_t(t/年)'
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", title)).strip().lower()
    return re.sub(r"_*([()])_*", r"\1", re.sub(r"[\s\-]+", "_", text)).strip("_")


def split_unit(title: str) -> tuple[str, str]:
    """Return the word of a title in the form of `plain`, and the unit in brackets behind it, if any.

    Parameters
    ----------
    title : str

    Returns
    -------
    word : str
    unit : str

    Examples
    --------
    >>> split_unit("年間処理量 (t)"), split_unit("lat")
    (('年間処理量', 't'), ('lat', ''))
    """
    text = plain(title)
    match = BRACKETS.search(text)
    if match is None:
        return text.rstrip("*※.:"), ""
    return text[: match.start()].strip("_*※.:"), match[1].replace("_", "")


def unit_of(cell: str) -> str:
    """Return a unit that stands in a cell of its own, in the form of `plain`, without brackets.

    Parameters
    ----------
    cell : str

    Returns
    -------
    str

    Examples
    --------
    >>> unit_of("（t／年）")
    't/年'
    """
    return plain(cell).strip("()[]【】〔〕").replace("_", "")

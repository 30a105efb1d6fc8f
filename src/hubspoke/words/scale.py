"""The one unit in which the amounts of a summary are written, so that they can be compared line by line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.words.numbers import with_minus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hubspoke.words.language import Lang

LEAST_LARGE, MILLION, LEAST_THOUSAND = 1e7, 1e6, 1e4
"""Amounts a year from which bn or 億 of yen are written, millions, and thousands; less would read as nothing."""
LEAST_WHOLE = 1e9
"""Largest amount of a table from which its millions have no decimals."""
ENGLISH, JAPANESE = re.compile(r"\b(?:bn|[Mm]illion) (?!t)"), re.compile("(?:億|百万)(?!t)")
"""Units of money in texts, which another one may take the place of; tonnes and their kilometres stay."""


@dataclass(frozen=True)
class Scale:
    """A unit, as texts name it that are written in bn and 億.

    Attributes
    ----------
    english, japanese : str
        What stands before the currency.
    divisor : float
        What amounts are divided by.
    digits : int
        Decimals.
    """

    english: str
    japanese: str
    divisor: float
    digits: int

    def write(self, jpy: float) -> str:
        """Write an amount; what is not known or not finite is a dash."""
        return with_minus(f"{jpy / self.divisor:,.{self.digits}f}") if math.isfinite(jpy) else "–"

    def fit(self, text: str) -> str:
        """Return a text that is written in bn or 億 of money, or in millions, with this unit in their place."""
        return JAPANESE.sub(self.japanese, ENGLISH.sub(f"{self.english} ".lstrip(), text))

    def fit_all(self, words: Mapping[str, str]) -> dict[str, str]:
        """Return words by key with this unit in place of theirs."""
        return {key: self.fit(text) for key, text in words.items()}


def choose_scale(largest: float, lang: Lang, *, yen: bool) -> Scale:
    """Return bn or 億 of yen, millions of another currency, and smaller units for small amounts.

    Parameters
    ----------
    largest : float
        The largest amount that is written, a year.
    lang : {"en", "ja"}
    yen : bool
        Whether the currency is yen.

    Examples
    --------
    >>> choose_scale(2.3e9, "ja", yen=True).write(2.3e9), choose_scale(4e5, "en", yen=True).write(4e5)
    ('23.00', '400.0')
    """
    if 0 < largest < LEAST_THOUSAND:
        return Scale("", "", 1.0, 0)
    if 0 < largest < MILLION:
        return Scale("thousand", "千", 1e3, 1)
    if not yen or 0 < largest < LEAST_LARGE:
        return Scale("million", "百万", 1e6, 3)
    return Scale("bn", "億", 1e8, 2) if lang == "ja" else Scale("bn", "億", 1e9, 3)


def choose_table_scale(amounts: Iterable[float]) -> Scale:
    """Return the unit of a table that is written in millions: those, or a smaller one where they would read as nothing.

    Parameters
    ----------
    amounts : iterable of float
        Those of the table; what is not finite does not count.

    Examples
    --------
    >>> choose_table_scale([2e5, -3e6]).fit("cost, million yen/yr"), choose_table_scale([2e9]).write(2e9)
    ('cost, thousand yen/yr', '2,000')
    """
    largest = max((abs(amount) for amount in amounts if math.isfinite(amount)), default=0.0)
    if 0 < largest < LEAST_THOUSAND:
        return Scale("", "", 1.0, 0)
    if 0 < largest < LEAST_LARGE:
        return Scale("thousand", "千", 1e3, 0)
    return Scale("million", "百万", MILLION, 1 if 0 < largest < LEAST_WHOLE else 0)

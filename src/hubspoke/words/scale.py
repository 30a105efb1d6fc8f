"""The one unit in which the amounts of a summary are written, so that they can be compared line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.words.language import Lang

LEAST_LARGE, MILLION = 1e7, 1e6
"""Amounts a year from which bn or 億 of yen are written, and millions; what is smaller would read as nothing."""


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
        """Write an amount."""
        return f"{jpy / self.divisor:,.{self.digits}f}"


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
    if 0 < largest < MILLION:
        return Scale("thousand", "千", 1e3, 1)
    if not yen or 0 < largest < LEAST_LARGE:
        return Scale("million", "百万", 1e6, 3)
    return Scale("bn", "億", 1e8, 2) if lang == "ja" else Scale("bn", "億", 1e9, 3)

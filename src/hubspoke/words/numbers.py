"""Write numbers, yen and gaps in the same way wherever they are shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.base.status import EXACT_GAP

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

_EN_SCALES = ((9.995e8, "bn ", 1e9), (9.995e5, "million ", 1e6), (1e4, "thousand ", 1e3), (0.0, "", 1.0))
_JA_SCALES = ((1e8, "億"), (1e4, "万"), (0.0, ""))


def format_number(value: float) -> str:
    """Write a number with thousands separators, and with fewer decimals the larger it is.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        No decimals from 100 on and for 0, one from 10 on, else two; "–" for an infinite number or NaN.

    Examples
    --------
    >>> [format_number(value) for value in (1234.6, 56.78, -0.123, 0)]
    ['1,235', '56.8', '−0.12', '0']
    """
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    decimals = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2
    return f"{value:,.{decimals}f}".replace("-", "−")


def with_minus(text: str) -> str:
    """Write a number below zero with the sign of a minus, as `format_number` does, and nothing below zero as 0.

    Parameters
    ----------
    text : str
        A number as it stands in a table; any other text stays.

    Returns
    -------
    str

    Examples
    --------
    >>> with_minus("-347"), with_minus("-0.0"), with_minus("-"), with_minus("gre-soma")
    ('−347', '0.0', '-', 'gre-soma')
    """
    if text[:1] not in ("-", "−") or not text[1:2].isdigit():
        return text
    return f"−{text[1:]}" if any(digit in text for digit in "123456789") else text[1:]


def format_change(value: float, digits: int = 0) -> str:
    """Write a change with its sign; no sign where it rounds to nothing.

    Parameters
    ----------
    value : float
    digits : int
        Decimals shown.

    Returns
    -------
    str

    Examples
    --------
    >>> format_change(741.2), format_change(-0.2), format_change(-12.34, 1)
    ('+741', '0', '−12.3')
    """
    text = f"{value:+,.{digits}f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.lstrip("+-")


def format_large(value: float, lang: Lang, unit: str) -> str:
    """Write a large number in the scales of the language: bn, million and, from 10,000, thousand; or 億 and 万.

    Parameters
    ----------
    value : float
    lang : {"en", "ja"}
    unit : str
        What is counted, put behind the scale.

    Returns
    -------
    str
        The number as `format_number` writes it in the largest scale that it reaches; "–" for an infinite number or NaN.

    Examples
    --------
    >>> format_large(1.234e9, "en", "yen"), format_large(1.234e9, "ja", "円")
    ('1.23 bn yen', '12.3億円')
    """
    if not math.isfinite(value):
        return "–"
    _, name, scale = next(one for one in list_scales(lang, unit) if abs(value) >= one[0])
    return f"{format_number(value / scale)}{name}"


def list_scales(lang: Lang, unit: str) -> list[tuple[float, str, float]]:
    """List the scales in which large numbers are written, the largest first.

    Parameters
    ----------
    lang : {"en", "ja"}
    unit : str
        What is counted.

    Returns
    -------
    list of (float, str, float)
        Least number written in a scale, what stands behind it, and what it is divided by.

    Examples
    --------
    >>> list_scales("en", "yen")[2:]
    [(10000.0, ' thousand yen', 1000.0), (0.0, ' yen', 1.0)]
    """
    if lang == "ja":
        return [(least, f"{name}{unit}", least or 1.0) for least, name in _JA_SCALES]
    return [(least, f" {name}{unit}", scale) for least, name, scale in _EN_SCALES]


SMALLEST_GAP = 1e-4
"""Least gap that is written as a number; smaller ones would read as nothing."""


def per_kg(jpy: float, mass_t: float) -> float:
    """Return yen per kilogram.

    Parameters
    ----------
    jpy : float
        Yen.
    mass_t : float
        Tonnes.

    Returns
    -------
    float
        0 where there is no mass.
    """
    return jpy / mass_t / 1000 if mass_t else 0.0


def format_yen(jpy: float, lang: Lang, settings: Settings | None = None) -> str:
    """Write an amount of money in the scales of the language, as `format_large` does.

    Parameters
    ----------
    jpy : float
        Yen, or the currency of the settings.
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the currency; yen without them.

    Returns
    -------
    str
    """
    name = {"en": "yen", "ja": "円"}[lang] if settings is None else str(getattr(settings.currency, f"name_{lang}"))
    return format_large(jpy, lang, name)


def format_idle(idle: int, lang: Lang) -> str:
    """Write how many of the plants just counted are idle.

    Parameters
    ----------
    idle : int
        Plants that are built and have nothing to do.
    lang : {"en", "ja"}

    Returns
    -------
    str

    Examples
    --------
    >>> format_idle(1, "en"), format_idle(1, "ja")
    ('1 idle', 'うち不使用1')
    """
    return f"うち不使用{idle:,}" if lang == "ja" else f"{idle:,} idle"


def format_count(built: int, idle: int, lang: Lang) -> str:
    """Write a number of plants, and how many of them are idle where any are.

    Parameters
    ----------
    built : int
        Plants that are built and paid for.
    idle : int
        Those among them that have nothing to do.
    lang : {"en", "ja"}

    Returns
    -------
    str

    Examples
    --------
    >>> format_count(8, 0, "en"), format_count(8, 1, "en"), format_count(8, 1, "ja")
    ('8', '8 (1 idle)', '8（うち不使用1）')
    """
    if not idle:
        return f"{built:,}"
    told = format_idle(idle, lang)
    return f"{built:,}（{told}）" if lang == "ja" else f"{built:,} ({told})"


def format_gap(gap: float, *, at_most: bool = False) -> str:
    """Write a proven gap in per cent with two decimals, rounded up: the text never promises more than is proven.

    Parameters
    ----------
    gap : float
        Share, 0 or more; infinite where nothing is proven.
    at_most : bool
        Write a small gap with one digit, rounded up, for a sentence that states what no other plan exceeds.

    Returns
    -------
    str
        "0 %" for a gap that is proven to be none (`EXACT_GAP`), "–" for an infinite one.

    Examples
    --------
    >>> [format_gap(gap) for gap in (0.0, 3e-5, 0.0123, float("inf"))]
    ['0 %', '< 0.01 %', '1.23 %', '–']
    >>> [format_gap(gap, at_most=True) for gap in (3e-5, 4.2e-7)]
    ['0.003 %', '0.00005 %']
    """
    if not math.isfinite(gap):
        return "–"
    if gap <= EXACT_GAP:
        return "0 %"
    if gap < SMALLEST_GAP:
        return _format_small_gap(100 * gap) if at_most else f"< {100 * SMALLEST_GAP:.2f} %"
    hundredths = math.ceil(1e4 * gap - 1e-6)  # what doubles lose of a round number does not lift it
    return f"{max(hundredths, 1) / 100:.2f} %"


def _format_small_gap(percent: float) -> str:
    """Write per cent below 0.01 with one digit, rounded up."""
    place = math.floor(math.log10(percent))
    digit = math.ceil(percent / 10.0**place - 1e-6)
    place, digit = (place + 1, 1) if digit == 10 else (place, digit)
    return f"{digit * 10.0**place:.{-place}f} %"


def format_asked_gap(gap: float) -> str:
    """Write a gap that a user asks for in per cent, with all of its digits.

    Parameters
    ----------
    gap : float
        Share, 0 or more.

    Returns
    -------
    str

    Examples
    --------
    >>> [format_asked_gap(gap) for gap in (1e-6, 1e-3, 0.025, 0.0)]
    ['0.0001 %', '0.1 %', '2.5 %', '0 %']
    """
    return f"{100 * gap:.12f}".rstrip("0").rstrip(".") + " %"

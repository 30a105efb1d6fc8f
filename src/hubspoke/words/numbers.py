"""Yen, tonnes, gaps and shares in words, one way everywhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.words.language import Lang

_EN_SCALES = ((1e9, "bn "), (1e6, "million "), (1.0, ""))
_JA_SCALES = ((1e8, "億"), (1e4, "万"), (1.0, ""))


def format_number(value: float) -> str:
    """Write a number with thousands separators and three significant digits or all digits before the point."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    decimals = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2
    return f"{value:,.{decimals}f}".replace("-", "−")


def format_large(value: float, lang: Lang, unit: str) -> str:
    """Write a large number in the units of the language: bn and million, or 億 and 万."""
    if not math.isfinite(value):
        return "–"
    for scale, name in _JA_SCALES if lang == "ja" else _EN_SCALES:
        if abs(value) >= scale or scale == 1:
            return f"{format_number(value / scale)}{' ' if lang == 'en' else ''}{name}{unit}"
    raise AssertionError


EXACT = 1e-9
"""Gap below which a plan is called exactly the best."""


def per_kg(jpy: float, mass_t: float) -> float:
    """Give yen per kg; 0 where there is no mass."""
    return jpy / mass_t / 1000 if mass_t else 0.0


def format_yen(jpy: float, lang: Lang) -> str:
    """Write an amount of yen in the large units of the language."""
    return format_large(jpy, lang, {"en": "yen", "ja": "円"}[lang])


def format_gap(gap: float) -> str:
    """Write a gap in per cent."""
    return "–" if not np.isfinite(gap) else "0 %" if gap <= EXACT else f"{100 * gap:.2g} %"

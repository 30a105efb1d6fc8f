"""Prices of a box, with the relaxed answer that they came with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

    Prices = dict[str, Floats]
    """Arrays by name, as `check_bound` takes them."""


class Priced(NamedTuple):
    """Prices, and what the relaxed answer opens and ships: sizes by hub (H, K) and refinery (R, L), shares (S, H)."""

    prices: Prices
    hubs: Floats
    refineries: Floats
    share: Floats

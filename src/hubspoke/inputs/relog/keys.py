"""Keys and ids made of a case's own names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TAKEN = ("mass", "black_mass", "scrap")
"""Words that mean something else in columns of tonnes and yields."""


def make_keys(names: Iterable[str], other: str) -> dict[str, str]:
    """Return a key for each name: lower-case letters, digits and `_`, no two the same.

    Parameters
    ----------
    names : iterable of str
    other : str
        What a name is called of which no letter is left, followed by a number.

    Examples
    --------
    >>> make_keys(["Used Boat", "used-boat", "電池", "mass"], "product")
    {'Used Boat': 'used_boat', 'used-boat': 'used_boat_2', '電池': 'product', 'mass': 'product_mass'}
    """
    keys: dict[str, str] = {}
    for name in dict.fromkeys(names):
        key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        if not re.match("[a-z]", key) or key in TAKEN:
            key = f"{other}_{key}".rstrip("_")
        number, first = 1, key
        while key in keys.values():
            number += 1
            key = f"{first}_{number}"
        keys[name] = key
    return keys


def make_ids(pairs: Sequence[tuple[str, str]], taken: set[str]) -> list[str]:
    """Return an id for each pair of name and further name: the name alone where it is not taken, else both.

    Parameters
    ----------
    pairs : sequence of (str, str)
    taken : set of str
        Ids that are taken; those made are added, in place.

    Examples
    --------
    >>> make_ids([("L1", "F1"), ("L1", "F2"), ("L1", "F2")], set())
    ['L1', 'L1 F2', 'L1 F2 2']
    """
    made = []
    for name, further in pairs:
        short = " ".join(name.split()) or further
        both = f"{short} {further}".strip()
        tried, number = (short if short not in taken else both), 1
        while tried in taken:
            number += 1
            tried = f"{both} {number}"
        taken.add(tried)
        made.append(tried)
    return made

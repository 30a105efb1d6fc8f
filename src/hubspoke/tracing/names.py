"""Names of lots and of what is done to them: the same input and plan give the same names, any other gives others."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hubspoke.plan.plan import PlanData

TRACED: dict[str, tuple[str, ...]] = {
    "assignments": ("site_id", "region", "hub_id"),
    "imports": ("source_id", "country", "port_id", "region", "class", "grade", "mass_t"),
    "flows": ("hub_id", "from_kind", "refinery_id", "grade", "mass_t"),
    "refineries": ("id", "region", "technology"),
    "hubs": ("id", "region"),
}
"""Columns of the tables of a plan that a trace rests on; tonnes by class are added to those of `assignments`."""


def fingerprint_plan(plan: PlanData) -> str:
    """Return the SHA-256 of all that lots follow from: input files, settings, and the traced tables of the plan.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    str
        Hexadecimal. The same whether the plan was just made or was read from its run folder.
    """
    digest = hashlib.sha256()
    classes = [f"{key}_t" for key in plan.settings.classes]
    stated = {
        "year": plan.year,
        "policy": plan.policy,
        "hashes": dict(sorted(plan.hashes.items())),
        "settings": plan.settings.model_dump(mode="json", exclude_none=True),
    }
    digest.update(json.dumps(stated, sort_keys=True, ensure_ascii=False).encode())
    for name in (table for table in TABLES if table in TRACED):
        columns = [*TRACED[name], *(classes if name == "assignments" else ())]
        digest.update(getattr(plan, name)[columns].to_csv(index=False, lineterminator="\n").encode())
    return digest.hexdigest()


def name_each(kind: str, year: int, mark: str, keys: Iterable[Sequence[object]]) -> list[str]:
    """Return a name for each of several keys.

    Parameters
    ----------
    kind : str
        What is named; the name begins with it.
    year : int
    mark : str
        Fingerprint of the plan, and whatever else makes names differ.
    keys : iterable of sequence
        No two alike.

    Returns
    -------
    list of str
        Such as `product-2040-0123456789abcdef`.
    """
    texts = (json.dumps([mark, kind, *map(str, key)], ensure_ascii=False).encode() for key in keys)
    return [f"{kind}-{year}-{hashlib.sha256(text).hexdigest()[:16]}" for text in texts]

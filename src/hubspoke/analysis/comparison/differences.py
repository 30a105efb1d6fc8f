"""What differs in the making of two plans: settings, options and input files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.plan.plan import PlanData

SHARES_OF_TONNES = "t/t"
"""Unit of numbers that state none and stand by metal under a setting whose name ends in `_t_per_t`."""


def find_differences(pairs: Sequence[tuple[str, PlanData]]) -> pd.DataFrame:
    """List every setting, option and input file of a plan that differs from the first plan's.

    Parameters
    ----------
    pairs : sequence of (str, PlanData)
        Names and plans.

    Returns
    -------
    DataFrame
        `plan, kind, key, unit, base_value, value`; `kind` is `setting`, `option` or `input` (a file's fingerprint).
    """
    base = _list_values(pairs[0][1])
    rows = []
    for name, plan in pairs[1:]:
        own = _list_values(plan)
        for kind, key in sorted(set(base) | set(own)):
            old, new = base.get((kind, key), ("", "")), own.get((kind, key), ("", ""))
            if old[0] != new[0]:
                rows.append((name, kind, key, new[1] or old[1], old[0], new[0]))
    return pd.DataFrame(rows, columns=["plan", "kind", "key", "unit", "base_value", "value"])


def _list_values(plan: PlanData) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the value and unit of everything that was asked, as text, by kind and key."""
    settings = plan.settings.model_dump(mode="json", exclude_none=True)
    settings["materials"].pop("mix", None)  # follows from the sites of the network, not from anything that was asked
    values = {("setting", key): pair for key, pair in _walk(settings)}
    values |= {("option", "year"): (str(plan.year), "")}
    values |= {("option", key): (_tell(value), "") for key, value in plan.options.items()}
    return values | {("input", name): (digest, "SHA-256") for name, digest in plan.hashes.items()}


def _walk(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    for name, value in settings.items():
        key = f"{above}{name}"
        if is_quantity_table(value):
            unit = str(value.get("unit", "")) or (SHARES_OF_TONNES if above.endswith("_t_per_t.") else "")
            yield key, (f"{value['value']:.10g}", unit)
        elif isinstance(value, dict):
            yield from _walk(value, f"{key}.")
        else:
            yield key, (_tell(value), "")


def _tell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

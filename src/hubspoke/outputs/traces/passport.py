"""The fragment of a battery passport that a plan can state: recycled content for a whole country, as a list of shares.

Names are those of the Battery Pass data model, aspect Circularity 1.2.0 (DIN DKE SPEC 99100). All else that the aspect
requires is of a battery, and no plan knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.metals.demand import tabulate_shares

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

ASPECT = "urn:samm:io.BatteryPass.Circularity:1.2.0#Circularity"
MATERIALS = {"cobalt": "Cobalt", "nickel": "Nickel", "lithium": "Lithium", "lead": "Lead"}
"""Metals that the passport knows, by their keys in the settings."""
NOTE = (
    "A fragment, and no battery passport: recycledContent alone, planned, and of the plan beside all packs made in the "
    "country in the year, where the passport asks for the share in the active materials of one battery model of one "
    "plant. Missing are dismantlingAndRemovalInformation, sparePartSources, safetyMeasures, endOfLifeInformation and "
    "renewableContent."
)


def write_fragment(plan: PlanData) -> dict[str, Any] | None:
    """Return the recycled content of the packs made in the year of a plan, as a fragment of a passport.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict or None
        JSON data; None where no demand is stated. Shares above 100 % in sum are brought down to it.
    """
    table = tabulate_shares(plan)
    table = table[table["demand_t"] > 0]
    content = []
    for metal, name in MATERIALS.items():
        if metal in table.index:
            t = {str(key): float(value) for key, value in table.loc[[metal]].iloc[0].items()}
            pre, post = (100.0 * (t[key] + t[f"abroad_{key}"]) / t["demand_t"] for key in PARTS)
            scale = min(1.0, 100.0 / (pre + post)) if pre + post > 0 else 1.0
            content.append(
                {"recycledMaterial": name, "preConsumerShare": pre * scale, "postConsumerShare": post * scale}
            )
    if not content:
        return None
    return {"fragment": True, "note": NOTE, "aspect": ASPECT, "year": plan.year, "recycledContent": content}


PARTS = ("pre_t", "post_t")

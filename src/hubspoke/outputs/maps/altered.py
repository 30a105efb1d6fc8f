"""Mark what becomes of the plants of plans that are compared with the first: another technology, another size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.plan.decision.changes import compare_tables
from hubspoke.words.names import name_technology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

ALTERED = ("converted", "enlarged", "reduced")
"""What becomes of a plant that both plans build, where it is not the same."""


def mark_altered(payload: Mapping[str, Any], plans: Sequence[PlanData], lang: Lang) -> None:
    """Mark in the frames of all plans but the first the plants that the first plan builds otherwise.

    Parameters
    ----------
    payload : mapping
        What `build_payload` returns for the plans; such plants gain `altered`, one of `ALTERED`, and where another
        technology makes it, `technology` and `was`, the names of the new and of the old one.
    plans : sequence of PlanData
    lang : {"en", "ja"}
        Language of names.
    """
    at = {("hub" if one["kind"] != "refinery" else "refinery", one["id"]): n for n, one in enumerate(payload["plants"])}
    base = plans[0]
    for plan, frame in zip(plans[1:], payload["frames"][1:], strict=True):
        for kind, old, new in (("hub", base.hubs, plan.hubs), ("refinery", base.refineries, plan.refineries)):
            changes = compare_tables(old, new)
            for row in changes[changes["change"].isin(ALTERED)].reset_index().to_dict("records"):
                told = frame["plants"][at[kind, str(row["id"])]]
                told["altered"] = str(row["change"])
                if row["change"] == "converted":
                    told["technology"] = name_technology(plan.settings, str(row["technology"]), lang)
                    told["was"] = name_technology(base.settings, str(row["base_technology"]), lang)

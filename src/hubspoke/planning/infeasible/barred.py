"""Name the refineries that are of no use in a year, as they recover less of a metal than is asked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.planning.infeasible.echelons import list_names
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.network import Network


def explain_barred(network: Network) -> Iterator[str]:
    """Yield a sentence where refineries stand in the tables whose technologies all recover too little.

    Parameters
    ----------
    network : Network
        With the settings of the year; where they are those of all years the tables hold no such refinery.
    """
    settings, table = network.settings, network.refineries
    barred, least = settings.barred_takers, settings.policy.least_recovery_t_per_t
    gone = [
        str(plant)
        for plant, cell in zip(table["id"], table["technology"], strict=True)
        if barred.issuperset(split_technologies(cell))
    ]
    if barred and gone:
        asked = ", ".join(f"{metal} {100 * share:g} %" for metal, share in least.items())
        told = list_names(gone)
        yield (
            f"{told} recover less than policy.least_recovery_t_per_t asks for then ({asked}); ask for less, or add a "
            "technology that recovers more"
        )

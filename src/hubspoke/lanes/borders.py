"""Find the lanes from sites to hubs that the rules allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Rules


def allowed_lanes(
    lanes: Lanes, site_region: NDArray[np.int64], hub_region: NDArray[np.int64], rules: Rules
) -> NDArray[np.bool_]:
    """Return which site may deliver to which hub.

    Parameters
    ----------
    lanes : Lanes
        Of S sites and H hubs.
    site_region, hub_region : int arrays, shape (S,), (H,)
        Number of the region that each lies in.
    rules : Rules

    Returns
    -------
    bool array, shape (S, H)
        True for lanes that are reachable, no longer than the longest haul and, unless packs may cross borders, within
        one region.
    """
    allowed: NDArray[np.bool_] = lanes.reachable.copy()
    if not rules.packs_cross_borders:
        allowed &= site_region[:, None] == hub_region[None, :]
    if rules.longest_haul_km is not None:
        allowed &= lanes.distance_km <= rules.longest_haul_km
    return allowed

"""Which lanes the rules allow."""

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
    """Say which site may deliver to which hub, shape (S, H)."""
    allowed: NDArray[np.bool_] = lanes.reachable.copy()
    if not rules.packs_cross_borders:
        allowed &= site_region[:, None] == hub_region[None, :]
    if rules.longest_haul_km is not None:
        allowed &= lanes.distance_km <= rules.longest_haul_km
    return allowed

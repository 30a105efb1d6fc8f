"""Questions that take many plans: sweeps over settings and scenarios."""

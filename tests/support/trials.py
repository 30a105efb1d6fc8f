"""How much the tests try: little by default, everything in a long run that `HUBSPOKE_EXAMPLES` asks for."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_ASKED = os.environ.get("HUBSPOKE_EXAMPLES")
LONG_RUN = _ASKED is not None

# The usual run draws the same problems every time, a long run new ones; neither is judged by how long that takes.
settings.register_profile(
    "usual", derandomize=not LONG_RUN, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("usual")


def examples(usual: int) -> int:
    """Return how many random problems a test tries: `usual`, or at least as many in a long run as it asks for."""
    return usual if _ASKED is None else max(usual, int(_ASKED))

"""How much the tests try: little by default, everything in a long run that `HUBSPOKE_EXAMPLES` asks for."""

from __future__ import annotations

import os

_ASKED = os.environ.get("HUBSPOKE_EXAMPLES")
LONG_RUN = _ASKED is not None


def examples(usual: int) -> int:
    """Return how many random problems a test tries: `usual`, or at least as many in a long run as it asks for."""
    return usual if _ASKED is None else max(usual, int(_ASKED))

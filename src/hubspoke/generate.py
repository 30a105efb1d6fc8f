"""Old path of `hubspoke.generate_problem`: kept for one release, with a warning."""

import warnings

from hubspoke.instances.generate import Curve, generate_problem

__all__ = ["Curve", "generate_problem"]

warnings.warn(
    "hubspoke.generate goes with version 0.2: import generate_problem from hubspoke", DeprecationWarning, stacklevel=2
)

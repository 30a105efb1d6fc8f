"""Old path of `hubspoke.check_bound`: kept for one release, with a warning."""

import warnings

from hubspoke.engine.certificate.check import check_bound

__all__ = ["check_bound"]

warnings.warn(
    "hubspoke.certificate goes with version 0.2: import check_bound from hubspoke", DeprecationWarning, stacklevel=2
)

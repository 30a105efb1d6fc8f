"""The version of this package, on which depends whatever is remembered from one run to the next."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """Return the version of this package; empty where it is not installed."""
    try:
        return version("hubspoke")
    except PackageNotFoundError:
        return ""

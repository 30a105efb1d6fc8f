"""Refuse what is given to the library in place of changes of settings, by the name of the argument."""

from __future__ import annotations

from collections.abc import Mapping

from hubspoke.base.errors import UsageError


def check_changes(changes: object, name: str = "changes") -> None:
    """Raise where changes of settings are no mapping by dotted key.

    Parameters
    ----------
    changes : any
        None for no changes.
    name : str
        Of the argument.

    Raises
    ------
    UsageError
        Naming the argument, and what was given.
    """
    if changes is None:
        return
    if not isinstance(changes, Mapping):
        kind = type(changes).__name__
        raise UsageError(f"{name} must be settings by dotted key, such as {{'policy.name': 'open'}}; got {kind}")
    for key in changes:
        if not isinstance(key, str):
            raise UsageError(f"{name} must have dotted keys such as 'policy.name'; got {key!r}")

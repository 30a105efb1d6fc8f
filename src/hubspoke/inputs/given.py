"""Refuse what is given to the library in place of a table, settings or a folder, by the name of the argument."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

OUTLINES, SETTINGS = "outlines", "settings"


def check_kinds(given: Mapping[str, object], *, may_lack: bool = True) -> None:
    """Raise where a table is no data frame, outlines have no geometry, or settings are none.

    Parameters
    ----------
    given : mapping of str to any
        By argument.
    may_lack : bool
        Whether None stands for what is left out.

    Raises
    ------
    UsageError
        Naming the argument, and what was given.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    for name, value in given.items():
        if value is None and may_lack:
            continue
        if name == SETTINGS:
            if not isinstance(value, Settings):
                raise UsageError(f"{name} must be Settings, such as those of another network; got {_kind(value)}")
        elif name == OUTLINES:
            if not hasattr(value, "geometry") or not isinstance(value, pd.DataFrame):
                raise UsageError(f"{name} must be a GeoDataFrame; got {_kind(value)}")
        elif not isinstance(value, pd.DataFrame):
            raise UsageError(f"{name} must be a pandas.DataFrame; got {_kind(value)}")


def check_replaced(changes: Mapping[str, object], known: Collection[str]) -> None:
    """Raise where a network has no such attribute, or it is of another kind.

    Parameters
    ----------
    changes : mapping of str to any
        By attribute.
    known : collection of str
        Attributes that a network has.

    Raises
    ------
    UsageError
        Naming the attribute.
    """
    for name in changes:
        if name not in known:
            raise UsageError(f"a network has no {name!r}{nearest_name(name, known)}")
    check_kinds(changes, may_lack=False)


def check_folder(folder: object) -> None:
    """Raise where a folder is no path.

    Parameters
    ----------
    folder : any
        None for the data that ship.

    Raises
    ------
    UsageError
    """
    if folder is not None and not isinstance(folder, str | Path):
        raise UsageError(f"folder must be a path; got {_kind(folder)}; Network.from_frames takes data frames")


def _kind(value: object) -> str:
    return type(value).__name__

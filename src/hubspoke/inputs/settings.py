"""Read the settings of a planner's folder, without its tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError
from hubspoke.inputs.files.folder import find_files
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings


def read_settings(folder: str | Path | None = None, *, changes: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings of a folder.

    Parameters
    ----------
    folder : str or Path, optional
        As in `read`; None for the settings that ship.
    changes : mapping of str to any, optional
        Settings by dotted key, over those of the folder.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        With every fault of the settings, or where the folder holds no input.
    """
    if folder is None:
        return load_settings(None, changes)
    layout = find_files(Path(folder))
    if faults := [finding for finding in layout.findings if finding.fatal]:
        raise InputError(faults)
    return load_settings(layout.settings, changes)

"""Read the settings of a planner's folder, without its tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError
from hubspoke.inputs.files.folder import find_files
from hubspoke.settings.load import load_settings
from hubspoke.settings.reading.scenarios import load_scenarios

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.reading.scenarios import Scenario
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
    return load_settings(layout.settings, changes, layout.scenarios)


def read_scenarios(folder: str | Path | None = None) -> dict[str, Scenario]:
    """Read the scenarios that ship and those of a folder.

    Parameters
    ----------
    folder : str or Path, optional
        As in `read`; None for those that ship.

    Returns
    -------
    dict of str to Scenario
        By name.

    Raises
    ------
    InputError
        With every fault of `scenarios.toml`, or where the folder holds no input.
    """
    layout = None if folder is None else find_files(Path(folder))
    known, findings = load_scenarios(layout.scenarios if layout else None)
    findings += layout.findings if layout else ()
    if faults := [finding for finding in findings if finding.fatal]:
        raise InputError(faults)
    return known

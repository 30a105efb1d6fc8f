"""Read the settings of a planner's folder, without its tables, or in whatever form they are given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError, UsageError
from hubspoke.inputs.files.folder import find_files
from hubspoke.inputs.files.source import OWN_TITLES
from hubspoke.settings.load import load_settings
from hubspoke.settings.reading.scenarios import load_scenarios
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from hubspoke.settings.reading.scenarios import Scenario


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
    return load_settings(layout.settings, changes, layout.scenarios, layout.titles)


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


def as_settings(given: Settings | Mapping[str, Any] | str | Path | None) -> Settings:
    """Return settings in whatever form they are given.

    Parameters
    ----------
    given : Settings, mapping, str, Path or None
        Settings themselves, changes of those that ship, a TOML file, or None for those that ship.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        With every finding at once.
    UsageError
        It is none of these.
    """
    if given is None or isinstance(given, Mapping):
        return load_settings(None, given, titles=OWN_TITLES)
    if isinstance(given, str | Path):
        return load_settings(Path(given), titles=OWN_TITLES)
    if not isinstance(given, Settings):
        raise UsageError(f"settings must be Settings, changes by key, or a TOML file; got {type(given).__name__}")
    return given

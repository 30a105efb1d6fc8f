"""Read a planner's folder into a checked network, or raise everything that is wrong with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.arrange import tell_or_raise
from hubspoke.inputs.check.check import survey_and_check
from hubspoke.inputs.network import Network

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.settings import Settings

__all__ = ["read", "shipped_data_folder"]


def read(folder: str | Path | None = None, *, changes: Mapping[str, Any] | None = None) -> Network:
    """Read and check a network.

    Parameters
    ----------
    folder : str or Path, optional
        A planner's folder (region folders, one region's folder or flat tables with a `region` column), a workbook
        or a GeoPackage; None for the Japanese data that ship with the package. Roads, cities, outlines and settings
        that it lacks are those shipped.
    changes : mapping of str to any, optional
        Settings by dotted key, over those of the folder, such as `{"policy.name": "open"}`; texts are read as TOML
        values, or as changes of the number that stands: `+20%`, `-10%`, `x0.8`. The key `scenario` chooses a scenario
        of `scenarios.toml`, whose changes come before the others.

    Returns
    -------
    Network
        Checked, sorted by id. Warnings go to the logger `hubspoke`.

    Raises
    ------
    InputError
        With every fault at once.
    """
    return _refuse_or_make(survey_and_check(folder, changes))


def read_as_planned(folder: str | Path | None, settings: Settings) -> Network:
    """Read and check a network under the settings of a plan, so that its tonnes are those that were planned.

    Parameters
    ----------
    folder : str or Path or None
        As in `read`; the settings in it are not read.
    settings : Settings
        Those that the plan holds.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        With every fault at once.
    """
    return _refuse_or_make(survey_and_check(folder, None, settings))


def _refuse_or_make(found: Survey) -> Network:
    tell_or_raise(found.findings)
    return Network.of_survey(found)
